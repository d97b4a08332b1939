/** Reads content/facts, content/sources and content/claims below a root. It knows the folders; what entries mean is for schema.ts and check.ts. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z, ZodType } from 'zod';
import { checkEntries } from './check.ts';
import { nameOf, parseEntry, problemAt, type Entry } from './mistakes.ts';
import { inReadingOrder, type Problem } from './problem.ts';
import { claimSchema, figureSchema, sourceSchema, type Claim, type Figure, type Source } from './schema.ts';
import { readYaml, type YamlFile } from './yaml.ts';

export interface Facts {
  readonly figures: ReadonlyMap<string, Figure>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly claims: ReadonlyMap<string, Claim>;
}

export interface LoadedFacts extends Facts {
  /** The file of each claim, for messages that name a line. */
  readonly claimFiles: ReadonlyMap<string, YamlFile>;
  /** The file of each figure. */
  readonly figureFiles: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** The folders that are read, relative to the root. */
export const FOLDERS = { figures: 'content/facts', sources: 'content/sources', claims: 'content/claims' } as const;

/** Reads and checks everything below `root`. Mistakes are listed in `problems`; entries with mistakes are left out. */
export function loadFacts(root: string = process.cwd()): LoadedFacts {
  const figures = readFolder(root, FOLDERS.figures, figureSchema, listEntries);
  const sources = readFolder(root, FOLDERS.sources, sourceSchema, wholeFile);
  const claims = readFolder(root, FOLDERS.claims, claimSchema, wholeFile);
  const entries = { figures: figures.entries, sources: sources.entries, claims: claims.entries, ids: { figures: figures.ids, sources: sources.ids } };
  return {
    figures: byId(figures.entries),
    sources: byId(sources.entries),
    claims: byId(claims.entries),
    claimFiles: new Map(claims.entries.map(({ value, file }) => [value.id, file])),
    figureFiles: new Map(figures.entries.map(({ value, file }) => [value.id, file.file])),
    problems: inReadingOrder([...figures.problems, ...sources.problems, ...claims.problems, ...checkEntries(entries)]),
  };
}

/** Every file that `loadFacts` reads, relative to the root. */
export function factFiles(root: string): readonly string[] {
  return Object.values(FOLDERS).flatMap((folder) => filesIn(root, folder));
}

type RawEntry = readonly [raw: unknown, path: readonly PropertyKey[]];

interface Read<T> {
  readonly entries: readonly Entry<T>[];
  /** Ids of all entries, those with mistakes included: a reference to one of them is no mistake of its own. */
  readonly ids: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

function filesIn(root: string, folder: string): readonly string[] {
  if (!existsSync(resolve(root, folder))) return [];
  return readdirSync(resolve(root, folder)).filter((name) => /\.ya?ml$/.test(name)).sort().map((name) => `${folder}/${name}`);
}

function readFolder<S extends ZodType>(root: string, folder: string, schema: S, split: (file: YamlFile) => readonly RawEntry[]): Read<z.infer<S>> {
  const entries: Entry<z.infer<S>>[] = [];
  const problems: Problem[] = [];
  const ids = new Set<string>();
  for (const file of filesIn(root, folder).map((name) => readYaml(root, name))) {
    problems.push(...faultsOf(file));
    if (file.data === undefined) {
      ids.add(nameOf(file));
      continue;
    }
    for (const [raw, path] of split(file)) {
      ids.add(String((raw as { id?: unknown } | null)?.id));
      const parsed = parseEntry(schema, raw, file, path);
      if ('value' in parsed) entries.push(parsed);
      else problems.push(...parsed);
    }
  }
  return { entries, ids, problems };
}

function faultsOf(file: YamlFile): readonly Problem[] {
  const ending = file.file.endsWith('.yml') ? [problemAt(file, { line: 1, column: 1 }, 'the ending .yml', 'the ending .yaml', 'rename the file')] : [];
  return [...ending, ...file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`))];
}

/** A topic's file is a list; anything else is handed on as it is, so that the schema says what is wrong with it. */
function listEntries({ data }: YamlFile): readonly RawEntry[] {
  if (data === null) return [];
  return Array.isArray(data) ? data.map((raw, i) => [raw, [i]] as const) : [[data, []]];
}

function wholeFile({ data }: YamlFile): readonly RawEntry[] {
  return [[data, []]];
}

function byId<T extends { id: string }>(entries: readonly Entry<T>[]): ReadonlyMap<string, T> {
  return new Map(entries.map(({ value }) => [value.id, value]));
}
