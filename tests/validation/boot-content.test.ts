/** content/boot: what its files may say, and how a mistake in them is answered. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { loadBoot } from '../../src/boot/index.ts';
import { facts } from '../../src/facts/index.ts';
import { formatProblem } from '../../src/facts/problem.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

/** What the loader says when one text of a file is another. */
function mistakes(file: string, from: string, to: string): readonly string[] {
  const root = mkdtempSync(join(tmpdir(), 'boot-'));
  folders.push(root);
  cpSync(join(ROOT, 'content/boot'), join(root, 'content/boot'), { recursive: true });
  const path = join(root, 'content/boot', file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replace(from, to));
  return loadBoot(root, facts(ROOT).figures).problems.map(formatProblem);
}

/** Without the place, which moves when the file grows. */
const told = (lines: readonly string[]) => lines.map((line) => line.replace(/:\d+:\d+ {2}/, ': '));

describe('content/boot', () => {
  test('holds no mistake', () => {
    expect(loadBoot(ROOT, facts(ROOT).figures).problems).toEqual([]);
  });

  test('names sources that exist', () => {
    const { sources } = facts(ROOT);
    const { tables } = loadBoot(ROOT, facts(ROOT).figures);
    const named = Object.values(tables?.technologies ?? {}).flatMap((technology) => technology.sources);
    expect([...new Set(named)].filter((id) => !sources.has(id))).toEqual([]);
  });
});

describe('intervals do not mix', () => {
  const CHV = 'series: chv-bz, interval: vmm-to-init, less: { series: chv, interval: vmm-to-init }';

  test('in a difference of two series', () => {
    expect(told(mistakes('technologies.yaml', CHV, 'series: fc-api, interval: instance-to-init, less: { series: chv, interval: vmm-to-init }')).join('\n')).toContain('"vmm-to-init" taken from "instance-to-init"; expected two series over one interval, or a part that lies within the whole; do: take a series over the same interval');
  });

  test('in the phases that a clock covers', () => {
    expect(told(mistakes('technologies.yaml', 'clocks: { vmm-to-init: [vmm, kernel], instance-to-init: [kernel] }', 'clocks: { vmm-to-init: [vmm, kernel], instance-to-init: [vmm, kernel] }'))).toEqual([
      'content/boot/technologies.yaml: found phases that do not add up to "fc-api" over "instance-to-init"; expected the phases that this interval covers, and no other; do: correct the phases; durations over two intervals do not mix',
    ]);
  });

  test('in a name that is none', () => {
    expect(told(mistakes('technologies.yaml', 'clocks: { request-to-running: [engine, runtime] }', 'clocks: { request-to-run: [engine, runtime] }')).join('\n')).toContain('request-to-run');
  });
});

describe('a mistake', () => {
  test.each([
    ['technologies.yaml', 'like: fc-api', 'like: fc-app', 'found the unknown technology "fc-app"; expected the id of a technology; do: write "fc-api"'],
    ['technologies.yaml', 'figure: start.uk2021.rump', 'figure: start.uk2021.ramp', 'found the unknown figure "start.uk2021.ramp"; expected the id of a figure; do: write "start.uk2021.rump"'],
    ['technologies.yaml', 'on: gvisor2020', 'on: gvisor2021', 'found the unknown machine "gvisor2021"; expected the id of a machine; do: write "gvisor2020"'],
    ['technologies.yaml', 'processes: {', 'process: {', 'found the unknown key "process"'],
    ['technologies.yaml', 'kind: gvisor', 'kind: gviser', 'found "gviser" as "kind"; expected one of container, gvisor, microvm, vm, unikernel; do: write "gvisor"'],
    ['technologies.yaml', 'series: qemu-uvm,', 'series: qemu-uvn,', 'found the series "qemu-uvn" over "vmm-to-init", which no run has; expected a series and an interval of runs.yaml; do: correct one of them'],
    ['technologies.yaml', '  gap: No measurement of crun was found whose raw data or method could be read.\n', '', 'found "crun" with neither phases nor a gap; expected phases, or a gap that says why there are none; do: keep one of the two'],
    ['technologies.yaml', '[loader, whole]', '[firmware, whole]', 'found the phase "firmware" in "vmm-to-init"; expected phases of this technology: loader, whole; do: correct the phase'],
    ['technologies.yaml', 'less: { series: qboot, interval: vmm-to-init }', 'less: { series: qemu-uvm, interval: vmm-to-init }', 'found a difference below zero; expected a series and a shorter part of it; do: exchange the two, or take another part'],
    ['machines.yaml', 'cores: 4', 'cores: four', 'found "four" as "cores"; expected a number of cores; do: replace it'],
    ['runs.yaml', 'us: [114451, ', 'us: [', 'found 25 times; expected 26, one for each level; do: write one time for each level'],
    ['runs.yaml', 'us: [114451, 1145', 'us: [114451, 1045', 'expected times that do not fall from level to level; do: put them in order'],
    ['contention.yaml', 'noise:', 'nose:', 'found the unknown key "nose"'],
  ])('in %s is answered: %s → %s', (file, from, to, answer) => {
    const said = mistakes(file, from, to);
    expect(said.join('\n')).toContain(answer);
    expect(said[0]).toMatch(new RegExp(`^content/boot/${file}:\\d+:\\d+ `));
  });

  test('in every file is reported at once, and a missing file is one', () => {
    const root = mkdtempSync(join(tmpdir(), 'boot-'));
    folders.push(root);
    expect(loadBoot(root, new Map()).problems.map(({ file }) => file)).toEqual(['contention', 'machines', 'runs', 'technologies'].map((name) => `content/boot/${name}.yaml`));
  });
});
