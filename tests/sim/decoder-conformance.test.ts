/** The conformance command, and what an author of content/errors is told. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { play } from '../../src/conformance/play.ts';
import { loadErrors } from '../../src/errors/load.ts';
import { formatProblem } from '../../src/facts/problem.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const temporary = (): string => mkdtempSync(join(tmpdir(), 'layerlab-'));

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync('node', ['src/conformance/cli.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
}

function fileWith(text: string): string {
  const file = join(temporary(), 'cases.json');
  writeFileSync(file, text);
  return file;
}

const GOOD = { id: 'good', kind: 'error', errorText: ['exec format error'], layer: 'cpu-architecture', alsoAccept: [] };
const BAD = { ...GOOD, id: 'bad', layer: 'network' };
const ALSO = { ...BAD, id: 'also', alsoAccept: ['cpu-architecture'] };

describe('the conformance command', () => {
  test('prints a line a case and the sum, and exits 0 when all pass', () => {
    const { status, out } = run(fileWith(JSON.stringify([GOOD, ALSO])));
    expect(out.split('\n')).toEqual([
      'pass  error  good  expected cpu-architecture  got cpu-architecture',
      'pass  error  also  expected network or cpu-architecture  got cpu-architecture',
      '2 passed, 0 failed',
      '',
    ]);
    expect(status).toBe(0);
  });

  test('exits 1 when a case fails, also one of a kind that nobody plays', () => {
    const { status, out } = run(fileWith(JSON.stringify([GOOD, BAD, { id: 'odd', kind: 'riddle' }])));
    expect(out).toContain('FAIL  riddle  odd  expected a kind that is played: error');
    expect(out).toMatch(/1 passed, 2 failed\n$/);
    expect(status).toBe(1);
  });

  test('prints one JSON array with --json', () => {
    const { out } = run(fileWith(JSON.stringify([GOOD])), '--json');
    expect(JSON.parse(out)).toEqual([{ id: 'good', kind: 'error', expected: 'cpu-architecture', got: 'cpu-architecture', pass: true }]);
  });

  test.each([
    ['a file that is not there', () => ['nowhere.json'], /nowhere\.json cannot be read: ENOENT/],
    ['a file that is not JSON', () => [fileWith('{"id":')], /is not JSON/],
    ['a file without a list', () => [fileWith('{}')], /expected a JSON array of cases/],
    ['an entry that is no case', () => [fileWith(JSON.stringify([GOOD, { id: 3 }]))], /Entry 2 of .* expected a record with the texts "id" and "kind"/],
    ['no file', () => [], /usage/],
    ['an unknown option', () => ['--yaml'], /unknown option --yaml/],
  ])('exits 2 with a sentence for %s', (_, args, message) => {
    const { status, out, err } = run(...args());
    expect(err).toMatch(message);
    expect(err).not.toContain('    at ');
    expect([status, out]).toEqual([2, '']);
  });

  test('counts a case that its player cannot read as failed', () => {
    expect(play({ id: 'a', kind: 'error', layer: 'network', errorText: [1] })).toMatchObject({ pass: false, got: '"errorText" is not a list of texts' });
    expect(play({ id: 'b', kind: 'toString' })).toMatchObject({ pass: false });
    expect(play({ id: 'c', kind: 'error', layer: 'other', errorText: [] })).toMatchObject({ got: 'unknown', pass: false });
  });
});

describe('an author of content/errors', () => {
  const FAMILY = `id: one
title: One
layer: network
sure: 0.8
phrases:
  - boom
meaning: m
because: b
fixes:
  - text: f
evidence:
  - { url: 'https://example.com', title: t, year: 2024 }
examples:
  - boom
`;

  function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
    const root = temporary();
    mkdirSync(join(root, 'content/errors/translations'), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'content/errors', name), text);
    return loadErrors(root).problems.map(formatProblem);
  }

  test('hears nothing when all is well', () => {
    expect(problemsOf({ 'one.yaml': FAMILY })).toEqual([]);
  });

  test.each([
    ['a layer that is slightly wrong', FAMILY.replace('network', 'netwrk'), /^content\/errors\/one\.yaml:3:8 {2}found "netwrk" as "layer"; expected one of cpu-architecture, .*; do: write "network"$/],
    ['a key that nobody knows', `${FAMILY}phrase: x\n`, /^content\/errors\/one\.yaml:15:1 {2}found the unknown key "phrase"; .*; do: rename it to "phrases"$/],
    ['a key that is missing', FAMILY.replace('because: b\n', ''), /no "because"; expected why the layer is what it is/],
    ['a wording that cannot be read', FAMILY.replace('- boom\nmeaning', '- a (b\nmeaning'), /:6:5 {2}found "a \(b" .* a wording that can be read: the brackets of "a \(b" do not match/],
    ['a wording without letters', FAMILY.replace('- boom\nmeaning', "- 'a ~ '\nmeaning"), /a wording that can be read: each part has letters/],
    ['another name than the file’s', FAMILY.replace('id: one', 'id: two'), /:1:5 {2}found the id "two"; expected "one", the name of the file/],
    ['text that is not YAML', 'a: [', /found text that is not YAML/],
  ])('hears of %s', (_, text, message) => {
    expect(problemsOf({ 'one.yaml': text })).toEqual([expect.stringMatching(message)]);
  });

  test('hears of a translation into something that is no language', () => {
    const text = "id: x\ntitle: X\nevidence:\n  - { url: 'https://example.com', title: t, year: 2024 }\nmessages:\n  - english: boom\n    localized: { german: bumm }\n";
    expect(problemsOf({ 'translations/x.yaml': text })).toEqual([expect.stringContaining('content/errors/translations/x.yaml:7:')]);
  });
});
