/** Published against predicted, row by row. It knows ratios and the bound, not how a prediction is made. */
import type { Tables } from '../sim/boot-race/index.ts';
import { experimentOf, predict, type Experiment, type Prediction } from './experiment.ts';
import type { Row, Unreadable } from './rows.ts';

/** A row is within when each of its ratios of predicted to published lies from 0.75 to 1.25. The scores of the page count by a factor, see left-out.ts. */
export const BOUND = 0.25;

/** Whether the model was told the row: single boots are its input, and some parallel runs set its parameters. */
export type Role = 'input' | 'fitted' | 'unseen';

export interface Part {
  readonly published: number;
  readonly predicted: number;
  readonly ratio: number;
}

export interface Compared {
  readonly id: string;
  readonly role: Role;
  readonly unit: 'ms';
  readonly p50?: Part;
  readonly p99?: Part;
  readonly within: boolean;
}

export interface Skipped {
  readonly id: string;
  readonly reason: string;
}

export interface Report {
  readonly compared: readonly Compared[];
  readonly skipped: readonly Skipped[];
  readonly within: number;
  readonly outside: number;
}

const MS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/** Compares every row that is an experiment of the model. `fitted`: ids of the rows that set its parameters; `predicting`: how, where somebody remembers predictions. */
export function compareAll(rows: readonly (Row | Unreadable)[], tables: Tables, fitted: ReadonlySet<string>, predicting = predict): Report {
  const runs = new Map<string, Prediction | string>();
  const predictOnce = (experiment: Experiment) => {
    const { statistic: _, ...run } = experiment;
    const key = JSON.stringify(run);
    const known = runs.get(key) ?? predicting(experiment, tables);
    runs.set(key, known);
    return known;
  };
  const results = rows.map((row) => compareOne(row, tables, fitted, predictOnce));
  const compared = results.filter((result) => 'within' in result);
  const within = compared.filter((result) => result.within).length;
  return { compared, skipped: results.filter((result) => 'reason' in result), within, outside: compared.length - within };
}

function compareOne(row: Row | Unreadable, tables: Tables, fitted: ReadonlySet<string>, predictOnce: (experiment: Experiment) => Prediction | string): Compared | Skipped {
  const { id } = row;
  const experiment = experimentOf(id, tables);
  if (typeof experiment === 'string') return { id, reason: experiment };
  if ('reason' in row) return row;
  const factor = MS[row.unit];
  if (factor === undefined) return { id, reason: `its unit "${row.unit}" is no time` };
  const found = predictOnce(experiment);
  if (typeof found === 'string') return { id, reason: found };
  const parts = experiment.statistic === 'p99Ms' ? { p99: part(row.value * factor, found.p99Ms) } : { p50: part(row.value * factor, found.p50Ms), ...(row.high === undefined ? {} : { p99: part(row.high * factor, found.p99Ms) }) };
  const role: Role = experiment.atOnce === 1 ? 'input' : fitted.has(id) || experiment.statistic ? 'fitted' : 'unseen';
  return { id, role, unit: 'ms', ...parts, within: isWithin(parts) };
}

/** Whether each of these is off by no more than the bound. */
export function isWithin(parts: Readonly<Record<string, Part>>): boolean {
  return Object.values(parts).every(({ ratio }) => Math.abs(ratio - 1) <= BOUND);
}

/** A published value beside a predicted one. */
export function part(published: number, predicted: number): Part {
  return { published, predicted, ratio: predicted / published };
}
