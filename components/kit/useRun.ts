/** One reader's session with a model: one run or two side by side, restored from a link, and changed by the reader only. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { act, fork, seek, startRun, upTo } from '../../src/sim/run.ts';
import type { FactBase, Model, Recipe, Run } from '../../src/sim/index.ts';
import type { Codec } from './playground.ts';

export interface Session<C, S, A, F extends FactBase> {
  /** False in the HTML that the build made: controls are disabled until the page's script has taken over. */
  readonly ready: boolean;
  /** One run, or two after `compare`. */
  readonly runs: readonly Run<C, S, A, F>[];
  /** The run that the controls act on. */
  readonly active: number;
  readonly run: Run<C, S, A, F>;
  /** Whether the address carried a link to this playground, and whether it could be read. */
  readonly link: 'none' | 'restored' | 'damaged';
  act(action: A): void;
  seek(cursor: number): void;
  /** Starts the active run again with another recipe. */
  restart(recipe: Recipe<C, A>): void;
  /** Changes all runs at once, for instance to step them in step. */
  each(change: (run: Run<C, S, A, F>) => Run<C, S, A, F>): void;
  /** Forks the active run at its cursor; the copy becomes active. */
  compare(): void;
  /** Ends the comparison and keeps the active run. */
  keep(): void;
  activate(index: number): void;
  reset(): void;
  /** The address that restores what is on the screen. */
  address(): Promise<string>;
}

interface Held<C, S, A, F extends FactBase> {
  readonly runs: readonly Run<C, S, A, F>[];
  readonly active: number;
  readonly link: 'none' | 'restored' | 'damaged';
}

interface Options<C, S, A, F extends FactBase> {
  readonly instance: string;
  readonly model: Model<C, S, A, F>;
  /** Loaded when a link is read or made, which is seldom. */
  readonly codec: () => Promise<Codec<C, A>>;
  readonly recipe: Recipe<C, A>;
  /** A second run from the start: the playground opens comparing. */
  readonly beside?: Recipe<C, A> | undefined;
  /** For models with one way forward: the whole run is computed ahead, so that the reader can scrub through it. */
  readonly foresee?: boolean;
}

/** More steps than any run here has; a model that never ends stops there. */
const FORESEE_MOST = 400;

export function useRun<C, S, A, F extends FactBase>(options: Options<C, S, A, F>): Session<C, S, A, F> {
  const first = useMemo(() => firstOf(options), []);
  const [held, setHeld] = useState(first);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const settle = (restored: Held<C, S, A, F>) => {
      setHeld(restored);
      setReady(true);
    };
    if (isLinked(options)) void fromAddress(options, first).then(settle);
    else settle(first);
  }, []);
  // The run that is active when the change is made, so that `activate` and a change may follow each other in one handler.
  const change = (to: (run: Run<C, S, A, F>) => Run<C, S, A, F>) =>
    setHeld((now) => ({ ...now, runs: now.runs.map((run, i) => (i === now.active ? to(run) : run)) }));
  const { runs, active, link } = held;
  const run = runs[active] as Run<C, S, A, F>;
  return {
    ready, runs, active, run, link,
    act: (action) => change((now) => act(now, action)),
    seek: (cursor) => change((now) => seek(now, cursor)),
    restart: (recipe) => change(() => played(options, recipe)),
    each: (to) => setHeld((now) => ({ ...now, runs: now.runs.map(to) })),
    compare: () => setHeld((now) => ({ ...now, runs: forked(options, now.runs[now.active] as Run<C, S, A, F>), active: 1 })),
    keep: () => setHeld((now) => ({ ...now, runs: [now.runs[now.active] as Run<C, S, A, F>], active: 0 })),
    activate: (index) => setHeld((now) => ({ ...now, active: index })),
    reset: () => setHeld(first),
    address: () => addressOf(options, runs),
  };
}

function played<C, S, A, F extends FactBase>({ model, foresee }: Options<C, S, A, F>, recipe: Recipe<C, A>): Run<C, S, A, F> {
  const run = seek(startRun(model, recipe), recipe.actions.length);
  return foresee ? seek(toTheEnd(run), run.cursor) : run;
}

/** The run and a copy that is free to differ; with `foresee` the copy gets its future back. */
function forked<C, S, A, F extends FactBase>({ foresee }: Options<C, S, A, F>, run: Run<C, S, A, F>): readonly Run<C, S, A, F>[] {
  const [kept, copy] = fork(run);
  return [kept, foresee ? seek(toTheEnd(copy), copy.cursor) : copy];
}

function toTheEnd<C, S, A, F extends FactBase>(run: Run<C, S, A, F>): Run<C, S, A, F> {
  let at = run;
  while (!at.model.isDone(at.state) && at.cursor < FORESEE_MOST) {
    const [only] = at.model.legal(at.state);
    if (only === undefined) break;
    at = act(at, only);
  }
  return at;
}

function firstOf<C, S, A, F extends FactBase>(options: Options<C, S, A, F>): Held<C, S, A, F> {
  const recipes = options.beside ? [options.recipe, options.beside] : [options.recipe];
  return { runs: recipes.map((recipe) => played(options, recipe)), active: recipes.length - 1, link: 'none' };
}

async function addressOf<C, S, A, F extends FactBase>({ codec, instance }: Options<C, S, A, F>, runs: readonly Run<C, S, A, F>[]): Promise<string> {
  const { linkTo } = await import('./link.ts');
  return linkTo(instance, await codec(), runs.map(({ recipe, cursor }) => upTo(recipe, cursor)));
}

function isLinked({ instance }: { readonly instance: string }): boolean {
  return new URLSearchParams(location.search).has(instance);
}

async function fromAddress<C, S, A, F extends FactBase>(options: Options<C, S, A, F>, first: Held<C, S, A, F>): Promise<Held<C, S, A, F>> {
  try {
    const { recipesIn } = await import('./link.ts');
    const runs = recipesIn(options.instance, await options.codec()).map((recipe) => played(options, recipe));
    return { runs, active: runs.length - 1, link: 'restored' };
  } catch {
    // Damaged text, or well formed text that asks for something that the model does not allow.
    return { ...first, link: 'damaged' };
  }
}
