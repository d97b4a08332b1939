/** The rows that set the model’s parameters: every parallel run in content/facts. It knows which, not how. */
import { facts } from '../facts/index.ts';
import type { Row } from './rows.ts';

/** Parallel runs of the study, with their figures. */
export function fittedRows(root: string): readonly Row[] {
  return [...facts(root).figures.values()].flatMap(({ id, value, low, high, unit }) => {
    if (!/^start\.fc2020\..*boot-parallel-/.test(id) || typeof value !== 'number') return [];
    const amount = (each: unknown) => (typeof each === 'number' ? each : undefined);
    return [{ id, value, unit, low: amount(low), high: amount(high) }];
  });
}

export function fittedIds(root: string): ReadonlySet<string> {
  return new Set(fittedRows(root).map(({ id }) => id));
}
