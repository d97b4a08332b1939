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

/** A statement that another one has replaced or ended. */
export interface Lost {
  readonly of: 'host' | 'workload';
  readonly fact: string;
  readonly before: Value;
  /** What is stated now; absent where nothing is. */
  readonly now?: Value;
}

/** What a text says, to be put beside what was stated before. */
export interface Said {
  readonly host: Host;
  readonly workload: Workload;
  /** True when it names an image or a guest, which then may be another one. */
  readonly namesImage: boolean;
}

/** `same`: nothing new. `finer`: the same, said more exactly. `other`: it contradicts. */
export type Relation = 'same' | 'finer' | 'other';
/** How a new value of a fact compares with the one that is stated. */
export type Compare = (fact: string, before: Value, now: Value) => Relation;

/** Facts that add up: who names one hypervisor has not denied another. */
const ADDING: ReadonlySet<string> = new Set(['uses', 'hypervisors']);
/** What only the name of an image told, or the command that started it. */
const OF_ITS_NAME: readonly string[] = ['kernel', 'cpuLevel', 'avx', 'glibc', 'libc', 'systemd', 'vsyscall', 'libseccomp', 'engine', 'memoryMib', 'maxMapCount', 'wants', 'mounts'];

/** The situation with what a text says: that replaces, what it is silent about stays. Another system is another machine, of which nothing is known but what the text says. */
export function joined(now: Situation, said: Said, compare: Compare): { readonly situation: Situation; readonly lost: readonly Lost[] } {
  const isOther = now.host.os !== undefined && said.host.os !== undefined && now.host.os !== said.host.os;
  const host = joinedFacts('host', now.host, said.host, compare, isOther ? Object.keys(now.host) : [], { ...HOST_ENDS, build: ['version'] });
  const workload = joinedFacts('workload', now.workload, said.workload, compare, said.namesImage ? OF_ITS_NAME : [], WORKLOAD_ENDS);
  return { situation: { ...now, host: host.facts, workload: workload.facts }, lost: [...host.lost, ...workload.lost] };
}

type Ends = Readonly<Partial<Record<string, readonly string[]>>>;

function joinedFacts<T extends Host | Workload>(of: Lost['of'], before: T, said: T, compare: Compare, gone: readonly string[], ends: Ends): { readonly facts: T; readonly lost: readonly Lost[] } {
  const old = Object.entries<Value | undefined>(before).flatMap(([fact, value]) => (value === undefined ? [] : [[fact, value] as const]));
  const news = said as Readonly<Record<string, Value | undefined>>;
  const relation = (fact: string, value: Value): Relation | undefined => (news[fact] === undefined ? undefined : ADDING.has(fact) ? 'finer' : compare(fact, value, news[fact]));
  const ended = new Set([...gone, ...old.flatMap(([fact, value]) => (relation(fact, value) === 'other' ? ends[fact] ?? [] : []))]);
  const facts: Record<string, Value> = {};
  const lost: Lost[] = [];
  for (const [fact, value] of old) {
    const now = news[fact];
    const to = relation(fact, value);
    if (to === undefined && !ended.has(fact)) facts[fact] = value;
    else if (to === undefined) lost.push({ of, fact, before: value });
    else if (to === 'same') facts[fact] = value;
    else if (to === 'finer' && !gone.includes(fact)) facts[fact] = ADDING.has(fact) ? [...new Set([value, now as Value].flat() as string[])] : now as Value;
    else lost.push({ of, fact, before: value, now: now as Value });
  }
  return { facts: { ...facts, ...Object.fromEntries(Object.entries(news).filter(([fact, value]) => value !== undefined && facts[fact] === undefined)) } as T, lost };
}

function statedIn(facts: object, names: readonly string[]): readonly string[] {
  return names.filter((name) => Object.hasOwn(facts, name));
}
