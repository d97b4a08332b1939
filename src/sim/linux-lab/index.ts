/** `linux-lab` as tests, claims and the catalog use it. */
import type { Model } from '../model.ts';
import { linuxLabIn } from './model.ts';
import type { Action, Config, Fact, Lab, State } from './types.ts';

export { answersOf, conditionOf, isValue, judge, measured } from './judge.ts';
export type { Judgement } from './judge.ts';
export { KEPT_KEY, keptResults, keptText } from './kept.ts';
export type { Kept } from './kept.ts';
export { configAfter, fitting, linuxLabIn, valueText } from './model.ts';
export { IMPLICIT_KEYS, MACHINES } from './types.ts';
export type * from './types.ts';

/** The whole model. What it can record is what was recorded before, so that walks through it stay on real values. */
export function linuxLab(lab: Lab): Model<Config, State, Action, Fact> {
  const [first] = lab.experiments;
  return {
    ...linuxLabIn(lab),
    defaults: { experiment: first?.id ?? '', results: {} },
    legal: ({ config }) => [
      ...lab.experiments.filter(({ id }) => id !== config.experiment).map(({ id }): Action => ({ type: 'open', experiment: id })),
      ...Object.entries(lab.recording.results).map(([experiment, values]): Action => ({ type: 'record', experiment, values })),
      ...(Object.keys(config.results).length > 0 ? [{ type: 'recall', results: {}, date: '' } as const] : []),
    ],
    isDone: ({ done }) => done.length === lab.experiments.length,
    measure,
    invariants: {
      'what is done has a result, and nothing else': ({ done, config }) => done.length === Object.keys(config.results).length,
      'every measure has one row': ({ rows }) => rows.length === lab.experiments.reduce((sum, { measures }) => sum + measures.length, 0),
    },
  };
}

/** How many experiments are done, and what each measured; `none` for what has not been measured. */
export function measure({ done, rows, config }: State): Readonly<Record<string, number | string>> {
  const values = rows.map(({ experiment, id }) => [`${experiment}.${id}`, config.results[experiment]?.[id] ?? 'none'] as const);
  return { done: done.length, open: config.experiment, ...Object.fromEntries(values) };
}
