/** How fast a machine serves instances that all want a core: processor sharing, with a second thread where a core has one. */
import type { Machine } from './types.ts';

/** Service of one core in one µs, in the units of `State.attained`. A power of two, so that shares stay exact for long. */
export const UNIT = 1048576;

/**
 * Service in one µs for each of `working` instances. Up to one instance a core, each has a core. Beyond that second threads
 * fill up, and then all share equally, as Linux’s fair scheduler does over more than a few milliseconds.
 */
export function speedOf({ cores, smtPermille }: Machine, working: number): number {
  if (working <= cores) return UNIT;
  const second = Math.min(working - cores, cores);
  const capacity = cores * 1000 + second * (smtPermille - 1000);
  return Math.max(1, Math.floor((UNIT * capacity) / (1000 * working)));
}
