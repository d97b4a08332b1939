/** Draws from quantile functions in integers, so that every browser draws the same. It knows distributions, not what they time. */
import type { Quantiles } from './types.ts';

/** 2^32: draws are whole numbers below it. */
export const WHOLE = 4294967296;

/** Quantiles of the standard normal distribution in 1/1000 at 1/32 … 31/32, with 2.33 sigma (0.5 and 99.5 %, halved tails) at the ends. */
const NORMAL: readonly number[] = [-2576, -1863, -1534, -1318, -1150, -1010, -887, -776, -674, -579, -489, -402, -319, -237, -157, -78, 0, 78, 157, 237, 319, 402, 489, 579, 674, 776, 887, 1010, 1150, 1318, 1534, 1863, 2576];

/** The value of a quantile function at a place in 0 … 2^32, interpolated, in whole µs. One quantile stands for a value without spread. */
export function quantileAt(levels: readonly number[], values: Quantiles, place: number): number {
  const [only = 0] = values;
  if (values.length === 1) return only;
  const level = (place * 1000) / WHOLE;
  let upper = 1;
  while (upper < levels.length - 1 && (levels[upper] as number) < level) upper += 1;
  const [from, to] = [levels[upper - 1] as number, levels[upper] as number];
  const [low, high] = [values[upper - 1] as number, values[upper] as number];
  return Math.round(low + ((high - low) * (level - from)) / (to - from));
}

/** A normal deviate in 1/1000 sigma at a place in 0 … 2^32; its tails end at 2.6 sigma. */
export function normalAt(place: number): number {
  const at = (place * (NORMAL.length - 1)) / WHOLE;
  const index = Math.floor(at);
  const [low, high] = [NORMAL[index] as number, NORMAL[Math.min(index + 1, NORMAL.length - 1)] as number];
  return Math.round(low + (high - low) * (at - index));
}

/** The value below which a share (in 1/1000) of the values lies, interpolated as in the published summaries. Undefined for none. */
export function percentile(values: readonly number[], permille: number): number | undefined {
  return percentiles(values, [permille])[0];
}

/** Several of them, for one sort. */
export function percentiles(values: readonly number[], permilles: readonly number[]): readonly (number | undefined)[] {
  const sorted = values.toSorted((a, b) => a - b);
  return permilles.map((permille) => {
    const at = ((sorted.length - 1) * permille) / 1000;
    const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    return low === undefined || high === undefined ? undefined : low + (high - low) * (at - Math.floor(at));
  });
}
