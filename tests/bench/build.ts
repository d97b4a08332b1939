/**
 * CPU seconds of a whole build with many lessons. It copies the project to a scratch folder, adds generated lessons, each with
 * a diagram of its own, and builds twice: cold without any cache, warm with .cache restored, as continuous integration does.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import type { Measured } from './figures.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const COPIED = ['src', 'components', 'content', 'public', 'astro.config.mjs', 'package.json', 'tsconfig.json', 'NOTICE.md'];
const LESSONS_A_CHAPTER = 50;

/** Milliseconds of CPU that a lesson may cost: warm; cold with its diagram. */
const WARM_MS = 40;
const DIAGRAM_MS = 100;

interface Cost {
  readonly lessons: number;
  readonly coldSeconds: number;
  readonly warmSeconds: number;
}

/** Builds with each number of generated lessons. The slope between the two largest is the cost of one more lesson. */
export function measureBuilds(counts: readonly number[]): readonly Measured[] {
  const costs = counts.map((lessons) => {
    console.log(`Building with ${lessons} generated lessons, cold and warm …`);
    return costOf(lessons);
  });
  const group = `Build, CPU of all threads and processes (${availableParallelism()} cores)`;
  const rows = costs.flatMap(({ lessons, coldSeconds, warmSeconds }) => [
    { group, name: `${lessons} lessons, cold`, value: coldSeconds, unit: 's' },
    { group, name: `${lessons} lessons, warm`, value: warmSeconds, unit: 's' },
  ]);
  const [before, last] = costs.slice(-2);
  return before && last ? [...rows, ...slopes(group, before, last)] : rows;
}

function slopes(group: string, from: Cost, to: Cost): readonly Measured[] {
  const slope = (kind: 'coldSeconds' | 'warmSeconds') => ((to[kind] - from[kind]) * 1000) / (to.lessons - from.lessons);
  const range = `from ${from.lessons} to ${to.lessons}`;
  return [
    { group, name: `one more lesson, cold, ${range}`, value: slope('coldSeconds'), unit: 'ms' },
    { group, name: `one more lesson, warm, ${range}`, value: slope('warmSeconds'), unit: 'ms', atMost: WARM_MS },
    { group, name: `its diagram and card (cold less warm), ${range}`, value: slope('coldSeconds') - slope('warmSeconds'), unit: 'ms', atMost: DIAGRAM_MS },
  ];
}

function costOf(lessons: number): Cost {
  const scratch = mkdtempSync(join(tmpdir(), 'layerlab-bench-'));
  try {
    for (const name of COPIED) cpSync(join(ROOT, name), join(scratch, name), { recursive: true });
    linkPackages(scratch);
    writeLessons(scratch, lessons);
    const coldSeconds = buildSeconds(scratch);
    // What Astro keeps under node_modules is not restored in continuous integration; drawings are.
    for (const name of ['node_modules/.astro', 'node_modules/.vite', '.astro', 'dist']) rmSync(join(scratch, name), { recursive: true, force: true });
    return { lessons, coldSeconds, warmSeconds: buildSeconds(scratch) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A node_modules of links, so that caches which tools keep in it stay in the scratch folder. */
function linkPackages(scratch: string): void {
  const target = join(scratch, 'node_modules');
  mkdirSync(target);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const isCache = name.startsWith('.') && name !== '.bin';
    if (!isCache) symlinkSync(join(ROOT, 'node_modules', name), join(target, name));
  }
}

/** User and system seconds of a build and of everything that it starts, from the shell's own `time`. */
function buildSeconds(scratch: string): number {
  const bin = join(ROOT, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}`, ASTRO_TELEMETRY_DISABLED: '1', BASE_PATH: '/' };
  const script = `TIMEFORMAT='%U %S'; { time astro build > build.log 2>&1; } 2> time.txt || { cat build.log; exit 1; }; cat time.txt`;
  const [user, system] = execFileSync('bash', ['-c', script], { cwd: scratch, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim().split(/\s+/).map(Number);
  if (user === undefined || system === undefined || Number.isNaN(user + system)) throw new Error('The shell gave no times: the bench of the build needs bash.');
  return user + system;
}

function writeLessons(scratch: string, count: number): void {
  for (let i = 0; i < count; i += 1) {
    const chapter = 80 + Math.floor(i / LESSONS_A_CHAPTER);
    const folder = join(scratch, 'content', 'lessons', `${chapter}-generated-${chapter}`);
    if (i % LESSONS_A_CHAPTER === 0) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'chapter.yaml'), `title: Generated ${chapter}\nsummary: Lessons that the bench made.\n`);
    }
    writeFileSync(join(folder, `${String((i % LESSONS_A_CHAPTER) + 1).padStart(2, '0')}-generated-lesson-${i}.mdx`), lesson(i));
  }
}

const SENTENCES = [
  'A process asks the [[kernel]] for a file, and the kernel looks the name up in the mount namespace of that process.',
  'Nothing in the call says whether the process stands in a [[container]]; the kernel knows, because it keeps the namespaces.',
  'The page cache answers when the block was read before, and the disk is left alone.',
  'A virtual machine has a kernel of its own, which talks to devices that a [[hypervisor]] imitates.',
  'Each of these steps takes time, and most of them take less than the reader expects.',
  'Where the two designs differ is not in what they can run but in what they share.',
];

/** A whole lesson of about 800 words: prediction, playground, two code samples, a table, and a diagram that no other lesson has. */
function lesson(i: number): string {
  const paragraph = (n: number) => Array.from({ length: 8 }, (_, k) => SENTENCES[(n + k * (i + 1)) % SENTENCES.length]).join(' ');
  return `---
title: Generated lesson ${i}
summary: What lesson ${i} of the bench says about kernels, walls and the way of a request.
minutes: 8
misconceptions:
  - Lesson ${i} has no misconception to remove.
updated: 2026-01-01
---

What does lesson ${i} ask?

<Predict question="What answers request ${i}?" options="A kernel | An image" answer="A kernel">
A kernel answers it. An image is a set of files.
</Predict>

${paragraph(i)}

## The way of request ${i}

${paragraph(i + 1)}

\`\`\`mermaid
flowchart TB
  accTitle: The way of request ${i}
  accDescr: Program ${i} calls libc, libc enters the kernel, and the kernel asks driver ${i % 17} and the page cache.
  app["Program ${i}"]:::application --> libc["libc of image ${i % 13}"]:::userland
  libc -->|system call ${i}| kernel["Kernel"]:::kernel
  kernel --> cache["Page cache ${i % 7}"]:::kernel
  kernel --> driver["Driver ${i % 17}"]:::kernel
  driver --> disk["Disk ${i}"]:::hardware
\`\`\`

${paragraph(i + 2)}

<StackBuilder containers={${(i % 4) + 1}} caption="Move the apps of lesson ${i} and count the kernels." />

\`\`\`console
$ docker run --rm debian:12 cat /proc/${i}/status
Name:	lesson-${i}
\`\`\`

## What is shared

${paragraph(i + 3)}

| part | shared by | in lesson ${i} |
|---|---|---|
| kernel | all containers | yes |
| userland | nobody | no |

${paragraph(i + 4)}

\`\`\`sh
for n in 1 2 3; do uname -r; done
\`\`\`

${paragraph(i + 5)}

## Try next

Ask the same question in the next lesson.
`;
}
