/** Overheads' entry in the catalog. */
import { MECHANISM_SOURCES } from '../../src/sim/overheads/reasons.ts';
import { overheads, type Action, type Comparison, type Config, type Fact, type State } from '../../src/sim/overheads/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { overheadsProps, type OverheadsProps } from './props.ts';
import { tableOf } from './view.ts';

export const overheadsPlayground: Playground<OverheadsProps, Config, State, Action, Fact> = {
  name: 'Overheads',
  question: 'What does a wall cost while it runs?',
  props: overheadsProps,
  figures: [],
  sources: MECHANISM_SOURCES,
  model: (_, { comparisons }) => overheads(comparisons),
  recipe: ({ view, work, runner, against, read, side, only, seed }) => ({ config: { view, work, runner, against, read, side, only }, seed, actions: [] }),
  codec,
  table: tableOf,
};

/** Every source that may be cited in it. */
export function citedBy(comparisons: readonly Comparison[]): ReadonlySet<string> {
  return new Set([...MECHANISM_SOURCES, ...comparisons.flatMap(({ study, dispute, trap, dated }) => [study, ...(dispute?.sources ?? []), ...(trap?.sources ?? []), ...(dated?.sources ?? [])])]);
}
