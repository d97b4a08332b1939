/** Whether figures, sources and claims fit together. It knows entries that fit their schemas, and nothing of files on disk. */
import { nearest } from './nearest.ts';
import { nameOf, problemAt, type Entry } from './mistakes.ts';
import type { Problem } from './problem.ts';
import { COMPARISONS, type Claim, type Figure, type Source } from './schema.ts';
import { compareDotted, UNITS } from './units.ts';

export interface Entries {
  readonly figures: readonly Entry<Figure>[];
  readonly sources: readonly Entry<Source>[];
  readonly claims: readonly Entry<Claim>[];
  /** What may be referred to. */
  readonly ids: { readonly figures: ReadonlySet<string>; readonly sources: ReadonlySet<string> };
}

/** Every way in which the entries contradict each other or themselves. */
export function checkEntries({ figures, sources, claims, ids }: Entries): readonly Problem[] {
  return [
    ...[figures, sources, claims].flatMap(twice),
    ...[...sources, ...claims].flatMap(namedAsItsFile),
    ...figures.flatMap((entry) => [...known(entry, ['source'], 'source', ids.sources), ...FIGURE_RULES.flatMap((rule) => rule(entry))]),
    ...claims.flatMap((entry) => [
      ...entry.value.sources.flatMap((_, i) => known(entry, ['sources', i], 'source', ids.sources)),
      ...entry.value.figures.flatMap((_, i) => known(entry, ['figures', i], 'figure', ids.figures)),
      ...CLAIM_RULES.flatMap((rule) => rule(entry)),
    ]),
  ];
}

type Rule<T> = (entry: Entry<T>) => readonly Problem[];

function at<T>({ file, path }: Entry<T>, key: readonly PropertyKey[], found: string, expected: string, todo: string): Problem {
  return problemAt(file, file.placeOf([...path, ...key]), found, expected, todo);
}

function twice(entries: readonly Entry<{ id: string }>[]): readonly Problem[] {
  const first = new Map<string, Entry<{ id: string }>>();
  return entries.flatMap((entry) => {
    const earlier = first.get(entry.value.id);
    if (!earlier) {
      first.set(entry.value.id, entry);
      return [];
    }
    const { line } = earlier.file.placeOf([...earlier.path, 'id']);
    return [at(entry, ['id'], `the id "${entry.value.id}" a second time`, `an id that is used once; the first is in ${earlier.file.file}:${line}`, 'rename one of the two')];
  });
}

/** One source or claim a file, and the file is called like it, so that an id leads to its file. */
const namedAsItsFile: Rule<{ id: string }> = (entry) => {
  const name = nameOf(entry.file);
  return entry.value.id === name ? [] : [at(entry, ['id'], `the id "${entry.value.id}"`, `"${name}", the name of the file`, 'make the two the same')];
};

function known<T extends object>(entry: Entry<T>, key: readonly PropertyKey[], what: string, ids: ReadonlySet<string>): readonly Problem[] {
  const id = key.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)[part], entry.value) as string;
  if (ids.has(id)) return [];
  const near = nearest(id, ids);
  return [at(entry, key, `the unknown ${what} "${id}"`, `the id of a ${what}`, near ? `write "${near}"` : `add the ${what} to content/${what}s`.replace('content/figures', 'content/facts'))];
}

const FIGURE_RULES: readonly Rule<Figure>[] = [
  (entry) => {
    const { value, low, high, unit } = entry.value;
    const isText = UNITS[unit]?.dotted === true;
    return (['value', 'low', 'high'] as const).flatMap((key) => {
      const amount = { value, low, high }[key];
      if (amount === undefined || (typeof amount === 'string') === isText) return [];
      const expected = isText ? 'a text in quotes, because 3.10 is not 3.1' : `a number, because the unit is ${unit}`;
      return [at(entry, [key], `${JSON.stringify(amount)} as "${key}"`, expected, isText ? 'put it in quotes' : 'take the quotes away')];
    });
  },
  (entry) => {
    const { low, high } = entry.value;
    if ((low === undefined) === (high === undefined)) return [];
    return [at(entry, [low === undefined ? 'high' : 'low'], `"${low === undefined ? 'high' : 'low'}" alone`, 'both ends of a range, or none', 'add the other end, or say "bound: most" or "bound: least"')];
  },
  (entry) => {
    const { value, low, high } = entry.value;
    if (low === undefined || high === undefined || (compare(low, value) <= 0 && compare(value, high) <= 0)) return [];
    return [at(entry, ['value'], `${low} ≤ ${value} ≤ ${high}, which is not so`, 'a value between low and high', 'correct the three')];
  },
  (entry) => {
    const { unit, interval } = entry.value;
    if (UNITS[unit]?.time !== true || interval !== undefined) return [];
    return [at(entry, ['unit'], `a duration in ${unit} without "interval"`, 'what the clock starts and stops at', 'add "interval"')];
  },
  (entry) => {
    const { evidence, seen, note } = entry.value;
    if (evidence.startsWith('secondary')) {
      return note === undefined ? [at(entry, ['evidence'], 'second-hand evidence without "note"', 'a note that says how it is known', 'add "note"')] : [];
    }
    return seen ? [] : [at(entry, ['seen'], `"${evidence}" although the source was not read`, 'secondary-note or secondary-web for what was read elsewhere', 'change "evidence", or read the source and set "seen: true"')];
  },
];

/** Below zero when `a` is less than `b`. */
function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareDotted(String(a), String(b));
}

const CLAIM_RULES: readonly Rule<Claim>[] = [
  (entry) => {
    const { scenarios, evidenceOnly } = entry.value;
    if (scenarios.length > 0 && evidenceOnly !== undefined) return [at(entry, ['evidenceOnly'], 'scenarios and "evidenceOnly"', 'one of the two', 'remove one')];
    if (scenarios.length > 0 || evidenceOnly !== undefined) return [];
    return [at(entry, ['id'], 'a claim without scenarios', 'a scenario that a model plays, or "evidenceOnly" with the reason why none can', 'add one of the two')];
  },
  (entry) => {
    const { scenarios } = entry.value;
    return scenarios.flatMap(({ name }, i) => (scenarios.findIndex((other) => other.name === name) === i ? [] : [at(entry, ['scenarios', i, 'name'], `the scenario "${name}" a second time`, 'a name of its own', 'rename it')]));
  },
  (entry) => {
    const { scenarios, expect } = entry.value;
    const names = scenarios.map(({ name }) => name);
    return expect.flatMap(({ measure }, i) => {
      const name = measure.split('.')[0] as string;
      if (names.includes(name)) return [];
      const near = nearest(name, names);
      return [at(entry, ['expect', i, 'measure'], `the unknown scenario "${name}"`, `one of ${names.join(', ') || 'the scenarios of this claim, of which there is none'}`, near ? `write "${near}"` : 'add the scenario')];
    });
  },
  (entry) => {
    const { scenarios, expect } = entry.value;
    const used = new Set(expect.flatMap((entry) => [entry.measure, ...COMPARISONS.map((name) => entry[name])]).map((text) => String(text).split('.')[0]));
    return scenarios.flatMap(({ name }, i) => (used.has(name) ? [] : [at(entry, ['scenarios', i, 'name'], `the scenario "${name}", about which nothing is expected`, 'an expectation for every scenario', 'add one under "expect", or remove the scenario')]));
  },
];
