/** The shapes of `boot-race`: what it is told (tables), what is asked (config, actions) and what it holds (state). Data only. */
import type { Generator } from '../random.ts';
import type { Interval } from './intervals.ts';

export const PHASES = ['pull', 'unpack', 'engine', 'network', 'runtime', 'vmm', 'firmware', 'loader', 'kernel', 'init', 'services', 'application', 'whole'] as const;
/** `whole` is a start that nobody took apart. */
export type Phase = (typeof PHASES)[number];

/** Durations in µs at the levels of `Tables.levels`; between two levels they are interpolated. One value: no spread was measured. */
export type Quantiles = readonly number[];

/** How a phase uses the machine. */
export interface Use {
  readonly phase: Phase;
  /** Of the phase alone on the machine, how much is work for a core, in 1/1000; the rest is waiting for timers and devices. */
  readonly workPermille: number;
  /** How much of `Contention.lockUs` this phase pays for each neighbor, in 1/1000. */
  readonly lockPermille: number;
  /** A lock or a service of the host that lets one instance in at a time. */
  readonly section?: string;
}

export interface Technology {
  readonly id: string;
  readonly title: string;
  readonly kind: 'container' | 'gvisor' | 'microvm' | 'vm' | 'unikernel';
  /** The phases in order, and for each interval that was measured the phases that its clock covers. */
  readonly phases: readonly Use[];
  readonly clocks: Readonly<Partial<Record<Interval, readonly Phase[]>>>;
  /** For each machine on which it was measured, one row of quantiles a phase. Empty: there is no evidence. */
  readonly runs: Readonly<Record<string, readonly Quantiles[]>>;
  /** Processes that the script around an instance runs before and after the clock, if one launcher starts all by such a script. */
  readonly processes?: { readonly before: number; readonly after: number };
  /** Memory that an instance keeps while it runs, and what the figure measures; absent where no figure exists. */
  readonly memoryKib?: number;
  readonly memoryMeans?: string;
  /** Bytes that are read from disk by the first start and lie in the page cache afterwards. */
  readonly imageKib?: number;
  /** Why nothing can be computed, where nothing can. */
  readonly gap?: string;
  /** What a reader must know of the evidence. */
  readonly note?: string;
  /** How it behaves beside others: fitted to parallel runs, or no parallel run exists and it is taken to be all work for a core. */
  readonly contention: 'fitted' | 'derived' | 'assumed';
  readonly figures: readonly string[];
  readonly sources: readonly string[];
}

export interface Machine {
  readonly id: string;
  readonly title: string;
  readonly cores: number;
  /** Throughput of a core with two busy threads, in 1/1000 of one thread; 1000: no second thread. */
  readonly smtPermille: number;
  /** How long the same work takes here, in 1/1000 of the reference machine; absent where that is not known. */
  readonly timePermille?: number;
  /** Of the work of a start on an otherwise idle machine, how much is left when the cores do not sleep between starts. */
  readonly awakePermille: number;
  /** Absent where it was not recorded: then memory is not counted. */
  readonly memoryMib?: number;
  readonly diskMBps?: number;
  readonly networkMBps?: number;
}

/** What instances do to each other beyond sharing cores; fitted, see content/boot/contention.yaml. */
export interface Contention {
  /** Added work for each other instance that runs on a core, in the kernel's shared structures; on the reference machine, as all work. */
  readonly lockUs: number;
  /** Standard deviation of an instance's work when it is not alone, in 1/1000. */
  readonly noisePermille: number;
  /** Work of the one who starts instances, for each, one after the other, before any clock starts. */
  readonly launchUs: number;
  /** Work of each process of the script around an instance, outside every clock. */
  readonly scriptUs: number;
}

export interface Tables {
  /** Levels of the quantiles in 1/1000, ascending, from 0 to 1000. */
  readonly levels: readonly number[];
  readonly machines: Readonly<Record<string, Machine>>;
  readonly technologies: Readonly<Record<string, Technology>>;
  readonly contention: Contention;
}

