/** MDX that cannot be read: the parser's words, turned into what the author has to do. */
import { excerpt, problemAt, type Finding, type Rule } from './rule.ts';

/** One problem for each piece that the parser could not read. */
export const syntax: Rule = ({ document }) => document.faults.map(({ at, message }) => {
  const line = excerpt(document.text.slice(at).split('\n', 1)[0] ?? '');
  return problemAt(document, at, explain(message, line));
});

interface Explanation {
  readonly when: RegExp;
  finding(line: string, name: string): Finding;
}

// The first that matches wins.
const EXPLANATIONS: readonly Explanation[] = [
  {
    when: /^Unexpected closing tag `<\/([^>]*)>`/,
    finding: (_, name) => ({ found: `a closing tag </${name}> that closes nothing`, expected: `<${name}> before it, and tags closed in the order in which they were opened`, todo: `open <${name}> or remove </${name}>` }),
  },
  {
    when: /^Expected a closing tag for `<([^>]*)>`/,
    finding: (_, name) => ({ found: `<${name}> that is never closed`, expected: `</${name}>, or /> at the end of the tag`, todo: `close it; for a plain "<" write \\<` }),
  },
  {
    when: /^Unexpected character `!`/,
    finding: () => ({ found: 'an HTML comment', expected: 'a comment as {/* … */}', todo: 'write {/* … */} or remove it' }),
  },
  {
    when: /^Unexpected end of file in expression/,
    finding: (line) => ({ found: `"${line}", a brace that is never closed`, expected: 'no braces in prose', todo: 'write \\{ for a plain brace, or put the text in backticks' }),
  },
  {
    when: /^Could not parse expression/,
    finding: (line) => ({ found: `"${line}", which is not a value`, expected: 'a plain value such as {8}, {true} or "text"', todo: 'write the value; for a plain brace write \\{' }),
  },
  {
    when: /^Unexpected character (after|before|in)/,
    finding: (line) => ({ found: `"${line}", which begins like a tag and is none`, expected: 'a tag such as <Figure id="…" />, every value in quotes or braces', todo: 'correct the tag; for a plain "<" write \\<' }),
  },
];

function explain(message: string, line: string): Finding {
  for (const { when, finding } of EXPLANATIONS) {
    const match = when.exec(message);
    if (match) return finding(line, match[1] ?? '');
  }
  return { found: `"${line}"`, expected: `MDX that can be read (${message})`, todo: 'correct the line' };
}
