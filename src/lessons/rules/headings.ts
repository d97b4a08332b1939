/** The outline of a page: headings in steps of one, below the title that the layout prints. */
import type { Heading } from '../document.ts';
import { problemAt, type Finding, type Rule } from './rule.ts';

/** First-level headings, skipped levels and empty headings; any heading in a glossary entry, which is a part of one page. */
export const headings: Rule = ({ document }) => document.headings.flatMap((heading, i) => {
  const finding = document.kind === 'glossary' ? inEntry(heading) : outOfStep(heading, document.headings[i - 1]?.depth ?? 1);
  return finding ? [problemAt(document, heading.at, finding)] : [];
});

function inEntry({ depth }: Heading): Finding {
  return { found: `a heading of level ${depth}`, expected: 'no headings in a glossary entry', todo: 'write a paragraph' };
}

function outOfStep({ depth, text }: Heading, before: number): Finding | undefined {
  if (text === '') return { found: 'an empty heading', expected: 'words after the #', todo: 'write them or remove the heading' };
  if (depth === 1) return { found: `# ${text}`, expected: 'a heading of level 2 or below: the title comes from the frontmatter', todo: `write ## ${text}` };
  if (depth <= before + 1) return undefined;
  const right = '#'.repeat(before + 1);
  return { found: `${'#'.repeat(depth)} ${text}`, expected: `level ${before + 1} at most, after level ${before}`, todo: `write ${right} ${text}` };
}
