/** The five stacks as trees: which parts stand on which, and behind which walls. x86-64, Linux, KVM. It knows nothing of requests. */
import { DOCKER_SANDBOX } from '../domain.ts';
import type { Hardware, Part, StackNode, Wall } from '../domain.ts';
import type { StackKind } from './types.ts';

interface Options {
  /** Adds the processes that bring text to the screen: a terminal emulator, and Docker's own processes where there is a container. */
  readonly terminal?: boolean;
}

/**
 * The stack of one program. Ids: hardware, firmware, host-kernel, vmm, guest-hardware, guest-firmware, guest-kernel, userland,
 * app; with `terminal` also host-userland, guest-userland, relay and terminal. On metal the userland is the host's.
 */
export function stackFor(kind: StackKind, { terminal = false }: Options = {}): StackNode {
  const contained = kind === 'container' || kind === 'container-in-vm';
  const machine = kind === 'metal' || kind === 'container' ? undefined : kind;
  const screen = terminal ? [process('terminal', 'terminal')] : [];
  const relay = terminal && contained ? [process('relay', 'Docker')] : [];
  const program = userland('userland', [process('app', 'program'), ...(kind === 'metal' ? screen : [])], contained ? CONTAINER : undefined);
  if (!machine) return host(kind, [program, ...others('host-userland', kind === 'metal' ? [] : [...relay, ...screen])]);
  return host(kind, [guest(machine, [program, ...others('guest-userland', relay)]), ...others('host-userland', screen)]);
}

const CONTAINER: Wall = { enforcedBy: 'kernel', name: 'container', sandbox: DOCKER_SANDBOX };

function host(kind: StackKind, on: readonly StackNode[]): StackNode {
  const kernel = node('host-kernel', linux(kind === 'metal' ? 'Linux kernel' : 'host kernel'), on);
  return node('hardware', hardware('x86-64 hardware', false), [node('firmware', { layer: 'firmware', name: 'firmware', interface: 'uefi' }, [kernel])]);
}

/** A virtual machine under its VMM. Firecracker loads the guest's kernel itself, so its machines have no firmware. */
function guest(kind: StackKind, on: readonly StackNode[]): StackNode {
  const vmm = kind === 'microvm' ? 'Firecracker' : 'QEMU';
  const kernel = node('guest-kernel', linux('guest kernel'), on);
  const boot = kind === 'microvm' ? kernel : node('guest-firmware', { layer: 'firmware', name: 'virtual firmware', interface: 'bios' }, [kernel]);
  const wall: Wall = { enforcedBy: 'hardware', name: kind === 'microvm' ? 'microVM' : 'virtual machine' };
  const machine: StackNode = { ...node('guest-hardware', hardware('virtual hardware', true), [boot]), wall };
  return node('vmm', { layer: 'hypervisor', name: vmm, type: 2, vmm }, [machine]);
}

const hardware = (name: string, virtual: boolean): Hardware => ({ layer: 'hardware', name, isa: 'amd64', virtual, virtualization: virtual ? 'absent' : 'on' });
const linux = (name: string): Part => ({ layer: 'kernel', name, family: 'linux' });
const process = (id: string, name: string): StackNode => node(id, { layer: 'application', name });
const others = (id: string, on: readonly StackNode[]): readonly StackNode[] => (on.length > 0 ? [userland(id, on)] : []);

function userland(id: string, on: readonly StackNode[], wall?: Wall): StackNode {
  const made = node(id, { layer: 'userland', name: 'C library, shell, files', libc: 'glibc' }, on);
  return wall ? { ...made, wall } : made;
}

function node(id: string, part: Part, on: readonly StackNode[] = []): StackNode {
  return { id, part, on };
}
