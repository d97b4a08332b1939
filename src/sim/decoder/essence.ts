/**
 * What of a pasted text an answer needs: the lines with what was recognized, cut around it. Links hold that, and no more of the
 * reader's log. It knows stretches of text; what they mean is the decoder's.
 */
import { decoded, type Answer, type Decoded } from './decode.ts';
import type { Knowledge, Span } from './match.ts';

/** Characters that the essence has at most: as many as a link that people send each other can bear, and in need twice as many. */
const SIZES = [600, 1200] as const;

/** Bytes of UTF-8 that a link holds: its codec makes four characters of three, and no link is longer than 2000. */
const LINK_BYTES = 1350;

/** Whether a link can hold a text. */
export function fitsLink(text: string): boolean {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes <= LINK_BYTES;
}

/** Lone halves of surrogate pairs are no characters: no link could hold them. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** Bytes that no terminal shows. Tabs and line breaks stay. */
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

/** The lines of a text that its answer rests on, or null when no text that fits a link gives the same family and layer. Never throws. */
export function essence(text: string, knowledge: Knowledge): string | null {
  const whole = decoded(text, knowledge);
  const [few, more] = [telling(whole), [...telling(whole), ...excluding(whole, knowledge)]];
  const tries = [
    () => excerpt(text, few, SIZES[0]),
    () => excerpt(text, more, SIZES[0]),
    () => excerpt(text, more, SIZES[1]),
    () => clean(text),
  ];
  let similar: string | null = null;
  for (const attempt of tries) {
    const taken = attempt();
    if (!fitsLink(taken)) continue;
    const { answer } = decoded(taken, knowledge);
    if (!isSame(answer, whole.answer)) continue;
    if (answer.first?.confidence === whole.answer.first?.confidence) return taken;
    similar ??= taken;
  }
  return similar;
}

function isSame(one: Answer, other: Answer): boolean {
  return one.first?.family === other.first?.family && one.first?.layer === other.first?.layer;
}

/** More stretches than these say nothing new. */
const MOST_STRETCHES = 40;

/** What was recognized, the most telling first; in an unknown text, what resembles a known message. */
function telling({ answer, ranked, find }: Decoded): readonly Span[] {
  const [first] = ranked;
  const lines = answer.nearest.map(({ line }) => line);
  if (!first) return lines;
  const { found, raised, lowered, preferred } = first.match;
  const own = [...found].sort((a, b) => b.letters - a.letters).map(({ span }) => span);
  const words = [...preferred, ...raised, ...lowered].flatMap((each) => firstOf(each.words, find));
  const rivals = withoutHints(ranked).slice(1).flatMap(({ match }) => match.found.slice(0, 1).map(({ span }) => span));
  return [...own.slice(0, 1), ...words, ...rivals, ...own.slice(1), ...lines].slice(0, MOST_STRETCHES);
}

/** Beside a known message, words that only say what a text is about tell nothing more. */
function withoutHints(ranked: Decoded['ranked']): Decoded['ranked'] {
  return ranked[0]?.match.family.role === 'hint' ? ranked : ranked.filter(({ match }) => match.family.role !== 'hint');
}

/** Words without which a family would apply that does not. */
function excluding({ find }: Decoded, { families }: Knowledge): readonly Span[] {
  return families.filter(({ unless, phrases }) => unless && phrases.some(find)).flatMap(({ unless }) => firstOf(unless, find));
}

function firstOf(wordings: readonly string[] = [], find: Decoded['find']): readonly Span[] {
  for (const wording of wordings) {
    const span = find(wording);
    if (span) return [span];
  }
  return [];
}

/** The stretches with what stands around them, in the order of the text, as many as fit. Without any, the text's first line. */
function excerpt(text: string, stretches: readonly Span[], most: number): string {
  let taken: readonly Span[] = [];
  for (const stretch of stretches) {
    const more = merged([...taken, around(text, stretch)], text);
    if (joined(text, more).length <= most) taken = more;
  }
  return clean(taken.length > 0 ? joined(text, taken) : (/\S.{0,199}/.exec(text)?.[0] ?? ''));
}

/** How much of a line is kept on each side of what was recognized in it. */
const AROUND = 60;

/** A stretch with the rest of its line, which is cut between two words. */
function around(text: string, { start, end }: Span): Span {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  const from = Math.max(before.lastIndexOf('\n') + 1, before.length < AROUND ? 0 : before.search(/\s/) + 1);
  const newline = after.indexOf('\n');
  const to = newline >= 0 ? newline : after.length < AROUND ? after.length : Math.max(0, /\s\S*$/.exec(after)?.index ?? 0);
  return { start: start - before.length + from, end: end + to };
}

/** Stretches closer than this on one line are one. */
const CLOSE = 12;

function merged(stretches: readonly Span[], text: string): readonly Span[] {
  const all: Span[] = [];
  for (const stretch of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    const near = last && stretch.start <= last.end + CLOSE && !text.slice(last.end, stretch.start).includes('\n');
    if (last && near) all[all.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
    else all.push(stretch);
  }
  return all;
}

function joined(text: string, stretches: readonly Span[]): string {
  return stretches.map(({ start, end }, i) => {
    const before = stretches[i - 1];
    const link = before === undefined ? '' : text.slice(before.end, start).includes('\n') ? '\n' : ' … ';
    return link + text.slice(start, end);
  }).join('');
}

function clean(text: string): string {
  return wellFormed(text.replaceAll(/\r\n?/g, '\n').replaceAll(CONTROLS, '')).trim();
}
