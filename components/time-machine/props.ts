/** The author's API of <TimeMachine>. */
import { z } from 'zod';
import { MACHINES, YEARS } from '../../src/sim/history/types.ts';
import { baseProps } from '../kit/props.ts';

export const timeMachineProps = baseProps.extend({
  machine: z.enum(MACHINES).default('mac-intel'),
  year: z.number().int().min(YEARS.first).max(YEARS.last).default(2015),
});

export type TimeMachineProps = z.infer<typeof timeMachineProps>;
