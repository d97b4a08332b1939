/**
 * `stack-cost`: apps on one machine, the parts that each placement needs, and what those cost.
 * It knows what is shared and what is duplicated; it refuses to know how long a change would take on the reader's machine.
 */
import { countLayer, faultsOf, kernelOf, nodesOf, type StackNode } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Figures, Measures, Model, Step } from '../model.ts';
import { billsOf, readingsOf, totalOf, type Bill, type Readings, type Total } from './costs.ts';
import { factsOfMovingAll, factsOfPlacing, factsOfRemoving, reasonsFor, standing, tell, type Fact } from './facts.ts';
import { nodeOf, PLACEMENT_IDS, PROGRAMS, stackOf, type App, type Placement, type Program } from './placements.ts';

export { stackCostFigures, type Bill, type Cost, type Item, type Range, type Reading, type Readings, type Resource, type Total } from './costs.ts';
export type { Fact } from './facts.ts';
export { nodeOf, PLACEMENT_IDS, PROGRAMS, roleOf, type App, type Placement, type Program, type Role } from './placements.ts';

/** As many columns as a drawing holds. */
export const MOST_APPS = 8;

/** Apps that stand there from the start, by placement, in the order of `PLACEMENT_IDS`; ids count from 1. */
export interface Config {
  readonly app: Program;
  readonly start: Readonly<Partial<Record<Placement, number>>>;
}

export type Action =
  | { readonly type: 'add'; readonly placement: Placement }
  | { readonly type: 'move'; readonly id: number; readonly placement: Placement }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'moveAll'; readonly placement: Placement };

export interface State {
  readonly app: Program;
  readonly apps: readonly App[];
  /** Id of the next app. */
  readonly nextId: number;
  /** Where the last app was placed: where one more would go. */
  readonly placement: Placement;
  readonly stack: StackNode;
  /** What each part costs, by node id. */
  readonly bills: Readonly<Record<string, Bill>>;
  readonly disk: Total;
  readonly memory: Total;
  /** Measurements that bear on one more app of the last placement. */
  readonly readings: Readings;
  /** What the last step brought about; for a first state, what stands. */
  readonly facts: readonly Fact[];
}

export type StackCost = Model<Config, State, Action, Fact>;

/** The model over these figures (`stackCostFigures()` lists their ids). Throws SimError when one is missing. */
export function stackCost(figures: Figures): StackCost {
  const readings = Object.fromEntries(PROGRAMS.map((program) => [program, readingsOf(figures, program)])) as Record<Program, Record<Placement, Readings>>;
  const build = (app: Program, apps: readonly App[], nextId: number, placement: Placement) => {
    const stack = stackOf(apps, app);
    const bills = billsOf(stack, figures);
    const totals = { disk: totalOf(bills, 'disk', app), memory: totalOf(bills, 'memory', app) };
    return { app, apps, nextId, placement, stack, bills, ...totals, readings: readings[app][placement] };
  };
  return {
    id: 'stack-cost',
    defaults: { app: 'nginx', start: {} },
    init: ({ app, start }) => {
      const apps = firstApps(app, start);
      const state = build(app, apps, apps.length + 1, apps.at(-1)?.placement ?? 'container');
      return { ...state, facts: [standing(state)] };
    },
    legal,
    step: (state, action) => {
      const { apps, placement, facts } = CHANGES[action.type](state, action as never);
      const nextId = state.nextId + (action.type === 'add' ? 1 : 0);
      const now = build(state.app, apps, nextId, placement);
      return stepTo(now, facts(now));
    },
    isDone: () => false,
    describe: ({ facts, app }) => tell(facts, app),
    why: (_, fact) => reasonsFor(fact),
    measure,
    invariants: INVARIANTS,
  };
}

type Built = Omit<State, 'facts'>;

const stepTo = (built: Built, facts: readonly Fact[]): Step<State, Fact> => ({ state: { ...built, facts }, facts });

function firstApps(program: Program, start: Config['start']): readonly App[] {
  if (!PROGRAMS.includes(program)) throw new SimError(`The app is one of ${PROGRAMS.join(', ')}, not "${program}".`);
  const unknown = Object.keys(start).find((key) => !PLACEMENT_IDS.includes(key as Placement));
  if (unknown !== undefined) throw new SimError(`A placement is one of ${PLACEMENT_IDS.join(', ')}, not "${unknown}".`);
  const placements = PLACEMENT_IDS.flatMap((placement) => {
    const many = start[placement] ?? 0;
    if (!Number.isInteger(many) || many < 0) throw new SimError(`A number of apps is 0 or more, not ${many}.`);
    return Array.from({ length: Math.min(many, MOST_APPS + 1) }, () => placement);
  });
  if (placements.length > MOST_APPS) throw new SimError(`At most ${MOST_APPS} apps fit here.`);
  return placements.map((placement, i) => ({ id: i + 1, placement }));
}

interface Change {
  readonly apps: readonly App[];
  readonly placement: Placement;
  readonly facts: (now: Built) => readonly Fact[];
}

