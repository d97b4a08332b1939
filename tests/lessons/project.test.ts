/** This project's own prose, facts and diagrams: the same check that authors run. */
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkDiagram } from '../../src/diagrams/index.ts';
import { formatProblem } from '../../src/facts/problem.ts';
import { checkDiagrams } from '../../src/lessons/check-content.ts';
import { checkProject } from '../../src/lessons/check-project.ts';
import { content, forgetContent } from '../../src/lessons/content.ts';
import { worldOf } from '../../src/lessons/world.ts';
import { draft, LESSON, project, surroundings } from './sample.ts';

const ROOT = resolve(import.meta.dirname, '../..');
afterAll(() => forgetContent(process.cwd()));

test('the content has no mistakes', { timeout: 120_000 }, async () => {
  const { problems, files } = await checkProject(ROOT, { diagrams: true });
  expect(problems.map(formatProblem)).toEqual([]);
  expect(files).toBe(content().lessons.length + content().glossary.length);
  expect(content().lessons.length).toBeGreaterThanOrEqual(3);
});

test('a diagram that cannot be drawn is reported at its own line, and one without a title is not read at all', { timeout: 60_000 }, async () => {
  const body = 'Text.\n\n```mermaid\nflowchart TB\n  accTitle: x\n  a --> --> b\n```\n\n```mermaid\nflowchart TB\n  a -->\n```\n\n```mermaid\nflowchart TB\n  accTitle: y\n  a --> b\n```';
  const problems = await checkDiagrams(worldOf(project({ [LESSON]: draft(body) }), surroundings), checkDiagram);
  expect(problems.map(formatProblem)).toMatchInlineSnapshot(`
    [
      "content/lessons/01-layers/01-what-an-os-is.mdx:15:1  found \`-->\` where it cannot stand, in \`a --> --> b\`; expected \`|\` or the name of a part; do: compare with https://mermaid.js.org/syntax/flowchart.html",
    ]
  `);
});
