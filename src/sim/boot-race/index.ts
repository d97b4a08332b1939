/** `boot-race` whole, with its laws and measures: what tests, claims and the validation use. */
import type { Model } from '../model.ts';
import type { Fact } from './facts.ts';
import { bootRaceInvariants } from './invariants.ts';
import { measure } from './measure.ts';
import { bootRaceIn, isOver, MOST_INSTANCES, total } from './model.ts';
import { planOf } from './plan.ts';
import type { Action, Config, State, Tables } from './types.ts';

export type { Fact } from './facts.ts';
export { INTERVALS, ratioOf, refuseMixed, type Duration, type Interval } from './intervals.ts';
export { bootRaceIn, MOST_INSTANCES, MOST_LANES } from './model.ts';
export { percentile } from './sampling.ts';
export * from './types.ts';

/** What the model starts with: the question of its name, over one interval. */
export const BOOT_RACE_DEFAULTS: Config = {
  machine: 'rn.haswell',
  lanes: [{ technology: 'chv', interval: 'vmm-to-init', count: 8 }, { technology: 'qemu', interval: 'vmm-to-init', count: 8 }],
  axis: 'shared',
  afterReady: 'stay',
  whenFull: 'refuse',
  image: 'cached',
};

/** How far one press of "on" goes, in µs. */
const STRIDE_US = 10_000;

/** The model over these tables. `init` throws SimError for a configuration that makes no sense or mixes intervals on one axis. */
export function bootRace(tables: Tables): Model<Config, State, Action, Fact> {
  const memory = Object.fromEntries(Object.values(tables.machines).map(({ id, memoryMib = Infinity }) => [id, memoryMib]));
  return {
    ...bootRaceIn(tables),
    defaults: BOOT_RACE_DEFAULTS,
    legal: (state) => {
      const going: readonly Action[] = isOver(state) ? [] : [{ type: 'tick' }, { type: 'runTo', us: state.nowUs + STRIDE_US }, { type: 'finish' }];
      const room = total(state.lanes) < MOST_INSTANCES;
      const evident = state.config.lanes.flatMap((lane, i) => (room && planOf(tables, state.config, lane).gap === undefined ? [i] : []));
      return [...going, ...evident.map((lane) => ({ type: 'start', lane, count: 1 }) as const)];
    },
    isDone: isOver,
    measure,
    invariants: bootRaceInvariants(memory),
  };
}
