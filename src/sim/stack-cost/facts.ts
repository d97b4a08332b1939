/** What a change did to the stack, each fact with its sentence and its rule. It knows what became true, not what is drawn. */
import { countLayer, kernelOf, type StackNode } from '../domain.ts';
import type { Reason } from '../model.ts';
import { nodeOf, PLACEMENTS, type App, type Placement, type Program } from './placements.ts';

export type Fact =
  /** The stack as it stands; said of a whole stack rather than of one app. `as` is the placement of all apps, if they have one. */
  | { readonly id: 'stackStood'; readonly as: Placement | 'nothing' | 'mixed'; readonly apps: number; readonly kernels: number; readonly onHostKernel: number }
  | { readonly id: 'appPlaced'; readonly app: number; readonly as: Placement }
  | { readonly id: 'appRemoved'; readonly app: number; readonly from: Placement }
  | { readonly id: 'kernelAdded'; readonly added: number; readonly kernels: number; readonly by: Placement; readonly with: 'one' | 'all' }
  /** `with` says whether one app's machine took its kernel along, or a change of all apps did. */
  | { readonly id: 'kernelRemoved'; readonly removed: number; readonly kernels: number; readonly with: 'one' | 'all' }
  | { readonly id: 'kernelReplaced'; readonly by: Placement }
  /** No kernel came or went: the app is answered by one that answers `apps` apps now. */
  | { readonly id: 'kernelShared'; readonly app: number; readonly kernel: 'host' | 'vm'; readonly apps: number; readonly as: Placement }
  | { readonly id: 'hostKernelLeft'; readonly app: number; readonly others: number }
  | { readonly id: 'userlandShared'; readonly apps: number }
  | { readonly id: 'imageLayersShared' }
  | { readonly id: 'imageStoredTwice' }
  | { readonly id: 'vmStarted'; readonly as: Placement }
  /** No kernel came or went with a change; this one answers `apps` apps. */
  | { readonly id: 'kernelKept'; readonly kernel: 'host' | 'vm'; readonly apps: number; readonly with: 'one' | 'all' }
  | { readonly id: 'firmwareLeftOut' }
  | { readonly id: 'wallFell' }
  | { readonly id: 'nothingDuplicated' };

/** What the facts are computed from: a state before or after the change. */
export interface Situation {
  readonly apps: readonly App[];
  readonly stack: StackNode;
}

const count = (apps: readonly App[], as: Placement) => apps.filter(({ placement }) => placement === as).length;
const answeredByHost = (apps: readonly App[]) => apps.filter(({ placement }) => PLACEMENTS[placement].kernel === 'host').length;

/** The stack as it stands, without regard to how it came about. */
export function standing({ apps, stack }: Situation): Fact {
  const as = apps[0]?.placement ?? 'nothing';
  const alike = apps.every(({ placement }) => placement === as);
  return { id: 'stackStood', as: alike ? as : 'mixed', apps: apps.length, kernels: countLayer(stack, 'kernel'), onHostKernel: answeredByHost(apps) };
}

/** What it meant to put one app where it is now, from elsewhere or from nowhere. */
export function factsOfPlacing(app: App, before: Situation, now: Situation): readonly Fact[] {
  const from = before.apps.find(({ id }) => id === app.id)?.placement;
  return [
    { id: 'appPlaced', app: app.id, as: app.placement },
    ...kernelFacts(app, from, before, now),
    ...EXTRAS[app.placement](app, from, now),
  ];
}

/** What it meant to take one app away. */
export function factsOfRemoving(app: App, before: Situation, now: Situation): readonly Fact[] {
  const counted = kernelCount(app.placement, before, now, 'one');
  const kernel = PLACEMENTS[app.placement].kernel === 'host' ? 'host' : 'vm';
  const apps = kernel === 'host' ? answeredByHost(now.apps) : count(now.apps, app.placement);
  const kept: readonly Fact[] = counted.length > 0 ? [] : [{ id: 'kernelKept', kernel, apps, with: 'one' }];
  return [{ id: 'appRemoved', app: app.id, from: app.placement }, ...counted, ...kept];
}

