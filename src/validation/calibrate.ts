/**
 * `node src/validation/calibrate.ts [--leave-out]`: fits the contention of `boot-race` to the parallel runs of content/facts and
 * prints the numbers for content/boot. With --leave-out it also fits again without each run, each load and each host, writes
 * those parameters to src/validation/left-out.json, from which the page /validation predicts what was left out, and prints the
 * scores: what the model’s claims rest on. That takes about a quarter of an hour.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bootTables } from '../boot/index.ts';
import { compareAll, type Compared } from './compare.ts';
import { fit, fitWithout, GROUPINGS, predictLeftOut, tablesWith } from './fit.ts';
import { fittedRows } from './fitted.ts';
import { FACTOR, markOf, scoreOf } from './left-out.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function main(options: readonly string[]): void {
  const tables = bootTables(ROOT);
  const rows = fittedRows(ROOT);
  const knobs = fit(tables, rows);
  print('all runs', compareAll(rows, tablesWith(tables, knobs), new Set(rows.map(({ id }) => id))).compared);
  process.stdout.write(`${JSON.stringify(knobs)}\n`);
  if (!options.includes('--leave-out')) return;
  const knobsWithout = Object.fromEntries(GROUPINGS.map((by) => [by, fitWithout(tables, rows, by)] as const));
  writeFileSync(fileURLToPath(new URL('left-out.json', import.meta.url)), `${JSON.stringify({ of: markOf(tables, rows), knobs: knobsWithout }, null, 1)}\n`);
  for (const by of GROUPINGS) print(`left out by ${by}`, predictLeftOut(tables, rows, by, knobsWithout[by] ?? {}));
}

function print(title: string, compared: readonly Compared[]): void {
  const { rms, outside, ratios } = scoreOf(compared);
  const lines = compared.map(({ id, p50, p99 }) => `  ${id}  p50 ${p50?.ratio.toFixed(2) ?? '-'}  p99 ${p99?.ratio.toFixed(2) ?? '-'}`);
  process.stdout.write(`${[`${title}: root mean square of the logarithms ${rms.toFixed(3)}, ${outside} of ${ratios} ratios off by more than a factor of ${FACTOR}`, ...lines].join('\n')}\n`);
}

main(process.argv.slice(2));
