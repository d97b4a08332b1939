/** `race` whole, with its laws and measures: what tests, claims and the catalog use. */
import { ratioOf, type Interval } from '../boot-race/intervals.ts';
import type { Tables } from '../boot-race/types.ts';
import type { Measures, Model } from '../model.ts';
import { raceIn } from './model.ts';
import { SCENES } from './scenes.ts';
import { FRAMES, MOST_SIDE_BY_SIDE, type Action, type Config, type Fact, type LaneView, type State } from './types.ts';

export { configAfter, raceIn } from './model.ts';
export { SCENE_IDS, SCENES, sceneOf, type Scene, type SceneId } from './scenes.ts';
export { sweep, swept, SWEPT, type Line, type Panel, type Point } from './sweep.ts';
export * from './types.ts';

export const RACE_DEFAULTS: Config = { ...SCENES.firmware.to, bet: null, frame: 0 };

/** The model over these tables. `init` throws SimError for a race that cannot be run. */
export function race(tables: Tables): Model<Config, State, Action, Fact> {
  return {
    ...raceIn(tables),
    defaults: RACE_DEFAULTS,
    legal,
    isDone: ({ config }) => config.frame === FRAMES,
    measure,
    invariants: INVARIANTS,
  };
}

/** What a reader may do next, a sample of what can be set to anything: counts of 1, 16 and 100, a third of the time, the end. */
function legal({ config, can }: State): readonly Action[] {
  const arrange: readonly Action[] = [
    { type: 'arrange', to: SCENES.firmware.to },
    { type: 'arrange', to: SCENES['docker-sixteen'].to },
    { type: 'arrange', to: SCENES.gaps.to },
    ...[1, 16, 100].map((count) => ({ type: 'arrange', to: { count } }) as const),
    ...(config.image === 'cached' && config.whenFull === 'refuse' ? ['m5d.metal', 'rn.nehalem', 'uk2021'].map((machine) => ({ type: 'arrange', to: { machine } }) as const) : []),
    { type: 'arrange', to: { atOnce: 4 } },
    { type: 'arrange', to: { afterReady: 'exit' } },
    ...(can.swap ? [{ type: 'arrange', to: { whenFull: 'swap' } } as const] : []),
    ...(config.lanes.length > 1 ? [{ type: 'arrange', to: { lanes: config.lanes.slice(1) } } as const] : []),
  ];
  const bets: readonly Action[] = config.frame > 0 ? [] : config.lanes.map((_, lane) => ({ type: 'bet', bet: { lane, factor: lane, sure: 2 } }) as const);
  return [...arrange, ...bets, ...[0, FRAMES / 3, FRAMES].map((frame) => ({ type: 'show', frame }) as const)];
}

const NOBODY = 'none is ready';

/** `medianMs1`, `p99Ms1`, `ready1` and so on for each lane; `medianRatio`: how many times as long the second lane's median is as the first's, where they share a clock. */
export function measure({ nowUs, lanes, config }: State): Measures {
  const places = Array.from({ length: MOST_SIDE_BY_SIDE }, (_, i) => ofLane(lanes[i], i + 1));
  return { nowMs: nowUs / 1000, lanes: lanes.length, winner: winnerOf(lanes), medianRatio: medianRatio(lanes), bet: config.bet !== null, ...Object.assign({}, ...places) as Measures };
}

function ofLane(lane: LaneView | undefined, n: number): Measures {
  const ms = (us: number | undefined) => (us === undefined ? NOBODY : us / 1000);
  const { spread } = lane ?? {};
  return {
    [`evidence${n}`]: lane !== undefined && lane.gap === undefined,
    [`ready${n}`]: lane?.ready ?? 0,
    [`refused${n}`]: lane?.refused ?? 0,
    [`minMs${n}`]: ms(spread?.minUs),
    [`medianMs${n}`]: ms(spread?.p50Us),
    [`p99Ms${n}`]: ms(spread?.p99Us),
    [`maxMs${n}`]: ms(spread?.maxUs),
    [`memoryMib${n}`]: lane?.memoryMib.at(-1) ?? 0,
    [`eachMib${n}`]: lane?.eachMib ?? 'no figure',
  };
}

function winnerOf(lanes: readonly LaneView[]): string {
  const running = lanes.filter((lane) => lane.spread !== undefined);
  if (new Set(running.map(({ interval }) => interval)).size > 1) return 'no shared clock';
  return running.toSorted((a, b) => (a.spread?.p50Us ?? 0) - (b.spread?.p50Us ?? 0))[0]?.technology ?? NOBODY;
}

function medianRatio(lanes: readonly LaneView[]): number | string {
  const [first, second] = lanes;
  if (!first?.spread || !second?.spread) return NOBODY;
  if (first.interval !== second.interval) return 'no shared clock';
  const of = (lane: LaneView, us: number) => ({ interval: lane.interval as Interval, us });
  return ratioOf(of(second, second.spread.p50Us), of(first, first.spread.p50Us));
}

const ascending = (values: readonly number[]) => values.every((value, i) => i === 0 || value >= (values[i - 1] as number));

/** The laws of what is shown. Those of the runs behind it are `boot-race`'s. */
const INVARIANTS: Readonly<Record<string, (state: State) => boolean>> = {
  'every instance is yet to start, on its way, ready or refused': ({ lanes }) => lanes.every(({ total, ready, onTheWay, refused }) => onTheWay >= 0 && ready + onTheWay + refused <= total),
  'nothing happens before the start': ({ config, lanes }) => config.frame > 0 || lanes.every(({ ready, bars }) => ready === 0 && bars.length === 0),
  'at the end all are ready or refused': ({ config, lanes }) => config.frame < FRAMES || lanes.every(({ total, ready, refused }) => ready + refused === total),
  'percentiles rise': ({ lanes }) => lanes.every(({ spread }) => !spread || (ascending([spread.minUs, spread.p50Us, spread.p90Us, spread.p99Us, spread.maxUs]) && ascending(spread.curveUs))),
  'pieces of a bar follow each other and end by now': ({ lanes, nowUs }) => lanes.every(({ bars }) => bars.every(({ segments }) => ascending(segments.flatMap(([, from, to]) => [from, to])) && segments.every(([, , to]) => to <= nowUs))),
  'cores do no more than they can': ({ lanes }) => lanes.every(({ load }) => load.every((value) => value >= 0 && value <= 1000)),
  'who shares a clock shares the plot’s axis': ({ lanes }) => lanes.every((lane) => lanes.every((other) => lane.interval !== other.interval || lane.plotUs === 0 || other.plotUs === 0 || lane.plotUs === other.plotUs)),
};
