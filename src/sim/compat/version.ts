/** Versions as numbers with dots: `3.10.0-229.el7` is 3.10.0.229. It knows their order, not what they are versions of. */

/** The numbers of a version, in order; at most eight, each up to 15 digits. */
export function numbersOf(version: string): readonly number[] {
  return (version.slice(0, 120).match(/\d{1,15}/g) ?? []).slice(0, 8).map(Number);
}

/** Below zero when `a` is older. A number that is not there counts as zero: 10.10 is 10.10.0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` starts with the numbers of `prefix`: 18362.1049 starts with 18362. */
export function startsWith(version: string, prefix: string): boolean {
  const numbers = numbersOf(version);
  return numbersOf(prefix).every((number, i) => numbers[i] === number);
}

/** All versions that a statement leaves possible. Ends count whole: up to 18362 holds every 18362.x. An empty end is open. */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

/** What a statement such as `10.15`, `18362.1049` or `10240..19045` leaves possible: less exact means more. */
export function intervalOf(statement: string): Interval {
  const [from = '', to] = statement.split('..', 2);
  return { from, to: to ?? from };
}

export type Answer = 'yes' | 'no' | 'open';

/** Whether every version that the statement leaves possible is at least the limit. */
export function isAtLeast(statement: string, limit: string): Answer {
  const { from, to } = intervalOf(statement);
  if (compareVersions(from, limit) >= 0) return 'yes';
  return endsBefore(to, limit) ? 'no' : 'open';
}

/** Whether every version that the statement leaves possible lies in the range `from..to`. */
export function isWithin(statement: string, range: string): Answer {
  const [have, want] = [intervalOf(statement), intervalOf(range)];
  const outside = endsBefore(have.to, want.from) || (want.to !== '' && compareVersions(have.from, want.to) > 0 && !startsWith(have.from, want.to));
  if (outside) return 'no';
  const starts = compareVersions(have.from, want.from) >= 0;
  const ends = want.to === '' || (have.to !== '' && (compareVersions(have.to, want.to) <= 0 || startsWith(have.to, want.to)));
  return starts && ends ? 'yes' : 'open';
}

/** True when all that starts with `end` is older than the limit. */
function endsBefore(end: string, limit: string): boolean {
  return end !== '' && compareVersions(end, limit) < 0 && !startsWith(limit, end);
}

/** True when a stated version lies at its lower limit, so that a patch more or less would change the answer. */
export function isAtLimit(statement: string, limit: string): boolean {
  const [have, need] = [numbersOf(statement), numbersOf(limit)];
  const shown = Math.min(have.length, need.length, 2);
  return !statement.includes('..') && shown > 0 && need.slice(0, shown).every((number, i) => have[i] === number);
}
