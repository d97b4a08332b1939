/** A heap of flights in a list, by `until`, then by order. It changes the list that it is given: callers hand in a copy. */
import type { Flight } from './types.ts';

function before(a: Flight, b: Flight): boolean {
  return a.until < b.until || (a.until === b.until && a.order < b.order);
}

export function push(heap: Flight[], flight: Flight): void {
  let at = heap.length;
  heap.push(flight);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(flight, heap[parent] as Flight)) break;
    heap[at] = heap[parent] as Flight;
    at = parent;
  }
  heap[at] = flight;
}

/** Takes the first flight out. Undefined when there is none. */
export function pop(heap: Flight[]): Flight | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Flight, heap[child] as Flight)) child += 1;
    if (!before(heap[child] as Flight, last)) break;
    heap[at] = heap[child] as Flight;
    at = child;
  }
  heap[at] = last;
  return first;
}

/** Whether every flight stands below one that is not later. */
export function isHeap(heap: readonly Flight[]): boolean {
  return heap.every((flight, i) => i === 0 || !before(flight, heap[(i - 1) >> 1] as Flight));
}
