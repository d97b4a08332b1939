/** What few sessions need: links and exports. */
export { codec } from './codec.ts';
export { measure } from '../../src/sim/overheads/index.ts';
