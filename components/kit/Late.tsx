/**
 * A playground whose rules arrive when the reader first acts: its first frame stands in the page, and what it takes to go on
 * is fetched once somebody comes near it with pointer or keyboard. It knows when to fetch, not what.
 */
import { Component, type ComponentChildren } from 'preact';
import type { FactBase, Playable } from '../../src/sim/index.ts';
import { Button } from './Button.tsx';
import type { Session } from './Runs.ts';

/** The state of a model that arrives late says its own sentence, so that it can be shown before. */
export interface Told {
  readonly says: string;
}

export interface LateModel<C, S extends Told, A, F extends FactBase> {
  /** Stands for the model; everything but `describe` throws until it is here. */
  readonly model: Playable<C, S, A, F>;
  /** Fetches the model, once; a fetch that failed is tried again. */
  load(): Promise<void>;
}

/** A model that `fetchModel` brings. */
export function lateModel<C, S extends Told, A, F extends FactBase>(id: string, fetchModel: () => Promise<Playable<C, S, A, F>>): LateModel<C, S, A, F> {
  let real: Playable<C, S, A, F> | undefined;
  let coming: Promise<void> | undefined;
  const here = () => {
    if (!real) throw new Error(`The model ${id} has not been loaded.`);
    return real;
  };
  const arrive = async () => {
    try {
      real = await fetchModel();
    } catch (error) {
      coming = undefined;
      throw error;
    }
  };
  return {
    model: { id, init: (config, seed) => here().init(config, seed), step: (state, action) => here().step(state, action), why: (state, fact) => here().why(state, fact), describe: ({ says }) => says },
    load: () => (coming ??= arrive()),
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
  readonly load: () => Promise<void>;
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
