/**
 * What each request comes down to: a plan breaks a goal into smaller goals by asking the stack. It knows the order of things;
 * what a step says is in deeds.ts. No plan asks which of the five stacks it is in: a kernel, a wall or virtual hardware decides.
 */
import { guestKernelOf, habitsOf, onVirtualHardware, sandboxOf, vmmOf } from './cut.ts';
import type { Cut } from './cut.ts';
import type { Goal, Program, What } from './types.ts';

/** `now` comes before everything else; `later` after it, because it belongs to another thread that nobody waits for. */
interface Plan {
  readonly now: readonly Goal[];
  readonly later?: readonly Goal[];
}

/** `goal('ring', 'vmm', 'disk')`: a rule, on whose behalf, for what. */
export const goal = (rule: string, who: string, what: What = 'memory'): Goal => ({ do: rule, who, what });

const calls = (who: string, what: What) => goal('call', who, what);
const when = (condition: unknown, ...goals: readonly Goal[]): readonly Goal[] => (condition ? goals : []);

/** After the library function is called. `userland` acts for the program: its C library makes the calls. */
const AFTER_LIBRARY: Readonly<Record<Program, (cut: Cut) => readonly Goal[]>> = {
  'read-file': () => [calls('userland', 'read')],
  'send-packet': () => [calls('userland', 'send')],
  'print': () => [calls('userland', 'write')],
  'allocate-memory': ({ config }) =>
    config.cache === 'warm' ? [goal('poolHit', 'userland'), goal('libraryReturned', 'userland')] : [calls('userland', 'mmap'), goal('touch', 'app')],
  'read-clock': () => [goal('clockReadInUserMode', 'userland'), goal('libraryReturned', 'userland')],
};

type Rule = (cut: Cut, asked: Goal) => Plan;

const PLANS: Readonly<Record<string, Rule>> = {
  program: (cut) => ({ now: [goal('libraryCalled', 'userland'), ...AFTER_LIBRARY[cut.config.program](cut)] }),

  call: (cut, { who, what }) => ({
    now: [goal('systemCallMade', who, what), ...when(sandboxOf(cut, who)?.seccomp, goal('systemCallFiltered', who, what)), goal('serve', who, what)],
  }),

  serve: (cut, asked) => (SERVE[asked.what] as Rule)(cut, asked),

  /** Tells a device that there is work: its register is real, or its address belongs to the wall of the machine. */
  ring: (cut, { who, what }) => ({
    now: onVirtualHardware(cut, who) ? [goal('vmExited', who, what), goal('vmEntered', who, what)] : [goal('doorbellRung', who, what)],
  }),

  /** The device does its work: by itself, or in the VMM and the kernel under it. */
  work: (cut, { who, what }) => {
    const vmm = vmmOf(cut, who);
    if (vmm === '') return { now: [goal('deviceWorked', who, what), ...when(what === 'disk', goal('interruptRaised', who, what))] };
    if (what === 'disk') return { now: [goal('processWoken', vmm), calls(vmm, 'image'), calls(vmm, 'signal')] };
    if (habitsOf(cut, vmm).vhost) return { now: [goal('vhostWoken', vmm), ...forwarding(vmm), goal('work', vmm, 'network')] };
    return { now: [goal('processWoken', vmm), calls(vmm, 'tap')] };
  },

  touch: (_, { who }) => ({ now: [goal('pageFaulted', who), goal('page', who), goal('faultResolved', who)] }),

  /** A kernel gives a page. When its own memory is virtual, the page may have none behind it yet: then the kernel below gives one. */
  page: (cut, { who }) => ({
    now: [goal('pageTaken', who), ...when(onVirtualHardware(cut, who), goal('vmExited', who), goal('page', vmmOf(cut, who)), goal('vmEntered', who))],
  }),

  relay: (_, { who }) => ({ now: [goal('processWoken', who), goal('relayed', who), calls(who, 'write')] }),
  show: (_, { who }) => ({ now: [goal('processWoken', who), goal('pictureHandedOver', who), goal('ring', who, 'display'), goal('work', who, 'display')] }),
};

/** What a kernel does for a system call. */
const SERVE: Readonly<Partial<Record<What, Rule>>> = {
  read: reading,
  image: reading,

  send: (cut, { who }) => ({
    now: [
      goal('socketFilled', who), goal('packetBuilt', who),
      ...when(sandboxOf(cut, who)?.namespaces.includes('network'), goal('vethCrossed', who), goal('addressTranslated', who)),
      goal('driverCalled', who, 'network'), goal('ring', who, 'network'), goal('returned', who, 'send'),
    ],
    later: [goal('work', who, 'network')],
  }),

  tap: (_, { who }) => ({ now: [...forwarding(who), goal('returned', who, 'tap')], later: [goal('work', who, 'network')] }),

  mmap: (_, { who }) => ({ now: [goal('rangeRecorded', who), goal('returned', who, 'mmap')] }),

  /** Where a terminal's other end is: at Docker for a sandbox, at the serial port of a machine, else at a terminal emulator. */
  write: (cut, { who }) => {
    const written = [goal('ttyWritten', who), goal('returned', who, 'write')] as const;
    if (sandboxOf(cut, who)) return { now: written, later: [goal('relay', 'relay')] };
    if (!onVirtualHardware(cut, who)) return { now: written, later: [goal('show', 'terminal')] };
    const vmm = vmmOf(cut, who);
    const through = [goal('driverCalled', who, 'serial'), goal('vmExited', who, 'serial'), goal('exitHandedUp', vmm), calls(vmm, 'write'), calls(vmm, 'run')];
    return { now: [written[0], ...through, written[1]] };
  },

  signal: (cut, { who }) => ({ now: [goal('interruptInjected', guestKernelOf(cut, who))] }),
  run: (cut, { who }) => ({ now: [goal('vmEntered', guestKernelOf(cut, who), 'serial')] }),
};

function reading(cut: Cut, { who, what }: Goal): Plan {
  const missed = [goal('pageCacheMissed', who, what), goal('driverCalled', who, 'disk'), goal('ring', who, 'disk'), goal('slept', who), goal('work', who, 'disk')];
  return {
    now: [
      goal('fileSystemAsked', who, what), ...when(sandboxOf(cut, who), goal('overlayPassed', who)),
      ...(cut.config.cache === 'warm' ? [goal('pageCacheHit', who)] : missed), goal('returned', who, what),
    ],
  };
}

/** A packet that came from a tap device goes on to the network card of the same kernel. */
function forwarding(who: string): readonly Goal[] {
  return [goal('packetForwarded', who), goal('driverCalled', who, 'network'), goal('ring', who, 'network')];
}

/** The agenda with its first goals broken down until a deed stands in front, or nothing is left. */
export function settle(cut: Cut, agenda: readonly Goal[]): readonly Goal[] {
  let left = agenda;
  for (;;) {
    const [first, ...rest] = left;
    const plan = first && PLANS[first.do]?.(cut, first);
    if (!plan) return left;
    left = [...plan.now, ...rest, ...(plan.later ?? [])];
  }
}
