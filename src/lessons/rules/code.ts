/** Code where prose belongs: imports, exports, expressions, and HTML in glossary entries. */
import { excerpt, problemAt, type Finding, type Rule } from './rule.ts';

/** Every piece of JavaScript outside the attributes of tags, and all HTML in entries, which are plain Markdown. */
export const code: Rule = ({ document }) => [
  ...document.code.map(({ at, kind, value }) => problemAt(document, at, kind === 'module' ? moduleFinding(value) : expressionFinding(value))),
  ...document.html
    .filter(({ value }) => !value.startsWith('<!--'))
    .map(({ at, value }) => problemAt(document, at, { found: `"${excerpt(value)}"`, expected: 'Markdown without tags: glossary entries are plain text', todo: 'write it in Markdown; for a plain "<" write \\<' })),
];

function moduleFinding(value: string): Finding {
  return { found: `"${excerpt(value)}"`, expected: 'no import or export: every playground is known by its name', todo: 'remove the line' };
}

function expressionFinding(value: string): Finding {
  return { found: `{${excerpt(value)}}`, expected: 'text', todo: 'write the text itself; for a plain brace write \\{' };
}
