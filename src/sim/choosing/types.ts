/** The shapes of `choosing`: the work and what is asked of its wall, what is known of each candidate, and what a reader sees. Data only. */
import type { Tables as BootTables } from '../boot-race/types.ts';
import type { Figures } from '../model.ts';
import type { Comparison, Work } from '../overheads/types.ts';
import type { Clock, MemoryKind } from './kinds.ts';

export const CANDIDATES = ['process', 'container', 'gvisor', 'kata', 'microvm', 'vm', 'unikernel'] as const;
export type CandidateId = (typeof CANDIDATES)[number];

export const CODES = ['mine', 'organization', 'strangers'] as const;
export type Code = (typeof CODES)[number];
export const STARTS = ['rarely', 'each-deploy', 'each-request'] as const;
export type Starts = (typeof STARTS)[number];
export const NEEDS = ['any-linux', 'own-kernel', 'windows'] as const;
export type Needs = (typeof NEEDS)[number];
/** The least wall that is let through; `asked` stands for the one that goes with whose code it is. */
export const WALLS = ['asked', 'none', 'kernel', 'apart', 'hardware'] as const;
export type WallAsked = (typeof WALLS)[number];

/** The work, the machine, and what must hold. */
export interface Config {
  readonly code: Code;
  /** How many run at once. */
  readonly count: number;
  readonly starts: Starts;
  readonly work: Work;
  readonly needs: Needs;
  /** Whether the program can be rebuilt as a unikernel: one program, from source or in a form that the library system loads. */
  readonly rebuild: boolean;
  readonly memoryGib: number;
  readonly cores: number;
  /** Whether hardware virtualization is there to be used: off in a cloud instance without nested virtualization. */
  readonly kvm: boolean;
  readonly wall: WallAsked;
  /** What is added for the wall must fit into the machine's memory. */
  readonly fits: boolean;
  /** 0: nothing is asked. */
  readonly startWithinMs: number;
  /** Percent of speed that may be lost; 100: nothing is asked. */
  readonly slowdown: number;
}

export const PRESETS = ['web', 'functions', 'ci', 'plugin', 'database', 'windows'] as const;
export type PresetId = (typeof PRESETS)[number];

export type Action =
  | { readonly type: 'take'; readonly preset: PresetId }
  /** One or several settings at once. */
  | { readonly type: 'set'; readonly to: Partial<Config> };

export type Fact =
  | { readonly id: 'workStated' }
  | { readonly id: 'verdictChanged'; readonly candidate: CandidateId; readonly from: Verdict; readonly to: Verdict };

/** A published value with all that it takes to know what it may be compared with. */
export interface StartReading {
  readonly figure: string;
  readonly clock: Clock;
  readonly machine: string;
  readonly year: number;
  readonly source: string;
  readonly secondHand?: true;
  /** What is started, where that is not plain. */
  readonly of?: string;
  /** The figure's range is no spread of runs of one, so only its value counts. */
  readonly valueOnly?: true;
}

/** Several that were started together, as published: nothing is computed from it. */
export interface TogetherReading {
  readonly figure: string;
  readonly year: number;
  readonly source: string;
  /** Other sources of what is said. */
  readonly also: readonly string[];
  /** `50 at once: all run after` */
  readonly says: string;
  /** What the clock runs over, and on what. */
  readonly on: string;
}

export interface MemoryReading {
  readonly figure: string;
  readonly kind: MemoryKind;
  readonly study: string;
  readonly year: number;
  readonly source: string;
  readonly secondHand?: true;
  readonly note?: string;
}

export interface DiskReading {
  readonly figure: string;
  readonly what: string;
  readonly year: number;
  readonly source: string;
}

/** What a rule or a wall rests on. */
export interface Cited {
  readonly text: string;
  /** The same as half a sentence, for a list of those that are out. */
  readonly short?: string;
  readonly sources: readonly string[];
  readonly figures?: readonly string[];
}

/** What enforces the wall. A software kernel of its own and a processor are two ways that do not rank. */
export type Wall = 'none' | 'kernel' | 'sentry' | 'processor';

