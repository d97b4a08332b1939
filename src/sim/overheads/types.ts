/** The shapes of `overheads`: published comparisons of one workload under several runners, and what a reader sees of them. Data only. */

/** What a workload spends its time with. */
export type Work = 'compute' | 'memory' | 'system-calls' | 'disk' | 'network' | 'server';
export const WORKS: readonly Work[] = ['compute', 'memory', 'system-calls', 'disk', 'network', 'server'];

/** What the workload runs in. The word is the same in every study; which product and version it was stands in the comparison's `machine`. */
export type Runner =
  | 'native'
  /** The same with the kernel’s page tables kept apart from the program’s (a defense against Meltdown). */
  | 'native-kpti'
  /** A container on the host's network, or one whose workload uses no network. */
  | 'container'
  /** A container behind the engine's bridge and address translation. */
  | 'container-bridge'
  | 'gvisor-ptrace' | 'gvisor-systrap' | 'gvisor-kvm'
  | 'microvm-firecracker' | 'microvm-cloud-hypervisor' | 'microvm-qemu'
  /** A virtual machine as the study first set it up. */
  | 'vm'
  /** The same with the processors' topology shown to the guest and its processors pinned. */
  | 'vm-tuned'
  /** A Linux guest whose kernel runs without its defenses against attacks on the processor. */
  | 'vm-no-mitigations'
  | 'unikernel';
export const RUNNERS: readonly Runner[] = [
  'native', 'native-kpti', 'container', 'container-bridge', 'gvisor-ptrace', 'gvisor-systrap', 'gvisor-kvm', 'microvm-firecracker', 'microvm-cloud-hypervisor', 'microvm-qemu', 'vm', 'vm-tuned', 'vm-no-mitigations', 'unikernel',
];

/** Relative to the base: 2 is twice as fast. `low` and `high` bound the published spread of the runner’s own runs, and equal `value` where none is published. */
export interface Range {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A figure as comparisons are made of it. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** Value, range and unit as a reader meets them. */
  readonly text: string;
  readonly source: string;
  /** The source gives a limit instead of a value. */
  readonly bound?: 'most' | 'least';
  readonly secondHand: boolean;
}

export interface Entry {
  readonly runner: Runner;
  /** Id of the figure that was measured. */
  readonly figure: string;
  readonly speed: Range;
  /** The figure in words. */
  readonly text: string;
  /** The speed is a limit: at least, or at most. */
  readonly bound?: 'most' | 'least';
  /** Not read in the source itself. */
  readonly secondHand: boolean;
  /** What must be known of this entry alone. */
  readonly note?: string;
  /** Absent where the speed ranks. `false`: it is not for the same work (a write that nobody flushed), or no measurement (a promise), whether it looks faster or slower. Such an entry counts in no verdict. */
  readonly ranks?: false;
}

/** One of two published numbers for one thing. */
export interface Side {
  /** Where it stands: in a log that was published, or in a table that was printed. */
  readonly id: SideId;
  readonly name: string;
  readonly figure: string;
  readonly speed: Range;
  readonly text: string;
  readonly secondHand: boolean;
}
export type SideId = 'log' | 'table';

/** Two published numbers for one thing. They are shown as two, and never averaged. */
export interface Dispute {
  readonly runner: Runner;
  readonly says: string;
  readonly sides: readonly Side[];
  readonly sources: readonly string[];
}

/** A reason not to read the numbers as they look at first sight. */
export interface Trap {
  readonly says: string;
  readonly sources: readonly string[];
  /** The runners that it is about, or none for all. One of them that is faster than a base outside it does not rank. */
  readonly runners: readonly Runner[];
  /** Whom it is told of, where that is not everybody in `runners`. It changes no rank. */
  readonly about?: readonly Runner[];
}

/** One workload, one study, one machine, one year: every speed in it has both its terms from there. */
export interface Comparison {
  readonly id: string;
  readonly work: Work;
  /** What was done, in at most 40 characters. */
  readonly title: string;
  readonly measured: 'rate' | 'time';
  readonly year: number;
  /** Id of the source with the numbers. */
  readonly study: string;
  /** The source in short. */
  readonly studyName: string;
  /** Hardware and system, in words. */
  readonly machine: string;
  readonly base: Runner;
  /** Shown at once; the others stand folded. */
  readonly lead: boolean;
  /** The base first, with the speed 1. */
  readonly entries: readonly Entry[];
  /** What the ranges are, where there are any. */
  readonly spread?: string;
  readonly dispute?: Dispute;
  readonly trap?: Trap;
  /** Why the numbers are older than what is used today, with sources; `runners` where not all of them have grown old. */
  readonly dated?: { readonly says: string; readonly sources: readonly string[]; readonly runners?: readonly Runner[] };
}

