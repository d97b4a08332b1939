/** The tables of `stack-cost`: its parts, which figures they cost, and the words for what happens. Data only; a page carries it, with the figures put in, instead of a script. */
import { DOCKER_SANDBOX } from '../domain.ts';
import type { Words } from './facts.ts';
import type { Pieces } from './placements.ts';
import { figuresOf, type BillRule, type CostRules, type ReadingRules } from './prices.ts';

/** The parts, and the walls that stand around some. */
export const PIECES: Pieces = {
  'hardware': { part: { layer: 'hardware', name: 'The machine', isa: 'amd64', virtual: false, virtualization: 'on' } },
  'firmware': { part: { layer: 'firmware', name: 'UEFI', interface: 'uefi' } },
  'kernel': { part: { layer: 'kernel', name: 'Linux with KVM', family: 'linux' } },
  'userland': { part: { layer: 'userland', name: 'Debian 13', libc: 'glibc' } },
  'qemu': { part: { layer: 'hypervisor', name: 'QEMU with KVM', type: 2, vmm: 'QEMU' } },
  'firecracker': { part: { layer: 'hypervisor', name: 'Firecracker with KVM', type: 2, vmm: 'Firecracker' } },
  'vm': {
    part: { layer: 'hardware', name: 'virtual hardware', isa: 'amd64', virtual: true, virtualization: 'absent' },
    wall: { enforcedBy: 'hardware', name: 'virtual machine' },
  },
  'microvm': {
    part: { layer: 'hardware', name: 'virtual hardware', isa: 'amd64', virtual: true, virtualization: 'absent' },
    wall: { enforcedBy: 'hardware', name: 'microVM' },
  },
  'vm-firmware': { part: { layer: 'firmware', name: 'SeaBIOS', interface: 'bios' } },
  'guest-kernel': { part: { layer: 'kernel', name: 'Linux', family: 'linux' } },
  'guest-userland': { part: { layer: 'userland', name: 'Debian 13', libc: 'glibc' } },
  'image': {
    part: { layer: 'userland', name: 'Debian slim', libc: 'glibc' },
    wall: { enforcedBy: 'kernel', name: 'container', sandbox: DOCKER_SANDBOX },
  },
};

const HOST: BillRule = { disk: 'host', memory: 'host' };
const WITHIN: BillRule = { disk: 'within', memory: 'within' };

/**
 * A guest's memory belongs to its VMM's process, so the whole of it is billed there; its kernel and userland lie on one
 * virtual disk, billed to the virtual hardware. The image of that disk is stored once, as a container's is: each VM writes to
 * an overlay of its own, which starts almost empty. The sandbox is billed to the image's part, which stands at its foot; an
 * engine, and there is one for each kernel, stores an image once. The program itself has no figure in any placement.
 */
const BILLS: CostRules['bills'] = {
  'hardware': HOST, 'firmware': HOST, 'kernel': HOST, 'userland': HOST,
  'qemu': { disk: 'host', memory: { figure: 'mem.rss.qemu' } },
  'firecracker': { disk: 'host', memory: { figure: 'mem.rss.fc' } },
  'vm': { disk: { figure: 'vmimg.debian13', oncePerKernel: true }, memory: 'within' },
  'microvm': { disk: 'unknown', memory: 'within' },
  // SeaBIOS ships with QEMU, and only its memory is the guest's.
  'vm-firmware': { disk: 'host', memory: 'within' },
  'guest-kernel': WITHIN, 'guest-userland': WITHIN,
  'image': { disk: { figure: 'img.debian-slim.compressed', oncePerKernel: true }, memory: { figure: 'gvisor.density.empty.runc' } },
  'app': { disk: 'unknown', memory: 'unknown' },
};

/** The same boot on three hosts of one study. */
const onThreeHosts = (vmm: string) => ['m5d.metal', 'rn.haswell', 'rn.nehalem'].map((host) => `start.fc2020.${host}.boot-serial-${vmm}.e2e`);

/** Starts of one container on an idle host. Start under load is another thing: of Cadden's study the value counts, not its spread. */
const DOCKER_RUN = ['start.docker.lightvm', 'start.docker.cadden', 'gvisor.startup.empty.runc'];

