/** The author's API of <Overheads>. */
import { z } from 'zod';
import { OVERHEADS_DEFAULTS, RUNNERS, WORKS, type Against, type Runner, type Work } from '../../src/sim/overheads/index.ts';
import { baseProps } from '../kit/props.ts';

export const overheadsProps = baseProps.extend({
  view: z.enum(['by-work', 'by-runner']).default(OVERHEADS_DEFAULTS.view),
  work: z.enum(WORKS as readonly [Work, ...Work[]]).default(OVERHEADS_DEFAULTS.work),
  runner: z.enum(RUNNERS as readonly [Runner, ...Runner[]]).default(OVERHEADS_DEFAULTS.runner),
  against: z.enum(['study', ...RUNNERS] as [Against, ...Against[]]).default(OVERHEADS_DEFAULTS.against),
  read: z.enum(['speed', 'time']).default(OVERHEADS_DEFAULTS.read),
  side: z.enum(['both', 'log', 'table']).default(OVERHEADS_DEFAULTS.side),
  only: z.string().default(OVERHEADS_DEFAULTS.only),
});

export type OverheadsProps = z.infer<typeof overheadsProps>;
