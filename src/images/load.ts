/** Reads content/images below a root: what images are made of, layer by layer. It knows the folder; what an engine does with images is for the model. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { sourceIds } from '../compat/load.ts';
import { nameOf, parseEntry, problemAt, type Entry } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import { readYaml } from '../facts/yaml.ts';
import { compositionSchema, type Composition, type Read } from './schema.ts';

export interface LoadedImages {
  readonly images: readonly Composition[];
  readonly problems: readonly Problem[];
}

const FOLDER = 'content/images';

/** Reads and checks everything below `root`. Images with mistakes of their own are left out. `sources` are the ids that may be cited. */
export function loadImages(root: string = process.cwd(), sources: ReadonlySet<string> = sourceIds(root)): LoadedImages {
  const entries: Entry<Read>[] = [];
  const problems: Problem[] = [];
  for (const file of filesIn(root).map((name) => readYaml(root, name))) {
    problems.push(...file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)));
    if (file.data === undefined) continue;
    const parsed = parseEntry(compositionSchema, file.data, file, []);
    if ('value' in parsed) entries.push(parsed);
    else problems.push(...parsed);
  }
  const checked = entries.flatMap((entry) => CHECKS.flatMap((check) => check(entry, entries, sources)));
  return { images: entries.map(({ value }) => withoutUndefined(value)), problems: inReadingOrder([...problems, ...checked]) };
}

function filesIn(root: string): readonly string[] {
  if (!existsSync(resolve(root, FOLDER))) return [];
  return readdirSync(resolve(root, FOLDER)).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${FOLDER}/${name}`);
}

function withoutUndefined(value: Read): Composition {
  return JSON.parse(JSON.stringify(value)) as Composition;
}

type Check = (entry: Entry<Read>, all: readonly Entry<Read>[], sources: ReadonlySet<string>) => readonly Problem[];

const at = ({ file }: Entry<Read>, path: readonly PropertyKey[], found: string, expected: string, todo: string) => problemAt(file, file.placeOf(path), found, expected, todo);

const CHECKS: readonly Check[] = [
  (entry) => {
    const name = nameOf(entry.file);
    return entry.value.id === name ? [] : [at(entry, ['id'], `the id "${entry.value.id}"`, `"${name}", the name of the file`, 'make the two the same')];
  },
  (entry, _, sources) => entry.value.sources.flatMap((source, i) => {
    if (sources.has(source)) return [];
    const near = nearest(source, sources);
    return [at(entry, ['sources', i], `the unknown source "${source}"`, 'the id of a source in content/sources', near ? `write "${near}"` : 'add the source')];
  }),
  (entry) => {
    const { compressedBytes, layers } = entry.value;
    const sum = layers.reduce((so, layer) => so + layer.compressedBytes, 0);
    return sum === compressedBytes ? [] : [at(entry, ['compressedBytes'], `${compressedBytes} bytes in all`, `${sum} bytes, the sum over its ${layers.length} layers`, 'look the numbers up again')];
  },
  (entry) => {
    const { unpackedBytes, unpackedHow, compressedBytes, note } = entry.value;
    if ((unpackedBytes === undefined) !== (unpackedHow === undefined)) return [at(entry, ['id'], 'one of "unpackedBytes" and "unpackedHow"', 'both or none', 'add the other')];
    if (unpackedBytes !== undefined && unpackedBytes < compressedBytes) return [at(entry, ['unpackedBytes'], `${unpackedBytes} bytes unpacked`, `more than the ${compressedBytes} bytes compressed`, 'look the numbers up again')];
    return unpackedHow === 'derived' && note === undefined ? [at(entry, ['unpackedHow'], 'a derived size without a note', 'a note that says from what it is derived', 'add "note"')] : [];
  },
  (entry, all) => {
    const { base, layers } = entry.value;
    if (base === undefined) return [];
    const found = all.find(({ value }) => value.id === base)?.value;
    if (!found) {
      const near = nearest(base, all.map(({ value }) => value.id));
      return [at(entry, ['base'], `the unknown image "${base}"`, 'the id of an image in content/images', near ? `write "${near}"` : 'add the image')];
    }
    const fits = found.layers.every(({ digest }, i) => layers[i]?.digest === digest) && layers.length > found.layers.length;
    return fits ? [] : [at(entry, ['base'], `"${base}", whose layers are not the lowest of this image`, 'the image whose layers this one begins with', 'compare the digests')];
  },
];
