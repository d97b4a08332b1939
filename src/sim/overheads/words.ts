/** Numbers of `overheads` in sentences. It knows how ratios are said, not where they come from. */
import { nameOf, shortOf, WORK_NAMES } from './names.ts';
import type { Config, Mark, Row, State } from './types.ts';

/** What differs by less than this nobody would call slower. */
const NEAR = 0.005;

/** The same as part of a sentence: `45% of the speed`, `2.2 times as long`. */
export function wordsOf(speed: number, read: Config['read']): string {
  if (Math.abs(speed - 1) < NEAR) return read === 'speed' ? 'the same speed' : 'the same time';
  return read === 'speed' ? `${shortOf(speed, read)} of the speed` : `${shortOf(speed, read).slice(0, -1)} times as long`;
}

/** All that a row’s marks say, in words. */
export function marksInWords(marks: readonly Mark[], read: Config['read'], limit: string): string {
  return marks.map(({ speed, name, secondHand }) => `${limit}${wordsOf(speed.value, read)}${name === undefined ? '' : ` by the ${name}`}${secondHand ? ' (second-hand)' : ''}`).join(', ');
}

/** What is counted: walls that were measured against a base and rank. */
export function ranked(rows: readonly Row[]): readonly Row[] {
  return rows.filter(({ isBase, unranked, wall }) => !isBase && !unranked && wall !== 'none');
}

export const slowestOf = ({ marks }: Row): number => Math.min(...marks.map(({ speed }) => speed.value));
export const fastestOf = ({ marks }: Row): number => Math.max(...marks.map(({ speed }) => speed.value));

/** What is within a twentieth of its base counts as the same. */
export const isNear = (row: Row): boolean => slowestOf(row) >= 0.95 && fastestOf(row) <= 1.05;
export const isHalved = (row: Row): boolean => slowestOf(row) <= 0.5;
/** Three quarters of the speed: what few would notice. */
const isLittle = (row: Row): boolean => slowestOf(row) >= 0.75;

interface Ends {
  readonly slowest: Row;
  /** Only where it is faster than its base, and another one. */
  readonly fastest?: Row;
}

/** The two ends that the answer names, where anything ranks: what is named is drawn, too. */
export function endsOf(rows: readonly Row[]): Ends | undefined {
  const counted = ranked(rows);
  const [slowest] = counted.toSorted((a, b) => slowestOf(a) - slowestOf(b));
  const [fastest] = counted.toSorted((a, b) => fastestOf(b) - fastestOf(a));
  if (!slowest || !fastest) return undefined;
  return { slowest, ...(fastest !== slowest && fastestOf(fastest) > 1.05 ? { fastest } : {}) };
}

/** The answer in a few sentences: whether it costs much, how often, and the two ends. */
export function answer(rows: readonly Row[], measured: State['measured'], config: Config): string {
  const { view, work, runner, only } = config;
  const counted = ranked(rows);
  const subject = only !== '' ? measured[only]?.title ?? '' : view === 'by-work' ? WORK_NAMES[work] : nameOf(runner);
  if (counted.length === 0) return `${subject}: nothing here ranks.`;
  const { slowest, fastest } = endsOf(counted) as Ends;
  const apart = rows.filter(({ unranked }) => unranked).length;
  const told = (row: Row) => rowInWords(row, measured, config);
  return [
    `${subject}: ${verdictOn(counted, view)} ${countsOf(counted, config)}`,
    `Slowest: ${told(slowest)}.`,
    ...(fastest === undefined ? [] : [`Fastest: ${told(fastest)}.`]),
    ...(apart > 0 ? [`${apart === 1 ? 'One more does' : `${apart} more do`} not rank: read why.`] : []),
  ].join(' ');
}

function verdictOn(counted: readonly Row[], view: Config['view']): string {
  const share = (is: (row: Row) => boolean) => counted.filter(is).length / counted.length;
  if (share(isLittle) >= 2 / 3) return 'the wall costs little in most measurements.';
  return share(isHalved) > 1 / 2 ? 'the wall costs half the speed or more in most measurements.' : view === 'by-work' ? 'it depends on the wall and on what is done.' : 'it depends on what is done.';
}

function countsOf(counted: readonly Row[], { read }: Config): string {
  const [all, near, halved] = [counted.length, counted.filter(isNear).length, counted.filter(isHalved).length];
  const are = (count: number) => (count === 1 ? 'is' : 'are');
  return `Of ${all} ${all === 1 ? 'measurement' : 'measurements'}, ${near} ${are(near)} within 5% of the base, ${halved} ${are(halved)} at ${read === 'speed' ? 'half its speed or less' : 'twice its time or more'}.`;
}

/** A name within a sentence. */
export function within(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

function rowInWords({ runner, words, base, comparison }: Row, measured: State['measured'], { view, only }: Config): string {
  const { title, year } = measured[comparison] ?? { title: '', year: 0 };
  const who = view === 'by-runner' ? '' : `${within(nameOf(runner))}, `;
  return `${who}${words} against ${within(nameOf(base))} (${only === '' ? `${title}, ` : ''}${year})`;
}
