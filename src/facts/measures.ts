/** What models measure, in a reader's words. It knows names and units; what a model found it is told. */
import { formatQuantity } from './format.ts';
import type { Comparison } from './schema.ts';
import type { Finding, Value } from './trial.ts';

interface Measure {
  readonly label: string;
  readonly unit?: 'MB' | 'MiB' | 'ms' | '%';
}

/** A measure that is not listed shows its name, spaced. */
const MEASURES: Readonly<Record<string, Measure>> = {
  apps: { label: 'apps' },
  kernels: { label: 'kernels running' },
  fallsWithGuestKernel: { label: 'apps that fall with one guest kernel, at most' },
  guestKernels: { label: 'kernels of guests' },
  userlands: { label: 'userlands' },
  hypervisors: { label: 'hypervisors' },
  sandboxes: { label: 'container walls' },
  machines: { label: 'virtual machines' },
  diskMbLow: { label: 'disk, lower end', unit: 'MB' },
  diskMbHigh: { label: 'disk, upper end', unit: 'MB' },
  diskUnknownParts: { label: 'parts without a figure for disk' },
  memoryMbLow: { label: 'memory, lower end', unit: 'MB' },
  memoryMbHigh: { label: 'memory, upper end', unit: 'MB' },
  memoryUnknownParts: { label: 'parts without a figure for memory' },
  startMsLow: { label: 'start, lower end', unit: 'ms' },
  startMsHigh: { label: 'start, upper end', unit: 'ms' },
  startAnyMsLow: { label: 'start by any measurement, lower end', unit: 'ms' },
  startAnyMsHigh: { label: 'start by any measurement, upper end', unit: 'ms' },
  fallsWithHostKernel: { label: 'apps that fall with the host’s kernel' },
  largestSharedKernel: { label: 'most apps on one kernel' },
  steps: { label: 'steps' },
  crossings: { label: 'borders crossed' },
  systemCalls: { label: 'system calls' },
  programSystemCalls: { label: 'system calls of the program itself' },
  vmExits: { label: 'VM exits' },
  kernelsInvolved: { label: 'kernels that took part' },
  answeringKernel: { label: 'who answers' },
  hardwareReached: { label: 'a device was reached' },
  done: { label: 'the request was answered' },
  runs: { label: 'it runs' },
  mechanism: { label: 'what carries it' },
  chain: { label: 'the whole way' },
  addedKernels: { label: 'kernels added to the machine’s own' },
  ways: { label: 'ways that work' },
  layer: { label: 'what does not fit' },
  address: { label: 'where a published port answers' },
  family: { label: 'the message' },
  confidence: { label: 'how sure, 0 to 1' },
  others: { label: 'other meanings' },
  winner: { label: 'shortest median' },
  medianRatio: { label: 'second lane’s median, as a multiple of the first’s' },
  nowMs: { label: 'since the start', unit: 'ms' },
  measurements: { label: 'measurements that rank' },
  near: { label: 'measurements within 5% of the base' },
  halved: { label: 'measurements at half the base’s speed or less' },
  unranked: { label: 'measurements that do not rank' },
  slowest: { label: 'slowest' },
  slowestPercent: { label: 'slowest, as a share of the base’s speed', unit: '%' },
  fastest: { label: 'fastest' },
  fastestPercent: { label: 'fastest, as a share of the base’s speed', unit: '%' },
  ...measuresOfLanes(),
};

/** What is measured in each lane of a race: `medianMs1` is the first lane’s median. */
function measuresOfLanes(): Readonly<Record<string, Measure>> {
  const each: Readonly<Record<string, Measure>> = {
    evidence: { label: 'there is evidence' },
    ready: { label: 'instances ready' },
    refused: { label: 'starts refused' },
    minMs: { label: 'fastest', unit: 'ms' },
    medianMs: { label: 'median', unit: 'ms' },
    p99Ms: { label: '99 of 100 within', unit: 'ms' },
    maxMs: { label: 'slowest', unit: 'ms' },
    memoryMib: { label: 'memory taken', unit: 'MiB' },
    eachMib: { label: 'memory of one', unit: 'MiB' },
  };
  return Object.fromEntries(['first', 'second', 'third', 'fourth'].flatMap((lane, i) => Object.entries(each).map(([name, { label, ...unit }]) => [`${name}${i + 1}`, { label: `${lane} lane, ${label}`, ...unit }])));
}

const COMPARED: Readonly<Record<Comparison, string>> = { is: 'the same as', atMost: 'at most', atLeast: 'at least', below: 'less than', above: 'more than' };

/** A scenario's or a measure's name as words: `two-userlands` is `two userlands`, `hidden-vm` is `hidden VM`. */
export function nameInWords(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`).replaceAll('-', ' ').replaceAll(/\b(micro)?vm(s?)\b/g, '$1VM$2');
}

/** `kernels running: 1`, `VM exits: 4, at least 1`, `start, upper end: 86 ms, less than the 7,000 ms of “VM” (start, lower end)`. */
export function findingInWords({ measure, found, comparison, than, written }: Finding): string {
  const own = measureNamed(measure);
  const result = `${own.label}: ${valueInWords(found, own)}`;
  if (than !== written) return `${result}, ${COMPARED[comparison]} ${otherInWords(String(written), than, own, comparison)}`;
  return comparison === 'is' ? result : `${result}, ${COMPARED[comparison]} ${valueInWords(than, own)}`;
}

/** What another scenario measures, with the name of that measure where it is not the same. */
function otherInWords(reference: string, value: Value, own: Measure, comparison: Comparison): string {
  const other = measureNamed(reference);
  const scenario = `“${nameInWords(reference.split('.')[0] as string)}”`;
  const amount = comparison === 'is' ? `in ${scenario}` : `the ${valueInWords(value, other)} of ${scenario}`;
  return other.label === own.label ? amount : `${amount} (${other.label})`;
}

function measureNamed(reference: string): Measure {
  const name = reference.split('.')[1] as string;
  return MEASURES[name] ?? { label: nameInWords(name) };
}

function valueInWords(value: Value | undefined, { unit }: Measure): string {
  if (typeof value === 'number') return formatQuantity({ value: Math.round(value * 10) / 10, unit: unit ?? 'ratio' });
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return nameInWords(value ?? '') || 'none';
}
