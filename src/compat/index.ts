/** What is known of compatibility, for pages and playgrounds: read once and checked before anybody sees it. */
import { formatProblem } from '../facts/problem.ts';
import type { Knowledge } from '../sim/compat/index.ts';
import { loadCompat } from './load.ts';

export { loadCompat, type LoadedCompat } from './load.ts';

const cache = new Map<string, Knowledge>();

/** All that is known, read once. Throws one Error that lists every mistake. */
export function compat(root: string = process.cwd()): Knowledge {
  const known = cache.get(root);
  if (known) return known;
  const { knowledge, problems } = loadCompat(root);
  if (problems.length > 0) throw new Error(`What is known of compatibility does not fit:\n${problems.map(formatProblem).join('\n')}`);
  cache.set(root, knowledge);
  return knowledge;
}
