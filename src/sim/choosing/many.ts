/** Many starts at once, run by `boot-race` on a machine of the reader's size. It knows how to ask; how starts go is that model's. */
import { bootRaceIn } from '../boot-race/model.ts';
import type { Interval } from '../boot-race/intervals.ts';
import type { Machine, Tables as BootTables } from '../boot-race/types.ts';
import type { Candidate, Config } from './types.ts';

export interface Many {
  /** How many were started: no more than were published. */
  readonly count: number;
  readonly ready: number;
  readonly refused: number;
  /** From the first request until the last is ready, whatever each one's own clock covers. */
  readonly allMs: number;
}

/** The reference machine of content/boot: the reader's has as many of its cores as the reader says. */
export const LIKE = 'rn.haswell';
const READER = 'reader';
/** Runs that are kept: settings that have nothing to do with starts ask for the same ones. */
const KEPT = 200;

/** Runs starts of many, and keeps what came of them. Every run takes the same draw. */
export function manyIn(tables: BootTables): (candidate: Candidate, config: Config) => Many | undefined {
  const kept = new Map<string, Many>();
  return ({ many }, { count: asked, cores, memoryGib }) => {
    if (!many || !(many.technology in tables.technologies)) return undefined;
    const count = Math.min(asked, many.upTo);
    const key = [many.technology, count, cores, memoryGib].join();
    const found = kept.get(key) ?? run(tables, many.technology, many.clock as Interval, count, { cores, memoryMib: memoryGib * 1024 });
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > KEPT) kept.delete([...kept.keys()][0] as string);
    return found;
  };
}

function run(tables: BootTables, technology: string, interval: Interval, count: number, own: Pick<Machine, 'cores' | 'memoryMib'>): Many {
  const like = tables.machines[LIKE] as Machine;
  const machines = { ...tables.machines, [READER]: { ...like, id: READER, ...own } };
  const model = bootRaceIn({ ...tables, machines });
  const first = model.init({ machine: READER, lanes: [{ technology, interval, count }], axis: 'own', afterReady: 'stay', whenFull: 'refuse', image: 'cached' }, 1);
  const [lane] = model.step(first, { type: 'finish' }).state.lanes;
  return { count, ready: lane?.durations.length ?? 0, refused: lane?.refused ?? 0, allMs: (lane?.lastReadyUs ?? 0) / 1000 };
}
