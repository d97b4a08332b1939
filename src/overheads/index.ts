/** Published comparisons over the project’s figures, read once and checked before anybody sees them. */
import { facts } from '../facts/index.ts';
import { formatProblem } from '../facts/problem.ts';
import type { Comparison } from '../sim/overheads/types.ts';
import { loadOverheads } from './load.ts';

export { loadOverheads, measuredOf, type LoadedOverheads } from './load.ts';

const cache = new Map<string, readonly Comparison[]>();

/** The comparisons below `root`. Throws one Error that lists every mistake. */
export function comparisons(root: string = process.cwd()): readonly Comparison[] {
  const before = cache.get(root);
  if (before) return before;
  const { comparisons: all, problems } = loadOverheads(root, facts(root));
  if (problems.length > 0) throw new Error(`What is known of overheads does not fit:\n${problems.map(formatProblem).join('\n')}`);
  cache.set(root, all);
  return all;
}
