/** Everything that the page /validation shows, worked out from content/boot, content/facts and the fits without some runs. It draws nothing. */
import { bootTables } from '../boot/index.ts';
import { facts } from '../facts/index.ts';
import { INTERVALS, percentile, type Tables } from '../sim/boot-race/index.ts';
import { compareAll, isWithin, part, type Compared } from './compare.ts';
import { durationsOf, experimentOf, type Experiment } from './experiment.ts';
import { predictLeftOut, type Grouping } from './fit.ts';
import { fittedIds, fittedRows, heldOutRows } from './fitted.ts';
import { leftOut, markOf, scoreOf, type Score } from './left-out.ts';
import { heldOutRuns, parallelRuns } from './parallel.ts';
import type { Row } from './rows.ts';

/** A parallel run: both distributions at the same levels, in ms. */
export interface Drawn {
  readonly id: string;
  readonly machine: string;
  readonly atOnce: number;
  readonly title: string;
  /** What the clock of this run starts and stops at. */
  readonly clock: string;
  readonly boots: number;
  readonly published: readonly number[];
  readonly predicted: readonly number[];
  readonly compared: Compared;
}

/** A run that set parameters, and the same from a fit that had not seen it. */
export interface Fitted extends Drawn {
  readonly unseen: Compared;
}

/** A run that set none, and what the model said of it at first contact. */
export interface HeldOut extends Drawn {
  readonly first: Compared;
}

export interface ValidationReport {
  /** In 1/1000. */
  readonly levels: readonly number[];
  readonly parallel: readonly Fitted[];
  readonly heldOut: readonly HeldOut[];
  /** How far off those were at first contact, and are now. */
  readonly contact: { readonly first: Score; readonly now: Score };
  /** Single boots: what the model starts from. */
  readonly inputs: readonly Compared[];
  readonly inSample: Score;
  readonly without: Readonly<Record<Grouping, Score>>;
  /** How many parameters were fitted. */
  readonly parameters: number;
  /** The fits without some runs belong to the data as they are now. */
  readonly current: boolean;
}

export function validationReport(root: string = process.cwd()): ValidationReport {
  const tables = bootTables(root);
  const rows = fittedRows(root);
  const fitted = compareAll(rows, tables, fittedIds(root)).compared;
  const groups = { run: unseenBy('run'), load: unseenBy('load'), host: unseenBy('host') };
  function unseenBy(by: Grouping): readonly Compared[] {
    return predictLeftOut(tables, rows, by, leftOut.knobs[by]);
  }
  const { levels, runs } = parallelRuns(root);
  const find = (list: readonly Compared[], id: string) => {
    const found = list.find((each) => each.id === id);
    if (!found) throw new Error(`content/boot has the run "${id}", which content/facts has not: add the figure, or correct the id.`);
    return found;
  };
  const unseen = compareAll(heldOutRows(root), tables, fittedIds(root)).compared;
  const heldOut = heldOutRuns(root).runs.map(({ id, boots, us, first }) => ({ ...drawn(id, levels, tables), boots, published: inMs(us), compared: find(unseen, id), first: asFirst(find(unseen, id), inMs(first)) }));
  const parallel = runs.map(({ id, boots, us }) => ({ ...drawn(id, levels, tables), boots, published: inMs(us), compared: find(fitted, id), unseen: find(groups.run, id) }));
  return {
    levels, parallel, heldOut,
    contact: { first: scoreOf(heldOut.map(({ first }) => first)), now: scoreOf(unseen) },
    inputs: compareAll(serialRows(root), tables, new Set()).compared,
    inSample: scoreOf(fitted),
    without: { run: scoreOf(groups.run), load: scoreOf(groups.load), host: scoreOf(groups.host) },
    parameters: Object.keys(Object.values(leftOut.knobs.run)[0] ?? {}).length,
    current: leftOut.of === markOf(tables, rows),
  };
}

const inMs = (us: readonly number[]) => us.map((each) => each / 1000);

/** The comparison with another prediction in place of today’s. */
function asFirst({ id, role, p50, p99 }: Compared, [median = NaN, slow = NaN]: readonly number[]): Compared {
  const parts = { ...(p50 ? { p50: part(p50.published, median) } : {}), ...(p99 ? { p99: part(p99.published, slow) } : {}) };
  return { id, role, unit: 'ms', ...parts, within: isWithin(parts) };
}

function drawn(id: string, levels: readonly number[], tables: Tables): Pick<Drawn, 'id' | 'machine' | 'atOnce' | 'title' | 'clock' | 'predicted'> {
  const experiment = experimentOf(id, tables);
  if (typeof experiment === 'string') throw new Error(`content/boot has the run "${id}", which the model does not predict: ${experiment}.`);
  const { machine, technology, interval, atOnce }: Experiment = experiment;
  const durations = durationsOf(experiment, tables);
  return {
    id, machine, atOnce,
    title: tables.technologies[technology]?.title ?? technology,
    clock: INTERVALS[interval],
    predicted: levels.map((level) => (percentile(durations, level) as number) / 1000),
  };
}

/** Single boots with their figures. */
function serialRows(root: string): readonly Row[] {
  return [...facts(root).figures.values()].flatMap(({ id, value, high, unit }) => (/^start\.fc2020\..*boot-serial/.test(id) && typeof value === 'number' ? [{ id, value, unit, low: undefined, high: typeof high === 'number' ? high : undefined }] : []));
}
