/** How a comparison is said: names of runs that a reader can follow, and ratios in words. It knows words, not how a score comes about. */
import type { Compared, Part } from './compare.ts';
import { factorOf, scoreOf, type Score } from './left-out.ts';
import type { Drawn } from './report.ts';

const MACHINES: Readonly<Record<string, string>> = { 'm5d.metal': 'EC2 m5d.metal, 48 cores', 'rn.haswell': 'Xeon E3-1226 v3, 4 cores', 'rn.nehalem': 'Xeon W3520, 4 cores' };

/** A machine with what counts here. */
export function machineName(id: string): string {
  return MACHINES[id] ?? id;
}

/** A time in ms as people write it. */
export function msText(value: number): string {
  return value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value >= 100 ? Math.round(value) : value.toFixed(1)} ms`;
}

/** How far off a prediction is, as a factor, so that both directions are on one scale: “1.32 times too fast”. */
export function offText({ ratio }: Pick<Part, 'ratio'>): string {
  const factor = factorOf(ratio).toFixed(2);
  return factor === '1.00' ? 'as published' : `${factor} times too ${ratio > 1 ? 'slow' : 'fast'}`;
}

/** By what factor predictions are typically off. */
export function typicalText({ rms }: Pick<Score, 'rms'>): string {
  return `a factor of ${Math.exp(rms).toFixed(2)}`;
}

/** A run beside others of its load: what was started, and by which of Firecracker’s clocks. */
export function runName({ title, id }: Pick<Drawn, 'title' | 'id'>): string {
  return id.endsWith('.internal') ? `${title}: its own timer` : title;
}

/** Runs with the same number at once on the same machine. */
export interface Load<Run extends Drawn> {
  readonly machine: string;
  readonly atOnce: number;
  readonly runs: readonly Run[];
  readonly score: Score;
  /** The longest time of any of them, in ms: the end of their common axis. */
  readonly mostMs: number;
}

/** The loads, in the order in which their runs come. `of` says which comparison of a run counts. */
export function loadsOf<Run extends Drawn>(all: readonly Run[], of: (run: Run) => Compared = ({ compared }) => compared): readonly Load<Run>[] {
  return Object.values(Object.groupBy(all, ({ machine, atOnce }) => `${machine} ${atOnce}`)).flatMap((runs = []) => {
    const [first] = runs;
    if (!first) return [];
    const mostMs = Math.max(...runs.flatMap(({ published, predicted }) => [published.at(-1) ?? 0, predicted.at(-1) ?? 0]));
    return [{ machine: first.machine, atOnce: first.atOnce, runs, score: scoreOf(runs.map(of)), mostMs }];
  });
}
