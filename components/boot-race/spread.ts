/** How times are spread and how they grow, in rows, labels and curves: what plots and their tables read. It draws nothing. */
import type { Line, Panel } from '../../src/sim/race/sweep.ts';
import type { LaneView, State } from '../../src/sim/race/types.ts';
import type { Table } from '../kit/playground.ts';
import { count, tableOf, timeText } from './view.ts';

/** Steps in which a curve is read off: whole shares of any number of instances. */
export const STEPS = 20;

/** A curve's value at a step: the state keeps twice as many. */
const atStep = (curve: readonly number[], step: number) => curve[(step * (curve.length - 1)) / STEPS] as number;

/** What a reader of the plot hears and sees at a step of the curves, for instance halfway. */
export function readOff(lanes: readonly LaneView[], step: number): string {
  const drawn = lanes.flatMap(({ title, spread, ready, total }) => (spread ? [`${title} ${timeText(atStep(spread.curveUs, step))}${ready < total ? ` (of the ${count(ready)} ready)` : ''}`] : []));
  return `${(step * 100) / STEPS} % within: ${drawn.join('; ')}`;
}

/** The curves of the distribution plots as a table. Nothing before somebody is ready. */
export function curvesOf({ lanes }: State): readonly Table[] {
  const drawn = lanes.flatMap(({ title, clock, spread }) => (spread ? [{ title, clock, curve: spread.curveUs }] : []));
  if (drawn.length === 0) return [];
  const rows = Array.from({ length: STEPS + 1 }, (_, i) => [`${(i * 100) / STEPS} %`, ...drawn.map(({ curve }) => timeText(atStep(curve, i)))]);
  return [{ caption: 'How many of those that are ready took how long at most', head: ['Share', ...drawn.map(({ title }) => title)], rows: [['clock', ...drawn.map(({ clock }) => clock)], ...rows] }];
}

/** Lanes that share a clock share a plot, and nobody else does. */
export function plotsOf(lanes: readonly LaneView[]): readonly (readonly Drawn[])[] {
  const drawn = lanes.flatMap((lane, index) => (lane.spread ? [{ ...lane, index, spread: lane.spread }] : []));
  return [...new Set(drawn.map(({ interval }) => interval))].map((clock) => drawn.filter(({ interval }) => interval === clock));
}
export interface Drawn extends LaneView {
  readonly index: number;
  readonly spread: NonNullable<LaneView['spread']>;
}

/** A curve of the plot in a box of 1000 by 1000: time to the right, share upward. */
export function curvePath(curve: readonly number[], span: number): string {
  return curve.map((us, i) => `${i === 0 ? 'M' : 'L'}${Math.round((1000 * us) / span)} ${Math.round(1000 - (1000 * i) / (curve.length - 1))}`).join('');
}

/** The sweep as tables, one a clock. */
export function sweepTables(panels: readonly Panel[], machine: string): readonly Table[] {
  return panels.map(({ clock, lines }) => ({
    caption: `Number at once on ${machine}, median and 99 % within; the clock runs ${clock}`,
    head: ['At once', ...lines.flatMap(({ title }) => [`${title}: median`, `${title}: 99 %`])],
    rows: (lines[0]?.points ?? []).map(({ count: many }, i) => [count(many), ...lines.flatMap(({ points }) => {
      const { p50Us, p99Us, refusedShare } = points[i] as Line['points'][number];
      return [`${p50Us === undefined ? 'none ready' : timeText(p50Us)}${refusedShare > 0 ? `, ${refusedShare} % refused` : ''}`, p99Us === undefined ? 'none ready' : timeText(p99Us)];
    })]),
  }));
}

/** Where a value lies between two others, 0 to 1, when equal steps are equal factors. */
export function placeOf(value: number, low: number, high: number): number {
  return high <= low ? 0 : Math.log(value / low) / Math.log(high / low);
}

/** Round values whose steps are factors of two to two and a half, from below `low` to above `high`; at most seven of them. */
export function decadesOf(low: number, high: number): readonly number[] {
  const all = Array.from({ length: 36 }, (_, i) => ([1, 2, 5][i % 3] as number) * 10 ** Math.floor(i / 3));
  const from = Math.max(0, all.findLastIndex((us) => us <= low));
  const to = all.findIndex((us) => us >= high);
  const within = all.slice(from, Math.max(to, from + 1) + 1);
  return within.length <= 7 ? within : within.filter((us, i) => i === 0 || i === within.length - 1 || String(us).startsWith('1'));
}

/** The medians of races side by side, a row a lane that they share by its clock; what only one of them has stands alone. */
export function bothOf(states: readonly State[]): Table {
  const key = ({ technology, interval }: LaneView) => `${technology} ${interval}`;
  const lanes = states.flatMap((state) => state.lanes.filter(({ gap }) => gap === undefined));
  const rows = lanes.filter((lane, i) => lanes.findIndex((other) => key(other) === key(lane)) === i).map((lane) => {
    const medians = states.map((state) => state.lanes.find((other) => key(other) === key(lane))?.spread?.p50Us);
    const [first, second] = medians;
    return [lane.title, ...medians.map((us) => (us === undefined ? '–' : timeText(us))), first === undefined || second === undefined ? '–' : ratioText(second / first)];
  });
  const where = states.map(({ machine, cores }, i) => `${i + 1}: ${machine}, ${cores} cores.`).join(' ');
  return { caption: `Medians, each lane by the same clock. ${where}`, head: ['Lane', ...states.map(({ cores }, i) => `${i + 1}: ${cores} cores`), '2 against 1'], rows };
}

/** Below this ratio nobody would call one slower. */
const EQUAL = 1.05;

function ratioText(ratio: number): string {
  if (ratio < EQUAL && ratio > 1 / EQUAL) return 'nearly 1×';
  return `${ratio < 10 ? ratio.toPrecision(2) : count(Math.round(ratio))}×`;
}

/** The columns of the table that fit on paper. */
export function shortTableOf(state: State): Table {
  const { caption, head, rows } = tableOf(state);
  const columns = [0, 5, 1, 2, 7];
  return { caption, head: columns.map((i) => head[i] as string), rows: rows.map((row) => columns.map((i) => row[i] as string)) };
}
