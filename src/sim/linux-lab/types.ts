/** The shapes of `linux-lab`: experiments on real machines, how their checks are judged, and what has been measured. Data only. */

/** The two machines, which run different kernels. */
export const MACHINES = ['a', 'b'] as const;
export type MachineId = (typeof MACHINES)[number];

/** A number with the unit of its measure, or a word such as a kernel’s version. */
export type Value = number | string;
export type Values = Readonly<Record<string, Value>>;

/** Something to type, and why. */
export interface Step {
  readonly says: string;
  readonly on: MachineId;
  readonly type: string;
}

/** What can be asked about every machine, without a probe. */
export const IMPLICIT_KEYS = ['off', 'silent', 'panicked', 'answers', 'printed'] as const;

/** A comparison such as `a.kernel != b.kernel`, `a.killed > 0` or `a.printed has usage:`. */
export interface Condition {
  readonly key: string;
  readonly is: '=' | '!=' | '>' | '<' | 'has';
  /** Another key, or a value. */
  readonly than: { readonly key: string } | { readonly value: Value };
}

/** Something that has to be so before an experiment is done. */
export interface Criterion {
  readonly when: readonly Condition[];
  /** What is still open while it is not so, as words that go into a list: `a container that has ended well`. */
  readonly says: string;
}

/** What to say to a reader who did something else. */
export interface Hint {
  readonly when: readonly Condition[];
  readonly says: string;
  /** The machine that only a reset brings back to where the reader can go on. */
  readonly reset?: MachineId;
}

/** Something that is timed from outside of the machine, several times, when the experiment is done. */
export interface Timing {
  readonly on: MachineId;
  /** A line of shell; `$n` is the number of the try. */
  readonly line: string;
  readonly times: number;
}

export interface Measure {
  readonly id: string;
  readonly title: string;
  /** Empty for a word or a plain count. */
  readonly unit: string;
  /** The key that it is taken from: of a probe, of the clock (`clock.boot.a`, `clock.timed`), or a quotient of two (`x / y`). */
  readonly from: string;
  /** What the site’s models and figures say, in words. */
  readonly model: string;
  /** Figures that this rests on. */
  readonly figures: readonly string[];
}

export interface Experiment {
  readonly id: string;
  readonly title: string;
  /** The belief that it tests. */
  readonly belief: string;
  readonly task: string;
  /** Machines that have to run. */
  readonly needs: readonly MachineId[];
  readonly steps: readonly Step[];
  /** A line of shell for each machine, which answers lines of `key=value`. */
  readonly probes: Readonly<Partial<Record<MachineId, string>>>;
  readonly done: readonly Criterion[];
  /** From the most specific on: the first that fits is said. */
  readonly hints: readonly Hint[];
  readonly timing?: Timing;
  readonly measures: readonly Measure[];
  /** What the result means. */
  readonly means: string;
}

/** A session that was recorded from the same machines. */
export interface Recording {
  readonly date: string;
  readonly emulator: string;
  readonly host: string;
  readonly kernels: Readonly<Record<MachineId, string>>;
  /** What happened, in order: on which machine, after how many ms of the session, what it printed; and which experiment it belongs to. */
  readonly events: readonly (readonly [experiment: string, machine: MachineId, atMs: number, text: string])[];
  readonly results: Readonly<Record<string, Values>>;
}

export interface Lab {
  readonly experiments: readonly Experiment[];
  readonly recording: Recording;
}

export interface Config {
  /** The experiment that is open. */
  readonly experiment: string;
  /** What was measured, by experiment and measure. In which tab, only the way tells by which it came here. */
  readonly results: Readonly<Record<string, Values>>;
}

export type Action =
  | { readonly type: 'open'; readonly experiment: string }
  | { readonly type: 'record'; readonly experiment: string; readonly values: Values }
  /** Puts results in place that were kept on another day; none to start a clean notebook. */
  | { readonly type: 'recall'; readonly results: Config['results']; readonly date: string };

export type Fact = { readonly id: 'experimentOpened'; readonly experiment: string } | { readonly id: 'resultRecorded'; readonly experiment: string } | { readonly id: 'resultsRecalled' };

/** One line of the table of results. */
export interface Row {
  readonly experiment: string;
  readonly title: string;
  /** Id and title of the measure. */
  readonly id: string;
  readonly measure: string;
  readonly model: string;
  readonly figures: readonly string[];
  readonly recorded: string;
  /** Empty before it was measured. */
  readonly yours: string;
}

/** Something that a machine printed in the recorded session. */
export interface Moment {
  readonly machine: MachineId;
  readonly atMs: number;
  readonly text: string;
}

export interface State {
  readonly config: Config;
  /** Titles of all experiments, by id, in their order. */
  readonly titles: Readonly<Record<string, string>>;
  readonly open: Experiment;
  /** The recorded session of the open experiment, and when and with what it was recorded. */
  readonly session: readonly Moment[];
  readonly recorded: Pick<Recording, 'date' | 'emulator' | 'host' | 'kernels'>;
  /** Experiments with a result. */
  readonly done: readonly string[];
  readonly rows: readonly Row[];
  readonly says: string;
}
