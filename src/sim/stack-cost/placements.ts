/** The five ways to put an app on a machine, and the stack that follows from them. It knows which parts each way needs and shares, no costs. */
import { DOCKER_SANDBOX, type Part, type StackNode, type Wall } from '../domain.ts';

export const PLACEMENT_IDS = ['metal', 'container', 'vm', 'container-in-vm', 'microvm'] as const;
export type Placement = (typeof PLACEMENT_IDS)[number];

export const PROGRAMS = ['nginx', 'node'] as const;
export type Program = (typeof PROGRAMS)[number];

/** A copy of the program. Its id is its number in the order of arrival and is never given again. */
export interface App {
  readonly id: number;
  readonly placement: Placement;
}

/** What a part is in this model. Node ids end with it: `app-3/qemu`, `container-in-vm/qemu`, `host/kernel`. */
export type Role = Foundation | 'app';
type Foundation =
  | 'hardware' | 'firmware' | 'kernel' | 'userland'
  | 'qemu' | 'firecracker' | 'vm' | 'microvm' | 'vm-firmware' | 'guest-kernel' | 'guest-userland'
  | 'image';

interface Recipe {
  /** Parts that all apps placed this way share, from the host's kernel up. */
  readonly shared: readonly Foundation[];
  /** Parts that each app needs for itself, on top of the shared ones. */
  readonly own: readonly Foundation[];
  /** Whose kernel answers the app's system calls. */
  readonly kernel: 'host' | 'own' | 'shared-vm';
}

/** Which parts each placement needs, from the ground up, and which of them one copy serves all. */
export const PLACEMENTS: Readonly<Record<Placement, Recipe>> = {
  'metal': { kernel: 'host', shared: ['userland'], own: [] },
  'container': { kernel: 'host', shared: [], own: ['image'] },
  'vm': { kernel: 'own', shared: [], own: ['qemu', 'vm', 'vm-firmware', 'guest-kernel', 'guest-userland'] },
  'container-in-vm': { kernel: 'shared-vm', shared: ['qemu', 'vm', 'vm-firmware', 'guest-kernel'], own: ['image'] },
  'microvm': { kernel: 'own', shared: [], own: ['firecracker', 'microvm', 'guest-kernel', 'guest-userland'] },
};

const PARTS: Readonly<Record<Foundation, Part>> = {
  'hardware': { layer: 'hardware', name: 'The machine', isa: 'amd64', virtual: false, virtualization: 'on' },
  'firmware': { layer: 'firmware', name: 'UEFI', interface: 'uefi' },
  'kernel': { layer: 'kernel', name: 'Linux with KVM', family: 'linux' },
  'userland': { layer: 'userland', name: 'Debian 13', libc: 'glibc' },
  'qemu': { layer: 'hypervisor', name: 'QEMU with KVM', type: 2, vmm: 'QEMU' },
  'vm': { layer: 'hardware', name: 'virtual hardware', isa: 'amd64', virtual: true, virtualization: 'absent' },
  'vm-firmware': { layer: 'firmware', name: 'SeaBIOS', interface: 'bios' },
  'firecracker': { layer: 'hypervisor', name: 'Firecracker with KVM', type: 2, vmm: 'Firecracker' },
  'microvm': { layer: 'hardware', name: 'virtual hardware', isa: 'amd64', virtual: true, virtualization: 'absent' },
  'guest-kernel': { layer: 'kernel', name: 'Linux', family: 'linux' },
  'guest-userland': { layer: 'userland', name: 'Debian 13', libc: 'glibc' },
  'image': { layer: 'userland', name: 'Debian slim', libc: 'glibc' },
};

const WALLS: Readonly<Partial<Record<Foundation, Wall>>> = {
  'image': { enforcedBy: 'kernel', name: 'container', sandbox: DOCKER_SANDBOX },
  'vm': { enforcedBy: 'hardware', name: 'virtual machine' },
  'microvm': { enforcedBy: 'hardware', name: 'microVM' },
};

/** The node of an app's process. */
export function nodeOf(app: Pick<App, 'id'>): string {
  return `app-${app.id}`;
}

/** What a node is, read from its id. */
export function roleOf(nodeId: string): Role {
  return (nodeId.split('/')[1] ?? 'app') as Role;
}

/** The stack of the host and these apps. Columns stand in the apps' order; what is shared stands where its first app does. */
export function stackOf(apps: readonly App[], program: Program): StackNode {
  return raise(['hardware', 'firmware', 'kernel'], 'host', towers(apps, program))[0] as StackNode;
}

function towers(apps: readonly App[], program: Program): readonly StackNode[] {
  return apps.flatMap((app) => {
    const { shared } = PLACEMENTS[app.placement];
    if (shared.length === 0) return tower(app, program);
    const alike = apps.filter(({ placement }) => placement === app.placement);
    return alike[0] === app ? raise(shared, app.placement, alike.flatMap((each) => tower(each, program))) : [];
  });
}

function tower(app: App, program: Program): readonly StackNode[] {
  const process: StackNode = { id: nodeOf(app), part: { layer: 'application', name: `${program} ${app.id}` }, on: [] };
  return raise(PLACEMENTS[app.placement].own, nodeOf(app), [process]);
}

/** Stands `on` upon new parts of these roles, given from the ground up. */
function raise(roles: readonly Foundation[], owner: string, on: readonly StackNode[]): readonly StackNode[] {
  return roles.reduceRight((above, role) => {
    const wall = WALLS[role];
    return [{ id: `${owner}/${role}`, part: PARTS[role], ...(wall ? { wall } : {}), on: above }];
  }, on);
}