/** A study as an author writes it: one machine, one year, workloads with a figure for each runner. */
export interface StudyRow {
  readonly study: string;
  readonly year: number;
  readonly machine: string;
  /** `works`: the kinds of work whose numbers have grown old, where not all have. */
  readonly dated?: NonNullable<Comparison['dated']> & { readonly works?: readonly Work[] };
  readonly comparisons: readonly {
    readonly id: string;
    readonly work: Work;
    readonly title: string;
    readonly measured: Comparison['measured'];
    readonly machine?: string;
    readonly lead?: boolean;
    readonly spread?: string;
    /** A figure for each runner; the first is the base. */
    readonly entries: Readonly<Partial<Record<Runner, string>>>;
    readonly notes?: Readonly<Partial<Record<Runner, string>>>;
    /** Whose figures do not rank, in either direction. */
    readonly unranked?: readonly Runner[];
    readonly dispute?: Pick<Dispute, 'runner' | 'says' | 'sources'> & { readonly sides: Readonly<Record<SideId, string>> };
    readonly trap?: Trap;
  }[];
}

/** `study`: each comparison against the base that its study had. */
export type Against = Runner | 'study';

export interface Config {
  /** By work: who is slow at this? By runner: what is this one slow at? */
  readonly view: 'by-work' | 'by-runner';
  readonly work: Work;
  readonly runner: Runner;
  readonly against: Against;
  /** Speed (half as fast) or time (twice as long). */
  readonly read: 'speed' | 'time';
  /** Which number is shown where a study has two. */
  readonly side: 'both' | SideId;
  /** Id of the only comparison to show, or empty. */
  readonly only: string;
}

export type Action = { readonly type: 'turn'; readonly to: Partial<Config> };
export type Fact = { readonly id: 'turned' };

/** What keeps the workload in: nothing, the host’s kernel (drawn dashed), or processor and hypervisor (drawn heavy). */
export type Wall = 'none' | 'kernel' | 'hardware';

/** A value on the axis. */
export interface Mark {
  readonly speed: Range;
  /** As speed `45%`, `1.6%`, `220%`; as time `2.2×`, `64×`, `0.45×`. */
  readonly short: string;
  /** What was measured, in words. */
  readonly text: string;
  readonly secondHand: boolean;
  /** Which of two numbers it is. */
  readonly name?: string;
}

export interface Row {
  readonly label: string;
  /** Year and base, where they are not the group’s. */
  readonly sub?: string;
  readonly runner: Runner;
  readonly wall: Wall;
  readonly isBase: boolean;
  /** One; two where the study has two numbers and both are shown. */
  readonly marks: readonly Mark[];
  /** The value in a sentence’s words: `45% of the speed`. */
  readonly words: string;
  /** Counts in no verdict: not the same work, no measurement, or faster than the base for a reason that is no speed. */
  readonly unranked: boolean;
  /** Id of the comparison that it belongs to: a key of `State.measured`. */
  readonly comparison: string;
  readonly base: Runner;
  /** The base’s figure in words. */
  readonly baseText: string;
  readonly notes: readonly string[];
}

/** What must be read with a group’s numbers. */
export interface Remark {
  readonly kind: 'dispute' | 'trap' | 'dated';
  /** What it is about where that is not the whole group: titles of rows, or a study. */
  readonly of?: string;
  readonly says: string;
  readonly sources: readonly string[];
}

/** What is drawn on one axis: a comparison, or all that is known of one runner at one kind of work. */
export interface Group {
  readonly id: string;
  readonly title: string;
  /** Year and base. */
  readonly sub: string;
  readonly lead: boolean;
  readonly rows: readonly Row[];
  /** Places in `State.remarks`. */
  readonly remarks: readonly number[];
  readonly spread?: string;
}

/** Everything that a page draws, in words and numbers. */
export interface State {
  readonly config: Config;
  readonly seed: number;
  /** The answer in a few sentences. */
  readonly says: string;
  readonly groups: readonly Group[];
  /** What the groups’ rows were measured in, by id of the comparison. */
  readonly measured: Readonly<Record<string, Pick<Comparison, 'title' | 'year' | 'study' | 'studyName' | 'machine'>>>;
  /** Each once, however many groups it concerns. */
  readonly remarks: readonly Remark[];
  /** Who is slowest at what is shown, where anything ranks. */
  readonly slowest?: Runner;
  /** Ends of the axis that all groups share, as speeds: `low` below 1, `high` above. */
  readonly axis: { readonly low: number; readonly high: number };
  /** What may be chosen, by id. */
  readonly choices: {
    readonly runners: Readonly<Partial<Record<Runner, string>>>;
    readonly against: Readonly<Partial<Record<Against, string>>>;
    /** Whether two numbers contradict each other in what is shown. */
    readonly disputed: boolean;
  };
  readonly reasons: readonly { readonly rule: string; readonly text: string; readonly figures: readonly string[]; readonly sources: readonly string[] }[];
}
