/** `stack-cost` whole, with its tables and its laws: what tests, claims and the build use. */
import type { Figures, Model } from '../model.ts';
import type { Fact } from './facts.ts';
import { stackCostInvariants } from './invariants.ts';
import { legal } from './legal.ts';
import { measure } from './measure.ts';
import { stackCostIn, type Action, type Config, type State, type Tables } from './model.ts';
import { pricesOf } from './prices.ts';
import { COST_RULES, PIECES, WORDS } from './tables.ts';
import { checkAction, checkConfig } from './vocabulary.ts';

export * from './model.ts';
export { stackCostFigures } from './tables.ts';

/** What the model computes with, over these figures (`stackCostFigures()` lists their ids). Throws SimError when one is missing. */
export function stackCostTables(figures: Figures): Tables {
  return { pieces: PIECES, ...WORDS, ...pricesOf(COST_RULES, figures) };
}

/** The model over these figures. Throws SimError when one is missing. */
export function stackCost(figures: Figures): Model<Config, State, Action, Fact> {
  const model = stackCostIn(stackCostTables(figures));
  return {
    ...model,
    init: (config, seed) => {
      checkConfig(config);
      return model.init(config, seed);
    },
    step: (state, action) => {
      checkAction(action);
      return model.step(state, action);
    },
    defaults: { app: 'nginx', start: {} },
    legal,
    isDone: () => false,
    measure,
    invariants: stackCostInvariants,
  };
}
