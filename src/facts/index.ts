/** Figures, sources and claims for pages, lessons and playgrounds. Everything is read once and checked before anybody sees it. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatQuantity } from './format.ts';
import { factFiles, loadFacts, type Facts } from './load.ts';
import { nearest } from './nearest.ts';
import { formatProblem } from './problem.ts';
import type { Figure } from './schema.ts';

export { EVIDENCE_LABELS, formatQuantity } from './format.ts';
export { loadFacts, type Facts, type LoadedFacts } from './load.ts';
export { nearest } from './nearest.ts';
export { formatProblem, type Problem } from './problem.ts';
export type { Claim, Evidence, Figure, Scenario, Source, SourceKind, Topic, Verdict } from './schema.ts';

/** A figure as models compute with it: the same shape as the model's own type, which this room does not import. */
export interface Quantity {
  readonly id: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** A figure as an island shows it, small enough to travel in a page: its value in words with its source at hand. */
export interface FigureCard {
  readonly id: string;
  readonly quantity: string;
  readonly text: string;
  readonly interval?: string;
  readonly conditions: string;
  readonly evidence: string;
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly sourceYear: number;
}

/** While authors write, files are looked at again when this much time has gone by. */
const LOOK_AGAIN_MS = 500;

let cache: { root: string; facts: Facts; stamp: string; lookedAt: number } | undefined;

/** All facts. Read once; in development read again when a file changes. Throws one Error that lists every mistake. */
export function facts(root: string = process.cwd()): Facts {
  const now = Date.now();
  const isDev = import.meta.env?.DEV === true;
  if (cache?.root === root && (!isDev || now - cache.lookedAt < LOOK_AGAIN_MS)) return cache.facts;
  const stamp = isDev ? stampOf(root) : '';
  if (cache?.root === root && cache.stamp === stamp) {
    cache.lookedAt = now;
    return cache.facts;
  }
  const loaded = loadFacts(root);
  if (loaded.problems.length > 0) throw new Error(`The facts do not fit:\n${loaded.problems.map(formatProblem).join('\n')}`);
  cache = { root, facts: loaded, stamp, lookedAt: now };
  return loaded;
}

function stampOf(root: string): string {
  return factFiles(root).map((file) => `${file} ${statSync(resolve(root, file)).mtimeMs}`).join('\n');
}

/** The figure with this id. Throws an Error that names the nearest one. */
export function figureOf(id: string): Figure {
  return entryOf(facts().figures, 'figure', id);
}

/** The entry with this id; `what` is its name in the message of the Error when there is none. */
export function entryOf<T>(entries: ReadonlyMap<string, T>, what: string, id: string): T {
  const entry = entries.get(id);
  if (entry !== undefined) return entry;
  const near = nearest(id, entries.keys());
  throw new Error(`There is no ${what} "${id}".${near ? ` Is "${near}" meant?` : ''}`);
}

/** Figures for a model, by id. A limit or a value without a spread has `low` and `high` equal to `value`. Throws for an unknown id and for a version. */
export function figuresFor(ids: readonly string[]): Readonly<Record<string, Quantity>> {
  return Object.fromEntries(ids.map((id) => [id, quantityOf(figureOf(id))]));
}

function quantityOf({ id, value, low = value, high = value, unit }: Figure): Quantity {
  if (typeof value !== 'number' || typeof low !== 'number' || typeof high !== 'number') throw new Error(`The figure "${id}" is a ${unit}: a model cannot compute with it.`);
  return { id, value, low, high, unit };
}

/** What an island needs to show each figure with its source. Throws for an unknown id. */
export function figureCards(ids: readonly string[]): readonly FigureCard[] {
  const { sources } = facts();
  return ids.map(figureOf).map((figure) => {
    const { id, quantity, interval, conditions, evidence } = figure;
    const source = entryOf(sources, 'source', figure.source);
    const card = { id, quantity, text: formatQuantity(figure), conditions, evidence, sourceId: source.id, sourceTitle: source.title, sourceYear: source.year };
    return interval === undefined ? card : { ...card, interval };
  });
}
