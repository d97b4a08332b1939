/** The shapes of `race`: lanes of `boot-race` side by side, a bet on them, and what one instant of them looks like. Data only. */
import type { Interval } from '../boot-race/intervals.ts';
import type { Config as BootConfig, Phase, Technology } from '../boot-race/types.ts';

/** Instants that a race can be stopped at: 0 is before the start, the last one is the end. */
export const FRAMES = 240;
/** Slices of a lane's time in which cores, memory and arrivals are shown. */
export const BINS = 80;
export const MOST_SIDE_BY_SIDE = 4;
/** Instances of a lane whose stages are drawn. */
export const DRAWN = 6;

/** What a reader may say of the slowest median against the shortest, by number. */
export const FACTORS = ['less than twice as long', '2 to 5 times as long', '5 to 20 times as long', 'more than 20 times as long'] as const;
export const SURE = ['a guess', 'fairly sure', 'certain'] as const;
/** Where one of each is started and clocks differ, the growth up to this many at once is what can be bet on. */
export const COMPANY = 16;

export interface Bet {
  /** The lane whose median will be the shortest; where clocks differ, the one whose median will grow most with company. */
  readonly lane: number;
  /** Index in FACTORS: of the slowest lane against the shortest, or of that lane in company against the same alone. */
  readonly factor: number;
  /** Index in SURE. */
  readonly sure: number;
}

export interface Choice {
  readonly technology: string;
  readonly interval: Interval;
}

/** What is started, and on what. Each lane has such a machine to itself. */
export interface Arrangement extends Pick<BootConfig, 'machine' | 'afterReady' | 'whenFull' | 'image'> {
  readonly lanes: readonly Choice[];
  /** Instances of each lane. */
  readonly count: number;
  /** How many may be on their way at once; 0: all. */
  readonly atOnce: number;
}

export interface Config extends Arrangement {
  readonly bet: Bet | null;
  /** 0 to FRAMES. */
  readonly frame: number;
}

export type Action =
  | { readonly type: 'arrange'; readonly to: Partial<Arrangement> }
  | { readonly type: 'bet'; readonly bet: Bet }
  | { readonly type: 'show'; readonly frame: number };

export type Fact = { readonly id: 'raceArranged' } | { readonly id: 'betPlaced' } | { readonly id: 'instantShown'; readonly frame: number };

/** What fills a piece of an instance's time: a phase, or what is done for it. */
export type Filling = Phase | 'launch' | 'queue' | 'read' | 'swap' | 'script';
export type Segment = readonly [filling: Filling, fromUs: number, toUs: number];

/** An instance on the timeline, up to now. */
export interface Bar {
  readonly segments: readonly Segment[];
  readonly end: 'ready' | 'refused' | 'going';
}

/** Durations of those that are ready, over the lane's clock, in µs. */
export interface Spread {
  readonly minUs: number;
  readonly p50Us: number;
  readonly p90Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  /** At equal steps from the fastest to the slowest: what the distribution plot draws. */
  readonly curveUs: readonly number[];
}

/** A lane's median alone and with company, each on the same clock, in µs. */
export interface Growth {
  readonly count: number;
  readonly aloneUs: number;
  readonly togetherUs: number;
}

export interface LaneView {
  readonly technology: string;
  readonly title: string;
  readonly interval: Interval;
  /** What the clock starts and stops at. */
  readonly clock: string;
  /** Every interval over which it was measured. */
  readonly clocks: readonly Interval[];
  /** Why nothing can be started. */
  readonly gap?: string;
  readonly total: number;
  readonly ready: number;
  readonly onTheWay: number;
  readonly refused: number;
  readonly swapped: number;
  readonly spread?: Spread;
  /** Kinds of pieces in the order in which an instance meets them. */
  readonly fillings: readonly Filling[];
  readonly bars: readonly Bar[];
  /** Length of the lane's axis of time, and of its plot, in µs; 0 before the start. */
  readonly axisUs: number;
  readonly plotUs: number;
  /** A slice each up to now: ready in 1/1000 of all, cores in 1/1000 of what they can do, memory in MiB. */
  readonly arrived: readonly number[];
  readonly load: readonly number[];
  readonly memoryMib: readonly number[];
  readonly memoryMost: number;
  /** Memory of an instance, and what that figure measures; absent where there is none. */
  readonly eachMib?: number;
  readonly eachMeans?: string;
  readonly lastReadyUs: number;
  /** For how many at most the lane's clock ran at the same moment of the whole run; absent before it. */
  readonly together?: number;
  /** Where its single starts were measured, in words; `here` when that is the machine of the race. */
  readonly measuredOn: string;
  readonly here: boolean;
  /** How it behaves beside others: fitted to runs of many, derived, or taken to be all work for a core. */
  readonly contention: Technology['contention'];
  /** Whether it is known how much of a start is work for a core. */
  readonly workKnown: boolean;
  /** At the end of a race whose clocks differ. */
  readonly grown?: Growth;
  /** What a reader must know of the evidence. */
  readonly notes: readonly string[];
  readonly sources: readonly string[];
}

/** One instant of a race. It is computed from the configuration alone; the run behind it is kept by the model. */
export interface State {
  readonly config: Config;
  readonly seed: number;
  /** Which of the ready races it is, if one. */
  readonly scene: string | null;
  readonly says: string;
  /** What came of it, at the end. */
  readonly verdict: string;
  readonly nowUs: number;
  readonly cores: number;
  readonly machine: string;
  /** Absent where it was not recorded. */
  readonly machineMib?: number;
  readonly lanes: readonly LaneView[];
  /** Whether time passes faster from frame to frame, because a lane takes much longer than another. */
  readonly stretched: boolean;
  /** What can be bet on: whose median is shortest, or where clocks differ whose grows most; null where neither is known. */
  readonly betOn: 'median' | 'growth' | null;
  /** Up to how many on their way at once a growth is told. */
  readonly company: number;
  /** What this machine and these lanes allow beside the plain case. */
  readonly can: { readonly swap: boolean; readonly read: boolean };
  readonly reasons: readonly { readonly rule: string; readonly text: string; readonly figures: readonly string[]; readonly sources: readonly string[] }[];
}
