/** The stack that a chain leaves on the host, hidden virtual machines included. It knows which part stands on which, no mechanism by name. */
import { DOCKER_SANDBOX, type Hardware, type Isa, type Kernel, type KernelFamily, type Part, type StackNode, type Wall } from '../domain.ts';
import type { Host, Workload } from './facts.ts';
import type { Mechanism, Pieces } from './knowledge.ts';
import type { Chain } from './plan.ts';
import { familyOf } from './scene.ts';

const ISAS: readonly Isa[] = ['amd64', 'arm64', '386', 'arm', 'riscv64', 's390x', 'ppc64le', 'mips64le', 'loong64'];
const FAMILY_NAMES: Readonly<Record<KernelFamily, string>> = { 'linux': 'Linux', 'windows-nt': 'Windows NT', 'xnu': 'XNU', 'freebsd': 'FreeBSD' };

/** The tree of a chain. Ids: `host/…`, `outer/…` for what is around a host that is itself a virtual machine, `<mechanism>/…`, `image` and `app`. */
export function stackOf(chain: Chain, host: Host, workload: Workload): StackNode {
  const { aboveKernel, besideKernel } = inside(chain, host, workload);
  const kernel = node('host/kernel', kernelPart(host), aboveKernel);
  const type1 = chain.mechanisms.find(({ pieces }) => pieces.hypervisor?.type === 1);
  const ground = type1 ? [hypervisorOf(type1, [kernel, ...besideKernel])] : [kernel];
  const firmware = node('host/firmware', { layer: 'firmware', name: host.isVm === true ? 'virtual firmware' : 'firmware', interface: 'uefi' }, ground);
  const machine = node('host/hardware', hardwareOf(host, host.isVm === true), [firmware]);
  if (host.isVm !== true) return machine;
  const outer = node('outer/hypervisor', { layer: 'hypervisor', name: 'the hypervisor around the machine', type: 1, vmm: 'not stated' }, [{ ...machine, wall: MACHINE }]);
  return node('outer/hardware', { ...hardwareOf(host, false), virtualization: 'on' }, [outer]);
}

const MACHINE: Wall = { enforcedBy: 'hardware', name: 'virtual machine' };

/** What stands on the host's kernel, and what stands beside it on a hypervisor of type 1. */
function inside(chain: Chain, host: Host, workload: Workload): { readonly aboveKernel: readonly StackNode[]; readonly besideKernel: readonly StackNode[] } {
  const owner = chain.mechanisms.find(({ pieces }) => pieces.machine !== undefined);
  const contained = chain.mechanisms.at(-1)?.kind === 'sandbox';
  const app = node('app', { layer: 'application', name: 'the program' });
  const userland = node('image', { layer: 'userland', name: contained ? 'the image' : userlandOf(workload) }, [app]);
  const program: StackNode = contained ? { ...userland, wall: { enforcedBy: 'kernel', name: 'container', sandbox: DOCKER_SANDBOX } } : userland;
  if (!owner) return { aboveKernel: [program], besideKernel: [] };
  const machine = machineOf(owner, host, workload, program);
  if (owner.pieces.hypervisor === undefined || owner.pieces.hypervisor.type === 1) return { aboveKernel: [], besideKernel: [machine] };
  return { aboveKernel: [hypervisorOf(owner, [machine])], besideKernel: [] };
}

function userlandOf({ os }: Workload): string {
  return os === undefined ? 'the guest’s userland' : `${String(os)} userland`;
}

function hypervisorOf({ id, pieces }: Mechanism, on: readonly StackNode[]): StackNode {
  const { name, type, vmm } = pieces.hypervisor as NonNullable<Pieces['hypervisor']>;
  return node(`${id}/hypervisor`, { layer: 'hypervisor', name, type, vmm }, on);
}

function machineOf({ id, kind, pieces, provides }: Mechanism, host: Host, workload: Workload, program: StackNode): StackNode {
  const guest: Host = { arch: isaOf(workload, host, kind), ...provides };
  const kernel = node(`${id}/kernel`, pieces.kernel ? { layer: 'kernel', ...pieces.kernel } : guestKernel(workload), [program]);
  const on = pieces.firmware === undefined ? kernel : node(`${id}/firmware`, { layer: 'firmware', name: pieces.firmware, interface: 'uefi' }, [kernel]);
  return { ...node(`${id}/machine`, { ...hardwareOf(guest, true), name: pieces.machine ?? 'virtual hardware' }, [on]), wall: { enforcedBy: 'hardware', name: pieces.machine ?? 'virtual machine' } };
}

/** A guest brings its own instruction set, the host's where it comes in several; any other machine has that of the host. */
function isaOf({ arch }: Workload, host: Host, kind: Mechanism['kind']): string {
  const own = String(host.arch ?? 'amd64');
  const published = (arch ?? []) as readonly string[];
  return kind === 'guest' && !published.includes(own) ? (published[0] ?? own) : own;
}

function guestKernel(workload: Workload): Kernel {
  const family = (familyOf(workload) ?? 'linux') as KernelFamily;
  return { layer: 'kernel', name: FAMILY_NAMES[family], family };
}

function kernelPart({ family, kernel, build }: Host): Kernel {
  const known = (family ?? 'linux') as KernelFamily;
  const version = kernel ?? build;
  const base: Kernel = { layer: 'kernel', name: FAMILY_NAMES[known], family: known };
  return version === undefined || String(version).includes('..') ? base : { ...base, version: String(version) };
}

function hardwareOf({ arch, hwVirt, memoryMib }: Host, virtual: boolean): Hardware {
  const name = String(arch ?? 'unknown');
  // Where nobody says, it is presumed as scene.ts presumes it.
  const isa = ISAS.find((one) => one === name) ?? 'amd64';
  const part: Hardware = { layer: 'hardware', name: `${virtual ? 'virtual' : 'physical'} ${arch === undefined ? '' : `${name} `}machine`, isa, virtual, virtualization: virtual ? 'absent' : hwVirt === false ? 'off' : 'on' };
  return typeof memoryMib === 'number' ? { ...part, memoryMib } : part;
}

function node(id: string, part: Part, on: readonly StackNode[] = []): StackNode {
  return { id, part, on };
}
