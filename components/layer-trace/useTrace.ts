/** The session of a trace: one stack, or two that the reader compares. A comparison always has two different stacks. */
import type { Recipe } from '../../src/sim/index.ts';
import { measure } from '../../src/sim/layer-trace/model.ts';
import type { LayerTrace } from '../../src/sim/layer-trace/model.ts';
import type { Action, Config, State, TraceFact } from '../../src/sim/layer-trace/types.ts';
import { useRun } from '../kit/useRun.ts';
import type { Session } from '../kit/useRun.ts';
import { traced } from './view.ts';
import type { TraceRun } from './view.ts';

export interface Trace {
  readonly session: Session<Config, State, Action, TraceFact>;
  /** Changes the configuration of one run, or of all, and keeps the place in it. */
  choose(change: Partial<Config>, index?: number): void;
}

interface Options {
  readonly model: LayerTrace;
  readonly instance: string;
  readonly recipes: readonly Recipe<Config, Action>[];
}

export function useTrace({ model, instance, recipes }: Options): Trace {
  const changed = (run: TraceRun, change: Partial<Config>, steps: number) => {
    const { config, seed } = run.recipe;
    return traced(model, { config: { ...config, ...change }, seed, actions: [] }, steps);
  };
  const session = useRun({
    instance, recipes,
    play: (recipe) => traced(model, recipe),
    beside: (run) => changed(run, { stack: counterpart(run.recipe.config.stack) }, run.cursor),
    onDemand: async () => ({ ...(await import('./codec.ts')), measure }),
  });
  const choose: Trace['choose'] = (change, index) => {
    if (index !== undefined) session.activate(index);
    session.each((run, i) => ((index ?? i) === i ? changed(run, change, change.program ? 0 : placeOf(run)) : run));
  };
  return { session, choose };
}

/** The stack that teaches most beside another: a machine beside a container, a container beside anything else. */
function counterpart(stack: Config['stack']): Config['stack'] {
  return stack === 'container' ? 'vm' : 'container';
}

/** Where the same story goes on in another stack: at the same step, or at the end. Another program starts at its beginning. */
function placeOf({ cursor, recipe }: TraceRun): number {
  return cursor > 0 && cursor === recipe.actions.length ? Infinity : cursor;
}
