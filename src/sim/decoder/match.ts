/** Which families a text speaks of, and through which words. It knows wordings, not which family is right. */
import type { Alternative, Circumstance, Family, Translation } from './family.ts';
import { findParts, findPhrase, indexPhrases, type PhraseIndex, type Places } from './phrases.ts';
import { findShapes, SHAPES } from './shapes.ts';
import { hasLetterEscapes, squeeze, type Squeezed } from './squeeze.ts';
import { compileDictionary, translate, type Dictionary } from './translate.ts';

/** A stretch of the pasted text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Match {
  readonly family: Family;
  /** What was found, in the order of the text: words of the text, or the description of a shape. */
  readonly found: readonly { readonly span: Span; readonly letters: number; readonly says: string }[];
  readonly raised: readonly Circumstance[];
  readonly lowered: readonly Circumstance[];
  /** Alternatives whose words stand in the text. */
  readonly preferred: readonly Alternative[];
}

/** Families and translations, compiled once and used for every text. */
export interface Knowledge {
  readonly families: readonly Family[];
  readonly index: PhraseIndex;
  readonly dictionary: Dictionary;
}

/** Compiles what content/errors holds. Throws PhraseError for a wording that cannot be read. */
export function compileKnowledge(families: readonly Family[], translations: readonly Translation[]): Knowledge {
  return { families, index: indexPhrases(families.flatMap(wordingsOf)), dictionary: compileDictionary(translations) };
}

/** Every wording of a family, whatever it is for. */
export function wordingsOf(family: Family): readonly string[] {
  const circumstances = [...(family.raised ?? []), ...(family.lowered ?? [])].flatMap(({ words }) => words);
  const alternatives = (family.alternatives ?? []).flatMap(({ words = [] }) => words);
  return [...family.phrases, ...(family.unless ?? []), ...circumstances, ...alternatives];
}

/** One reading of the text: squeezed, translated, with the places of all wordings. */
export interface Reading {
  readonly squeezed: Squeezed;
  readonly places: Places;
}

/** Every family that the text speaks of, in the order of the knowledge. `readings` are the text's, from `readingsOf`. */
export function matchFamilies(knowledge: Knowledge, text: string, readings: readonly Reading[]): readonly Match[] {
  const shapes = findShapes(text);
  const find = (phrase: string) => findIn(knowledge, readings, phrase);
  const has = (phrase: string): boolean => find(phrase) !== undefined;
  return knowledge.families.flatMap((family) => {
    const found = [
      ...family.phrases.flatMap((phrase) => toFound(text, find(phrase))),
      ...(family.shapes ?? []).flatMap((name) => {
        const span = shapes.get(name);
        return span ? [{ span, letters: SHAPE_LETTERS, says: SHAPES[name]?.says ?? name }] : [];
      }),
    ].sort((a, b) => a.span.start - b.span.start);
    if (found.length === 0 || family.unless?.some(has)) return [];
    const present = ({ words = [] }: { words?: readonly string[] }): boolean => words.some(has);
    return [{ family, found, raised: (family.raised ?? []).filter(present), lowered: (family.lowered ?? []).filter(present), preferred: (family.alternatives ?? []).filter(present) }];
  });
}

/** A shape is as telling as a wording of this many letters. */
const SHAPE_LETTERS = 25;

/** The text as it stands and, where that differs, with backslash escapes read as line breaks. */
export function readingsOf({ index, dictionary }: Knowledge, text: string): readonly [Reading, ...Reading[]] {
  const variants: [boolean, ...boolean[]] = hasLetterEscapes(text) ? [false, true] : [false];
  return mapAll(variants, (escapes) => {
    const squeezed = translate(dictionary, squeeze(text, { escapes }));
    return { squeezed, places: findParts(index, squeezed) };
  });
}

function mapAll<A, B>([first, ...rest]: readonly [A, ...A[]], change: (one: A) => B): readonly [B, ...B[]] {
  return [change(first), ...rest.map(change)];
}

/** Where the first reading that has the wording has it. */
export function findIn({ index }: Knowledge, readings: readonly Reading[], phrase: string): (Span & { letters: number }) | undefined {
  for (const { squeezed, places } of readings) {
    const stretch = findPhrase(index, places, phrase);
    if (stretch) {
      const span = { start: squeezed.at[stretch.start] as number, end: (squeezed.at[stretch.end - 1] as number) + 1 };
      return { ...span, letters: stretch.end - stretch.start };
    }
  }
  return undefined;
}

/** Longer quotations are cut: the reader knows the text. */
const LONGEST_QUOTE = 160;

function toFound(text: string, place: (Span & { letters: number }) | undefined): Match['found'] {
  if (!place) return [];
  const quoted = text.slice(place.start, place.end).replaceAll(/\s+/g, ' ');
  const says = quoted.length > LONGEST_QUOTE ? `${quoted.slice(0, LONGEST_QUOTE - 1)}…` : quoted;
  return [{ span: { start: place.start, end: place.end }, letters: place.letters, says: `“${says}”` }];
}
