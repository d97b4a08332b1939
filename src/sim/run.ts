/** Runs: a recipe with a cursor in it. Any instant is recomputed from the nearest checkpoint, so long runs stay small. */
import type { FactBase, Playable, Recipe, Step } from './model.ts';

/** Actions between two kept states. 32 keeps a seek under a millisecond for the models here. */
const CHECKPOINT_EVERY = 32;

export interface Run<Config, State, Action, Fact extends FactBase> {
  readonly model: Playable<Config, State, Action, Fact>;
  readonly recipe: Recipe<Config, Action>;
  /** How many of the recipe's actions have been taken: 0 to `recipe.actions.length`. */
  readonly cursor: number;
  readonly state: State;
  /** Facts of the actions before the cursor, one list an action. */
  readonly log: readonly (readonly Fact[])[];
  /** States kept along the run: `checkpoints[i]` is the state after `i * 32` actions. */
  readonly checkpoints: readonly State[];
}

/** The state and all facts after the whole recipe. Throws SimError at the first action that is not allowed. */
export function replay<C, S, A, F extends FactBase>(model: Playable<C, S, A, F>, recipe: Recipe<C, A>): Step<S, F> {
  const run = played(model, recipe);
  return { state: run.state, facts: run.log.flat() };
}

/** The run of a whole recipe, standing at its end. Throws SimError at the first action that is not allowed. */
export function played<C, S, A, F extends FactBase>(model: Playable<C, S, A, F>, recipe: Recipe<C, A>): Run<C, S, A, F> {
  return seek(startRun(model, recipe), recipe.actions.length);
}

/** A run that stands before its first action. */
export function startRun<C, S, A, F extends FactBase>(model: Playable<C, S, A, F>, recipe: Recipe<C, A>): Run<C, S, A, F> {
  const state = model.init(recipe.config, recipe.seed);
  return { model, recipe, cursor: 0, state, log: [], checkpoints: [state] };
}

/** Takes an action at the cursor. Whatever lay in the future is cut off; use `fork` to keep it. */
export function act<C, S, A, F extends FactBase>(run: Run<C, S, A, F>, action: A): Run<C, S, A, F> {
  const past = cut(run);
  return advance({ ...past, recipe: { ...past.recipe, actions: [...past.recipe.actions, action] } });
}

/** Two runs that share their past: the first keeps its future, the second ends at the cursor and is free to differ. */
export function fork<C, S, A, F extends FactBase>(run: Run<C, S, A, F>): readonly [Run<C, S, A, F>, Run<C, S, A, F>] {
  return [run, cut(run)];
}

/** The same run with its cursor after `cursor` actions (clamped to the run's length). */
export function seek<C, S, A, F extends FactBase>(run: Run<C, S, A, F>, cursor: number): Run<C, S, A, F> {
  const target = Math.max(0, Math.min(Math.trunc(cursor), run.recipe.actions.length));
  let at = target < run.cursor ? backTo(run, target) : run;
  while (at.cursor < target) at = advance(at);
  return at;
}

/** The recipe cut after `count` actions: what a link to this instant stores. */
export function upTo<C, A>(recipe: Recipe<C, A>, count: number): Recipe<C, A> {
  return { ...recipe, actions: recipe.actions.slice(0, Math.max(0, count)) };
}

function cut<C, S, A, F extends FactBase>(run: Run<C, S, A, F>): Run<C, S, A, F> {
  const kept = Math.floor(run.cursor / CHECKPOINT_EVERY) + 1;
  return { ...run, recipe: upTo(run.recipe, run.cursor), checkpoints: run.checkpoints.slice(0, kept) };
}

function backTo<C, S, A, F extends FactBase>(run: Run<C, S, A, F>, target: number): Run<C, S, A, F> {
  const index = Math.min(Math.floor(target / CHECKPOINT_EVERY), run.checkpoints.length - 1);
  const cursor = index * CHECKPOINT_EVERY;
  return { ...run, cursor, state: run.checkpoints[index] as S, log: run.log.slice(0, cursor) };
}

function advance<C, S, A, F extends FactBase>(run: Run<C, S, A, F>): Run<C, S, A, F> {
  const { state, facts } = run.model.step(run.state, run.recipe.actions[run.cursor] as A);
  const cursor = run.cursor + 1;
  const keep = cursor % CHECKPOINT_EVERY === 0 && run.checkpoints.length === cursor / CHECKPOINT_EVERY;
  const checkpoints = keep ? [...run.checkpoints, state] : run.checkpoints;
  return { ...run, cursor, state, log: [...run.log, facts], checkpoints };
}