/** What it meant to put every app in the same kind of place. */
export function factsOfMovingAll(to: Placement, before: Situation, now: Situation): readonly Fact[] {
  const placed = now.apps.map(({ id }): Fact => ({ id: 'appPlaced', app: id, as: to }));
  const counted = kernelCount(to, before, now, 'all');
  const hostOnly = counted.length === 0 && countLayer(now.stack, 'kernel') === 1;
  const kept: readonly Fact[] = hostOnly ? [{ id: 'kernelKept', kernel: 'host', apps: now.apps.length, with: 'all' }] : [];
  return [...placed, ...counted, ...kept, standing(now)];
}

function kernelCount(by: Placement, before: Situation, now: Situation, scope: 'one' | 'all'): readonly Fact[] {
  const kernels = countLayer(now.stack, 'kernel');
  const added = kernels - countLayer(before.stack, 'kernel');
  if (added > 0) return [{ id: 'kernelAdded', added, kernels, by, with: scope }];
  return added < 0 ? [{ id: 'kernelRemoved', removed: -added, kernels, with: scope }] : [];
}

function kernelFacts(app: App, from: Placement | undefined, before: Situation, now: Situation): readonly Fact[] {
  const counted = kernelCount(app.placement, before, now, 'one');
  const answers = kernelOf(now.stack, nodeOf(app))?.id;
  const had = from && kernelOf(before.stack, nodeOf(app))?.id;
  const apps = now.apps.filter((each) => kernelOf(now.stack, nodeOf(each))?.id === answers).length;
  const kernel = answers === 'host/kernel' ? 'host' : 'vm';
  const left: readonly Fact[] = had === 'host/kernel' && app.placement !== 'container-in-vm' ? [{ id: 'hostKernelLeft', app: app.id, others: answeredByHost(now.apps) }] : [];
  const alone = PLACEMENTS[app.placement].kernel === 'own' || (kernel === 'vm' && apps === 1);
  if (alone) return counted.length > 0 ? [...counted, ...left] : [{ id: 'kernelReplaced', by: app.placement }];
  return [...counted, { id: 'kernelShared', app: app.id, kernel, apps, as: app.placement }];
}

/** What a placement brings along beside a kernel, or does without. */
const EXTRAS: Readonly<Record<Placement, (app: App, from: Placement | undefined, now: Situation) => readonly Fact[]>> = {
  'metal': (_, from, now) => {
    const apps = count(now.apps, 'metal');
    if (now.apps.length === apps) return [{ id: 'nothingDuplicated' }];
    if (apps > 1) return [{ id: 'userlandShared', apps }];
    return from ? [{ id: 'wallFell' }] : [];
  },
  'container': (_, __, now) => layerFacts('container', now),
  'vm': (_, from) => (from === 'microvm' ? [] : [{ id: 'vmStarted', as: 'vm' }]),
  'container-in-vm': (_, __, now) => layerFacts('container-in-vm', now),
  'microvm': () => [{ id: 'firmwareLeftOut' }],
};

