/** What must hold in every state of `boot-race`. Tests check it; a reader’s browser need not carry it. */
import { isHeap } from './heap.ts';
import { UNIT } from './machine.ts';
import type { State } from './types.ts';

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** The laws over machines of these sizes, by id: a state names its machine only. */
export function bootRaceInvariants(memoryMib: Readonly<Record<string, number>>): Readonly<Record<string, (state: State) => boolean>> {
  return {
    'work is conserved: what cores did is what finished stages asked for, less what is left, plus rounding': ({ busy, asked, rounding, working, attained }) =>
      busy === asked + rounding - sum(working.map(({ until }) => until - attained)),
    'counts are exact': ({ busy, attained }) => Number.isSafeInteger(busy) && Number.isSafeInteger(attained),
    'every instance is on its way, ready or refused': ({ lanes }) => lanes.every(({ begun, inFlight, durations, refused }) => begun >= inFlight + refused && begun <= inFlight + refused + durations.length),
    'no more are on their way than may be at once': ({ lanes }) => lanes.every(({ inFlight, config }) => inFlight <= (config.atOnce ?? Infinity)),
    'every instance on its way works, waits or stands in a queue': ({ lanes, working, waiting, sections }) =>
      sum(lanes.map(({ inFlight }) => inFlight)) === working.length + waiting.length + sum(Object.values(sections).map(({ queue, head }) => queue.length - head)),
    'memory is never over-committed': ({ memoryKib, config }) => memoryKib >= 0 && memoryKib <= (memoryMib[config.machine] ?? 0) * 1024,
    'nothing is swapped where swapping was not asked for': ({ swappedKib, config }) => swappedKib === 0 || (swappedKib > 0 && config.whenFull === 'swap'),
    'events lie in the future': ({ working, waiting, attained, nowUs }) => working.every(({ until }) => until >= attained) && waiting.every(({ until }) => until >= nowUs),
    'the queue of events is a heap': ({ working, waiting }) => isHeap(working) && isHeap(waiting),
    'lanes on one axis share their interval': ({ config }) => config.axis === 'own' || new Set(config.lanes.map(({ interval }) => interval)).size === 1,
    'rounding is less than a microsecond of a core an event': ({ rounding, events }) => rounding >= 0 && rounding <= events * UNIT,
  };
}
