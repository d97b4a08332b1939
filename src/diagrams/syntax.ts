/** Mermaid's parser errors in an author's words. It knows the shape of these errors and the names of some tokens. */
import { DiagramMistake } from './mistake.ts';
import type { Source } from './source.ts';

/** What a Jison parser throws. */
interface ParserError {
  readonly message?: string;
  readonly hash?: { readonly text?: string; readonly token?: string | number; readonly expected?: readonly string[] };
}

const LINE = /(?:Parse|Lexical) error on line (\d+)/;

const CLOSING = '`end`';

/** Tokens that authors can picture; the others are left out of the list of what was expected. */
const TOKENS: Readonly<Record<string, string>> = {
  NEWLINE: 'the end of the line',
  SEMI: 'the end of the line',
  NL: 'the end of the line',
  EOF: 'the end of the diagram',
  SQE: '`]`',
  PE: '`)`',
  DIAMOND_STOP: '`}`',
  STADIUMEND: '`])`',
  CYLINDEREND: '`)]`',
  DOUBLECIRCLEEND: '`)))`',
  PIPE: '`|`',
  LINK: 'an arrow',
  START_LINK: 'an arrow',
  ARROW: 'an arrow',
  '-->': '`-->`',
  SOLID_ARROW: '`->>`',
  NODE_STRING: 'the name of a part',
  ACTOR: 'the name of a participant',
  TXT: '`:` and a text',
  end: CLOSING,
  STRUCT_STOP: '`}`',
};

const QUOTE_TODO = 'put a label that holds brackets or quotation marks in double quotes, `id["open(2)"]`, and write a quotation mark as #quot;';

const OPENING_TOKENS: ReadonlySet<unknown> = new Set(['PS', 'SQS', 'DIAMOND_START', 'STADIUMSTART', 'TAGSTART', 'STR', 'UNICODE_TEXT']);

/** Where Mermaid stopped, what stood there, what to do. */
export function syntaxMistake(error: unknown, { kind, text, skipped }: Source): DiagramMistake {
  const { message = String(error), hash } = error as ParserError;
  const lines = text.trimEnd().split('\n');
  const line = Number(LINE.exec(message)?.[1] ?? 1);
  const ended = line > lines.length;
  const there = lines[Math.min(line, lines.length) - 1]?.trim() ?? '';
  const expected = expectedOf(hash?.expected, ended) ?? `the syntax of ${kind.name}`;
  return new DiagramMistake(skipped + Math.min(line, lines.length), foundOf(hash, there, ended), expected, todoOf(hash, there, kind, ended));
}

function foundOf(hash: ParserError['hash'], there: string, ended: boolean): string {
  const sign = hash?.text?.trim();
  if (ended) return `the end of the diagram after \`${there}\``;
  return sign && there.includes(sign) ? `\`${sign}\` where it cannot stand, in \`${there}\`` : `\`${there}\`, which Mermaid cannot read`;
}

/** Up to four signs in words; longer lists help nobody. */
function expectedOf(expected: readonly string[] = [], ended: boolean): string | null {
  const words = new Set(expected.map((token) => TOKENS[token.replaceAll("'", '')]).filter((word) => word !== undefined));
  if (ended && words.has(CLOSING)) return CLOSING;
  return words.size > 0 && words.size <= 4 ? [...words].join(' or ') : null;
}

function todoOf(hash: ParserError['hash'], there: string, kind: Source['kind'], ended: boolean): string {
  const page = `compare with https://mermaid.js.org/syntax/${kind.page}.html`;
  if (ended && hash?.expected?.includes("'end'")) return 'close what is open: each group or block needs an `end`';
  if (kind.name !== 'flowchart') return page;
  if (there.startsWith('subgraph') && hash?.text === ':::') return 'give the group its class on a line of its own, after its `end`: `id:::machine`';
  if (OPENING_TOKENS.has(hash?.token)) return QUOTE_TODO;
  return page;
}
