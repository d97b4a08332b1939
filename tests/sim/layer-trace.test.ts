/** Who answers a program's request: the path through each stack, and the laws that every path keeps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf, kernelOf, nodesOf, replay, SimError } from '../../src/sim/index.ts';
import { layerTrace, PROGRAMS, stackFor, STACKS, words } from '../../src/sim/layer-trace/index.ts';
import { exitsOf, layerTraceIn } from '../../src/sim/layer-trace/model.ts';
import type { Saying } from '../../src/sim/layer-trace/phrases.ts';
import type { Action, Config, Program, StackKind, State, TraceFact } from '../../src/sim/layer-trace/index.ts';

const STEP: Action = { type: 'step' };
const configs: readonly Required<Config>[] = PROGRAMS.flatMap((program) => STACKS.flatMap((stack) => (['cold', 'warm'] as const).map((cache) => ({ program, stack, cache }))));
const nameOf = ({ program, stack, cache }: Config) => `${program}, ${stack}${cache === 'warm' ? ', warm' : ''}`;

/** Every state of a run, the first included. */
function statesOf(config: Config): readonly State[] {
  const states = [layerTrace.init(config, 1)];
  for (let state = states[0] as State; !layerTrace.isDone(state); states.push(state)) ({ state } = layerTrace.step(state, STEP));
  return states;
}

const endOf = (config: Config) => statesOf(config).at(-1) as State;
const measured = (program: Program, stack: StackKind, cache: 'cold' | 'warm' = 'cold') => layerTrace.measure(endOf({ program, stack, cache }));
const ids = (program: Program, stack: StackKind, cache: 'cold' | 'warm' = 'cold') => endOf({ program, stack, cache }).trace.map((fact) => fact.id);

/** A trace in short: what runs, then what happened there. `~` marks a thread or device that acts meanwhile. */
function story({ trace }: State): string {
  const lines: string[] = [];
  trace.forEach((fact, i) => {
    const goesOn = !fact.meanwhile && fact.runs === trace[i - 1]?.runs;
    if (goesOn) lines.push(`${lines.pop()} ${fact.id}`);
    else lines.push(`${fact.meanwhile ? '~' : ''}${fact.runs}: ${fact.id}`);
  });
  return `\n${lines.map((line) => `    ${line}\n`).join('')}  `;
}

