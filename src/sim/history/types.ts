/** What content/machines and content/history say, as the model receives it: which systems a machine ran when, and what changed. */
import type { Host } from '../compat/index.ts';

/** A kind of machine that a reader may have had, and the system that it ran from a month on. */
export interface Machine {
  readonly id: string;
  readonly title: string;
  readonly systems: readonly {
    /** The first month, YYYY-MM. */
    readonly from: string;
    /** The name of the system in words. */
    readonly says: string;
    readonly host: Host;
  }[];
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

export interface History {
  readonly machines: readonly Machine[];
  readonly changes: readonly Change[];
}
