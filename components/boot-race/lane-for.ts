/** Which clock a lane takes when its technology is chosen. It knows what was measured, not what came of it. */
import type { Choice } from '../../src/sim/race/types.ts';

/** A lane of a technology on a clock that another lane has, or else on its first. One without evidence takes any. */
export function laneFor(technology: string, others: readonly Choice[], clocks: Readonly<Record<string, readonly Choice['interval'][]>>): Choice {
  const own = clocks[technology] ?? [];
  const shared = others.find(({ interval }) => own.length === 0 || own.includes(interval));
  return { technology, interval: shared?.interval ?? own[0] ?? 'vmm-to-init' };
}
