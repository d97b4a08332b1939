/**
 * The domain, modelled once for all playgrounds: the parts of a computer that runs programs, and the stack they form.
 * It knows what the parts are and which walls stand between them; it refuses to know what they cost or how they look.
 */

/** The six layers of the cross-section, from the ground up. A layer is a place in the stack; a part is a thing that stands there. */
export const LAYERS = ['hardware', 'firmware', 'hypervisor', 'kernel', 'userland', 'application'] as const;
export type Layer = (typeof LAYERS)[number];

/** Instruction sets, as image manifests name them. */
export type Isa = 'amd64' | 'arm64' | '386' | 'arm' | 'riscv64' | 's390x' | 'ppc64le' | 'mips64le' | 'loong64';
export type KernelFamily = 'linux' | 'windows-nt' | 'xnu' | 'freebsd';

/** Physical hardware, or the virtual machine's imitation of it (`virtual`). */
export interface Hardware {
  readonly layer: 'hardware';
  readonly name: string;
  readonly isa: Isa;
  readonly virtual: boolean;
  /** VT-x, AMD-V or Arm EL2: not there, there but switched off in the firmware, or usable. */
  readonly virtualization: 'absent' | 'off' | 'on';
  readonly cores?: number;
  readonly memoryMib?: number;
}

export interface Firmware {
  readonly layer: 'firmware';
  readonly name: string;
  readonly interface: 'bios' | 'uefi' | 'other';
}

/**
 * Type 1 runs on the hardware itself; type 2 runs with the help of a host kernel below it. KVM is counted as either by
 * different authors: it is a module of the Linux kernel, so here the part above that kernel (the VMM) is drawn as type 2.
 */
export interface Hypervisor {
  readonly layer: 'hypervisor';
  readonly name: string;
  readonly type: 1 | 2;
  /** The process or program that imitates devices, for instance QEMU or Firecracker. */
  readonly vmm: string;
}

export interface Kernel {
  readonly layer: 'kernel';
  readonly name: string;
  readonly family: KernelFamily;
  readonly version?: string;
}

/** Everything above the kernel that is not the application: libc, shell, init, libraries, configuration. */
export interface Userland {
  readonly layer: 'userland';
  readonly name: string;
  readonly libc?: 'glibc' | 'musl' | 'bionic' | 'ucrt' | 'libSystem';
  /** The image that the files come from, where they come from one. */
  readonly image?: Image;
}

/** A running program. `pid` as it is numbered inside its own PID namespace. */
export interface Process {
  readonly layer: 'application';
  readonly name: string;
  readonly pid?: number;
}

export type Part = Hardware | Firmware | Hypervisor | Kernel | Userland | Process;

/** An image in the registry's sense: a platform and an ordered list of filesystem layers. Not a layer of the stack. */
export interface Image {
  readonly reference: string;
  readonly os: 'linux' | 'windows' | 'freebsd';
  readonly arch: Isa;
  readonly layers: readonly { readonly digest: string; readonly bytes: number }[];
}

export type Namespace = 'mount' | 'pid' | 'network' | 'ipc' | 'uts' | 'user' | 'cgroup' | 'time';

/** What a kernel withholds from a group of its own processes. */
export interface Sandbox {
  readonly name: string;
  readonly namespaces: readonly Namespace[];
  readonly cgroup: boolean;
  readonly droppedCapabilities: boolean;
  readonly seccomp: boolean;
}

/** A border around a part and all that stands on it. Hardware enforces a machine wall, a kernel enforces a sandbox wall. */
export type Wall =
  | { readonly enforcedBy: 'hardware'; readonly name: string }
  | { readonly enforcedBy: 'kernel'; readonly name: string; readonly sandbox: Sandbox };

/** A stack: a tree whose root is the ground (hardware) and whose leaves are processes. */
export interface StackNode {
  /** Unique in its tree, and stable from one state to the next, so that views can follow a part. */
  readonly id: string;
  readonly part: Part;
  /** The wall that encloses this node and everything on it, if one does. */
  readonly wall?: Wall;
  readonly on: readonly StackNode[];
}

/** The sandbox that Docker sets up by default on Linux: no user namespace, and (on cgroup v2 hosts) a private cgroup namespace. */
export const DOCKER_SANDBOX: Sandbox = {
  name: 'container',
  namespaces: ['mount', 'pid', 'network', 'ipc', 'uts', 'cgroup'],
  cgroup: true,
  droppedCapabilities: true,
  seccomp: true,
};

/** Every node, ground first, children in order. */
export function nodesOf(root: StackNode): readonly StackNode[] {
  return [root, ...root.on.flatMap(nodesOf)];
}

/** The nodes from the ground up to the one with this id; empty when there is none. */
export function pathTo(root: StackNode, id: string): readonly StackNode[] {
  if (root.id === id) return [root];
  for (const child of root.on) {
    const path = pathTo(child, id);
    if (path.length > 0) return [root, ...path];
  }
  return [];
}

/** The kernel that answers a node's system calls: the nearest one below it. */
export function kernelOf(root: StackNode, id: string): StackNode | undefined {
  return pathTo(root, id).findLast((node) => node.part.layer === 'kernel');
}

/** How many parts of a layer are running. */
export function countLayer(root: StackNode, layer: Layer): number {
  return nodesOf(root).filter((node) => node.part.layer === layer).length;
}

/** How many processes each kernel answers, by the kernel's id, ground first. */
export function processesByKernel(root: StackNode): ReadonlyMap<string, number> {
  const inLayer = (layer: Layer) => nodesOf(root).filter((node) => node.part.layer === layer);
  const answering = inLayer('application').map(({ id }) => kernelOf(root, id)?.id);
  return new Map(inLayer('kernel').map(({ id }) => [id, answering.filter((each) => each === id).length]));
}
