/**
 * A playground whose rules arrive when the reader first acts: its first frame stands in the page, and what it takes to go on
 * is fetched once somebody comes near it with pointer or keyboard. It knows when to fetch, not what.
 */
import { Component, type ComponentChildren } from 'preact';
import type { FactBase, Playable, Recipe, Run } from '../../src/sim/index.ts';
import { played } from '../../src/sim/run.ts';
import { Button } from './Button.tsx';
import { Runs, type OnDemand, type Session } from './Runs.ts';

/** The state of a model that arrives late says its own sentence, so that it can be shown before. */
export interface Told {
  readonly says: string;
}

/** What arrives: the model, and whatever else of its rules the page asks for. */
export interface Arriving<C, S, A, F extends FactBase> {
  readonly model: Playable<C, S, A, F>;
}

export interface Coming<C, S, A, F extends FactBase, Engine extends Arriving<C, S, A, F> = Arriving<C, S, A, F>> {
  /** Stands for the model; everything but `describe` throws until it is here. */
  readonly model: Playable<C, S, A, F>;
  /** Fetches the engine, once; a fetch that failed is tried again. */
  load(): Promise<Engine>;
  /** The engine. Throws before it is here. */
  here(): Engine;
}

/** Engines by the address of what they are told: one a page, however many playgrounds there are. */
export function enginesOf<C, S extends Told, A, F extends FactBase, Engine extends Arriving<C, S, A, F> = Arriving<C, S, A, F>>(id: string, fetchEngine: (address: string) => Promise<Engine>): (address: string) => Coming<C, S, A, F, Engine> {
  const all = new Map<string, Coming<C, S, A, F, Engine>>();
  return (address) => {
    const coming = all.get(address) ?? comingFrom<C, S, A, F, Engine>(id, () => fetchEngine(address));
    all.set(address, coming);
    return coming;
  };
}

function comingFrom<C, S extends Told, A, F extends FactBase, Engine extends Arriving<C, S, A, F>>(id: string, fetchEngine: () => Promise<Engine>): Coming<C, S, A, F, Engine> {
  let engine: Engine | undefined;
  let coming: Promise<Engine> | undefined;
  const here = () => {
    if (!engine) throw new Error(`The rules of ${id} have not been loaded.`);
    return engine;
  };
  const arrive = async () => {
    try {
      engine = await fetchEngine();
      return engine;
    } catch (error) {
      coming = undefined;
      throw error;
    }
  };
  return {
    model: { id, init: (config, seed) => here().model.init(config, seed), step: (state, action) => here().model.step(state, action), why: (state, fact) => here().model.why(state, fact), describe: ({ says }) => says },
    load: () => (coming ??= arrive()),
    here,
  };
}

/** What is known, fetched from the site itself. Throws when the answer is not the file. */
export async function fetchKnown<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return (await response.json()) as T;
}

interface Props<C, S, A, F extends FactBase> {
  readonly session: Session<C, S, A, F>;
  readonly load: () => Promise<unknown>;
  /** Draws the session, of which every change waits for the model. */
  readonly children: (session: Session<C, S, A, F>) => ComponentChildren;
}

interface Waiting {
  readonly waits: boolean;
  /** How often it has failed in a row: each failure is told anew. */
  readonly failures: number;
}

/** Makes a session's changes wait for its model, tells the reader when that fails, and keeps the last change for another try. */
export class Late<C, S, A, F extends FactBase> extends Component<Props<C, S, A, F>, Waiting> {
  override state = { waits: false, failures: 0 };
  private isHere = false;
  private pending = () => {};

  override render({ session, load, children }: Props<C, S, A, F>, { waits, failures }: Waiting) {
    const attempt = async (change: () => void) => {
      if (!this.isHere) {
        this.setState({ waits: true });
        this.isHere = await load().then(() => true, () => false);
        this.setState((before) => ({ waits: false, failures: this.isHere ? 0 : before.failures + 1 }));
      }
      if (this.isHere) change();
      else this.pending = change;
    };
    const after = <Args extends readonly unknown[]>(change: (...args: Args) => void) => (...args: Args) => void attempt(() => change(...args));
    // Coming near is enough of a sign; a failure then is no news yet.
    const expect = () => void load().catch(() => {});
    const { act, seek, each, compare, keep, activate, reset } = session;
    return (
      <div class="pg-late" aria-busy={waits} onPointerEnter={expect} onFocusIn={expect}>
        {failures > 0 && (
          <p class="pg-note" role="alert" key={failures}>
            The rules of this playground could not be fetched, so your last step has no answer yet: what is shown is the answer before it. Look at your connection. <Button ready onPress={() => void attempt(this.pending)}>Try again</Button>
          </p>
        )}
        {children({ ...session, act: after(act), seek: after(seek), each: after(each), compare: after(compare), keep: after(keep), activate: after(activate), reset: after(reset) })}
      </div>
    );
  }
}

interface LateRunsProps<C, S extends Told, A, F extends FactBase> {
  readonly instance: string;
  readonly recipe: Recipe<C, A>;
  /** What the recipe comes to, worked out when the page was built. */
  readonly first: S;
  readonly late: Coming<C, S, A, F>;
  /** The run that a comparison puts beside this one. */
  readonly beside: (run: Run<C, S, A, F>, play: (recipe: Recipe<C, A>) => Run<C, S, A, F>) => Run<C, S, A, F>;
  readonly onDemand: () => Promise<OnDemand<C, S, A>>;
  readonly children: (session: Session<C, S, A, F>) => ComponentChildren;
}

/** A session that opens with a first state from the build; all that comes after waits for the model. */
export function LateRuns<C, S extends Told, A, F extends FactBase>({ instance, recipe, first, late: { model, load }, beside, onDemand, children }: LateRunsProps<C, S, A, F>) {
  const opened: Run<C, S, A, F> = { model, recipe, cursor: recipe.actions.length, state: first, log: [], checkpoints: [first] };
  const play = (asked: Recipe<C, A>) => (asked === recipe ? opened : played(model, asked));
  return (
    <Runs instance={instance} recipes={[recipe]} play={play} beside={(run) => beside(run, play)}
      onDemand={async () => {
        await load();
        return onDemand();
      }}>
      {(session) => <Late session={session} load={load}>{children}</Late>}
    </Runs>
  );
}
