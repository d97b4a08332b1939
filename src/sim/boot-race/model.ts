/**
 * `boot-race`: many instances start on one machine, share its cores, queue for what only one may use, and take memory.
 * It knows distributions of single starts and how starts hinder each other; it refuses to know what nobody measured.
 */
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { generator } from '../random.ts';
import { advance, begin, deskOf, nextAt, type World } from './engine.ts';
import { describe, factsBetween, isOver, reasonsFor, type Fact } from './facts.ts';
import { refuseMixed } from './intervals.ts';
import { planOf } from './plan.ts';
import type { Action, Config, Lane, LaneConfig, State, Tables } from './types.ts';

/** Instances of all lanes together: what the model is measured with. */
export const MOST_INSTANCES = 10_000;
export const MOST_LANES = 6;

/** The model over these tables, as far as a page plays it. */
export function bootRaceIn(tables: Tables): Playable<Config, State, Action, Fact> {
  const worlds = new WeakMap<Config, World>();
  const worldOf = (config: Config): World => {
    const known = worlds.get(config);
    if (known) return known;
    const world = { tables, plans: config.lanes.map((lane) => planOf(tables, config, lane)) };
    worlds.set(config, world);
    return world;
  };
  return {
    id: 'boot-race',
    init: (config, seed) => {
      checkConfig(tables, config);
      const world = worldOf(config);
      const desk = deskOf({ ...EMPTY, config, generator: generator(seed), lanes: config.lanes.map((lane, i) => laneOf(lane, world.plans[i]?.gap === undefined)) });
      desk.lanes.forEach((_, lane) => begin(world, desk, lane));
      return desk;
    },
    step: (state, action) => {
      const world = worldOf(state.config);
      const desk = deskOf(state);
      act(world, desk, action);
      desk.told = true;
      return { state: desk, facts: factsBetween(state, desk, world.plans) };
    },
    describe: (state) => describe(state, worldOf(state.config).plans),
    why: (state, fact) => reasonsFor(fact, worldOf(state.config).plans),
  };
}

const EMPTY: Omit<State, 'config' | 'generator' | 'lanes'> = {
  nowUs: 0, order: 0, attained: 0, working: [], waiting: [], sections: {}, memoryKib: 0, swappedKib: 0, busy: 0, asked: 0, rounding: 0, events: 0, told: false,
};

function laneOf(config: LaneConfig, evident: boolean): Lane {
  return { config, toStart: evident ? config.count : 0, begun: 0, inFlight: 0, refused: 0, swapped: 0, durations: [], lastReadyUs: 0, tracks: [] };
}

function act(world: World, desk: ReturnType<typeof deskOf>, action: Action): void {
  if (action.type === 'start') return start(world, desk, action);
  if (action.type === 'runTo') {
    if (!Number.isSafeInteger(action.us) || action.us < desk.nowUs) throw new SimError('A run goes on in whole microseconds and never back; take an earlier state to go back.');
    return advance(world, desk, action.us);
  }
  if (nextAt(world, desk) === undefined) throw new SimError('Nothing is on its way.');
  advance(world, desk, Infinity, action.type === 'tick' ? 1 : Infinity);
}

function start(world: World, desk: ReturnType<typeof deskOf>, { lane, count }: Extract<Action, { type: 'start' }>): void {
  const at = desk.lanes[lane];
  const { gap } = world.plans[lane] ?? {};
  if (!at) throw new SimError(`There is no lane ${lane + 1}.`);
  if (gap !== undefined) throw new SimError(gap);
  if (!Number.isInteger(count) || count < 1 || total(desk.lanes) + count > MOST_INSTANCES) throw new SimError(`At most ${MOST_INSTANCES} instances are started in a race.`);
  at.toStart += count;
  begin(world, desk, lane);
}

/** Instances that were asked for, in all lanes. */
export function total(lanes: readonly Pick<Lane, 'toStart' | 'begun'>[]): number {
  return lanes.reduce((sum, { toStart, begun }) => sum + toStart + begun, 0);
}

/** Throws SimError for what makes no sense or mixes intervals on one axis. */
function checkConfig({ machines }: Tables, { lanes, machine, axis, whenFull }: Config): void {
  if (lanes.length < 1 || lanes.length > MOST_LANES) throw new SimError(`A race has 1 to ${MOST_LANES} lanes.`);
  const bad = lanes.find(({ count, atOnce }) => !isCount(count, 0) || (atOnce !== undefined && !isCount(atOnce, 1)));
  if (bad || lanes.reduce((sum, { count }) => sum + count, 0) > MOST_INSTANCES) throw new SimError(`A lane starts 0 to ${MOST_INSTANCES} instances, at least one at once, and all lanes together no more than that.`);
  if (axis === 'shared') refuseMixed(lanes.map(({ interval }) => interval));
  if (whenFull === 'swap' && machines[machine]?.diskMBps === undefined) throw new SimError('How fast the disk of this machine is was not recorded, so what swapping costs cannot be computed.');
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value <= MOST_INSTANCES;
}

export { isOver };
