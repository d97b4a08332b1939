/** Reads the words of the trace from text, with what each deed joins, and fills in their blanks. It knows none by itself, so that an island need not carry them. */

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

/** Ends of a step: a kernel (K), the kernel of the host (H), the hardware (ground), the part on whose behalf (who), its caller (app). */
export type End = 'K' | 'H' | 'ground' | 'who' | 'app' | 'caller';

export interface Words {
  readonly deeds: ReadonlyMap<string, Saying>;
  readonly rules: ReadonlyMap<string, Rule>;
  /** From where to where each deed leads. Those that are not here happen inside the kernel. */
  readonly ends: Readonly<Record<string, readonly End[]>>;
  /** What a page says beside the steps: under a part of a stack with a machine, by its id; what a warm cache means to a program; and about the counts. */
  readonly notes: Readonly<Record<string, string>>;
}

/** The words from their text: a line each, fields between bars; deeds, rules, notes and ends separated by empty lines. */
export function readWords(text: string): Words {
  const [deeds = [], rules = [], notes = [], ends = []] = text.split('\n\n').map((block) => block.split('\n').map((line) => line.split('|')));
  return {
    deeds: new Map(deeds.map(([key = '', title = '', subsystem = '', say = '', ...named]) => [key, { title, subsystem, text: say, rules: named }])),
    rules: new Map(rules.map(([id = '', say = '', ...sources]) => [id, { text: say, sources }])),
    notes: Object.fromEntries(notes),
    ends: Object.fromEntries(ends.map(([id, ...joined]) => [id, joined as End[]])),
  };
}

/** A text with its blanks filled: `{name}`, and `{flag?words}`, which stands only where the flag holds. */
export function fill(text: string, names: Readonly<Record<string, string>>, flags: readonly string[] = []): string {
  return text.replace(/(\. )?\{(\w+)(\?)?([^}]*)\}/g, (_, stop = '', name: string, asks: string | undefined, words: string, at: number) => {
    const filled = (asks ? flags.includes(name) && words : names[name]) || '';
    // A name that begins a sentence gets its capital. Names of functions keep their small letter.
    return stop + (asks || (at && !stop) ? filled : filled.charAt(0).toUpperCase() + filled.slice(1));
  });
}
