/**
 * What would have to change so that a workload runs: found by trying, each try being planned like any other situation.
 * It knows which statements can matter to what is missing and how much trouble a change is; it refuses to know any product.
 */
import { changed, type Action, type Config } from './act.ts';
import { labelOf, type Control, type Option } from './choices.ts';
import { todoAt } from './condition.ts';
import { PLACE_FACTS, type FactName, type PlaceFact, type Value } from './facts.ts';
import { stating } from './offers.ts';
import type { Plan, Traced } from './plan.ts';

/** One change or two that together make the workload run. */
export interface Change {
  readonly actions: readonly Action[];
  /** What the reader does, as an order without a period. */
  readonly says: string;
  /** True when it then runs only in a way that the reader sets up alone. */
  readonly byHand: boolean;
  /** True when it settles what is missing first; others go around that. */
  readonly settles: boolean;
}

/** What comes of a situation, as far as changes ask. */
export interface Outcome {
  /** True when it runs, and not merely because a statement is too vague to say that it does not. */
  readonly runs: boolean;
  readonly isVague: boolean;
  readonly byHand: boolean;
  /** The tool of the cheapest way, where one brings it. */
  readonly tool?: string;
}

export interface Trying {
  readonly controls: readonly Control[];
  readonly plan: Plan;
  /** The fact that is missing first, where one is. */
  readonly missing?: FactName;
  /** Months in which something that is known begins or ends, in order. */
  readonly turns: readonly string[];
  outcome(situation: Config): Outcome;
  /** The controls of another situation. */
  controlsOf(situation: Config): readonly Control[];
  /** Title of a tool by its id. */
  titleOf(tool: string): string;
}

/** How many changes are offered. */
const MOST = 5;
/** A change of the machine itself is offered only where nothing easier helps. */
const EASY = 8;
const FEW = 2;
const MOST_PAIRS = 60;

/** How much trouble it is to change a statement, in no unit: a tool is exchanged sooner than an image, a setting sooner than a machine. */
const TROUBLE: Readonly<Record<string, number>> = {
  'tool.tool': 1, 'workload.isolation': 1, 'host.binfmt': 1, 'host.hyperv': 2, 'workload.arch': 2, 'workload.build': 2, 'workload.kernel': 2, 'workload.cpuLevel': 2,
  'host.firmwareVirtualization': 3, 'host.nested': 3, 'host.version': 4, 'host.build': 4, 'host.kernel': 5, 'host.cgroup': 5, 'host.edition': 6,
  'host.isVm': 8, 'host.distro': 9, 'host.cpuLevel': 9, 'host.arch': 10, 'host.os': 11, 'workload.os': 12, 'workload.kind': 12,
};
const TROUBLE_OF_A_DATE = 9;
const TROUBLE_OF_OTHER_FACTS = 3;

/** Statements that a condition's fact hangs on, where they are others than itself. */
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  'hwVirt': ['host.firmwareVirtualization', 'host.nested', 'host.isVm', 'host.hyperv'],
  'kvm': ['host.firmwareVirtualization', 'host.nested', 'host.isVm'],
  'nested': ['host.nested', 'host.isVm'],
  'slat': ['host.arch'],
  'runs': ['host.arch'],
  'build': ['host.version', 'host.build'],
  'version': ['host.version'],
  'kernel': ['host.kernel', 'host.version', 'host.distro'],
  'cgroup': ['host.cgroup', 'host.version'],
  'avx': ['host.cpuLevel'],
  'family': ['host.os', 'workload.os'],
  'link.arch': ['workload.arch', 'host.arch', 'host.binfmt'],
  'link.build': ['workload.build', 'host.version', 'host.build'],
  'link.revision': ['workload.build', 'host.version'],
  'cpuLevel': ['host.cpuLevel', 'workload.cpuLevel'],
  'tool.id': ['tool.tool'],
  'tool.version': ['tool.tool'],
};

/** Which controls, as `host.build`, a condition on a fact can hang on. */
export function behind(fact: string): readonly string[] {
  const name = fact.replace(/^host\./, '');
  return BEHIND[name] ?? (name.startsWith('image.') ? [name.replace('image.', 'workload.')] : [`host.${name}`]);
}

interface Try {
  readonly action: Action;
  readonly says: string;
  readonly trouble: number;
  /** One of a row of releases, each newer than the one before. */
  readonly newer?: true;
}

