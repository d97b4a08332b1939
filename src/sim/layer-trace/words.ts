/**
 * What a step says, why it is so and which parts it joins, as data: all sentences of the trace. It decides nothing; the rules of
 * plans.ts and deeds.ts do.
 *
 * In a sentence `{K}` is the kernel that acts and `{who}` the part on whose behalf; deeds.ts lists the other names. `{guest? …}`
 * stands only where a flag holds: `guest` or `real` by the hardware below, `contained` behind a container's wall, `waiting` where
 * text has not reached the screen, or the purpose of the call. A rule may depend on a flag as well. No field holds a bar (|).
 */
import type { End } from './phrases.ts';

type Line = readonly [key: string, title: string, subsystem: string, text: string, ...rules: readonly string[]];

/** Sayings by deed, or by deed and variant: a program, a purpose, the hardware, or the kind of part that acts. */
const DEEDS: readonly Line[] = [
  ['libraryCalled/read-file', 'Library call', 'C library', 'The program calls read() for a file that it has open. The C library is code of the same process, so nothing is crossed yet.', 'library-is-code'],
  ['libraryCalled/send-packet', 'Library call', 'C library', 'The program calls send() on a TCP connection that it has open. The C library is code of the same process, so nothing is crossed yet.', 'library-is-code'],
  ['libraryCalled/allocate-memory', 'Library call', 'C library', 'The program calls malloc() for a block of 1 MiB. The C library is code of the same process, so nothing is crossed yet.', 'library-is-code'],
  ['libraryCalled/print', 'Library call', 'C library', 'The program calls printf(). At the end of the line the C library, code of the same process, hands the text to write(). Nothing is crossed yet.', 'library-is-code'],
  ['libraryCalled/read-clock', 'Library call', 'C library', 'The program calls clock_gettime(). The C library is code of the same process, so nothing is crossed yet.', 'library-is-code'],
  ['libraryReturned/read-clock', 'Return', 'C library', 'The C library returns the time. No border was crossed and no kernel ran.', 'library-is-code'],
  ['libraryReturned/allocate-memory', 'Return', 'C library', 'The C library returns the address. No border was crossed and no kernel ran.', 'library-is-code'],
  ['poolHit', '', 'malloc', 'The C library cuts the block from memory that the process already has and has used before.', 'malloc-pool'],
  ['clockReadInUserMode', '', 'vDSO', 'The C library calls the vDSO, a library that {K} mapped into the process. It reads the CPU’s time-stamp counter and works out the time in user mode.', 'vdso', '{guest?guest-clock}'],

  ['systemCallMade', 'System call', 'system call entry', '{mmap?Its stock is too small. }The C library executes SYSCALL for {call}. The CPU switches to kernel mode and goes on in {K}.{contained? The container has no kernel of its own.}{guest? A system call does not leave the virtual machine.}', 'nearest-kernel', 'system-call', '{mmap?malloc-pool}', '{guest?no-exit-for-calls}'],
  ['systemCallMade/image', 'System call', 'system call entry', 'A thread of {who} reads the block from the disk’s image file: a system call to {K}, like any process makes.', 'nearest-kernel', 'vmm-is-a-process'],
  ['systemCallMade/signal', 'System call', 'KVM', '{who} marks the request as done and asks KVM, by a system call, to raise the virtual disk’s interrupt.', 'nearest-kernel', 'injection', 'vmm-is-a-process'],
  ['systemCallMade/tap', 'System call', 'system call entry', '{who} copies the packet out of the guest’s memory and writes it to a tap device: a system call to {K}.', 'nearest-kernel', 'tap', 'vmm-is-a-process'],
  ['systemCallMade/run', 'System call', 'KVM', '{who} is done with the character and calls ioctl(KVM_RUN) again.', 'nearest-kernel', 'kvm-run'],
  ['systemCallMade/vmm', 'System call', 'system call entry', '{who} imitates the UART: it writes the character to its own terminal, by a system call to {K}.', 'nearest-kernel', 'vmm-is-a-process'],
  ['systemCallMade/relay', 'System call', 'system call entry', 'The docker client writes the text to its own terminal: a system call to {K}.', 'nearest-kernel', 'docker-terminal'],
  ['systemCallFiltered', '', 'seccomp', 'Before it serves the call, {K} checks it against the container’s seccomp filter. Docker’s default profile allows {call}, whatever its arguments.', 'seccomp'],
  ['returned', 'Return to user mode', 'system call exit', 'write() returns, and the program goes on.{waiting? Nothing is on the screen yet.}', 'nobody-waits'],
  ['returned/vmm', 'Return to user mode', 'system call exit', 'The call returns, and {who} goes on.', 'nobody-waits'],
  ['returned/relay', 'Return to user mode', 'system call exit', 'The call returns, and the docker client goes on.', 'nobody-waits'],
  ['returned/read', 'Return to user mode', 'system call exit', '{K} copies the data from its page cache into the program’s buffer. read() returns, in user mode.', 'page-cache'],
  ['returned/image', 'Return to user mode', 'system call exit', '{K} copies the data into the guest’s memory, which is memory of the {who} process, and the call returns.', 'host-cache'],
  ['returned/send', 'Return to user mode', 'system call exit', 'send() returns: the bytes are the kernel’s business now. The packet may still be on its way.', 'nobody-waits'],
  ['returned/mmap', 'Return to user mode', 'system call exit', 'malloc() returns an address. Apart from the page in which malloc keeps its own notes, there is no memory behind it yet.', 'lazy-memory'],

  ['fileSystemAsked', '', 'VFS', '{K} finds the open file and passes the request to its file system.', 'page-cache'],
  ['fileSystemAsked/image', '', 'VFS', 'To {K} the guest’s disk is a file like any other. It passes the request to the file system that holds the image.', 'disk-is-a-file'],
  ['overlayPassed', '', 'overlayfs', 'The file comes from a read-only layer of the image. overlayfs passes the request to the file system that holds that layer.', 'overlay'],
  ['pageCacheHit', '', 'page cache', 'The data is in the page cache of {K}. No driver,{guest? no VM exit,} no device.', 'page-cache', '{guest?own-cache}'],
  ['pageCacheMissed', '', 'page cache, block layer', 'The data is not in the page cache of {K}{image? either}. The file system finds the blocks, and the block layer queues a read.', 'page-cache', '{image?host-cache}'],
  ['slept', '', 'scheduler', 'Until the data is there, {K} puts {sleeper} to sleep and lets something else run.', 'blocking', '{guest?idle-guest}'],

  ['driverCalled/disk/real', '', 'NVMe driver', 'The NVMe driver writes a read command into a queue in memory that it shares with the drive.', 'real-device'],
  ['driverCalled/disk/guest', '', 'virtio-blk driver', 'The disk is virtual, so its driver is virtio-blk. It puts the request into a queue in guest memory.', 'virtio'],
  ['driverCalled/network/real', '', 'network driver', 'The network card’s driver enters the packet in a ring in memory that it shares with the card.', 'real-device'],
  ['driverCalled/network/guest', '', 'virtio-net driver', 'The network card is virtual, so its driver is virtio-net. It puts the packet into a queue in guest memory.', 'virtio'],
  ['driverCalled/serial/guest', '', '8250 serial driver', 'The terminal is a virtual UART (ttyS0). The 8250 driver sends it the text character by character.', 'serial-console'],
  ['doorbellRung/disk', 'Device register', 'NVMe driver', 'The driver writes to the drive’s doorbell register: there is work in the queue.', 'doorbell'],
  ['doorbellRung/network', 'Device register', 'network driver', 'The driver writes to the card’s doorbell register: there is a packet in the ring.', 'doorbell'],
  ['doorbellRung/display', 'Device register', 'graphics driver (DRM)', 'The graphics driver tells the GPU to show the new picture.', 'doorbell'],
  ['deviceWorked/disk', '', 'NVMe drive', 'The drive fetches the command from memory and writes the data into memory by itself (DMA).', 'dma'],
  ['deviceWorked/network', '', 'network card', 'The card fetches the packet from memory by itself (DMA) and sends it.', 'dma'],
  ['deviceWorked/display', '', 'display controller', 'The display controller reads the picture from memory and sends it to the screen.', 'dma'],
  ['interruptRaised', 'Interrupt', 'interrupt handler', 'The drive raises an interrupt. A CPU stops what it does and enters {K}, which wakes {sleeper}.', 'interrupt'],

  ['vmExited', 'VM exit', 'KVM', 'The driver writes to the virtual device’s notify register. Nothing real is there, so the CPU leaves the guest: a VM exit into KVM, a part of {H}. It goes past {vmm}, a process whose own code does not run now.', 'virtual-register', 'two-modes', 'exits-not-counted'],
  ['vmExited/serial', 'VM exit', 'KVM', 'The driver writes a character to the UART’s I/O port. The CPU leaves the guest: a VM exit into KVM, a part of {H}, past the code of the {vmm} process. There is at least one for every character.', 'virtual-register', 'serial-console', 'two-modes', 'exits-not-counted'],
  ['vmExited/memory', 'VM exit', 'KVM', 'The guest kernel touches the page to clear it. No real page is behind it yet, so the CPU leaves the guest: an EPT violation, a VM exit into KVM, a part of {H}. It goes past {vmm}, a process whose own code does not run now.', 'second-level-paging', 'two-modes', 'exits-not-counted'],
  ['vmEntered', 'VM entry', 'KVM', 'KVM knows the address: it signals {server} and enters the guest again at once.', 'ioeventfd'],
  ['vmEntered/serial', 'VM entry', 'KVM', 'KVM enters the guest again, after the instruction that left it. The next character takes the same way.', 'kvm-run'],
  ['vmEntered/memory', 'VM entry', 'KVM', 'KVM enters the guest again. The guest kernel repeats the access and clears the page.', 'second-level-paging'],
  ['exitHandedUp', 'Return to user mode', 'KVM', 'KVM leaves this device to {who}: the ioctl(KVM_RUN) of the virtual CPU’s thread returns to user mode, with the port and the character.', 'kvm-run', 'vmm-is-a-process'],
  ['interruptInjected', 'Virtual interrupt', 'KVM', 'KVM injects the virtual disk’s interrupt. The virtio-blk driver of {K} finds the request done and wakes the program.', 'injection'],

  ['processWoken/vmm', 'Wake-up', 'device emulation', '{server}, an ordinary thread of the host, wakes up and finds the request in the queue.', 'vmm-is-a-process'],
  ['processWoken/relay', 'Wake-up', 'containerd-shim', 'The container’s shim, a process outside the container, holds the other end of the pseudo-terminal. It wakes up and reads the text.', 'docker-terminal', 'pty'],
  ['processWoken/terminal', 'Wake-up', 'terminal emulator', 'The terminal emulator, a process like any other, holds the other end of the pseudo-terminal. It wakes up and reads the text.', 'terminal-is-a-process', 'pty'],
  ['vhostWoken', '', 'vhost-net', 'A vhost-net worker, which runs only in {K}, takes the packet out of the guest’s memory and gives it to a tap device. {who} itself does not run.', 'vhost'],

  ['socketFilled', '', 'socket layer', '{K} copies the bytes into a buffer of the socket.', 'kernel-networking'],
  ['packetBuilt', '', 'TCP and IP', 'TCP makes a segment of them. IP adds its header and picks the interface by the route.', 'kernel-networking'],
  ['vethCrossed', '', 'veth pair, bridge', 'The packet leaves the container’s network namespace through a veth pair and comes out at the bridge docker0. The kernel is the same; only its tables differ.', 'network-namespace'],
  ['addressTranslated', '', 'routing, netfilter', 'The kernel routes the packet to the network card and puts the card’s address in place of the container’s as its source (masquerading).', 'network-namespace'],
  ['packetForwarded', '', 'tap, bridge', 'The packet comes out of the tap device into the network stack of {K}, which passes it to the network card.', 'tap'],

  ['rangeRecorded', '', 'memory management', '{K} notes a range of addresses for the process. It gives no memory yet.', 'lazy-memory'],
  ['pageFaulted', 'Page fault', 'page fault handler', 'The program writes to a page of the block for the first time. Nothing is mapped there, so the CPU raises a page fault and enters {K}: an exception, not a system call{guest?, and not a VM exit}.', 'page-fault', '{guest?guest-page-fault}'],
  ['pageTaken', '', 'memory management', '{K} takes a free page{contained?, charges it to the container’s memory cgroup} and {guest?starts to clear}{real?clears} it.', 'lazy-memory', '{contained?memory-cgroup}'],
  ['pageTaken/vmm', '', 'KVM, memory management', 'To {K} the guest’s memory is memory of the {who} process. It takes a free page of the real machine, clears it and enters it in the guest’s second page table (EPT; on AMD, NPT).', 'second-level-paging'],
  ['faultResolved', 'Return to user mode', 'page fault handler', '{K} maps the cleared page and returns. The CPU executes the same instruction again, and it succeeds.', 'page-fault'],

  ['ttyWritten', '', 'terminal layer (tty)', 'The terminal is a pseudo-terminal. {K} puts the text into its buffer, for the process at the other end.', 'pty'],
  ['ttyWritten/contained', '', 'terminal layer (tty)', 'The container’s terminal is a pseudo-terminal of its own (docker run -t). {K} puts the text into its buffer.', 'pty', 'docker-terminal'],
  ['ttyWritten/guest', '', 'terminal layer (tty)', 'The terminal here is the machine’s serial console. {K} puts the text into its buffer.', 'serial-console'],
  ['relayed', '', 'containerd-shim, dockerd, docker', 'The shim passes the text to dockerd through a pipe, and dockerd to the docker client through a socket. Each hop is more system calls to the same kernel, not shown one by one.', 'docker-terminal'],
  ['pictureHandedOver', 'System calls', 'graphics driver (DRM)', 'The terminal draws the letters. Through the display server, one more process, the picture reaches the graphics driver in {K}.', 'terminal-is-a-process'],
];

