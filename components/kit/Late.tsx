/**
 * A playground whose rules arrive when the reader first acts: its first frame stands in the page, and what it takes to go on
 * is fetched once somebody comes near it with pointer or keyboard. It knows when to fetch, not what.
 */
import { Component, type ComponentChildren } from 'preact';
import type { FactBase, Playable } from '../../src/sim/index.ts';
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

/** Makes a session's changes wait for its model, and tells the reader when that takes long or fails. */
export class Late<C, S, A, F extends FactBase> extends Component<Props<C, S, A, F>, { readonly waits: boolean; readonly failed: boolean }> {
  override state = { waits: false, failed: false };
  private isHere = false;

  override render({ session, load, children }: Props<C, S, A, F>, { waits, failed }: { readonly waits: boolean; readonly failed: boolean }) {
    const arrived = async () => {
      if (this.isHere) return true;
      this.setState({ waits: true });
      this.isHere = await load().then(() => true, () => false);
      this.setState({ waits: false, failed: !this.isHere });
      return this.isHere;
    };
    const after = <Args extends readonly unknown[]>(change: (...args: Args) => void) => async (...args: Args): Promise<void> => {
      if (await arrived()) change(...args);
    };
    // Coming near is enough of a sign; a failure then is no news yet.
    const expect = () => void load().catch(() => {});
    const { act, seek, each, compare, keep, activate, reset } = session;
    return (
      <div class="pg-late" aria-busy={waits} onPointerEnter={expect} onFocusIn={expect}>
        {failed && <p class="pg-note" role="alert">The rules of this playground could not be fetched. Look at your connection, then press again; nothing that you entered is lost.</p>}
        {children({ ...session, act: after(act), seek: after(seek), each: after(each), compare: after(compare), keep: after(keep), activate: after(activate), reset: after(reset) })}
      </div>
    );
  }
}
