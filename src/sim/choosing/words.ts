/** Amounts, lists and settings in words. It knows language, not what follows from a setting. */
import { WORK_NAMES } from './tables.ts';
import type { Config } from './types.ts';

const digits = (value: number): string => (value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2))));

/** `10,000`; digits below the point are kept. */
export function grouped(value: number): string {
  const [whole = '', rest] = String(value).split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}

export function duration(ms: number): string {
  return ms >= 1000 ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`;
}

/** A start as its source has it, in ms up to ten seconds: `160.9 ms`, `1,193.1 ms`. */
export function published(ms: number): string {
  return ms >= 10_000 ? `${grouped(Number((ms / 1000).toPrecision(5)))} s` : `${grouped(Number(ms.toPrecision(5)))} ms`;
}

/** Memory: `3.9 MiB`, `170.7 MiB`, `167 GiB`. */
export function size(mib: number): string {
  if (mib >= 1024) return `${grouped(Number((mib / 1024).toPrecision(3)))} GiB`;
  return mib === 0 ? 'nothing' : `${Number(mib.toFixed(1))} MiB`;
}

/** What is downloaded: `340 MB`. */
export function megabytes(mb: number): string {
  return `${digits(mb)} MB`;
}

/** Rounded down to two digits, because it rests on figures that are no finer. */
export function about(count: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1);
  return Math.floor(count / step) * step;
}

/** A speed against a base: `0.91`. */
export function ratio(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** Lowest and highest against each base, of speeds as text (`0.34 of native`, `0.5–0.7 of a container`, `native`). */
function rangesOf(speeds: readonly string[]): ReadonlyMap<string, string> {
  const bases = new Map<string, number[]>();
  for (const text of speeds) {
    const [range = '', base = range] = text.split(' of ');
    bases.set(base, [...(bases.get(base) ?? []), ...(base === range ? [1] : range.split('–').map(Number))]);
  }
  return new Map([...bases].map(([base, values]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return [base, low === high ? String(low) : `${low}–${high}`];
  }));
}

/** Speeds as text put together: `0.34–0.91 of native`, and the base’s name alone for the base. */
export function spanOf(speeds: readonly string[]): string {
  return list([...rangesOf(speeds)].map(([base, range]) => (range === '1' ? base : `${range} of ${base}`)));
}

/** Two sides of some comparisons: `0.66–1 against 0.42–0.56 of native`. */
export function against(pairs: readonly (readonly [ours: string, theirs: string])[]): string {
  const [ours, theirs] = [rangesOf(pairs.map(([our]) => our)), rangesOf(pairs.map(([, their]) => their))];
  return list([...ours].map(([base, range]) => `${range} against ${theirs.get(base) ?? 'none'} of ${base}`));
}

export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? '';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** As the beginning of a sentence. A name keeps its own spelling. */
export function sentence(text: string): string {
  return text.startsWith('gVisor') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

const NUMBERS = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'] as const;
export function inWords(count: number): string {
  return NUMBERS[count] ?? String(count);
}

const CODE = { mine: 'my own code', organization: 'my organization’s code', strangers: 'strangers’ code' } as const;
const START = { 'rarely': 'rarely started', 'each-deploy': 'started with each deploy', 'each-request': 'started for each request' } as const;
const NEED = { 'any-linux': '', 'own-kernel': ', with a kernel version or module of its own', 'windows': ', for Windows' } as const;

/** The work in a phrase: what a comparison calls it, and the preset’s own words. */
export function workInWords({ code, count, starts, work, needs }: Config): string {
  return `${CODE[code]}, ${count === 1 ? 'one' : grouped(count)} at once, ${START[starts]}, mostly ${WORK_NAMES[work]}${NEED[needs]}`;
}

export function machineInWords({ cores, memoryGib, kvm }: Config): string {
  return `${cores} ${cores === 1 ? 'core' : 'cores'}, ${grouped(memoryGib)} GiB, ${kvm ? 'with' : 'without'} hardware virtualization`;
}

/** What a change of one setting is called: “if …”. */
export function changeInWords(to: Partial<Config>): string {
  if (to.code !== undefined) return `it were ${CODE[to.code]}`;
  if (to.count !== undefined) return to.count === 1 ? 'only one ran' : `${grouped(to.count)} ran at once`;
  if (to.starts !== undefined) return `it were ${START[to.starts]}`;
  if (to.work !== undefined) return `it spent its time mostly on ${WORK_NAMES[to.work]}`;
  if (to.needs !== undefined) return { 'any-linux': 'any Linux would do', 'own-kernel': 'it needed a kernel version or module of its own', 'windows': 'it needed Windows' }[to.needs];
  if (to.rebuild !== undefined) return to.rebuild ? 'the program could be rebuilt as a unikernel' : 'the program could not be rebuilt';
  if (to.kvm !== undefined) return to.kvm ? 'the machine had hardware virtualization to give' : 'the machine had no hardware virtualization to give';
  if (to.memoryGib !== undefined) return `the machine had ${grouped(to.memoryGib)} GiB`;
  return 'you asked for a wall that the processor enforces';
}

export const WALL_WORDS = { none: 'none', kernel: 'kept up by the host’s kernel', sentry: 'a kernel in user space between', processor: 'the processor’s, and a kernel of its own' } as const;

/** The same for the matrix: what enforces it. */
export const WALL_SHORT = { none: 'none', kernel: 'the host’s kernel', sentry: 'a kernel in user space', processor: 'the processor' } as const;
