/** The rules of `stack-cost`, read as sentences: what is shared, what is duplicated, what it costs, and what is said about it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureCards, figuresFor } from '../../src/facts/index.ts';
import { kernelOf, nodesOf, pathTo, replay, SimError, type Figures } from '../../src/sim/index.ts';
import { MOST_APPS, PLACEMENT_IDS, PROGRAMS, stackCost, stackCostFigures, stackCostIn, stackCostTables, type Action, type Config, type Placement, type State } from '../../src/sim/stack-cost/index.ts';

const figures: Figures = figuresFor(stackCostFigures());
const model = stackCost(figures);
const MIB = 1.048576;

const stateOf = (start: Config['start'], ...actions: readonly Action[]): State => replay(model, { config: { app: 'nginx', start }, seed: 1, actions }).state;
const measures = (start: Config['start'], ...actions: readonly Action[]) => model.measure(stateOf(start, ...actions));
const say = (start: Config['start'], ...actions: readonly Action[]) => model.describe(stateOf(start, ...actions));
const figure = (id: string) => {
  const found = figures[id];
  if (!found) throw new Error(`The test needs the figure ${id}.`);
  return found;
};

const add = (placement: Placement): Action => ({ type: 'add', placement });
const move = (id: number, placement: Placement): Action => ({ type: 'move', id, placement });
const remove = (id: number): Action => ({ type: 'remove', id });
const moveAll = (placement: Placement): Action => ({ type: 'moveAll', placement });

describe('what is duplicated', () => {
  test.each<[Placement, { kernels: number; userlands: number; hypervisors: number; sandboxes: number; machines: number; fallsWithGuestKernel: number; largestSharedKernel: number }]>([
    ['metal', { kernels: 1, userlands: 1, hypervisors: 0, sandboxes: 0, machines: 0, fallsWithGuestKernel: 0, largestSharedKernel: 3 }],
    ['container', { kernels: 1, userlands: 3, hypervisors: 0, sandboxes: 3, machines: 0, fallsWithGuestKernel: 0, largestSharedKernel: 3 }],
    ['vm', { kernels: 4, userlands: 3, hypervisors: 3, sandboxes: 0, machines: 3, fallsWithGuestKernel: 1, largestSharedKernel: 1 }],
    ['container-in-vm', { kernels: 2, userlands: 3, hypervisors: 1, sandboxes: 3, machines: 1, fallsWithGuestKernel: 3, largestSharedKernel: 3 }],
    ['microvm', { kernels: 4, userlands: 3, hypervisors: 3, sandboxes: 0, machines: 3, fallsWithGuestKernel: 1, largestSharedKernel: 1 }],
  ])('three apps placed as %s', (placement, expected) => {
    expect(measures({ [placement]: 3 })).toMatchObject({ apps: 3, guestKernels: expected.kernels - 1, fallsWithHostKernel: 3, ...expected });
  });

  test('of several guests the kernel with most apps counts, and the host’s is none of them', () => {
    expect(measures({ 'container': 3, 'vm': 1, 'container-in-vm': 2 })).toMatchObject({ fallsWithGuestKernel: 2, fallsWithHostKernel: 6 });
    expect(measures({})).toMatchObject({ fallsWithGuestKernel: 0, fallsWithHostKernel: 0 });
  });

  test('a container calls the host’s kernel, and one in a virtual machine calls that of the machine', () => {
    const { stack } = stateOf({ 'container': 1, 'container-in-vm': 2 });
    expect(kernelOf(stack, 'app-1')?.id).toBe('host/kernel');
    expect(kernelOf(stack, 'app-2')?.id).toBe('container-in-vm/guest-kernel');
    expect(kernelOf(stack, 'app-3')?.id).toBe('container-in-vm/guest-kernel');
  });

  test('a microVM has a kernel and virtual hardware, but no firmware', () => {
    const layers = (placement: Placement) => pathTo(stateOf({ [placement]: 1 }).stack, 'app-1').map(({ part }) => part.layer);
    expect(layers('vm')).toEqual(['hardware', 'firmware', 'kernel', 'hypervisor', 'hardware', 'firmware', 'kernel', 'userland', 'application']);
    expect(layers('microvm')).toEqual(['hardware', 'firmware', 'kernel', 'hypervisor', 'hardware', 'kernel', 'userland', 'application']);
  });

  test('the VMM stands outside the wall of its virtual machine, the guest’s kernel inside', () => {
    const path = pathTo(stateOf({ vm: 1 }).stack, 'app-1');
    expect(path.find(({ part }) => part.layer === 'hypervisor')?.wall).toBeUndefined();
    const [machine] = path.filter(({ wall }) => wall?.enforcedBy === 'hardware');
    expect(machine && nodesOf(machine).some(({ id }) => id === 'app-1/guest-kernel')).toBe(true);
  });

  test('an app keeps its node when it moves, and a removed app’s number is not given again', () => {
    const ids = (state: State) => nodesOf(state.stack).map(({ id }) => id).filter((id) => /^app-\d+$/.test(id));
    expect(ids(stateOf({ container: 2 }, move(2, 'vm')))).toEqual(['app-1', 'app-2']);
    expect(ids(stateOf({ container: 2 }, remove(2), add('container')))).toEqual(['app-1', 'app-3']);
  });
});

describe('what it costs', () => {
  test('an image is stored once for all its containers, and once for all virtual machines', () => {
    const layer = figure('img.debian-slim.compressed').value / 1e6;
    const disk = figure('vmimg.debian13').value / 1e6;
    expect(measures({ container: 1 })['diskMbLow']).toBeCloseTo(layer, 6);
    expect(measures({ container: 5 })['diskMbHigh']).toBeCloseTo(layer, 6);
    expect(measures({ vm: 5 })['diskMbLow']).toBeCloseTo(disk, 6);
    expect(measures({ 'vm': 2, 'container-in-vm': 2 })['diskMbHigh']).toBeCloseTo(disk + layer, 6);
    expect(measures({ 'container-in-vm': 5 })['diskMbLow']).toBeCloseTo(disk + layer, 6);
  });

  test('the engine of the host and the one in a virtual machine store the image once each', () => {
    const both = measures({ 'container': 2, 'container-in-vm': 2 })['diskMbLow'];
    expect(both).toBeCloseTo((figure('vmimg.debian13').value + 2 * figure('img.debian-slim.compressed').value) / 1e6, 6);
  });

  test('memory grows by a sandbox for each container and by a whole guest for each virtual machine', () => {
    const sandbox = figure('gvisor.density.empty.runc');
    const qemu = figure('mem.rss.qemu');
    expect(measures({ container: 4 })['memoryMbLow']).toBeCloseTo(4 * sandbox.value, 6);
    expect(measures({ vm: 2 })['memoryMbLow']).toBeCloseTo(2 * qemu.low * MIB, 6);
    expect(measures({ vm: 2 })['memoryMbHigh']).toBeCloseTo(2 * qemu.high * MIB, 6);
    expect(measures({ 'container-in-vm': 3 })['memoryMbLow']).toBeCloseTo(qemu.low * MIB + 3 * sandbox.value, 6);
  });

  test('where no source was found there is no number', () => {
    expect(measures({ metal: 2 })).toMatchObject({ diskMbLow: 'no figure', memoryMbHigh: 'no figure', startMsLow: 'no figure', startAnyMsHigh: 'no figure' });
    expect(measures({ microvm: 1 })).toMatchObject({ diskMbLow: 'no figure', diskUnknownParts: 2 });
    expect(stateOf({ container: 1, microvm: 1 }).disk.unknown).toEqual(['nginx itself', 'the microVM’s disk']);
    expect(stateOf({ container: 1 }).memory.unknown).toEqual(['nginx itself', 'the container engine']);
  });

  test('the start of one more is the start of the kind that was placed last', () => {
    expect(measures({ container: 1 })).toMatchObject({ startMsLow: figure('start.docker.lightvm').value, startMsHigh: figure('gvisor.startup.empty.runc').value });
    expect(measures({ container: 1 }, add('vm'))).toMatchObject({ startMsLow: figure('start.vm.ubuntu.cloud').low * 1000 });
    expect(measures({ container: 1, vm: 1 }, move(2, 'metal'))).toMatchObject({ startMsLow: 'no figure' });
  });

  test('a step of a start, or the run after it, counts as no start', () => {
    const { steps } = stateOf({ container: 1 }).readings;
    expect(steps.map(({ figures: [id] }) => id)).toEqual(['start.containerd.runc.create', 'start.containerd.runc', 'start.uk2021.docker-min']);
    expect(measures({ container: 1 })).toMatchObject({ startAnyMsLow: figure('start.docker.lightvm').value, startAnyMsHigh: figure('gvisor.startup.empty.runc').value });
  });

  test('every start-up time says when its clock starts and stops', () => {
    const starts = PLACEMENT_IDS.map((id) => stateOf({ [id]: 1 }).readings).flatMap(({ start, steps }) => [...start, ...steps]).flatMap((reading) => reading.figures);
    const silent = figureCards(starts).filter(({ interval = '' }) => interval.length < 20);
    expect(starts.length).toBeGreaterThan(10);
    expect(silent).toEqual([]);
  });

  test('measurements of unlike intervals are merged only where words say so: else a range rests on one figure, or on the same boot on several hosts', () => {
    const merged = PLACEMENT_IDS.flatMap((id) => stateOf({ [id]: 1 }).readings.start).filter((reading) => reading.figures.length > 1 && !reading.words);
    const intervals = merged.map((reading) => new Set(figureCards(reading.figures).map(({ interval }) => interval)).size);
    expect(intervals).toEqual([1, 1, 1]);
  });

  test('a microVM boots within the time that engines need for a container, a full guest does not', () => {
    const container = measures({ container: 1 });
    expect(measures({ microvm: 1 })['startMsHigh']).toBeLessThan(container['startAnyMsLow'] as number);
    expect(measures({ vm: 1 })['startMsLow']).toBeGreaterThan(container['startAnyMsHigh'] as number);
  });

  test('a missing figure and a wrong unit are named', () => {
    const { 'mem.rss.fc': _, ...fewer } = figures;
    expect(() => replay(stackCost(fewer), { config: { app: 'nginx', start: { microvm: 1 } }, seed: 1, actions: [] })).toThrow('There is no figure "mem.rss.fc".');
    const wrong = { ...figures, 'mem.rss.fc': { ...figure('mem.rss.fc'), unit: 'GFLOPS' } };
    expect(() => replay(stackCost(wrong), { config: { app: 'nginx', start: { microvm: 1 } }, seed: 1, actions: [] })).toThrow('is in GFLOPS, which is neither a size nor a time');
  });
});

describe('what it says', () => {
  test.each<[string, Config['start'], readonly Action[], string]>([
    ['an empty host', {}, [], 'The host runs one kernel and no app yet. Add one and see what comes with it.'],
    ['three containers', { container: 3 }, [], 'Three copies of nginx, three walls, one kernel. Each container brought a userland; none brought a kernel.'],
    ['all into virtual machines', { container: 3 }, [moveAll('vm')], 'Four kernels run: the host’s and one in each VM. Each copy carries virtual hardware, firmware, a kernel and a userland of its own; no two apps share a kernel.'],
    ['one of them back on metal', { vm: 3 }, [move(2, 'metal')], 'One kernel went with its VM; three are left. nginx 2 brought nothing but itself: the host’s kernel answers it.'],
    ['one of three containers into a virtual machine', { container: 3 }, [move(3, 'vm')], 'A second kernel runs now: the VM brought its own. nginx 3 no longer shares the host’s with two other apps. With it came firmware and a userland of its own.'],
    ['the only container into a virtual machine', { container: 1 }, [move(1, 'vm')], 'A second kernel runs now: the VM brought its own. The host’s answers no app directly any more. With it came firmware and a userland of its own.'],
    ['a further container', { container: 3 }, [add('container')], 'nginx 4 brought a userland but no kernel: the host’s answers four apps now. Its image was on the disk already: the files are not stored again.'],
    ['a container in a virtual machine beside one on the host', { container: 1 }, [add('container-in-vm')], 'A second kernel runs now: the VM around the container brought its own. The app is in a container, yet its system calls end in that kernel, not in the host’s. The image is stored twice now: the host’s engine and the one in the VM have a store each.'],
    ['a second container in the same virtual machine', { 'container-in-vm': 1 }, [add('container-in-vm')], 'nginx 2 joined the VM for containers: its kernel answers both of them. Its image was on the disk already: the files are not stored again.'],
    ['a virtual machine that becomes a microVM', { vm: 2 }, [move(1, 'microvm')], 'As many kernels run as before: the microVM brought its own. What a microVM leaves out is the firmware, not the kernel.'],
    ['a second virtual machine', { vm: 1 }, [add('vm')], 'Three kernels run now: the VM brought its own. With it came firmware and a userland of its own. Its disk is an overlay on the image that is there already.'],
    ['a container taken away', { container: 3 }, [remove(1)], 'nginx 1 is gone. No kernel went with it: the host’s still answers two other apps.'],
    ['the last virtual machine taken away', { vm: 1 }, [remove(1)], 'nginx 1 is gone. One kernel is left: the host’s.'],
    ['one of two containers of a virtual machine taken away', { 'container-in-vm': 2 }, [remove(1)], 'nginx 1 is gone. The VM and its kernel stay for another container.'],
    ['everything onto metal', { vm: 3 }, [moveAll('metal')], 'The number of kernels fell by three. One userland and one kernel serve all three apps. Nothing is duplicated, and no wall stands between them.'],
    ['metal into containers', { metal: 2 }, [moveAll('container')], 'No kernel came or went. Two copies of nginx, two walls, one kernel. Each container brought a userland; none brought a kernel.'],
    ['a mixture', { metal: 1, container: 2, vm: 1 }, [], 'Four apps run on two kernels. The host’s answers three of the apps; the other kernels came with VMs.'],
    ['a mixture on one kernel', { metal: 1, container: 2 }, [], 'Three apps run on one kernel, some behind a wall and some not. None brought a kernel.'],
  ])('%s', (_, start, actions, expected) => {
    expect(say(start, ...actions)).toBe(expected);
  });

  test('what happened has a rule behind it', () => {
    const state = stateOf({ container: 3 }, move(3, 'vm'));
    const reasons = state.facts.flatMap((fact) => model.why(state, fact));
    expect(reasons.map(({ rule }) => rule)).toEqual(['appPlaced', 'kernelAdded', 'hostKernelLeft', 'firmwareAdded']);
    expect(reasons[1]?.text).toContain('boots a kernel of its own');
  });

  test('no sentence has a blank left, no sentence goes unused, and only placing is passed over in silence', () => {
    const told = new Set<string>();
    const tables = stackCostTables(figures);
    const spied = { ...tables, sentences: new Proxy(tables.sentences, { get: (all, key: string) => (told.add(key), all[key]) }) };
    const silent = new Set<string>();
    const everyStart = PLACEMENT_IDS.flatMap((a) => PLACEMENT_IDS.flatMap((b) => [0, 1, 2, 3].flatMap((n) => [0, 1].map((m): Config['start'] => ({ [b]: m, [a]: n })))));
    for (const start of [...everyStart, { 'container': 1, 'container-in-vm': 3, 'vm': 2 }]) {
      const spy = stackCostIn(spied);
      const state = spy.init({ app: 'nginx', start }, 1);
      for (const each of [state, ...model.legal(state).map((action) => spy.step(state, action).state)]) {
        expect(spy.describe(each)).not.toMatch(/[{}]|undefined/);
        for (const fact of each.facts) if (spy.describe({ ...each, facts: [fact] }) === '') silent.add(fact.id);
      }
    }
    // A stack of nine kernels and the like use numbers that these small stacks do not reach.
    expect(Object.keys(tables.sentences).filter((key) => !told.has(key) && !/^\d$/.test(key))).toEqual([]);
    expect([...silent].toSorted()).toEqual(['appPlaced', 'kernelAdded']);
  });
});

describe('golden trace', () => {
  test('three containers, one by one into virtual machines and out again', () => {
    const actions = [move(1, 'vm'), move(2, 'microvm'), move(3, 'container-in-vm'), add('container'), remove(2), moveAll('metal'), remove(1)];
    const { facts } = replay(model, { config: { app: 'nginx', start: { container: 3 } }, seed: 1, actions });
    expect(facts).toEqual([
      { id: 'appPlaced', app: 1, as: 'vm' },
      { id: 'kernelAdded', added: 1, kernels: 2, by: 'vm', scope: 'one' },
      { id: 'hostKernelLeft', app: 1, others: 2 },
      { id: 'firmwareAdded' },
      { id: 'appPlaced', app: 2, as: 'microvm' },
      { id: 'kernelAdded', added: 1, kernels: 3, by: 'microvm', scope: 'one' },
      { id: 'hostKernelLeft', app: 2, others: 1 },
      { id: 'firmwareLeftOut' },
      { id: 'appPlaced', app: 3, as: 'container-in-vm' },
      { id: 'kernelAdded', added: 1, kernels: 4, by: 'container-in-vm', scope: 'one' },
      { id: 'hostKernelBypassed' },
      { id: 'appPlaced', app: 4, as: 'container' },
      { id: 'kernelShared', app: 4, apps: 1, as: 'container' },
      { id: 'imageStoredTwice' },
      { id: 'appRemoved', app: 2, from: 'microvm' },
      { id: 'kernelRemoved', removed: 1, kernels: 3, scope: 'one' },
      { id: 'appPlaced', app: 1, as: 'metal' },
      { id: 'appPlaced', app: 3, as: 'metal' },
      { id: 'appPlaced', app: 4, as: 'metal' },
      { id: 'kernelRemoved', removed: 2, kernels: 1, scope: 'all' },
      { id: 'stackStood', as: 'metal', apps: 3, kernels: 1, answered: 3 },
      { id: 'appRemoved', app: 1, from: 'metal' },
      { id: 'kernelKept', kernel: 'host', apps: 2, scope: 'one' },
    ]);
  });
});

describe('what is refused', () => {
  test.each<[string, Config['start'], Action, string]>([
    ['a ninth app', { container: 8 }, add('container'), 'At most 8 apps fit here.'],
    ['an app that is not here', { container: 1 }, remove(7), 'nginx 7 is not here.'],
    ['a move to where the app is', { container: 1 }, move(1, 'container'), 'It is there already.'],
    ['a move of all to where all are', { vm: 2 }, moveAll('vm'), 'It is there already.'],
    ['a move of nothing', {}, moveAll('vm'), 'It is there already.'],
    ['an unknown placement', {}, add('jail' as Placement), 'There is no placement "jail".'],
  ])('%s', (_, start, action, message) => {
    expect(() => stateOf(start, action)).toThrow(new SimError(message));
  });

  test('a start that makes no sense', () => {
    expect(() => stateOf({ container: 5, vm: 4 })).toThrow('At most 8 apps fit here.');
    expect(() => stateOf({ container: -1 })).toThrow('A number of apps is 0 to 8, not -1.');
    expect(() => stateOf({ container: 1e9 })).toThrow('A number of apps is 0 to 8, not 1000000000.');
    expect(() => stateOf({ jail: 1 } as Config['start'])).toThrow('There is no placement "jail".');
    expect(() => model.init({ app: 'emacs' as 'nginx', start: {} }, 1)).toThrow('There is no app "emacs".');
  });
});

/** Starts that are allowed, and walks over what `legal` offers. */
const starts = fc.array(fc.constantFrom(...PLACEMENT_IDS), { maxLength: MOST_APPS }).map((placements): Config['start'] => {
  const start: Partial<Record<Placement, number>> = {};
  for (const placement of placements) start[placement] = (start[placement] ?? 0) + 1;
  return start;
});
const walks = fc.record({ app: fc.constantFrom(...PROGRAMS), start: starts, picks: fc.array(fc.nat(), { maxLength: 25 }) });