/** No study of the three stands for all, so the range over them counts; each then stands by itself, with its clock. */
const CONTAINER: ReadingRules = {
  start: [{ studies: DOCKER_RUN, words: 'three studies, 2017–2020, unlike machines; one of them a cloud VM' }, ...DOCKER_RUN.map((id) => [id])],
  steps: ['start.containerd.runc.create', 'start.containerd.runc', 'start.uk2021.docker-min'],
  memory: ['mem.uk2021.min.docker'],
};

const READINGS: CostRules['readings'] = {
  'metal': {},
  'container': CONTAINER,
  'container-in-vm': CONTAINER,
  'vm': { start: ['start.vm.ubuntu.cloud', 'start.vm.ubuntu.tuned', onThreeHosts('qemu')], memory: ['mem.lightvm.debian'] },
  'microvm': {
    start: [onThreeHosts('fc-api'), 'start.uk2021.alpine-vm', onThreeHosts('chv')],
    memory: ['mem.fc.spec', 'mem.uk2021.min.microvm'],
  },
};

const WITH_PROGRAM: CostRules['withProgram'] = {
  nginx: { disk: ['img.nginx.disk'] },
  node: { start: ['gvisor.startup.node.runc'], disk: ['img.node-slim.compressed'], memory: ['gvisor.density.node.runc'] },
};

const SENTENCES: Words['sentences'] = {
  'stackStood/nothing': 'The host runs one kernel and no app yet. Add one and see what comes with it.',
  'stackStood/metal': 'One userland and one kernel serve all {apps} apps. Nothing is duplicated, and no wall stands between them.',
  'stackStood/metal.2': 'One userland and one kernel serve both apps. Nothing is duplicated, and no wall stands between them.',
  'stackStood/metal.1': 'One userland and one kernel serve the app. Nothing is duplicated.',
  'stackStood/container': '{Apps} copies of {program}, {apps} walls, one kernel. Each container brought a userland; none brought a kernel.',
  'stackStood/container.1': 'One copy of {program}, one wall, one kernel. The container brought a userland, but no kernel.',
  'stackStood/vm': '{Kernels} kernels run: the host’s and one in each VM. Each copy carries virtual hardware, firmware, a kernel and a userland of its own; no two apps share a kernel.',
  'stackStood/vm.1': 'Two kernels run: the host’s and one in the VM. The app carries virtual hardware, firmware, a kernel and a userland of its own; its system calls end in that kernel.',
  'stackStood/container-in-vm': 'Two kernels run: the host’s and one in the VM that all {apps} containers share. The host’s answers none of their system calls.',
  'stackStood/container-in-vm.2': 'Two kernels run: the host’s and one in the VM that both containers share. The host’s answers none of their system calls.',
  'stackStood/container-in-vm.1': 'Two kernels run: the host’s and one in the VM around the container. The host’s answers none of its system calls.',
  'stackStood/microvm': '{Kernels} kernels run: the host’s and one in each microVM. Each copy carries virtual hardware, a kernel and a userland of its own, but no firmware; no two apps share a kernel.',
  'stackStood/microvm.1': 'Two kernels run: the host’s and one in the microVM. The app carries virtual hardware, a kernel and a userland of its own, but no firmware.',
  'stackStood/one-kernel': '{Apps} apps run on one kernel, some behind a wall and some not. None brought a kernel.',
  'stackStood/mixed': '{Apps} apps run on {kernels} kernels. The host’s answers {answered} of the apps; the other kernels came with VMs.',
  'appRemoved/': '{program} {app} is gone.',
  'kernelAdded/': '{Kernels} kernels run now: {by} brought its own.',
  'kernelAdded/.2': 'A second kernel runs now: {by} brought its own.',
  'kernelRemoved/': 'One kernel went with its VM; {kernels} are left.',
  'kernelRemoved/.1': 'One kernel is left: the host’s.',
  'kernelRemoved/all': 'The number of kernels fell by {removed}.',
  'kernelReplaced/': 'As many kernels run as before: {by} brought its own.',
  'kernelShared/metal': '{program} {app} brought nothing but itself: the host’s kernel answers {apps} apps now.',
  'kernelShared/metal.1': '{program} {app} brought nothing but itself: the host’s kernel answers it.',
  'kernelShared/container': '{program} {app} brought a userland but no kernel: the host’s answers {apps} apps now.',
  'kernelShared/container.1': '{program} {app} brought a userland but no kernel: the host’s answers it.',
  'kernelShared/container-in-vm': '{program} {app} joined the VM for containers: its kernel answers all {apps} of them.',
  'kernelShared/container-in-vm.2': '{program} {app} joined the VM for containers: its kernel answers both of them.',
  'kernelKept/all': 'No kernel came or went.',
  'kernelKept/host': 'No kernel went with it: the host’s still answers {apps} other apps.',
  'kernelKept/host.0': 'No kernel went with it.',
  'kernelKept/host.1': 'No kernel went with it: the host’s still answers another app.',
  'kernelKept/vm': 'The VM and its kernel stay for {apps} other containers.',
  'kernelKept/vm.1': 'The VM and its kernel stay for another container.',
  'hostKernelLeft/': '{program} {app} no longer shares the host’s with {others} other apps.',
  'hostKernelLeft/.0': 'The host’s answers no app directly any more.',
  'hostKernelLeft/.1': '{program} {app} no longer shares the host’s with another app.',
  'hostKernelBypassed/': 'The app is in a container, yet its system calls end in that kernel, not in the host’s.',
  'imageLayersShared/': 'Its image was on the disk already: the files are not stored again.',
  'imageStoredTwice/': 'The image is stored twice now: the host’s engine and the one in the VM have a store each.',
  'diskShared/': 'Its disk is an overlay on the image that is there already.',
  'firmwareAdded/': 'With it came firmware and a userland of its own.',
  'firmwareLeftOut/': 'What a microVM leaves out is the firmware, not the kernel.',
  'nothingDuplicated/': 'Nothing is duplicated.',
  '0': 'none', '1': 'one', '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '8': 'eight', '9': 'nine',
  'vm': 'the VM',
  'microvm': 'the microVM',
  'container-in-vm': 'the VM around the container',
};

