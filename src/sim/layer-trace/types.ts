/** The words of the layer trace: what a reader may ask for, and what a step tells. It knows no rules. */
import type { FactBase } from '../model.ts';
import type { StackNode } from '../domain.ts';

/** What the program wants, as the reader finds it on the controls. The file, the socket and the terminal are open already. */
export const PROGRAM_NAMES = {
  'read-file': 'Read a file',
  'send-packet': 'Send a packet',
  'allocate-memory': 'Allocate memory',
  'print': 'Print to the screen',
  'read-clock': 'Read the clock',
} as const;
export type Program = keyof typeof PROGRAM_NAMES;

export const STACK_NAMES = {
  'metal': 'Metal',
  'vm': 'Virtual machine',
  'container': 'Container',
  'container-in-vm': 'Container in a VM',
  'microvm': 'MicroVM',
} as const;
export type StackKind = keyof typeof STACK_NAMES;

export interface Config {
  readonly program: Program;
  readonly stack: StackKind;
  /**
   * Whether what the program asks for is at hand. For `read-file`: in the page cache of the kernel that answers (cold: in no
   * page cache at all). For `allocate-memory`: in the C library's pool. The other programs ignore it. Default: cold.
   */
  readonly cache?: 'cold' | 'warm';
}

/** The one way forward. */
export interface Action {
  readonly type: 'step';
}

/**
 * What the CPU may do while a part runs. `guest-` and `host-` stand in for Intel's non-root and root operation; a stack without
 * a machine wall has plain `user` and `kernel`. `device`: the device works by itself.
 */
export type Mode = 'user' | 'kernel' | 'guest-user' | 'guest-kernel' | 'host-user' | 'host-kernel' | 'device';

/** What lies between two parts: nothing, a call inside one process, the line between user and kernel mode, the wall of a machine, the bus. */
export type Border = 'none' | 'call' | 'gate' | 'machine' | 'device';

/** One step of the trace: a request, an answer or a message goes `from` one part `to` another. */
export interface TraceFact extends FactBase {
  readonly from: string;
  readonly to: string;
  /** The part that runs after the step: mostly `to`, but a CPU that has told a device something goes on in the kernel. */
  readonly runs: string;
  /** The mode in which it runs. */
  readonly mode: Mode;
  readonly border: Border;
  /** The sandbox wall that the step passes through, by name; empty when there is none. */
  readonly through: string;
  /** The crossing in two or three words, or the subsystem where nothing is crossed. */
  readonly title: string;
  /** The part of a kernel, library or device that acts. */
  readonly subsystem: string;
  /** True when another thread, another CPU or a device acts, while what ran before may go on. */
  readonly meanwhile: boolean;
  readonly text: string;
  /** Ids of the rules that decided. */
  readonly rules: readonly string[];
}

/** What is still to be done: a rule by name, on behalf of a part, for a purpose. */
export interface Goal {
  readonly do: string;
  readonly who: string;
  readonly what: What;
}

/** System calls by purpose, then devices and memory. */
export type What = 'read' | 'image' | 'send' | 'tap' | 'mmap' | 'write' | 'signal' | 'run' | 'disk' | 'network' | 'display' | 'serial' | 'memory';

export interface State {
  readonly config: Required<Config>;
  readonly stack: StackNode;
  /** What is still to be done, next first. Empty when the request is answered. */
  readonly agenda: readonly Goal[];
  readonly trace: readonly TraceFact[];
}

/** A mode in words, and where the CPU's own terms put it: Intel's; AMD says guest and host mode for non-root and root. */
export const MODES: Readonly<Record<Mode, readonly [name: string, ring: string]>> = {
  'user': ['user mode', 'ring 3'],
  'kernel': ['kernel mode', 'ring 0'],
  'guest-user': ['guest user mode', 'VMX non-root, ring 3'],
  'guest-kernel': ['guest kernel mode', 'VMX non-root, ring 0'],
  'host-user': ['host user mode', 'VMX root, ring 3'],
  'host-kernel': ['host kernel mode', 'VMX root, ring 0'],
  'device': ['no CPU', 'the device works by itself'],
};
