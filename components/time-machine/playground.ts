/** TimeMachine's entry in the catalog. */
import { almanacOf, timeMachineIn, type Action, type Config, type HistoryFact, type State } from '../../src/sim/history/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { timeMachineProps, type TimeMachineProps } from './props.ts';
import { tableOf } from './view.ts';

export const timeMachine: Playground<TimeMachineProps, Config, State, Action, HistoryFact> = {
  name: 'TimeMachine',
  question: 'How did this machine run a Linux container in that year?',
  props: timeMachineProps,
  figures: [],
  optional: ['trace'],
  model: (_, { compat, history }) => timeMachineIn(almanacOf(compat, history)),
  recipe: ({ machine, year, seed }) => ({ config: { machine, year }, seed, actions: [] }),
  codec,
  table: tableOf,
};