/** What each action does to the apps, after its guard. */
const CHANGES: { readonly [Type in Action['type']]: (state: State, action: Extract<Action, { type: Type }>) => Change } = {
  add: (state, { placement }) => {
    if (state.apps.length >= MOST_APPS) throw new SimError(`At most ${MOST_APPS} apps fit here. Remove one first.`);
    const app: App = { id: state.nextId, placement: known(placement) };
    return { apps: [...state.apps, app], placement, facts: (now) => factsOfPlacing(app, state, now) };
  },
  move: (state, { id, placement }) => {
    const from = find(state, id).placement;
    if (from === known(placement)) throw new SimError(`${state.app} ${id} is there already.`);
    const app: App = { id, placement };
    return { apps: state.apps.map((each) => (each.id === id ? app : each)), placement, facts: (now) => factsOfPlacing(app, state, now) };
  },
  remove: (state, { id }) => {
    const app = find(state, id);
    return { apps: state.apps.filter((each) => each.id !== id), placement: state.placement, facts: (now) => factsOfRemoving(app, state, now) };
  },
  moveAll: (state, { placement }) => {
    if (state.apps.every((app) => app.placement === known(placement))) throw new SimError('Every app is there already.');
    return { apps: state.apps.map(({ id }) => ({ id, placement })), placement, facts: (now) => factsOfMovingAll(placement, state, now) };
  },
};

function find(state: State, id: number): App {
  const app = state.apps.find((each) => each.id === id);
  if (!app) throw new SimError(`${state.app} ${id} is not here.`);
  return app;
}

function known(placement: Placement): Placement {
  if (!PLACEMENT_IDS.includes(placement)) throw new SimError(`A placement is one of ${PLACEMENT_IDS.join(', ')}, not "${placement}".`);
  return placement;
}

function legal({ apps }: State): readonly Action[] {
  const add = apps.length < MOST_APPS ? PLACEMENT_IDS.map((placement): Action => ({ type: 'add', placement })) : [];
  const elsewhere = (app: App) => PLACEMENT_IDS.filter((placement) => placement !== app.placement);
  const move = apps.flatMap((app) => elsewhere(app).map((placement): Action => ({ type: 'move', id: app.id, placement })));
  const remove = apps.map(({ id }): Action => ({ type: 'remove', id }));
  const all = PLACEMENT_IDS.filter((to) => apps.some(({ placement }) => placement !== to)).map((placement): Action => ({ type: 'moveAll', placement }));
  return [...add, ...move, ...remove, ...all];
}

/** How many apps each kernel answers, by the kernel's node id. */
export function appsByKernel({ stack, apps }: Pick<State, 'stack' | 'apps'>): ReadonlyMap<string, number> {
  const kernels = nodesOf(stack).filter(({ part }) => part.layer === 'kernel');
  const answered = apps.map((app) => kernelOf(stack, nodeOf(app))?.id);
  return new Map(kernels.map(({ id }) => [id, answered.filter((each) => each === id).length]));
}

/** No range without a figure: where nothing that was placed has one, the measure is these words. */
const NO_FIGURE = 'no figure';

function measure(state: State): Measures {
  const { stack, disk, memory, readings } = state;
  const walls = (by: 'hardware' | 'kernel') => nodesOf(stack).filter(({ wall }) => wall?.enforcedBy === by).length;
  const kernels = countLayer(stack, 'kernel');
  const [start] = readings.start;
  const of = (range: { low: number; high: number; figures: readonly string[] } | undefined, end: 'low' | 'high') => (range && range.figures.length > 0 ? range[end] : NO_FIGURE);
  const spread = (end: 'low' | 'high') => (start ? Math[end === 'low' ? 'min' : 'max'](...readings.start.map((reading) => reading[end])) : NO_FIGURE);
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
    startAnyMsLow: spread('low'),
    startAnyMsHigh: spread('high'),
    fallsWithHostKernel: nodesOf(stack).filter(({ part }) => part.layer === 'application').length,
    largestSharedKernel: Math.max(...appsByKernel(state).values()),
  };
}

const INVARIANTS: Readonly<Record<string, (state: State) => boolean>> = {
  'the tree is a stack': ({ stack }) => faultsOf(stack).length === 0,
  'every app is one process, and every process an app': ({ stack, apps }) => {
    const leaves = nodesOf(stack).filter(({ on, part }) => on.length === 0 && part.layer === 'application').map(({ id }) => id);
    return leaves.toSorted().join() === apps.map(nodeOf).toSorted().join();
  },
  'every machine wall holds one kernel': ({ stack }) =>
    nodesOf(stack).every((node) => node.wall?.enforcedBy !== 'hardware' || countLayer(node, 'kernel') === 1),
  'only the host’s kernel stands outside a machine wall': ({ stack }) => {
    const machines = nodesOf(stack).filter(({ wall }) => wall?.enforcedBy === 'hardware').length;
    return countLayer(stack, 'kernel') === 1 + machines && countLayer(stack, 'hypervisor') === machines;
  },
  'ranges run from low to high': ({ disk, memory, readings }) =>
    [disk, memory, ...readings.start, ...readings.disk, ...readings.memory].every(({ low, high }) => 0 <= low && low <= high),
  'every part has a bill': ({ stack, bills }) => {
    const nodes = nodesOf(stack);
    return nodes.length === Object.keys(bills).length && nodes.every(({ id }) => bills[id] !== undefined);
  },
  'at most eight apps, and no id twice': ({ apps, nextId }) =>
    apps.length <= MOST_APPS && new Set(apps.map(({ id }) => id)).size === apps.length && apps.every(({ id }) => id < nextId),
};