const NEAREST = 'A container is a group of processes. Their system calls go to the nearest kernel below.';
const BOOTS = 'A VM is hardware to what runs on it, so each one boots a kernel of its own.';
const STORES = 'An engine stores each layer of an image once. Every container reads the same files and writes to a layer of its own, which starts empty.';

const RULES: Words['rules'] = {
  appPlaced: 'The place of an app decides which parts must stand below it, and which of them it may share.',
  appRemoved: 'What only this app needed goes with it; what others share stays.',
  stackStood: 'A kernel enforces the wall of a container. The processor enforces the wall of a VM, as the hypervisor sets it up. The host’s own userland and the Docker Engine run beside the apps. No app stands on them, so no system call of an app passes them.',
  kernelAdded: BOOTS,
  kernelRemoved: BOOTS,
  kernelReplaced: BOOTS,
  kernelShared: NEAREST,
  kernelKept: NEAREST,
  hostKernelLeft: NEAREST,
  hostKernelBypassed: NEAREST,
  imageLayersShared: STORES,
  imageStoredTwice: STORES,
  diskShared: 'A VM’s disk can be a qcow2 file that names another as its backing file and holds only what differs from it. So the image is stored once for all VMs, unless each is given a full copy.',
  firmwareAdded: 'A VM starts as a machine does: firmware first, which finds a boot loader or a kernel on the virtual disk.',
  firmwareLeftOut: 'Firecracker puts the kernel into the guest’s memory and starts it there, without firmware.',
  nothingDuplicated: 'Processes on the host share its userland, its kernel and its files.',
};

export const COST_RULES: CostRules = { bills: BILLS, readings: READINGS, withProgram: WITH_PROGRAM };
export const WORDS: Words = { sentences: SENTENCES, rules: RULES };

/** Ids of every figure that the model computes with. */
export function stackCostFigures(): readonly string[] {
  const read = [...Object.values(READINGS), ...Object.values(WITH_PROGRAM)].flatMap((rules) => Object.values(rules)).flat().flatMap(figuresOf);
  const billed = Object.values(BILLS).flatMap((bill) => Object.values(bill)).flatMap((rule) => (typeof rule === 'string' ? [] : [rule.figure]));
  return [...new Set([...billed, ...read])];
}
