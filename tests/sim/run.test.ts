/** Runs, random numbers and stacks: what every model and every playground rests on. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  act, countLayer, DOCKER_SANDBOX, draw, faultsOf, fork, generator, kernelOf, nodesOf, pathTo, processesByKernel, replay, seek, SimError, startRun, upTo,
  type Model, type Part, type Run, type StackNode,
} from '../../src/sim/index.ts';

interface Sum {
  readonly total: number;
  readonly steps: number;
}
type Added = { readonly id: 'added'; readonly by: number };

/** Counts how often it is asked to step, so that a seek from a checkpoint can be told from one from the start. */
function summing(): Model<number, Sum, number, Added> & { readonly asked: () => number } {
  let asked = 0;
  return {
    id: 'summing',
    defaults: 0,
    init: (config) => ({ total: config, steps: 0 }),
    legal: () => [1, 2, 3],
    step: (state, action) => {
      asked += 1;
      if (action < 0) throw new SimError('Nothing is taken away here.');
      return { state: { total: state.total * 3 + action, steps: state.steps + 1 }, facts: [{ id: 'added', by: action }] };
    },
    isDone: () => false,
    describe: ({ total }) => `The sum is ${total}.`,
    why: () => [],
    measure: ({ total }) => ({ total }),
    invariants: {},
    asked: () => asked,
  };
}

type SumRun = Run<number, Sum, number, Added>;

const run = (actions: readonly number[], cursor = actions.length): SumRun => seek(startRun(summing(), { config: 1, seed: 1, actions }), cursor);
const actions = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 150 });
const runs = fc.tuple(actions, fc.nat({ max: 160 })).map(([taken, at]) => run(taken, Math.min(at, taken.length)));
const seen = ({ cursor, state, log }: SumRun) => ({ cursor, state, log });

describe('a run', () => {
  test('stands before its first action until it is moved', () => {
    expect(startRun(summing(), { config: 5, seed: 1, actions: [1, 2] })).toMatchObject({ cursor: 0, state: { total: 5, steps: 0 }, log: [] });
  });

  test('shows after any way to an instant what it shows after the straight way', () => {
    fc.assert(fc.property(actions, fc.array(fc.nat({ max: 160 }), { maxLength: 8 }), (taken, cursors) => {
      let wandering = startRun(summing(), { config: 1, seed: 1, actions: taken });
      for (const cursor of cursors) {
        wandering = seek(wandering, cursor);
        expect(seen(wandering)).toEqual(seen(run(taken, Math.min(cursor, taken.length))));
      }
    }));
  });

  test('replays to the same state and facts, and those are the log of the whole run', () => {
    fc.assert(fc.property(actions, (taken) => {
      const recipe = { config: 1, seed: 1, actions: taken };
      expect(replay(summing(), recipe)).toEqual(replay(summing(), recipe));
      expect(replay(summing(), recipe)).toEqual({ state: run(taken).state, facts: run(taken).log.flat() });
    }));
  });

  test('has one list of facts for each action before the cursor', () => {
    fc.assert(fc.property(runs, ({ log, cursor, recipe }) => {
      expect(log).toEqual(recipe.actions.slice(0, cursor).map((by) => [{ id: 'added', by }]));
    }));
  });

  test('clamps the cursor to its own length', () => {
    expect(seek(run([1, 2]), 99).cursor).toBe(2);
    expect(seek(run([1, 2]), -1).cursor).toBe(0);
    expect(seek(run([1, 2]), 1.9).cursor).toBe(1);
  });

  test('refuses at the first action that is not allowed, with the model’s sentence', () => {
    expect(() => replay(summing(), { config: 1, seed: 1, actions: [1, -1, 1] })).toThrow(new SimError('Nothing is taken away here.'));
  });
});

describe('an action', () => {
  test('taken at the cursor cuts off the future and keeps the past', () => {
    fc.assert(fc.property(runs, fc.integer({ min: 1, max: 3 }), (before, action) => {
      const after = act(before, action);
      expect(after.recipe.actions).toEqual([...before.recipe.actions.slice(0, before.cursor), action]);
      expect(seen(after)).toEqual(seen(run(after.recipe.actions)));
    }));
  });

  test('leaves the run that it was taken in as it was', () => {
    fc.assert(fc.property(runs, fc.integer({ min: 1, max: 3 }), (before, action) => {
      const copy = structuredClone({ recipe: before.recipe, checkpoints: before.checkpoints, ...seen(before) });
      act(before, action);
      fork(before);
      seek(before, 0);
      expect({ recipe: before.recipe, checkpoints: before.checkpoints, ...seen(before) }).toEqual(copy);
    }));
  });

  test('after a cut never finds a checkpoint of the future that was cut off', () => {
    fc.assert(fc.property(runs, actions, fc.nat({ max: 160 }), (before, more, back) => {
      const after = more.reduce<SumRun>((at, action) => act(at, action), before);
      expect(seen(seek(seek(after, back), after.recipe.actions.length))).toEqual(seen(run(after.recipe.actions)));
    }));
  });
});

describe('a fork', () => {
  test('gives the same run, and one that shares its past and is free to differ', () => {
    fc.assert(fc.property(runs, fc.integer({ min: 1, max: 3 }), (before, action) => {
      const [kept, free] = fork(before);
      expect(kept).toBe(before);
      expect(seen(free)).toEqual(seen(before));
      expect(free.recipe.actions).toHaveLength(before.cursor);
      const differing = act(free, action);
      expect(seen(kept)).toEqual(seen(before));
      expect(seen(seek(differing, before.cursor))).toEqual(seen(before));
    }));
  });
});

