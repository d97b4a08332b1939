/**
 * The vocabulary of compatibility: what can be said about a host, about a place inside it, and about a workload.
 * It knows which facts there are, on which layer each lies and how to ask for it; it refuses to know any product.
 */
import type { ErrorLayer } from '../decoder/layers.ts';

export type Value = string | number | boolean | readonly string[];
/** `word`: one of several. `flag`: yes or no. `version`: numbers and dots. `amount`: more is more. `set`: several words. */
export type FactKind = 'word' | 'flag' | 'version' | 'amount' | 'set';

export interface FactSpec {
  readonly kind: FactKind;
  /** The layer of a condition on this fact, unless the condition says otherwise. */
  readonly layer: ErrorLayer;
  /** What the reader is asked where it is not stated. */
  readonly question: string;
  /** What holds on an ordinary machine where nobody says otherwise. Without it, an unstated fact is taken to fit. */
  readonly presumed?: Value;
  /** How often this is what stops somebody who does not state it, 0 to 1: an estimate that the cases under tests/cases are held against. */
  readonly risk: number;
}

const fact = (kind: FactKind, layer: ErrorLayer, question: string, risk: number, presumed?: Value): FactSpec =>
  (presumed === undefined ? { kind, layer, question, risk } : { kind, layer, question, risk, presumed });

