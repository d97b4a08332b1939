/**
 * `npm run bench`: models, what readers paste, build, pages, machines in a tab. Prints a table with targets and writes .cache/bench.json.
 * Options: `--quick` builds with 10 and 100 lessons only; `--only=models|readers|build|pages|linux` runs one part.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBuilds } from './build.ts';
import { tableOf, verdict, type Measured } from './figures.ts';
import { measureLinux } from './linux.ts';
import { measureModels } from './models.ts';
import { measurePages } from './page.ts';
import { measureReaders } from './readers.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MODEL_MS = 500;

const { values: options } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });

const PARTS: Readonly<Record<string, () => Promise<readonly Measured[]> | readonly Measured[]>> = {
  models: () => measureModels(MODEL_MS),
  readers: () => measureReaders(),
  build: () => measureBuilds(options.quick ? [10, 100] : [10, 100, 1000]),
  pages: () => {
    build();
    return measurePages();
  },
  linux: () => {
    if (options.only === 'linux') build();
    return measureLinux();
  },
};

function build(): void {
  const { status } = spawnSync('npm run --silent build', { cwd: ROOT, shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The site does not build: run "npm run build" to see why.');
}

if (options.only !== undefined && !(options.only in PARTS)) throw new Error(`--only is one of ${Object.keys(PARTS).join(', ')}, not "${options.only}".`);

const figures: Measured[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (options.only === undefined || options.only === name) figures.push(...(await measure()));
}

mkdirSync(join(ROOT, '.cache'), { recursive: true });
const machine = { node: process.version, platform: `${process.platform} ${process.arch}`, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
const report = { date: new Date().toISOString(), machine, figures: figures.map((figure) => ({ ...figure, verdict: verdict(figure) })) };
writeFileSync(join(ROOT, '.cache', 'bench.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(tableOf(figures));
console.log('\nWritten to .cache/bench.json.');
