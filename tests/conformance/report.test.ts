/** The report of scores: it plays what lies in tests/cases, counts it, and leaves out no failure. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readCases } from '../../src/conformance/case.ts';
import { play } from '../../src/conformance/play.ts';
import { aboutCases, caseFiles, COLLECTED, report, wilson } from '../../src/conformance/report.ts';
import { KIND_NAMES } from '../../src/conformance/words.ts';

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

function rootWith(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(join(tmpdir(), 'report-'));
  roots.push(root);
  mkdirSync(join(root, 'tests/cases'), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, 'tests/cases', name), JSON.stringify(content));
  return root;
}

const ABOUT = [{ file: 'some.json', title: 'Some', collected: 'own', what: 'Some cases.' }];
const GOOD = { id: 'good', kind: 'error', errorText: ['exec format error'], layer: 'cpu-architecture', alsoAccept: [] };
const BAD = { ...GOOD, id: 'bad', layer: 'network', url: 'https://example.com/1', title: 'Bad', year: 2020, errorText: ['standard_init_linux.go:228: exec user process', 'caused: exec format error'] };
const RUNS = { id: 'runs', kind: 'matrix', host: { os: 'linux', arch: 'amd64' }, workload: { kind: 'image', os: 'linux', arch: 'amd64' }, expected: { runs: true } };

describe('the files of cases', () => {
  test('are each described once, and nothing else is described', () => {
    const described = aboutCases(process.cwd()).map(({ file }) => file);
    expect(described.toSorted()).toEqual(caseFiles(process.cwd()).toSorted());
  });

  test('are described in words that the page knows', () => {
    for (const { title, what, collected } of aboutCases(process.cwd())) {
      expect(Object.keys(COLLECTED)).toContain(collected);
      expect(title).not.toBe('');
      expect(what).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('that nobody described are answered with what to add', () => {
    expect(() => report(rootWith({ 'about.json': ABOUT, 'some.json': [GOOD], 'new.json': [GOOD] }))).toThrow('tests/cases/about.json says nothing of new.json. Add { "file": "new.json"');
  });
});

describe('the report of this project', () => {
  const { files, disagreements, matrix, layers, baselines } = report();

  test('counts what the players say of each file', () => {
    for (const { file, passed, played } of files) {
      const results = readCases(`tests/cases/${file}`).map((one) => play(one));
      expect([file, passed, played]).toEqual([file, results.filter(({ pass }) => pass).length, results.length]);
    }
  });

  test('lists every failure', () => {
    expect(disagreements.length).toBe(files.reduce((sum, { passed, played }) => sum + played - passed, 0));
    expect(disagreements.filter(({ kind }) => !Object.hasOwn(KIND_NAMES, kind))).toEqual([]);
  });

  test('has a third of positive combinations at least', () => {
    expect(matrix.played).toBeGreaterThanOrEqual(150);
    expect(matrix.positive / matrix.played).toBeGreaterThan(1 / 3);
  });

  test('counts each case of a layer once', () => {
    const byLayer = layers.flatMap(({ kinds }) => Object.values(kinds)).reduce((sum, { played }) => sum + played, 0);
    expect(byLayer).toBe(files.filter(({ kind }) => kind !== 'matrix').reduce((sum, { played }) => sum + played, 0));
  });

  test('is far better than one answer for everything', () => {
    for (const [kind, { right, played }] of Object.entries(baselines)) {
      const own = files.filter((file) => file.kind === kind).reduce((sum, { passed }) => sum + passed, 0);
      expect([kind, own / played > right / played + 0.3]).toEqual([kind, true]);
    }
  });
});

describe('a report', () => {
  test('says of a failure what the case says, what came out, and why it is left so', () => {
    const root = rootWith({ 'about.json': ABOUT, 'some.json': [GOOD, BAD, RUNS], 'disagreements.json': [{ id: 'bad', reason: 'A planted one.' }] });
    const { files, disagreements, matrix } = report(root);
    expect(files).toEqual([{ ...ABOUT[0], kind: 'error', passed: 2, played: 3 }]);
    expect(matrix).toEqual({ played: 1, positive: 1 });
    expect(disagreements).toEqual([{ id: 'bad', kind: 'error', file: 'some.json', url: 'https://example.com/1', title: 'Bad', year: 2020, text: 'standard_init_linux.go:228: exec user process\ncaused: exec format error', expected: 'network', got: 'cpu-architecture', reason: 'A planted one.' }]);
  });

  test('shows a failure of which nobody has written why', () => {
    const [bad] = report(rootWith({ 'about.json': ABOUT, 'some.json': [BAD] })).disagreements;
    expect(bad).toMatchObject({ id: 'bad' });
    expect(bad).not.toHaveProperty('reason');
  });

  test('names the one answer that would score best', () => {
    const { baselines } = report(rootWith({ 'about.json': ABOUT, 'some.json': [GOOD, { ...GOOD, id: 'two' }, BAD] }));
    expect(baselines['error']).toEqual({ answer: 'cpu-architecture', right: 2, played: 3 });
  });
});

describe('the range of a score', () => {
  // Values from the formula as Wilson gives it, rounded: 23 of 25, and none of ten.
  test.each([[23, 25, 0.75, 0.98], [0, 10, 0, 0.28], [10, 10, 0.72, 1]])('of %i of %i', (passed, played, low, high) => {
    const range = wilson(passed, played);
    expect(range.low).toBeCloseTo(low, 2);
    expect(range.high).toBeCloseTo(high, 2);
  });
});
