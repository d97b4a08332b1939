/** What the page fetches with the measurements when a reader first acts: the model that reads them, and the sweep. */
export { raceIn as makeModel } from '../../src/sim/race/model.ts';
export { sweep } from '../../src/sim/race/sweep.ts';
