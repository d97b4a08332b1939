/** The decoder on the project's own corpus: the scores, and that a message stays the same message however it is logged. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadErrors } from '../../src/errors/load.ts';
import { compileKnowledge, decode, type Answer } from '../../src/sim/decoder/index.ts';

interface ErrorCase {
  readonly id: string;
  readonly errorText: readonly string[];
  readonly layer: string;
  readonly alsoAccept: readonly string[];
}

const read = <T>(name: string): readonly T[] => JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), 'utf8')) as readonly T[];
const FILES = ['errors-given', 'errors-own', 'errors-hold-out'] as const;
const casesOf = Object.fromEntries(FILES.map((name) => [name, read<ErrorCase>(name)])) as Record<(typeof FILES)[number], readonly ErrorCase[]>;
const all = Object.values(casesOf).flat();
const { families, translations } = loadErrors();
const knowledge = compileKnowledge(families, translations);

const textOf = ({ errorText }: ErrorCase): string => errorText.join('\n');
const answerOf = (one: ErrorCase): Answer => decode(textOf(one), knowledge);
const passes = (one: ErrorCase): boolean => [one.layer, ...one.alsoAccept].includes(answerOf(one).first?.layer ?? 'unknown');
const share = (cases: readonly ErrorCase[]): number => cases.filter(passes).length / cases.length;

describe('the corpus', () => {
  test('holds at least 120 errors, a third of the collected ones held out, each once', () => {
    expect(all.length).toBeGreaterThanOrEqual(120);
    const collected = casesOf['errors-own'].length + casesOf['errors-hold-out'].length;
    expect(casesOf['errors-hold-out'].length).toBeGreaterThanOrEqual(Math.floor(collected / 3));
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('is decoded to 95 % where the families were written for it, and to 85 % where they were not', () => {
    expect(share(casesOf['errors-given'])).toBeGreaterThanOrEqual(0.95);
    expect(share(casesOf['errors-own'])).toBeGreaterThanOrEqual(0.95);
    expect(share(casesOf['errors-hold-out'])).toBeGreaterThanOrEqual(0.85);
  });

  test('disagrees with the decoder exactly where a reason is on file', () => {
    const reasons = read<{ id: string; reason: string }>('disagreements');
    expect(all.filter((one) => !passes(one)).map(({ id }) => id).sort()).toEqual(reasons.map(({ id }) => id).sort());
    expect(reasons.every(({ reason }) => reason.length > 20)).toBe(true);
  });

  test('finds sure answers right nine times in ten, and unsure ones less often', () => {
    const sure = all.filter((one) => (answerOf(one).first?.confidence ?? 0) >= 0.6);
    expect(sure.length).toBeGreaterThan(all.length / 2);
    expect(share(sure)).toBeGreaterThanOrEqual(0.9);
    expect(share(all.filter((one) => !sure.includes(one)))).toBeLessThan(share(sure));
  });
});

const perLine = (change: (line: string) => string) => (text: string): string => text.split('\n').map(change).join('\n');
const wrap = (width: number) => perLine((line) => line.replaceAll(new RegExp(`(.{${width}})(?=.)`, 'gu'), '$1\n'));
const NOISE = ['Step 3/9 : COPY . .', ' ---> Using cache', 'Successfully tagged app:latest', 'Listening at port 3000'];

/** Ways in which the same message reaches a clipboard. `keepsLines`: line shapes survive it as well. */
const DISGUISES: readonly { readonly name: string; readonly disguise: (text: string) => string; readonly keepsLines?: true }[] = [
  { name: 'between other lines of a log', disguise: (text) => [...NOISE, text, ...NOISE].join('\n'), keepsLines: true },
  { name: 'with Windows line ends', disguise: (text) => text.replaceAll('\n', '\r\n'), keepsLines: true },
  { name: 'three times over', disguise: (text) => [text, text, text].join('\n'), keepsLines: true },
  { name: 'behind the name of a service', disguise: perLine((line) => `web-1  | ${line}`) },
  { name: 'behind a time stamp', disguise: perLine((line) => `2024-03-01T10:20:30.123456789Z ${line}`) },
  { name: 'behind a syslog prefix', disguise: perLine((line) => `Mar 01 10:20:30 host dockerd[1234]: ${line}`) },
  { name: 'behind a build step', disguise: perLine((line) => `#12 3.456 ${line}`) },
  { name: 'as a quotation', disguise: perLine((line) => `> ${line}`) },
  { name: 'as a JSON string', disguise: (text) => JSON.stringify({ log: text, stream: 'stderr' }) },
  { name: 'as JSON within JSON', disguise: (text) => JSON.stringify(JSON.stringify(text)) },
  { name: 'in HTML', disguise: (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;') },
  { name: 'with escaped angle brackets', disguise: (text) => text.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e') },
  { name: 'in color', disguise: (text) => text.replaceAll(' ', ' \u001b[31;1m').replaceAll('\n', '\u001b[0m\n') },
  { name: 'in color without the escape byte', disguise: perLine((line) => `[31m${line}[0m`) },
  { name: 'in capitals', disguise: (text) => text.replaceAll(/\\[nrt]/g, ' ').toUpperCase() },
  { name: 'with no-break spaces', disguise: (text) => text.replaceAll(' ', '\u00a0') },
  { name: 'with typographic quotes', disguise: (text) => text.replaceAll('"', '”').replaceAll("'", '’') },
  { name: 'with zero-width spaces', disguise: (text) => text.replaceAll('e', 'e\u200b') },
  { name: 'wrapped at 80 columns', disguise: wrap(80) },
  { name: 'wrapped at 37 columns, in the middle of words', disguise: wrap(37) },
];

/** Answers that rest on how a line looks cannot survive a change of lines. */
const restsOnShape = (one: ErrorCase): boolean => answerOf(one).first?.reasons[0]?.includes('“') === false;

describe('a message stays the same message', () => {
  test.each(DISGUISES)('$name', ({ disguise, keepsLines }) => {
    const recognized = all.filter((one) => (keepsLines || !restsOnShape(one)) && (answerOf(one).first?.confidence ?? 0) > 0.45);
    expect(recognized.length).toBeGreaterThan(all.length * 0.85);
    const changed = recognized
      .map((one) => ({ id: one.id, before: answerOf(one).first?.layer, after: decode(disguise(textOf(one)), knowledge).first?.layer }))
      .filter(({ before, after }) => before !== after);
    expect(changed).toEqual([]);
  });
});
