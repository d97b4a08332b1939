/** Seeded random numbers as values: a generator is a number inside State, so a run can be replayed and scrubbed. */

/** State of the generator: an unsigned 32-bit integer. */
export type Generator = number;

/** A generator for a seed. Seeds that differ by one start far apart. */
export function generator(seed: number): Generator {
  return Math.imul(seed | 0, 0x9e3779b1) >>> 0;
}

/** The next number in [0, 1) and the generator after it (mulberry32 by Tommy Ettinger, public domain). */
export function draw(from: Generator): readonly [value: number, next: Generator] {
  const next = (from + 0x6d2b79f5) | 0;
  let t = Math.imul(next ^ (next >>> 15), 1 | next);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return [((t ^ (t >>> 14)) >>> 0) / 4294967296, next >>> 0];
}
