/** The five ways to put an app on a machine, and the stack that follows from them. It knows which parts each way needs and shares, no costs. */
import type { Part, StackNode, Wall } from '../domain.ts';

export type Placement = 'metal' | 'container' | 'vm' | 'container-in-vm' | 'microvm';

export const PROGRAMS = ['nginx', 'node'] as const;
export type Program = (typeof PROGRAMS)[number];

/** A copy of the program. Its id is its number in the order of arrival and is never given again. */
export interface App {
  readonly id: number;
  readonly placement: Placement;
}

/** What a part is in this model. Node ids end with it: `app-3/qemu`, `container-in-vm/qemu`, `host/kernel`. */
export type Role = Foundation | 'app';
export type Foundation =
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

/** All placements, in the order of the controls. */
export const PLACEMENT_IDS = Object.keys(PLACEMENTS) as readonly Placement[];

/** What stands for a role in the drawing, and the wall around it if one stands there. */
export interface Piece {
  readonly part: Part;
  readonly wall?: Wall;
}
export type Pieces = Readonly<Record<Foundation, Piece>>;

/** The node of an app's process. */
export function nodeOf(app: Pick<App, 'id'>): string {
  return `app-${app.id}`;
}

/** What a node is, read from its id. */
export function roleOf(nodeId: string): Role {
  return (nodeId.split('/')[1] ?? 'app') as Role;
}

/** The stack of the host and these apps. Columns stand in the apps' order; what is shared stands where its first app does. */
export function stackOf(pieces: Pieces, apps: readonly App[], program: Program): StackNode {
  /** Stands `on` upon new parts of these roles, given from the ground up. */
  const raise = (roles: readonly Foundation[], owner: string, on: readonly StackNode[]) =>
    roles.reduceRight((above, role) => [{ ...pieces[role], id: `${owner}/${role}`, on: above }], on);
  const tower = (app: App): readonly StackNode[] => {
    const process: StackNode = { id: nodeOf(app), part: { layer: 'application', name: `${program} ${app.id}` }, on: [] };
    return raise(PLACEMENTS[app.placement].own, nodeOf(app), [process]);
  };
  const towers = apps.flatMap((app) => {
    const { shared } = PLACEMENTS[app.placement];
    if (shared.length === 0) return tower(app);
    const alike = apps.filter(({ placement }) => placement === app.placement);
    return alike[0] === app ? raise(shared, app.placement, alike.flatMap(tower)) : [];
  });
  return raise(['hardware', 'firmware', 'kernel'], 'host', towers)[0] as StackNode;
}

/** Whether an app stands on an image, that is in a container. */
export const inImage = ({ placement }: App) => PLACEMENTS[placement].own.includes('image');
