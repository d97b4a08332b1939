/** What was published of each candidate, as amounts that carry what they measure. It knows values and kinds, not who is better. */
import { SimError } from '../errors.ts';
import type { Quantity } from '../model.ts';
import type { Comparison, Entry, Runner } from '../overheads/types.ts';
import { CLOCKS, CLOCKS_SHORT, LESS, MEMORY, MEMORY_SHORT, NO_START, WITH_ENGINE, type Amount, type MemoryKind } from './kinds.ts';
import { NOTHING, RUNNERS_OF } from './tables.ts';
import type { Candidate, CandidateId, Config, MemoryReading, Ranked, StartReading, Tables } from './types.ts';
import { grouped, megabytes, published, ratio, size } from './words.ts';

/** An amount with what a reader must know to believe it. */
export interface Reading extends Amount {
  readonly criterion: Ranked;
  /** Clock or measure, hardware, year. */
  readonly on: string;
  /** Clock or measure in a few words, without hardware and year; empty for what was counted. */
  readonly by: string;
  /** What was started, where that differs. */
  readonly of?: string;
  /** The engine whose work runs in the same clock. */
  readonly engine?: string;
  /** Its clock runs over less than a start. */
  readonly less?: true;
  /** Amounts of which one holds, by how the candidate is set up; it is compared in each way. */
  readonly ways?: readonly Amount[];
  /** Whose measurement: readings of unlike studies compare by a factor only. Empty where nothing was measured. */
  readonly study: string;
  readonly sources: readonly string[];
  readonly figures: readonly string[];
  readonly secondHand?: true;
}

/** Factors to ms and MiB. MB is 10^6 bytes, MiB 2^20. */
const FACTORS: Readonly<Record<string, number>> = { ms: 1, s: 1000, B: 1 / 1048576, MB: 1 / 1.048576, MiB: 1 };

/** A figure in ms or MiB. Throws SimError where there is none, or in another unit. */
export function quantityOf(tables: Tables, id: string): Pick<Quantity, 'value' | 'low' | 'high'> {
  return valuesOf(tables, id);
}

function valuesOf({ figures }: Tables, id: string, valueOnly = false): Pick<Quantity, 'value' | 'low' | 'high'> {
  if (id === NOTHING) return { value: 0, low: 0, high: 0 };
  const figure = figures[id];
  if (!figure) throw new SimError(`There is no figure "${id}".`);
  const factor = FACTORS[figure.unit];
  if (factor === undefined) throw new SimError(`The figure "${id}" is in ${figure.unit}, which is neither a size nor a time.`);
  const { value, low, high } = figure;
  return { value: value * factor, low: (valueOnly ? value : low) * factor, high: (valueOnly ? value : high) * factor };
}

const told = (secondHand: true | undefined) => (secondHand ? ', second-hand' : '');

/** A start with its clock, hardware and year. */
export function startReading(tables: Tables, { figure, clock, machine, year, source, secondHand, of, valueOnly }: StartReading): Reading {
  const values = valuesOf(tables, figure, valueOnly);
  return {
    criterion: 'start', type: `start/${clock}/${machine}`, ...values, text: published(values.value),
    by: CLOCKS_SHORT[clock],
    on: `${of === undefined ? '' : `${of}; `}${CLOCKS[clock]}; ${machine}, ${year}${told(secondHand)}`,
    study: source, sources: [source], figures: [figure], ...(secondHand ? { secondHand } : {}), ...(of === undefined ? {} : { of }), ...(LESS.has(clock) ? { less: true } : {}), ...(WITH_ENGINE[clock] === undefined ? {} : { engine: WITH_ENGINE[clock] }),
  };
}

/** Starts that measure one: not those in which the wall stood already. */
export function startsOf(tables: Tables, { starts }: Candidate): readonly Reading[] {
  return starts.filter(({ clock }) => !NO_START.has(clock)).map((reading) => startReading(tables, reading));
}

export function memoryReading(tables: Tables, { figure, kind, study, year, source, secondHand, note }: MemoryReading): Reading {
  const values = valuesOf(tables, figure);
  return {
    criterion: 'memory', type: `memory/${kind}`, ...values, text: size(values.value),
    by: MEMORY_SHORT[kind],
    on: `${MEMORY[kind]}${note === undefined ? '' : `, ${note}`}; ${study}, ${year}${told(secondHand)}`,
    study: source, sources: [source], figures: figure === NOTHING ? [] : [figure], ...(secondHand ? { secondHand } : {}),
  };
}

/** What a plain process adds: nothing, which is no measurement. */
const PLAIN = { value: 0, low: 0, high: 0, text: 'nothing added', by: '', study: '', sources: [], figures: [] } as const;
const HELD = 'memory/held';
const DOWNLOADED = 'disk/as-downloaded';

export function memoryOf(tables: Tables, { plain, memory }: Candidate): readonly Reading[] {
  if (plain) return [{ criterion: 'memory', type: HELD, on: 'by what it is: nothing stands beside the program', ...PLAIN }];
  return memory.map((reading) => memoryReading(tables, reading));
}

/**
 * What one needs of the machine's memory, from what it could not give back to what it held, by one measure a candidate: what was
 * counted by unlike measures never decides who fits where another does not.
 */
export function needOf(tables: Tables, candidate: Candidate): { readonly low: number; readonly value: number; readonly readings: readonly Reading[] } | undefined {
  const of = (kind: MemoryKind) => memoryOf(tables, candidate).find(({ type }) => type === `memory/${kind}`);
  const [least, resident] = [of('held'), of('resident')];
  const most = resident ?? least ?? memoryOf(tables, candidate)[0];
  return most && { low: (least ?? most).low, value: most.value, readings: least && resident ? [least, resident] : [most] };
}

