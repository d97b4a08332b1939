/** What a contributor to content/mechanisms, content/platforms and content/compat-rules is told, and that a product is data only. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync, cpSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadCompat } from '../../src/compat/load.ts';
import { formatProblem } from '../../src/facts/problem.ts';
import { canRun } from '../../src/sim/compat/index.ts';

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function rootWith(files: Readonly<Record<string, string>>, copy = false): string {
  const root = mkdtempSync(join(tmpdir(), 'compat-'));
  roots.push(root);
  if (copy) cpSync('content', join(root, 'content'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const MECHANISM = `id: nebula
title: Nebula
kind: machine
summary: A product that was added without code.
tools: []
from: 2024-01
on:
  - os: macos
  - image.kind: image
  - image.os: linux
requires:
  - version: { atLeast: '14' }
    says: It needs macOS 14.
    sources: [nebula-page]
provides: { os: linux, isVm: true }
keeps: [arch]
pieces:
  hypervisor: { name: Virtualization framework, type: 2, vmm: Nebula }
  kernel: { name: Linux, family: linux }
costs: [kernel]
sources: [nebula-page]
`;

const problemsOf = (text: string) => loadCompat(rootWith({ 'content/mechanisms/nebula.yaml': text }), new Set(['nebula-page'])).problems.map(formatProblem);

describe('the content of the project', () => {
  test('has no mistakes', () => {
    expect(loadCompat().problems.map(formatProblem)).toEqual([]);
  });

  test('names no product in the code of the model', () => {
    const code = ['condition', 'facts', 'knowledge', 'limits', 'plan', 'platforms', 'scene', 'stack', 'version'].map((name) => readFileSync(`src/sim/compat/${name}.ts`, 'utf8')).join('\n');
    const ids = loadCompat().knowledge.mechanisms.map(({ id }) => id).filter((id) => id.includes('-'));
    expect(ids.filter((id) => code.includes(id))).toEqual([]);
  });
});

describe('a product that nobody knew', () => {
  test('is added by one file, and the search finds it', () => {
    const { knowledge, problems } = loadCompat(rootWith({ 'content/mechanisms/nebula.yaml': MECHANISM, 'content/sources/nebula-page.yaml': '' }, true));
    expect(problems).toEqual([]);
    const plan = (version: string) => canRun(knowledge, { host: { os: 'macos', version, arch: 'arm64' }, workload: { kind: 'image', os: 'linux', arch: ['arm64'] }, tool: { id: 'nebula' } });
    expect(plan('15.1').chains[0]?.mechanisms.map(({ id }) => id)).toEqual(['nebula', 'native']);
    expect(plan('13.6').runs).toBe(false);
  });
});

describe('a mistake is answered with file, line, what was expected and what to do', () => {
  test.each([
    ['an unknown fact', MECHANISM.replace('version: {', 'versoin: {'), ['content/mechanisms/nebula.yaml:12:14  found {"atLeast":"14"} as "versoin"; expected a fact of the vocabulary; is "version" meant?; do: replace it']],
    ['a version that is no text', MECHANISM.replace("{ atLeast: '14' }", '14'), ['content/mechanisms/nebula.yaml:12:14  found 14 as "version"; expected a word in quotes, a list, or a comparison such as { atLeast: "3.10" }; do: replace it']],
    ['two facts in one condition', MECHANISM.replace('  - os: macos\n', '  - os: macos\n    arch: arm64\n'), ['content/mechanisms/nebula.yaml:9:11  found "arm64" as "arch"; expected one fact only, not os and arch; do: replace it']],
    ['an unknown comparison', MECHANISM.replace('atLeast', 'atleast'), ['content/mechanisms/nebula.yaml:12:14  found {"atleast":"14"} as "version"; expected only these keys: atLeast, below, ranges, in, not, includes, excludes; do: replace it']],
    ['an unknown source', MECHANISM.replace('costs: [kernel]\nsources: [nebula-page]', 'costs: [kernel]\nsources: [nebula-pag]'), ['content/mechanisms/nebula.yaml:21:11  found the source "nebula-pag"; expected the id of a source; do: write "nebula-page"']],
    ['an unknown cost', MECHANISM.replace('costs: [kernel]', 'costs: [kernl]'), [expect.stringMatching(/^content\/mechanisms\/nebula\.yaml:20:9 {2}found "kernl" in "costs"; expected one of sandbox, .*; do: write "kernel"$/)]],
    ['an id that is not the name of the file', MECHANISM.replace('id: nebula', 'id: nebulla'), ['content/mechanisms/nebula.yaml:1:5  found the id "nebulla"; expected "nebula", the name of the file; do: make the two the same']],
    ['an end before the beginning', MECHANISM.replace('from: 2024-01', 'from: 2024-01\nuntil: 2023-01'), ['content/mechanisms/nebula.yaml:7:8  found "until" 2023-01; expected a month after 2024-01; do: correct one of the two']],
    ['a missing summary', MECHANISM.replace(/summary: .*\n/, ''), ['content/mechanisms/nebula.yaml:1:1  found no "summary"; expected one or two sentences that say how it works; do: add "summary"']],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });
});
