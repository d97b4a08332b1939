/** The author's API of StackBuilder. It checks what an author writes; it knows nothing of the model's rules. */
import { z } from 'zod';
import { MOST_APPS, PROGRAMS } from '../../src/sim/stack-cost/index.ts';
import { baseProps } from '../kit/props.ts';

const count = z.number().int().min(0).max(MOST_APPS).optional();
const COUNTS = ['metal', 'containers', 'vms', 'containersInVm', 'microvms'] as const;

/** How many apps stand where at the start. With no count at all there are three containers. */
export const stackBuilderProps = baseProps
  .extend({ metal: count, containers: count, vms: count, containersInVm: count, microvms: count, app: z.enum(PROGRAMS).default('nginx') })
  .refine((props) => COUNTS.reduce((sum, key) => sum + (props[key] ?? 0), 0) <= MOST_APPS, { message: `the counts add up to more than ${MOST_APPS} apps` });

export type StackBuilderProps = z.infer<typeof stackBuilderProps>;
