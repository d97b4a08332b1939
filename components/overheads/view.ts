/** Comparisons in rows, places and labels: drawing, description and table read the same state. It draws nothing. */
import type { Config, Group, Mark, Row, State } from '../../src/sim/overheads/types.ts';
import { nameOf, rangeInWords, shortOf, WORK_NAMES } from '../../src/sim/overheads/names.ts';
import type { Table } from '../kit/playground.ts';

/** What is shown as a table, a row a measurement, folded ones included. */
export function tableOf({ config, groups, measured }: State): Table {
  const subject = config.only !== '' ? measured[config.only]?.title ?? '' : config.view === 'by-work' ? WORK_NAMES[config.work] : nameOf(config.runner);
  return {
    caption: `${subject}: ${config.read} relative to a base`,
    head: ['What was done', 'In what', config.read === 'speed' ? 'Speed, base = 1' : 'Time, base = 1', 'Range', 'Base', 'Measured', 'Base measured', 'Year', 'Study', 'On what', 'Remarks'],
    rows: groups.flatMap(({ rows, spread }) => rows.flatMap((row) => row.marks.map((mark) => cellsOf(row, mark, measured, config, spread)))),
  };
}

function cellsOf(row: Row, { speed, text, name, secondHand }: Mark, measured: State['measured'], { read }: Config, spread: string | undefined): readonly string[] {
  const { title = '', year = 0, studyName = '', machine = '' } = measured[row.comparison] ?? {};
  const range = rangeInWords(speed, read);
  const remarks = [...(name === undefined ? [] : [`disputed: ${name}`]), ...(secondHand ? ['second-hand'] : []), ...row.notes];
  return [
    title, nameOf(row.runner), numberOf(speed.value, read), range === '' ? 'not published' : `${range}${spread === undefined ? '' : `, ${spread}`}`,
    nameOf(row.base), text, row.baseText, String(year), studyName, machine, remarks.join('. ') || 'none',
  ];
}

/** To three digits: `0.448`. */
function numberOf(speed: number, read: Config['read']): string {
  return (read === 'speed' ? speed : 1 / speed).toPrecision(3);
}

export type Axis = State['axis'];

/** The axis that holds all states: what lies side by side is compared by eye. */
export function sharedAxis(states: readonly State[]): Axis {
  return { low: Math.min(...states.map(({ axis }) => axis.low)), high: Math.max(...states.map(({ axis }) => axis.high)) };
}

/** Where a speed lies on a logarithmic axis, in percent of its length. */
export function placeOf(speed: number, { low, high }: Axis): number {
  const place = (100 * Math.log(speed / low)) / Math.log(high / low);
  return Math.round(10 * Math.min(100, Math.max(0, place))) / 10;
}

const ROUND = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200];
/** With more decades than this, only tens are marked. */
const MANY = 30;

/** Round places on the axis with their labels. */
export function ticksOf(axis: Axis, read: Config['read']): readonly { readonly at: number; readonly isBase: boolean; readonly label: string }[] {
  const wide = axis.high / axis.low > MANY;
  const marked = ROUND.filter((speed) => speed >= axis.low && speed <= axis.high && (!wide || Math.abs(Math.log10(speed) % 1) < 1e-9));
  return marked.map((speed) => ({ at: placeOf(speed, axis), isBase: speed === 1, label: shortOf(speed, read) }));
}

/** A row’s value as it stands beside its name: `45%`, `45% or 83%`, `at least 95%`. */
export function valueOf({ marks, isBase, words, unranked }: Row): string {
  if (isBase) return `base, ${marks[0]?.short ?? ''}`;
  const limit = /^at (?:least|most) /.exec(words)?.[0] ?? '';
  const value = marks.map(({ short }) => short).join(' or ');
  return `${limit}${value}${unranked ? ', unranked' : ''}`;
}

/** A group for those who do not see it. */
export function describeGroup({ sub, rows }: Group, { read }: Config): string {
  return `${sub}. ${rows.map(({ label, sub: against, isBase, words, marks, unranked }) => `${label}${against === undefined ? '' : ` (${against})`}: ${isBase ? 'base' : words}${unranked ? ', does not rank' : ''}${rangesOf(marks, read)}`).join('; ')}.`;
}

function rangesOf(marks: readonly Mark[], read: Config['read']): string {
  const ranges = marks.map(({ speed }) => rangeInWords(speed, read)).filter((text) => text !== '');
  return ranges.length === 0 ? '' : `, range ${ranges.join(' and ')}`;
}

/** Studies of a group with what they measured on, each once. */
export function studiesOf({ rows }: Group, measured: State['measured']): readonly State['measured'][string][] {
  const found = rows.flatMap(({ comparison }) => measured[comparison] ?? []);
  return found.filter(({ study, machine }, i) => found.findIndex((other) => other.study === study && other.machine === machine) === i);
}
