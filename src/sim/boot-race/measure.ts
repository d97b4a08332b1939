/** The quantities of `boot-race` that claims compare. Lanes count from 1 in their names; times are in ms. */
import type { Measures } from '../model.ts';
import { ratioOf } from './intervals.ts';
import { UNIT } from './machine.ts';
import { percentile, percentiles } from './sampling.ts';
import type { Lane, State } from './types.ts';

const NONE_READY = 'none is ready';

/**
 * `medianMs1`, `p99Ms1`, `ready1` and so on for each lane; `medianRatio` is how many times as long the second lane’s median is
 * as the first’s, and exists on a shared axis only.
 */
export function measure(state: State): Measures {
  const lanes = state.lanes.flatMap((lane, i) => Object.entries(ofLane(lane)).map(([name, value]) => [`${name}${i + 1}`, value] as const));
  return {
    nowMs: state.nowUs / 1000,
    busyCoreSeconds: state.busy / UNIT / 1e6,
    memoryMib: state.memoryKib / 1024,
    swappedMib: state.swappedKib / 1024,
    medianRatio: medianRatio(state),
    ...Object.fromEntries(lanes),
  };
}

function ofLane({ durations, refused, swapped, lastReadyUs }: Lane): Measures {
  const [minMs, medianMs, p90Ms, p99Ms, maxMs] = percentiles(durations, [0, 500, 900, 990, 1000]).map((us) => (us === undefined ? NONE_READY : us / 1000)) as [Ms, Ms, Ms, Ms, Ms];
  return { ready: durations.length, refused, swapped, minMs, medianMs, p90Ms, p99Ms, maxMs, allReadyMs: durations.length > 0 ? lastReadyUs / 1000 : NONE_READY };
}

type Ms = number | typeof NONE_READY;

function medianRatio({ lanes, config }: State): number | string {
  if (config.axis === 'own') return 'no shared axis';
  const [first, second] = lanes.map(({ durations }) => percentile(durations, 500));
  if (first === undefined || second === undefined) return NONE_READY;
  const interval = (lanes[0] as Lane).config.interval;
  return ratioOf({ interval, us: second }, { interval, us: first });
}
