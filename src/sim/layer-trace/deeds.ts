/**
 * What happens at each step, in one or two sentences: who acts, where it leads, and the rules that decided. It knows the words;
 * when a deed is due is decided in plans.ts, and mode and border follow from the stack in cut.ts.
 */
import { groundOf, habitsOf, kernelUnder, onVirtualHardware, partOf, sandboxOf, the, vmmOf } from './cut.ts';
import type { Cut } from './cut.ts';
import type { Goal, Program, What } from './types.ts';

/** A step before mode and border are worked out. Its id is the deed's name. */
export interface Draft {
  readonly from: string;
  readonly to: string;
  /** What runs afterwards, where it is not `to`. */
  readonly runs?: string;
  readonly subsystem: string;
  readonly text: string;
  readonly rules: readonly string[];
  readonly meanwhile?: boolean;
}

const LIBRARY: Readonly<Record<Program, string>> = {
  'read-file': 'The program calls read() for a file that it has open.',
  'send-packet': 'The program calls send() on a TCP connection that it has open.',
  'allocate-memory': 'The program calls malloc() for a block of 1 MiB.',
  'print': 'The program calls printf(). At the end of the line the C library hands the text to write().',
  'read-clock': 'The program calls clock_gettime().',
};

/** System calls by name. glibc's send() makes the system call sendto. */
const CALLS: Readonly<Partial<Record<What, string>>> = { read: 'read', send: 'sendto', mmap: 'mmap', write: 'write' };

const DRIVERS: Readonly<Partial<Record<What, readonly [real: string, virtual: string]>>> = {
  disk: ['NVMe driver', 'virtio-blk driver'],
  network: ['network driver', 'virtio-net driver'],
  serial: ['', '8250 serial driver'],
};

const REAL_DRIVER: Readonly<Partial<Record<What, string>>> = {
  disk: 'The NVMe driver writes a read command into a queue in memory that it shares with the drive.',
  network: 'The network card’s driver enters the packet in a ring in memory that it shares with the card.',
};

const VIRTUAL_DRIVER: Readonly<Partial<Record<What, string>>> = {
  disk: 'The disk is virtual, so its driver is virtio-blk. It puts the request into a queue in guest memory.',
  network: 'The network card is virtual, so its driver is virtio-net. It puts the packet into a queue in guest memory.',
  serial: 'The terminal is a virtual UART (ttyS0). The 8250 driver sends it the text character by character.',
};

const DOORBELL: Readonly<Partial<Record<What, readonly [subsystem: string, text: string]>>> = {
  disk: ['NVMe driver', 'The driver writes to the drive’s doorbell register: there is work in the queue.'],
  network: ['network driver', 'The driver writes to the card’s doorbell register: there is a packet in the ring.'],
  display: ['graphics driver (DRM)', 'The graphics driver tells the GPU to show the new picture.'],
};

const DEVICE: Readonly<Partial<Record<What, readonly [subsystem: string, text: string]>>> = {
  disk: ['NVMe drive', 'The drive fetches the command from memory and writes the data into memory by itself (DMA).'],
  network: ['network card', 'The card fetches the packet from memory by itself (DMA) and sends it.'],
  display: ['display controller', 'The display controller reads the picture from memory and sends it to the screen.'],
};

const EXIT: Readonly<Partial<Record<What, readonly [text: string, ...rules: string[]]>>> = {
  serial: ['The driver writes a character to the UART’s I/O port. The CPU leaves the guest: a VM exit, at least one for every character.', 'virtual-register', 'serial-console'],
  memory: ['The guest kernel touches the page to clear it. No real page is behind it yet, so the CPU leaves the guest: an EPT violation.', 'second-level-paging'],
};
const DOORBELL_EXIT: readonly [string, ...string[]] = ['The driver writes to the virtual device’s notify register. Nothing real is there: the CPU leaves the guest, a VM exit into KVM.', 'virtual-register'];

