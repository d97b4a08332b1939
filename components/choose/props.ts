/** The author's API of <Choose>. */
import { z } from 'zod';
import { LIMITS } from '../../src/sim/choosing/model.ts';
import { CODES, NEEDS, PRESETS, STARTS, WALLS } from '../../src/sim/choosing/types.ts';
import { WORKS, type Work } from '../../src/sim/overheads/types.ts';
import { baseProps } from '../kit/props.ts';

const whole = (least: number, most: number) => z.number().int().min(least).max(most).optional();

export const chooseProps = baseProps.extend({
  preset: z.enum(PRESETS).default('web'),
  code: z.enum(CODES).optional(),
  count: whole(1, LIMITS.count),
  starts: z.enum(STARTS).optional(),
  work: z.enum(WORKS as readonly [Work, ...Work[]]).optional(),
  needs: z.enum(NEEDS).optional(),
  rebuild: z.boolean().optional(),
  memoryGib: whole(1, LIMITS.memoryGib),
  cores: whole(1, LIMITS.cores),
  virtualization: z.boolean().optional(),
  wall: z.enum(WALLS).optional(),
  startWithinMs: whole(0, LIMITS.startWithinMs),
  slowdown: whole(0, LIMITS.slowdown),
  /** For a lesson: verdict, matrix and changes only, and a link to the whole with the same work. */
  brief: z.boolean().default(false),
});

export type ChooseProps = z.infer<typeof chooseProps>;
