/** How times grow with the number at once: each lane’s median and 99th percentile, and where medians cross. It plays races and words them; it draws nothing. */
import { spoken } from '../boot-race/facts.ts';
import { INTERVALS, type Interval } from '../boot-race/intervals.ts';
import { bootRaceIn, MOST_INSTANCES } from '../boot-race/model.ts';
import { percentiles } from '../boot-race/sampling.ts';
import type { Tables, Technology } from '../boot-race/types.ts';
import { bootConfig } from './recording.ts';
import type { Arrangement, Choice, Growth } from './types.ts';
import { EQUAL, listed, times } from './words.ts';

/** How many are on their way at once, point by point. */
export const SWEPT = [1, 2, 4, 8, 16, 32, 64, 100] as const;
/** Starts behind a point: races are repeated, each with a draw of its own, until there are as many. */
const STARTS = 400;
/** In a race that keeps some number on their way, how many times as many are started: so the first and the last count little. */
const LAPS = 10;
/** Seeds are whole numbers below this. */
const SEEDS = 2 ** 31;

export interface Point {
  readonly count: number;
  /** In µs; absent when none got ready. */
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** Of 100 starts, how many were refused for want of memory. */
  readonly refusedShare: number;
}

export interface Line {
  readonly title: string;
  /** Its place among the lanes of the race. */
  readonly index: number;
  readonly contention: Technology['contention'];
  readonly points: readonly Point[];
}

/** The lanes that share a clock, with what can be said of them. */
export interface Panel {
  readonly interval: Interval;
  readonly clock: string;
  readonly lines: readonly Line[];
  /** Where the medians cross; empty for one lane. */
  readonly crossing: string;
  /** How each lane grows, a sentence each. */
  readonly growth: readonly string[];
}

/** The panels of a race’s lanes, one a clock. It yields after each point, so that a page can draw in between. Throws SimError as the race would. */
export function* sweep(tables: Tables, arrangement: Arrangement, seed: number): Generator<undefined, readonly Panel[]> {
  const lines: (Line & { readonly interval: Interval })[] = [];
  for (const [index, choice] of arrangement.lanes.entries()) {
    const { title, contention, gap } = tables.technologies[choice.technology] as Technology;
    if (gap !== undefined) continue;
    const points: Point[] = [];
    for (const count of SWEPT) {
      points.push(pointAt(tables, arrangement, choice, count, seed));
      yield;
    }
    lines.push({ title, index, contention, points, interval: choice.interval });
  }
  const clocks = [...new Set(lines.map(({ interval }) => interval))];
  return clocks.map((interval) => panelOf(interval, lines.filter((line) => line.interval === interval).map(({ interval: _, ...line }) => line)));
}

/** A sweep in one go. */
export function swept(tables: Tables, arrangement: Arrangement, seed: number): readonly Panel[] {
  const playing = sweep(tables, arrangement, seed);
  for (;;) {
    const { done, value } = playing.next();
    if (done) return value;
  }
}

/** A lane’s median alone and with company. */
export function growthOf(tables: Tables, arrangement: Arrangement, choice: Choice, count: number, seed: number): Growth {
  const [alone, together] = [1, count].map((each) => pointAt(tables, arrangement, choice, each, seed).p50Us ?? 0) as [number, number];
  return { count, aloneUs: alone, togetherUs: together };
}

function pointAt(tables: Tables, arrangement: Arrangement, choice: Choice, count: number, seed: number): Point {
  const model = bootRaceIn(tables);
  // Where whoever is done makes room for the next, one long race keeps that many on their way; else each race is a batch.
  const batch = arrangement.atOnce === 0;
  const config = bootConfig({ ...arrangement, ...(batch ? { count, atOnce: 0 } : { count: Math.min(MOST_INSTANCES, Math.max(STARTS, LAPS * count)), atOnce: count }) }, choice);
  const durations: number[] = [];
  const races = batch ? Math.ceil(STARTS / count) : 1;
  let refused = 0;
  for (let race = 0; race < races; race += 1) {
    const begun = model.init(config, (seed + race) % SEEDS);
    const isOver = begun.working.length + begun.waiting.length === 0;
    const [lane] = (isOver ? begun : model.step(begun, { type: 'finish' }).state).lanes;
    durations.push(...(lane?.durations ?? []));
    refused += lane?.refused ?? 0;
  }
  const [p50Us, p99Us] = percentiles(durations, [500, 990]).map((us) => us && Math.round(us));
  return { count, ...(p50Us === undefined || p99Us === undefined ? {} : { p50Us, p99Us }), refusedShare: Math.round((100 * refused) / (races * (config.lanes[0]?.count ?? count))) };
}

function panelOf(interval: Interval, lines: readonly Line[]): Panel {
  return { interval, clock: INTERVALS[interval], lines, crossing: lines.length < 2 ? '' : crossingOf(lines), growth: lines.map(growthInWords) };
}

/** At which number a lane’s median becomes shorter than another’s was, pair by pair. */
function crossingOf(lines: readonly Line[]): string {
  const pairs = lines.flatMap((a, i) => lines.slice(i + 1).map((b) => [a, b] as const));
  const flips = pairs.flatMap(([a, b]) => flipsOf(a, b));
  if (flips.length > 0) return flips.join(' ');
  const order = lines.toSorted((a, b) => (a.points[0]?.p50Us ?? 0) - (b.points[0]?.p50Us ?? 0)).map(({ title }) => title);
  return pairs.every(([a, b]) => signsOf(a, b).every(({ sign }) => sign === 0))
    ? `They do not cross: at every number the medians of ${listed(order)} are nearly the same.`
    : `They do not cross. At every number from 1 to ${SWEPT.at(-1)}, shortest median first: ${order.join('; ')}.`;
}

/** Which of two is shorter at each number: below 0 the first, above it the second, 0 where the two are nearly the same. */
function signsOf(a: Line, b: Line): readonly { readonly count: number; readonly sign: number }[] {
  return a.points.flatMap(({ count, p50Us: one }, i) => {
    const other = b.points[i]?.p50Us;
    if (one === undefined || other === undefined) return [];
    return [{ count, sign: Math.max(one, other) < EQUAL * Math.min(one, other) ? 0 : Math.sign(one - other) }];
  });
}

function flipsOf(a: Line, b: Line): readonly string[] {
  const clear = signsOf(a, b).filter(({ sign }) => sign !== 0);
  return clear.flatMap(({ count, sign }, i) => (i > 0 && clear[i - 1]?.sign !== sign ? [`From ${count} at once on, ${(sign < 0 ? a : b).title} has a shorter median than ${(sign < 0 ? b : a).title}.`] : []));
}

function growthInWords({ title, points, contention }: Line): string {
  const alone = points[0]?.p50Us;
  const last = points.findLast(({ p50Us }) => p50Us !== undefined);
  if (alone === undefined || last?.p50Us === undefined) return `${title}: none got ready.`;
  const doubled = points.find(({ p50Us }) => p50Us !== undefined && p50Us >= 2 * alone);
  const ratio = last.p50Us / alone;
  const grows = ratio < EQUAL ? 'which is as good as no growth' : `${times(ratio)} as long`;
  const at = doubled ? `, at least twice as long from ${doubled.count} at once on` : '';
  const caution = contention === 'assumed' ? ' Nobody measured it beside others: this is the worst case.' : '';
  const refused = points.find(({ refusedShare }) => refusedShare > 0);
  return `${title}: ${spoken(alone)} alone, ${spoken(last.p50Us)} with ${last.count} at once, ${grows}${at}.${caution}${refused ? ` From ${refused.count} at once on, some are refused, because memory ends.` : ''}`;
}

