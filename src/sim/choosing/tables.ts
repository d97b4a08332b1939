/** The tables of `choosing`: candidates with what was published of them, rules that exclude, walls that codes ask for, ready works. Data only. */
import type { Runner, Work } from '../overheads/types.ts';
import type { Candidate, CandidateId, Cited, Code, Config, MemoryReading, PresetId, StartReading, WallAsked } from './types.ts';

const M5D = 'EC2 m5d.metal';
const HASWELL = 'Xeon E3-1226 v3, 4 cores';
const GCE = 'cloud VM GCE n1-standard-4';
const I7 = 'Core i7-9700K';
const UNRECORDED = 'a machine that was not recorded';
const UNSTATED = 'a machine that is not stated';
/** In place of a figure: nothing at all, because nothing is set. */
export const NOTHING = '';

const fc2020 = (vmm: string, of: string): readonly StartReading[] => [
  { figure: `start.fc2020.m5d.metal.boot-serial-${vmm}.e2e`, clock: 'vmm-to-init', machine: M5D, year: 2020, source: 'agache-2020-data', of },
  { figure: `start.fc2020.rn.haswell.boot-serial-${vmm}.e2e`, clock: 'vmm-to-init', machine: HASWELL, year: 2020, source: 'agache-2020-data', of },
];
const guest2020 = (vmm: string, own: string): readonly MemoryReading[] => [
  { figure: `mem.fc2020.held.${vmm}`, kind: 'held', study: M5D, year: 2020, source: 'agache-2020-data', note: `the VMM (${own}), the guest’s kernel and its programs` },
  { figure: `mem.fc2020.rss.${vmm}`, kind: 'resident', study: `${M5D} and ${HASWELL}`, year: 2020, source: 'agache-2020-data', note: 'and nothing takes it back without a balloon; a larger guest fills more' },
];
const density2020 = (runtime: string): MemoryReading => ({ figure: `gvisor.density.empty.${runtime}`, kind: 'held', study: GCE, year: 2020, source: 'gvisor-performance-2020' });

const HOST_KERNEL: Cited['sources'] = ['man-namespaces', 'gvisor-readme'];
const KVM_SOURCES: Cited['sources'] = ['linux-kvm-api'];

