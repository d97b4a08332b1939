/** One reader's session with a model: one run or two side by side, restored from a link, and changed by the reader only. */
import { Component, type ComponentChildren } from 'preact';
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
  /** Takes an action in the active run. `then` is called when the page shows what came of it. */
  act(action: A, then?: () => void): void;
  seek(cursor: number): void;
  /** Changes all runs at once, for instance to step them in step. */
  each(change: Change<C, S, A, F>): void;
  /** Puts a second run beside the active one, and makes it the active one. */
  compare(): void;
  /** Ends the comparison and keeps that run, with its past and future. */
  keep(index: number): void;
  activate(index: number): void;
  reset(): void;
}

interface Props<C, S, A, F extends FactBase> {
  readonly instance: string;
  /** What to start with; the playground opens comparing when there are two. */
  readonly recipes: readonly Recipe<C, A>[];
  /** The run of a recipe. Throws SimError for one that the model does not allow. */
  readonly play: (recipe: Recipe<C, A>) => Run<C, S, A, F>;
  /** The run that a comparison puts beside this one. */
  readonly beside: (run: Run<C, S, A, F>) => Run<C, S, A, F>;
  readonly onDemand: () => Promise<OnDemand<C, S, A>>;
  /** What the session looks like. */
  readonly children: (session: Session<C, S, A, F>) => ComponentChildren;
}

/** Holds a session in a class component's state. Hooks would do it as well, and add a twentieth to the script of a lesson. */
export class Runs<C, S, A, F extends FactBase> extends Component<Props<C, S, A, F>, Held<C, S, A, F>> {
  override state = opened(this.props, this.props.recipes, 'unread');

  override componentDidMount(): void {
    if (location.search === '') this.setState({ link: 'read' });
    else void restored(this.props).then((held) => this.setState(held));
  }

  override render({ children }: Props<C, S, A, F>, { runs, active, link }: Held<C, S, A, F>): ComponentChildren {
    const { recipes, beside, onDemand } = this.props;
    const run = runs[active] as Run<C, S, A, F>;
    const each = (change: Change<C, S, A, F>, then?: () => void) => this.setState((now) => ({ runs: now.runs.map(change) }), then);
    const toActive = (change: Change<C, S, A, F>, then?: () => void) => each((one, i) => (i === active ? change(one, i) : one), then);
    return children({
      runs, active, link, run, each, onDemand,
      ready: link !== 'unread',
      act: (action, then) => toActive((now) => act(now, action), then),
      seek: (cursor) => toActive((now) => seek(now, cursor)),
      compare: () => this.setState({ runs: [run, beside(run)], active: 1 }),
      keep: (index) => this.setState({ runs: [runs[index] ?? run], active: 0 }),
      activate: (index) => this.setState({ active: index }),
      reset: () => this.setState(opened(this.props, recipes, 'read')),
    });
  }
}

function opened<C, S, A, F extends FactBase>({ play }: Pick<Props<C, S, A, F>, 'play'>, recipes: readonly Recipe<C, A>[], link: Held<C, S, A, F>['link']): Held<C, S, A, F> {
  return { runs: recipes.map(play), active: recipes.length - 1, link };
}

/** What a link in the address asks for, if there is one. */
async function restored<C, S, A, F extends FactBase>(props: Props<C, S, A, F>): Promise<Held<C, S, A, F>> {
  try {
    const [link, { codec }] = await Promise.all([import('./link.ts'), props.onDemand()]);
    return opened(props, ...link.openedBy(props, codec));
  } catch {
    // What it takes to read the link did not arrive.
    return opened(props, props.recipes, 'damaged');
  }
}
