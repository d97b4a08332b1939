/** What few sessions need: links and exports. */
import { measure as measureStore } from '../../src/sim/image-store/measure.ts';
import type { LabState } from './view.ts';

export { codec } from './codec.ts';
export const measure = ({ store }: LabState) => measureStore(store);
