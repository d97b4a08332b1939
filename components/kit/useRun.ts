/** One reader's session with a model: one run or two side by side, restored from a link, and changed by the reader only. */
import { useEffect, useState } from 'preact/hooks';
import { act, seek } from '../../src/sim/run.ts';
import type { FactBase, Measures, Recipe, Run } from '../../src/sim/index.ts';
import type { Codec } from './playground.ts';

/** What few sessions need: to read or make a link, to export. It loads when one does. */
export interface OnDemand<C, S, A> {
  readonly codec: Codec<C, A>;
  measure(state: S): Measures;
}

type Change<C, S, A, F extends FactBase> = (run: Run<C, S, A, F>, index: number) => Run<C, S, A, F>;

interface Held<C, S, A, F extends FactBase> {
  /** One run, or two after `compare`. */
  readonly runs: readonly Run<C, S, A, F>[];
  /** The run that the controls act on. */
  readonly active: number;
  /** Whether the address has been searched for a link to this playground; a damaged one could not be read. */
  readonly link: 'unread' | 'read' | 'damaged';
}

export interface Session<C, S, A, F extends FactBase> extends Held<C, S, A, F> {
  /** False in the HTML that the build made: controls are disabled until the page's script has taken over. */
  readonly ready: boolean;
  /** The active run. */
  readonly run: Run<C, S, A, F>;
  readonly onDemand: () => Promise<OnDemand<C, S, A>>;
  act(action: A): void;
  seek(cursor: number): void;
  /** Changes all runs at once, for instance to step them in step. */
  each(change: Change<C, S, A, F>): void;
  /** Puts a second run beside the active one, and makes it the active one. */
  compare(): void;
  /** Ends the comparison and keeps the active run. */
  keep(): void;
  activate(index: number): void;
  reset(): void;
}

interface Options<C, S, A, F extends FactBase> {
  readonly instance: string;
  /** What to start with; the playground opens comparing when there are two. */
  readonly recipes: readonly Recipe<C, A>[];
  /** The run of a recipe. Throws SimError for one that the model does not allow. */
  readonly play: (recipe: Recipe<C, A>) => Run<C, S, A, F>;
  /** The run that a comparison puts beside this one. */
  readonly beside: (run: Run<C, S, A, F>) => Run<C, S, A, F>;
  readonly onDemand: () => Promise<OnDemand<C, S, A>>;
}

export function useRun<C, S, A, F extends FactBase>(options: Options<C, S, A, F>): Session<C, S, A, F> {
  const { instance, recipes, beside, onDemand } = options;
  const [held, setHeld] = useState(() => opened(options, recipes, 'unread'));
  useEffect(() => {
    const text = linkText(instance);
    if (text === null) setHeld({ ...held, link: 'read' });
    else void restored(options, text).then(setHeld);
  }, []);
  const { runs, active, link } = held;
  const run = runs[active] as Run<C, S, A, F>;
  const each = (change: Change<C, S, A, F>) => setHeld((now) => ({ ...now, runs: now.runs.map(change) }));
  const toActive = (change: Change<C, S, A, F>) => each((one, i) => (i === active ? change(one, i) : one));
  return {
    ...held, run, each, onDemand,
    ready: link !== 'unread',
    act: (action) => toActive((now) => act(now, action)),
    seek: (cursor) => toActive((now) => seek(now, cursor)),
    compare: () => setHeld({ link, runs: [run, beside(run)], active: 1 }),
    keep: () => setHeld({ link, runs: [run], active: 0 }),
    activate: (index) => setHeld((now) => ({ ...now, active: index })),
    reset: () => setHeld(opened(options, recipes, 'read')),
  };
}

function opened<C, S, A, F extends FactBase>({ play }: Options<C, S, A, F>, recipes: readonly Recipe<C, A>[], link: Held<C, S, A, F>['link']): Held<C, S, A, F> {
  return { runs: recipes.map(play), active: recipes.length - 1, link };
}

/** The text of a link to a playground. The only one of its kind on a page answers to any number, so links work on other pages too. */
function linkText(instance: string): string | null {
  const params = new URLSearchParams(location.search);
  const kind = instance.replace(/\d+$/, '');
  const isAlone = document.querySelectorAll(`.pg[id^=${kind}]`).length === 1;
  const key = isAlone ? [...params.keys()].find((each) => each.startsWith(kind)) : instance;
  return params.get(key ?? instance);
}

/** What the text of a link asks for. */
async function restored<C, S, A, F extends FactBase>(options: Options<C, S, A, F>, text: string): Promise<Held<C, S, A, F>> {
  try {
    const [link, { codec }] = await Promise.all([import('./link.ts'), options.onDemand()]);
    return opened(options, link.recipesIn(text, codec), 'read');
  } catch {
    // Damaged text, or well formed text that asks for something that the model does not allow.
    return opened(options, options.recipes, 'damaged');
  }
}
