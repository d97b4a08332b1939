/** Questions that rules ask of a stack: what is below, behind which wall, in which mode. It answers from the tree alone. */
import { kernelOf, nodesOf, pathTo } from '../domain.ts';
import type { Hypervisor, Sandbox, StackNode } from '../domain.ts';
import type { Border, Config, Mode } from './types.ts';

/** A stack with the request made of it. */
export interface Cut {
  readonly stack: StackNode;
  readonly config: Required<Config>;
}

/** The kernel that answers a part: the nearest below it, or the part itself. */
export function kernelUnder({ stack }: Cut, id: string): string {
  return kernelOf(stack, id)?.id ?? '';
}

/** The nearest hardware below a part, real or virtual. */
export function groundOf({ stack }: Cut, id: string): StackNode {
  return pathTo(stack, id).findLast((node) => node.part.layer === 'hardware') ?? stack;
}

/** True when the nearest hardware is an imitation, so that a driver talks to a VMM. */
export function onVirtualHardware(cut: Cut, id: string): boolean {
  const { part } = groundOf(cut, id);
  return part.layer === 'hardware' && part.virtual;
}

/** The id of the VMM that keeps the machine in which a part runs. Empty outside a machine. */
export function vmmOf(cut: Cut, id: string): string {
  return onVirtualHardware(cut, id) ? (pathTo(cut.stack, groundOf(cut, id).id).at(-2)?.id ?? '') : '';
}

/** The kernel that runs in the machine of a VMM. */
export function guestKernelOf(cut: Cut, vmm: string): string {
  const at = pathTo(cut.stack, vmm).at(-1);
  return (at && nodesOf(at).find((node) => node.part.layer === 'kernel')?.id) ?? '';
}

/** The sandbox in which the nearest kernel keeps a part. A kernel itself is in none of its own. */
export function sandboxOf({ stack }: Cut, id: string): Sandbox | undefined {
  const path = pathTo(stack, id);
  const above = path.slice(path.findLastIndex((node) => node.part.layer === 'kernel') + 1);
  const wall = above.find((node) => node.wall?.enforcedBy === 'kernel')?.wall;
  return wall?.enforcedBy === 'kernel' ? wall.sandbox : undefined;
}

export function partOf({ stack }: Cut, id: string) {
  return pathTo(stack, id).at(-1)?.part;
}

/** The name of a part as a step's end. A userland acts as its C library. */
export function label(cut: Cut, id: string): string {
  const part = partOf(cut, id);
  return part?.layer === 'userland' ? 'C library' : (part?.name ?? id);
}

/** The name of a part in a sentence. */
export function the(cut: Cut, id: string): string {
  const name = label(cut, id);
  return /^(QEMU|Firecracker|Docker)$/.test(name) ? name : `the ${name}`;
}

/** How a VMM serves its machine's devices. */
export function habitsOf(cut: Cut, vmm: string): { readonly vhost: boolean; readonly worker: string } {
  const { vmm: program } = partOf(cut, vmm) as Hypervisor;
  // libvirt's default for QEMU is vhost-net where the host has it. Firecracker moves packets in its own process.
  return program === 'QEMU' ? { vhost: true, worker: 'I/O thread' } : { vhost: false, worker: 'VMM thread' };
}

/** The mode in which the CPU runs a part: the ring by the part's layer, guest or host by the machine wall around it. */
export function modeOf(cut: Cut, id: string): Mode {
  const layer = partOf(cut, id)?.layer;
  if (layer === 'hardware' || layer === 'firmware') return 'device';
  const ring = layer === 'kernel' ? 'kernel' : 'user';
  if (onVirtualHardware(cut, id)) return `guest-${ring}`;
  return nodesOf(cut.stack).some((node) => node.wall?.enforcedBy === 'hardware') ? `host-${ring}` : ring;
}

/** What lies between two parts. */
export function borderBetween(cut: Cut, from: string, to: string): Border {
  if (from === to) return 'none';
  if (onVirtualHardware(cut, from) !== onVirtualHardware(cut, to)) return 'machine';
  const layers = [partOf(cut, from)?.layer, partOf(cut, to)?.layer];
  if (layers.includes('hardware')) return 'device';
  return layers.includes('kernel') ? 'gate' : 'call';
}

/** The name of the sandbox wall between two parts; empty when there is none. */
export function wallBetween(cut: Cut, from: string, to: string): string {
  const [one, other] = [sandboxOf(cut, from), sandboxOf(cut, to)];
  return one === other ? '' : (one ?? other)?.name ?? '';
}
