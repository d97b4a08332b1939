/** Short titles of the sources that answers may cite, as one text for the page: `id=title`, one a line. */
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';

/** Throws an Error for a source that has no title. */
export function citedBy({ mechanisms, rules }: Knowledge, titleOf: (id: string) => string | undefined): string {
  const cited = [...mechanisms, ...rules].flatMap(({ requires, caveats, sources }) => [...sources, ...[...requires, ...caveats].flatMap((each) => each.sources ?? [])]);
  return [...new Set(cited)].sort().map((id) => `${id}=${titleOf(id) ?? missing(id)}`).join('\n');
}

function missing(id: string): never {
  throw new Error(`A mechanism or rule cites the source “${id}”, which is not in content/sources.`);
}

/** The titles by id. */
export function readTitles(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split('\n').map((line) => line.split(/=(.*)/s, 2) as [string, string]));
}
