/** What loads only when a reader opens or copies a link, or exports. */
export { measured } from '../../src/sim/layer-trace/measure.ts';
export { codec } from './codec.ts';
