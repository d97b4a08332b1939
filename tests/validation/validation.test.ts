/** The validation of `boot-race`: how well it repeats what was published, as it is now, and what the command says. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bootTables } from '../../src/boot/index.ts';
import { facts } from '../../src/facts/index.ts';
import { BOUND, compareAll, type Compared } from '../../src/validation/compare.ts';
import { experimentOf, predict } from '../../src/validation/experiment.ts';
import { fittedIds, fittedRows } from '../../src/validation/fitted.ts';
import type { Row } from '../../src/validation/rows.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const tables = bootTables(ROOT);
const row = (id: string, value: number, high?: number): Row => ({ id, value, unit: 'ms', low: undefined, high });
const ratios = (compared: readonly Compared[]) => compared.flatMap(({ p50, p99 }) => [p50, p99].flatMap((part) => (part ? [part.ratio] : [])));

describe('what the model was told', () => {
  const serial = [...facts(ROOT).figures.values()].flatMap(({ id, value, high }) => (/^start\.fc2020\..*boot-serial/.test(id) && typeof value === 'number' ? [row(id, value, Number(high))] : []));

  test('single boots come out as they went in: every median within 2 %, every 99th percentile within 15 %', () => {
    const { compared, skipped } = compareAll(serial, tables, new Set());
    expect(skipped).toEqual([]);
    expect(compared).toHaveLength(39);
    for (const { p50, p99 } of compared) {
      expect(Math.abs((p50?.ratio ?? 0) - 1)).toBeLessThan(0.02);
      expect(Math.abs((p99?.ratio ?? 0) - 1)).toBeLessThan(0.15);
    }
  });

  test('parallel runs that set the parameters are met within the bound, and as closely as now', () => {
    const { compared, outside } = compareAll(fittedRows(ROOT), tables, fittedIds(ROOT));
    const all = ratios(compared);
    expect(all).toHaveLength(60);
    expect(compared.every(({ role }) => role === 'fitted')).toBe(true);
    expect(outside).toBe(0);
    expect(Math.sqrt(all.reduce((sum, ratio) => sum + Math.log(ratio) ** 2, 0) / all.length)).toBeLessThan(RMS);
    expect(Math.max(...all.map((ratio) => Math.abs(ratio - 1)))).toBeLessThanOrEqual(BOUND);
  });
});

/** A tenth above what it is with the parameters of content/boot: 0.077. */
const RMS = 0.085;

describe('what the model says of runs that set nothing', () => {
  // Nothing may be fitted to them: these hold the predictions still, so that a change of the model is seen. Medians in ms.
  test.each([
    ['start.fc2020.rn.haswell.boot-parallel-100-chv.e2e'],
    ['start.fc2020.rn.haswell.boot-parallel-100-qemu.e2e'],
    ['start.fc2020.rn.nehalem.boot-parallel-10-fc-api.e2e'],
    ['start.fc2020.rn.nehalem.boot-parallel-50-chv.e2e'],
    ['start.fc2020.m5d.metal.boot-parallel-25-qemu.e2e'],
  ])('%s', (id) => {
    const experiment = experimentOf(id, tables);
    const found = typeof experiment === 'string' ? experiment : predict(experiment, tables);
    if (typeof found === 'string') throw new Error(found);
    expect({ p50: Math.round(found.p50Ms), p99: Math.round(found.p99Ms) }).toMatchSnapshot();
  });
});

describe('a row that is not predicted', () => {
  test.each([
    ['img.alpine.compressed', 'not a start'],
    ['start.fc2020.sparc.boot-serial-chv.e2e', 'nothing is known of the machine "sparc"'],
    ['start.fc2020.rn.haswell.boot-serial-bhyve.e2e', 'no single boot of "bhyve" on rn.haswell is known'],
    ['start.fc2020.rn.haswell.boot-parallel-10-chv.internal', '"chv" has no timer of its own'],
    ['start.fc2020.rn.haswell.boot-parallel-10-chv.warm', '"warm" is not an interval that the model has'],
    ['start.fc2020.rn.haswell.boot-parallel-5000-chv.e2e', '5000 at once is outside 1 to 1000'],
    ['start.uk2021.rump', 'the model takes this figure as given for "Rumprun on Solo5"'],
    ['start.lightvm.noop', 'no run of the model corresponds to it'],
    ['phase.console', 'a part of a start'],
  ])('%s says why', (id, reason) => {
    const { compared, skipped } = compareAll([row(id, 1)], tables, new Set());
    expect(compared).toEqual([]);
    expect(skipped[0]?.reason).toContain(reason);
  });
});

