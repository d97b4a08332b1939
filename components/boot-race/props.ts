/** The author's API of <BootRace>. */
import { z } from 'zod';
import { MOST_INSTANCES } from '../../src/sim/boot-race/model.ts';
import { FRAMES } from '../../src/sim/race/types.ts';
import { SCENE_IDS, SCENES, type SceneId } from '../../src/sim/race/scenes.ts';
import { baseProps } from '../kit/props.ts';

export const bootRaceProps = baseProps.extend({
  scene: z.enum(SCENE_IDS as [SceneId, ...SceneId[]]).default('firmware'),
  machine: z.enum([...new Set(SCENE_IDS.map((id) => SCENES[id].to.machine)), 'rn.nehalem']).optional(),
  count: z.number().int().min(1).max(MOST_INSTANCES).optional(),
  atOnce: z.number().int().min(1).max(MOST_INSTANCES).optional(),
  afterReady: z.enum(['exit', 'stay']).optional(),
  at: z.number().int().min(0).max(FRAMES).default(0),
});

export type BootRaceProps = z.infer<typeof bootRaceProps>;
