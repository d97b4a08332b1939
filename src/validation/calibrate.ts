/**
 * `node src/validation/calibrate.ts [--leave-out run|load|host]`: fits the contention of `boot-race` to the parallel runs of
 * content/facts and prints the numbers for content/boot. With --leave-out it fits again without each run (or without each host
 * and number at once, or each host), predicts what was left out, and prints those ratios: what the model’s claims rest on.
 */
import { fileURLToPath } from 'node:url';
import { bootTables } from '../boot/index.ts';
import type { Technology, Tables, Use } from '../sim/boot-race/index.ts';
import { BOUND, compareAll, type Compared } from './compare.ts';
import { fittedRows } from './fitted.ts';
import type { Row } from './rows.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The parameters. Launch, lock and script in µs, the rest in 1/1000. */
type Knobs = Readonly<Record<string, number>>;

/** Passes over all parameters. More change no ratio by a percent. */
const ROUNDS = 10;
const MOST: Readonly<Record<string, number>> = { 'work.chv': 1000, 'work.fc.vmm': 1000, 'work.fc.kernel': 1000, 'work.qemu': 1000, 'kernelLock': 1000, 'awake': 1000 };
const START: Knobs = { 'launch.chv': 2000, 'launch.fc': 2000, 'launch.qemu': 2000, 'work.chv': 650, 'work.fc.vmm': 650, 'work.fc.kernel': 650, 'work.qemu': 650, 'lock': 1000, 'kernelLock': 150, 'noise': 100, 'script': 4000, 'awake': 850 };
const FAMILIES: Readonly<Record<string, string>> = { 'chv': 'chv', 'fc-api': 'fc', 'fc-file': 'fc', 'qemu': 'qemu' };

/** The tables with these parameters in place of those of content/boot. */
function tablesWith(tables: Tables, knobs: Knobs): Tables {
  const at = (name: string) => knobs[name] as number;
  const technologies = Object.entries(FAMILIES).map(([id, family]) => {
    const technology = tables.technologies[id] as Technology;
    const phases = technology.phases.map((use): Use => (family === 'fc'
      ? { ...use, workPermille: at(`work.fc.${use.phase}`), lockPermille: use.phase === 'kernel' ? at('kernelLock') : 1000 }
      : { ...use, workPermille: at(`work.${family}`) }));
    return [id, { ...technology, phases, launchUs: at(`launch.${family}`) }] as const;
  });
  const m5d = tables.machines['m5d.metal'] as Tables['machines'][string];
  return {
    ...tables,
    technologies: { ...tables.technologies, ...Object.fromEntries(technologies) },
    machines: { ...tables.machines, 'm5d.metal': { ...m5d, awakePermille: at('awake') } },
    contention: { lockUs: at('lock'), noisePermille: at('noise'), scriptUs: at('script') },
  };
}

const log2 = (value: number) => Math.log(value) ** 2;
const spread = (values: readonly number[]) => {
  const logs = values.map(Math.log);
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  return logs.reduce((sum, each) => sum + (each - mean) ** 2, 0);
};

/** How far off: fourth powers of the logarithms of the ratios, because each ratio has to keep the bound. */
function loss(tables: Tables, rows: readonly Row[], knobs: Knobs): number {
  const ratios = ratiosOf(compareAll(rows, tablesWith(tables, knobs), new Set()).compared);
  // VMMs differ less than few runs make them seem: without this pull a fit without one run goes astray on that run.
  const pull = 4e-4 * spread(['launch.chv', 'launch.fc', 'launch.qemu'].map((name) => knobs[name] as number)) + 1e-4 * spread(['work.chv', 'work.fc.vmm', 'work.fc.kernel', 'work.qemu'].map((name) => knobs[name] as number));
  return ratios.reduce((sum, ratio) => sum + log2(ratio) ** 2, 0) / ratios.length + pull;
}

function ratiosOf(compared: readonly Compared[]): readonly number[] {
  return compared.flatMap(({ p50, p99 }) => [p50, p99].flatMap((part) => (part ? [part.ratio] : [])));
}

/** Changes one parameter at a time while that helps, in ever smaller steps. */
function fit(tables: Tables, rows: readonly Row[], from: Knobs, rounds: number, firstStep: number): Knobs {
  let [best, knobs, step] = [loss(tables, rows, from), from, firstStep];
  for (let round = 0; round < rounds; round += 1) {
    const before = best;
    for (const name of Object.keys(knobs)) {
      for (const factor of [1 + step, 1 / (1 + step)]) {
        const tried = { ...knobs, [name]: Math.min(MOST[name] ?? Infinity, Math.round((knobs[name] as number) * factor)) };
        const found = loss(tables, rows, tried);
        if (found >= best) continue;
        [best, knobs] = [found, tried];
        break;
      }
    }
    if (best === before) step /= 2;
  }
  return knobs;
}

const GROUPS: Readonly<Record<string, RegExp>> = {
  run: /^start\.fc2020\.(.+)\.[a-z0-9]+$/,
  load: /^start\.fc2020\.(.+-\d+)-[a-z]/,
  host: /^start\.fc2020\.([a-z0-9]+\.[a-z0-9]+)\./,
};

function main([option, by = 'run']: readonly string[]): void {
  const tables = bootTables(ROOT);
  const rows = fittedRows(ROOT);
  const knobs = fit(tables, rows, START, ROUNDS, 0.2);
  print('all runs', compareAll(rows, tablesWith(tables, knobs), new Set(rows.map(({ id }) => id))).compared);
  process.stdout.write(`${JSON.stringify(knobs)}\n`);
  if (option !== '--leave-out') return;
  const groupOf = (id: string) => (GROUPS[by] as RegExp).exec(id)?.[1];
  const left = [...new Set(rows.map(({ id }) => groupOf(id)))].flatMap((group) => {
    // From the same start as the fit to all runs: a fit that began from its result would know what was left out.
    const again = fit(tables, rows.filter(({ id }) => groupOf(id) !== group), START, ROUNDS, 0.2);
    const { compared } = compareAll(rows.filter(({ id }) => groupOf(id) === group), tablesWith(tables, again), new Set());
    print(`without ${group}`, compared);
    return compared;
  });
  print('all that was left out', left, false);
}

function print(title: string, compared: readonly Compared[], each = true): void {
  const ratios = ratiosOf(compared);
  const outside = ratios.filter((ratio) => Math.abs(ratio - 1) > BOUND).length;
  const rms = Math.sqrt(ratios.reduce((sum, ratio) => sum + log2(ratio), 0) / ratios.length);
  const lines = each ? compared.map(({ id, p50, p99 }) => `  ${id}  p50 ${p50?.ratio.toFixed(2) ?? '-'}  p99 ${p99?.ratio.toFixed(2) ?? '-'}`) : [];
  process.stdout.write(`${[`${title}: root mean square of the logarithms ${rms.toFixed(3)}, ${outside} of ${ratios.length} ratios outside 25 %`, ...lines].join('\n')}\n`);
}

main(process.argv.slice(2));
