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

/** What no phase accounts for: beside phases of the same start it is the rest of it, alone the whole. */
const ASIDE: readonly Filling[] = ['queue', 'launch', 'script', 'read', 'swap', 'whole'];
export function wordsFor(filling: Filling, beside: readonly Filling[]): string {
  return filling === 'whole' && beside.some((each) => !ASIDE.includes(each)) ? 'the rest, not taken apart' : FILLINGS[filling][0];
}

/** What fills the bars of these lanes, each once, with its words. */
export function legendOf(lanes: readonly Pick<LaneView, 'fillings'>[]): readonly (readonly [filling: Filling, words: string])[] {
  const met = [...new Set(lanes.flatMap(({ fillings }) => fillings))];
  return met.map((filling) => {
    const words = new Set(lanes.filter(({ fillings }) => fillings.includes(filling)).map(({ fillings }) => wordsFor(filling, fillings)));
    return [filling, words.size > 1 ? 'not taken apart' : [...words].join('')];
  });
}

const NOT_YET = 'not yet';
const NONE = 'no evidence';

/** How a filling looks: its layer, and what tells it from others of that layer. */
export const look = (filling: Filling) => `${FILLINGS[filling][1] === '' ? '' : `layer ${FILLINGS[filling][1]} `}br-${filling}`;

/** The race as a table, a row a lane; what is asked for most comes first. */
export function tableOf({ lanes, machine, cores, nowUs, config }: State): Table {
  const when = config.frame === 0 ? 'before the start' : `after ${timeText(nowUs)}${config.frame === FRAMES ? ', at the end' : ''}`;
  return {
    caption: `${machine}, ${cores} cores, ${when}`,
    head: ['Lane', 'Median', '99 % within', 'Ready', 'Refused', 'Fastest', '90 % within', 'Slowest', 'Memory', 'Its clock runs', 'Evidence'],
    rows: lanes.map(rowOf),
  };
}

function rowOf(lane: LaneView): readonly string[] {
  const { title, clock, gap, ready, total, refused, spread, memoryMib, eachMib, notes } = lane;
  if (gap !== undefined) return [title, ...Array.from({ length: 9 }, () => NONE), gap];
  const [median, p99, fastest, p90, slowest] = spread ? [spread.p50Us, spread.p99Us, spread.minUs, spread.p90Us, spread.maxUs].map(timeText) : Array.from({ length: 5 }, () => NOT_YET);
  const memory = eachMib === undefined ? 'no figure' : memoryText(memoryMib.at(-1) ?? 0);
  return [title, median ?? '', p99 ?? '', `${count(ready)} of ${count(total)}`, count(refused), fastest ?? '', p90 ?? '', slowest ?? '', memory, clock, [evidenceOf(lane), ...notes].join(' ').trim()];
}

/** Where a lane was measured, if here; its notes say what else is known of that. */
export function evidenceOf({ measuredOn, here }: LaneView): string {
  return here ? `Single starts were measured on ${measuredOn}.` : '';
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

/** Round values along an axis that ends at `span`: at most five. */
export function ticksOf(span: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => span / each <= 5) as number;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
}

/** A strip's filled area in a box of `slices` by 1000. */
export function areaPath(values: readonly number[], most: number): string {
  if (values.length === 0) return '';
  const steps = values.map((value, i) => `V${Math.round(1000 - (1000 * value) / Math.max(most, 1e-9))}H${i + 1}`).join('');
  return `M0 1000${steps}V1000Z`;
}
