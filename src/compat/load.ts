/** Reads what is known of compatibility below a root: platforms, mechanisms, rules, tools and images. It knows the folders, not what entries mean. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z, ZodType } from 'zod';
import { nameOf, parseEntry, problemAt, type Entry } from '../facts/mistakes.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import { readYaml, type YamlFile } from '../facts/yaml.ts';
import type { ImageKind, Knowledge, MatrixAxes, Mechanism, Platform, Rule, Tool } from '../sim/compat/index.ts';
import { checkReferences, type Entries } from './check.ts';
import { loadAxes } from './matrix.ts';
import { imageSchema, mechanismSchema, platformSchema, ruleSchema, toolSchema, withoutUndefined } from './schema.ts';

export interface LoadedCompat {
  readonly knowledge: Knowledge;
  /** What the matrix asks about. The planner is not told. */
  readonly axes: MatrixAxes;
  readonly problems: readonly Problem[];
}

/** Where each kind of entry lies: a folder with one entry a file, a folder with lists, or a file with a list. */
export const PLACES = {
  platforms: 'content/platforms',
  mechanisms: 'content/mechanisms',
  rules: 'content/compat-rules/rules',
  tools: 'content/compat-rules/tools.yaml',
  images: 'content/compat-rules/images.yaml',
} as const;

/** Reads and checks everything below `root`. `sources` are the ids that may be cited. Entries with mistakes are left out. */
export function loadCompat(root: string = process.cwd(), sources: ReadonlySet<string> = sourceIds(root)): LoadedCompat {
  const platforms = read(root, PLACES.platforms, platformSchema, wholeFile);
  const mechanisms = read(root, PLACES.mechanisms, mechanismSchema, wholeFile);
  const rules = read(root, PLACES.rules, ruleSchema, listEntries);
  const tools = read(root, PLACES.tools, toolSchema, listEntries);
  const images = read(root, PLACES.images, imageSchema, listEntries);
  const entries: Entries = { platforms: platforms.entries, mechanisms: mechanisms.entries, rules: rules.entries, tools: tools.entries, images: images.entries };
  const all = [platforms, mechanisms, rules, tools, images];
  const { axes, problems: misasked } = loadAxes(root);
  return {
    axes,
    knowledge: {
      platforms: valuesOf<Platform>(platforms.entries),
      mechanisms: valuesOf<Mechanism>(mechanisms.entries),
      rules: valuesOf<Rule>(rules.entries),
      tools: valuesOf<Tool>(tools.entries),
      images: valuesOf<ImageKind>(images.entries),
    },
    problems: inReadingOrder([...all.flatMap(({ problems }) => problems), ...misasked, ...checkReferences(entries, sources)]),
  };
}

export function valuesOf<T>(entries: readonly Entry<unknown>[]): readonly T[] {
  return entries.map(({ value }) => withoutUndefined(value) as T);
}

/** Ids of all sources: the names of their files. */
export function sourceIds(root: string): ReadonlySet<string> {
  return new Set(yamlIn(root, 'content/sources').map((file) => file.replace(/^.*\//, '').replace(/\.yaml$/, '')));
}

export type RawEntry = readonly [raw: unknown, path: readonly PropertyKey[]];
export type Split = (file: YamlFile) => readonly RawEntry[];

export interface Read<T> {
  readonly entries: readonly Entry<T>[];
  readonly problems: readonly Problem[];
}

export const wholeFile: Split = ({ data }) => [[data, []]];

export function listEntries({ data }: YamlFile): readonly RawEntry[] {
  return Array.isArray(data) ? data.map((raw, i) => [raw, [i]] as const) : data === null ? [] : [[data, []]];
}

function yamlIn(root: string, place: string): readonly string[] {
  if (place.endsWith('.yaml')) return existsSync(resolve(root, place)) ? [place] : [];
  if (!existsSync(resolve(root, place))) return [];
  return readdirSync(resolve(root, place)).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${place}/${name}`);
}

/** The entries below a place, and the mistakes in them. */
export function read<S extends ZodType<{ id: string }>>(root: string, place: string, schema: S, split: Split): Read<z.infer<S>> {
  const entries: Entry<z.infer<S>>[] = [];
  const problems: Problem[] = [];
  for (const file of yamlIn(root, place).map((name) => readYaml(root, name))) {
    problems.push(...file.faults.map(({ message, place: at }) => problemAt(file, at, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)));
    if (file.data === undefined) continue;
    for (const [raw, path] of split(file)) {
      const parsed = parseEntry(schema, raw, file, path);
      if (!('value' in parsed)) problems.push(...parsed);
      else {
        entries.push(parsed);
        if (split === wholeFile && parsed.value.id !== nameOf(file)) problems.push(problemAt(file, file.placeOf(['id']), `the id "${parsed.value.id}"`, `"${nameOf(file)}", the name of the file`, 'make the two the same'));
      }
    }
  }
  return { entries, problems };
}
