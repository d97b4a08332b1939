/** Decoder's entry in the catalog: what does this error mean? */
import type { Action, Config, Fact, State } from '../../src/sim/decoder/model.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { makeModel } from './engine.ts';
import { decoderProps, type DecoderProps } from './props.ts';
import { tableOf } from './view.ts';

export const decoder: Playground<DecoderProps, Config, State, Action, Fact> = {
  name: 'Decoder',
  question: 'What does this error mean?',
  props: decoderProps,
  figures: [],
  model: (_, { errors }) => makeModel(errors),
  recipe: ({ text, seed }) => ({ config: { text, family: '', considered: '' }, seed, actions: [] }),
  codec,
  table: tableOf,
};