/** Deeds by name. `who` is the part on whose behalf, `K` below the kernel under it. */
const DEEDS: Readonly<Record<string, (cut: Cut, goal: Goal, K: string) => Draft>> = {
  libraryCalled: ({ config }) =>
    draft('app', 'userland', 'C library', `${LIBRARY[config.program]} The C library is code of the same process, so nothing is crossed yet.`, 'library-is-code'),
  libraryReturned: (cut) =>
    draft('userland', 'app', 'C library', `The C library returns ${cut.config.program === 'read-clock' ? 'the time' : 'the address'}. No border was crossed and no kernel ran.`, 'library-is-code'),
  poolHit: () =>
    draft('userland', 'userland', 'malloc', 'malloc cuts the block from memory that the process already has and has used before.', 'malloc-pool'),
  clockReadInUserMode: (cut, _, K) =>
    draft('userland', 'userland', 'vDSO', `The C library calls the vDSO, a library that ${the(cut, K)} mapped into the process. It reads the CPU’s time-stamp counter and works out the time in user mode.`, 'vdso', ...(onVirtualHardware(cut, 'app') ? ['guest-clock'] : [])),

  systemCallMade: (cut, { who, what }, K) =>
    draft(who, K, 'system call entry', callText(cut, who, what, K), 'nearest-kernel', ...callRules(cut, who, what)),
  systemCallFiltered: (cut, { what }, K) =>
    draft(K, K, 'seccomp', `Before it serves the call, ${the(cut, K)} runs the container’s seccomp filter. Docker’s default profile allows ${CALLS[what]}.`, 'seccomp'),
  returned: (cut, { who, what }, K) =>
    draft(K, who === 'userland' ? 'app' : who, 'system call exit', returnText(cut, who, what, K), ...(what === 'send' || what === 'tap' || what === 'write' ? ['nobody-waits'] : what === 'mmap' ? ['lazy-memory'] : ['page-cache'])),

  fileSystemAsked: (cut, { what }, K) =>
    what === 'image'
      ? draft(K, K, 'VFS', `To ${the(cut, K)} the guest’s disk is a file like any other. It passes the request to the file system that holds the image.`, 'disk-is-a-file')
      : draft(K, K, 'VFS', `${cap(the(cut, K))} finds the open file and passes the request to its file system.`, 'page-cache'),
  overlayPassed: (_cut, _goal, K) =>
    draft(K, K, 'overlayfs', 'The file comes from a read-only layer of the image. overlayfs passes the request to the file system that holds that layer.', 'overlay'),
  pageCacheHit: (cut, _, K) =>
    draft(K, K, 'page cache', `The data is in the page cache of ${the(cut, K)}. No driver, ${onVirtualHardware(cut, K) ? 'no VM exit, ' : ''}no device.`, 'page-cache', ...(onVirtualHardware(cut, K) ? ['own-cache'] : [])),
  pageCacheMissed: (cut, { what }, K) =>
    draft(K, K, 'page cache, block layer', `The data is not in the page cache of ${the(cut, K)}${what === 'image' ? ' either' : ''}. The file system finds the blocks, and the block layer queues a read.`, 'page-cache', ...(what === 'image' ? ['host-cache'] : [])),
  slept: (cut, { who }, K) =>
    draft(K, K, 'scheduler', `Until the data is there, ${the(cut, K)} puts ${who === 'userland' ? 'the program' : `the thread of ${the(cut, who)}`} to sleep and lets something else run.`, 'blocking', ...(onVirtualHardware(cut, K) ? ['idle-guest'] : [])),

  driverCalled: (cut, { who, what }, K) => {
    const virtual = onVirtualHardware(cut, who);
    return draft(K, K, DRIVERS[what]?.[virtual ? 1 : 0] ?? '', (virtual ? VIRTUAL_DRIVER : REAL_DRIVER)[what] ?? '', 'driver-fits-hardware', ...(what === 'serial' ? ['serial-console'] : []));
  },
  doorbellRung: (cut, { what }, K) => ({ ...draft(K, groundOf(cut, K).id, ...pair(DOORBELL[what]), 'doorbell'), runs: K }),
  deviceWorked: (cut, { what }, K) => ({ ...draft(groundOf(cut, K).id, groundOf(cut, K).id, ...pair(DEVICE[what]), 'dma'), meanwhile: true }),
  interruptRaised: (cut, { who }, K) =>
    draft(groundOf(cut, K).id, K, 'interrupt handler', `The drive raises an interrupt. A CPU stops what it does and enters ${the(cut, K)}, which wakes ${who === 'userland' ? 'the program' : `the thread of ${the(cut, who)}`}.`, 'interrupt'),

  vmExited: (cut, { what }, K) => {
    const [text, ...rules] = EXIT[what] ?? DOORBELL_EXIT;
    return draft(K, kernelUnder(cut, vmmOf(cut, K)), 'KVM', text, ...rules);
  },
  vmEntered: (cut, { what }, K) => {
    const vmm = vmmOf(cut, K);
    const [text, ...rules] = entering(cut, vmm, what);
    return draft(kernelUnder(cut, vmm), K, 'KVM', text, ...rules);
  },
  exitHandedUp: (cut, { who }, K) =>
    draft(K, who, 'KVM', `KVM leaves this device to ${the(cut, who)}: the ioctl(KVM_RUN) of the virtual CPU’s thread returns to user mode, with the port and the character.`, 'kvm-run', 'vmm-is-a-process'),
  interruptInjected: (cut, _, K) =>
    draft(kernelUnder(cut, vmmOf(cut, K)), K, 'KVM', `KVM injects the virtual disk’s interrupt. The virtio-blk driver of ${the(cut, K)} finds the request done and wakes the program.`, 'injection'),

  processWoken: (cut, { who }, K) => ({ ...draft(K, who, ...woken(cut, who)), meanwhile: true }),
  vhostWoken: (cut, { who }, K) => ({
    ...draft(K, K, 'vhost-net', `A vhost-net worker, which runs only in ${the(cut, K)}, takes the packet out of the guest’s memory and gives it to a tap device. ${cap(the(cut, who))} itself does not run.`, 'vhost'),
    meanwhile: true,
  }),

  socketFilled: (cut, _, K) => draft(K, K, 'socket layer', `${cap(the(cut, K))} copies the bytes into a buffer of the socket.`, 'kernel-networking'),
  packetBuilt: (_cut, _goal, K) => draft(K, K, 'TCP and IP', 'TCP makes a segment of them. IP adds its header and picks the interface by the route.', 'kernel-networking'),
  vethCrossed: (_cut, _goal, K) => draft(K, K, 'veth pair, bridge', 'The packet leaves the container’s network namespace through a veth pair and comes out at the bridge docker0. The kernel is the same; only its tables differ.', 'network-namespace'),
  addressTranslated: (_cut, _goal, K) => draft(K, K, 'routing, netfilter', 'The kernel routes the packet to the network card and puts the card’s address in place of the container’s as its source (masquerading).', 'network-namespace'),
  packetForwarded: (cut, _, K) => draft(K, K, 'tap, bridge', `The packet comes out of the tap device into the network stack of ${the(cut, K)}, which passes it to the network card.`, 'tap'),

  rangeRecorded: (cut, _, K) => draft(K, K, 'memory management', `${cap(the(cut, K))} notes a range of addresses for the process. It gives no memory yet.`, 'lazy-memory'),
  pageFaulted: (cut, { who }, K) =>
    draft(who, K, 'page fault handler', `The program writes to a page of the block for the first time. Nothing is mapped there, so the CPU raises a page fault and enters ${the(cut, K)}: an exception, not a system call${onVirtualHardware(cut, who) ? ', and not a VM exit' : ''}.`, 'page-fault', ...(onVirtualHardware(cut, who) ? ['guest-page-fault'] : [])),
  pageTaken: (cut, { who }, K) => draft(K, K, 'memory management', pageText(cut, who, K), ...(sandboxOf(cut, who)?.cgroup ? ['lazy-memory', 'memory-cgroup'] : partOf(cut, who)?.layer === 'hypervisor' ? ['second-level-paging'] : ['lazy-memory'])),
  faultResolved: (cut, { who }, K) => draft(K, who, 'page fault handler', `${cap(the(cut, K))} maps the cleared page and returns. The CPU executes the same instruction again, and it succeeds.`, 'page-fault'),

  ttyWritten: (cut, { who }, K) => draft(K, K, 'terminal layer (tty)', ttyText(cut, who, K), ...(sandboxOf(cut, who) ? ['pty', 'docker-terminal'] : onVirtualHardware(cut, who) ? ['serial-console'] : ['pty'])),
  relayed: () => draft('relay', 'relay', 'containerd-shim, dockerd, docker', 'The shim passes the text to dockerd through a pipe, and dockerd to the docker client through a socket. Each hop is more system calls to the same kernel, not shown one by one.', 'docker-terminal'),
  pictureHandedOver: (cut, { who }, K) =>
    draft(who, K, 'graphics driver (DRM)', `The terminal draws the letters. Through the display server, one more process, the picture reaches the graphics driver in ${the(cut, K)}.`, 'terminal-is-a-process'),
};

