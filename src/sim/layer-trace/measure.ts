/** The quantities of the layer trace that claims compare and exports carry. It loads with an export, so the page hands it what it counted. */
import type { Measures } from '../model.ts';
import type { countsOf } from './model.ts';
import type { Border, State } from './types.ts';

/** Borders that count as crossings: a call inside one process is none. */
const CROSSED: readonly Border[] = ['gate', 'machine', 'device'];

/**
 * All counts so far. `crossings`: steps across the line to a kernel, a machine's wall or the bus. `systemCalls`: by the program and,
 * on its behalf, by others, as far as they are steps of their own. `hardwareReached`: a real device was asked.
 */
export function measured({ trace }: State, counts: ReturnType<typeof countsOf>): Measures {
  return {
    steps: trace.length,
    crossings: trace.filter((fact) => CROSSED.includes(fact.border)).length,
    systemCalls: trace.filter((fact) => fact.id === 'systemCallMade').length,
    ...counts,
    hardwareReached: trace.some((fact) => fact.border === 'device'),
  };
}