/** What can be said of a host, and of a place that a mechanism makes on it (a virtual machine with a kernel). */
export const PLACE_FACTS = {
  // The system.
  os: fact('word', 'kernel-family', 'Which operating system does the machine run?', 0.1),
  family: fact('word', 'kernel-family', 'Which kernel does the machine run: Linux, Windows NT, XNU or FreeBSD?', 0.1),
  distro: fact('word', 'other', 'Which distribution is it?', 0.05),
  version: fact('version', 'other', 'Which version of the system is it?', 0.15),
  build: fact('version', 'windows-build', 'Which build does winver show?', 0.3),
  edition: fact('word', 'windows-build', 'Which edition of Windows is it?', 0.2),
  // The processor and what is virtual about it.
  arch: fact('word', 'cpu-architecture', 'Which instruction set does the processor have?', 0.15),
  runs: fact('set', 'cpu-architecture', 'Which instruction sets can the kernel start programs for?', 0.15),
  armVersion: fact('version', 'cpu-architecture', 'Which version of the Arm architecture does the processor have (6, 7, 8)?', 0.1),
  aarch32: fact('flag', 'cpu-architecture', 'Does the 64-bit Arm processor also run programs for 32-bit Arm (AArch32)?', 0.35),
  cpuVendor: fact('word', 'cpu-architecture', 'Who made the processor?', 0.1),
  cpuLevel: fact('version', 'cpu-architecture', 'Which level of x86-64 does the processor have (1 to 4)?', 0.2),
  avx: fact('flag', 'cpu-architecture', 'Does the processor have AVX?', 0.2, true),
  firmwareVirtualization: fact('flag', 'hardware-virtualization', 'Is virtualization (VT-x, AMD-V) switched on in the firmware?', 0.4, true),
  slat: fact('flag', 'hardware-virtualization', 'Does the processor have nested page tables (EPT, RVI)?', 0.1, true),
  isVm: fact('flag', 'hardware-virtualization', 'Is the machine itself a virtual machine?', 0.1, false),
  nested: fact('flag', 'hardware-virtualization', 'Does the hypervisor around the machine pass virtualization on?', 0.85, false),
  hwVirt: fact('flag', 'hardware-virtualization', 'Can the machine start virtual machines in hardware?', 0.4, true),
  kvm: fact('flag', 'hardware-virtualization', 'Is there a /dev/kvm?', 0.4, true),
  // Windows.
  hyperv: fact('flag', 'hypervisor-conflict', 'Is Hyper-V on?', 0.4),
  hypervisors: fact('set', 'hypervisor-conflict', 'Which hypervisors are installed?', 0.2),
  uses: fact('set', 'other', 'Which tools are in use?', 0),
  wsl: fact('word', 'hardware-virtualization', 'Which WSL is in use, 1 or 2?', 0.1),
  wslVersion: fact('version', 'windows-build', 'What does wsl --version show?', 0.1),
  wslKernel: fact('flag', 'kernel-version', 'Is the kernel of WSL 2 up to date?', 0.2, true),
  vmwareVersion: fact('version', 'hypervisor-conflict', 'Which version of VMware is it?', 0.2),
  virtualboxVersion: fact('version', 'hypervisor-conflict', 'Which version of VirtualBox is it?', 0.2),
  containerMode: fact('word', 'kernel-family', 'Which kind of containers is Docker set to, Linux or Windows?', 0.35),
  // The kernel and its features.
  kernel: fact('version', 'kernel-version', 'What does uname -r show?', 0.15),
  cgroup: fact('word', 'cgroup', 'Which version of cgroups does the host use?', 0.1),
  memoryCgroup: fact('flag', 'cgroup', 'Is the memory controller on (cat /proc/cgroups)?', 0.1, true),
  seccomp: fact('flag', 'seccomp', 'Do the kernel and the engine know seccomp?', 0.1, true),
  libseccomp: fact('version', 'seccomp', 'Which version of libseccomp does the host have?', 0.2),
  engine: fact('version', 'seccomp', 'Which version of the container engine is it?', 0.15),
  userNamespaces: fact('flag', 'namespace-permission', 'May users make user namespaces?', 0.1, true),
  lacksModules: fact('set', 'kernel-version', 'Which modules does the kernel lack?', 0.02, []),
  kernelBuild: fact('word', 'kernel-version', 'Is the kernel that of a distribution, or was it built by its user or a device’s maker?', 0.02, 'distribution'),
  vsyscall: fact('word', 'kernel-version', 'How does the kernel treat vsyscalls (none, emulate, xonly)?', 0.1, 'emulate'),
  binfmt: fact('flag', 'cpu-architecture', 'Is QEMU registered in binfmt_misc?', 0.3, false),
  inContainer: fact('word', 'namespace-permission', 'Is the machine itself a container, for instance of LXC?', 0.05, 'no'),
  rootless: fact('flag', 'namespace-permission', 'Does the engine run without root?', 0.05, false),
  engineRunning: fact('flag', 'engine-not-running', 'Does the engine run?', 0.15, true),
  // Amounts and borders.
  memoryMib: fact('amount', 'memory-limit', 'How much memory does the machine have?', 0.15),
  maxMapCount: fact('amount', 'memory-limit', 'What does sysctl vm.max_map_count show?', 0.3),
  diskGb: fact('amount', 'disk-space', 'How much disk space is free?', 0.1),
  shared: fact('set', 'filesystem-sharing', 'Which folders does the virtual machine see?', 0.2),
  ownNetwork: fact('flag', 'network', 'Does the place have a network of its own?', 0.1, false),
  vmm: fact('word', 'hardware-virtualization', 'Which program runs the virtual machine?', 0.05),
  checkout: fact('word', 'script-format', 'Do the scripts have line endings of Windows (CRLF)?', 0.1, 'lf'),
} as const satisfies Record<string, FactSpec>;

