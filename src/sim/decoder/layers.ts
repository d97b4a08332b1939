/** The layers that an error can blame: where, between the firmware and the program, two sides do not fit. It knows names, not errors. */

/** One word a mismatch. Finer than the six layers of the cross-section: a kernel can be the wrong family, too old, or refuse one call. */
export const ERROR_LAYERS = [
  'cpu-architecture',
  'windows-build',
  'hardware-virtualization',
  'kernel-version',
  'seccomp',
  'cgroup',
  'script-format',
  'filesystem-sharing',
  'hypervisor-conflict',
  'namespace-permission',
  'kernel-family',
  'engine-not-running',
  'memory-limit',
  'userland-abi',
  'network',
  'image-manifest',
  'disk-space',
  'other',
] as const;

export type ErrorLayer = (typeof ERROR_LAYERS)[number];

/** What does not fit, as a phrase that completes "The mismatch is in …". */
export const ERROR_LAYER_NAMES: Readonly<Record<ErrorLayer, string>> = {
  'cpu-architecture': 'the CPU: its instruction set or a feature of it',
  'windows-build': 'the version, build or edition of Windows',
  'hardware-virtualization': 'hardware virtualization: absent, switched off, or not passed on',
  'kernel-version': 'the kernel: its version or what it was built with',
  seccomp: 'the system call filter (seccomp)',
  cgroup: 'control groups: their version, mount or controller',
  'script-format': 'the program file: line endings, first line or mode bits',
  'filesystem-sharing': 'the folder shared between the host and the container',
  'hypervisor-conflict': 'two hypervisors that want the same CPU extension',
  'namespace-permission': 'permissions: namespaces, capabilities, user ids',
  'kernel-family': 'the kind of kernel: Linux, Windows or another',
  'engine-not-running': 'the engine, or the virtual machine around it, which does not run',
  'memory-limit': 'memory: of the container, the virtual machine or the host',
  'userland-abi': 'the libraries and programs inside the image',
  network: 'the network between host, virtual machine, container and registry',
  'image-manifest': 'what the registry offers under this name',
  'disk-space': 'disk space: of the host, the virtual machine or the image store',
  other: 'something outside the layers: a setting, an account, a version of a tool',
};
