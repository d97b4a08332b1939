/** Reads the words of the trace from text and fills in their blanks. It knows no sentence by itself, so that an island need not carry them. */

/** What a deed says. */
export interface Saying {
  /** The crossing in two or three words; empty where nothing is crossed, and the subsystem says enough. */
  readonly title: string;
  readonly subsystem: string;
  readonly text: string;
  readonly rules: readonly string[];
}

/** A rule in one or two sentences, and the ids of its sources in content/sources. */
export interface Rule {
  readonly text: string;
  readonly sources: readonly string[];
}

export interface Words {
  readonly deeds: ReadonlyMap<string, Saying>;
  readonly rules: ReadonlyMap<string, Rule>;
}

/** The words from their text: a line each, fields between bars, deeds and rules separated by an empty line. */
export function readWords(text: string): Words {
  const [deeds = [], rules = []] = text.split('\n\n').map((block) => block.split('\n').map((line) => line.split('|')));
  return {
    deeds: new Map(deeds.map(([key = '', title = '', subsystem = '', say = '', ...named]) => [key, { title, subsystem, text: say, rules: named }])),
    rules: new Map(rules.map(([id = '', say = '', ...sources]) => [id, { text: say, sources }])),
  };
}

/** A text with its blanks filled: `{name}`, and `{flag?words}`, which stands only where the flag holds. */
export function fill(text: string, names: Readonly<Record<string, string>>, flags: readonly string[] = []): string {
  const filled = text.replace(/\{(\w+)(\?)?([^}]*)\}/g, (_, name: string, asks: string | undefined, words: string) =>
    asks ? (flags.includes(name) ? words : '') : (names[name] ?? ''));
  // A name that stands first gets its capital. Names of functions keep their small letter.
  return /^\{\w+\}/.test(text) ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled;
}
