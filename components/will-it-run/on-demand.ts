/** What loads only when a reader opens or copies a link, or exports. */
import type { State } from '../../src/sim/compat/model.ts';
import type { Measures } from '../../src/sim/model.ts';

export { codec } from './codec.ts';
export const measure = ({ measures }: State): Measures => measures;
