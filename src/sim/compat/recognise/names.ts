/** Finds the names of platforms, releases and tools in a row of tokens, the longest first. It knows spelling, not what the names mean. */
import type { Knowledge, Platform, Release, Tool } from '../knowledge.ts';
import { wordsOf, type Token } from './tokens.ts';

export type Named =
  | { readonly kind: 'platform'; readonly platform: Platform }
  | { readonly kind: 'release'; readonly platform: Platform; readonly release: Release }
  | { readonly kind: 'tool'; readonly tool: Tool };

export interface Mention {
  readonly named: Named;
  /** Index of the first token, and of the one after the last. */
  readonly from: number;
  readonly to: number;
}

interface Entry {
  readonly words: readonly string[];
  readonly named: Named;
}

/** Names by their first word, the longest first. */
export type NameIndex = ReadonlyMap<string, readonly Entry[]>;

const indexes = new WeakMap<Knowledge, NameIndex>();

/** The index of all names, made once for each knowledge. */
export function namesIn(knowledge: Knowledge): NameIndex {
  const known = indexes.get(knowledge);
  if (known) return known;
  const byFirst = new Map<string, Entry[]>();
  for (const { name, named } of namesOf(knowledge)) {
    const words = wordsOf(name);
    const [first] = words;
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { words, named }]);
  }
  for (const entries of byFirst.values()) entries.sort((a, b) => b.words.length - a.words.length);
  indexes.set(knowledge, byFirst);
  return byFirst;
}

function namesOf({ platforms, tools }: Knowledge): readonly { readonly name: string; readonly named: Named }[] {
  const ofTools = tools.flatMap((tool) => tool.names.map((name) => ({ name, named: { kind: 'tool', tool } as const })));
  const ofPlatforms = platforms.flatMap((platform) => [
    ...platform.names.map((name) => ({ name, named: { kind: 'platform', platform } as const })),
    ...platform.releases.flatMap((release) => release.names.map((name) => ({ name, named: { kind: 'release', platform, release } as const }))),
  ]);
  return [...ofTools, ...ofPlatforms];
}

/** Every name in the row, from left to right, none overlapping. */
export function mentionsIn(tokens: readonly Token[], index: NameIndex): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let i = 0; i < tokens.length; ) {
    const entry = index.get((tokens[i] as Token).word)?.find(({ words }) => words.every((word, n) => tokens[i + n]?.word === word));
    if (entry) mentions.push({ named: entry.named, from: i, to: i + entry.words.length });
    i += entry?.words.length ?? 1;
  }
  return mentions;
}
