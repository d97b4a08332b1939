/** The matrix of machines and images: every cell is answered, as a specialist would. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { toCsv } from '../../components/kit/download.ts';
import { compat, matrixAxes, matrixCsv } from '../../src/compat/index.ts';
import { loadAxes } from '../../src/compat/matrix.ts';
import { formatProblem } from '../../src/facts/problem.ts';
import { CELL_VERDICTS, matrixLines, matrixOf, matrixYears, planOf, readSituation, situationOf, writeSituation, type Cell, type Matrix } from '../../src/sim/compat/index.ts';

const knowledge = compat();
const axes = matrixAxes();
const today = matrixOf(knowledge, axes);

function cellIn({ cells }: Matrix, host: string, image: string): Cell {
  const cell = cells.find((one) => one.host === host && one.image === image);
  if (!cell) throw new Error(`There is no cell for ${host} and ${image}.`);
  return cell;
}

describe('at present', () => {
  test('every host and every image gets a cell, row by row', () => {
    expect(today.later).toEqual([]);
    expect(today.cells.map(({ host, image }) => [host, image])).toEqual(axes.hosts.flatMap((host) => axes.images.map((image) => [host.id, image.id])));
  });

  test('every cell says why, and a “no” on which layer', () => {
    expect(today.cells.filter(({ why }) => !/^[A-Z].*[.!?]$/.test(why)).map(({ why }) => why)).toEqual([]);
    expect(today.cells.filter(({ verdict, layer, mechanisms }) => (verdict === 'no') !== (layer !== undefined) || (verdict === 'no') !== (mechanisms.length === 0))).toEqual([]);
  });

  test('no verdict is there for nothing', () => {
    expect(new Set(today.cells.map(({ verdict }) => verdict))).toEqual(new Set(Object.keys(CELL_VERDICTS)));
  });

  test('a cell agrees with the plan of its situation, which fits in a link', () => {
    for (const { verdict, situation } of today.cells) {
      expect(planOf(situation, knowledge).runs).toBe(!['by-hand', 'no'].includes(verdict));
      expect(readSituation(writeSituation(situation))).toEqual(situation);
    }
  });

  // What vendors state: learn.microsoft.com on versions of Windows containers, docs.docker.com on Docker Desktop, Apple's license.
  test.each<[host: string, image: string, verdict: Cell['verdict'], mechanism: string | null]>([
    ['windows-11-home', 'linux-amd64', 'vm', 'Docker Desktop with WSL 2'],
    ['windows-11-home', 'linux-arm64', 'emulated', 'Docker Desktop with WSL 2'],
    ['windows-11-home', 'ltsc2022', 'by-hand', 'A Windows virtual machine of your own'],
    ['windows-11-pro', 'ltsc2019', 'vm', 'A Windows container with Hyper-V isolation'],
    ['windows-11-pro', 'ltsc2025', 'runs', 'A Windows container with process isolation'],
    ['windows-11-arm', 'linux-amd64', 'emulated', 'QEMU for single programs, through binfmt_misc'],
    ['windows-11-arm', 'ltsc2022', 'by-hand', 'An emulated x86-64 Windows virtual machine of your own'],
    ['windows-10-pro-1809', 'ltsc2019', 'runs', 'A Windows container with process isolation'],
    ['server-2022', 'ltsc2022', 'runs', 'A Windows container with process isolation'],
    ['server-2022', 'ltsc2019', 'vm', 'A Windows container with Hyper-V isolation'],
    ['server-2022', 'ltsc2025', 'by-hand', 'A Windows virtual machine of your own'],
    ['server-2025', 'ltsc2022', 'runs', 'A Windows container with process isolation'],
    ['server-2022', 'linux-amd64', 'by-hand', 'An engine of your own in WSL 2'],
    ['mac-26-apple', 'linux-amd64', 'emulated', 'Rosetta in a Linux virtual machine'],
    ['mac-26-apple', 'linux-arm64', 'vm', null],
    ['mac-26-apple', 'linux-arm', 'emulated', 'QEMU for single programs, through binfmt_misc'],
    ['mac-26-apple', 'ltsc2022', 'by-hand', 'An emulated x86-64 Windows virtual machine of your own'],
    ['mac-12-intel', 'linux-amd64', 'by-hand', 'A Linux virtual machine of your own'],
    ['mac-26-apple', 'vm-amd64', 'emulated', 'A whole machine emulated by QEMU (TCG)'],
    ['mac-26-apple', 'vm-macos', 'vm', 'A virtual machine in hardware'],
    ['ubuntu', 'linux-amd64', 'runs', 'A container on the kernel that runs'],
    ['ubuntu', 'linux-arm64', 'by-hand', 'QEMU for single programs, registered by yourself'],
    ['ubuntu-arm', 'linux-arm', 'runs', 'A container on the kernel that runs'],
    ['ubuntu-binfmt', 'linux-arm64', 'emulated', 'QEMU for single programs, through binfmt_misc'],
    ['ubuntu', 'ltsc2022', 'by-hand', 'A Windows virtual machine of your own'],
    ['ubuntu', 'vm-macos', 'no', null],
    ['cloud', 'ltsc2022', 'no', null],
    ['cloud', 'vm-amd64', 'emulated', 'A whole machine emulated by QEMU (TCG)'],
    ['freebsd', 'linux-amd64', 'runs', "FreeBSD's Linux compatibility"],
  ])('%s × %s: %s', (host, image, verdict, mechanism) => {
    const cell = cellIn(today, host, image);
    expect(cell.verdict).toBe(verdict);
    if (mechanism !== null) expect(cell.mechanisms).toContain(mechanism);
  });

  test.each([
    ['cloud', 'ltsc2022', 'kernel-family'],
    ['centos-7', 'linux-arm64', 'cpu-architecture'],
    ['ubuntu', 'vm-macos', 'other'],
  ])('%s × %s fails on the layer %s', (host, image, layer) => {
    expect(cellIn(today, host, image).layer).toBe(layer);
  });

  test('on an old Mac no present product is left, only what nobody maintains', () => {
    const { mechanisms, also, why } = cellIn(today, 'mac-10-11', 'linux-amd64');
    expect([...mechanisms, ...also].toSorted()).toEqual(['Docker Toolbox', 'boot2docker']);
    expect(why).toContain('Nobody maintains it any more.');
  });

  test('what the answer hangs on is said: whether a 64-bit Arm processor has AArch32', () => {
    expect(cellIn(today, 'ubuntu-arm', 'linux-arm').why).toMatch(/On one condition: .*AArch32/);
    expect(cellIn(today, 'ubuntu-arm', 'linux-arm64').why).not.toContain('On one condition');
  });

  test('what costs the same is named, too', () => {
    const { mechanisms, also } = cellIn(today, 'mac-26-apple', 'linux-arm64');
    expect([...mechanisms, ...also]).toEqual(expect.arrayContaining(["Docker Desktop with Apple's Virtualization framework", 'Colima', 'OrbStack']));
  });
});

describe('in other years', () => {
  test.each([
    ['2014-12', 'windows-7', 'boot2docker'],
    ['2016-12', 'windows-7', 'Docker Toolbox'],
    ['2016-12', 'windows-10-home-1607', 'Docker Toolbox'],
    ['2016-12', 'mac-10-11', 'Docker Desktop with HyperKit'],
    ['2019-06', 'windows-10-pro-1809', 'Docker Desktop with Hyper-V'],
    ['2022-12', 'windows-10-home-22h2', 'Docker Desktop with WSL 2'],
  ])('in %s a Linux image ran on %s with %s', (date, host, mechanism) => {
    expect(cellIn(matrixOf(knowledge, axes, date), host, 'linux-amd64')).toMatchObject({ verdict: 'vm', mechanisms: [mechanism] });
  });

  test('what was not out yet is left out, and named', () => {
    const matrix = matrixOf(knowledge, axes, '2020-12');
    const known = [...matrix.rows, ...matrix.columns].map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(['windows-7', 'mac-10-11', 'ltsc2019']));
    expect(known.filter((id) => ['windows-11-home', 'mac-26-apple', 'ubuntu', 'server-2022', 'ltsc2022'].includes(id))).toEqual([]);
    expect(matrix.later).toContain('Windows 11 Home 25H2');
    expect(matrix.cells.length).toBe(matrix.rows.length * matrix.columns.length);
  });

  test('before Docker nothing carries an image', () => {
    const matrix = matrixOf(knowledge, { hosts: [{ id: 'any', title: 'Any', host: { os: 'linux', arch: 'amd64' } }], images: axes.images.slice(0, 1) }, '2012-01');
    expect(matrix.cells[0]).toMatchObject({ verdict: 'no', why: 'A container on the kernel that runs came in 2013-03.' });
  });

  test('the years begin with the first engine and go on without a gap', () => {
    const years = matrixYears(knowledge);
    expect(years[0]).toBe(2013);
    expect(years).toEqual(years.map((_, i) => 2013 + i));
  });
});

test('with a tool, only that tool counts', () => {
  const matrix = matrixOf(knowledge, axes, undefined, 'docker-toolbox');
  expect(cellIn(matrix, 'windows-7', 'linux-amd64')).toMatchObject({ verdict: 'vm', mechanisms: ['Docker Toolbox'], also: [] });
  expect(cellIn(matrix, 'mac-26-apple', 'linux-arm64')).toMatchObject({ verdict: 'no', layer: 'cpu-architecture', why: expect.stringMatching(/^Nearest is Docker Toolbox: /) as string });
});

test('the file holds what the matrix says, a line a cell', () => {
  const quoted = (text: string) => text.split('\r\n').map((line) => line.replaceAll('"', '')).join('\n');
  expect(matrixCsv().split('\r\n').length).toBe(today.cells.length + 2);
  expect(quoted(matrixCsv())).toBe(quoted(toCsv({ caption: '', ...matrixLines(today) })));
});

describe('an author of content/compat-rules/matrix.yaml', () => {
  const roots: string[] = [];
  afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true, force: true })));

  const FILE = `hosts:
  - { id: one, title: One, host: { os: linux, arch: amd64 } }
  - { id: two, title: Two, from: 2020-01, host: { os: windows, version: '11', hyperv: true } }
images:
  - { id: image, title: Image, workload: { os: linux, arch: [amd64, arm64] } }
`;

  function problemsOf(text: string): readonly string[] {
    const root = mkdtempSync(join(tmpdir(), 'axes-'));
    roots.push(root);
    mkdirSync(join(root, 'content/compat-rules'), { recursive: true });
    writeFileSync(join(root, 'content/compat-rules/matrix.yaml'), text);
    return loadAxes(root).problems.map(formatProblem);
  }

  test('hears nothing when all is well', () => {
    expect(problemsOf(FILE)).toEqual([]);
  });

  test.each([
    ['an unknown fact', FILE.replace('version:', 'versoin:'), 'content/compat-rules/matrix.yaml:3:73  found "11" as "versoin"; expected a fact of a host; is "version" meant?; do: replace it'],
    ['a value of another kind', FILE.replace('hyperv: true', "hyperv: 'on'"), `content/compat-rules/matrix.yaml:3:87  found "on" as "hyperv"; expected true or false; do: replace it`],
    ['an id that is taken', FILE.replace('id: two', 'id: one'), 'content/compat-rules/matrix.yaml:3:11  found the id "one" a second time; expected an id of its own; do: rename it'],
    ['a title that is missing', FILE.replace('title: Image, ', ''), 'content/compat-rules/matrix.yaml:5:5  found no "title"; expected a title of a few words; do: add "title"'],
    ['a list that is missing', FILE.replace(/images:[\s\S]*/, ''), 'content/compat-rules/matrix.yaml:1:1  found no list "images"; expected a list of images; do: add "images:"'],
    ['a list that is none of the two', `${FILE}tools: []\n`, 'content/compat-rules/matrix.yaml:6:1  found the unknown key "tools"; expected only these keys: hosts, images; do: remove it'],
    ['text that is not YAML', 'hosts: [', /^content\/compat-rules\/matrix\.yaml:\d+:\d+ {2}found text that is not YAML; expected valid YAML; do: mend it: /],
  ])('hears of %s', (_, text, message) => {
    expect(problemsOf(text)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  test('asks about machines and images that a link can hold', () => {
    for (const { host } of axes.hosts) expect(Object.keys(situationOf({ host }, knowledge).host).toSorted()).toEqual(Object.keys(host).toSorted());
  });
});