export interface Candidate {
  readonly id: CandidateId;
  readonly title: string;
  /** In running text, with its article. */
  readonly name: string;
  readonly wall: Wall;
  readonly stands: Cited;
  readonly interface: Cited;
  readonly falls: { readonly all: boolean } & Cited;
  /** Whose libraries and versions it finds. */
  readonly files: 'own' | 'host';
  /** Which programs it takes: 0 all that Linux takes, 1 those whose calls a kernel like Linux answers, 2 those rebuilt for it. */
  readonly takes: 0 | 1 | 2;
  readonly takesSays: Cited;
  /** A condition that no setting expresses. */
  readonly proviso?: Cited;
  readonly starts: readonly StartReading[];
  readonly startGap?: string;
  readonly memory: readonly MemoryReading[];
  /** Adds nothing to the program, by what it is: its memory, disk and speed are the measure of the others. */
  readonly plain?: true;
  readonly disk?: DiskReading;
  readonly diskGap?: string;
  /** The technology of `boot-race` that stands for it, what its starts of many rest on, and up to how many they were published. */
  readonly many?: { readonly technology: string; readonly clock: Clock; readonly says: string; readonly upTo: number };
  readonly together?: TogetherReading;
  readonly manyGap?: string;
  /** Kernels to keep up to date beside the host's: none, one file for all, or one in each. */
  readonly kernels: 'host' | 'one-more' | 'each';
  readonly kernelsSays: string;
}

export interface Tables {
  readonly figures: Figures;
  readonly comparisons: readonly Comparison[];
  readonly boot: BootTables;
}

/** `unsaid`: something is asked of which no published figure that fits says whether it is met. */
export type Verdict = 'stands' | 'unsaid' | 'beaten' | 'struck' | 'cannot';

export const CRITERIA = ['start', 'many', 'memory', 'speed', 'disk', 'wall', 'falls', 'kernels', 'takes'] as const;
export type Criterion = (typeof CRITERIA)[number];
/** Criteria by which one candidate can beat another. */
export type Ranked = 'start' | 'memory' | 'speed' | 'disk' | 'kernels' | 'takes' | 'files';

/** A value as one side of a comparison. `type` says what was measured, how and where; only like types are ever compared. */
export interface Side {
  readonly type: string;
  readonly text: string;
  /** Clock or measure in a few words; empty for what was counted. */
  readonly by: string;
}

/** One criterion on which two candidates were compared. */
export interface Finding {
  readonly criterion: Ranked;
  /** 1: the first is better, -1: the second is, 0: even. */
  readonly sign: -1 | 0 | 1;
  /** Of speeds, which workload. */
  readonly of: string;
  readonly ours: Side;
  readonly theirs: Side;
  /** Clock or measure, hardware and year, in words. */
  readonly on: string;
  readonly sources: readonly string[];
}

export interface Cell {
  readonly criterion: Criterion;
  readonly value: string;
  /** For the matrix of those that stand: the value alone, and in a few words by which clock or measure. */
  readonly short?: readonly [value: string, by: string];
  /** Interval, hardware, year, and what a reader must know. */
  readonly note: string;
  readonly gap?: true;
  readonly sources: readonly string[];
}

export interface CandidateView {
  readonly id: CandidateId;
  readonly title: string;
  readonly verdict: Verdict;
  /** Best at what, pays with what; or why it is out. */
  readonly says: string;
  /** The same in half a line, for those that are out. */
  readonly line: string;
  /** “as long as …” */
  readonly conditions: readonly string[];
  /** What cannot be compared, and with whom: not on one clock, or nothing published. */
  readonly thin: readonly string[];
  readonly reasons: readonly Cited[];
  /** Who beats it, and on what. */
  readonly by?: { readonly id: CandidateId; readonly on: readonly Finding[] };
  readonly cells: readonly Cell[];
}

/** A single change of the work that changes who stands. */
export interface Change {
  readonly if: string;
  readonly to: Partial<Config>;
  /** The settings that take it back. */
  readonly back: Partial<Config>;
  readonly then: string;
  /** Who stands after it: `gVisor stands.` */
  readonly stands: string;
}

export interface State {
  readonly config: Config;
  readonly preset: PresetId | null;
  /** The ready work that it is nearest to, if only a few settings differ. */
  readonly near: PresetId | null;
  readonly says: string;
  readonly asked: string;
  readonly candidates: readonly CandidateView[];
  readonly changes: readonly Change[];
}
