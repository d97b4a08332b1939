/**
 * What a reader may do to a situation, and which statements lose their meaning by it. It knows how facts hang together;
 * what comes of the situation is for model.ts. Links are settled with it, so it asks for no knowledge of products.
 */
import type { Host, PlaceFact, Value, Workload, WorkloadFact } from './facts.ts';
import type { Situation } from './situation.ts';

/** A situation, and which of the ways is drawn: the first where nothing is said. */
export interface Config extends Situation {
  readonly draw?: number;
}

export type SetAction =
  | { readonly type: 'set'; readonly of: 'host'; readonly fact: PlaceFact; readonly value?: Value }
  | { readonly type: 'set'; readonly of: 'workload'; readonly fact: WorkloadFact; readonly value?: Value };

/** Actions without a value take a statement back. */
export type Action =
  | SetAction
  | { readonly type: 'use'; readonly tool?: string }
  | { readonly type: 'at'; readonly date?: string }
  | { readonly type: 'fill'; readonly situation: Situation }
  | { readonly type: 'draw'; readonly chain: number };

/** What belongs to the machine whatever system it runs. */
const MACHINE: readonly PlaceFact[] = ['arch', 'cpuVendor', 'cpuLevel', 'avx', 'firmwareVirtualization', 'slat', 'isVm', 'nested', 'memoryMib', 'diskGb'];
const KERNEL: readonly PlaceFact[] = ['kernel', 'cgroup', 'memoryCgroup', 'seccomp', 'libseccomp', 'userNamespaces', 'vsyscall', 'family', 'kvm', 'hwVirt'];
const VIRTUAL: readonly PlaceFact[] = ['hwVirt', 'kvm'];

/** Statements about the host that end with another one. The system is not here: with it, all but those of the machine end. */
const HOST_ENDS: Readonly<Partial<Record<PlaceFact, readonly PlaceFact[]>>> = {
  distro: ['version', ...KERNEL],
  version: ['build', ...KERNEL],
  arch: ['cpuVendor', 'cpuLevel', 'avx', 'runs'],
  cpuLevel: ['avx'],
  firmwareVirtualization: VIRTUAL,
  slat: VIRTUAL,
  isVm: ['nested', ...VIRTUAL],
  nested: VIRTUAL,
  kernel: ['memoryCgroup', 'userNamespaces'],
};

const WORKLOAD_ENDS: Readonly<Partial<Record<WorkloadFact, readonly WorkloadFact[]>>> = {
  kind: ['build', 'isolation', 'wants', 'mounts'],
  os: ['build', 'isolation', 'kernel', 'vsyscall', 'glibc', 'libc', 'systemd', 'libseccomp', 'engine', 'avx', 'cpuLevel'],
  arch: ['cpuLevel', 'avx'],
};

/** The situation after an action. Which way is drawn starts anew with every other one. */
export function changed({ draw: _, ...now }: Config, action: Action): Config {
  if (action.type === 'draw') return action.chain === 0 ? now : { ...now, draw: action.chain };
  if (action.type === 'fill') return action.situation;
  if (action.type === 'use') return put(now, 'tool', action.tool === undefined ? undefined : { id: action.tool });
  if (action.type === 'at') return put(now, 'date', action.date);
  const ended = new Set<string>(endedBy(now, action));
  const facts = Object.entries<Value | undefined>(action.of === 'host' ? now.host : now.workload).filter(([name]) => name !== action.fact && !ended.has(name));
  if (action.value !== undefined) facts.push([action.fact, action.value]);
  return { ...now, [action.of]: Object.fromEntries(facts) as Host & Workload };
}

function put(now: Situation, key: 'tool' | 'date', value: unknown): Situation {
  const rest = Object.fromEntries(Object.entries(now).filter(([name]) => name !== key));
  return { ...(rest as unknown as Situation), ...(value === undefined ? {} : { [key]: value }) };
}

/** Statements of a situation that an action ends, beside the one that it is about. */
export function endedBy(now: Situation, action: SetAction): readonly string[] {
  if (action.of === 'workload') return statedIn(now.workload, WORKLOAD_ENDS[action.fact] ?? []);
  if (now.host[action.fact] === action.value) return [];
  if (action.fact !== 'os') return statedIn(now.host, HOST_ENDS[action.fact] ?? []);
  return Object.keys(now.host).filter((name) => name !== 'os' && !MACHINE.includes(name as PlaceFact));
}

function statedIn(facts: object, names: readonly string[]): readonly string[] {
  return names.filter((name) => Object.hasOwn(facts, name));
}
