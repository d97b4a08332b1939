/** Asks machines what an experiment wants to know of them. It knows how to ask; what the answers mean is judged by the model. */
import { answersOf } from '../../src/sim/linux-lab/judge.ts';
import type { Experiment, MachineId, Values } from '../../src/sim/linux-lab/types.ts';

/** Some probes count for two seconds. */
const PATIENCE_MS = 8000;

export interface Asked {
  readonly probe: (machine: MachineId, line: string, ms: number) => Promise<string>;
  /** Whether the machine is on. */
  readonly isOn: (machine: MachineId) => boolean;
  readonly hasPanicked: (machine: MachineId) => boolean;
  readonly clock: Values;
}

/** What the machines say of an experiment. One that is silent is an answer too. */
export async function look({ probes, needs }: Pick<Experiment, 'probes' | 'needs'>, { probe, isOn, hasPanicked, clock }: Asked): Promise<Values> {
  const answers = await Promise.all(needs.map(async (machine): Promise<Values> => {
    const line = probes[machine];
    if (line === undefined || !isOn(machine)) return {};
    if (hasPanicked(machine)) return { [`${machine}.silent`]: 1, [`${machine}.panicked`]: 1, [`${machine}.answers`]: 'no' };
    return probe(machine, line, PATIENCE_MS).then((text) => answersOf(machine, text), () => ({ [`${machine}.silent`]: 1 }));
  }));
  return Object.assign({}, clock, ...answers) as Values;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** How a kernel ends that cannot go on, on a line of its own: what a reader types about it is none. */
export const hasPanicked = (printed: string) => /(?:^|\n)\[ *\d+\.\d+\] ---\[ end Kernel panic/.test(printed);
