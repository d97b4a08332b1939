/** What the page fetches with the figures when a reader first acts: the model that reads them, with a link beside each state. */
import { choosingIn } from '../../src/sim/choosing/model.ts';
import type { Action, Config, Fact, State, Tables } from '../../src/sim/choosing/types.ts';
import type { Playable } from '../../src/sim/index.ts';
import { codec } from './codec.ts';

export interface Linked {
  /** The work as link text, for the short form in lessons. The first state, from the build, has none. */
  readonly link?: string;
}

export function makeModel(tables: Tables): Playable<Config, State & Linked, Action, Fact> {
  const model = choosingIn(tables);
  const linked = (state: State): State & Linked => ({ ...state, link: encodeURIComponent(codec.encode({ config: state.config, seed: 1, actions: [] })) });
  return {
    ...model,
    init: (config, seed) => linked(model.init(config, seed)),
    step: (before, action) => {
      const { state, facts } = model.step(before, action);
      return { state: linked(state), facts };
    },
  };
}