export const CANDIDATES_TABLE: Readonly<Record<CandidateId, Candidate>> = {
  process: {
    id: 'process', title: 'Plain process', name: 'a plain process',
    wall: 'none',
    stands: { text: 'No wall beyond the user account.', sources: ['man-namespaces'] },
    interface: { text: 'All system calls of the host’s kernel: 362 in Linux 6.1 (x86-64, 2022).', sources: ['linux-syscall-table'], figures: ['iso.syscalls.x86_64'] },
    falls: { all: true, text: 'The kernel that answers it is the host’s, and everybody’s.', sources: HOST_KERNEL },
    files: 'host', takes: 0,
    takesSays: { text: 'As it is, if the host’s own files and versions suit it.', sources: ['docker-security'] },
    proviso: { text: 'the host’s libraries suit the program', sources: [] },
    starts: [{ figure: 'start.process.lightvm', clock: 'fork-and-exec', machine: 'Xeon E5-1630 v3', year: 2017, source: 'manco-2017', secondHand: true }],
    memory: [], plain: true,
    manyGap: 'We found no starts of many processes by these clocks.',
    kernels: 'host', kernelsSays: 'The host’s.',
  },
  container: {
    id: 'container', title: 'Container (runc)', name: 'a container',
    wall: 'kernel',
    stands: { text: 'The host’s kernel keeps it up: namespaces, control groups, fewer capabilities.', sources: ['docker-security', 'oci-runtime-spec'] },
    interface: { text: 'Of the 362 system calls of Linux 6.1 (x86-64, 2022) Docker’s default filter of 2026 always lets 292 through to the host’s kernel.', sources: ['moby-seccomp-profile'], figures: ['iso.seccomp.count.allowed', 'iso.syscalls.x86_64'] },
    falls: { all: true, text: 'The kernel that answers it is the host’s, and everybody’s.', sources: HOST_KERNEL },
    files: 'own', takes: 0,
    takesSays: { text: 'As it is, with the files of its image.', sources: ['oci-runtime-spec'] },
    starts: [
      { figure: 'gvisor.startup.empty.runc', clock: 'run-to-exit', machine: GCE, year: 2020, source: 'gvisor-performance-2020' },
      { figure: 'start.docker.cadden', clock: 'request-to-running', machine: UNRECORDED, year: 2020, source: 'cadden-2020', secondHand: true, valueOnly: true },
      { figure: 'start.docker.lightvm', clock: 'request-to-running', machine: 'Xeon E5-1630 v3', year: 2017, source: 'manco-2017', secondHand: true },
      { figure: 'start.uk2021.docker-min', clock: 'program-run', machine: I7, year: 2021, source: 'kuenzer-2021-data', of: 'no start, but hello-world in a container' },
    ],
    memory: [density2020('runc'), { figure: NOTHING, kind: 'accounted', study: 'without a runtime class of its own', year: 2026, source: 'kubernetes-pod-overhead' }, { figure: 'mem.uk2021.min.docker', kind: 'least-limit', study: I7, year: 2021, source: 'kuenzer-2021-data', note: 'Docker’s own floor is in it' }],
    disk: { figure: 'img.debian-slim.compressed', what: 'Debian slim as downloaded, stored once', year: 2026, source: 'docker-library-repo-info' },
    many: { technology: 'docker', clock: 'request-to-running', says: 'a second-hand report of a machine that was not recorded', upTo: 16 },
    kernels: 'host', kernelsSays: 'The host’s.',
  },
  gvisor: {
    id: 'gvisor', title: 'Container under gVisor', name: 'gVisor',
    wall: 'sentry',
    stands: { text: 'The Sentry, a kernel in user space, answers its calls; it stands in a sandbox itself.', sources: ['gvisor-security'] },
    interface: { text: 'None of its calls reach the host. The Sentry answers 274 of the 350 in its own list (2026), and itself makes a restricted set.', sources: ['gvisor-security', 'gvisor-amd64'], figures: ['abi.gvisor.amd64.answered', 'abi.gvisor.amd64.listed'] },
    falls: { all: false, text: 'Its Sentry is its own; behind it stands the host’s kernel with few calls open.', sources: ['gvisor-security'] },
    files: 'own', takes: 1,
    takesSays: { text: 'As it is, if the Sentry answers its calls.', sources: ['gvisor-amd64', 'google-run-environments'] },
    proviso: { text: 'the Sentry answers every system call that the program needs', sources: ['gvisor-amd64'] },
    starts: [{ figure: 'gvisor.startup.empty.runsc', clock: 'run-to-exit', machine: GCE, year: 2020, source: 'gvisor-performance-2020', of: 'with its ptrace platform, since replaced' }],
    memory: [{ ...density2020('runsc'), note: 'with its ptrace platform, since replaced' }],
    disk: { figure: 'img.debian-slim.compressed', what: 'Debian slim as downloaded, stored once', year: 2026, source: 'docker-library-repo-info' },
    manyGap: 'We found no published starts of many at once.',
    kernels: 'one-more', kernelsSays: 'The host’s, and runsc, which is the kernel of all sandboxes.',
  },
  kata: {
    id: 'kata', title: 'Container in Kata', name: 'Kata Containers',
    wall: 'processor',
    stands: { text: 'The processor, as a VMM sets it up, and inside it a container.', sources: ['kata-architecture'] },
    interface: { text: 'The virtual devices of its VMM (QEMU, Cloud Hypervisor or Firecracker), and a channel to its agent.', sources: ['kata-architecture'] },
    falls: { all: false, text: 'The guest’s kernel is its own, as long as VMM and KVM hold.', sources: ['kata-architecture'] },
    files: 'own', takes: 0,
    takesSays: { text: 'As it is, from the same images as a container.', sources: ['kata-architecture'] },
    starts: [{ figure: 'start.kata.kuasar.serial', clock: 'crictl-to-listed', machine: UNSTATED, year: 2023, source: 'kuasar-benchmark', of: 'Kata 2.5.2 with Cloud Hypervisor' }],
    together: {
      figure: 'start.kata.kuasar.parallel-50', year: 2023, source: 'kuasar-benchmark', also: ['li-2022'], says: '50 at once: all run after',
      on: `Measured, from the first crictl run until crictl lists the fiftieth; Kata 2.5.2 with Cloud Hypervisor; ${UNSTATED}, 2023. RunD, a runtime that changes host and guest for it, says that it starts over 200 in a second (2022)`,
    },
    memory: [
      { figure: 'mem.kata.qemu', kind: 'accounted', study: 'Kata’s own definitions', year: 2025, source: 'kata-runtime-classes', note: '160 MiB with QEMU, 130 MiB with Firecracker or Cloud Hypervisor' },
      { figure: 'mem.kata.rund', kind: 'counted', study: 'RunD paper', year: 2022, source: 'li-2022', secondHand: true, note: 'on Firecracker with a guest of 128 MB; 67.7 MiB as the mean of a thousand' },
    ],
    diskGap: 'The container’s image, and a guest kernel and image once; no published figure for these.',
    kernels: 'one-more', kernelsSays: 'The host’s, and the guest’s, one file for all.',
  },
  microvm: {
    id: 'microvm', title: 'MicroVM (Firecracker)', name: 'a microVM',
    wall: 'processor',
    stands: { text: 'The processor, as Firecracker sets it up through KVM; the process of the VMM is jailed too.', sources: ['firecracker-design'] },
    interface: { text: 'Six emulated devices; the VMM is held to the system calls it needs.', sources: ['firecracker-faq', 'firecracker-design'] },
    falls: { all: false, text: 'The guest’s kernel is its own, as long as Firecracker and KVM hold.', sources: ['firecracker-design'] },
    files: 'own', takes: 0,
    takesSays: { text: 'As it is, on a disk image that you make.', sources: ['firecracker-design'] },
    starts: [...fc2020('fc-api', 'a minimal guest whose kernel is not compressed'), { figure: 'start.uk2021.alpine-vm', clock: 'boot-timer-cpu-services', machine: I7, year: 2021, source: 'kuenzer-2021-data', of: 'Alpine Linux with its services' }, { figure: 'start.uk2021.lupine-nokml', clock: 'boot-timer-cpu', machine: I7, year: 2021, source: 'kuenzer-2021-data', of: 'Lupine, a Linux kernel cut down to one program' }],
    memory: [...guest2020('fc', '2.2 MiB'), { figure: 'mem.uk2021.min.microvm', kind: 'least-guest', study: I7, year: 2021, source: 'kuenzer-2021-data' }],
    diskGap: 'A root file system of your making; no published figure.',
    many: { technology: 'fc-api', clock: 'vmm-to-init', says: 'a minimal guest; fitted to published parallel boots', upTo: 100 },
    kernels: 'one-more', kernelsSays: 'The host’s, and the guest’s, one file for all.',
  },
  vm: {
    id: 'vm', title: 'Full virtual machine (QEMU with KVM)', name: 'a full virtual machine',
    wall: 'processor',
    stands: { text: 'The processor, as QEMU sets it up through KVM.', sources: ['linux-kvm-api', 'qemu-security'] },
    interface: { text: 'The virtual devices of a PC; a fault in one can let a guest into the QEMU process.', sources: ['qemu-security'] },
    falls: { all: false, text: 'The guest’s kernel is its own, as long as QEMU and KVM hold.', sources: ['qemu-security'] },
    files: 'own', takes: 0,
    takesSays: { text: 'As it is, with an operating system of your choice.', sources: ['qemu-introduction'] },
    starts: [...fc2020('qemu', 'a minimal guest whose kernel is compressed, after SeaBIOS'), { figure: 'start.vm.ubuntu.cloud', clock: 'request-to-command', machine: 'EC2 i7i.metal', year: 2026, source: 'depot-2026-microvm-boot', of: 'an Ubuntu cloud image on Cloud Hypervisor' }],
    memory: [...guest2020('qemu', '16.4 MiB')],
    disk: { figure: 'vmimg.debian13', what: 'a Debian cloud image as downloaded, stored once', year: 2026, source: 'multipass-distributions' },
    many: { technology: 'qemu', clock: 'vmm-to-init', says: 'a minimal guest; fitted to published parallel boots', upTo: 100 },
    kernels: 'each', kernelsSays: 'The host’s, and one in each machine.',
  },
  unikernel: {
    id: 'unikernel', title: 'Unikernel (Unikraft on KVM)', name: 'a unikernel',
    wall: 'processor',
    stands: { text: 'The processor, as a VMM sets it up; none between the program and its kernel.', sources: ['unikraft-compatibility'] },
    interface: { text: 'The virtual devices of its VMM (QEMU or Firecracker).', sources: ['unikraft-compatibility'] },
    falls: { all: false, text: 'Program and kernel are one and fall together; the others keep theirs.', sources: ['unikraft-compatibility'] },
    files: 'own', takes: 2,
    takesSays: { text: 'Linked with a library system, or loaded by it: one program, no second process.', sources: ['unikraft-compatibility'] },
    proviso: { text: 'it stays one program whose calls the library system answers', sources: ['unikraft-compatibility'] },
    starts: [
      { figure: 'start.uk2021.vmm.firecracker', clock: 'vmm-to-guest', machine: I7, year: 2021, source: 'kuenzer-2021-data', of: 'hello world on Firecracker; the guest adds 1.3 ms' },
      { figure: 'start.uk2021.vmm.qemumicrovm', clock: 'vmm-to-guest', machine: I7, year: 2021, source: 'kuenzer-2021-data', of: 'hello world on QEMU’s microvm; the guest adds 0.1 ms' },
    ],
    memory: [{ figure: 'mem.uk2021.min.unikraft', kind: 'least-guest', study: I7, year: 2021, source: 'kuenzer-2021-data' }],
    diskGap: 'No published figure for an image of this study.',
    manyGap: 'We found no published starts of many at once.',
    kernels: 'one-more', kernelsSays: 'The host’s, and the library system, with a new build of the program.',
  },
};

