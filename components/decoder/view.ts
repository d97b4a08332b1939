/** What the Decoder shows, as words and rows: page and table read these. It draws nothing and knows no message. */
import type { State } from '../../src/sim/decoder/model.ts';
import type { Blame } from '../../src/sim/decoder/shown.ts';
import type { Fix } from '../../src/sim/decoder/family.ts';
import type { Place } from '../../src/sim/decoder/section.ts';
import type { Table } from '../kit/playground.ts';

/** The cross-section from the top, each part with what it does. The door is the wall that the kernel keeps. */
export const RUNGS: readonly (readonly [place: Place, does: string])[] = [
  ['application', 'the program'],
  ['userland', 'libraries and tools'],
  ['door', 'what it lets through'],
  ['kernel', 'answers system calls'],
  ['hypervisor', 'gives machines a share'],
  ['firmware', 'switches features on'],
  ['hardware', 'CPU, memory, disk'],
];

/** What stands beside the layers. */
export const BESIDE: readonly (readonly [place: Place, does: string])[] = [
  ['registry', 'offers images'],
  ['engine', 'starts containers'],
  ['shared folder', 'files of the host'],
  ['network', 'names and ports'],
];

/** A text in pieces: what was recognized, and the rest. */
export function pieces({ text, marks }: Pick<State, 'text' | 'marks'>): readonly { readonly text: string; readonly marked: boolean }[] {
  const all: { text: string; marked: boolean }[] = [];
  let from = 0;
  for (const { start, end } of marks) {
    all.push({ text: text.slice(from, start), marked: false }, { text: text.slice(start, end), marked: true });
    from = end;
  }
  return [...all, { text: text.slice(from), marked: false }].filter((piece) => piece.text !== '');
}

/** What is marked on the cross-section: the layer that the reader looks at. */
export function blamedIn({ first, others, considered }: State): Blame | undefined {
  return others.find(({ layer }) => layer === considered) ?? first;
}

/** What a screen reader is told of the cross-section. */
export function sectionLabel(blamed: Blame | undefined): string {
  if (!blamed) return 'Cross-section of a machine. Nothing is marked.';
  return blamed.places.length > 0 ? `Cross-section of a machine. Marked: ${placesOf(blamed)}.` : 'Cross-section of a machine. Nothing is marked: the cause lies outside the layers.';
}

function placesOf({ places }: Blame): string {
  return places.map((place) => (place === 'door' ? 'the wall between userland and kernel' : place)).join(', ') || 'outside the layers';
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A layer's name up to its first colon, for a heading, and the rest. */
export function headOf(name: string): readonly [head: string, rest: string] {
  const colon = name.indexOf(': ');
  return colon < 0 ? [capital(name), ''] : [capital(name.slice(0, colon)), name.slice(colon + 2)];
}

const fixText = ({ text, commands = [] }: Fix): string => [text, ...commands].join(' · ');

/** Everything that the page says of the text, in the order of reading. `name` tells one of two runs from the other. */
export function tableOf({ text, first, others, nearest, says }: State, name?: string): Table {
  const answer: readonly (readonly [string, string])[] = first ? [
    ['Mismatch', first.name],
    ['Where', placesOf(first)],
    ['Message', first.title],
    ['Meaning', first.meaning],
    ...first.fixes.map((fix): [string, string] => ['What to do', fixText(fix)]),
    ...first.onward.map(({ text }): [string, string] => ['Read on', text]),
    ['How sure', first.sure],
    ...first.reasons.map((reason): [string, string] => ['Why', reason]),
    ...others.flatMap((other): [string, string][] => [
      ['Can also be', `${other.name}, when ${other.when}`],
      ['What tells', other.question],
      ...other.fixes.map((fix): [string, string] => ['What to do then', fixText(fix)]),
    ]),
    ...first.evidence.map(({ title, year, url }): [string, string] => ['Seen in', `${title}, ${year}, ${url}`]),
  ] : [['Answer', says]];
  const near = nearest.map(({ title, shared }): [string, string] => ['Near', `${title}. Shared: ${shared.join(', ')}`]);
  return { caption: `${name ? `${name}. ` : ''}The text that was read, and what it means.`, head: ['Question', 'Answer'], rows: [['Read', text.trim() === '' ? 'nothing yet' : text], ...answer, ...near] };
}
