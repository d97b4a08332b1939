/** Choose's entry in the catalog. */
import { choosing, choosingFigures, choosingSources, choosingTables, PRESET_TABLE, type Action, type Config, type Fact, type State } from '../../src/sim/choosing/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { chooseProps, type ChooseProps } from './props.ts';
import { tableOf } from './view.ts';

export const choose: Playground<ChooseProps, Config, State, Action, Fact> = {
  name: 'Choose',
  question: 'Which wall, for this work?',
  props: chooseProps,
  figures: choosingFigures(),
  sources: choosingSources(),
  model: (figures, { comparisons, boot }) => choosing(choosingTables(figures, comparisons, boot)),
  recipe: ({ preset, seed, caption: _, brief: __, virtualization, ...own }) => {
    const asked = { ...own, ...(virtualization === undefined ? {} : { kvm: virtualization }) };
    const stated = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Partial<Config>;
    return { config: { ...PRESET_TABLE[preset].to, ...stated }, seed, actions: [] };
  },
  codec,
  table: tableOf,
};
