/** What the page fetches with the comparisons when a reader first acts: the model that reads them. */
export { overheadsIn as makeModel } from '../../src/sim/overheads/model.ts';