/** Which runners of a comparison are the candidate; those in `withKvm` only where hardware virtualization is there. */
export const RUNNERS_OF: Readonly<Record<CandidateId, { readonly always: readonly Runner[]; readonly withKvm?: readonly Runner[] }>> = {
  process: { always: ['native'] },
  container: { always: ['container', 'container-bridge'] },
  gvisor: { always: ['gvisor-ptrace', 'gvisor-systrap'], withKvm: ['gvisor-kvm'] },
  kata: { always: [] },
  microvm: { always: ['microvm-firecracker'] },
  vm: { always: ['vm', 'vm-tuned'] },
  unikernel: { always: ['unikernel'] },
};

/** A setting that rules candidates out. */
export interface Rule {
  readonly id: 'kvm' | 'own-kernel' | 'windows' | 'rebuild';
  readonly applies: (config: Config) => boolean;
  /** Who is out, and why. */
  readonly out: Readonly<Partial<Record<CandidateId, string>>>;
  readonly sources: readonly string[];
}

const NO_KVM = 'It needs hardware virtualization, and this machine has none to give.';
const LINUX_ONLY = 'The host’s kernel, which answers its calls, is Linux, and Windows programs make other calls.';

export const RULES: readonly Rule[] = [
  {
    id: 'windows',
    applies: ({ needs }) => needs === 'windows',
    out: {
      process: LINUX_ONLY, container: LINUX_ONLY,
      gvisor: 'The Sentry answers the calls of Linux, not those of Windows.',
      kata: 'Its guest is a Linux kernel with an agent.',
      microvm: 'Firecracker’s guests are Linux and OSv.',
      unikernel: 'Its library system answers the calls of Linux.',
    },
    sources: ['gvisor-amd64', 'kata-guest-assets', 'firecracker-faq', 'unikraft-compatibility'],
  },
  {
    id: 'own-kernel',
    applies: ({ needs }) => needs === 'own-kernel',
    out: {
      process: 'It runs on the host’s kernel and brings none.',
      container: 'It runs on the host’s kernel and brings none.',
      gvisor: 'Its kernel is the Sentry, which loads no Linux modules.',
      unikernel: 'Its kernel is a library, not Linux.',
    },
    sources: ['man-namespaces', 'gvisor-security', 'unikraft-compatibility'],
  },
  { id: 'kvm', applies: ({ kvm }) => !kvm, out: { kata: NO_KVM, microvm: NO_KVM, vm: NO_KVM, unikernel: NO_KVM }, sources: [...KVM_SOURCES, 'kata-architecture', 'firecracker-design', 'unikraft-compatibility'] },
  { id: 'rebuild', applies: ({ rebuild }) => !rebuild, out: { unikernel: 'The program cannot be rebuilt for it.' }, sources: ['unikraft-compatibility'] },
];

