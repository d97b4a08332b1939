/**
 * Fits the contention of `boot-race` to the parallel runs of content/facts. It knows the parameters and how far off a set of
 * them is; it refuses to know what is done with the result.
 */
import type { Technology, Tables, Use } from '../sim/boot-race/index.ts';
import { compareAll, type Compared } from './compare.ts';
import { predict, type Experiment, type Prediction } from './experiment.ts';
import type { Row } from './rows.ts';

/** The parameters. Launch, lock and script (a process of it) in µs, the rest in 1/1000. */
export type Knobs = Readonly<Record<string, number>>;

/** Passes over all parameters. More change no ratio by a percent. */
const ROUNDS = 40;
const FIRST_STEP = 0.2;
const MOST: Readonly<Record<string, number>> = { 'work.chv': 1000, 'work.fc.vmm': 1000, 'work.fc.kernel': 1000, 'work.qemu': 1000, 'kernelLock': 1000, 'awake': 1000 };
const START: Knobs = { 'launch': 2000, 'work.chv': 650, 'work.fc.vmm': 650, 'work.fc.kernel': 650, 'work.qemu': 650, 'lock': 1000, 'kernelLock': 150, 'noise': 100, 'script': 1000, 'awake': 850 };
const FAMILIES: Readonly<Record<string, string>> = { 'chv': 'chv', 'fc-api': 'fc', 'fc-file': 'fc', 'qboot': 'qemu' };

/** The tables with these parameters in place of those of content/boot. */
export function tablesWith(tables: Tables, knobs: Knobs): Tables {
  const at = (name: string) => knobs[name] as number;
  const technologies = Object.entries(FAMILIES).map(([id, family]) => {
    const technology = tables.technologies[id] as Technology;
    const phases = technology.phases.map((use): Use => (family === 'fc'
      ? { ...use, workPermille: at(`work.fc.${use.phase}`), lockPermille: use.phase === 'kernel' ? at('kernelLock') : 1000 }
      : { ...use, workPermille: at(`work.${family}`) }));
    return [id, { ...technology, phases }] as const;
  });
  const m5d = tables.machines['m5d.metal'] as Tables['machines'][string];
  return {
    ...tables,
    technologies: { ...tables.technologies, ...Object.fromEntries(technologies) },
    machines: { ...tables.machines, 'm5d.metal': { ...m5d, awakePermille: at('awake') } },
    contention: { lockUs: at('lock'), noisePermille: at('noise'), launchUs: at('launch'), scriptUs: at('script') },
  };
}

const log2 = (value: number) => Math.log(value) ** 2;
const spread = (values: readonly number[]) => {
  const logs = values.map(Math.log);
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  return logs.reduce((sum, each) => sum + (each - mean) ** 2, 0);
};

const predictions = new Map<string, Prediction | string>();

/** A prediction that was made before is not made again: most parameters concern some runs only, and fits without a run begin alike. */
function remembered(experiment: Experiment, tables: Tables): Prediction | string {
  const { machine, technology } = experiment;
  const key = JSON.stringify([experiment, tables.machines[machine], tables.technologies[technology]?.phases, tables.contention]);
  const found = predictions.get(key) ?? predict(experiment, tables);
  predictions.set(key, found);
  return found;
}

/** How far off: fourth powers of the logarithms of the ratios, because each ratio has to keep the bound. */
function loss(tables: Tables, rows: readonly Row[], knobs: Knobs): number {
  const ratios = ratiosOf(compareAll(rows, tablesWith(tables, knobs), new Set(), remembered).compared);
  // VMMs differ less than few runs make them seem: without this pull a fit without one run goes astray on that run.
  const pull = 1e-4 * spread(['work.chv', 'work.fc.vmm', 'work.fc.kernel', 'work.qemu'].map((name) => knobs[name] as number));
  return ratios.reduce((sum, ratio) => sum + log2(ratio) ** 2, 0) / ratios.length + pull;
}

export function ratiosOf(compared: readonly Compared[]): readonly number[] {
  return compared.flatMap(({ p50, p99 }) => [p50, p99].flatMap((part) => (part ? [part.ratio] : [])));
}

/** The parameters that suit these rows: changes one at a time while that helps, in ever smaller steps. Takes about half a minute. */
export function fit(tables: Tables, rows: readonly Row[]): Knobs {
  let [best, knobs, step] = [loss(tables, rows, START), START, FIRST_STEP];
  for (let round = 0; round < ROUNDS; round += 1) {
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

const GROUPS = {
  run: /^start\.fc2020\.(.+)\.[a-z0-9]+$/,
  load: /^start\.fc2020\.(.+-\d+)-[a-z]/,
  host: /^start\.fc2020\.([a-z0-9]+\.[a-z0-9]+)\./,
} as const;
/** What is left out together: one VMM at one number at once on one host, all VMMs of that, or a host. */
export type Grouping = keyof typeof GROUPS;
export const GROUPINGS = Object.keys(GROUPS) as readonly Grouping[];

/** The group that a row belongs to. */
export function groupOf(id: string, by: Grouping): string {
  return GROUPS[by].exec(id)?.[1] ?? id;
}

/** For each group, the parameters of a fit without it. From the same start as the fit to all runs: a fit that began from its result would know what was left out. */
export function fitWithout(tables: Tables, rows: readonly Row[], by: Grouping): Readonly<Record<string, Knobs>> {
  const groups = [...new Set(rows.map(({ id }) => groupOf(id, by)))];
  return Object.fromEntries(groups.map((group) => [group, fit(tables, rows.filter(({ id }) => groupOf(id, by) !== group))]));
}

/** Each row as a fit without its group predicts it. */
export function predictLeftOut(tables: Tables, rows: readonly Row[], by: Grouping, knobs: Readonly<Record<string, Knobs>>): readonly Compared[] {
  return Object.entries(knobs).flatMap(([group, each]) => compareAll(rows.filter(({ id }) => groupOf(id, by) === group), tablesWith(tables, each), new Set()).compared);
}
