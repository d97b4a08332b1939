/** What is known of machines and changes, for pages and playgrounds: read once and checked before anybody sees it. */
import { compat } from '../compat/index.ts';
import { loadFacts } from '../facts/load.ts';
import { formatProblem } from '../facts/problem.ts';
import type { History } from '../sim/history/index.ts';
import { loadHistory } from './load.ts';

export { loadHistory, type LoadedHistory } from './load.ts';

/** The history below `root`. Throws one Error that lists every mistake. */
export function historyOf(root: string = process.cwd()): History {
  const { history, problems } = loadHistory(root, new Set(compat(root).mechanisms.map(({ id }) => id)));
  if (problems.length > 0) throw new Error(`What is known of history does not fit:\n${problems.map(formatProblem).join('\n')}`);
  const titles = Object.fromEntries([...loadFacts(root).sources].map(([id, { short }]) => [id, short]));
  return { ...history, titles };
}