/** The wall that goes with whose code it is: a convention, which the reader may set otherwise. */
export const WALL_FOR: Readonly<Record<Code, Exclude<WallAsked, 'asked'>>> = { mine: 'none', organization: 'kernel', strangers: 'apart' };

/** Which walls are let through. */
export const ENOUGH: Readonly<Record<Exclude<WallAsked, 'asked'>, readonly Candidate['wall'][]>> = {
  none: ['none', 'kernel', 'sentry', 'processor'],
  kernel: ['kernel', 'sentry', 'processor'],
  apart: ['sentry', 'processor'],
  hardware: ['processor'],
};

export const WALL_REASONS: Readonly<Record<Exclude<WallAsked, 'asked'>, Cited>> = {
  none: { text: 'No wall is asked for.', sources: [] },
  kernel: { text: 'A wall that the kernel keeps up is asked for, and it has none.', short: 'it has no wall', sources: ['docker-security'] },
  apart: { text: 'Its calls go straight to the host’s kernel, and one hole there is enough. For strangers’ code more is asked.', short: 'its calls go straight to the host’s kernel', sources: ['gvisor-readme', 'firecracker-design'] },
  hardware: { text: 'A wall that the processor enforces is asked for; this one is software.', short: 'its wall is software', sources: ['gvisor-security', 'linux-kvm-api'] },
};