describe('a row', () => {
  const id = 'start.fc2020.rn.haswell.boot-parallel-20-chv.e2e';

  test('counts as unseen when it set no parameter', () => {
    expect(compareAll([row(id, 300)], tables, fittedIds(ROOT)).compared[0]).toMatchObject({ id, role: 'unseen' });
  });

  test('is compared at the median alone when it has no 99th percentile, in whatever unit of time', () => {
    const [inMs, inS] = compareAll([row(id, 300), { ...row(id, 0.3), unit: 's' }], tables, new Set()).compared;
    expect(inMs).not.toHaveProperty('p99');
    expect(inS?.p50?.ratio).toBeCloseTo(inMs?.p50?.ratio ?? NaN, 9);
  });

  test('is outside as soon as one of its two percentiles is', () => {
    const found = compareAll([row(id, 300)], tables, new Set()).compared[0]?.p50?.predicted ?? NaN;
    expect(compareAll([row(id, found / 1.24)], tables, new Set()).within).toBe(1);
    expect(compareAll([row(id, found / 1.26)], tables, new Set()).outside).toBe(1);
    expect(compareAll([row(id, found, 10 * found)], tables, new Set()).outside).toBe(1);
  });
});

describe('npm run validate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'validate-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'src/validation/cli.ts'), ...args], { cwd: folder, encoding: 'utf8' });
    return { status, stdout, stderr: stderr.replaceAll(folder, '…') };
  };
  const good = row('start.fc2020.rn.haswell.boot-serial-chv.e2e', 65.1, 66);

  test('prints published, predicted and ratio, the reason for what is left out, and the count last', () => {
    const { status, stdout } = run(file('good.json', [good, { id: 'mem.x', value: 1, unit: 'MiB' }]));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^within {3}start\.fc2020\.rn\.haswell\.boot-serial-chv\.e2e {2}p50 published 65\.1 ms, predicted 65\.\d ms, ratio 1\.00 {2}p99 published 66 ms, predicted 6[56]\.\d ms, ratio 1\.00 {2}\(input: a single boot that the model starts from\)\n/);
    expect(stdout).toContain('not predicted  mem.x: not a start\n');
    expect(stdout.endsWith('1 within 25 %, 0 outside\n')).toBe(true);
  });

  test('exits 1 when a row is outside', () => {
    const { status, stdout } = run(file('bad.json', [{ ...good, value: 20 }]));
    expect(status).toBe(1);
    expect(stdout).toContain('OUTSIDE  start.fc2020.rn.haswell');
    expect(stdout.endsWith('0 within 25 %, 1 outside\n')).toBe(true);
  });

  test('prints one JSON record with --json', () => {
    const report = JSON.parse(execFileSync(process.execPath, [join(ROOT, 'src/validation/cli.ts'), file('json.json', [good]), '--json'], { encoding: 'utf8' })) as unknown;
    expect(report).toMatchObject({ within: 1, outside: 0, skipped: [], compared: [{ id: good.id, role: 'input', unit: 'ms', within: true }] });
  });

  test.each<[string, readonly string[], string]>([
    ['no file', [], 'usage: npm run -s validate -- FILE.json [--json]\n'],
    ['an unknown option', ['--all', 'x.json'], 'unknown option --all\nusage: npm run -s validate -- FILE.json [--json]\n'],
    ['a file that is not there', ['none.json'], 'none.json cannot be read: ENOENT.\n'],
  ])('exits 2 with %s', (_, args, stderr) => {
    expect(run(...args)).toEqual({ status: 2, stdout: '', stderr });
  });

  test.each<[string, unknown, string]>([
    ['a record', {}, '…/file.json holds a record without it; expected a JSON array of figures.\n'],
    ['an entry without an id', [good, { value: 1 }], 'Entry 2 of …/file.json is a record without it; expected a figure with the text "id".\n'],
    ['null', 'null', '…/file.json holds null; expected a JSON array of figures.\n'],
  ])('exits 2 with a file that holds %s', (_, content, stderr) => {
    expect(run(file('file.json', content))).toEqual({ status: 2, stdout: '', stderr });
  });

  test('exits 2 when nothing in the file is a start', () => {
    const { status, stderr } = run(file('nothing.json', [{ id: 'mem.x', value: 1, unit: 'MiB' }]));
    expect({ status, stderr }).toEqual({ status: 2, stderr: '…/nothing.json holds no row that the model predicts.\n' });
  });

  test('does not drop a row whose value is no number', () => {
    const { stdout } = run(file('text.json', [good, { id: 'start.fc2020.rn.haswell.boot-serial-qemu.e2e', value: 'fast', unit: 'ms' }]));
    expect(stdout).toContain('not predicted  start.fc2020.rn.haswell.boot-serial-qemu.e2e: its value is no number above zero\n');
  });
});