const RULES: readonly (readonly [id: string, text: string, ...sources: readonly string[]])[] = [
  ['library-is-code', 'A library runs inside the process that calls it, in the same CPU mode and with the same rights.'],
  ['system-call', 'On x86-64 the SYSCALL instruction switches the CPU to ring 0 and jumps to an address that the kernel set before. A program cannot choose another.', 'man-syscalls', 'intel-sdm'],
  ['nearest-kernel', 'A call enters the nearest kernel below its caller. On the way down from {from}: {way}.', 'man-syscalls'],
  ['no-exit-for-calls', 'The CPU executes SYSCALL in a guest as it does outside, and stays in VMX non-root operation (AMD: guest mode). KVM does not ask to be told about it.', 'intel-sdm'],
  ['seccomp', 'A seccomp filter is a program that the kernel keeps for a process and checks its system calls against. For a call that the filter always allows, Linux 5.11 and later answer from a bitmap and do not run the filter. Docker’s default profile is a list of the calls that are allowed.', 'docker-seccomp', 'man-seccomp', 'lwn-seccomp-bitmaps'],
  ['nobody-waits', 'The kernel has taken the data over, so the caller need not wait for what happens next.'],
  ['blocking', 'A read that needs a device waits for it. The kernel uses the time for other work.'],
  ['idle-guest', 'A guest with nothing else to run executes HLT, which by default is one more VM exit. It is not counted here.', 'intel-sdm'],

  ['page-cache', 'Linux reads files through its page cache: memory that holds what was read or written lately.', 'linux-mm-concepts'],
  ['own-cache', 'Each kernel has a page cache of its own, in its own memory. A hit in the guest’s needs nothing from the host.', 'linux-mm-concepts'],
  ['host-cache', 'By default QEMU (cache=writeback) and Firecracker read a disk image through the host’s page cache, so a block can be in either cache, in both or in neither.', 'qemu-invocation', 'firecracker-block-io'],
  ['overlay', 'A file that the container has not changed is read from the layer that holds it, so containers of one image share its cached pages.', 'linux-overlayfs', 'docker-overlayfs'],
  ['disk-is-a-file', 'The virtual disk is assumed to be an image file on the host, not a partition or a remote volume.', 'firecracker-design', 'qemu-invocation'],

  ['real-device', 'The nearest hardware below {from} is real, so its driver knows the real device.'],
  ['virtio', 'The nearest hardware below {from} is virtual. A virtio device is made for that: its queues lie in memory that both sides can read, so a request costs one exit or less.', 'virtio-spec'],
  ['doorbell', 'Driver and device share queues in memory. A write to a register of the device, mapped into the address space, says that a queue has new entries.'],
  ['dma', 'The device moves the data itself (direct memory access). The CPU does something else meanwhile.'],
  ['interrupt', 'A device reports by an interrupt, which makes a CPU enter its kernel in ring 0, whatever it was doing.', 'intel-sdm'],

  ['virtual-register', 'A virtual device has nothing behind its addresses and I/O ports. KVM sets the CPU up so that access to them leaves the guest, across the wall that the hardware enforces.', 'linux-kvm-api', 'intel-sdm'],
  ['two-modes', 'The CPU runs a guest in VMX non-root operation and the host in VMX root operation, each with rings 0 to 3; AMD calls them guest mode and host mode. “Root” here has nothing to do with the user root.', 'intel-sdm'],
  ['exits-not-counted', 'The count is a lower bound: the exits that the request itself needs. Not counted are timer ticks, the HLT of an idle virtual CPU, the host’s own interrupts, such as the drive’s when it is done, and kicks of a virtual CPU where there are no posted interrupts.', 'intel-sdm'],
  ['ioeventfd', 'The address is registered as an ioeventfd. The CPU does leave guest mode, but KVM answers in the host kernel and does not return to the VMM.', 'linux-kvm-api'],
  ['kvm-run', 'A virtual CPU is a thread of the VMM that calls ioctl(KVM_RUN). The call returns when KVM needs the VMM, for instance for an I/O port that the VMM imitates.', 'linux-kvm-api'],
  ['vmm-is-a-process', 'The VMM is a process of the host, in ring 3. It has no way to a device but the host’s system calls.', 'firecracker-design', 'linux-kvm-api'],
  ['injection', 'KVM can raise an interrupt in a guest when the VMM asks for it. With posted interrupts a running guest takes it without an exit; otherwise the host first makes the guest leave.', 'linux-kvm-api', 'intel-sdm'],
  ['vhost', 'With vhost-net the host kernel serves the virtual network card’s queues. libvirt uses it for QEMU wherever the host has it; without it, QEMU would write to the tap device itself.', 'libvirt-domain'],
  ['tap', 'A tap device is a network card made of software: what a process or vhost-net puts in comes out in the host’s network stack. From there a bridge or a route leads on, as the host is set up.', 'firecracker-design', 'libvirt-domain'],

  ['kernel-networking', 'Sockets, TCP and IP are parts of the kernel. The program hands over bytes, not packets.'],
  ['network-namespace', 'A network namespace is a separate set of interfaces, addresses and routes inside one kernel. By default Docker joins it to the bridge docker0 and hides its addresses behind the host’s.', 'docker-bridge', 'man-namespaces'],

  ['malloc-pool', 'The C library’s malloc keeps a stock of memory and asks the kernel (mmap or brk) only when the stock is too small.', 'man-malloc'],
  ['lazy-memory', 'Linux gives memory at the first touch, page by page, not when it is asked for. A page is 4 KiB, or 2 MiB where the kernel can use a huge one.', 'linux-mm-concepts', 'man-malloc'],
  ['page-fault', 'Access to an address without a usable page is an exception: the CPU itself enters the kernel. No system call, so no seccomp filter.', 'intel-sdm', 'linux-mm-concepts'],
  ['guest-page-fault', 'With two levels of page tables the guest kernel keeps its own, and the CPU hands page faults to it directly.', 'linux-kvm-mmu', 'intel-sdm'],
  ['second-level-paging', 'A second set of page tables (EPT, NPT) maps guest memory to real memory. KVM fills it when a page is touched for the first time; a page that the host has backed before causes no exit.', 'linux-kvm-mmu'],
  ['memory-cgroup', 'A memory cgroup counts the pages of a group of processes and holds them to a limit. It is kept by the same kernel.', 'man-cgroups'],

  ['pty', 'A pseudo-terminal is a pair of ends in the kernel: what a program writes to one, another process reads from the other.', 'man-pty'],
  ['docker-terminal', 'The runtime, runc, makes the pseudo-terminal in the container’s /dev/pts and sends its other end to the shim, which copies between it and the pipes of dockerd.', 'runc-terminals', 'containerd-runtime'],
  ['serial-console', 'Assumed: the machine’s console is its serial port and goes to the terminal in which the VMM was started, as with qemu -nographic. Production builds of Firecracker have no serial console.', 'qemu-invocation', 'firecracker-design'],
  ['terminal-is-a-process', 'Assumed: a graphical session. The kernel does not draw letters there; a terminal emulator and a display server do.', 'man-pty'],

  ['vdso', 'When the clock source can be read in user mode, as the TSC can, the vDSO needs no system call; otherwise (HPET, ACPI timer) the same function makes one.', 'man-vdso'],
  ['guest-clock', 'KVM lets a guest read the time-stamp counter without an exit. The guest’s clock source is the TSC or kvm-clock, a page that KVM keeps up to date; both can be read in user mode.', 'firecracker-design', 'linux-kvm-api'],
];

