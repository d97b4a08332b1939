/** Where on the cross-section a mismatch lies: in one of the six layers, or at one of the borders around them. It knows places, not errors. */
import type { ErrorLayer } from './layers.ts';

/** The six layers from the top, with the wall that the kernel keeps between its own and the two above it. */
export const RUNGS = ['application', 'userland', 'door', 'kernel', 'hypervisor', 'firmware', 'hardware'] as const;
/** What stands beside the layers: a message may blame one of these. */
export const BESIDE = ['registry', 'engine', 'shared folder', 'network'] as const;

export type Place = (typeof RUNGS)[number] | (typeof BESIDE)[number];

interface Lies {
  readonly places: readonly Place[];
  /** What it is of that place that does not match, in few words. */
  readonly what: string;
}

/** By what an error blames. Memory is handed out by three layers, and the message seldom says which of them said no. */
export const WHERE: Readonly<Record<ErrorLayer, Lies>> = {
  'cpu-architecture': { places: ['hardware'], what: 'instruction set' },
  'windows-build': { places: ['kernel'], what: 'Windows build' },
  'hardware-virtualization': { places: ['firmware', 'hardware'], what: 'virtualization' },
  'kernel-version': { places: ['kernel'], what: 'version or configuration' },
  seccomp: { places: ['door'], what: 'system call filter' },
  cgroup: { places: ['kernel'], what: 'control groups' },
  'script-format': { places: ['application'], what: 'program file' },
  'filesystem-sharing': { places: ['shared folder'], what: 'sharing, or its owner' },
  'hypervisor-conflict': { places: ['hypervisor'], what: 'two want the CPU' },
  'namespace-permission': { places: ['door'], what: 'permissions' },
  'kernel-family': { places: ['kernel'], what: 'family' },
  'engine-not-running': { places: ['engine'], what: 'does not run' },
  'memory-limit': { places: ['kernel', 'hypervisor', 'hardware'], what: 'memory' },
  'userland-abi': { places: ['userland'], what: 'libraries' },
  network: { places: ['network'], what: 'address, name or port' },
  'image-manifest': { places: ['registry'], what: 'what it offers' },
  'disk-space': { places: ['hardware'], what: 'disk space' },
  other: { places: [], what: '' },
};
