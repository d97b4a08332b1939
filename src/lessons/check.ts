/** `npm run check:lessons`: prints every mistake in content/ as `file:line:col  found …; expected …; do: …` and fails when there is one. */
import { resolve } from 'node:path';
import { report } from './check-content.ts';
import { checkProject } from './check-project.ts';

const { problems, files } = await checkProject(resolve(import.meta.dirname, '../..'), { diagrams: true });
console.log(report(problems, files));
process.exitCode = problems.length > 0 ? 1 : 0;
