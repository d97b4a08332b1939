/** Small projects for the tests: a few files, two playgrounds, a handful of facts. */
import { z } from 'zod';
import { formatProblem } from '../../src/facts/problem.ts';
import { checkProse } from '../../src/lessons/check-content.ts';
import { contentOf, type Content } from '../../src/lessons/content.ts';
import { worldOf, type Surroundings } from '../../src/lessons/world.ts';

export type Files = Readonly<Record<string, string>>;

export const LESSON = 'content/lessons/01-layers/01-what-an-os-is.mdx';

const bootRace = z.strictObject({
  caption: z.string({ error: 'a caption that tells the reader what to do' }).min(1),
  containers: z.number().int().min(0).max(200).default(1),
  vms: z.number().int().min(0).max(64).default(1),
  stack: z.enum(['metal', 'vm', 'container']).default('vm'),
  stacks: z.array(z.enum(['metal', 'vm', 'container'])).default([]),
  quiet: z.boolean().default(false),
}).refine(({ containers, vms }) => containers + vms <= 200, { error: 'more than 200 machines' });

export const surroundings: Surroundings = {
  playgrounds: {
    BootRace: { props: bootRace, figures: ['start.vm.boot'] },
    StackBuilder: { props: z.strictObject({ caption: z.string() }), figures: [] },
  },
  figures: new Set(['start.docker.engine', 'start.vm.boot']),
  claims: new Set(['faster-always']),
  sources: new Set(['man-vdso']),
  recorded: new Set(['boot.boot', 'start.ratio']),
  routes: ['/', '/about/', '/lessons/', '/claims/', '/sources/', '/glossary/'],
  exists: (file) => ['public/favicon.svg', 'content/lessons/01-layers/stack.png'].includes(file),
};

/** The project that consists of these files. Chapter descriptions are added where they are missing. */
export function project(files: Files): Content {
  const folders = Object.keys(files).flatMap((file) => /^content\/lessons\/[^/]+\//.exec(file)?.[0] ?? []);
  const chapters = Object.fromEntries(folders.map((folder) => [`${folder}chapter.yaml`, 'title: A chapter\nsummary: What it holds.\n']));
  return contentOf(Object.entries({ ...chapters, ...files }).map(([file, text]) => ({ file, text })));
}

/** The lines that the check prints for these files. */
export function check(files: Files, around: Partial<Surroundings> = {}): string {
  return checkProse(worldOf(project(files), { ...surroundings, ...around })).map(formatProblem).join('\n');
}

/** A draft with this body: drafts may be of any length, so a test can look at one rule. The body begins at line 10. */
export function draft(body: string, frontmatter: Readonly<Record<string, string>> = {}): string {
  const lines = {
    title: 'What an operating system is', summary: 'Where the kernel ends.', minutes: '8', misconceptions: '[An operating system is a program]',
    updated: '2026-03-01', draft: 'true', ...frontmatter,
  };
  return `---\n${Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`).join('')}---\n\n${body}\n`;
}

/** The lines that the check prints for one draft with this body. */
export function checkBody(body: string, others: Files = {}): string {
  return check({ [LESSON]: draft(body), ...others });
}

export function entry(term: string, body = 'Text.', aliases: readonly string[] = []): string {
  return `---\nterm: ${term}\naliases: [${aliases.join(', ')}]\nsummary: A sentence.\n---\n\n${body}\n`;
}

const PREDICTION = '<Predict question="How many kernels run?" options="one | two" answer="two">Because each has its own.</Predict>\n\n';
const DIAGRAM = '```mermaid\nflowchart TB\n  accTitle: Two layers\n  a --> b\n```\n\n';

/** A published lesson without a mistake: `parts` replaces what a test wants to be otherwise. */
export function published(parts: { readonly opening?: string; readonly middle?: string; readonly words?: number; readonly ending?: string } = {}): string {
  const { opening = PREDICTION, middle = `${DIAGRAM}<StackBuilder caption="Add an app." />`, words = 700, ending = '## Try next\n\nAdd a second app.' } = parts;
  const prose = `${'word '.repeat(words).trim()}.`;
  return draft(`${opening}${prose}\n\n## What happens\n\n${middle}\n\n${ending}`, { draft: 'false' });
}
