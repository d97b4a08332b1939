/** StackBuilder's entry in the catalog: what is duplicated when apps share a machine? */
import { stackCost, stackCostFigures, type Action, type Config, type Fact, type State } from '../../src/sim/stack-cost/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { stackBuilderProps, type StackBuilderProps } from './props.ts';
import { tableOf } from './view.ts';

export const stackBuilder: Playground<StackBuilderProps, Config, State, Action, Fact> = {
  name: 'StackBuilder',
  question: 'What is duplicated?',
  props: stackBuilderProps,
  figures: stackCostFigures(),
  model: stackCost,
  recipe: ({ app, seed, metal, containers, vms, containersInVm, microvms }) => {
    const given = { 'metal': metal, 'container': containers, 'vm': vms, 'container-in-vm': containersInVm, 'microvm': microvms };
    const counts = Object.entries(given).filter(([, many]) => many !== undefined);
    return { config: { app, start: counts.length > 0 ? Object.fromEntries(counts) : { container: 3 } }, seed, actions: [] };
  },
  codec,
  table: tableOf,
};
