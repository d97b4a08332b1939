/** Words of free text, as people write them: letters and digits with their inner dots, and which of them stand in one clause. */

export interface Token {
  /** Lower case. */
  readonly word: string;
  /** Where it starts in the text. */
  readonly at: number;
  /** Tokens with the same number stand in one clause: no full stop, comma, bracket or semicolon between them. */
  readonly clause: number;
  /** What stands between the token before and this one. */
  readonly before: string;
}

/** A word: letters and digits, with dots, plus signs and underscores inside. */
const WORD = /[\p{L}\p{N}_]+(?:[.'’][\p{L}\p{N}_]+)*\+?/gu;
const CLAUSE = /[,;:()[\]{}|!?\n]|\.\s/;

/** The tokens of a text, in order. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  let clause = 0;
  for (const match of text.matchAll(WORD)) {
    const before = text.slice(end, Math.min(match.index, end + 8));
    if (CLAUSE.test(before)) clause += 1;
    tokens.push({ word: match[0].toLowerCase(), at: match.index, clause, before });
    end = match.index + match[0].length;
  }
  return tokens;
}

/** The words of a name, cut in the same way: `docker-desktop` is docker, desktop. */
export function wordsOf(name: string): readonly string[] {
  return tokensOf(name).map(({ word }) => word);
}
