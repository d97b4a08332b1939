/** The session of a trace: one stack, or two that the reader compares. A comparison always has two different stacks. */
import { countsOf } from '../../src/sim/layer-trace/model.ts';
import type { LayerTrace } from '../../src/sim/layer-trace/model.ts';
import type { Action, Config, State, TraceFact } from '../../src/sim/layer-trace/types.ts';
import type { Session } from '../kit/Runs.ts';
import { traced } from './view.ts';
import type { TraceRun } from './view.ts';

export interface Trace {
  readonly session: Session<Config, State, Action, TraceFact>;
  /** Changes the configuration of one run, or of all. Another stack keeps the place in the story; another story starts. */
  choose(change: Partial<Config>, index?: number): void;
}

/** How runs of a trace come about. */
export function waysOf(model: LayerTrace) {
  return {
    play: (recipe: TraceRun['recipe']) => traced(model, recipe),
    beside: (run: TraceRun) => changed(model, run, { stack: counterpart(run.recipe.config.stack) }, run.cursor),
    onDemand: async () => {
      const { codec, measured } = await import('./on-demand.ts');
      return { codec, measure: (state: State) => measured(state, countsOf(state)) };
    },
  };
}

/** A session with the choices that a trace offers. */
export function traceOf(model: LayerTrace, session: Trace['session']): Trace {
  const choose: Trace['choose'] = (change, index) => {
    if (index !== undefined) session.activate(index);
    session.each((run, i) => ((index ?? i) === i ? changed(model, run, change, change.stack ? placeOf(run) : 0) : run));
  };
  return { session, choose };
}

function changed(model: LayerTrace, { recipe: { config, seed } }: TraceRun, change: Partial<Config>, steps: number): TraceRun {
  return traced(model, { config: { ...config, ...change }, seed, actions: [] }, steps);
}

/** The stack that teaches most beside another: a machine beside a container, a container beside anything else. */
function counterpart(stack: Config['stack']): Config['stack'] {
  return stack === 'container' ? 'vm' : 'container';
}

/** Where the same story goes on in another stack: at the same step, or at the end. */
function placeOf({ cursor, recipe }: TraceRun): number {
  return cursor > 0 && cursor === recipe.actions.length ? Infinity : cursor;
}
