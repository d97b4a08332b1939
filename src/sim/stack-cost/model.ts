/**
 * `stack-cost`: apps on one machine, the parts that each placement needs, and what those cost.
 * It knows what is shared and what is duplicated; it refuses to know how long a change would take on the reader's machine.
 */
import type { StackNode } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { billsOf, readingsOf, totalOf, type Bill, type Prices, type Readings, type Resource, type Total } from './costs.ts';
import { factsOfMovingAll, factsOfPlacing, factsOfRemoving, reasonsFor, standing, tell, type Fact, type Words } from './facts.ts';
import { inImage, PLACEMENT_IDS, stackOf, type App, type Pieces, type Placement, type Program } from './placements.ts';

export type { Bill, Cost, Item, Range, Readings, Resource, Total } from './costs.ts';
export type { Fact } from './facts.ts';
export { inImage, nodeOf, PLACEMENT_IDS, PROGRAMS, roleOf, type App, type Placement, type Program, type Role } from './placements.ts';

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
  /** Disk of whole images with the program, where one stands in a container; on another basis than the bills, so never in a sum. */
  readonly programImages: Readings['disk'];
  /** What the last step brought about; for a first state, what stands. */
  readonly facts: readonly Fact[];
}

/** What the model computes with, as data, so that a page can carry it instead of a script. */
export interface Tables extends Prices, Words {
  readonly pieces: Pieces;
}

/** The model over these tables, as far as a page plays it: index.ts adds what tests, claims and exports need. */
export function stackCostIn(tables: Tables): Playable<Config, State, Action, Fact> {
  const build = (app: Program, apps: readonly App[], nextId: number, placement: Placement): Built => {
    const stack = stackOf(tables.pieces, apps, app);
    const bills = billsOf(tables, stack);
    const total = (resource: Resource) => totalOf(bills, resource, app);
    return { app, apps, nextId, placement, stack, bills, disk: total('disk'), memory: total('memory'), readings: readingsOf(tables, placement, app),
      programImages: apps.some(inImage) ? tables.withProgram[app].disk : [] };
  };
  return {
    id: 'stack-cost',
    init: ({ app, start }) => {
      const apps = firstApps(start);
      const state = build(app, apps, apps.length + 1, apps.at(-1)?.placement ?? 'container');
      return { ...state, facts: [standing(state)] };
    },
    step: (state, action) => {
      const { apps, placement, facts } = CHANGES[action.type](state, action as never);
      const nextId = state.nextId + (action.type === 'add' ? 1 : 0);
      const now = build(state.app, apps, nextId, placement);
      const happened = facts(now);
      return { state: { ...now, facts: happened }, facts: happened };
    },
    describe: ({ facts, app }) => tell(tables, facts, app),
    why: (_, fact) => reasonsFor(tables, fact),
  };
}

type Built = Omit<State, 'facts'>;

function firstApps(start: Config['start']): readonly App[] {
  const placements = PLACEMENT_IDS.flatMap((placement) => new Array<Placement>(start[placement] ?? 0).fill(placement));
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
    return { apps: [...state.apps, app], placement, facts: (now) => factsOfPlacing(app, state, now) };
  },
  move: (state, { id, placement }) => {
    if (find(state, id).placement === placement) throw new SimError(THERE);
    const app: App = { id, placement };
    return { apps: state.apps.map((each) => (each.id === id ? app : each)), placement, facts: (now) => factsOfPlacing(app, state, now) };
  },
  remove: (state, { id }) => {
    const app = find(state, id);
    return { apps: state.apps.filter((each) => each !== app), placement: state.placement, facts: (now) => factsOfRemoving(app, state, now) };
  },
  moveAll: (state, { placement }) => {
    if (state.apps.every((app) => app.placement === placement)) throw new SimError(THERE);
    return { apps: state.apps.map(({ id }) => ({ id, placement })), placement, facts: (now) => factsOfMovingAll(placement, state, now) };
  },
};

const THERE = 'It is there already.';

function find(state: State, id: number): App {
  const app = state.apps.find((each) => each.id === id);
  if (!app) throw new SimError(`${state.app} ${id} is not here.`);
  return app;
}
