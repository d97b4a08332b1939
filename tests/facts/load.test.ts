/** Mistakes in facts, sources and claims: each is found with its place and says what to do. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { facts } from '../../src/facts/index.ts';
import { changed, CLAIM, complaints, FIGURE, loaded, SOURCE, written } from './fixture.ts';

const figures = (text: string) => ({ 'content/facts/start.yaml': text });
const claim = (text: string) => ({ 'content/claims/things-are-fast.yaml': text });
const source = (text: string) => ({ 'content/sources/a-paper.yaml': text });

describe('facts that fit', () => {
  test('are read into maps by id', () => {
    const facts = loaded();
    expect(facts.problems).toEqual([]);
    expect(facts.figures.get('start.thing')).toMatchObject({ value: 541, low: 500, high: 8500, unit: 'ms', source: 'a-paper' });
    expect(facts.sources.get('a-paper')?.year).toBe(2020);
    expect(facts.claims.get('things-are-fast')?.scenarios.map(({ actions }) => actions)).toEqual([[], 'end']);
  });

  test('may be spread over topics, and a topic may be empty', () => {
    const facts = loaded({ 'content/facts/memory.yaml': '# nothing yet\n', 'content/facts/disk.yaml': changed(changed(FIGURE, 'start.thing', 'disk.thing'), 'unit: ms', 'unit: MB') });
    expect(facts.problems).toEqual([]);
    expect([...facts.figures.keys()]).toEqual(['disk.thing', 'start.thing']);
  });

  test('are nothing at all where the folders are missing', () => {
    expect(loaded({}).problems).toEqual([]);
  });

  test('may write a verdict as YAML\'s own true and false', () => {
    expect(loaded(claim(changed(CLAIM, 'depends', 'false'))).claims.get('things-are-fast')?.verdict).toBe('false');
  });
});

describe('all mistakes are reported at once, in reading order', () => {
  test('with file, line, column, what was found, what was expected and what to do', () => {
    const text = changed(changed(changed(FIGURE, 'value: 541', 'value: fast'), '  interval: from the request until the thing runs\n', ''), 'conditions', 'condition');
    const lines = complaints({ ...figures(text), ...source(changed(SOURCE, 'year: 2020\n', '')), ...claim(changed(CLAIM, 'verdict: depends', 'verdict: dependz')) });
    expect(lines).toMatchInlineSnapshot(`
      [
        "content/claims/things-are-fast.yaml:4:10  found "dependz" as "verdict"; expected one of true, false, depends, dated, misleading; do: write "depends"",
        "content/facts/start.yaml:1:3  found no "conditions"; expected the conditions of the measurement; do: add "conditions"",
        "content/facts/start.yaml:3:10  found "fast" as "value"; expected a number, or a version in quotes; do: replace it",
        "content/facts/start.yaml:7:3  found the unknown key "condition"; expected only these keys: id, quantity, value, low, high, bound, unit, interval, conditions, source, where, evidence, seen, note; do: rename it to "conditions"",
        "content/sources/a-paper.yaml:1:1  found no "year"; expected a year; do: add "year"",
      ]
    `);
  });
});

describe('a figure', () => {
  test.each([
    ['of an unknown source', changed(FIGURE, 'source: a-paper', 'source: a-papper'), 'content/facts/start.yaml:9:11  found the unknown source "a-papper"; expected the id of a source; do: write "a-paper"'],
    ['of a source that resembles none', changed(FIGURE, 'source: a-paper', 'source: elsewhere'), 'content/facts/start.yaml:9:11  found the unknown source "elsewhere"; expected the id of a source; do: add the source to content/sources'],
    ['outside its range', changed(FIGURE, 'value: 541', 'value: 499'), 'content/facts/start.yaml:3:10  found 500 ≤ 499 ≤ 8500, which is not so; expected a value between low and high; do: correct the three'],
    ['with half a range', changed(FIGURE, '  low: 500\n', ''), 'content/facts/start.yaml:4:9  found "high" alone; expected both ends of a range, or none; do: add the other end, or say "bound: most" or "bound: least"'],
    ['without its clock', changed(FIGURE, '  interval: from the request until the thing runs\n', ''), 'content/facts/start.yaml:6:9  found a duration in ms without "interval"; expected what the clock starts and stops at; do: add "interval"'],
    ['second-hand without a note', changed(FIGURE, 'evidence: primary-data', 'evidence: secondary-note'), 'content/facts/start.yaml:10:13  found second-hand evidence without "note"; expected a note that says how it is known; do: add "note"'],
    ['primary but never read', changed(FIGURE, 'seen: true', 'seen: false'), 'content/facts/start.yaml:11:9  found "primary-data" although the source was not read; expected secondary-note or secondary-web for what was read elsewhere; do: change "evidence", or read the source and set "seen: true"'],
  ])('%s', (_, text, line) => {
    expect(complaints(figures(text))).toEqual([line]);
  });

  test('in a unit that nobody knows names the nearest', () => {
    expect(complaints(figures(changed(FIGURE, 'unit: ms', 'unit: mib')))).toEqual([expect.stringMatching(/^content\/facts\/start\.yaml:6:9 {2}found "mib" as "unit"; expected one of s, ms, us, .*; do: write "MiB"$/)]);
  });

  test('whose id is taken points to the first', () => {
    expect(complaints({ 'content/facts/other.yaml': FIGURE })).toEqual(['content/facts/start.yaml:1:7  found the id "start.thing" a second time; expected an id that is used once; the first is in content/facts/other.yaml:1; do: rename one of the two']);
  });

  test('of a version is a text, because 3.10 is not 3.1', () => {
    const version = changed(changed(changed(FIGURE, 'unit: ms', 'unit: version'), '  low: 500\n  high: 8500\n', ''), 'value: 541', 'value: 3.10');
    expect(complaints(figures(version))).toEqual(['content/facts/start.yaml:3:10  found 3.1 as "value"; expected a text in quotes, because 3.10 is not 3.1; do: put it in quotes']);
    const range = changed(changed(FIGURE, 'unit: ms', 'unit: version'), 'value: 541\n  low: 500\n  high: 8500', "value: '3.10'\n  low: '3.9'\n  high: '4.0'");
    expect(complaints(figures(range))).toEqual([]);
    expect(complaints(figures(changed(range, "'3.9'", "'3.11'")))).toEqual([expect.stringContaining('found 3.11 ≤ 3.10 ≤ 4.0, which is not so')]);
  });

  test('in quotes is no number', () => {
    expect(complaints(figures(changed(FIGURE, 'value: 541', "value: '541'")))).toEqual(['content/facts/start.yaml:3:10  found "541" as "value"; expected a number, because the unit is ms; do: take the quotes away']);
  });

  test('with a mistake may still be referred to: one mistake, one line', () => {
    expect(complaints(figures(changed(FIGURE, 'seen: true', 'seen: maybe')))).toEqual(['content/facts/start.yaml:11:9  found "maybe" as "seen"; expected true when the source itself was read, else false; do: replace it']);
  });

  test('that is not in a list is told what belongs there', () => {
    expect(complaints(figures('start: 5\n'))).toContain('content/facts/start.yaml:1:1  found no "id"; expected an id such as start.docker.cadden; do: add "id"');
  });
});

describe('a source', () => {
  test('is called like its file', () => {
    expect(complaints({ ...source(changed(SOURCE, 'id: a-paper', 'id: b-paper')), ...figures(''), ...claim(changed(changed(CLAIM, 'sources: [a-paper]', 'sources: [b-paper]'), 'figures: [start.thing]\n', '')) }))
      .toEqual(['content/sources/a-paper.yaml:1:5  found the id "b-paper"; expected "a-paper", the name of the file; do: make the two the same']);
  });

  test.each([
    ['an address', 'url: https://example.org/paper', 'url: example.org', '5:6  found "example.org" as "url"; expected an address that starts with https://; do: replace it'],
    ['a kind', 'kind: paper', 'kind: papers', '6:7  found "papers" as "kind"; expected one of paper, data, documentation, source-code, blog, thread; do: write "paper"'],
    ['a day', 'kind: paper', 'kind: paper\nread: 2026-02-30', '7:7  found "2026-02-30" as "read"; expected a day as YYYY-MM-DD; do: replace it'],
  ])('has %s', (_, from, to, line) => {
    expect(complaints(source(changed(SOURCE, from, to)))).toContain(`content/sources/a-paper.yaml:${line}`);
  });
});

describe('a claim', () => {
  test.each([
    ['that cites an unknown source', changed(CLAIM, 'sources: [a-paper]', 'sources: [a-paper, a-pepper]'), '6:20  found the unknown source "a-pepper"; expected the id of a source; do: write "a-paper"'],
    ['that cites an unknown figure', changed(CLAIM, 'figures: [start.thing]', 'figures: [start.nothing]'), '7:11  found the unknown figure "start.nothing"; expected the id of a figure; do: write "start.thing"'],
    ['that cites nothing', changed(CLAIM, 'sources: [a-paper]', 'sources: []'), '6:10  found [] as "sources"; expected at least one source; do: replace it'],
    ['whose expectation names an unknown scenario', changed(CLAIM, 'call.vmExits', 'cal.vmExits'), '18:16  found the unknown scenario "cal"; expected one of containers, call; do: write "call"'],
    ['whose expectation compares twice', changed(CLAIM, 'call.vmExits, is: 0', 'call.vmExits, is: 0, below: 2'), '18:5  found {"measure":"call.vmExits","is":0,"below":2} in "expect"; expected exactly one of is, atMost, atLeast, below, above; do: replace it'],
    ['whose actions are neither a list nor the end', changed(CLAIM, 'actions: end', 'actions: all'), '15:14  found "all" as "actions"; expected a list of actions such as { type: step }, or the word end; do: replace it'],
  ])('%s', (_, text, line) => {
    expect(complaints(claim(text))).toEqual([`content/claims/things-are-fast.yaml:${line}`]);
  });

  test('with a scenario about which nothing is expected', () => {
    const text = changed(CLAIM, '  - { measure: call.vmExits, is: 0 }\n  - measure: call.kernelsInvolved\n    is: containers.kernels\n', '');
    expect(complaints(claim(text))).toEqual(['content/claims/things-are-fast.yaml:12:11  found the scenario "call", about which nothing is expected; expected an expectation for every scenario; do: add one under "expect", or remove the scenario']);
  });

  test('without a scenario says why no model can show it', () => {
    const bare = CLAIM.slice(0, CLAIM.indexOf('scenarios:'));
    expect(complaints(claim(bare))).toEqual([expect.stringContaining(':1:5  found a claim without scenarios')]);
    expect(complaints(claim(`${bare}evidenceOnly: It is about a license.\n`))).toEqual([]);
    expect(complaints(claim(`${CLAIM}evidenceOnly: It is about a license.\n`))).toEqual([expect.stringContaining('found scenarios and "evidenceOnly"; expected one of the two')]);
  });
});

describe('a file', () => {
  test('that is not YAML is reported with its line, and the others are still read', () => {
    const facts = loaded(source('id: a-paper\ntitle: "no end\n'));
    expect(facts.problems.map(({ file, line, found }) => `${file}:${line} ${found}`)).toEqual([
      expect.stringMatching(/^content\/sources\/a-paper\.yaml:[23] text that is not YAML$/),
    ]);
    expect(facts.figures.size).toBe(1);
  });

  test.each([
    ['id: a-paper\n\ttitle: A paper\n', 'content/sources/a-paper.yaml:2:1  found text that is not YAML; expected valid YAML; do: mend it: a tab indents this line; put two spaces in its place'],
    ['id: a-paper\ntitle: A paper: part two\n', 'content/sources/a-paper.yaml:2:8  found text that is not YAML; expected valid YAML; do: mend it: a text that holds a colon and a space needs quotes around it; a new key needs the indentation of its neighbors'],
  ])('with a common fault says what to type, once', (text, line) => {
    expect(complaints(source(text)).filter((each) => each.startsWith('content/sources/a-paper'))).toEqual([line]);
  });

  test('ends in .yaml', () => {
    expect(complaints({ 'content/facts/more.yml': '' })).toEqual(['content/facts/more.yml:1:1  found the ending .yml; expected the ending .yaml; do: rename the file']);
  });
});

describe('facts for pages', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('are read once', () => {
    const root = written();
    expect(facts(root)).toBe(facts(root));
  });

  test('are read again in development when a file has changed', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
    const root = written();
    const before = facts(root);
    const file = join(root, 'content/facts/start.yaml');
    writeFileSync(file, changed(FIGURE, 'value: 541', 'value: 600'));
    utimesSync(file, new Date(), new Date(Date.UTC(2030, 0, 1)));
    expect(facts(root)).toBe(before);
    vi.advanceTimersByTime(1000);
    expect(facts(root).figures.get('start.thing')?.value).toBe(600);
    vi.advanceTimersByTime(1000);
    expect(facts(root)).toBe(facts(root));
  });

  test('are refused with all mistakes in one message', () => {
    const root = written({ 'content/facts/start.yaml': changed(FIGURE, 'seen: true', 'seen: false'), 'content/sources/a-paper.yaml': changed(SOURCE, 'kind: paper', 'kind: book') });
    expect(() => facts(root)).toThrow(/^The facts do not fit:\ncontent\/facts\/start\.yaml:11:9 .*\ncontent\/sources\/a-paper\.yaml:6:7 .*$/);
  });
});
