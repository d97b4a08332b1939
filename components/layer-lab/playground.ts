/** LayerLab's entry in the catalog. */
import { citedSources, imageStore, imageStoreFigures, type Action, type Fact } from '../../src/sim/image-store/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { labIn } from './lab.ts';
import { layerLabProps, type LayerLabProps } from './props.ts';
import { tableIn, type LabConfig, type LabState } from './view.ts';

export const layerLab: Playground<LayerLabProps, LabConfig, LabState, Action, Fact> = {
  name: 'LayerLab',
  question: 'Where do the bytes live?',
  props: layerLabProps,
  figures: imageStoreFigures(),
  sources: citedSources,
  model: (figures, { images }) => {
    const whole = imageStore(figures, images);
    const laws = Object.entries(whole.invariants).map(([law, holds]) => [law, ({ store }: LabState) => holds(store)]);
    return {
      ...labIn(whole, images),
      defaults: { scene: 'app', store: 'containerd' },
      legal: ({ store }) => whole.legal(store),
      isDone: ({ store }) => whole.isDone(store),
      measure: ({ store }) => whole.measure(store),
      invariants: {
        ...Object.fromEntries(laws),
        'the parts of the bar add up to what the store takes': ({ shown: { parts, total } }) => parts.reduce((sum, { bytes }) => sum + bytes, 0) === total.bytes,
        'what is looked at is there': ({ shown: { stacks, focus } }) => (stacks.length === 0 ? focus === '' : stacks.some(({ id }) => id === focus)),
      },
    };
  },
  recipe: ({ scene, store, seed }) => ({ config: { scene, store }, seed, actions: [] }),
  codec,
  table: (state) => tableIn(state),
};
