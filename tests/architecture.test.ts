/** The import table of CONTRIBUTING.md, held against every file: prose → playgrounds → model, and never back. */
import { globSync, readFileSync } from 'node:fs';
import { posix, resolve, sep } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

interface Rule {
  /** The rule as a contributor reads it when it is broken. */
  readonly says: string;
  readonly files: RegExp;
  /** What these files may import: project paths as `src/…`, packages as `npm:name`. `$1` stands for the first group of `files`. */
  readonly may: readonly string[];
}

/** The first rule whose `files` fits decides. */
const TABLE: readonly Rule[] = [
  {
    says: 'src/sim imports src/sim only: facts come in as arguments',
    files: /^src\/sim\//,
    may: ['src/sim/'],
  },
  {
    says: 'the kit imports the kit, src/sim, preact and zod',
    files: /^components\/kit\//,
    may: ['components/kit/', 'src/sim/', 'npm:preact', 'npm:zod'],
  },
  {
    says: 'what stands in prose imports its own folder, the kit, src/sim, src/facts, src/known, addresses and preact',
    files: /^components\/prose\//,
    may: ['components/prose/', 'components/kit/', 'src/sim/', 'src/facts/', 'src/known/', 'src/layouts/url.ts', 'npm:preact', 'npm:zod'],
  },
  {
    says: "a playground's embed imports its own folder, the kit, src/sim, src/facts, src/known, src/site.ts, preact and zod; never another playground",
    files: /^components\/([^/]+)\/[^/]+\.astro$/,
    may: ['components/$1/', 'components/kit/', 'src/sim/', 'src/facts/', 'src/known/', 'src/site.ts', 'npm:preact', 'npm:zod'],
  },
  {
    says: 'LinuxLab imports its own folder, the kit, src/sim, preact, and its emulator and terminal',
    files: /^components\/(linux-lab)\//,
    may: ['components/$1/', 'components/kit/', 'src/sim/', 'npm:preact', 'npm:zod', 'npm:v86', 'npm:@xterm/xterm', 'npm:@xterm/addon-fit'],
  },
  {
    says: 'a playground imports its own folder, the kit, src/sim, preact and zod; never another playground, never src/facts',
    files: /^components\/([^/]+)\//,
    may: ['components/$1/', 'components/kit/', 'src/sim/', 'npm:preact', 'npm:zod'],
  },
  {
    says: 'components/index.ts and catalog.ts import components and src/sim',
    files: /^components\/(?:index|catalog)\.ts$/,
    may: ['components/', 'src/sim/'],
  },
  {
    says: 'the loaders of what the models know and the conformance check import src, models included, and packages',
    files: /^src\/(?:boot|compat|conformance|errors|history|images|known|linux-lab|overheads|validation)\//,
    may: ['src/', 'npm:', 'node:'],
  },
  {
    says: 'the rest of src imports src without sim, components/index.ts, components/catalog.ts and packages',
    files: /^src\//,
    may: ['src/(?!sim/)', 'components/(?:index|catalog)\\.ts$', 'npm:', 'node:', 'astro:', 'package.json$'],
  },
  { says: 'content imports nothing', files: /^content\//, may: [] },
];

const SOURCES = '{src,components,content}/**/*.{ts,tsx,mjs,js,astro,mdx,md}';

function projectFiles(): readonly string[] {
  return globSync(SOURCES, { cwd: ROOT }).map((path) => path.split(sep).join('/')).sort();
}

/** Every module that a file names, as written: static, dynamic and type imports, re-exports and globs. */
function importsOf(path: string, text: string): readonly string[] {
  const code = codeOf(path, text);
  const globs = [...code.matchAll(/import\.meta\.glob(?:<[^>]*>)?\(\s*['"`]([^'"`]+)/g)].map((match) => match[1] as string);
  return [...ts.preProcessFile(code, true, true).importedFiles.map((file) => file.fileName), ...globs];
}

/** The parts of a file that can import: an .astro file's frontmatter and scripts, a lesson's lines outside fences. */
function codeOf(path: string, text: string): string {
  if (path.endsWith('.astro')) {
    const frontmatter = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '';
    const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
    return [frontmatter, ...scripts].join('\n');
  }
  if (!/\.mdx?$/.test(path)) return text;
  const outsideFences = text.replaceAll(/^(```|~~~)[\s\S]*?^\1/gm, '');
  return outsideFences.split('\n').filter((line) => /^(import|export)\s/.test(line)).join('\n');
}

/** An import as the table names it: a project path, `npm:name`, or a scheme such as `node:fs` as it is. */
function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), specifier));
  if (/^(node|astro|virtual):/.test(specifier)) return specifier;
  const depth = specifier.startsWith('@') ? 2 : 1;
  return `npm:${specifier.split('/').slice(0, depth).join('/')}`;
}

/** One line for each import of the file that the table forbids. */
function breaches(path: string, text: string): readonly string[] {
  const rule = TABLE.find(({ files }) => files.test(path));
  if (!rule) return [`${path} is in no row of the table`];
  const own = rule.files.exec(path)?.[1] ?? '';
  return importsOf(path, text)
    .map((specifier) => targetOf(path, specifier))
    .filter((target) => !rule.may.some((allowed) => mayReach(allowed.replace('$1', own), target)))
    .map((target) => `${path} imports ${target}, but ${rule.says}`);
}

/** Folders and schemes match from the start; packages match whole, with `npm:` alone for any. */
function mayReach(allowed: string, target: string): boolean {
  const whole = allowed.startsWith('npm:') && allowed !== 'npm:';
  return new RegExp(`^${allowed}${whole ? '$' : ''}`).test(target);
}

/** What the language itself offers to depend on the clock, on chance or on the machine. The compiler refuses the rest: see below. */
function impurities(path: string, text: string): readonly string[] {
  const forbidden = new Set(['Date', 'Intl', 'globalThis', 'eval']);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') found.push('Math.random');
    const named = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && forbidden.has(node.text) && !named) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true), visit);
  return found.map((name) => `${path} uses ${name}`);
}

const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

describe('the import table', () => {
  test('is kept by every file', () => {
    const files = projectFiles();
    expect(files.length).toBeGreaterThan(10);
    expect(files.flatMap((path) => breaches(path, read(path)))).toEqual([]);
  });

  test.each([
    ['src/sim/stack.ts', "import { readFileSync } from 'node:fs';", 'node:fs'],
    ['src/sim/stack.ts', "import type { Figure } from '../facts/load.ts';", 'src/facts/load.ts'],
    ['components/kit/Frame.tsx', "import { Bet } from '../boot-race/Bet.tsx';", 'components/boot-race/Bet.tsx'],
    ['components/boot-race/BootRace.tsx', "import { row } from '../stack-builder/view.ts';", 'components/stack-builder/view.ts'],
    ['components/boot-race/BootRace.tsx', "const facts = await import('../../src/facts/load.ts');", 'src/facts/load.ts'],
    ['components/boot-race/BootRace.tsx', "import { parse } from 'yaml';", 'npm:yaml'],
    ['components/boot-race/BootRace.tsx', "import { signal } from 'preact-signals';", 'npm:preact-signals'],
    ['components/boot-race/BootRace.astro', "---\nimport Other from '../stack-builder/StackBuilder.astro';\n---\n<p></p>", 'components/stack-builder/StackBuilder.astro'],
    ['components/boot-race/BootRace.astro', "---\n---\n<script>\nimport { layouts } from '../../src/layouts/url.ts';\n</script>", 'src/layouts/url.ts'],
    ['src/pages/index.astro', "---\nimport { replay } from '../sim/run.ts';\n---", 'src/sim/run.ts'],
    ['src/lessons/check.ts', "export { view } from '../../components/boot-race/view.ts';", 'components/boot-race/view.ts'],
    ['src/pages/all.ts', "const all = import.meta.glob('../sim/*.ts');", 'src/sim/*.ts'],
    ['content/lessons/01-layers/01-what.mdx', "---\ntitle: x\n---\nimport Chart from './Chart.astro';\n", 'content/lessons/01-layers/Chart.astro'],
  ])('is seen to be broken by %s with %s', (path, text, target) => {
    expect(breaches(path, text)).toEqual([expect.stringContaining(`${path} imports ${target}, but `)]);
  });

  test('lets through what it allows', () => {
    expect(breaches('components/boot-race/BootRace.astro', "---\nimport { figuresFor } from '../../src/facts/load.ts';\nimport BootRace from './BootRace.tsx';\n---")).toEqual([]);
    expect(breaches('components/boot-race/BootRace.tsx', "import { useState } from 'preact/hooks';")).toEqual([]);
    expect(breaches('content/lessons/01-layers/01-what.mdx', "```js\nimport fs from 'node:fs';\n```\n")).toEqual([]);
    expect(breaches('src/lessons/check.ts', "import { catalog } from '../../components/catalog.ts';")).toEqual([]);
  });

  test('has a row for every file', () => {
    expect(breaches('scripts/build.ts', '')).toEqual(['scripts/build.ts is in no row of the table']);
  });
});

describe('the model', () => {
  test('reads no clock, no chance and no machine', () => {
    const files = projectFiles().filter((path) => path.startsWith('src/sim/'));
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap((path) => impurities(path, read(path)))).toEqual([]);
  });

  test('is seen to be impure when it does', () => {
    expect(impurities('a.ts', 'const now = Date.now();')).toEqual(['a.ts uses Date']);
    expect(impurities('a.ts', 'const dice = Math.random();')).toEqual(['a.ts uses Math.random']);
    expect(impurities('a.ts', '// Date\nconst text = "Date"; const own = part.process;')).toEqual([]);
  });

  test('is compiled without the browser and without Node', () => {
    const config = ts.readConfigFile(resolve(ROOT, 'src/sim/tsconfig.json'), ts.sys.readFile).config as { compilerOptions: { lib: string[]; types: string[] } };
    expect(config.compilerOptions.lib).toEqual(['ES2023']);
    expect(config.compilerOptions.types).toEqual([]);
  });
});
