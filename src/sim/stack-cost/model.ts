/**
 * `stack-cost`: apps on one machine, the parts that each placement needs, and what those cost.
 * It knows what is shared and what is duplicated; it refuses to know how long a change would take on the reader's machine.
 */
import { countLayer, kernelOf, nodesOf, type StackNode } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Figures, Measures, Model } from '../model.ts';
import { billsOf, readingsOf, totalOf, type Bill, type Range, type Readings, type Resource, type Total } from './costs.ts';
import { factsOfMovingAll, factsOfPlacing, factsOfRemoving, reasonsFor, standing, tell, type Fact } from './facts.ts';
import { nodeOf, PLACEMENT_IDS, PROGRAMS, stackOf, type App, type Placement, type Program } from './placements.ts';
import type { Tables } from './tables.ts';

export type { Bill, Cost, Item, Range, Readings, Resource, Total } from './costs.ts';
export type { Fact } from './facts.ts';
export type { Tables } from './tables.ts';
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

/**
 * The model over these figures and tables. Throws SimError in `init` and `step` when a figure is missing. `invariants` are for
 * tests and the tables are data: a page that draws carries the one not at all and the other not as a script.
 */
export function stackCostIn(tables: Tables, figures: Figures, invariants: StackCost['invariants'] = {}): StackCost {
  const build = (app: Program, apps: readonly App[], nextId: number, placement: Placement): Built => {
    const stack = stackOf(tables.pieces, apps, app);
    const bills = billsOf(tables, figures, stack);
    const total = (resource: Resource) => totalOf(bills, resource, app);
    return { app, apps, nextId, placement, stack, bills, disk: total('disk'), memory: total('memory'), readings: readingsOf(tables, figures, placement, app) };
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
      const happened = facts(now);
      return { state: { ...now, facts: happened }, facts: happened };
    },
    isDone: () => false,
    describe: ({ facts, app }) => tell(tables, facts, app),
    why: (_, fact) => reasonsFor(tables, fact),
    measure,
    invariants,
  };
}

type Built = Omit<State, 'facts'>;

function firstApps(program: Program, start: Config['start']): readonly App[] {
  if (!PROGRAMS.includes(program)) throw new SimError(`There is no app "${program}".`);
  Object.keys(start).forEach((placement) => known(placement as Placement));
  const placements = PLACEMENT_IDS.flatMap((placement) => {
    const many = start[placement] ?? 0;
    if (!Number.isInteger(many) || many < 0 || many > MOST_APPS) throw new SimError(`A number of apps is 0 to ${MOST_APPS}, not ${many}.`);
    return new Array<Placement>(many).fill(placement);
  });
  if (placements.length > MOST_APPS) throw new SimError(FULL);
  return placements.map((placement, i) => ({ id: i + 1, placement }));
}

const FULL = `At most ${MOST_APPS} apps fit here.`;

interface Change {
  readonly apps: readonly App[];
  readonly placement: Placement;
  readonly facts: (now: Built) => readonly Fact[];
}

/** What each action does to the apps, after its guard. */
const CHANGES: { readonly [Type in Action['type']]: (state: State, action: Extract<Action, { type: Type }>) => Change } = {
  add: (state, { placement }) => {
    if (state.apps.length >= MOST_APPS) throw new SimError(FULL);
    const app: App = { id: state.nextId, placement };
    return { apps: [...state.apps, app], placement: known(placement), facts: (now) => factsOfPlacing(app, state, now) };
  },
  move: (state, { id, placement }) => {
    if (find(state, id).placement === placement) throw new SimError(THERE);
    const app: App = { id, placement };
    return { apps: state.apps.map((each) => (each.id === id ? app : each)), placement: known(placement), facts: (now) => factsOfPlacing(app, state, now) };
  },
  remove: (state, { id }) => {
    const app = find(state, id);
    return { apps: state.apps.filter((each) => each !== app), placement: state.placement, facts: (now) => factsOfRemoving(app, state, now) };
  },
  moveAll: (state, { placement }) => {
    if (state.apps.every((app) => app.placement === placement)) throw new SimError(THERE);
    return { apps: state.apps.map(({ id }) => ({ id, placement })), placement: known(placement), facts: (now) => factsOfMovingAll(placement, state, now) };
  },
};

const THERE = 'It is there already.';

function find(state: State, id: number): App {
  const app = state.apps.find((each) => each.id === id);
  if (!app) throw new SimError(`${state.app} ${id} is not here.`);
  return app;
}

function known(placement: Placement): Placement {
  if (!PLACEMENT_IDS.includes(placement)) throw new SimError(`There is no placement "${placement}".`);
  return placement;
}

function legal({ apps }: State): readonly Action[] {
  const remove = apps.map(({ id }): Action => ({ type: 'remove', id }));
  return [...remove, ...PLACEMENT_IDS.flatMap((placement): readonly Action[] => {
    const elsewhere = apps.filter((app) => app.placement !== placement);
    const actions: Action[] = elsewhere.map(({ id }) => ({ type: 'move', id, placement }));
    if (elsewhere.length > 0) actions.push({ type: 'moveAll', placement });
    if (apps.length < MOST_APPS) actions.push({ type: 'add', placement });
    return actions;
  })];
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
    largestSharedKernel: Math.max(...appsByKernel(state).values()),
  };
}
