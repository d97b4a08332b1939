/** A race in rows, labels and curves: lanes, plots and tables read the same state. It draws nothing. */
import { BINS, FRAMES, type Filling, type LaneView, type State } from '../../src/sim/race/types.ts';
import type { Table } from '../kit/playground.ts';

/** A time as people say it, to three digits. */
export function timeText(us: number): string {
  if (us >= 1e6) return `${short(us / 1e6)} s`;
  return us >= 1000 ? `${short(us / 1000)} ms` : `${us} µs`;
}

const short = (value: number) => (value >= 100 ? count(Math.round(value)) : value.toFixed(value >= 10 ? 1 : 2).replace(/\.?0+$/, ''));

/** `10,000` */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function memoryText(mib: number): string {
  return mib >= 1024 ? `${short(mib / 1024)} GiB` : `${short(mib)} MiB`;
}

/** Words and layer of what fills an instance's time. What nobody took apart, or what is no part of a start, has no layer. */
export const FILLINGS: Readonly<Record<Filling, readonly [label: string, layer: string]>> = {
  queue: ['waits its turn', ''],
  launch: ['launcher: outside the clock', ''],
  script: ['script', ''],
  pull: ['pull', 'hardware'],
  read: ['read from disk', 'hardware'],
  swap: ['swap', 'hardware'],
  unpack: ['unpack', 'userland'],
  engine: ['engine', 'userland'],
  network: ['network namespace', 'kernel'],
  runtime: ['runtime', 'userland'],
  vmm: ['VMM', 'hypervisor'],
  firmware: ['firmware', 'firmware'],
  loader: ['decompressing the kernel', 'kernel'],
  kernel: ['guest kernel', 'kernel'],
  init: ['init', 'userland'],
  services: ['services', 'userland'],
  application: ['application', 'application'],
  whole: ['the whole start, not taken apart', ''],
};

const NOT_YET = 'not yet';
const NONE = 'no evidence';

/** The race as a table, a row a lane. */
export function tableOf({ lanes, machine, cores, nowUs, config }: State): Table {
  const when = config.frame === 0 ? 'before the start' : `after ${timeText(nowUs)}${config.frame === FRAMES ? ', at the end' : ''}`;
  return {
    caption: `${machine}, ${cores} cores, ${when}`,
    head: ['Lane', 'Its clock runs', 'Ready', 'Refused', 'Fastest', 'Median', '90 of 100 within', '99 of 100 within', 'Slowest', 'Memory', 'Evidence'],
    rows: lanes.map(rowOf),
  };
}

function rowOf({ title, clock, gap, ready, total, refused, spread, memoryMib, eachMib, notes }: LaneView): readonly string[] {
  if (gap !== undefined) return [title, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, gap];
  const times = spread ? [spread.minUs, spread.p50Us, spread.p90Us, spread.p99Us, spread.maxUs].map(timeText) : Array.from({ length: 5 }, () => NOT_YET);
  const memory = eachMib === undefined ? 'no figure' : memoryText(memoryMib.at(-1) ?? 0);
  return [title, clock, `${count(ready)} of ${count(total)}`, count(refused), ...times, memory, notes.join(' ') || 'measured on this machine'];
}

/** The curves of the distribution plots as a table. Nothing before somebody is ready. */
export function curvesOf({ lanes }: State): readonly Table[] {
  const drawn = lanes.flatMap(({ title, clock, spread }) => (spread ? [{ title, clock, curve: spread.curveUs }] : []));
  if (drawn.length === 0) return [];
  const rows = Array.from({ length: 21 }, (_, i) => [`${i * 5} of 100 within`, ...drawn.map(({ curve }) => timeText(curve[i * 2] as number))]);
  return [{ caption: 'Distributions of those that are ready', head: ['Share', ...drawn.map(({ title }) => title)], rows: [['the clock runs', ...drawn.map(({ clock }) => clock)], ...rows] }];
}

/** A lane as it is drawn: `slices` is how many of its strips' slices its axis holds. */
export interface Shown extends LaneView {
  readonly slices: number;
}

/** The lanes of each race, on axes that all races share where the clock is the same: what lies side by side is compared by eye. */
export function onSharedAxes(states: readonly State[]): readonly (readonly Shown[])[] {
  const all = states.flatMap(({ lanes }) => lanes);
  return states.map(({ lanes }) => lanes.map((lane) => {
    const peers = all.filter(({ interval }) => interval === lane.interval);
    const axisUs = Math.max(...peers.map((peer) => peer.axisUs));
    return { ...lane, axisUs, plotUs: Math.max(...peers.map(({ plotUs }) => plotUs)), slices: (BINS * axisUs) / (lane.axisUs || axisUs || 1) };
  }));
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

/** Round values along an axis that ends at `span`: at most five. */
export function ticksOf(span: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => span / each <= 5) as number;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
}

/** A curve of the plot in a box of 1000 by 1000: time to the right, share upward. */
export function curvePath(curve: readonly number[], span: number): string {
  return curve.map((us, i) => `${i === 0 ? 'M' : 'L'}${Math.round((1000 * us) / span)} ${Math.round(1000 - (1000 * i) / (curve.length - 1))}`).join('');
}

/** A strip's filled area in a box of `slices` by 1000. */
export function areaPath(values: readonly number[], most: number): string {
  if (values.length === 0) return '';
  const steps = values.map((value, i) => `V${Math.round(1000 - (1000 * value) / Math.max(most, 1e-9))}H${i + 1}`).join('');
  return `M0 1000${steps}V1000Z`;
}

/** What a reader of the plot hears and sees at a place of the curves, for instance halfway. */
export function readOff(lanes: readonly LaneView[], place: number): string {
  const drawn = lanes.flatMap(({ title, spread }) => (spread ? [`${title} ${timeText(spread.curveUs[place] as number)}`] : []));
  return `${place * 2.5} of 100 are ready within: ${drawn.join('; ')}`;
}
