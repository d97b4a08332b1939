/**
 * What a clock starts and stops at, as a type: durations over different intervals do not compare.
 * It knows the names of intervals and what each includes; it refuses to turn one into another.
 */
import { SimError } from '../errors.ts';

/** Every interval over which a start was measured, with what lies inside it. */
export const INTERVALS = {
  'vmm-to-init': 'from starting the VMM process until the guest’s init writes an I/O port, which ends the VMM',
  'instance-to-init': 'from Firecracker’s InstanceStart request until the guest’s init writes an I/O port',
  'vmm-to-guest': 'from starting the VMM process until the first instruction of the guest',
  'boot-timer-cpu': 'Firecracker’s boot timer, in CPU time of the VMM process, until a program in the guest writes an I/O port in place of init',
  'self-reported': 'boot time as the guest itself prints it; nothing of the VMM',
  'request-to-running': 'from the request to the engine until the container runs; the engine’s own work included',
  'run-to-exit': 'from the docker run command until an empty program has ended; the engine’s own work included',
  'program-run': 'the program’s own run and exit in a container that is set up already; none of the engine’s work',
  'create-and-run': 'the create step and the run step of a container through containerd; no image pull',
  'namespace-created': 'one creation of a network namespace; nothing else of a container',
  'request-to-command': 'from the request until a first command has run in the guest, network and services up',
} as const;
export type Interval = keyof typeof INTERVALS;

/** A duration that carries its interval. */
export interface Duration<I extends Interval> {
  readonly interval: I;
  readonly us: number;
}

/** How many times as long `slow` takes as `fast`. Durations over two intervals are a type error, and at run time a SimError. */
export function ratioOf<I extends Interval>(slow: Duration<I>, fast: Duration<NoInfer<I>>): number {
  refuseMixed([slow.interval, fast.interval]);
  return slow.us / fast.us;
}

/** Throws SimError when the intervals are not all the same. */
export function refuseMixed(intervals: readonly Interval[]): void {
  const [one, other] = new Set(intervals);
  if (one !== undefined && other !== undefined) throw new SimError(`These durations do not share an axis: one runs ${INTERVALS[one]}; another runs ${INTERVALS[other]}.`);
}
