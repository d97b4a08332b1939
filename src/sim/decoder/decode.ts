/**
 * The Decoder: a pasted error in, the layer that does not match out, with what it means, how sure that is and why, what else it can
 * mean, and what to do. It refuses to know anything that is not in the text or in the knowledge that it is given.
 */
import type { Alternative, Evidence, Family, Fix, Onward, Situation } from './family.ts';
import type { ErrorLayer } from './layers.ts';
import { findIn, matchFamilies, readingsOf, type Knowledge, type Match, type Span } from './match.ts';
import type { Squeezed } from './squeeze.ts';
import { confidence, rank, type Ranked } from './rank.ts';
import { resembling, type Resemblance } from './resemble.ts';

export interface Verdict {
  /** Id and title of the family. */
  readonly family: string;
  readonly title: string;
  readonly layer: ErrorLayer;
  /** 0 to 1. An estimate: the share of threads with this wording in which this layer was the cause. */
  readonly confidence: number;
  /** Why this layer and how sure, as sentences. */
  readonly reasons: readonly string[];
  readonly meaning: string;
  readonly fixes: readonly Fix[];
  readonly situation?: Situation;
  readonly onward: readonly Onward[];
  readonly evidence: readonly Evidence[];
}

/** Another layer that the text can mean. */
export interface Other {
  readonly layer: ErrorLayer;
  /** When that is the case, as a clause. */
  readonly when: string;
  /** What tells it from the first answer. */
  readonly question: string;
  /** The family whose wording is in the text too, where that is why. */
  readonly family?: string;
  readonly fixes: readonly Fix[];
}

export interface Nearest {
  readonly family: string;
  readonly title: string;
  readonly layer: ErrorLayer;
  /** Share of a wording's words that the text has, 0 to 1. */
  readonly share: number;
  /** The rare words of that wording that the text has, in small letters. */
  readonly shared: readonly string[];
  /** The line of the text that has them. */
  readonly line: Span;
}

export interface Answer {
  /** Absent when the text is unknown. */
  readonly first?: Verdict;
  readonly others: readonly Other[];
  /** For a text without a known wording: the families that it resembles most. */
  readonly nearest: readonly Nearest[];
  /** What was recognized, in the order of the text. */
  readonly spans: readonly (Span & { readonly family: string })[];
}

const MOST_OTHERS = 5;
const NEAREST = 3;

/** An answer with what it came from. */
export interface Decoded {
  readonly answer: Answer;
  /** Every family that the text speaks of, best first. */
  readonly ranked: readonly Ranked[];
  /** Where a wording of the knowledge stands in the text, if it does. */
  readonly find: (wording: string) => Span | undefined;
}

/** Decodes any text. Never throws, whatever the text. */
export function decode(text: string, knowledge: Knowledge): Answer {
  return decoded(text, knowledge).answer;
}

/** Decodes any text and tells what the answer came from. Never throws, whatever the text. */
export function decoded(text: string, knowledge: Knowledge): Decoded {
  const readings = readingsOf(knowledge, text);
  const ranked = rank(matchFamilies(knowledge, text, readings));
  return { answer: answerOf(text, knowledge, ranked, readings[0].squeezed), ranked, find: (wording) => findIn(knowledge, readings, wording) };
}

function answerOf(text: string, knowledge: Knowledge, ranked: readonly Ranked[], squeezed: Squeezed): Answer {
  const [first, ...rest] = ranked;
  if (!first) return resemblance(knowledge, text, squeezed);
  return {
    first: verdict(first, confidence([first, ...rest]), rest),
    others: othersOf(first, rest),
    nearest: first.match.family.role === 'hint' ? nearestTo(knowledge, text, squeezed) : [],
    spans: ranked.flatMap(({ match }) => match.found.map(({ span }) => ({ ...span, family: match.family.id }))).sort((a, b) => a.start - b.start),
  };
}

function verdict(ranked: Ranked, sure: number, rest: readonly Ranked[]): Verdict {
  const { family } = ranked.match;
  return {
    family: family.id,
    title: family.title,
    layer: ranked.layer,
    confidence: Math.round(sure * 100) / 100,
    reasons: reasonsOf(ranked, rest),
    meaning: family.meaning,
    fixes: fixesFor(family, ranked.layer),
    ...(family.situation && { situation: family.situation }),
    onward: family.onward ?? [],
    evidence: family.evidence,
  };
}

