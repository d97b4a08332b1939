/** The check of all prose: every mistake of every lesson and entry in one pass. It knows the rules' order, not their wording. */
import { formatProblem, inReadingOrder, type Problem } from '../facts/problem.ts';
import type { Document } from './document.ts';
import { code } from './rules/code.ts';
import { chapterProblems, frontmatter } from './rules/frontmatter.ts';
import { headings } from './rules/headings.ts';
import { links } from './rules/links.ts';
import { nameProblems } from './rules/names.ts';
import { numbers } from './rules/numbers.ts';
import { diagramsOf, hasTitle, pictures } from './rules/pictures.ts';
import type { Finding, Rule } from './rules/rule.ts';
import { structure } from './rules/structure.ts';
import { syntax } from './rules/syntax.ts';
import { tags } from './rules/tags.ts';
import type { World } from './world.ts';

const RULES: readonly Rule[] = [syntax, frontmatter, code, tags, pictures, links, numbers, headings, structure];

/** Why a diagram cannot be drawn, or null. `line` counts from 1 at the line after the opening fence. */
export type DiagramCheck = (source: string) => Promise<(Finding & { readonly line: number }) | null>;

/** Everything that is wrong with the prose except its diagrams' syntax, in reading order. */
export function checkProse(world: World): readonly Problem[] {
  const { content } = world;
  const pages = [...content.lessons, ...content.glossary];
  return inReadingOrder([...nameProblems(content), ...chapterProblems(content), ...pages.flatMap((page) => RULES.flatMap((rule) => rule(page, world)))]);
}

/** Diagrams that cannot be drawn. Slow for a diagram that has never been drawn, so a build leaves it to the drawing itself. */
export async function checkDiagrams({ content }: World, check: DiagramCheck): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { document } of [...content.lessons, ...content.glossary]) problems.push(...(await brokenDiagrams(document, check)));
  return problems;
}

async function brokenDiagrams(document: Document, check: DiagramCheck): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  // A diagram without a title has its problem already.
  for (const { at, value } of diagramsOf(document).filter(hasTitle)) {
    const fault = await check(value);
    if (!fault) continue;
    const { line, found, expected, todo } = fault;
    problems.push({ file: document.file, line: document.placeAt(at).line + line, column: 1, found, expected, todo });
  }
  return problems;
}

/** The lines that an author reads: one a problem, and the count. */
export function report(problems: readonly Problem[], files: number): string {
  const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
  if (problems.length === 0) return `No problems in ${count(files, 'file')}`;
  const broken = new Set(problems.map(({ file }) => file)).size;
  return [...problems.map(formatProblem), `${count(problems.length, 'problem')} in ${count(broken, 'file')}`].join('\n');
}
