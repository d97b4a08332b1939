/** How an entry breaks its schema, as problems with a place. It knows schemas and places, not what entries mean. */
import type { z, ZodType } from 'zod';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { ONLY_KEYS } from './schema.ts';
import type { Place, YamlFile } from './yaml.ts';

/** An entry as it was read, with the place that it came from. */
export interface Entry<T> {
  readonly value: T;
  readonly file: YamlFile;
  /** Where the entry stands in its file: `[3]` in a list, `[]` when it is the whole file. */
  readonly path: readonly PropertyKey[];
}

/** The name of a file without its folder and ending: the id of a source or claim. */
export function nameOf({ file }: YamlFile): string {
  return file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
}

/** A problem at a place in a file. */
export function problemAt({ file }: YamlFile, { line, column }: Place, found: string, expected: string, todo: string): Problem {
  return { file, line, column, found, expected, todo };
}

/** The entry when it fits its schema; otherwise every mistake in it. */
export function parseEntry<S extends ZodType>(schema: S, raw: unknown, file: YamlFile, path: readonly PropertyKey[]): Entry<z.infer<S>> | readonly Problem[] {
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data, file, path };
  return result.error.issues.flatMap((issue) => problemsOf(issue, raw, file, path));
}

function problemsOf(issue: z.core.$ZodIssue, raw: unknown, file: YamlFile, base: readonly PropertyKey[]): readonly Problem[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue.message, file, path));
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw);
  const name = String(issue.path.findLast((key) => typeof key === 'string') ?? 'entry');
  const as = typeof issue.path.at(-1) === 'number' ? 'in' : 'as';
  if (value === undefined) return [problemAt(file, file.placeOf(path.slice(0, -1)), `no "${name}"`, issue.message, `add "${name}"`)];
  return [problemAt(file, file.placeOf(path), `${shown(value)} ${as} "${name}"`, issue.message, remedy(issue, value))];
}

function unknownKey(key: string, message: string, file: YamlFile, path: readonly PropertyKey[]): Problem {
  const near = nearest(key, message.slice(ONLY_KEYS.length).split(', '));
  return problemAt(file, file.placeOfKey([...path, key]), `the unknown key "${key}"`, message, near ? `rename it to "${near}"` : 'remove it');
}

function remedy(issue: z.core.$ZodIssue, value: unknown): string {
  const near = issue.code === 'invalid_value' && typeof value === 'string' ? nearest(value, issue.values.map(String)) : undefined;
  return near ? `write "${near}"` : 'replace it';
}

/** A value as an author recognizes it, cut to a length that fits in a line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