/** Changes that make it run: first those that settle what is missing first, then the least trouble first. Empty where none was found. */
export function changesFor(now: Config, trying: Trying): readonly Change[] {
  const missing = trying.plan.misses.flatMap(({ findings }) => findings.filter(({ status }) => status === 'unmet'));
  const kinds = kindsOf(now, missing, trying);
  const found = [...kinds.flatMap((tries) => firstThatHelps(now, [tries], trying)), ...waitingFor(now, trying), ...machinesFor(now, trying)].toSorted(byTrouble);
  const easy = found.filter(({ trouble }) => trouble <= EASY);
  const pairs = easy.length > 0 ? [] : pairsOf(now, kinds, trying, found);
  const all = [...found, ...pairs].toSorted(byTrouble);
  // Another machine is no news where something easier helps.
  return all.filter(({ trouble }, i) => trouble <= EASY || i < FEW).slice(0, MOST).map(({ actions, says, byHand, settles }) => ({ actions, says, byHand, settles }));
}

interface Found extends Change {
  readonly trouble: number;
}

const byTrouble = (a: Found, b: Found): number => Number(a.byHand) - Number(b.byHand) || Number(b.settles) - Number(a.settles) || a.trouble - b.trouble;

/** True when one of the actions is about a statement that the missing fact hangs on. */
function settlesIt(actions: readonly Action[], { missing }: Trying): boolean {
  const statements = missing === undefined ? [] : behind(missing);
  return actions.some((action) => action.type === 'set' && action.value !== undefined && statements.includes(kindOf(action)));
}

/** Of several ways to change one statement, the nearest that helps; with two lists, the nearest pair. */
function firstThatHelps(now: Config, lists: readonly (readonly Try[])[], trying: Trying): readonly Found[] {
  const { plan, outcome } = trying;
  const combined = lists.reduce<readonly (readonly Try[])[]>((before, list) => before.flatMap((tries) => list.map((one) => [...tries, one])), [[]]);
  for (const tries of combined) {
    const then = tries.reduce((config, { action }) => changed(config, action), now);
    const { runs, byHand } = outcome(then);
    if (runs || (byHand && plan.byHand.length === 0)) {
      const actions = tries.map(({ action }) => action);
      return [{ actions, settles: settlesIt(actions, trying), says: `${sentenceOf(tries)}${isRowOfReleases(now, tries, lists, trying) ? ' or newer' : ''}`, byHand: !runs, trouble: tries.reduce((sum, { trouble }) => sum + trouble, tries.length - 1) }];
    }
  }
  return [];
}

/** True when every release that is newer than the one that helps does too. */
function isRowOfReleases(now: Config, [one, other]: readonly Try[], [list = []]: readonly (readonly Try[])[], { outcome }: Trying): boolean {
  if (one?.newer !== true || other !== undefined) return false;
  const after = list.slice(list.indexOf(one) + 1).filter(({ newer }) => newer);
  return after.length > 0 && after.every(({ action }) => outcome(changed(now, action)).runs || outcome(changed(now, action)).isVague);
}

function sentenceOf(tries: readonly Try[]): string {
  return tries.map(({ says }, i) => (i === 0 ? says : says.charAt(0).toLowerCase() + says.slice(1))).join(', and ');
}

/** Two changes at once, of statements of which neither helps alone. */
function pairsOf(now: Config, kinds: readonly (readonly Try[])[], trying: Trying, found: readonly Found[]): readonly Found[] {
  const helping = new Set(found.flatMap(({ actions }) => actions.map(kindOf)));
  const open = kinds.filter(([first]) => first !== undefined && first.trouble <= EASY && !helping.has(kindOf(first.action))).map(someOf);
  const pairs = open.flatMap((one, i) => open.slice(i + 1).map((other) => [one, other] as const));
  const results: Found[] = [];
  let tried = 0;
  for (const pair of pairs.toSorted((a, b) => troubleOf(a) - troubleOf(b))) {
    if (tried >= MOST_PAIRS || results.length >= 2) break;
    tried += pair[0].length * pair[1].length;
    results.push(...firstThatHelps(now, pair, trying));
  }
  return results;
}

