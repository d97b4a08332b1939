/** The author's API of <LayerLab>. */
import { z } from 'zod';
import { STORES } from '../../src/sim/image-store/types.ts';
import { baseProps } from '../kit/props.ts';
import { SCENES } from './scenes.ts';
import type { SceneId } from './view.ts';

export const layerLabProps = baseProps.extend({
  scene: z.enum(Object.keys(SCENES) as [SceneId, ...SceneId[]]).default('app'),
  store: z.enum(STORES).default('containerd'),
  predict: z.boolean().default(true),
});

export type LayerLabProps = z.infer<typeof layerLabProps>;