export const CHOOSING_DEFAULTS: Config = {
  code: 'mine', count: 25, starts: 'each-deploy', work: 'server', needs: 'any-linux', rebuild: false, memoryGib: 16, cores: 4, kvm: true,
  wall: 'asked', fits: true, startWithinMs: 0, slowdown: 100,
};

export const PRESET_TABLE: Readonly<Record<PresetId, { readonly title: string; readonly to: Config }>> = {
  web: { title: '25 web services of mine', to: CHOOSING_DEFAULTS },
  functions: { title: 'strangers’ functions, one per request', to: { ...CHOOSING_DEFAULTS, code: 'strangers', count: 1000, starts: 'each-request', work: 'compute', memoryGib: 384, cores: 48 } },
  ci: { title: 'CI jobs of my organization, in a cloud instance', to: { ...CHOOSING_DEFAULTS, code: 'organization', count: 8, work: 'disk', memoryGib: 64, cores: 16, kvm: false } },
  plugin: { title: 'a customer’s plug-in', to: { ...CHOOSING_DEFAULTS, code: 'strangers', count: 50, work: 'system-calls', rebuild: true, memoryGib: 32, cores: 8 } },
  database: { title: 'a database', to: { ...CHOOSING_DEFAULTS, count: 1, starts: 'rarely', work: 'disk', memoryGib: 128, cores: 16 } },
  windows: { title: 'a desktop for Windows tools', to: { ...CHOOSING_DEFAULTS, count: 1, starts: 'rarely', work: 'compute', needs: 'windows' } },
};

export const WORK_NAMES: Readonly<Record<Work, string>> = {
  'compute': 'computing', 'memory': 'memory', 'system-calls': 'system calls', 'disk': 'disk', 'network': 'network', 'server': 'answering requests',
};

/** Ids of every figure that the model computes with, or shows. Those of comparisons come with them. */
export function choosingFigures(): readonly string[] {
  const all = Object.values(CANDIDATES_TABLE).flatMap(({ starts, memory, disk, together, interface: open }) => [...starts, ...memory, ...(disk ? [disk] : []), ...(together ? [together] : [])].map(({ figure }) => figure).concat(open.figures ?? []));
  return [...new Set(all)].filter((id) => id !== NOTHING);
}

/** Ids of every source that the tables cite. */
export function choosingSources(): readonly string[] {
  const cited = Object.values(CANDIDATES_TABLE).flatMap(({ stands, interface: open, falls, takesSays, proviso, starts, memory, disk, together }) => [
    ...[stands, open, falls, takesSays, ...(proviso ? [proviso] : [])].flatMap(({ sources }) => sources),
    ...[...starts, ...memory, ...(disk ? [disk] : []), ...(together ? [together] : [])].map(({ source }) => source),
  ]);
  return [...new Set([...cited, ...RULES.flatMap(({ sources }) => sources), ...Object.values(WALL_REASONS).flatMap(({ sources }) => sources)])];
}
