/** The quantities of `stack-cost` that claims compare and exports carry. A page loads it with an export. */
import { countLayer, nodesOf, processesByKernel } from '../domain.ts';
import type { Measures } from '../model.ts';
import type { Range, State } from './model.ts';

/** No range without a figure: where nothing that was placed has one, the measure is these words. */
const NO_FIGURE = 'no figure';

/** Sizes in MB, times in ms: `start…` of the measurement that the model counts with, `startAny…` of all that saw a whole start. */
export function measure(state: State): Measures {
  const { stack, disk, memory, readings } = state;
  const walls = (by: 'hardware' | 'kernel') => nodesOf(stack).filter(({ wall }) => wall?.enforcedBy === by).length;
  const kernels = countLayer(stack, 'kernel');
  const [start] = readings.start;
  const [, ...guests] = [...processesByKernel(stack).values()];
  const of = (range: Range | undefined, end: 'low' | 'high') => (range && range.figures.length > 0 ? range[end] : NO_FIGURE);
  const ends = readings.start.flatMap(({ low, high }) => [low, high]);
  return {
    apps: state.apps.length,
    kernels,
    guestKernels: kernels - 1,
    userlands: countLayer(stack, 'userland'),
    hypervisors: countLayer(stack, 'hypervisor'),
    sandboxes: walls('kernel'),
    machines: walls('hardware'),
    diskMbLow: of(disk, 'low'),
    diskMbHigh: of(disk, 'high'),
    diskUnknownParts: disk.unknown.length,
    memoryMbLow: of(memory, 'low'),
    memoryMbHigh: of(memory, 'high'),
    memoryUnknownParts: memory.unknown.length,
    startMsLow: of(start, 'low'),
    startMsHigh: of(start, 'high'),
    startAnyMsLow: start ? Math.min(...ends) : NO_FIGURE,
    startAnyMsHigh: start ? Math.max(...ends) : NO_FIGURE,
    fallsWithHostKernel: countLayer(stack, 'application'),
    /** With the guest kernel that answers most apps; 0 when there is none. */
    fallsWithGuestKernel: Math.max(0, ...guests),
    largestSharedKernel: Math.max(...processesByKernel(stack).values()),
  };
}
