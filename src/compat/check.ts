/** How the entries of compatibility refer to each other and to sources. It knows references, not YAML. */
import { problemAt, type Entry } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import type { Problem } from '../facts/problem.ts';

interface Cited {
  readonly id: string;
  readonly sources: readonly string[];
}

export interface Entries {
  readonly platforms: readonly Entry<Cited>[];
  readonly mechanisms: readonly Entry<Cited & { readonly tools: readonly string[]; readonly from: string; readonly until?: string | undefined }>[];
  readonly rules: readonly Entry<Cited>[];
  readonly tools: readonly Entry<Cited>[];
  readonly images: readonly Entry<Cited>[];
}

/** Sources and tools that do not exist, ids that occur twice, and dates that run backwards. */
export function checkReferences(entries: Entries, sources: ReadonlySet<string>): readonly Problem[] {
  const all: readonly Entry<Cited>[] = [...entries.platforms, ...entries.mechanisms, ...entries.rules, ...entries.tools, ...entries.images];
  const tools = new Set([...entries.tools, ...entries.mechanisms].map(({ value }) => value.id));
  return [
    ...all.flatMap((entry) => citedIn(entry.value, []).flatMap(([id, path]) => missing(entry, id, path, sources, 'source'))),
    ...entries.mechanisms.flatMap((entry) => entry.value.tools.flatMap((id, i) => missing(entry, id, ['tools', i], tools, 'tool'))),
    ...entries.mechanisms.flatMap(backwards),
    ...[entries.platforms, entries.mechanisms, entries.rules, entries.tools, entries.images].flatMap(twice),
  ];
}

type At = readonly [id: string, path: readonly PropertyKey[]];

/** Every id under a key `sources`, however deep. */
export function citedIn(value: unknown, path: readonly PropertyKey[]): readonly At[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => citedIn(each, [...path, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === 'sources' ? (each as readonly string[]).map((id, i) => [id, [...path, key, i]] as const) : citedIn(each, [...path, key])));
}

/** The mistake of naming what there is not. */
export function missing({ file, path }: Entry<unknown>, id: string, within: readonly PropertyKey[], known: ReadonlySet<string>, what: string): readonly Problem[] {
  if (known.has(id)) return [];
  const near = nearest(id, known);
  return [problemAt(file, file.placeOf([...path, ...within]), `the ${what} "${id}"`, `the id of a ${what}`, near ? `write "${near}"` : `add the ${what}`)];
}

function backwards({ value, file, path }: Entries['mechanisms'][number]): readonly Problem[] {
  if (value.until === undefined || value.from < value.until) return [];
  return [problemAt(file, file.placeOf([...path, 'until']), `"until" ${value.until}`, `a month after ${value.from}`, 'correct one of the two')];
}

/** The ids that occur more than once. */
export function twice(entries: readonly Entry<{ readonly id: string }>[]): readonly Problem[] {
  return entries.flatMap(({ value, file, path }, i) => {
    const first = entries.findIndex((other) => other.value.id === value.id);
    return first === i ? [] : [problemAt(file, file.placeOf([...path, 'id']), `the id "${value.id}" a second time`, 'an id of its own', 'rename it')];
  });
}
