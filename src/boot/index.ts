/** The tables of `boot-race` over the project’s figures, read once and checked before anybody sees them. */
import { facts } from '../facts/index.ts';
import { formatProblem } from '../facts/problem.ts';
import type { Tables } from '../sim/boot-race/index.ts';
import { loadBoot } from './load.ts';

export { loadBoot, tablesOf, type BootFiles, type LoadedBoot } from './load.ts';

const cache = new Map<string, Tables>();

/** The tables below `root`. Throws one Error that lists every mistake. */
export function bootTables(root: string = process.cwd()): Tables {
  const before = cache.get(root);
  if (before) return before;
  const { tables, problems } = loadBoot(root, facts(root).figures);
  if (!tables) throw new Error(`What is known of starts does not fit:\n${problems.map(formatProblem).join('\n')}`);
  cache.set(root, tables);
  return tables;
}
