/** Why a step is as it is: the rules that deeds name, each as a sentence with its sources. It computes nothing but the path of a call. */
import { pathTo } from '../domain.ts';
import type { Reason } from '../model.ts';
import { onVirtualHardware, the } from './cut.ts';
import type { Cut } from './cut.ts';
import type { TraceFact } from './types.ts';

type Text = string | ((cut: Cut, fact: TraceFact) => string);

/** Rule id → sentence, then ids of sources in content/sources. */
const RULES: Readonly<Record<string, readonly [text: Text, ...sources: string[]]>> = {
  'library-is-code': ['A library runs inside the process that calls it, in the same CPU mode and with the same rights.'],
  'system-call': ['On x86-64 the SYSCALL instruction switches the CPU to ring 0 and jumps to an address that the kernel set before. A program cannot choose another.', 'man-syscalls', 'intel-sdm'],
  'nearest-kernel': [(cut, fact) => `A call enters the nearest kernel below its caller. On the way down from ${the(cut, fact.from)}: ${wayDown(cut, fact)}.`, 'man-syscalls'],
  'no-exit-for-calls': ['The CPU executes SYSCALL in a guest as it does outside. KVM does not ask to be told about it.', 'intel-sdm'],
  'seccomp': ['A seccomp filter is a program that the kernel runs at the start of every system call of a process. Docker’s default profile is a list of the calls that are allowed.', 'docker-seccomp', 'man-seccomp'],
  'nobody-waits': ['The kernel has taken the data over, so the caller need not wait for what happens next.'],
  'blocking': ['A read that needs a device waits for it. The kernel uses the time for other work.'],
  'idle-guest': ['A guest with nothing else to run executes HLT, which is one more VM exit. It is not counted here.', 'intel-sdm'],

  'page-cache': ['Linux reads files through its page cache: memory that holds what was read or written lately.', 'linux-mm-concepts'],
  'own-cache': ['Each kernel has a page cache of its own, in its own memory. A hit in the guest’s needs nothing from the host.', 'linux-mm-concepts'],
  'host-cache': ['By default QEMU (cache=writeback) and Firecracker read a disk image through the host’s page cache, so a block can be in either cache, in both or in neither.', 'qemu-invocation', 'firecracker-block-io'],
  'overlay': ['A file that the container has not changed is read from the layer that holds it, so containers of one image share its cached pages.', 'linux-overlayfs'],
  'disk-is-a-file': ['The virtual disk is assumed to be an image file on the host, not a partition or a remote volume.', 'firecracker-design', 'qemu-invocation'],

  'driver-fits-hardware': [(cut, fact) => `The nearest hardware below ${the(cut, fact.from)} is ${onVirtualHardware(cut, fact.from) ? 'virtual. Devices that are made to be virtual (virtio) need few exits; a UART needs one for each access' : 'real, so its driver knows the real device'}.`, 'virtio-spec'],
  'doorbell': ['Driver and device share queues in memory. A write to a register of the device, mapped into the address space, says that a queue has new entries.'],
  'dma': ['The device moves the data itself (direct memory access). The CPU does something else meanwhile.'],
  'interrupt': ['A device reports by an interrupt, which makes a CPU enter its kernel in ring 0, whatever it was doing.', 'intel-sdm'],

  'virtual-register': ['A virtual device has nothing behind its addresses and I/O ports. KVM sets the CPU up so that access to them leaves the guest, across the wall that the hardware enforces.', 'linux-kvm-api', 'intel-sdm'],
  'ioeventfd': ['The address is registered as an ioeventfd. The CPU does leave guest mode, but KVM answers in the host kernel and does not return to the VMM.', 'linux-kvm-api'],
  'kvm-run': ['A virtual CPU is a thread of the VMM that calls ioctl(KVM_RUN). The call returns when KVM needs the VMM, for instance for an I/O port that the VMM imitates.', 'linux-kvm-api'],
  'vmm-is-a-process': ['The VMM is a process of the host, in ring 3. It has no way to a device but the host’s system calls.', 'firecracker-design', 'linux-kvm-api'],
  'injection': ['KVM can raise an interrupt in a guest when the VMM asks for it. With posted interrupts a running guest takes it without an exit; otherwise the host first makes the guest leave.', 'linux-kvm-api', 'intel-sdm'],
  'vhost': ['With vhost-net the host kernel serves the virtual network card’s queues. libvirt uses it for QEMU wherever the host has it; without it, QEMU would write to the tap device itself.', 'libvirt-domain'],
  'tap': ['A tap device is a network card made of software: what a process or vhost-net puts in comes out in the host’s network stack. From there a bridge or a route leads on, as the host is set up.', 'firecracker-design', 'libvirt-domain'],

  'kernel-networking': ['Sockets, TCP and IP are parts of the kernel. The program hands over bytes, not packets.'],
  'network-namespace': ['A network namespace is a separate set of interfaces, addresses and routes inside one kernel. By default Docker joins it to the bridge docker0 and hides its addresses behind the host’s.', 'docker-bridge', 'man-namespaces'],

  'malloc-pool': ['The C library’s malloc keeps a stock of memory and asks the kernel (mmap or brk) only when the stock is too small.', 'man-malloc'],
  'lazy-memory': ['Linux gives memory at the first touch, page by page, not when it is asked for. A page is 4 KiB, or 2 MiB where the kernel can use a huge one.', 'linux-mm-concepts', 'man-malloc'],
  'page-fault': ['Access to an address without a usable page is an exception: the CPU itself enters the kernel. No system call, so no seccomp filter.', 'intel-sdm', 'linux-mm-concepts'],
  'guest-page-fault': ['With two levels of page tables the guest kernel keeps its own, and the CPU hands page faults to it directly.', 'linux-kvm-mmu', 'intel-sdm'],
  'second-level-paging': ['A second set of page tables (EPT, NPT) maps guest memory to real memory. KVM fills it when a page is touched for the first time; a page that the host has backed before causes no exit.', 'linux-kvm-mmu'],
  'memory-cgroup': ['A memory cgroup counts the pages of a group of processes and holds them to a limit. It is kept by the same kernel.', 'man-cgroups'],

  'pty': ['A pseudo-terminal is a pair of ends in the kernel: what a program writes to one, another process reads from the other.', 'man-pty'],
  'docker-terminal': ['The runtime, runc, makes the pseudo-terminal in the container’s /dev/pts and sends its other end to the shim, which copies between it and the pipes of dockerd.', 'runc-terminals', 'containerd-runtime'],
  'serial-console': ['Assumed: the machine’s console is its serial port and goes to the terminal in which the VMM was started, as with qemu -nographic. Production builds of Firecracker have no serial console.', 'qemu-invocation', 'firecracker-design'],
  'terminal-is-a-process': ['Assumed: a graphical session. The kernel does not draw letters there; a terminal emulator and a display server do.', 'man-pty'],

  'vdso': ['When the clock source can be read in user mode, as the TSC can, the vDSO needs no system call; otherwise (HPET, ACPI timer) the same function makes one.', 'man-vdso'],
  'guest-clock': ['KVM lets a guest read the time-stamp counter without an exit. The guest’s clock source is the TSC or kvm-clock, a page that KVM keeps up to date; both can be read in user mode.', 'firecracker-design', 'linux-kvm-api'],
};

/** The ids of all rules, for tests. */
export const RULE_IDS: readonly string[] = Object.keys(RULES);

/** The ids of all sources that rules cite. */
export const SOURCE_IDS: readonly string[] = [...new Set(Object.values(RULES).flatMap(([, ...sources]) => sources))];

/** The rules behind a fact, with their sources. */
export function reasonsFor(cut: Cut, fact: TraceFact): readonly Reason[] {
  return fact.rules.map((rule) => {
    const [text, ...sources] = RULES[rule] ?? [rule];
    return { rule, text: typeof text === 'string' ? text : text(cut, fact), sources };
  });
}

/** `userland, host kernel`, with the wall that lies between and is no kernel. */
function wayDown(cut: Cut, { from, to, through }: TraceFact): string {
  const path = pathTo(cut.stack, from);
  const below = path.slice(path.findIndex((node) => node.id === to)).reverse();
  const names = below.slice(1).map((node) => node.part.name);
  return through ? `the wall of the ${through}, which is not a kernel, then the ${names.join(', ')}` : `the ${names.join(', ')}`;
}
