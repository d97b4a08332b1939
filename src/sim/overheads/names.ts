/** What runners and kinds of work are called, and what a ratio and a range are in words: what a page needs before any rule arrives. */
import type { Config, Range, Runner, Wall, Work } from './types.ts';

export const WORK_NAMES: Readonly<Record<Work, string>> = {
  compute: 'Computing',
  memory: 'Memory',
  'system-calls': 'System calls',
  disk: 'Files and disk',
  network: 'Network',
  server: 'Servers',
};

/** What a reader calls a runner, and what keeps it in. */
const RUNNER_NAMES: Readonly<Record<Runner, readonly [name: string, wall: Wall]>> = {
  native: ['Native Linux', 'none'],
  'native-kpti': ['Native, page tables apart', 'none'],
  container: ['Container', 'kernel'],
  'container-bridge': ['Container behind a bridge', 'kernel'],
  'gvisor-ptrace': ['gVisor on ptrace', 'kernel'],
  'gvisor-systrap': ['gVisor on Systrap', 'kernel'],
  'gvisor-kvm': ['gVisor on KVM', 'kernel'],
  'microvm-firecracker': ['microVM, Firecracker', 'hardware'],
  'microvm-cloud-hypervisor': ['microVM, Cloud Hypervisor', 'hardware'],
  'microvm-qemu': ['Minimal guest on QEMU', 'hardware'],
  vm: ['VM on QEMU and KVM', 'hardware'],
  'vm-tuned': ['VM, tuned', 'hardware'],
  'vm-no-mitigations': ['VM, guest’s defenses off', 'hardware'],
  unikernel: ['Unikernel in a VM', 'hardware'],
};

export function nameOf(runner: Runner): string {
  return RUNNER_NAMES[runner][0];
}

export function wallOf(runner: Runner): Wall {
  return RUNNER_NAMES[runner][1];
}

/** The range of a mark as numbers relative to the base, or empty where none was published. */
export function rangeInWords({ low, high }: Range, read: Config['read']): string {
  if (low === high) return '';
  const [from, to] = read === 'speed' ? [low, high] : [1 / high, 1 / low];
  return `${from.toPrecision(3)} to ${to.toPrecision(3)}`;
}

/** One unit a reading, so that marks of one axis can be compared: speed in percent (`45%`, `1.6%`, `220%`), time in multiples (`2.2×`, `64×`, `0.45×`). */
export function shortOf(speed: number, read: Config['read']): string {
  return read === 'speed' ? `${rounded(100 * speed)}%` : `${rounded(1 / speed)}×`;
}

/** To whole numbers from 10 on, below that to about two digits. */
function rounded(amount: number): string {
  const digits = amount >= 10 ? 0 : amount >= 1.1 ? 1 : 2;
  return String(Number(amount.toFixed(digits)));
}