/** The deed that a goal names. Its `who` may be a kernel, which then is its own. */
export function draftOf(cut: Cut, goal: Goal): Draft {
  const deed = DEEDS[goal.do] as (cut: Cut, goal: Goal, K: string) => Draft;
  return deed(cut, goal, kernelUnder(cut, goal.who));
}

function draft(from: string, to: string, subsystem: string, text: string, ...rules: readonly string[]): Draft {
  return { from, to, subsystem, text, rules };
}

const cap = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const pair = (words: readonly [string, string] | undefined): readonly [string, string] => words ?? ['', ''];

function callText(cut: Cut, who: string, what: What, K: string): string {
  const kernel = the(cut, K);
  if (what === 'image') return `A thread of ${the(cut, who)} reads the block from the disk’s image file: a system call to ${kernel}, like any process makes.`;
  if (what === 'signal') return `${cap(the(cut, who))} marks the request as done and asks KVM, by a system call, to raise the virtual disk’s interrupt.`;
  if (what === 'tap') return `${cap(the(cut, who))} copies the packet out of the guest’s memory and writes it to a tap device: a system call to ${kernel}.`;
  if (what === 'run') return `${cap(the(cut, who))} is done with the character and calls ioctl(KVM_RUN) again.`;
  if (who === 'relay') return `The docker client writes the text to its own terminal: a system call to ${kernel}.`;
  if (partOf(cut, who)?.layer === 'hypervisor') return `${cap(the(cut, who))} imitates the UART: it writes the character to its own terminal, by a system call to ${kernel}.`;
  const contained = sandboxOf(cut, who) ? ' The container has no kernel of its own.' : '';
  const inside = onVirtualHardware(cut, who) ? ' A system call does not leave the virtual machine.' : '';
  const stock = what === 'mmap' ? 'Its stock is too small. ' : '';
  return `${stock}The C library executes SYSCALL for ${CALLS[what]}. The CPU switches to kernel mode and goes on in ${kernel}.${contained}${inside}`;
}

