/** What the page fetches with the figures when a reader first acts: the model that reads them. */
export { choosingIn as makeModel } from '../../src/sim/choosing/model.ts';
