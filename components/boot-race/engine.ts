/** What the page fetches with the measurements when a reader first acts: the model that reads them. */
export { raceIn as makeModel } from '../../src/sim/race/model.ts';