export interface LaneConfig {
  readonly technology: string;
  readonly interval: Interval;
  readonly count: number;
  /** How many may be on their way at once; the next starts when one is done. Absent: all. */
  readonly atOnce?: number;
}

export interface Config {
  readonly machine: string;
  readonly lanes: readonly LaneConfig[];
  /** `shared`: all lanes are drawn on one axis, so their intervals must be the same. `own`: each lane has an axis of its own. */
  readonly axis: 'shared' | 'own';
  /** What an instance does when it is ready: `exit` as in a benchmark, or `stay` and keep its memory. Memory is counted for those that stay. */
  readonly afterReady: 'exit' | 'stay';
  /** What happens when memory ends: refuse the start, or write others' memory to disk first. */
  readonly whenFull: 'refuse' | 'swap';
  /** Where the image is: in the page cache, on the disk, or in a registry. */
  readonly image: 'cached' | 'on-disk' | 'absent';
}

export type Action =
  | { readonly type: 'start'; readonly lane: number; readonly count: number }
  | { readonly type: 'tick' }
  | { readonly type: 'runTo'; readonly us: number }
  | { readonly type: 'finish' };

/** One thing an instance does: use a core, or wait; perhaps alone in a section. Amounts in µs. */
export interface Stage {
  readonly phase: Phase | 'launch' | 'script' | 'read' | 'swap';
  readonly kind: 'work' | 'wait';
  readonly section?: string;
}

/** An instance on its way. Never changed: a step replaces it. */
export interface Flight {
  /** Decides between events at the same instant. */
  readonly order: number;
  readonly lane: number;
  /** Its number in the lane, from 0. */
  readonly index: number;
  readonly stage: number;
  /** While it works: the attained service at which it is done. While it waits: the time. */
  readonly until: number;
  /** Its place in the serial distribution, 0 to 2^32. */
  readonly place: number;
  /** What its work is multiplied with beside others, in 1/1000. */
  readonly luck: number;
  /** When the lane's clock started, or -1. */
  readonly began: number;
}

export interface Section {
  readonly busy: boolean;
  /** In the order of arrival; entries before `head` are gone. */
  readonly queue: readonly Flight[];
  readonly head: number;
}

/**
 * When the first instances of a lane came to each of their stages: what a timeline draws. A stage that stands twice was queued
 * for in between; the last mark is the end, at the number of stages for an instance that got ready.
 */
export interface Track {
  readonly index: number;
  readonly marks: readonly (readonly [stage: number, us: number])[];
}

export interface Lane {
  readonly config: LaneConfig;
  /** Asked for and not begun. */
  readonly toStart: number;
  readonly begun: number;
  readonly inFlight: number;
  readonly refused: number;
  readonly swapped: number;
  /** One duration in µs over the lane's interval for each instance that got ready, in the order of getting ready. */
  readonly durations: readonly number[];
  readonly lastReadyUs: number;
  readonly tracks: readonly Track[];
}

/**
 * Everything that is needed to go on, as plain integers, lists and records, so that a state is JSON. At 10,000 instances it
 * holds 10,000 durations and those instances that are on their way (all of them at most): 1.5 MB of JSON at the worst.
 */
export interface State {
  readonly config: Config;
  readonly nowUs: number;
  readonly generator: Generator;
  readonly order: number;
  readonly lanes: readonly Lane[];
  /** Service that an instance has attained that worked since the cores were last idle, in 2^-20 µs. */
  readonly attained: number;
  /** Heaps: by `until`, then by order. */
  readonly working: readonly Flight[];
  readonly waiting: readonly Flight[];
  readonly sections: Readonly<Record<string, Section>>;
  readonly memoryKib: number;
  readonly swappedKib: number;
  /** Work in 2^-20 core-µs: done by cores, asked for by finished stages, done beyond that because time is in whole µs. */
  readonly busy: number;
  readonly asked: number;
  readonly rounding: number;
  readonly events: number;
  /** Whether a step has told what the race began with. */
  readonly told: boolean;
}