/** With a second change at hand, the newest releases stand for all. */
function someOf(tries: readonly Try[]): readonly Try[] {
  const newer = tries.filter((one) => one.newer);
  return newer.length > 0 ? newer.slice(-3) : tries.slice(0, 4);
}

const troubleOf = ([a, b]: readonly [readonly Try[], readonly Try[]]): number => (a[0]?.trouble ?? 0) + (b[0]?.trouble ?? 0);
const kindOf = (action: Action): string => (action.type === 'set' ? `${action.of}.${action.fact}` : action.type);

/** What can be tried, a list for each statement, nearest first. Only what bears on something that is missing, and what opens other ways. */
function kindsOf(now: Config, missing: readonly Traced[], trying: Trying): readonly (readonly Try[])[] {
  const relevant = new Set(['tool.tool', 'host.os', ...missing.flatMap(({ condition }) => behind(condition.fact))]);
  const controls = trying.controls.filter(({ of, fact }) => relevant.has(`${of}.${fact}`));
  return [...controls.map((control) => (control.of === 'tool' ? toolsIn(now, trying) : othersIn(control, now))), ...repairs(missing, trying.controls, now.date)].filter((tries) => tries.length > 0);
}

/** Another system and its newest release at once, where the system alone says too little to tell. */
function machinesFor(now: Config, trying: Trying): readonly Found[] {
  const { missing, outcome, controlsOf } = trying;
  if (missing === undefined || !behind(missing).includes('host.os')) return [];
  const systems = trying.controls.find(({ of, fact }) => of === 'host' && fact === 'os')?.options ?? [];
  return systems.filter(({ value }) => String(value).startsWith(String(now.workload.os ?? 'linux'))).flatMap((system): readonly Found[] => {
    const first: Action = { type: 'set', of: 'host', fact: 'os', value: system.value };
    const then = changed(now, first);
    if (outcome(then).runs) return [];
    const release = controlsOf(then).find(({ of, fact }) => of === 'host' && fact === 'version')?.options.at(-1);
    const second: Action | undefined = release && { type: 'set', of: 'host', fact: 'version', value: release.value };
    if (!second || !outcome(changed(then, second)).runs) return [];
    return [{ actions: [first, second], says: `Use a machine with ${system.label} ${release?.label ?? ''}`, byHand: false, settles: true, trouble: TROUBLE['host.os'] ?? 0 }];
  });
}

function othersIn(control: Control, now: Config): readonly Try[] {
  const { of, fact, options, value } = control;
  const trouble = TROUBLE[`${of}.${fact}`] ?? TROUBLE_OF_OTHER_FACTS;
  const at = options.findIndex((option) => String(option.value) === String(value));
  const tryOf = (option: Option): Try => ({ action: stating(control, option.value), says: orderFor(control, option, now), trouble });
  // A newer release is nearer than an older one, and of the newer ones the oldest.
  if (RELEASES.has(fact)) return [...options.slice(at + 1).map((option): Try => ({ ...tryOf(option), newer: true })), ...options.slice(0, Math.max(at, 0)).toReversed().map(tryOf)];
  const others = options.filter((_, i) => i !== at).map(tryOf);
  // Of all machines, one with the kernel that the image is made for.
  return fact === 'os' && of === 'host' ? others.toSorted((a, b) => Number(isOwn(b, now)) - Number(isOwn(a, now))).slice(0, 2) : others;
}

const RELEASES: ReadonlySet<string> = new Set(['version', 'build', 'kernel']);

function isOwn({ action }: Try, { workload: { os = 'linux' } }: Config): boolean {
  return action.type === 'set' && action.value === os;
}

/** Without the tool, whichever tool then carries it. */
function toolsIn(now: Config, { outcome, titleOf }: Trying): readonly Try[] {
  if (now.tool === undefined) return [];
  const { tool } = outcome(changed(now, { type: 'use' }));
  const any: Try = { action: { type: 'use' }, says: 'Let any tool do it', trouble: 1.5 };
  return tool === undefined || tool === now.tool.id ? [any] : [{ action: { type: 'use', tool }, says: `Use ${titleOf(tool)}`, trouble: 1 }, any];
}

