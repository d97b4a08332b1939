/** What images are made of, for models and pages. Everything is read once and checked before anybody sees it. */
import { formatProblem } from '../facts/problem.ts';
import { loadImages } from './load.ts';
import type { Composition } from './schema.ts';

export { loadImages, type LoadedImages } from './load.ts';
export type { Composition } from './schema.ts';

const cache = new Map<string, readonly Composition[]>();

/** All compositions below `root`, read once. Throws one Error that lists every mistake. */
export function images(root: string = process.cwd()): readonly Composition[] {
  const before = cache.get(root);
  if (before) return before;
  const loaded = loadImages(root);
  if (loaded.problems.length > 0) throw new Error(`What images are made of does not fit:\n${loaded.problems.map(formatProblem).join('\n')}`);
  cache.set(root, loaded.images);
  return loaded.images;
}
