/** An answer as it is put to a reader: with the layer's name and place, and the confidence in words. It knows words, not wordings. */
import type { Answer, Nearest, Other, Verdict } from './decode.ts';
import type { Evidence, Fix, Onward } from './family.ts';
import { ERROR_LAYER_NAMES, type ErrorLayer } from './layers.ts';
import type { Span } from './match.ts';
import { WHERE, type Place } from './section.ts';

/** A layer as the page shows it. */
export interface Blame {
  readonly layer: ErrorLayer;
  /** What does not fit, as a phrase that begins small. */
  readonly name: string;
  readonly places: readonly Place[];
  readonly what: string;
}

/** The first answer. */
export interface Shown extends Blame {
  readonly family: string;
  readonly title: string;
  /** `The mismatch is in`, or with less certainty. */
  readonly lead: string;
  readonly meaning: string;
  readonly confidence: number;
  /** The confidence in words: `Fairly sure: about 8 of 10 such reports`. */
  readonly sure: string;
  readonly reasons: readonly string[];
  readonly fixes: readonly Fix[];
  readonly evidence: readonly Evidence[];
  /** Text of a link that opens WillItRun with what the message says of host and image. */
  readonly situation?: string;
  /** Pages that go on from here. */
  readonly onward: readonly Onward[];
}

/** Another layer that the text can mean. */
export interface OtherShown extends Blame {
  readonly when: string;
  readonly question: string;
  readonly fixes: readonly Fix[];
}

export interface NearestShown extends Blame {
  readonly family: string;
  readonly title: string;
  readonly shared: readonly string[];
}

/** The first answer, with the text of its link into WillItRun where there is one. */
export function shown(verdict: Verdict, situation: string | undefined): Shown {
  const { family, title, meaning, confidence, reasons, fixes, evidence, onward } = verdict;
  return { ...blame(verdict.layer), family, title, lead: leadFor(confidence), meaning, confidence, sure: sureness(confidence), reasons, fixes, evidence, onward, ...(situation !== undefined && { situation }) };
}

export function otherShown({ layer, when, question, fixes }: Other): OtherShown {
  return { ...blame(layer), when, question, fixes };
}

export function nearestShown({ layer, family, title, shared }: Nearest): NearestShown {
  return { ...blame(layer), family, title, shared };
}

function blame(layer: ErrorLayer): Blame {
  return { layer, name: ERROR_LAYER_NAMES[layer], ...WHERE[layer] };
}

/** A confidence as readers are shown it: of ten such reports, in how many it is so. */
function tenthsOf(confidence: number): number {
  return Math.max(1, Math.round(confidence * 10));
}

/** By the least number of ten reports, so that the same number never has two words. */
const SURE: readonly (readonly [least: number, words: string, lead: string])[] = [
  [9, 'Very sure', 'is'],
  [7, 'Fairly sure', 'is'],
  [5, 'More likely than not', 'is probably'],
  [3, 'A guess', 'may be'],
  [0, 'A weak guess', 'may be'],
];

function wordsFor(confidence: number) {
  return SURE.find(([least]) => tenthsOf(confidence) >= least) as (typeof SURE)[number];
}

function leadFor(confidence: number): string {
  return `The mismatch ${wordsFor(confidence)[2]} in`;
}

/** A confidence in words and as a frequency. */
export function sureness(confidence: number): string {
  const tenths = tenthsOf(confidence);
  return `${wordsFor(confidence)[1]}: ${tenths >= 10 ? 'nearly all' : `about ${tenths} of 10`} such reports`;
}

/** What was recognized, in the order of the text, as stretches that do not overlap. */
export function marksOf({ spans }: Pick<Answer, 'spans'>): readonly Span[] {
  const marks: Span[] = [];
  for (const { start, end } of spans) {
    const last = marks.at(-1);
    if (last && start <= last.end) marks[marks.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else marks.push({ start, end });
  }
  return marks;
}