export function diskOf(tables: Tables, { plain, disk }: Candidate): readonly Reading[] {
  if (plain) return [{ criterion: 'disk', type: DOWNLOADED, on: 'by what it is: it uses the host’s files', ...PLAIN }];
  if (!disk) return [];
  const values = valuesOf(tables, disk.figure);
  return [{ criterion: 'disk', type: DOWNLOADED, ...values, text: megabytes(values.value * 1.048576), on: `${disk.what}; ${disk.year}`, by: 'as downloaded', study: disk.source, sources: [disk.source], figures: [disk.figure] }];
}

/** Speeds at this kind of work, one a comparison: the range over those of its runners that are this candidate on such a machine. */
export function speedsOf({ comparisons }: Tables, id: CandidateId, { work, kvm }: Config): readonly (Reading & { readonly comparison: Comparison })[] {
  const { always, withKvm = [] } = RUNNERS_OF[id];
  const mine: readonly Runner[] = kvm ? [...always, ...withKvm] : always;
  return comparisons.filter((comparison) => comparison.work === work).flatMap((comparison) => {
    const entries = comparison.entries.filter((entry) => mine.includes(entry.runner) && ranks(comparison, entry));
    return entries.length === 0 ? [] : [{ ...speedIn(comparison, entries), comparison }];
  });
}

/** A speed above the base’s that the study itself warns of does not rank, nor does what was not measured or not for the same work. */
function ranks({ trap, entries }: Comparison, { runner, speed, ranks: own }: Entry): boolean {
  return own !== false && !(trap?.runners.includes(runner) && speed.value > 1) && entries.every(({ bound }) => bound === undefined);
}

/** What a maker promises of such work, in words. */
export function promisesOf({ comparisons }: Tables, id: CandidateId, { work }: Config): readonly string[] {
  const promised = comparisons.filter((comparison) => comparison.work === work).flatMap(({ title, base, entries }) => entries.map((entry) => ({ title, base, ...entry })));
  return promised.filter(({ bound, runner }) => bound !== undefined && RUNNERS_OF[id].always.includes(runner)).map(({ title, base, speed, bound }) => `${title}: at ${bound} ${ratio(speed.value)} of ${baseName(base)}, which is promised and not measured.`);
}

function speedIn(comparison: Comparison, entries: readonly Entry[]): Reading {
  const { id, title, machine, year, study, base, dispute } = comparison;
  const type = `speed/${id}`;
  // Where two published numbers contradict each other, the truth lies somewhere between them.
  const disputed = dispute && entries.some(({ runner }) => runner === dispute.runner) ? dispute.sides.map(({ speed }) => speed) : [];
  const ways = [...entries.map(({ speed }) => speed), ...disputed].map((speed): Amount => ({ type, value: speed.value, low: speed.low, high: speed.high, text: ratio(speed.value), more: 'better' }));
  const [least, most] = [Math.min(...ways.map(({ value }) => value)), Math.max(...ways.map(({ value }) => value))];
  const isBase = entries.some(({ runner }) => runner === base) && least === 1 && most === 1;
  return {
    criterion: 'speed', type, value: most, low: Math.min(...ways.map(({ low }) => low)), high: Math.max(...ways.map(({ high }) => high)), more: 'better', ways,
    text: isBase ? baseName(base) : `${ratio(least) === ratio(most) ? ratio(least) : `${ratio(least)}–${ratio(most)}`} of ${baseName(base)}`,
    by: title,
    on: `${title}; ${machine}, ${year}`, study, sources: [study], figures: entries.map(({ figure }) => figure),
  };
}

const BASES: Readonly<Partial<Record<Runner, string>>> = { 'native': 'native', 'container': 'a container', 'vm': 'a virtual machine' };

export function baseName(base: Runner): string {
  return BASES[base] ?? base;
}

/** Kernels that somebody has to keep up to date: counted, not measured. Machines that live for one request are replaced from one image. */
export function kernelsOf({ kernels }: Candidate, { count, starts }: Config): number {
  if (kernels === 'host') return 1;
  return kernels === 'each' && starts !== 'each-request' ? 1 + count : 2;
}

const counted = { by: '', study: '', sources: [], figures: [], on: 'counted' } as const;

/** Everything by which a candidate can beat another at this work. */
export function readingsOf(tables: Tables, candidate: Candidate, config: Config): readonly Reading[] {
  const kernels = kernelsOf(candidate, config);
  const exact = (value: number, text: string) => ({ value, low: value, high: value, text, ...counted });
  return [
    // What is rarely started is not chosen by its start.
    ...(config.starts === 'rarely' ? [] : joined(startsOf(tables, candidate))),
    ...memoryOf(tables, candidate),
    ...speedsOf(tables, candidate.id, config),
    ...diskOf(tables, candidate),
    { criterion: 'kernels', type: 'kernels', ...exact(kernels, `${grouped(kernels)} ${kernels === 1 ? 'kernel' : 'kernels'}`) },
    { criterion: 'takes', type: 'takes', ...exact(candidate.takes, TAKES[candidate.takes]) },
    { criterion: 'files', type: 'files', ...exact(candidate.files === 'own' ? 0 : 1, FILES[candidate.files]) },
  ];
}

export const TAKES = ['all that Linux takes', 'most that Linux takes', 'what is rebuilt for it'] as const;
const FILES = { own: 'its own', host: 'the host’s' } as const;

/** Readings of one type as a range. */
function joined(readings: readonly Reading[]): readonly Reading[] {
  return readings.filter(({ type }, i) => readings.findIndex((other) => other.type === type) === i).map((reading) => {
    const peers = readings.filter(({ type }) => type === reading.type);
    return { ...reading, low: Math.min(...peers.map(({ low }) => low)), high: Math.max(...peers.map(({ high }) => high)) };
  });
}
