/** What a family of error messages is, as content/errors writes it down. It knows the shape of the knowledge, not the knowledge. */
import type { ErrorLayer } from './layers.ts';

/**
 * `cause`: names what is wrong. `consequence`: says that something failed because something else did ("the daemon does not
 * run"), and so yields to a cause in the same text. `announcement`: a warning that says what may come of something, and so yields
 * to whatever failed. `hint`: only says what the text is about.
 */
export type Role = 'cause' | 'consequence' | 'announcement' | 'hint';

/** Words that change the answer when they stand anywhere in the text. */
export interface Circumstance {
  readonly words: readonly string[];
  /** Why they change it: completes "…, because …". */
  readonly because: string;
}

/** Another layer that the same wording can mean. */
export interface Alternative {
  readonly layer: ErrorLayer;
  /** When this is the cause, as a clause: "the entry point is a script without a first line". */
  readonly when: string;
  /** What the reader can look up to tell the two apart. */
  readonly question: string;
  /** Words that make this the first answer. */
  readonly words?: readonly string[];
}

export interface Fix {
  /** The layer that the fix belongs to, where that is not the family's own. */
  readonly layer?: ErrorLayer;
  readonly text: string;
  readonly commands?: readonly string[];
}

export interface Evidence {
  readonly url: string;
  readonly title: string;
  readonly year: number;
}

/** A case of the message for WillItRun. What WillItRun answers must agree with the message: a test holds the two against each other. */
export interface Situation {
  readonly host?: Readonly<Record<string, Value>>;
  readonly workload?: Readonly<Record<string, Value>>;
  readonly tool?: string;
}

type Value = string | number | boolean | readonly string[];

/** A page of the site that goes on where the entry ends. */
export interface Onward {
  /** Address below the site's root, without a slash in front. */
  readonly page: string;
  /** What the reader finds there. */
  readonly text: string;
}

export interface Family {
  readonly id: string;
  readonly title: string;
  readonly layer: ErrorLayer;
  readonly role: Role;
  /** How often this wording means this layer, 0 to 1: an estimate that the corpus under tests/cases is held against. */
  readonly sure: number;
  /** Wordings, in the notation of phrases.ts. */
  readonly phrases: readonly string[];
  /** Names of line shapes (shapes.ts), for what words cannot say. */
  readonly shapes?: readonly string[];
  readonly raised?: readonly Circumstance[];
  readonly lowered?: readonly Circumstance[];
  /** With one of these in the text, the family does not apply. */
  readonly unless?: readonly string[];
  readonly meaning: string;
  /** How sure the layer is, and why. */
  readonly because: string;
  readonly alternatives?: readonly Alternative[];
  readonly fixes: readonly Fix[];
  readonly situation?: Situation;
  readonly onward?: readonly Onward[];
  readonly evidence: readonly Evidence[];
  /** Messages as they were seen; each must lead to this family. */
  readonly examples: readonly string[];
}

/** A message in another language and the English that the families are written in. */
export interface Translation {
  readonly english: string;
  readonly localized: readonly string[];
}
