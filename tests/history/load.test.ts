/** What an author reads when a machine or a change does not fit: file, line, what was found, what was expected, what to do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/facts/problem.ts';
import { loadHistory } from '../../src/history/index.ts';

const MACHINE = `id: linux
title: PC with Linux
noun: a Linux PC
systems:
  - { from: 2013-10, says: Ubuntu 13.10, host: { os: linux, arch: amd64, kernel: '3.11' } }
usual:
  - { from: 2013-10, mechanism: native, sources: [manual] }
sources: [manual]
`;
const CHANGE = `- id: first
  month: 2013-03
  machines: [linux]
  title: Docker is shown
  text: It runs.
  sources: [manual]
`;
const GOOD = { 'content/machines/linux.yaml': MACHINE, 'content/history/2013.yaml': CHANGE, 'content/history/reviewed.yaml': 'id: reviewed\nmonth: 2014-01\n' };

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true })));

function load(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'history-'));
  roots.push(root);
  for (const [name, text] of Object.entries({ ...GOOD, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    if (text !== '') writeFileSync(join(root, name), text);
  }
  return loadHistory(root, new Set(['native']), new Set(['manual']));
}

const mistakes = (files: Readonly<Record<string, string>>) => load(files).problems.map(formatProblem);

describe('machines and changes', () => {
  test('are read as the model wants them', () => {
    const { history, problems } = load({});
    expect(problems).toEqual([]);
    expect(history).toMatchObject({ reviewed: '2014-01', machines: [{ id: 'linux', systems: [{ from: '2013-10' }] }], changes: [{ id: 'first', broke: false }] });
  });

  test('of a root without any are none', () => {
    expect(loadHistory('/nowhere', new Set(), new Set())).toMatchObject({ problems: [], history: { machines: [], changes: [] } });
  });

  test('come in the order of their months', () => {
    const { history } = load({ 'content/history/2013.yaml': CHANGE.replace('first', 'later').replace('2013-03', '2013-11') + CHANGE });
    expect(history.changes.map(({ id }) => id)).toEqual(['first', 'later']);
  });
});

describe('traces', () => {
  const TRACE = "- id: name\n  written: docker.local\n  machine: linux\n  year: 2016\n  text: It was here.\n  sources: [manual]\n";

  test('are read beside the changes, which they are not', () => {
    const { history, problems } = load({ 'content/history/traces.yaml': TRACE });
    expect(problems).toEqual([]);
    expect(history.traces.map(({ written }) => written)).toEqual(['docker.local']);
    expect(history.changes).toHaveLength(1);
  });

  test('with a source, a year or a name that does not fit are told', () => {
    expect(mistakes({ 'content/history/traces.yaml': TRACE.replace('manual', 'nowhere') })).toEqual([expect.stringContaining('traces.yaml:6')]);
    expect(mistakes({ 'content/history/traces.yaml': TRACE.replace('2016', '1999') })).toEqual([expect.stringContaining('a year from 2013 on')]);
    expect(mistakes({ 'content/history/traces.yaml': TRACE.replace('id: name', 'id: Name-1') })).toEqual([expect.stringContaining('small letters')]);
  });
});

describe('an author is told', () => {
  test('of a machine, a source and a mechanism that there are not', () => {
    expect(mistakes({
      'content/machines/linux.yaml': MACHINE.replace('mechanism: native', 'mechanism: natif'),
      'content/history/2013.yaml': CHANGE.replace('[linux]', '[linus]') + CHANGE.replace('first', 'second').replace('[manual]', '[manuel]'),
    })).toEqual([
      'content/history/2013.yaml:3:14  found "linus" in "machines"; expected one of mac-intel, mac-apple, windows-home, windows-pro, windows-7, windows-server, linux; do: write "linux"',
      'content/history/2013.yaml:12:13  found the source "manuel"; expected the id of a source; do: write "manual"',
      'content/machines/linux.yaml:7:33  found the mechanism "natif"; expected the id of a mechanism; do: write "native"',
    ]);
  });

  test('of a month that is none, lies in another file, or in the future', () => {
    expect(mistakes({ 'content/history/2013.yaml': CHANGE.replace('2013-03', 'March 2013') })[0]).toContain('expected a month as YYYY-MM');
    expect(mistakes({ 'content/history/2013.yaml': CHANGE.replace('2013-03', '2012-03') })).toEqual([
      'content/history/2013.yaml:2:10  found the month 2012-03; expected a month of 2013, the name of the file; do: move the change to content/history/2012.yaml',
    ]);
    expect(mistakes({ 'content/history/2014.yaml': CHANGE.replace('first', 'late').replace('2013-03', '2014-06') })).toEqual([
      'content/history/2014.yaml:2:10  found the month 2014-06; expected a month up to 2014-01, to which content/history/reviewed.yaml says that sources were read; do: correct the month, or content/history/reviewed.yaml',
    ]);
  });

  test('of a file without the reviewed month', () => {
    expect(mistakes({ 'content/history/reviewed.yaml': '' })).toEqual([
      'content/history/reviewed.yaml:1:1  found no such file; expected the month up to which sources were read; do: write the two lines "id: reviewed" and "month: 2026-11"',
    ]);
  });

  test('of lists that run backward, ids that occur twice, unknown keys and facts', () => {
    const backward = MACHINE.replace('usual:', "  - { from: 2012-01, says: Older, host: { os: linux } }\nusual:");
    expect(mistakes({ 'content/machines/linux.yaml': backward })).toEqual([
      'content/machines/linux.yaml:6:13  found "from" 2012-01 after 2013-10; expected entries in the order of their months; do: move it up',
    ]);
    expect(mistakes({ 'content/history/2013.yaml': CHANGE + CHANGE })[0]).toContain('the id "first" a second time');
    expect(mistakes({ 'content/history/2013.yaml': CHANGE.replace('title:', 'titel:') }).join('\n')).toContain('rename it to "title"');
    expect(mistakes({ 'content/machines/linux.yaml': MACHINE.replace('kernel:', 'kernal:') })[0]).toContain('rename it to "kernel"');
    expect(mistakes({ 'content/machines/linux.yaml': MACHINE.replace('noun: a Linux PC', 'noun: Linux PC') })[0]).toContain('with its article');
  });
});