/** What a condition itself says is to be done, for facts that have no control. */
function repairs(missing: readonly Traced[], controls: readonly Control[], date: string | undefined): readonly (readonly Try[])[] {
  const seen = new Set<string>();
  return missing.flatMap(({ condition }) => {
    const { fact, test } = condition;
    const todo = todoAt(condition, date);
    const name = fact.replace(/^host\./, '');
    const value = test.is ?? (typeof test.atLeast === 'number' ? test.atLeast : undefined);
    if (value === undefined || todo === undefined || seen.has(name) || !Object.hasOwn(PLACE_FACTS, name) || Object.hasOwn(BEHIND, name) || controls.some((one) => one.of === 'host' && one.fact === name)) return [];
    seen.add(name);
    const action: Action = { type: 'set', of: 'host', fact: name as PlaceFact, value: value as Value };
    return [[{ action, says: todo.replace(/\.$/, ''), trouble: TROUBLE_OF_OTHER_FACTS }]];
  });
}

/** The first month in which it runs, or else the first in which a reader could set it up alone: nothing changes between two turns. */
function waitingFor(now: Config, trying: Trying): readonly Found[] {
  const { date } = now;
  if (date === undefined) return [];
  const later = trying.turns.filter((month) => month > date).map((month): Try => ({ action: { type: 'at', date: month }, says: `Wait until ${month}`, trouble: TROUBLE_OF_A_DATE }));
  const tries: readonly Try[] = [...later, { action: { type: 'at' }, says: 'Ask for today', trouble: TROUBLE_OF_A_DATE }];
  // What is too vague then is too vague now: no month makes it so.
  const runsAfter = ({ action }: Try): boolean => {
    const { runs, isVague } = trying.outcome(changed(now, action));
    return runs || isVague;
  };
  const running = tries.find(runsAfter);
  if (!running) return firstThatHelps(now, [tries], trying);
  return [{ actions: [running.action], says: running.says, byHand: false, settles: false, trouble: running.trouble }];
}

const ORDERS: Readonly<Record<string, (value: string, now: Config, label: string) => string>> = {
  'host.firmwareVirtualization': (value) => `Turn virtualization ${value === 'true' ? 'on' : 'off'} in the firmware`,
  'host.hyperv': (value) => `Turn the Hyper-V feature ${value === 'true' ? 'on' : 'off'} and restart`,
  'host.nested': (value) => (value === 'true' ? 'Let the hypervisor around the machine pass virtualization on' : 'Do without nested virtualization'),
  'host.isVm': (value) => (value === 'false' ? 'Use a physical machine' : 'Use a virtual machine'),
  'host.binfmt': (value) => (value === 'true' ? 'Register QEMU in binfmt_misc' : 'Take QEMU out of binfmt_misc'),
  'host.os': (_, __, label) => `Use a machine with ${label}`,
  'host.distro': (_, __, label) => `Use ${label}`,
  'host.edition': (_, __, label) => `Use the ${label} edition`,
  'host.arch': (_, __, label) => `Use a machine with ${label === 'Apple silicon' ? label : `an ${label.replace(/ \(.*/, '')} processor`}`,
  'host.build': (_, __, label) => `Use build ${label}`,
  'host.kernel': (value) => `Use Linux ${value}`,
  'host.cgroup': (value) => `Boot with cgroup v${value}`,
  'host.cpuLevel': (value) => `Use a processor of x86-64-v${value}`,
  'workload.arch': (_, __, label) => `Use an image for ${label.replace(/ \(.*?\)/g, '')}`,
  'workload.os': (_, __, label) => `Use an image for ${label}`,
  'workload.kind': (_, __, label) => `Use a ${label}`,
  'workload.build': (_, __, label) => `Use an image based on ${label}`,
  'workload.isolation': (_, __, label) => `Ask for ${label} isolation`,
  'workload.kernel': (value) => `Use an image that accepts Linux ${value}`,
  'workload.cpuLevel': (value) => `Use an image for x86-64-v${value}`,
};

function orderFor({ of, fact }: Control, { value, label }: { readonly value: Value; readonly label: string }, now: Config): string {
  if (fact === 'version') return versionOrder(now, label);
  return ORDERS[`${of}.${fact}`]?.(String(value), now, label) ?? `Set ${fact} to ${label}`;
}

function versionOrder({ host: { os } }: Config, label: string): string {
  return os === undefined || os === 'linux' ? `Use release ${label}` : `Use ${labelOf(os)} ${label}`;
}
