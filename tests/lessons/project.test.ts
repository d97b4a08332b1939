/** This project's own prose, facts and diagrams: the same check that authors run. */
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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

test('a diagram that cannot be drawn is reported at its own line', async () => {
  const world = worldOf(project({ [LESSON]: draft('Text.\n\n```mermaid\nflowchart TB\n  accTitle: x\n  a --> --> b\n```\n\n```mermaid\nflowchart TB\n  a --> b\n```') }), surroundings);
  const asked: string[] = [];
  const problems = await checkDiagrams(world, async (source) => {
    asked.push(source);
    return source.includes('--> -->') ? { line: 3, message: 'unexpected -->' } : null;
  });
  expect(asked).toHaveLength(2);
  expect(problems.map(formatProblem)).toMatchInlineSnapshot(`
    [
      "content/lessons/01-layers/01-what-an-os-is.mdx:15:1  found a diagram that cannot be drawn (unexpected -->); expected Mermaid that can be read; do: correct the line",
    ]
  `);
});
