/** What the build gives along, since the script need not: how settings are called in lists, and what each candidate is drawn as. */
import type { CandidateId } from '../../src/sim/choosing/types.ts';
import type { Slab } from './Answer.tsx';
import type { Names } from './Bar.tsx';

export const CHOICES: Names['choices'] = {
  code: { mine: 'mine', organization: 'my organization’s', strangers: 'strangers’' },
  starts: { 'rarely': 'rarely', 'each-deploy': 'with each deploy', 'each-request': 'for each request' },
  work: { 'compute': 'computing', 'memory': 'memory', 'system-calls': 'system calls', 'disk': 'disk', 'network': 'network', 'server': 'answering requests' },
  needs: { 'any-linux': 'any Linux', 'own-kernel': 'a kernel version or module of its own', 'windows': 'Windows' },
  wall: { asked: 'as goes with whose code it is', none: 'none', kernel: 'at least one that the kernel keeps up', apart: 'its calls stay off the host’s kernel', hardware: 'one that the processor enforces' },
};

const HOST: readonly Slab[] = ['kernel', 'hardware'];
const VMM: readonly Slab[] = ['hypervisor', ...HOST];
const PROGRAM: readonly Slab[] = ['application', 'userland'];

/** What stands on what in each candidate, from the top. */
export const STACKS: Readonly<Record<CandidateId, readonly Slab[]>> = {
  process: [...PROGRAM, ...HOST],
  container: [['sandbox', ...PROGRAM], ...HOST],
  gvisor: [['sandbox', ...PROGRAM, 'kernel'], ...HOST],
  kata: [['machine', ['sandbox', ...PROGRAM], 'kernel'], ...VMM],
  microvm: [['machine', ...PROGRAM, 'kernel'], ...VMM],
  vm: [['machine', ...PROGRAM, 'kernel', 'firmware'], ...VMM],
  unikernel: [['machine', 'application', 'kernel'], ...VMM],
};