const STORIES: Readonly<Record<string, string>> = {
  'read-file, metal': `
    userland: libraryCalled
    host-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled doorbellRung slept
    ~hardware: deviceWorked
    host-kernel: interruptRaised
    app: returned
  `,
  'read-file, metal, warm': `
    userland: libraryCalled
    host-kernel: systemCallMade fileSystemAsked pageCacheHit
    app: returned
  `,
  'read-file, vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered slept
    ~vmm: processWoken
    host-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled doorbellRung slept
    ~hardware: deviceWorked
    host-kernel: interruptRaised
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: interruptInjected
    app: returned
  `,
  'read-file, vm, warm': `
    userland: libraryCalled
    guest-kernel: systemCallMade fileSystemAsked pageCacheHit
    app: returned
  `,
  'read-file, container': `
    userland: libraryCalled
    host-kernel: systemCallMade systemCallFiltered fileSystemAsked overlayPassed pageCacheMissed driverCalled doorbellRung slept
    ~hardware: deviceWorked
    host-kernel: interruptRaised
    app: returned
  `,
  'read-file, container, warm': `
    userland: libraryCalled
    host-kernel: systemCallMade systemCallFiltered fileSystemAsked overlayPassed pageCacheHit
    app: returned
  `,
  'read-file, container-in-vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade systemCallFiltered fileSystemAsked overlayPassed pageCacheMissed driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered slept
    ~vmm: processWoken
    host-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled doorbellRung slept
    ~hardware: deviceWorked
    host-kernel: interruptRaised
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: interruptInjected
    app: returned
  `,
  'read-file, container-in-vm, warm': `
    userland: libraryCalled
    guest-kernel: systemCallMade systemCallFiltered fileSystemAsked overlayPassed pageCacheHit
    app: returned
  `,
  'read-file, microvm': `
    userland: libraryCalled
    guest-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered slept
    ~vmm: processWoken
    host-kernel: systemCallMade fileSystemAsked pageCacheMissed driverCalled doorbellRung slept
    ~hardware: deviceWorked
    host-kernel: interruptRaised
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: interruptInjected
    app: returned
  `,
  'read-file, microvm, warm': `
    userland: libraryCalled
    guest-kernel: systemCallMade fileSystemAsked pageCacheHit
    app: returned
  `,
  'send-packet, metal': `
    userland: libraryCalled
    host-kernel: systemCallMade socketFilled packetBuilt driverCalled doorbellRung
    app: returned
    ~hardware: deviceWorked
  `,
  'send-packet, vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade socketFilled packetBuilt driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered
    app: returned
    ~host-kernel: vhostWoken packetForwarded driverCalled doorbellRung
    ~hardware: deviceWorked
  `,
  'send-packet, container': `
    userland: libraryCalled
    host-kernel: systemCallMade systemCallFiltered socketFilled packetBuilt vethCrossed addressTranslated driverCalled doorbellRung
    app: returned
    ~hardware: deviceWorked
  `,
  'send-packet, container-in-vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade systemCallFiltered socketFilled packetBuilt vethCrossed addressTranslated driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered
    app: returned
    ~host-kernel: vhostWoken packetForwarded driverCalled doorbellRung
    ~hardware: deviceWorked
  `,
  'send-packet, microvm': `
    userland: libraryCalled
    guest-kernel: systemCallMade socketFilled packetBuilt driverCalled
    host-kernel: vmExited
    guest-kernel: vmEntered
    app: returned
    ~vmm: processWoken
    host-kernel: systemCallMade packetForwarded driverCalled doorbellRung
    vmm: returned
    ~hardware: deviceWorked
  `,
  'allocate-memory, metal': `
    userland: libraryCalled
    host-kernel: systemCallMade rangeRecorded
    app: returned
    host-kernel: pageFaulted pageTaken
    app: faultResolved
  `,
  'allocate-memory, metal, warm': `
    userland: libraryCalled poolHit
    app: libraryReturned
  `,
  'allocate-memory, vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade rangeRecorded
    app: returned
    guest-kernel: pageFaulted pageTaken
    host-kernel: vmExited pageTaken
    guest-kernel: vmEntered
    app: faultResolved
  `,
  'allocate-memory, vm, warm': `
    userland: libraryCalled poolHit
    app: libraryReturned
  `,
  'allocate-memory, container': `
    userland: libraryCalled
    host-kernel: systemCallMade systemCallFiltered rangeRecorded
    app: returned
    host-kernel: pageFaulted pageTaken
    app: faultResolved
  `,
  'allocate-memory, container, warm': `
    userland: libraryCalled poolHit
    app: libraryReturned
  `,
  'allocate-memory, container-in-vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade systemCallFiltered rangeRecorded
    app: returned
    guest-kernel: pageFaulted pageTaken
    host-kernel: vmExited pageTaken
    guest-kernel: vmEntered
    app: faultResolved
  `,
  'allocate-memory, container-in-vm, warm': `
    userland: libraryCalled poolHit
    app: libraryReturned
  `,
  'allocate-memory, microvm': `
    userland: libraryCalled
    guest-kernel: systemCallMade rangeRecorded
    app: returned
    guest-kernel: pageFaulted pageTaken
    host-kernel: vmExited pageTaken
    guest-kernel: vmEntered
    app: faultResolved
  `,
  'allocate-memory, microvm, warm': `
    userland: libraryCalled poolHit
    app: libraryReturned
  `,
  'print, metal': `
    userland: libraryCalled
    host-kernel: systemCallMade ttyWritten
    app: returned
    ~terminal: processWoken
    host-kernel: pictureHandedOver doorbellRung
    ~hardware: deviceWorked
  `,
  'print, vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade ttyWritten driverCalled
    host-kernel: vmExited
    vmm: exitHandedUp
    host-kernel: systemCallMade ttyWritten
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: vmEntered
    app: returned
    ~terminal: processWoken
    host-kernel: pictureHandedOver doorbellRung
    ~hardware: deviceWorked
  `,
  'print, container': `
    userland: libraryCalled
    host-kernel: systemCallMade systemCallFiltered ttyWritten
    app: returned
    ~relay: processWoken relayed
    host-kernel: systemCallMade ttyWritten
    relay: returned
    ~terminal: processWoken
    host-kernel: pictureHandedOver doorbellRung
    ~hardware: deviceWorked
  `,
  'print, container-in-vm': `
    userland: libraryCalled
    guest-kernel: systemCallMade systemCallFiltered ttyWritten
    app: returned
    ~relay: processWoken relayed
    guest-kernel: systemCallMade ttyWritten driverCalled
    host-kernel: vmExited
    vmm: exitHandedUp
    host-kernel: systemCallMade ttyWritten
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: vmEntered
    relay: returned
    ~terminal: processWoken
    host-kernel: pictureHandedOver doorbellRung
    ~hardware: deviceWorked
  `,
  'print, microvm': `
    userland: libraryCalled
    guest-kernel: systemCallMade ttyWritten driverCalled
    host-kernel: vmExited
    vmm: exitHandedUp
    host-kernel: systemCallMade ttyWritten
    vmm: returned
    host-kernel: systemCallMade
    guest-kernel: vmEntered
    app: returned
    ~terminal: processWoken
    host-kernel: pictureHandedOver doorbellRung
    ~hardware: deviceWorked
  `,
  'read-clock, metal': `
    userland: libraryCalled clockReadInUserMode
    app: libraryReturned
  `,
  'read-clock, vm': `
    userland: libraryCalled clockReadInUserMode
    app: libraryReturned
  `,
  'read-clock, container': `
    userland: libraryCalled clockReadInUserMode
    app: libraryReturned
  `,
  'read-clock, container-in-vm': `
    userland: libraryCalled clockReadInUserMode
    app: libraryReturned
  `,
  'read-clock, microvm': `
    userland: libraryCalled clockReadInUserMode
    app: libraryReturned
  `,
};

describe('the path of a request', () => {
  test.each(Object.entries(STORIES))('%s', (name, expected) => {
    const config = configs.find((each) => nameOf(each) === name) as Config;
    expect(story(endOf(config))).toBe(expected);
  });

  test('has been written down for every program in every stack', () => {
    const named = PROGRAMS.flatMap((program) => STACKS.map((stack) => nameOf({ program, stack })));
    expect(named.filter((name) => !(name in STORIES))).toEqual([]);
  });
});

describe('what the paths show', () => {
  test('the host kernel answers a container, the guest kernel a container in a VM', () => {
    expect(measured('read-file', 'container').answeringKernel).toBe('host-kernel');
    expect(measured('read-file', 'container-in-vm').answeringKernel).toBe('guest-kernel');
  });

  test('a read that the page cache answers touches no device and leaves no machine', () => {
    for (const stack of STACKS) expect(measured('read-file', stack, 'warm')).toMatchObject({ vmExits: 0, hardwareReached: false, kernelsInvolved: 1 });
  });

  test('a read that misses needs a second kernel in a machine only', () => {
    expect(STACKS.map((stack) => measured('read-file', stack).kernelsInvolved)).toEqual([1, 2, 1, 2, 2]);
  });

  test('the clock is read without a crossing in every stack', () => {
    for (const stack of STACKS) expect(measured('read-clock', stack)).toMatchObject({ crossings: 0, systemCalls: 0, kernelsInvolved: 0, answeringKernel: '', done: true });
  });

  test('memory in stock needs no kernel; new memory needs one call, then a page fault', () => {
    for (const stack of STACKS) {
      expect(measured('allocate-memory', stack, 'warm').crossings).toBe(0);
      expect(measured('allocate-memory', stack).programSystemCalls).toBe(1);
      expect(ids('allocate-memory', stack)).toContain('pageFaulted');
    }
  });

  test('a first touch in a machine leaves it once, for the page behind the page', () => {
    expect(STACKS.map((stack) => measured('allocate-memory', stack).vmExits)).toEqual([0, 1, 0, 1, 1]);
  });

  test('QEMU sends packets through vhost-net, Firecracker through its own process', () => {
    expect(ids('send-packet', 'vm')).toContain('vhostWoken');
    expect(endOf({ program: 'send-packet', stack: 'vm' }).trace.some((fact) => fact.runs === 'vmm')).toBe(false);
    expect(endOf({ program: 'send-packet', stack: 'microvm' }).trace.some((fact) => fact.runs === 'vmm')).toBe(true);
  });

  test('a container adds steps inside the same kernel: filter, overlay, bridge', () => {
    const extra = (program: Program) => ids(program, 'container').filter((id) => !ids(program, 'metal').includes(id));
    expect(extra('read-file')).toEqual(['systemCallFiltered', 'overlayPassed']);
    expect(extra('send-packet')).toEqual(['systemCallFiltered', 'vethCrossed', 'addressTranslated']);
    expect(measured('send-packet', 'container').crossings).toBe(measured('send-packet', 'metal').crossings);
  });

  test('an exit goes into KVM in the host kernel, past a VMM that does not run', () => {
    const exit = (stack: StackKind) => endOf({ program: 'read-file', stack }).trace.find((fact) => fact.id === 'vmExited');
    expect(exit('vm')?.text).toContain('a VM exit into KVM, a part of the host kernel. It goes past QEMU, a process whose own code does not run now.');
    expect(exit('microvm')?.text).toContain('past Firecracker');
    expect(exit('vm')).toMatchObject({ from: 'guest-kernel', to: 'host-kernel' });
  });

  test('exits are told as a lower bound, and denied only where there is no machine', () => {
    const told = (stack: StackKind, cache: 'cold' | 'warm') => exitsOf(endOf({ program: 'read-file', stack, cache }));
    expect(STACKS.map((stack) => told(stack, 'cold'))).toEqual(['no VM exits', 'at least 1 VM exit', 'no VM exits', 'at least 1 VM exit', 'at least 1 VM exit']);
    expect(exitsOf(layerTrace.init({ program: 'read-file', stack: 'vm' }, 1))).toBe('no VM exit yet');
    expect(STACKS.map((stack) => told(stack, 'warm'))).toEqual(['no VM exits', 'no VM exit needed', 'no VM exits', 'no VM exit needed', 'no VM exit needed']);
  });

  test('no seccomp filter is asked about a page fault', () => {
    const { trace } = endOf({ program: 'allocate-memory', stack: 'container' });
    const fault = trace.findIndex((fact) => fact.id === 'pageFaulted');
    expect(trace.slice(fault).map((fact) => fact.id)).not.toContain('systemCallFiltered');
  });
});

describe('a stack', () => {
  test.each(STACKS.flatMap((stack) => [[stack, false], [stack, true]] as const))('%s stands, terminal: %s', (kind, terminal) => {
    expect(faultsOf(stackFor(kind, { terminal }))).toEqual([]);
  });

  test('has a wall of each kind where it should', () => {
    const walls = (kind: StackKind) => nodesOf(stackFor(kind)).flatMap((node) => node.wall?.enforcedBy ?? []);
    expect(STACKS.map(walls)).toEqual([[], ['hardware'], ['kernel'], ['hardware', 'kernel'], ['hardware']]);
  });

  test('of a microVM has no firmware in the guest', () => {
    expect(nodesOf(stackFor('vm')).map((node) => node.id)).toContain('guest-firmware');
    expect(nodesOf(stackFor('microvm')).map((node) => node.id)).not.toContain('guest-firmware');
  });

  test('puts the container’s own helpers outside its wall', () => {
    const stack = stackFor('container', { terminal: true });
    expect(kernelOf(stack, 'relay')?.id).toBe('host-kernel');
    expect(nodesOf(stack).find((node) => node.id === 'host-userland')?.wall).toBeUndefined();
  });
});

describe('the model', () => {
  const anyConfig = fc.constantFrom(...configs);

  test('keeps its invariants in every state', () => {
    const broken = configs.flatMap((config) => statesOf(config).flatMap((state) =>
      Object.entries(layerTrace.invariants).filter(([, holds]) => !holds(state)).map(([name]) => `${nameOf(config)}, step ${state.trace.length}: ${name}`)));
    expect(broken).toEqual([]);
  });

  test('has invariants that can break', () => {
    const state = endOf({ program: 'read-file', stack: 'vm' });
    const spoil = (change: Partial<TraceFact>, id: string) => ({ ...state, trace: state.trace.map((fact) => (fact.id === id ? { ...fact, ...change } : fact)) });
    const broken = (spoiled: State) => Object.entries(layerTrace.invariants).filter(([, holds]) => !holds(spoiled)).map(([name]) => name);
    expect(broken(spoil({ to: 'host-kernel' }, 'systemCallMade'))).toContain('a system call enters the nearest kernel below');
    expect(broken(spoil({ from: 'host-kernel' }, 'vmExited'))).toContain('a VM exit leaves a machine');
    expect(broken(spoil({ id: 'other' }, 'vmEntered'))).toContain('a machine is entered once for each exit');
    expect(broken(spoil({ mode: 'guest-user' }, 'systemCallMade'))).toContain('kernels run in ring 0 and all other software in ring 3');
    expect(broken(spoil({ mode: 'host-kernel' }, 'vmEntered'))).toContain('guest modes are inside a machine only');
    expect(broken(spoil({ from: 'nowhere' }, 'slept'))).toContain('every step is between parts of the stack');
    expect(broken(spoil({ meanwhile: false }, 'processWoken'))).toContain('a step starts where the last one ended, or something else acts meanwhile');
  });

  test('ends, and replays to the same state', () => {
    fc.assert(fc.property(anyConfig, fc.nat({ max: 30 }), (config, wanted) => {
      const states = statesOf(config);
      const steps = Math.min(wanted, states.length - 1);
      const run = replay(layerTrace, { config, seed: 1, actions: Array.from({ length: steps }, () => STEP) });
      expect(run.state).toEqual(states[steps]);
      expect(run.facts).toEqual(run.state.trace);
      expect(states.length).toBeLessThan(40);
    }));
  });

  test('never changes what it is given', () => {
    for (const config of configs) {
      for (const state of statesOf(freeze({ ...config }))) {
        freeze(state);
        if (layerTrace.legal(state).length > 0) layerTrace.step(state, freeze({ ...STEP }));
        layerTrace.describe(state);
        layerTrace.measure(state);
      }
    }
  });

  test('allows one step until it is done, then none', () => {
    for (const state of configs.flatMap(statesOf)) expect(layerTrace.legal(state)).toEqual(layerTrace.isDone(state) ? [] : [STEP]);
    expect(() => layerTrace.step(endOf({ program: 'read-clock', stack: 'metal' }), STEP)).toThrow('The request has been answered. There is no further step.');
  });

  test('answers an unknown program or stack with a sentence', () => {
    expect(() => layerTrace.init({ program: 'juggle' as Program, stack: 'metal' }, 1)).toThrow(SimError);
    expect(() => layerTrace.init({ program: 'print', stack: 'unikernel' as StackKind }, 1)).toThrow('There is no stack “unikernel”. Choose one of metal, vm, container, container-in-vm, microvm.');
  });

  test('explains every step by rules, and needs every rule', () => {
    const used = new Set<string>();
    for (const state of configs.map(endOf)) {
      for (const fact of state.trace) {
        const reasons = layerTrace.why(state, fact);
        expect(reasons.length, fact.id).toBeGreaterThan(0);
        for (const { rule, text } of reasons) {
          expect(text, rule).toMatch(/^[A-Z].*\.$/);
          used.add(rule);
        }
      }
    }
    expect([...words.rules.keys()].filter((rule) => !used.has(rule))).toEqual([]);
  });

  test('needs every saying', () => {
    const said = new Set<string>();
    const deeds = new (class extends Map<string, Saying> {
      override get(key: string) {
        said.add(key);
        return super.get(key);
      }
    })(words.deeds);
    const model = layerTraceIn({ ...words, deeds });
    for (const config of configs) for (let state = model.init(config, 1); !layerTrace.isDone(state); ) ({ state } = model.step(state, STEP));
    expect([...words.deeds.keys()].filter((key) => !said.has(key))).toEqual([]);
  });

  test('names the way down to the kernel, with the wall that is none', () => {
    const why = (stack: StackKind) => {
      const state = endOf({ program: 'read-file', stack });
      return layerTrace.why(state, state.trace.find((fact) => fact.id === 'systemCallMade') as TraceFact)[0]?.text;
    };
    expect(why('metal')).toBe('A call enters the nearest kernel below its caller. On the way down from the C library: the Linux kernel.');
    expect(why('container')).toBe('A call enters the nearest kernel below its caller. On the way down from the C library: the wall of the container, which is not a kernel, then the host kernel.');
  });

  test('writes every sentence whole', () => {
    for (const { trace } of configs.map(endOf)) {
      for (const { id, text, subsystem } of trace) {
        expect(text, id).toMatch(/^(?:[A-Z]|malloc|[a-z]+\(\)).*\.$/);
        expect(`${text}${subsystem}`, id).not.toMatch(/undefined|[{}|]|\s\s|\b(of|by|to|the) [.,]/);
        expect(text, id).not.toMatch(/\. (?:a|an|its|the) /);
        expect(subsystem, id).not.toBe('');
      }
    }
  });

  test('describes the start, a step and the end', () => {
    const [start, first] = statesOf({ program: 'read-file', stack: 'container' });
    expect(layerTrace.describe(start as State)).toMatchInlineSnapshot(`"Read a file. Stack: Container. The program runs in user mode and is about to call. Step to see who answers."`);
    expect(layerTrace.describe(first as State)).toMatchInlineSnapshot(`"The program calls read() for a file that it has open. The C library is code of the same process, so nothing is crossed yet. Now running: C library, user mode."`);
    expect(layerTrace.describe(endOf({ program: 'print', stack: 'vm' }))).toMatchInlineSnapshot(`"The display controller reads the picture from memory and sends it to the screen. Done: the guest kernel answered the program; at least 1 VM exit for each character, 2 kernels ran."`);
    expect(layerTrace.describe(endOf({ program: 'read-clock', stack: 'microvm' }))).toMatchInlineSnapshot(`"The C library returns the time. No border was crossed and no kernel ran. Done: the program made no system call."`);
  });
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}