describe('a checkpoint', () => {
  test('is kept every 32 actions, and is the state of that instant', () => {
    const long = run(Array.from({ length: 100 }, (_, i) => (i % 3) + 1));
    expect(long.checkpoints).toHaveLength(4);
    expect(long.checkpoints.map(({ steps }) => steps)).toEqual([0, 32, 64, 96]);
  });

  test('spares a seek backward the way from the start', () => {
    const model = summing();
    const end = seek(startRun(model, { config: 1, seed: 1, actions: Array.from({ length: 320 }, () => 1) }), 320);
    const before = model.asked();
    expect(seek(end, 319).state.steps).toBe(319);
    expect(model.asked() - before).toBeLessThan(32);
  });
});

describe('upTo', () => {
  test('keeps the recipe up to an instant, and never fewer than no actions', () => {
    const recipe = { config: 1, seed: 9, actions: [1, 2, 3] };
    expect(upTo(recipe, 2)).toEqual({ config: 1, seed: 9, actions: [1, 2] });
    expect(upTo(recipe, -1).actions).toEqual([]);
    expect(upTo(recipe, 10)).toEqual(recipe);
  });
});

describe('random numbers', () => {
  const take = (seed: number, count: number) => {
    const values: number[] = [];
    let at = generator(seed);
    for (let i = 0; i < count; i += 1) {
      const [value, next] = draw(at);
      values.push(value);
      at = next;
    }
    return values;
  };

  test('lie in [0, 1) and come from a state of 32 bits', () => {
    fc.assert(fc.property(fc.integer(), (seed) => {
      const [value, next] = draw(generator(seed));
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
      expect(Number.isInteger(next) && next >= 0 && next < 2 ** 32).toBe(true);
    }));
  });

  test('are the same for the same seed and others for the next', () => {
    expect(take(7, 5)).toEqual(take(7, 5));
    expect(take(7, 5)).not.toEqual(take(8, 5));
  });

  test('spread evenly over ten bins', () => {
    const bins = new Array<number>(10).fill(0);
    for (const value of take(1, 10_000)) bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1;
    // With 1,000 expected a bin, five standard deviations are about 150.
    expect(Math.max(...bins.map((count) => Math.abs(count - 1000)))).toBeLessThan(150);
  });
});

const hardware: Part = { layer: 'hardware', name: 'machine', isa: 'amd64', virtual: false, virtualization: 'on' };
const linux: Part = { layer: 'kernel', name: 'Linux', family: 'linux' };
const vmm: Part = { layer: 'hypervisor', name: 'KVM', type: 2, vmm: 'QEMU' };
const userland: Part = { layer: 'userland', name: 'Debian' };
const process: Part = { layer: 'application', name: 'nginx' };
const node = (id: string, part: Part, ...on: readonly StackNode[]): StackNode => ({ id, part, on });
const walled = (wall: NonNullable<StackNode['wall']>, inner: StackNode): StackNode => ({ ...inner, wall });
const virtual = (...on: readonly StackNode[]) => walled({ enforcedBy: 'hardware', name: 'VM' }, node('vhw', { ...hardware, virtual: true }, ...on));

describe('a stack', () => {
  const guest = node('gk', linux, node('gu', userland, node('g', process)));
  const container = walled({ enforcedBy: 'kernel', name: 'container', sandbox: DOCKER_SANDBOX }, node('cu', userland, node('c', process)));
  const stack = node('hw', hardware, node('k', linux, container, node('vmm', vmm, virtual(guest))));

  test('that keeps the rules has no faults', () => {
    expect(faultsOf(stack)).toEqual([]);
  });

  test('is walked ground first', () => {
    expect(nodesOf(stack).map(({ id }) => id)).toEqual(['hw', 'k', 'cu', 'c', 'vmm', 'vhw', 'gk', 'gu', 'g']);
    expect(pathTo(stack, 'g').map(({ id }) => id)).toEqual(['hw', 'k', 'vmm', 'vhw', 'gk', 'gu', 'g']);
    expect(pathTo(stack, 'nowhere')).toEqual([]);
    expect(countLayer(stack, 'kernel')).toBe(2);
  });

  test('has a nearest kernel below each process', () => {
    expect(kernelOf(stack, 'c')?.id).toBe('k');
    expect(kernelOf(stack, 'g')?.id).toBe('gk');
    expect(kernelOf(stack, 'hw')).toBeUndefined();
  });

  test('has each process answered by one kernel, and kernels that answer none', () => {
    expect([...processesByKernel(stack)]).toEqual([['k', 1], ['gk', 1]]);
    expect([...processesByKernel(node('hw', hardware, node('k', linux)))]).toEqual([['k', 0]]);
  });

  test.each<[string, StackNode, string]>([
    ['starts above the ground', node('k', linux), 'A stack stands on hardware.'],
    ['uses an id twice', node('a', hardware, node('a', linux)), 'Two parts have the same id.'],
    ['stands a kernel on a kernel', node('hw', hardware, node('k', linux, node('k2', linux))), 'kernel cannot stand on kernel.'],
    ['stands a process on the hardware', node('hw', hardware, node('p', process)), 'application cannot stand on hardware.'],
    ['stands hardware on a kernel', node('hw', hardware, node('k', linux, virtual())), 'hardware cannot stand on kernel.'],
    ['has a virtual machine without its wall', node('hw', hardware, node('k', linux, node('v', vmm, node('w', hardware)))), 'A virtual machine needs a wall that hardware enforces.'],
  ])('that %s is told what is wrong', (_, wrong, fault) => {
    expect(faultsOf(wrong)).toContain(fault);
  });
});
