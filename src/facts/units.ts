/** The units that figures may have, and how each is printed. It knows no figures. */

export interface Unit {
  /** What a reader sees after the number; empty where the quantity itself says it. */
  readonly shown: string;
  /** Printed without a space before it: `95%`. */
  readonly close?: true;
  /** A duration: a figure in this unit says what its clock starts and stops at. */
  readonly time?: true;
  /** A name made of numbers, such as a version: written as text, compared part by part, never computed with. */
  readonly dotted?: true;
  /** Digits are not grouped: a year is not 2,020. */
  readonly plain?: true;
}

export const UNITS: Readonly<Record<string, Unit>> = {
  s: { shown: 's', time: true },
  ms: { shown: 'ms', time: true },
  us: { shown: 'µs', time: true },
  ns: { shown: 'ns', time: true },
  cycles: { shown: 'cycles' },
  B: { shown: 'B' },
  MB: { shown: 'MB' },
  GB: { shown: 'GB' },
  MiB: { shown: 'MiB' },
  'GB/s': { shown: 'GB/s' },
  'MB/s': { shown: 'MB/s' },
  'KiB/s': { shown: 'KiB/s' },
  'Gbit/s': { shown: 'Gbit/s' },
  IOPS: { shown: 'IOPS' },
  GFLOPS: { shown: 'GFLOPS' },
  'MUP/s': { shown: 'million updates/s' },
  'req/s': { shown: 'requests/s' },
  'kreq/s': { shown: 'thousand requests/s' },
  tps: { shown: 'transactions/s' },
  '1/s': { shown: 'per second' },
  '%': { shown: '%', close: true },
  x: { shown: '×', close: true },
  ratio: { shown: '' },
  calls: { shown: 'calls' },
  guests: { shown: 'guests' },
  CPU: { shown: 'CPU' },
  year: { shown: '', plain: true },
  version: { shown: '', dotted: true },
  build: { shown: '', dotted: true },
  address: { shown: '', dotted: true },
};

/** Compares versions, builds and addresses part by part: 3.9 < 3.10. */
export function compareDotted(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
