/** The questions of the matrix (content/compat-rules/matrix.yaml): reads and checks them, and has them answered for pages. It knows what may be asked, not what is so. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z, type ZodType } from 'zod';
import { parseEntry, problemAt, type Entry } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import type { Problem } from '../facts/problem.ts';
import { record, text } from '../facts/schema.ts';
import { readYaml, type YamlFile } from '../facts/yaml.ts';
import { PLACE_FACTS, situationOf, WORKLOAD_FACTS, type FactSpec, type Knowledge, type MatrixAxes, type MatrixHost, type MatrixImage, type PlainFacts } from '../sim/compat/index.ts';
import { twice } from './check.ts';
import { id, month, withoutUndefined } from './schema.ts';

export const MATRIX_FILE = 'content/compat-rules/matrix.yaml';

export interface LoadedAxes {
  readonly axes: MatrixAxes;
  readonly problems: readonly Problem[];
}

const NOTHING: Knowledge = { mechanisms: [], rules: [], platforms: [], tools: [], images: [] };

/** How a value of each kind of fact is written in plain words. */
const WRITTEN: Readonly<Record<FactSpec['kind'], string>> = { word: 'a word', flag: 'true or false', version: "a version in quotes, such as '3.10'", amount: 'a number', set: 'a word or a list of words' };

/** Facts in plain words, each of which the reader of situations must understand. */
function plainFacts(key: 'host' | 'workload', known: Readonly<Record<string, FactSpec>>): ZodType<PlainFacts> {
  return z.unknown().transform((raw, context): PlainFacts => {
    const wrong = (message: string, path: PropertyKey[] = []): number => context.issues.push({ code: 'custom', message, input: raw, path });
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) wrong('a record of facts such as { os: windows }');
    else {
      const facts = raw as PlainFacts;
      const kept = situationOf({ [key]: facts }, NOTHING)[key] as PlainFacts;
      for (const name of Object.keys(facts)) {
        const near = nearest(name, Object.keys(known));
        if (!Object.hasOwn(known, name)) wrong(`a fact of a ${key}${near === undefined ? '' : `; is "${near}" meant?`}`, [name]);
        else if (kept[name] === undefined) wrong(WRITTEN[(known[name] as FactSpec).kind], [name]);
      }
      return facts;
    }
    return z.NEVER;
  });
}

const common = { id, title: text('a title of a few words'), from: month.optional() };
const hostSchema = record({ ...common, host: plainFacts('host', PLACE_FACTS) });
const imageSchema = record({ ...common, workload: plainFacts('workload', WORKLOAD_FACTS) });

/** Reads and checks the questions below `root`; none where there is no file. Entries with mistakes are left out. */
export function loadAxes(root: string): LoadedAxes {
  if (!existsSync(resolve(root, MATRIX_FILE))) return { axes: { hosts: [], images: [] }, problems: [] };
  const file = readYaml(root, MATRIX_FILE);
  const faults = file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`));
  if (file.data === undefined) return { axes: { hosts: [], images: [] }, problems: faults };
  const hosts = listIn<MatrixHost>(file, 'hosts', hostSchema);
  const images = listIn<MatrixImage>(file, 'images', imageSchema);
  return { axes: { hosts: hosts.values, images: images.values }, problems: [...hosts.problems, ...images.problems, ...unknownLists(file)] };
}

interface ListIn<T> {
  readonly values: readonly T[];
  readonly problems: readonly Problem[];
}

function listIn<T extends { readonly id: string }>(file: YamlFile, key: 'hosts' | 'images', schema: ZodType): ListIn<T> {
  const raw = (file.data as Readonly<Record<string, unknown>> | null)?.[key];
  if (!Array.isArray(raw)) return { values: [], problems: [problemAt(file, file.placeOf([key]), `no list "${key}"`, `a list of ${key}`, `add "${key}:"`)] };
  const read = raw.map((one, i) => parseEntry(schema, one, file, [key, i]));
  const entries = read.flatMap((one) => ('value' in one ? [one as Entry<T>] : []));
  const mistakes = read.flatMap((one) => ('value' in one ? [] : one));
  return { values: entries.map(({ value }) => withoutUndefined(value)), problems: [...mistakes, ...twice(entries)] };
}

function unknownLists(file: YamlFile): readonly Problem[] {
  const unknown = Object.keys((file.data ?? {}) as object).filter((key) => key !== 'hosts' && key !== 'images');
  return unknown.map((key) => problemAt(file, file.placeOfKey([key]), `the unknown key "${key}"`, 'only these keys: hosts, images', 'remove it'));
}
