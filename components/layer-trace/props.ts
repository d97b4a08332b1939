/** The author's API of <LayerTrace>. */
import { z } from 'zod';
import { PROGRAMS, STACKS } from '../../src/sim/layer-trace/vocabulary.ts';
import { baseProps } from '../kit/props.ts';

export const layerTraceProps = baseProps.extend({
  program: z.enum(PROGRAMS).default('read-file'),
  stack: z.enum(STACKS).default('container'),
  /** A second stack, side by side with the first. */
  compareWith: z.enum(STACKS).optional(),
  cache: z.enum(['cold', 'warm']).default('cold'),
  /** Steps already taken when the page opens. Beyond the last step means the last step. */
  step: z.number().int().min(0).max(60).default(0),
});

export type LayerTraceProps = z.infer<typeof layerTraceProps>;
