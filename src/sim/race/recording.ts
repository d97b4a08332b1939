/** A whole run of one lane, kept so that any instant of it can be shown at once. It knows when things happened, not how they look. */
import { advance, begin, deskOf, nextAt, type World } from '../boot-race/engine.ts';
import { UNIT } from '../boot-race/machine.ts';
import { bootRaceIn } from '../boot-race/model.ts';
import type { Plan } from '../boot-race/plan.ts';
import type { Config as BootConfig, Tables, Track } from '../boot-race/types.ts';
import type { Arrangement, Choice } from './types.ts';

/** Lists that begin with `…At` hold times in µs, ascending. */
export interface Recording {
  readonly endUs: number;
  readonly durations: readonly number[];
  readonly readyAt: readonly number[];
  readonly refusedAt: readonly number[];
  readonly swappedAt: readonly number[];
  readonly begunAt: readonly number[];
  readonly tracks: readonly Track[];
  /** After each event: what cores have done so far in core-µs, and memory that is taken. */
  readonly eventAt: readonly number[];
  readonly doneUs: readonly number[];
  readonly memoryKib: readonly number[];
  readonly mostWorking: number;
  /** For how many the lane's clock ran at the same moment, at most. */
  readonly together: number;
  /** Where somebody had to queue, with the longest queue. */
  readonly queues: Readonly<Record<string, number>>;
}

/** A lane of a race as `boot-race` plays it: alone on its machine. */
export function bootConfig({ machine, count, atOnce, afterReady, whenFull, image }: Arrangement, { technology, interval }: Choice): BootConfig {
  return { machine, lanes: [{ technology, interval, count, ...(atOnce === 0 ? {} : { atOnce }) }], axis: 'own', afterReady, whenFull, image };
}

/** Plays a lane, which has the machine to itself, to its end. */
export function record(tables: Tables, config: BootConfig, plan: Plan, seed: number): Recording {
  const world: World = { tables, plans: [plan] };
  const desk = deskOf(bootRaceIn(tables).init(config, seed));
  const kept = { durations: [] as readonly number[], readyAt: [] as number[], refusedAt: [] as number[], swappedAt: [] as number[], begunAt: [] as number[], eventAt: [] as number[], doneUs: [] as number[], memoryKib: [] as number[] };
  const queues: Record<string, number> = {};
  let mostWorking = 0;
  const note = () => {
    const [lane] = desk.lanes;
    if (!lane) return;
    fill(kept.readyAt, lane.durations.length, desk.nowUs);
    fill(kept.refusedAt, lane.refused, desk.nowUs);
    fill(kept.swappedAt, lane.swapped, desk.nowUs);
    fill(kept.begunAt, lane.begun, desk.nowUs);
    kept.eventAt.push(desk.nowUs);
    kept.doneUs.push(desk.busy / UNIT);
    kept.memoryKib.push(desk.memoryKib);
    mostWorking = Math.max(mostWorking, desk.working.length);
    for (const [name, { queue, head }] of Object.entries(desk.sections)) if (queue.length > head) queues[name] = Math.max(queues[name] ?? 0, queue.length - head);
  };
  begin(world, desk, 0);
  note();
  while (nextAt(world, desk) !== undefined) {
    advance(world, desk, Infinity, 1);
    note();
  }
  const [lane] = desk.lanes;
  return { ...kept, durations: lane?.durations ?? [], tracks: lane?.tracks ?? [], endUs: Math.max(1, desk.nowUs), mostWorking, together: mostTogether(kept.readyAt, lane?.durations ?? []), queues };
}

/** How many durations, each with its end, overlap at most; one that begins when another ends does not overlap it. */
function mostTogether(ends: readonly number[], durations: readonly number[]): number {
  const begins = ends.map((end, i) => end - (durations[i] as number)).sort((a, b) => a - b);
  return begins.reduce((most, begin, i) => Math.max(most, i + 1 - countUpTo(ends, begin)), 0);
}

/** Makes a list of times as long as something was counted by now. */
function fill(times: number[], counted: number, now: number): void {
  while (times.length < counted) times.push(now);
}

/** How many of some ascending times are not after `at`. */
export function countUpTo(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Work that the cores have done by an instant, in core-µs. */
export function doneBy({ eventAt, doneUs }: Recording, at: number): number {
  const next = countUpTo(eventAt, at);
  const [from, to] = [eventAt[next - 1], eventAt[next]];
  const [before, after] = [doneUs[next - 1] ?? 0, doneUs[next]];
  if (from === undefined || to === undefined || after === undefined) return before;
  return before + ((after - before) * (at - from)) / (to - from);
}

/** Memory that is taken at an instant, in MiB. */
export function memoryAt({ eventAt, memoryKib }: Recording, at: number): number {
  return (memoryKib[countUpTo(eventAt, at) - 1] ?? 0) / 1024;
}
