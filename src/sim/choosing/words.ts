/** Amounts, lists and settings in words. It knows language, not what follows from a setting. */
import { WORK_NAMES } from './tables.ts';
import type { CandidateId, Config } from './types.ts';

const digits = (value: number): string => (value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2))));

/** `10,000`; digits below the point are kept. */
export function grouped(value: number): string {
  const [whole = '', rest] = String(value).split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}

export function duration(ms: number): string {
  return ms >= 1000 ? `${digits(ms / 1000)} s` : `${digits(ms)} ms`;
}

export function size(mb: number): string {
  if (mb >= 1000) return `${digits(mb / 1000)} GB`;
  return mb === 0 ? 'nothing' : `${digits(mb)} MB`;
}

/** A speed against a base: `0.91`. */
export function ratio(value: number): string {
  return String(Number(value.toPrecision(2)));
}

/** Speeds as text (`0.34 of native`) put together, the lowest and highest against each base: `0.34–0.91 of native`. */
export function spanOf(speeds: readonly string[]): string {
  const bases = new Map<string, number[]>();
  for (const text of speeds) {
    const [range = '', base = range] = text.split(' of ');
    bases.set(base, [...(bases.get(base) ?? []), ...(base === range ? [1] : range.split('–').map(Number))]);
  }
  return list([...bases].map(([base, values]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === 1 && high === 1 ? base : `${low === high ? low : `${low}–${high}`} of ${base}`;
  }));
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

export const ORDER: Readonly<Record<CandidateId, number>> = { process: 0, container: 1, gvisor: 2, kata: 3, microvm: 4, vm: 5, unikernel: 6 };