function callRules(cut: Cut, who: string, what: What): readonly string[] {
  if (what === 'run') return ['kvm-run'];
  if (what === 'signal') return ['injection', 'vmm-is-a-process'];
  if (what === 'tap') return ['tap', 'vmm-is-a-process'];
  if (partOf(cut, who)?.layer === 'hypervisor') return ['vmm-is-a-process'];
  if (who === 'relay') return ['docker-terminal'];
  return ['system-call', ...(what === 'mmap' ? ['malloc-pool'] : []), ...(onVirtualHardware(cut, who) ? ['no-exit-for-calls'] : [])];
}

function returnText(cut: Cut, who: string, what: What, K: string): string {
  const kernel = cap(the(cut, K));
  if (what === 'read') return `${kernel} copies the data from its page cache into the program’s buffer. read() returns, in user mode.`;
  if (what === 'image') return `${kernel} copies the data into the guest’s memory, which is memory of the ${partOf(cut, who)?.name} process, and the call returns.`;
  if (what === 'send') return 'send() returns: the bytes are the kernel’s business now. The packet may still be on its way.';
  if (what === 'mmap') return 'malloc() returns an address. Apart from the page in which malloc keeps its own notes, there is no memory behind it yet.';
  if (what === 'tap' || who !== 'userland') return `The call returns, and ${who === 'relay' ? 'the docker client' : the(cut, who)} goes on.`;
  return `write() returns, and the program goes on.${onVirtualHardware(cut, who) && !sandboxOf(cut, who) ? '' : ' Nothing is on the screen yet.'}`;
}

function pageText(cut: Cut, who: string, K: string): string {
  if (partOf(cut, who)?.layer === 'hypervisor') {
    return `To ${the(cut, K)} the guest’s memory is memory of the ${partOf(cut, who)?.name} process. It takes a free page of the real machine, clears it and enters it in the guest’s second page table (EPT; on AMD, NPT).`;
  }
  const charge = sandboxOf(cut, who)?.cgroup ? ', charges it to the container’s memory cgroup' : '';
  return `${cap(the(cut, K))} takes a free page${charge} and ${onVirtualHardware(cut, K) ? 'starts to clear' : 'clears'} it.`;
}

function ttyText(cut: Cut, who: string, K: string): string {
  if (sandboxOf(cut, who)) return `The container’s terminal is a pseudo-terminal of its own (docker run -t). ${cap(the(cut, K))} puts the text into its buffer.`;
  if (onVirtualHardware(cut, who)) return `The terminal here is the machine’s serial console. ${cap(the(cut, K))} puts the text into its buffer.`;
  return `The terminal is a pseudo-terminal. ${cap(the(cut, K))} puts the text into its buffer, for the process at the other end.`;
}

function entering(cut: Cut, vmm: string, what: What): readonly [text: string, ...rules: string[]] {
  if (what === 'memory') return ['KVM enters the guest again. The guest kernel repeats the access and clears the page.', 'second-level-paging'];
  if (what === 'serial') return ['KVM enters the guest again, after the instruction that left it. The next character takes the same way.', 'kvm-run'];
  const { vhost, worker } = habitsOf(cut, vmm);
  const whom = what === 'network' && vhost ? 'a vhost-net worker' : `the ${worker} of ${the(cut, vmm)}`;
  return [`KVM knows the address: it signals ${whom} and enters the guest again at once.`, 'ioeventfd'];
}

function woken(cut: Cut, who: string): readonly [subsystem: string, text: string, ...rules: string[]] {
  if (who === 'relay') return ['containerd-shim', 'The container’s shim, a process outside the container, holds the other end of the pseudo-terminal. It wakes up and reads the text.', 'docker-terminal', 'pty'];
  if (who === 'terminal') return ['terminal emulator', 'The terminal emulator, a process like any other, holds the other end of the pseudo-terminal. It wakes up and reads the text.', 'terminal-is-a-process', 'pty'];
  const { worker } = habitsOf(cut, who);
  return [worker, `The ${worker} of ${the(cut, who)}, an ordinary thread of the host, wakes up and finds the request in the queue.`, 'vmm-is-a-process'];
}
