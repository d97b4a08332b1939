/** `stack-cost` with its tables and its laws: what tests, claims and the build use. */
import type { Figures } from '../model.ts';
import { stackCostInvariants } from './invariants.ts';
import { stackCostIn, type StackCost } from './model.ts';
import { STACK_COST_TABLES } from './tables.ts';

export * from './model.ts';
export { STACK_COST_TABLES, stackCostFigures } from './tables.ts';

/** The model over these figures (`stackCostFigures()` lists their ids). Throws SimError in `init` and `step` when one is missing. */
export function stackCost(figures: Figures): StackCost {
  return stackCostIn(STACK_COST_TABLES, figures, stackCostInvariants);
}
