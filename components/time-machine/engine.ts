/** What the page fetches with the almanac when a reader first acts: the model that reads it. */
export { timeMachineIn as makeModel } from '../../src/sim/history/model.ts';