function layerFacts(as: 'container' | 'container-in-vm', { apps }: Situation): readonly Fact[] {
  if (count(apps, as) > 1) return [{ id: 'imageLayersShared' }];
  const twice: readonly Fact[] = count(apps, as === 'container' ? 'container-in-vm' : 'container') > 0 ? [{ id: 'imageStoredTwice' }] : [];
  return as === 'container' ? twice : [{ id: 'vmStarted', as }, ...twice];
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const number = (n: number) => NUMBERS[n] ?? String(n);
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const many = (n: number, one: string) => `${number(n)} ${one}${n === 1 ? '' : 's'}`;
const all = (n: number, one: string) => (n === 1 ? `the one ${one}` : n === 2 ? `both ${one}s` : `all ${number(n)} ${one}s`);

type Say = { readonly [Id in Fact['id']]: (fact: Extract<Fact, { id: Id }>, program: Program) => string };

const BROUGHT: Readonly<Record<Placement, string>> = {
  'metal': '',
  'container': '',
  'vm': ': the virtual machine brought its own',
  'container-in-vm': ', in the virtual machine that holds the container',
  'microvm': ': the microVM brought its own too',
};

/** One sentence a fact; empty where the neighbors say it already. */
const SAY: Say = {
  stackStood: (fact, program) => STANDS[fact.as](fact, program),
  appPlaced: () => '',
  appRemoved: ({ app }, program) => `${program} ${app} is gone.`,
  kernelAdded: ({ kernels, by, with: scope }) => (scope === 'all' ? '' : `A ${ORDINALS[kernels]} kernel runs now${BROUGHT[by]}.`),
  kernelRemoved: ({ removed, kernels, with: scope }) => {
    if (scope === 'all') return `${upper(many(removed, 'kernel'))} ${removed === 1 ? 'is' : 'are'} gone.`;
    return kernels === 1 ? 'One kernel is left: the host’s.' : `One kernel went with its virtual machine; ${number(kernels)} are left.`;
  },
  kernelReplaced: ({ by }) => `As many kernels run as before: ${by === 'microvm' ? 'the microVM' : by === 'vm' ? 'the virtual machine' : 'the virtual machine that holds the container'} brought its own.`,
  kernelShared: (fact, program) => sharedSentence(fact, program),
  hostKernelLeft: ({ app, others }, program) =>
    others > 0 ? `${program} ${app} no longer shares the host’s with ${many(others, 'other app')}.` : 'The host’s kernel answers no app directly any more.',
  userlandShared: ({ apps }) => `The host’s userland serves ${all(apps, 'app')} on metal.`,
  imageLayersShared: () => 'Its image was on the disk already: the files are not stored again.',
  imageStoredTwice: () => 'The image is stored twice now, because the host’s engine and the one in the virtual machine do not share their stores.',
  vmStarted: ({ as }) =>
    as === 'vm' ? 'Firmware, kernel and userland are there once more, for one app.' : 'The app is in a container, yet its system calls end in that kernel, not in the host’s.',
  kernelKept: ({ kernel, apps, with: scope }) => {
    if (scope === 'all') return 'No kernel came or went.';
    if (kernel === 'vm') return `The virtual machine and its kernel stay for ${many(apps, 'other container')}.`;
    return apps === 0 ? 'No kernel went with it.' : `No kernel went with it: the host’s still answers ${many(apps, 'other app')}.`;
  },
  firmwareLeftOut: () => 'What it leaves out is the firmware: Firecracker loads the kernel itself.',
  wallFell: () => 'No wall stands between it and the host’s userland now.',
  nothingDuplicated: () => 'Nothing is duplicated.',
};

function sharedSentence({ app, kernel, apps, as }: Extract<Fact, { id: 'kernelShared' }>, program: Program): string {
  const name = `${program} ${app}`;
  if (kernel === 'vm') return `${name} joined the virtual machine for containers: its kernel answers ${all(apps, 'container')} in it.`;
  const answers = apps === 1 ? 'the host’s kernel answers it' : `the host’s kernel answers ${many(apps, 'app')} now`;
  return as === 'metal' ? `${name} runs in the host’s userland, and ${answers}.` : `${name} brought a userland but no kernel: ${answers}.`;
}

type Standing = (fact: Extract<Fact, { id: 'stackStood' }>, program: Program) => string;

const STANDS: Readonly<Record<Placement | 'nothing' | 'mixed', Standing>> = {
  'nothing': () => 'The host runs one kernel and no app yet. Add one and see what comes with it.',
  'metal': ({ apps }, program) =>
    apps === 1 ? `${program} runs in the host’s userland and on its kernel. Nothing is duplicated.`
      : `${upper(all(apps, 'app'))} share one userland and one kernel. Nothing is duplicated, and no wall stands between them.`,
  'container': ({ apps }, program) =>
    apps === 1 ? `${program} stands behind a wall that the kernel enforces. The container brought a userland, but no kernel: the host’s answers.`
      : `${upper(number(apps))} copies of ${program}, ${many(apps, 'wall')}, one kernel. Each container brought a userland; none brought a kernel.`,
  'vm': ({ apps, kernels }) =>
    `${upper(number(kernels))} kernels run: the host’s and one in ${apps === 1 ? 'the virtual machine' : 'each virtual machine'}. ${apps === 1 ? 'The app’s system calls end in the second.' : 'No two apps share a kernel.'}`,
  'container-in-vm': ({ apps }) =>
    `Besides the host’s kernel one more runs, that of the virtual machine which ${apps === 1 ? 'holds the container' : `${all(apps, 'container')} share`}. The host’s answers none of ${apps === 1 ? 'its' : 'their'} system calls.`,
  'microvm': ({ apps, kernels }) =>
    `${upper(number(kernels))} kernels run: the host’s and one in ${apps === 1 ? 'the microVM' : 'each microVM'}. MicroVMs leave out the firmware, not the kernel.`,
  'mixed': ({ apps, kernels, onHostKernel }) =>
    kernels === 1 ? `${upper(number(apps))} apps run on one kernel, some behind a wall and some not. None brought a kernel.`
      : `${upper(number(apps))} apps run on ${number(kernels)} kernels. The host’s answers ${onHostKernel === 0 ? 'none of the apps directly' : `${number(onHostKernel)} of the apps`}; the other kernels came with virtual machines.`,
};

/** The sentences of these facts, in order. */
export function tell(facts: readonly Fact[], program: Program): string {
  const say = SAY as Readonly<Record<string, (fact: Fact, program: Program) => string>>;
  return facts.map((fact) => say[fact.id]?.(fact, program) ?? '').filter((text) => text !== '').join(' ');
}

const RULES = {
  nearest: { rule: 'nearest-kernel', text: 'A container is a group of processes. Their system calls go to the nearest kernel below them.' },
  boots: { rule: 'machine-boots-kernel', text: 'A virtual machine is hardware to what runs on it, so each one boots a kernel of its own.' },
  joint: { rule: 'containers-share-vm', text: 'Containers in one virtual machine share its kernel. Docker Desktop works like this.' },
  layers: { rule: 'layers-stored-once', text: 'An engine stores each layer of an image once. Every container reads the same files and writes to a layer of its own, which starts empty.', figures: ['img.debian-slim.compressed'] },
  stores: { rule: 'one-store-per-engine', text: 'Each engine has a store of its own. The one in a virtual machine keeps it on the virtual disk.' },
  loads: { rule: 'vmm-loads-kernel', text: 'Firecracker puts the kernel into the guest’s memory and starts it there. No firmware runs before it.' },
  host: { rule: 'metal-shares-all', text: 'Processes on the host share its userland, its kernel and its file system.' },
  walls: { rule: 'walls', text: 'A kernel enforces the wall of a container; the processor enforces the wall of a virtual machine, as the hypervisor sets it up.' },
} as const satisfies Readonly<Record<string, Reason>>;

const BECAUSE: Readonly<Record<Fact['id'], readonly (keyof typeof RULES)[]>> = {
  stackStood: ['nearest', 'boots', 'walls'],
  appPlaced: ['walls'],
  appRemoved: [],
  kernelAdded: ['boots'],
  kernelRemoved: ['boots'],
  kernelReplaced: ['boots'],
  kernelShared: ['nearest', 'joint'],
  hostKernelLeft: ['nearest'],
  userlandShared: ['host'],
  imageLayersShared: ['layers'],
  imageStoredTwice: ['layers', 'stores'],
  vmStarted: ['boots'],
  kernelKept: ['nearest'],
  firmwareLeftOut: ['loads'],
  wallFell: ['host'],
  nothingDuplicated: ['host'],
};

/** The rules behind a fact. */
export function reasonsFor(fact: Fact): readonly Reason[] {
  return BECAUSE[fact.id].map((rule) => RULES[rule]);
}
