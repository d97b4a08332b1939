/** What is known of compatibility, for pages and playgrounds: read once and checked before anybody sees it. */
import { formatProblem } from '../facts/problem.ts';
import { matrixLines, matrixOf, type Knowledge, type MatrixAxes } from '../sim/compat/index.ts';
import { loadCompat, type LoadedCompat } from './load.ts';

export { loadCompat, type LoadedCompat } from './load.ts';

const cache = new Map<string, LoadedCompat>();

/** All that is known, read once. Throws one Error that lists every mistake. */
export function compat(root: string = process.cwd()): Knowledge {
  return loaded(root).knowledge;
}

/** Which machines and images the matrix asks about. Throws as `compat` does. */
export function matrixAxes(root: string = process.cwd()): MatrixAxes {
  return loaded(root).axes;
}

/** The present matrix as CSV (RFC 4180, every cell in quotes). */
export function matrixCsv(): string {
  const { head, rows } = matrixLines(matrixOf(compat(), matrixAxes()));
  return [head, ...rows].map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
}

function loaded(root: string): LoadedCompat {
  const before = cache.get(root);
  if (before) return before;
  const read = loadCompat(root);
  if (read.problems.length > 0) throw new Error(`What is known of compatibility does not fit:\n${read.problems.map(formatProblem).join('\n')}`);
  cache.set(root, read);
  return read;
}
