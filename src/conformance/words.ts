/** Words for pages that show scores. */
export { ERROR_LAYER_NAMES } from '../sim/decoder/index.ts';

/** Kinds of cases, in the order in which they are shown. */
export const KIND_NAMES: Readonly<Record<string, string>> = { 'error': 'Errors', 'host-check': 'Machines', 'matrix': 'Machines × images' };