/** What can be said of a workload: an image for a container, or for a virtual machine. */
export const WORKLOAD_FACTS = {
  kind: fact('word', 'other', 'Is it an image for a container or a virtual machine?', 0, 'image'),
  os: fact('word', 'kernel-family', 'Which system is the image made for?', 0.2, 'linux'),
  arch: fact('set', 'cpu-architecture', 'For which instruction sets is the image published?', 0.2),
  build: fact('version', 'windows-build', 'On which build of Windows is the image based?', 0.6),
  isolation: fact('word', 'windows-build', 'Which isolation is asked for, process or hyperv?', 0.05, 'default'),
  kernel: fact('version', 'kernel-version', 'Which is the oldest kernel that the image accepts?', 0.1),
  cpuLevel: fact('version', 'cpu-architecture', 'Which level of x86-64 is the image compiled for?', 0.1),
  avx: fact('flag', 'cpu-architecture', 'Does the program need AVX?', 0.05, false),
  glibc: fact('version', 'userland-abi', 'Which glibc does the image have?', 0.1),
  libc: fact('word', 'userland-abi', 'Which C library does the image have?', 0.1),
  systemd: fact('version', 'cgroup', 'Which systemd does the image have?', 0.1),
  vsyscall: fact('flag', 'kernel-version', 'Does the image call through the vsyscall page, as glibc before 2.14 does?', 0.05, false),
  libseccomp: fact('version', 'seccomp', 'Which libseccomp must the host have for the system calls of the image?', 0.05),
  engine: fact('version', 'seccomp', 'Which engine knows the system calls of the image?', 0.05),
  memoryMib: fact('amount', 'memory-limit', 'How much memory does the program ask for?', 0.05),
  maxMapCount: fact('amount', 'memory-limit', 'Which vm.max_map_count does the program ask for?', 0.05),
  wants: fact('set', 'other', 'What does the command ask for beside a plain start?', 0),
  mounts: fact('set', 'filesystem-sharing', 'Which folders of the host are mounted?', 0),
} as const satisfies Record<string, FactSpec>;

/** How workload and place fit together. These are worked out from the two, never stated. */
export const LINK_FACTS = {
  arch: fact('word', 'cpu-architecture', 'Does the image offer the instruction set of the machine?', 0.3),
  build: fact('word', 'windows-build', 'How does the build of the image compare with that of the host?', 0.6),
  revision: fact('word', 'windows-build', 'Have host and image the same revision (the last number of the version)?', 0.3),
  mounts: fact('word', 'filesystem-sharing', 'Do the mounted folders lie where the virtual machine sees them?', 0.2),
  mode: fact('word', 'kernel-family', 'Is the engine set to the kind of containers that the image is?', 0.35),
} as const satisfies Record<string, FactSpec>;

export type PlaceFact = keyof typeof PLACE_FACTS;
export type WorkloadFact = keyof typeof WORKLOAD_FACTS;
export type LinkFact = keyof typeof LINK_FACTS;

/** A fact as conditions name it: of the place that a mechanism stands on, of the host below all, of the image, of the tool, of how they fit. */
export type FactName = PlaceFact | `host.${PlaceFact}` | `image.${WorkloadFact}` | `link.${LinkFact}` | 'tool.version' | 'tool.id';

export type Host = { readonly [Name in PlaceFact]?: Value };
export type Workload = { readonly [Name in WorkloadFact]?: Value };

const TOOL_FACTS: Readonly<Record<string, FactSpec>> = {
  'tool.version': fact('version', 'other', 'Which version of the tool is it?', 0.1),
  'tool.id': fact('word', 'other', 'Which tool is it?', 0),
};

const SPECS: Readonly<Record<string, FactSpec>> = {
  ...PLACE_FACTS,
  ...prefixed('host', PLACE_FACTS),
  ...prefixed('image', WORKLOAD_FACTS),
  ...prefixed('link', LINK_FACTS),
  ...TOOL_FACTS,
};

function prefixed(prefix: string, specs: Readonly<Record<string, FactSpec>>): Readonly<Record<string, FactSpec>> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [`${prefix}.${name}`, spec]));
}

/** Every name that a condition may use. */
export const FACT_NAMES: readonly FactName[] = Object.keys(SPECS) as FactName[];

/** What is known about a fact's name. */
export function specOf(name: FactName): FactSpec {
  return SPECS[name] as FactSpec;
}

export function isFactName(name: string): name is FactName {
  return Object.hasOwn(SPECS, name);
}
