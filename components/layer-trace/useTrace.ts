/** The session of a trace: one stack, or two that the reader compares. A comparison always has two different stacks. */
import type { Recipe } from '../../src/sim/index.ts';
import type { LayerTraceModel } from '../../src/sim/layer-trace/model.ts';
import type { Action, Config, State, TraceFact } from '../../src/sim/layer-trace/types.ts';
import { useRun } from '../kit/useRun.ts';
import type { Session } from '../kit/useRun.ts';

export type TraceSession = Session<Config, State, Action, TraceFact>;

export interface Trace {
  readonly session: TraceSession;
  /** Changes the configuration of one run, or of all, and keeps the place in it. */
  choose(change: Partial<Config>, index?: number): void;
}

interface Options {
  readonly model: LayerTraceModel;
  readonly instance: string;
  readonly recipe: Recipe<Config, Action>;
  /** A second run from the start. */
  readonly beside?: Recipe<Config, Action> | undefined;
}

export function useTrace({ model, instance, recipe, beside }: Options): Trace {
  const session = useRun({ instance, recipe, beside, model, foresee: true, codec: async () => (await import('./codec.ts')).layerTraceCodec });
  const compare = () => {
    const { config, seed, actions } = besideOf(session);
    session.compare();
    session.restart({ config, seed, actions: [] });
    session.seek(actions.length);
  };
  return { session: { ...session, compare }, choose: (change, index) => choose(session, change, index) };
}

/** The stack that teaches most beside the one on the screen: a machine beside a container, a container beside anything else. */
function besideOf({ run }: TraceSession): Recipe<Config, Action> {
  const { config, seed, actions } = run.recipe;
  const stack = config.stack === 'container' ? 'vm' : 'container';
  return { config: { ...config, stack }, seed, actions: actions.slice(0, run.cursor) };
}

function choose(session: TraceSession, change: Partial<Config>, only?: number): void {
  session.runs.forEach((run, index) => {
    if (only !== undefined && index !== only) return;
    const atEnd = run.cursor > 0 && run.cursor === run.recipe.actions.length;
    session.activate(index);
    session.restart({ config: { ...run.recipe.config, ...change }, seed: run.recipe.seed, actions: [] });
    // Another program is another story and starts at its beginning; the same story in another stack goes on where it was.
    if (!change.program) session.seek(atEnd ? Infinity : run.cursor);
  });
}