function reasonsOf({ match, layer, preferred }: Ranked, rest: readonly Ranked[]): readonly string[] {
  const { family, found, raised, lowered } = match;
  const rival = rest.find((other) => other.layer !== layer && other.match.family.role === family.role);
  return [
    `The text contains ${tellingPart(found)}.`,
    family.because,
    ...(preferred ? [`Other words of the text point to this case: ${preferred.when}.`] : []),
    ...raised.map(({ because }) => `More sure, because ${because}.`),
    ...lowered.map(({ because }) => `Less sure, because ${because}.`),
    ...(rival ? [`Less sure, because the text also contains ${tellingPart(rival.match.found)}, which points elsewhere.`] : []),
  ];
}

/** The longest of the recognized parts: it says most about why. */
function tellingPart(found: Match['found']): string {
  return found.reduce((best, one) => (one.letters > best.letters ? one : best), found[0] as Match['found'][number]).says;
}

/** The fixes of a layer; those that name no layer belong to the family's own. */
function fixesFor(family: Family, layer: ErrorLayer): readonly Fix[] {
  return family.fixes.filter((fix) => (fix.layer ?? family.layer) === layer);
}

/** Other layers, each once: what the first family can also mean, then the other families in the text. */
function othersOf(first: Ranked, rest: readonly Ranked[]): readonly Other[] {
  const { family } = first.match;
  const own = (family.alternatives ?? []).map((alternative) => fromAlternative(family, alternative));
  const itself = first.preferred ? [asOther(family, `none of that is so: ${lowerFirst(family.title)}`, first.preferred.question)] : [];
  const found = rest.map(({ match }) => asOther(match.family, `the cause is the part of the text that contains ${tellingPart(match.found)}`, 'Which of the two messages comes first in the whole log?'));
  const seen = new Set<ErrorLayer>([first.layer]);
  return [...itself, ...own, ...found]
    .filter(({ layer }) => {
      if (seen.has(layer)) return false;
      seen.add(layer);
      return true;
    })
    .slice(0, MOST_OTHERS);
}

function fromAlternative(family: Family, { layer, when, question }: Alternative): Other {
  return { layer, when, question, fixes: family.fixes.filter((fix) => fix.layer === layer) };
}

function asOther(family: Family, when: string, question: string): Other {
  return { layer: family.layer, when, question, family: family.id, fixes: fixesFor(family, family.layer) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A line with this share of a known wording's words, and so many of its rare ones, is taken for a variant of it, with little confidence. */
const VARIANT_SHARE = 0.7;
const VARIANT_WORDS = 3;
const VARIANT_CONFIDENCE = 0.3;

function resemblance(knowledge: Knowledge, text: string, squeezed: Squeezed): Answer {
  const near = resembling(knowledge, text, squeezed, NEAREST);
  const [best] = near;
  const guess = best && best.share >= VARIANT_SHARE && best.words >= VARIANT_WORDS ? guessFrom(best) : undefined;
  return { ...(guess && { first: guess }), others: [], nearest: near.map(asNearest), spans: [] };
}

function nearestTo(knowledge: Knowledge, text: string, squeezed: Squeezed): readonly Nearest[] {
  return resembling(knowledge, text, squeezed, NEAREST).map(asNearest);
}

function asNearest({ family, share, shared, line }: Resemblance): Nearest {
  return { family: family.id, title: family.title, layer: family.layer, share: Math.round(share * 100) / 100, shared, line };
}

function guessFrom({ family, share }: Resemblance): Verdict {
  return {
    family: family.id,
    title: family.title,
    layer: family.layer,
    confidence: Math.round(VARIANT_CONFIDENCE * share * 100) / 100,
    reasons: ['No known message is in the text as a whole.', `Most words of one are: “${family.title}” is the nearest, and no more than that.`],
    meaning: family.meaning,
    fixes: fixesFor(family, family.layer),
    ...(family.situation && { situation: family.situation }),
    onward: family.onward ?? [],
    evidence: family.evidence,
  };
}