/** What a page says beside the steps: about a part, by its id in a stack with a machine; what a warm cache means to a program; and about the counts. */
const NOTES: readonly (readonly [id: string, text: string])[] = [
  ['vmm', 'a process of the host; serves devices'],
  ['host-kernel', 'with KVM'],
  ['warm/read-file', 'The file was read a moment ago'],
  ['warm/allocate-memory', 'The C library has memory in stock'],
  ['counted', 'Counted at each step: system calls by the program, VM exits, kernels that ran.'],
  ['uncounted', 'Timer ticks, an idle guest, host interrupts and kicks cost further VM exits, which are not counted.'],
];

/** From where to where each deed leads. Deeds that are not here happen inside the kernel. */
const ENDS: readonly (readonly [id: string, from: End, to: End])[] = [
  ['libraryCalled', 'app', 'who'],
  ['libraryReturned', 'who', 'app'],
  ['poolHit', 'who', 'who'],
  ['clockReadInUserMode', 'who', 'who'],
  ['systemCallMade', 'who', 'K'],
  ['returned', 'K', 'caller'],
  ['doorbellRung', 'K', 'ground'],
  ['deviceWorked', 'ground', 'ground'],
  ['interruptRaised', 'ground', 'K'],
  ['vmExited', 'K', 'H'],
  ['vmEntered', 'H', 'K'],
  ['exitHandedUp', 'K', 'who'],
  ['interruptInjected', 'H', 'K'],
  ['processWoken', 'K', 'who'],
  ['pageFaulted', 'who', 'K'],
  ['faultResolved', 'K', 'who'],
  ['relayed', 'who', 'who'],
  ['pictureHandedOver', 'who', 'K'],
];

/** The words as one text, which a page can carry beside its scripts. */
export const WORDS_TEXT: string = [DEEDS, RULES, NOTES, ENDS].map((lines) => lines.map((line) => line.join('|')).join('\n')).join('\n\n');
