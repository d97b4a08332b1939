/** The parameters of fits without some runs, as src/validation/calibrate.ts wrote them, and scores. It knows whether they still belong to the data. */
import { createHash } from 'node:crypto';
import type { Tables } from '../sim/boot-race/index.ts';
import type { Compared } from './compare.ts';
import { ratiosOf, type Grouping, type Knobs } from './fit.ts';
import written from './left-out.json' with { type: 'json' };
import type { Row } from './rows.ts';

export interface LeftOut {
  /** Mark of the data that was fitted. */
  readonly of: string;
  readonly knobs: Readonly<Record<Grouping, Readonly<Record<string, Knobs>>>>;
}

export const leftOut: LeftOut = written;

/** A mark of everything that a fit reads: single boots, machines, and the parallel runs. */
export function markOf({ levels, machines, technologies }: Tables, rows: readonly Row[]): string {
  const fitted = Object.values(technologies).filter(({ contention }) => contention === 'fitted').map(({ id, runs }) => [id, runs]);
  return createHash('sha256').update(JSON.stringify([levels, Object.values(machines).map(({ id, cores, smtPermille, timePermille }) => [id, cores, smtPermille, timePermille]), fitted, rows])).digest('hex').slice(0, 12);
}

/** A score counts what is off by more than this factor, too slow or too fast: ratios below 0.8 and above 1.25. */
export const FACTOR = 1.25;

/** By what factor a prediction is off, whichever way. */
export const factorOf = (ratio: number): number => Math.max(ratio, 1 / ratio);

export interface Score {
  /** Root mean square of the logarithms of the ratios. */
  readonly rms: number;
  /** How many are off by more than FACTOR. */
  readonly outside: number;
  readonly ratios: number;
}

/** How far predictions are off, at the median and the 99th percentile alike. */
export function scoreOf(compared: readonly Compared[]): Score {
  const ratios = ratiosOf(compared);
  return {
    rms: Math.sqrt(ratios.reduce((sum, ratio) => sum + Math.log(ratio) ** 2, 0) / ratios.length),
    outside: ratios.filter((ratio) => factorOf(ratio) > FACTOR).length,
    ratios: ratios.length,
  };
}
