/** LayerTrace's entry in the catalog. */
import { citedSources, layerTrace as model } from '../../src/sim/layer-trace/index.ts';
import type { Action, Config, State, TraceFact } from '../../src/sim/layer-trace/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { layerTraceProps } from './props.ts';
import type { LayerTraceProps } from './props.ts';
import { recipeFor, tableOf } from './view.ts';

export const layerTrace: Playground<LayerTraceProps, Config, State, Action, TraceFact> = {
  name: 'LayerTrace',
  question: 'Who answers this call?',
  props: layerTraceProps,
  figures: [],
  sources: citedSources,
  model: () => model,
  recipe: ({ program, stack, cache, seed, step }) => recipeFor(model, { program, stack, cache }, seed, step),
  codec,
  table: tableOf,
};
