/** What few sessions need: links and exports. */
export { measure } from '../../src/sim/linux-lab/index.ts';
export { codec } from './codec.ts';
