/** What the page fetches with the experiments when a reader first acts: the notebook. */
export { fitting, linuxLabIn as makeModel } from '../../src/sim/linux-lab/model.ts';
