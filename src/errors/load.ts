/** Reads content/errors below a root: families of messages, and translations of messages. It knows the folder, not what messages mean. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z, ZodType } from 'zod';
import { parseEntry, problemAt, type Entry } from '../facts/mistakes.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import { readYaml, type YamlFile } from '../facts/yaml.ts';
import type { Family, Translation } from '../sim/decoder/index.ts';
import { familySchema, translationsSchema, type TranslationsFile } from './schema.ts';

export interface LoadedErrors {
  readonly families: readonly Family[];
  readonly translations: readonly Translation[];
  readonly problems: readonly Problem[];
}

const FAMILIES = 'content/errors';
const TRANSLATIONS = 'content/errors/translations';

/** Reads and checks everything below `root`. Mistakes are listed in `problems`; files with mistakes are left out. */
export function loadErrors(root: string = process.cwd()): LoadedErrors {
  const families = readFolder(root, FAMILIES, familySchema);
  const translations = readFolder(root, TRANSLATIONS, translationsSchema);
  return {
    families: families.entries.map(({ value }) => withoutUndefined(value) as Family),
    translations: translations.entries.flatMap(({ value }) => translationsOf(value)),
    problems: inReadingOrder([...families.problems, ...translations.problems]),
  };
}

function translationsOf({ messages }: TranslationsFile): readonly Translation[] {
  return messages.map(({ english, localized }) => ({ english, localized: Object.values(localized).flat() }));
}

/** Optional keys that are not there are absent, not undefined, as the model's types want them. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

interface Read<T> {
  readonly entries: readonly Entry<T>[];
  readonly problems: readonly Problem[];
}

function readFolder<S extends ZodType<{ id: string }>>(root: string, folder: string, schema: S): Read<z.infer<S>> {
  const entries: Entry<z.infer<S>>[] = [];
  const problems: Problem[] = [];
  for (const file of filesIn(root, folder).map((name) => readYaml(root, name))) {
    problems.push(...file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)));
    if (file.data === undefined) continue;
    const parsed = parseEntry(schema, file.data, file, []);
    if (!('value' in parsed)) problems.push(...parsed);
    else {
      problems.push(...misnamed(file, parsed.value.id));
      entries.push(parsed);
    }
  }
  return { entries, problems };
}

function filesIn(root: string, folder: string): readonly string[] {
  if (!existsSync(resolve(root, folder))) return [];
  return readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${folder}/${name}`);
}

function misnamed(file: YamlFile, id: string): readonly Problem[] {
  const name = file.file.replace(/^.*\//, '').replace(/\.yaml$/, '');
  return id === name ? [] : [problemAt(file, file.placeOf(['id']), `the id "${id}"`, `"${name}", the name of the file`, 'make the two the same')];
}
