/**
 * Finds wordings in a squeezed text. The notation of a wording: plain words; `~` for a name or a number; `…` for a longer gap;
 * `(a|b)` for either, `(a|)` for maybe; `*` after a word for any ending. Punctuation, case and spaces do not count. Time is linear in
 * the text: words are looked up by their first letters, and gaps are bridged by one walk over sorted places. It knows text, not errors.
 */
import { squeezePhrase, type Squeezed } from './squeeze.ts';

/** How many letters and digits a gap spans at most: `~` a path or an identifier, `…` about two lines of a log. */
export const GAPS = { '~': 48, '…': 120 } as const;
type Gap = keyof typeof GAPS;

/** A stretch of a squeezed text: from its first letter up to the letter after its last. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One way to read a wording, after its alternatives are multiplied out. */
interface Reading {
  readonly parts: readonly number[];
  /** The gap before each part but the first. */
  readonly gaps: readonly Gap[];
}

interface Part {
  readonly letters: string;
  /** A word may go on behind the part. */
  readonly open: boolean;
}

/** Every wording of a body of knowledge, ready to be searched for in one pass. */
export interface PhraseIndex {
  readonly parts: readonly Part[];
  readonly readings: ReadonlyMap<string, readonly Reading[]>;
  /** For every beginning of a part, as a hash: the parts that end there. */
  readonly beginnings: ReadonlyMap<number, readonly number[]>;
}

/** Thrown for a wording that cannot be read; the message says why. */
export class PhraseError extends Error {
  override readonly name = 'PhraseError';
}

/** Compiles wordings. Throws PhraseError for one without letters or with brackets that do not match. */
export function indexPhrases(phrases: Iterable<string>): PhraseIndex {
  const numbers = new Map<string, number>();
  const parts: Part[] = [];
  const readings = new Map<string, readonly Reading[]>();
  const numberOf = (part: Part): number => {
    const key = part.letters + (part.open ? '*' : '');
    const known = numbers.get(key) ?? parts.push(part) - 1;
    numbers.set(key, known);
    return known;
  };
  // Variants of a phrase share most of their parts.
  const byText = new Map<string, number>();
  const numberOfText = (text: string, phrase: string): number => {
    const known = byText.get(text) ?? numberOf(partOf(text, phrase));
    byText.set(text, known);
    return known;
  };
  for (const phrase of phrases) {
    if (!readings.has(phrase)) readings.set(phrase, expand(phrase).map((variant) => ({ parts: variant.split(GAP_MARK).map((text) => numberOfText(text, phrase)), gaps: gapsOf(variant) })));
  }
  return { parts, readings, beginnings: beginningsOf(parts) };
}

const NONE: readonly number[] = [];

/** Extends the hash of a beginning by one letter. Two beginnings with one hash cost a comparison, not a wrong answer. */
function extend(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

function beginningsOf(parts: readonly Part[]): ReadonlyMap<number, readonly number[]> {
  const beginnings = new Map<number, readonly number[]>();
  for (const [number, { letters }] of parts.entries()) {
    let hash = 0;
    for (let i = 0; i < letters.length; i += 1) {
      hash = extend(hash, letters.charCodeAt(i));
      const ending = beginnings.get(hash);
      if (i === letters.length - 1) beginnings.set(hash, [...(ending ?? NONE), number]);
      else if (!ending) beginnings.set(hash, NONE);
    }
  }
  return beginnings;
}

/** The most variants that one wording may have. */
const MOST_VARIANTS = 128;

/** Multiplies out the `(a|b)` of a wording; they do not nest. */
export function expand(phrase: string): readonly string[] {
  const pieces = phrase.split(/(\([^()]*\))/);
  if (pieces.some((piece, i) => i % 2 === 0 && /[()|]/.test(piece))) throw new PhraseError(`the brackets of "${phrase}" do not match`);
  const choices = pieces.map((piece, i) => (i % 2 === 0 ? [piece] : piece.slice(1, -1).split('|')));
  if (choices.reduce((product, { length }) => product * length, 1) > MOST_VARIANTS) throw new PhraseError(`"${phrase}" has more than ${MOST_VARIANTS} variants`);
  return choices.reduce<readonly string[]>((texts, choice) => texts.flatMap((text) => choice.map((next) => text + next)), ['']);
}

const GAP_MARK = /[~…]/;

function gapsOf(variant: string): readonly Gap[] {
  return [...variant].filter((character): character is Gap => GAP_MARK.test(character));
}

function partOf(text: string, phrase: string): Part {
  const { text: letters } = squeezePhrase(text);
  if (letters === '') throw new PhraseError(`"${phrase}" has a part without letters`);
  return { letters, open: text.trimEnd().endsWith('*') };
}

/** Where the parts of all wordings stand in a text. */
export type Places = ReadonlyMap<number, readonly number[]>;

/** Reads on from every word start for as long as what it reads is the beginning of a part. */
export function findParts({ parts, beginnings }: PhraseIndex, { text, edges }: Squeezed): Places {
  const places = new Map<number, number[]>();
  for (let start = 0; start < text.length; start += 1) {
    if (edges[start] !== 1) continue;
    let hash = 0;
    for (let i = start; i < text.length; i += 1) {
      hash = extend(hash, text.charCodeAt(i));
      const ending = beginnings.get(hash);
      if (!ending) break;
      for (const number of ending) if (isPart(parts[number] as Part, text, start, edges)) note(places, number, start);
    }
  }
  return places;
}

function isPart({ letters, open }: Part, text: string, start: number, edges: Uint8Array): boolean {
  return (open || edges[start + letters.length] === 1) && text.startsWith(letters, start);
}

function note(places: Map<number, number[]>, number: number, start: number): void {
  const known = places.get(number);
  if (known) known.push(start);
  else places.set(number, [start]);
}

/** The first stretch of text that reads as the wording, or undefined. */
export function findPhrase(index: PhraseIndex, places: Places, phrase: string): Stretch | undefined {
  for (const reading of index.readings.get(phrase) ?? []) {
    const found = follow(index, places, reading);
    if (found) return found;
  }
  return undefined;
}

/** Walks from part to part: for each, the places that some place of the part before reaches. */
function follow(index: PhraseIndex, places: Places, { parts, gaps }: Reading): Stretch | undefined {
  let reached: readonly Stretch[] | undefined;
  for (const [i, number] of parts.entries()) {
    const { length } = (index.parts[number] as Part).letters;
    const here = (places.get(number) ?? []).map((start) => ({ start, end: start + length }));
    reached = reached === undefined ? here : bridge(reached, here, GAPS[gaps[i - 1] as Gap]);
    if (reached.length === 0) return undefined;
  }
  return reached?.[0];
}

/** The stretches of `next` that begin at most `gap` letters behind one of `before`; both are sorted, each is walked once. */
function bridge(before: readonly Stretch[], next: readonly Stretch[], gap: number): readonly Stretch[] {
  const joined: Stretch[] = [];
  let i = -1;
  for (const { start, end } of next) {
    while (i + 1 < before.length && (before[i + 1] as Stretch).end <= start) i += 1;
    const last = before[i];
    if (last && start - last.end <= gap) joined.push({ start: last.start, end });
  }
  return joined;
}
