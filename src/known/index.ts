/** Everything that models are told beside figures, read once and checked before anybody sees it; and the same as files for the page. */
import { createHash } from 'node:crypto';
import { bootTables } from '../boot/index.ts';
import { compat, matrixAxes } from '../compat/index.ts';
import { loadErrors } from '../errors/load.ts';
import { figuresFor } from '../facts/index.ts';
import { formatProblem } from '../facts/problem.ts';
import { historyOf } from '../history/index.ts';
import { images } from '../images/index.ts';
import { comparisons } from '../overheads/index.ts';
import { choosingFigures, choosingTables } from '../sim/choosing/index.ts';
import { labOf } from '../linux-lab/load.ts';
import { FACETS } from '../sim/compat/knowledge.ts';
import { situationOf, writeSituation } from '../sim/compat/situation.ts';
import type { Family } from '../sim/decoder/index.ts';
import { almanacOf } from '../sim/history/index.ts';
import { imageStoreFigures, imageStoreTables } from '../sim/image-store/index.ts';
import type { Known } from '../sim/known.ts';

export { matrixAxes } from '../compat/index.ts';
export { linuxFiles } from '../linux-lab/files.ts';
export { recordedIn } from '../linux-lab/load.ts';

const cache = new Map<string, Known>();

/** All that is known below `root`, read once. Throws one Error that lists every mistake. */
export function known(root: string = process.cwd()): Known {
  const before = cache.get(root);
  if (before) return before;
  const { families, translations, problems } = loadErrors(root);
  if (problems.length > 0) throw new Error(`What is known of errors does not fit:\n${problems.map(formatProblem).join('\n')}`);
  const rules = compat(root);
  const all: Known = { compat: rules, errors: { families, translations, situations: situationsOf(families, rules) }, history: historyOf(root), images: images(root), boot: bootTables(root), comparisons: comparisons(root), lab: labOf(root) };
  cache.set(root, all);
  return all;
}

/** What families say of host and image, as text for links into WillItRun. */
function situationsOf(families: readonly Family[], rules: Known['compat']): Readonly<Record<string, string>> {
  return Object.fromEntries(families.flatMap(({ id, situation }) => (situation ? [[id, writeSituation(situationOf(situation, rules))]] : [])));
}

/** What pages fetch when a reader first acts, by the name of the file. */
const FILES: Readonly<Record<string, (all: Known) => unknown>> = {
  compat: ({ compat: all }) => ({ ...all, mechanisms: all.mechanisms.map((mechanism) => without(mechanism, FACETS)) }),
  // The first example stands for its family; the others are there for the tests.
  errors: ({ errors }) => ({ ...errors, families: errors.families.map((family) => ({ ...family, examples: family.examples.slice(0, 1) })) }),
  matrix: () => matrixAxes(),
  history: (all) => almanacOf(all.compat, all.history),
  images: (all) => imageStoreTables(figuresFor(imageStoreFigures()), all.images),
  boot: ({ boot }) => boot,
  overheads: ({ comparisons: all }) => all,
  choosing: ({ comparisons: all, boot }) => choosingTables(figuresFor(choosingFigures()), all, boot),
  lab: ({ lab }) => lab,
};

/** Only those who look back read the facets, and they read the almanac. */
function without<T extends object>(record: T, keys: readonly (keyof T)[]): object {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !(keys as readonly string[]).includes(key)));
}

export const KNOWN_FILES: readonly string[] = Object.keys(FILES);

/** One file's text. Throws for a name that is not in KNOWN_FILES. */
export function knownFile(name: string): string {
  const file = FILES[name];
  if (!file) throw new Error(`Nothing is known under the name "${name}"; there are ${KNOWN_FILES.join(', ')}.`);
  return JSON.stringify(file(known()));
}

/** The address of a file below the site's base, with a mark of its content, so that a browser may keep it. */
export function knownAddress(name: string, base: string): string {
  const mark = createHash('sha256').update(knownFile(name)).digest('hex').slice(0, 8);
  return `${base.replace(/\/?$/, '/')}data/${name}.json?v=${mark}`;
}
