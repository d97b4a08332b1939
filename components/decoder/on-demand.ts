/** What loads only when a reader opens or copies a link, or exports. */
export { measure } from '../../src/sim/decoder/model.ts';
export { codec } from './codec.ts';