function walk(config: Config, picks: readonly number[], visit: (before: State, action: Action, after: State) => void): void {
  let state = model.init(config, 1);
  for (const pick of picks) {
    const legal = model.legal(state);
    const action = legal[pick % legal.length] as Action;
    const after = model.step(state, action).state;
    visit(state, action, after);
    state = after;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

describe('in every reachable state', () => {
  test.each(Object.entries(model.invariants))('%s', (_, holds) => {
    fc.assert(fc.property(walks, ({ app, start, picks }) => {
      expect(holds(model.init({ app, start }, 1))).toBe(true);
      walk({ app, start }, picks, (__, ___, after) => expect(holds(after)).toBe(true));
    }), { numRuns: 60 });
  });

  test('a total is the sum of its parts’ bills', () => {
    fc.assert(fc.property(walks, ({ app, start, picks }) => {
      walk({ app, start }, picks, (_, __, { bills, disk, memory }) => {
        for (const [resource, total] of [['disk', disk], ['memory', memory]] as const) {
          const costs = Object.values(bills).map((bill) => bill[resource]).filter((cost) => typeof cost !== 'string');
          expect(total.low).toBeCloseTo(costs.reduce((sum, { low }) => sum + low, 0), 6);
          expect(total.high).toBeCloseTo(costs.reduce((sum, { high }) => sum + high, 0), 6);
        }
      });
    }), { numRuns: 60 });
  });

  test('one more app never costs less, and one fewer never costs more', () => {
    fc.assert(fc.property(walks, ({ app, start, picks }) => {
      walk({ app, start }, picks, (before, action, after) => {
        if (action.type === 'add') expect(after.memory.low).toBeGreaterThanOrEqual(before.memory.low - 1e-9);
        if (action.type === 'remove') expect(after.disk.high).toBeLessThanOrEqual(before.disk.high + 1e-9);
      });
    }), { numRuns: 60 });
  });

  test('there is something to say, and it ends in a period', () => {
    fc.assert(fc.property(walks, ({ app, start, picks }) => {
      walk({ app, start }, picks, (_, __, after) => expect(model.describe(after)).toMatch(/^(nginx|node|[A-Z]).+\.$/));
    }), { numRuns: 60 });
  });

  test('a step leaves its arguments as they were', () => {
    const frozen = stackCost(deepFreeze(figures));
    fc.assert(fc.property(walks, ({ app, start, picks }) => {
      let state = deepFreeze(frozen.init(deepFreeze({ app, start }), 1));
      for (const pick of picks) {
        const legal = frozen.legal(state);
        state = deepFreeze(frozen.step(state, deepFreeze(legal[pick % legal.length] as Action)).state);
      }
    }), { numRuns: 60 });
  });

  test('the order of arrival does not change the costs', () => {
    fc.assert(fc.property(fc.shuffledSubarray([...PLACEMENT_IDS, ...PLACEMENT_IDS].slice(0, MOST_APPS), { minLength: 1 }), (placements) => {
      const straight = stateOf({}, ...placements.map(add));
      const reversed = stateOf({}, ...placements.toReversed().map(add));
      expect(straight.disk.low).toBeCloseTo(reversed.disk.low, 6);
      expect(straight.memory.high).toBeCloseTo(reversed.memory.high, 6);
      expect(model.measure(straight)['kernels']).toBe(model.measure(reversed)['kernels']);
    }), { numRuns: 60 });
  });
});
