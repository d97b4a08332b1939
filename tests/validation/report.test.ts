/** What the page /validation says: distributions that belong to the figures, and scores from fits that belong to the data. */
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bootTables } from '../../src/boot/index.ts';
import { facts } from '../../src/facts/index.ts';
import { tablesWith } from '../../src/validation/fit.ts';
import { fittedRows } from '../../src/validation/fitted.ts';
import { FACTOR, factorOf, leftOut } from '../../src/validation/left-out.ts';
import { validationReport } from '../../src/validation/report.ts';
import { loadsOf, offText } from '../../src/validation/words.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const report = validationReport(ROOT);

describe('the report', () => {
  test('rests on fits that were made with the data as they are: else run "node src/validation/calibrate.ts --leave-out"', () => {
    expect(report.current).toBe(true);
  });

  test('holds every parallel figure, with a published distribution that agrees with it', () => {
    expect(report.parallel).toHaveLength(30);
    for (const { id, published } of report.parallel) {
      const { value, high } = facts(ROOT).figures.get(id) ?? {};
      expect(Math.abs((published[report.levels.indexOf(500)] as number) - Number(value))).toBeLessThan(0.6);
      expect(Math.abs((published[report.levels.indexOf(990)] as number) - Number(high))).toBeLessThan(0.6);
    }
  });

  test('draws distributions that rise', () => {
    const rises = (values: readonly number[]) => values.every((value, i) => i === 0 || value >= (values[i - 1] as number));
    expect(report.parallel.filter(({ published, predicted }) => !rises(published) || !rises(predicted) || published.length !== report.levels.length)).toEqual([]);
  });

  test('scores worse on what a fit had not seen than on what it had', () => {
    expect(report.inSample).toMatchObject({ outside: 0, ratios: 60 });
    for (const score of Object.values(report.without)) {
      expect(score.ratios).toBe(60);
      expect(score.rms).toBeGreaterThan(report.inSample.rms);
    }
  });

  test('holds what set nothing apart: 16 runs, none of them among the fitted, each with its first prediction', () => {
    const { heldOut, contact } = report;
    expect(new Set(heldOut.map(({ id }) => id.replace(/\.[a-z0-9]+$/, ''))).size).toBe(16);
    expect(heldOut.every(({ compared }) => compared.role === 'unseen')).toBe(true);
    expect(fittedRows(ROOT).filter(({ id }) => id.includes('rn.nehalem') || id.includes('haswell.boot-parallel-100'))).toEqual([]);
    for (const { id, published } of heldOut) expect(Math.abs((published[report.levels.indexOf(500)] as number) - Number(facts(ROOT).figures.get(id)?.value))).toBeLessThan(0.6);
    expect(contact.first).toMatchObject({ outside: 24, ratios: 48 });
    expect(contact.now.rms).toBeLessThan(contact.first.rms);
  });

  test('counts what is off by a factor alike in both directions', () => {
    expect([0.79, 0.81, 1.24, 1.26].map((ratio) => factorOf(ratio) > FACTOR)).toEqual([true, false, false, true]);
    expect(report.heldOut.flatMap(({ first: { p50, p99 } }) => [p50, p99]).filter((part) => part && factorOf(part.ratio) > FACTOR)).toHaveLength(24);
  });

  test('is said in words that name the direction', () => {
    expect([0.9, 1.004, 1.12].map((ratio) => offText({ ratio }))).toEqual(['1.11 times too fast', 'as published', '1.12 times too slow']);
    expect(loadsOf(report.heldOut).map(({ machine, atOnce }) => `${machine} ${atOnce}`)).toEqual(['rn.haswell 100', 'rn.nehalem 10', 'rn.nehalem 50', 'rn.nehalem 100']);
  });

  test('has a fit for every run that was left out, and none of them is the fit to all', () => {
    const tables = bootTables(ROOT);
    expect(Object.keys(leftOut.knobs.run)).toHaveLength(20);
    expect(Object.keys(leftOut.knobs.host)).toEqual(['m5d.metal', 'rn.haswell']);
    const differs = Object.values(leftOut.knobs.load).map((knobs) => JSON.stringify(tablesWith(tables, knobs).contention) !== JSON.stringify(tables.contention));
    expect(differs).toContain(true);
  });
});
