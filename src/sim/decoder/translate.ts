/** Puts English messages in place of known ones in other languages, so that families are written once. It knows phrases, not grammar. */
import type { Translation } from './family.ts';
import { findParts, indexPhrases, type PhraseIndex } from './phrases.ts';
import { squeezePhrase, type Squeezed } from './squeeze.ts';

export interface Dictionary {
  readonly index: PhraseIndex;
  /** English letters and word starts by the number of the localized part. */
  readonly english: ReadonlyMap<number, Squeezed>;
}

export function compileDictionary(translations: readonly Translation[]): Dictionary {
  const index = indexPhrases(translations.flatMap(({ localized }) => localized));
  const english = new Map<number, Squeezed>();
  for (const { english: text, localized } of translations) {
    for (const phrase of localized) {
      for (const { parts } of index.readings.get(phrase) ?? []) english.set(parts[0] as number, squeezePhrase(text));
    }
  }
  return { index, english };
}

/** The text with every known message in English; places still refer to the original. */
export function translate(dictionary: Dictionary, source: Squeezed): Squeezed {
  const found = replacements(dictionary, source);
  if (found.length === 0) return source;
  const size = found.reduce((sum, { start, end, english }) => sum + english.text.length - (end - start), source.text.length);
  const parts: string[] = [];
  const [at, edges] = [new Int32Array(size), new Uint8Array(size + 1)];
  let [from, to] = [0, 0];
  const copy = (end: number): void => {
    parts.push(source.text.slice(from, end));
    at.set(source.at.subarray(from, end), to);
    edges.set(source.edges.subarray(from, end), to);
    [from, to] = [end, to + end - from];
  };
  for (const { start, end, english } of found) {
    copy(start);
    parts.push(english.text);
    // The first letters point to the start of the original message, the last one to its end.
    at.fill(source.at[start] as number, to, to + english.text.length);
    at[to + english.text.length - 1] = source.at[end - 1] as number;
    edges.set(english.edges.subarray(0, english.text.length), to);
    [from, to] = [end, to + english.text.length];
  }
  copy(source.text.length);
  edges[size] = 1;
  return { text: parts.join(''), at, edges };
}

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly english: Squeezed;
}

/** In order and without overlaps; of two that begin at the same place, the longer. */
function replacements({ index, english }: Dictionary, source: Squeezed): readonly Replacement[] {
  const all = [...findParts(index, source)].flatMap(([number, starts]) => {
    const length = index.parts[number]?.letters.length ?? 0;
    return starts.map((start) => ({ start, end: start + length, english: english.get(number) as Squeezed }));
  });
  let end = 0;
  return all
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((one) => {
      if (one.start < end) return false;
      end = one.end;
      return true;
    });
}
