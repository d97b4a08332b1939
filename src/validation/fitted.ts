/** The rows that set the model’s parameters: the parallel runs in content/facts but for those that are held out. It knows which, not how. */
import { facts } from '../facts/index.ts';
import { heldOutRuns } from './parallel.ts';
import type { Row } from './rows.ts';

/** Parallel runs of the study that set parameters, with their figures. */
export function fittedRows(root: string): readonly Row[] {
  const heldOut = heldOutIds(root);
  return parallelRows(root).filter(({ id }) => !heldOut.has(id));
}

/** Those to which nothing is fitted. */
export function heldOutRows(root: string): readonly Row[] {
  const heldOut = heldOutIds(root);
  return parallelRows(root).filter(({ id }) => heldOut.has(id));
}

function heldOutIds(root: string): ReadonlySet<string> {
  return new Set(heldOutRuns(root).runs.map(({ id }) => id));
}

function parallelRows(root: string): readonly Row[] {
  return [...facts(root).figures.values()].flatMap(({ id, value, low, high, unit }) => {
    if (!/^start\.fc2020\..*boot-parallel-/.test(id) || typeof value !== 'number') return [];
    const amount = (each: unknown) => (typeof each === 'number' ? each : undefined);
    return [{ id, value, unit, low: amount(low), high: amount(high) }];
  });
}

export function fittedIds(root: string): ReadonlySet<string> {
  return new Set(fittedRows(root).map(({ id }) => id));
}
