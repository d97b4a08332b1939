/** Which families an unknown text resembles: those whose wordings share its rare words. It knows words, not their order. */
import type { Family } from './family.ts';
import type { Knowledge, Span } from './match.ts';
import { expand } from './phrases.ts';
import { squeezePhrase, type Squeezed } from './squeeze.ts';

export interface Resemblance {
  readonly family: Family;
  /** The part of a wording's words that the text has, each weighed by how rare it is: 0 to 1. */
  readonly share: number;
  /** How many rare words of the wording the text has. */
  readonly words: number;
  /** Those rare words, in small letters. */
  readonly shared: readonly string[];
  /** The line that has them. */
  readonly line: Span;
}

/** A word in fewer than one of so many wordings is rare. */
const RARE_IN = 50;
const RARE = Math.log(1 + RARE_IN);

interface Wording {
  readonly family: Family;
  readonly words: ReadonlySet<string>;
  readonly weight: number;
}

interface Lexicon {
  readonly byWord: ReadonlyMap<string, readonly Wording[]>;
  readonly weightOf: (word: string) => number;
}

const LEXICONS = new WeakMap<Knowledge, Lexicon>();

/**
 * The families that a line of the text resembles most, best first; fewer when no more share a word with it. Line by line, because
 * the words of one message stand together: scattered over a log, common words resemble anything.
 */
export function resembling(knowledge: Knowledge, source: string, squeezed: Squeezed, count: number): readonly Resemblance[] {
  const lexicon = lexiconOf(knowledge);
  const best = new Map<Family, Likeness & { readonly line: Line }>();
  for (const line of linesOf(source, squeezed)) {
    for (const one of resemblances(lexicon, line.words)) if (one.share > (best.get(one.wording.family)?.share ?? 0)) best.set(one.wording.family, { ...one, line });
  }
  const nearest = [...best.values()].sort((a, b) => b.share - a.share || b.words - a.words).slice(0, count);
  return nearest.map(({ wording, share, words, line }) => ({ family: wording.family, share, words, shared: [...wording.words].filter((word) => line.words.has(word) && lexicon.weightOf(word) > RARE), line: line.span }));
}

interface Line {
  readonly words: ReadonlySet<string>;
  readonly span: Span;
}

interface Likeness extends Pick<Resemblance, 'share' | 'words'> {
  readonly wording: Wording;
}

function resemblances({ byWord, weightOf }: Lexicon, line: ReadonlySet<string>): readonly Likeness[] {
  const shared = new Map<Wording, { weight: number; words: number }>();
  for (const word of line) {
    for (const wording of byWord.get(word) ?? []) {
      const { weight = 0, words = 0 } = shared.get(wording) ?? {};
      shared.set(wording, { weight: weight + weightOf(word), words: words + (weightOf(word) > RARE ? 1 : 0) });
    }
  }
  return [...shared].map(([wording, { weight, words }]) => ({ wording, share: weight / wording.weight, words }));
}

function lexiconOf(knowledge: Knowledge): Lexicon {
  const known = LEXICONS.get(knowledge);
  if (known) return known;
  const made = makeLexicon(knowledge.families);
  LEXICONS.set(knowledge, made);
  return made;
}

/** A wording of a word or two resembles too much. */
const LEAST_WORDS = 3;

function makeLexicon(families: readonly Family[]): Lexicon {
  const texts = families.flatMap((family) => family.phrases.flatMap((phrase) => expand(phrase).map((variant) => ({ family, words: new Set(wordsOf(squeezePhrase(variant))) }))));
  const counts = new Map<string, number>();
  for (const { words } of texts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weightOf = (word: string): number => Math.log(1 + texts.length / (counts.get(word) ?? 1));
  const byWord = new Map<string, Wording[]>();
  for (const { family, words } of texts) {
    if (words.size < LEAST_WORDS) continue;
    const wording = { family, words, weight: [...words].reduce((sum, word) => sum + weightOf(word), 0) };
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), wording]);
  }
  return { byWord, weightOf };
}

function wordsOf({ text, edges }: Squeezed): readonly string[] {
  const words: string[] = [];
  let start = 0;
  for (let i = 1; i <= text.length; i += 1) {
    if (edges[i] !== 1) continue;
    words.push(text.slice(start, i));
    start = i;
  }
  return words;
}

/** The different lines of a text as sets of words; a log says many things twice. */
function linesOf(source: string, { text, at, edges }: Squeezed): readonly Line[] {
  const lines = new Map<string, Line>();
  let start = 0;
  for (let i = 1; i <= text.length; i += 1) {
    if (edges[i] !== 1 || (i < text.length && !source.slice(at[i - 1], at[i]).includes('\n'))) continue;
    const line = { text: text.slice(start, i), at, edges: edges.subarray(start, i + 1) };
    if (!lines.has(line.text)) lines.set(line.text, { words: new Set(wordsOf(line)), span: { start: at[start] as number, end: (at[i - 1] as number) + 1 } });
    start = i;
  }
  return [...lines.values()];
}
