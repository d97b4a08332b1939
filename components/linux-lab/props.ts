/** The author's API of <LinuxLab>. */
import { z } from 'zod';
import { baseProps } from '../kit/props.ts';

export const linuxLabProps = baseProps.extend({
  /** Id of an experiment of content/linux-lab. */
  experiment: z.string().regex(/^[a-z]+$/, { error: 'the id of an experiment in content/linux-lab/experiments.yaml' }).default('boot'),
});

export type LinuxLabProps = z.infer<typeof linuxLabProps>;
