/** One instant of a lane, from its recording: bars, counts, percentiles, slices. It decides nothing of what happens. */
import { INTERVALS, type Interval } from '../boot-race/intervals.ts';
import type { Plan } from '../boot-race/plan.ts';
import type { Track } from '../boot-race/types.ts';
import { countUpTo, doneBy, memoryAt, type Recording } from './recording.ts';
import { BINS, DRAWN, type Arrangement, type Bar, type Choice, type Filling, type LaneView, type Segment, type Spread } from './types.ts';

/** Steps of the curve in the distribution plot. */
const CURVE = 40;

/** A lane before its start: what is known of it without a run. */
export function laneAtRest({ technology, machine, gap, carried, memoryKib }: Plan, { interval }: Choice, { count, image }: Arrangement, fillings: readonly Filling[]): LaneView {
  const { title, id, clocks, contention, memoryMeans, note, sources, phases } = technology;
  const many = count > 1;
  const launched = technology.processes !== undefined;
  const notes = gap !== undefined ? [] : [
    carried ? `Measured on ${carried.from}; ${carried.scaled ? 'scaled to this machine by the ratio of single boots' : 'taken over as it is, because how the machines compare is not known'}.` : '',
    contention === 'assumed' && many ? 'Nobody measured many at once: all of it counts as work for a core, which is the worst case.' : '',
    contention === 'derived' && many ? 'How it behaves beside others is derived, not fitted to runs of many.' : '',
    contention === 'fitted' && many ? 'Single boots were measured; many at once are computed by the model.' : '',
    launched && many ? 'One launcher starts them one after the other, and a script runs before and after each: so fewer boot at the same moment than are on their way.' : '',
    image === 'absent' ? 'Unpacking the image is not counted: there is no figure for it.' : '',
    note ?? '',
  ].filter((text) => text !== '');
  return {
    technology: id, title, interval, clock: INTERVALS[interval], clocks: Object.keys(clocks) as Interval[],
    ...(gap === undefined ? {} : { gap }),
    total: gap === undefined ? count : 0, ready: 0, onTheWay: 0, refused: 0, swapped: 0,
    fillings, bars: [], axisUs: 0, plotUs: 0, arrived: [], load: [], memoryMib: [], memoryMost: 0, lastReadyUs: 0,
    measuredOn: carried?.from ?? machine.title, here: carried === undefined, contention, workKnown: phases.some(({ workPermille }) => workPermille > 0),
    ...(memoryKib > 0 ? { eachMib: memoryKib / 1024, eachMeans: memoryMeans ?? '' } : {}),
    notes, sources,
  };
}

/** The lane at an instant. */
export function laneAt(rest: LaneView, run: Recording, plan: Plan, nowUs: number, axisUs: number, plotUs: number): LaneView {
  const ready = countUpTo(run.readyAt, nowUs);
  const refused = countUpTo(run.refusedAt, nowUs);
  const spread = spreadOf(run.durations.slice(0, ready));
  const slices = Math.min(BINS, Math.ceil((Math.min(nowUs, axisUs) * BINS) / axisUs));
  const capacity = (plan.machine.cores * plan.machine.smtPermille) / 1000;
  const bounds = Array.from({ length: slices }, (_, i) => [(i * axisUs) / BINS, Math.min(nowUs, ((i + 1) * axisUs) / BINS)] as const);
  const memoryMib = bounds.map(([, to]) => Math.round(memoryAt(run, to) * 10) / 10);
  return {
    ...rest,
    ready, refused,
    swapped: countUpTo(run.swappedAt, nowUs),
    onTheWay: countUpTo(run.begunAt, nowUs) - ready - refused,
    ...(spread ? { spread } : {}),
    bars: run.tracks.slice(0, DRAWN).map((track) => barOf(track, plan, nowUs)),
    axisUs, plotUs,
    arrived: bounds.map(([, to]) => Math.round((1000 * countUpTo(run.readyAt, to)) / rest.total)),
    load: bounds.map(([from, to]) => Math.min(1000, Math.round((1000 * (doneBy(run, to) - doneBy(run, from))) / Math.max(1, (to - from) * capacity)))),
    memoryMib,
    memoryMost: Math.round(run.memoryKib.reduce((a, b) => Math.max(a, b), 0) / 102.4) / 10,
    lastReadyUs: run.readyAt[ready - 1] ?? 0,
    together: run.together,
  };
}

function spreadOf(durations: readonly number[]): Spread | undefined {
  if (durations.length === 0) return undefined;
  const sorted = Float64Array.from(durations).sort();
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [low, high] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
    return Math.round(low + (high - low) * (place - Math.floor(place)));
  };
  return { minUs: at(0), p50Us: at(0.5), p90Us: at(0.9), p99Us: at(0.99), maxUs: at(1), curveUs: Array.from({ length: CURVE + 1 }, (_, i) => at(i / CURVE)) };
}

/** An instance's pieces up to now; neighbors of one kind are one piece. */
function barOf({ marks }: Track, { stages }: Plan, nowUs: number): Bar {
  const segments: Segment[] = [];
  marks.forEach(([stage, from], i) => {
    const next = marks[i + 1];
    const to = Math.min(nowUs, next?.[1] ?? nowUs);
    if (!next && stage >= stages.length || from > nowUs || to <= from) return;
    const filling = next?.[0] === stage ? 'queue' : stages[stage]?.phase ?? 'queue';
    const last = segments.at(-1);
    if (last?.[0] === filling && last[2] === from) segments[segments.length - 1] = [filling, last[1], to];
    else segments.push([filling, from, to]);
  });
  const [stage = 0, at = Infinity] = marks.at(-1) ?? [];
  const over = marks.length > 1 && at <= nowUs;
  return { segments, end: over && stage >= stages.length ? 'ready' : over && stages[stage]?.phase === 'swap' ? 'refused' : 'going' };
}

/** The kinds of pieces that a lane's instances meet, in order. */
export function fillingsOf({ stages }: Plan, count: number): readonly Filling[] {
  const met = stages.map(({ phase }) => phase).filter((phase) => phase !== 'swap' && phase !== 'script');
  const queues = count > 1 && stages.some(({ section, phase }) => section !== undefined && phase !== 'swap');
  return [...new Set<Filling>([...(queues ? ['queue' as const] : []), ...met])];
}
