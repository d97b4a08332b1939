/** LinuxLab's entry in the catalog. */
import { linuxLab as model, type Action, type Fact } from '../../src/sim/linux-lab/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { linuxLabProps, type LinuxLabProps } from './props.ts';
import { tableOf, type LabConfig, type LabState } from './view.ts';

export const linuxLab: Playground<LinuxLabProps, LabConfig, LabState, Action, Fact> = {
  name: 'LinuxLab',
  question: 'What does a real kernel say?',
  props: linuxLabProps,
  figures: [],
  model: (_, { lab }) => model(lab),
  recipe: ({ experiment, seed }) => ({ config: { experiment, results: {} }, seed, actions: [] }),
  codec,
  table: tableOf,
};
