/**
 * The vocabulary of history: which systems machines ran when, what changed, and what becomes of both when the planner is asked
 * for each year. It knows shapes; which products there were is for content/.
 */
import type { Host } from '../compat/facts.ts';
import type { StackNode } from '../domain.ts';

/** The years that the playground offers. A test holds the last one against the month of content/history/reviewed.yaml. */
export const YEARS = { first: 2013, last: 2026 } as const;

/** The machines, in the order in which readers choose among them. A test holds them against content/machines. */
export const MACHINES = ['mac-intel', 'mac-apple', 'windows-home', 'windows-pro', 'windows-7', 'windows-server', 'linux'] as const;
export type MachineId = (typeof MACHINES)[number];

/** A kind of machine that a reader may have had, and the system that it ran from a month on. */
export interface Machine {
  readonly id: string;
  readonly title: string;
  /** With its article, as a sentence names it: “a Mac with an Intel processor”. */
  readonly noun: string;
  readonly systems: readonly {
    /** The first month, YYYY-MM. */
    readonly from: string;
    /** The name of the system in words. */
    readonly says: string;
    readonly host: Host;
  }[];
  /**
   * Which of equally cheap ways its maker set up by default from a month on, and what it was called then where that differs.
   * The planner decides which ways there are and what they cost; this only breaks ties.
   */
  readonly usual: readonly { readonly from: string; readonly mechanism: string; readonly called?: string; readonly sources: readonly string[] }[];
  readonly sources: readonly string[];
}

/** Something that changed how Linux containers run on some machines. */
export interface Change {
  readonly id: string;
  /** YYYY-MM. */
  readonly month: string;
  /** Ids of the machines. */
  readonly machines: readonly string[];
  readonly title: string;
  readonly text: string;
  /** True when it broke what had worked. */
  readonly broke: boolean;
  readonly sources: readonly string[];
}

/** Something that readers still find written down, and the machine and year in which it was at home. */
export interface Trace {
  readonly id: string;
  /** As it is written: an address, a name or a command. */
  readonly written: string;
  readonly machine: MachineId;
  readonly year: number;
  /** Other machines that had it, each with the first year: who looks at one of these stays there. */
  readonly also?: Readonly<Partial<Record<MachineId, number>>>;
  readonly text: string;
  readonly sources: readonly string[];
}

export interface History {
  /** The month up to which sources were read: the present of this history. */
  readonly reviewed: string;
  readonly machines: readonly Machine[];
  readonly changes: readonly Change[];
  readonly traces: readonly Trace[];
  /** Short titles of sources, by id. */
  readonly titles: Readonly<Record<string, string>>;
}

/** A statement with what it rests on; `short` is the same in a word or two, `commands` what one types. */
export interface Line {
  readonly text: string;
  readonly short?: string;
  readonly commands?: readonly string[];
  readonly sources: readonly string[];
}

/** `own`: the machine's own kernel. `product`: somebody's product brought one. `hand`: the reader did. `none`: nothing ran it. `absent`: there was no such machine. */
export type WayKind = 'own' | 'product' | 'hand' | 'none' | 'absent';

/** How Linux containers ran on a machine, as far as it is the same from year to year. */
export interface Way {
  /** Id of the mechanism that decides: the machine or, without one, the sandbox. `none` where there is no way. */
  readonly mechanism: string;
  readonly title: string;
  readonly kind: WayKind;
  /** True when its maker no longer cared for it. */
  readonly left: boolean;
  /** Months between which the mechanism can be had; `until` is the first in which it no longer could. */
  readonly from?: string;
  readonly until?: string;
}

/** One year of one machine. Numbers are places in the almanac's lists, so that nothing is written twice. */
export interface Page {
  readonly way: number;
  /** The system that the machine ran. */
  readonly system: string;
  readonly says: string;
  readonly stack?: number;
  /** The entries of the list, by their heading. */
  readonly lines: Readonly<Partial<Record<Heading, readonly number[]>>>;
  /** Places in `changes`. */
  readonly changes: readonly number[];
  /** The same situation as WillItRun writes it. */
  readonly situation?: string;
}

/** Headings of the list, in its order. */
export const HEADINGS = ['kernel', 'tool', 'cost', 'address', 'files', 'others', 'not'] as const;
export type Heading = (typeof HEADINGS)[number];

/** Every year of every machine, worked out once. */
export interface Almanac {
  readonly reviewed: string;
  readonly machines: Readonly<Record<string, { readonly title: string; readonly sources: readonly string[]; readonly pages: readonly Page[] }>>;
  readonly ways: readonly Way[];
  readonly lines: readonly Line[];
  readonly stacks: readonly StackNode[];
  readonly changes: readonly Change[];
  readonly traces: readonly Trace[];
  /** Short titles of the sources that are cited. */
  readonly titles: Readonly<Record<string, string>>;
}

export interface Config {
  readonly machine: MachineId;
  readonly year: number;
  /** Id of the trace that led to machine and year. */
  readonly trace?: string;
}

export type Action =
  | { readonly type: 'go'; readonly year: number }
  | { readonly type: 'take'; readonly machine: MachineId }
  /** Goes where a trace leads. */
  | ({ readonly type: 'follow'; readonly trace: string } & Pick<Config, 'machine' | 'year'>);

export type HistoryFact = { readonly id: 'yearReached'; readonly year: number } | { readonly id: 'machineTaken'; readonly machine: string } | { readonly id: 'traceFollowed'; readonly trace: string };

/** Years in a row in which the way was the same. */
export interface Era {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly kind: WayKind;
}

/** A change as the page shows it. */
export type ShownChange = Pick<Change, 'title' | 'text' | 'broke' | 'sources'> & {
  /** The month in words. */
  readonly when: string;
};

export interface State {
  readonly config: Config;
  readonly says: string;
  readonly way: Way;
  /** The month for which it was worked out, YYYY-MM, and in words. */
  readonly month: string;
  readonly when: string;
  /** Titles of the machines, by id. */
  readonly machines: Readonly<Record<string, string>>;
  readonly eras: readonly Era[];
  /** Place of the year's era. */
  readonly era: number;
  readonly stack: StackNode | null;
  readonly lines: Readonly<Partial<Record<Heading, readonly Line[]>>>;
  readonly changes: readonly ShownChange[];
  /** What becomes of it later, as a sentence. */
  readonly next: string;
  /** The machine's years as a table reads them: year, system, way, kernel, address, files, changes. */
  readonly rows: readonly (readonly string[])[];
  readonly situation?: string;
  /** What a reader can start from. */
  readonly traces: readonly Pick<Trace, 'id' | 'written' | 'machine' | 'year'>[];
  /** What the reader came by. */
  readonly trace?: Pick<Trace, 'id' | 'text' | 'sources'>;
  /** Short titles of the sources that the state cites. */
  readonly titles: Readonly<Record<string, string>>;
}
