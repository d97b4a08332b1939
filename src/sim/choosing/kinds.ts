/**
 * What a value measures, as a type: a start by its clock, memory by how it was counted. Values of unlike kinds do not compare.
 * It knows names of kinds and what each means; it refuses to turn one into another.
 */
import { SimError } from '../errors.ts';
import { INTERVALS } from '../boot-race/intervals.ts';

export const CLOCKS = {
  ...INTERVALS,
  'fork-and-exec': 'over fork and exec of a process; nothing of the program itself',
  'crictl-to-listed': 'from crictl run until crictl lists the container as running; containerd’s own work included',
  'boot-timer-cpu-services': 'Firecracker’s boot timer, in CPU time of the VMM process, until the guest’s services are up',
} as const;
export type Clock = keyof typeof CLOCKS;

/**
 * Clocks in which the work of an engine runs too: Docker’s or containerd’s, which the same wall need not have around it. A value over
 * what is asked says nothing of the wall then; one below says that even with the engine it is met.
 */
export const WITH_ENGINE: Readonly<Partial<Record<Clock, string>>> = {
  'request-to-running': 'Docker', 'run-to-exit': 'Docker', 'create-and-run': 'containerd', 'crictl-to-listed': 'containerd',
};
/** Clocks that leave out the building of the wall: shown, and never held against what is asked of a start. */
export const NO_START: ReadonlySet<Clock> = new Set(['program-run', 'namespace-created']);

/** Clocks that run over less than a start, such as processor time without any waiting: a value below what is asked does not show that it is met. */
export const LESS: ReadonlySet<Clock> = new Set(['boot-timer-cpu', 'boot-timer-cpu-services', 'self-reported']);

/** The clocks in short, for running text; the figures beside it tell them whole. */
export const CLOCKS_SHORT: Readonly<Record<Clock, string>> = {
  'vmm-to-init': 'from VMM process to init',
  'instance-to-init': 'from InstanceStart to init',
  'vmm-to-guest': 'from VMM process to the guest’s first instruction',
  'boot-timer-cpu': 'by Firecracker’s boot timer, processor time only',
  'self-reported': 'as the guest says',
  'request-to-running': 'from request to running',
  'run-to-exit': 'from docker run to the end of an empty program',
  'program-run': 'of the program’s own run',
  'create-and-run': 'of create and run in containerd',
  'namespace-created': 'of one network namespace',
  'request-to-command': 'from request to a first command',
  'fork-and-exec': 'of fork and exec',
  'crictl-to-listed': 'from crictl run until it is listed',
  'boot-timer-cpu-services': 'by Firecracker’s boot timer, processor time only, services up',
};

export const MEMORY = {
  'held': 'memory that one keeps from the host while nothing happens in it and could not give back; caches do not count',
  'resident': 'resident memory of the VMM process with a guest of 256 MiB, whose page cache is in it',
  'least-guest': 'least memory given to the guest with which the program still ran; the VMM’s own not counted',
  'least-limit': 'least memory limit of the container with which the program still ran',
  'accounted': 'what Kubernetes accounts for one beside its containers, whatever it takes',
  'counted': 'memory of one beyond its program, as a study counted it in its own way',
} as const;
export type MemoryKind = keyof typeof MEMORY;

/** The same in short, where the figures beside it tell it whole. */
export const MEMORY_SHORT: Readonly<Record<MemoryKind, string>> = {
  held: 'cannot be given back', resident: 'resident, guest of 256 MiB', 'least-guest': 'least guest', 'least-limit': 'least limit', accounted: 'as Kubernetes accounts it', counted: 'as a study counted it',
};

/** An amount of which more is worse, unless `more` says otherwise. */
export interface Amount {
  /** What was measured, how and where: `start/vmm-to-init/EC2 m5d.metal`. */
  readonly type: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly text: string;
  readonly more?: 'better';
}

/** Values nearer than this count as even: single numbers without a spread carry no finer difference. A choice of this project. */
const EVEN = 0.05;
/** Across studies of one kind of measure only such a factor counts, because guests, hosts and years differ too. A choice of this project. */
export const ACROSS = 3;

/**
 * 1 when the first is better, -1 when the second is, 0 when they are even or their ranges overlap.
 * Throws SimError when the two did not measure the same thing. `across`: they come from unlike studies.
 */
export function better(one: Amount, other: Amount, across = false): -1 | 0 | 1 {
  if (one.type !== other.type) throw new SimError(`Not on one clock: "${one.type}" does not compare with "${other.type}".`);
  const margin = across ? ACROSS : 1 + EVEN;
  const below = (a: Amount, b: Amount) => a.high < b.low && a.value * margin <= b.value;
  const sign = below(one, other) ? 1 : below(other, one) ? -1 : 0;
  return one.more === 'better' ? (sign === 0 ? 0 : sign === 1 ? -1 : 1) : sign;
}
