/** Every experiment on real machines: not done before, done after its steps, and each hint at the mistake that it is made for. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labOf } from '../../src/linux-lab/load.ts';
import type { Experiment } from '../../src/sim/linux-lab/index.ts';
import { Bench, typed } from './play.ts';

const { experiments, recording } = labOf();
const experiment = (id: string) => experiments.find((each) => each.id === id) as Experiment;

describe('the experiments', () => {
  const bench = new Bench();
  afterAll(() => bench.end());

  test.each(experiments.map(({ id }) => id))('%s is done by its steps, and was not before', async (id) => {
    const each = experiment(id);
    if (id !== 'boot') for (const machine of each.needs) await bench.boot(machine);
    expect((await bench.outcome(each, 0)).done).toBe(false);
    await bench.play(each);
    const { done, open, values } = await bench.outcome(each);
    expect({ done, open, measured: Object.keys(values) }).toEqual({ done: true, open: [], measured: each.measures.map(({ id: measure }) => measure) });
  });

  test('measure what their prose says', async () => {
    const { uname, pid, memory, pids, byhand, start } = recording.results;
    expect(uname?.host).toBe(uname?.container);
    expect(uname?.other).not.toBe(uname?.host);
    expect([pid?.inside, pid?.signal, memory?.status, memory?.calm]).toEqual([1, 9, 137, 'alive']);
    expect(pids?.now).toBeLessThan(9);
    expect(byhand?.limit).toBe(16 * 2 ** 20);
    expect(start?.ratio).toBeGreaterThan(5);
  });
});

/** What a reader gets wrong, and how the hint for it begins. */
const MISTAKES: readonly (readonly [id: string, says: string, ...lines: readonly string[]])[] = [
  ['start', 'There is no Docker', 'docker run tiny echo hello'],
  ['start', 'Something was left out.', 'box run c1'],
  ['start', 'There is no such image.', 'box run tiny echo hello'],
  ['start', 'A container ended with a failure.', 'box run c1 tiny nosuchcommand'],
  ['pid', 'The container “watched” has ended', 'box run -d watched tiny true', 'sleep 1'],
  // A status that only looks like a signal’s.
  ['pid', 'The container “watched” has ended', "box run watched tiny sh -c 'exit 137'"],
  ['pid', 'It runs, and the kernel knows both', 'box run -d watched tiny sleep 1000'],
  ['memory', 'The hog has ended, and the kernel has killed nothing', "box run -d calm tiny sleep 1000; box run hog tiny sh -c 'exit 137'"],
  ['memory', 'The hog has no limit', 'box run -d hog tiny sleep 1000'],
  ['memory', 'The kernel killed box itself', 'box stop hog; box run -m 8 hog tiny tail /dev/zero'],
  ['memory', 'The hog is dead, and there is no neighbor', 'box stop calm; box run -m 8M hog tiny tail /dev/zero'],
  ['panic', 'Machine B is off.', 'true'],
  ['uname', 'Machine B is off.', 'true'],
  ['pids', 'The container has no limit.', 'box run -d bomb tiny sleep 1000'],
  ['cpu', 'The loop has no limit.', "box run -d spin tiny sh -c 'while :; do :; done'"],
  ['cpu', 'The loop has another ceiling', "box stop spin; box run -d -c 50 spin tiny sh -c 'while :; do :; done'"],
  ['veth', 'Both containers run, and neither has an end', 'box stop spin; box run -d left tiny sleep 1000; box run -d right tiny sleep 1000; ip link add one type veth'],
  ['veth', 'One end is in its place.', 'ip link set one netns $(box pid left)'],
  ['veth', 'Both ends are in their places', 'ip link set veth0 netns $(box pid right)'],
  ['upper', 'No container has written a file yet.', 'rm -f /run/box/*/upper/*'],
  ['byhand', 'The cgroup exists and limits nothing.', 'mkdir /sys/fs/cgroup/hand'],
  ['byhand', 'The cgroup is there and empty.', 'echo 16M > /sys/fs/cgroup/hand/memory.max'],
  ['byhand', 'A shell is in the cgroup and still in the machine’s namespaces.', "sh -c 'echo 0 > /sys/fs/cgroup/hand/cgroup.procs; exec sleep 1000' & sleep 1"],
];

/** Experiment 11 with something left out: which of its steps are typed, and how the hint begins. */
const OMISSIONS: readonly (readonly [what: string, says: string, type: (steps: readonly string[]) => readonly string[]])[] = [
  ['the cgroup', 'It has its namespaces, and no cgroup', ([, ...rest]) => rest],
  ['the new namespaces', 'The machine itself has lost its files', ([one = '', two = '', , four = '']) => [one, two, four]],
  ['-f', 'Its children would get numbers of their own', ([one = '', two = '', three = '']) => [one, two, three.replace(' -f', '')]],
  ['the network', 'It shares some namespaces', ([one = '', two = '', three = '', four = '']) => [one, two, three.replace(' -n', ''), four]],
  ['the root', 'Its namespaces are there; its root is still', ([one = '', two = '', three = '']) => [one, two, three]],
  ['pivot_root for chroot', 'chroot has changed where its paths begin', ([one = '', two = '', three = '']) => [one, two, three, "cd /run/hand/root; mount -t proc proc proc; exec chroot . sh -c 'hostname hand; exec sh'"]],
  ['taking the old root away', 'It has a root of its own, and the machine’s is still mounted', ([one = '', two = '', three = '', four = '']) => [one, two, three, four.replace('umount -l /old; rmdir /old; ', '')]],
  ['the name', 'All of it is there but the name', ([one = '', two = '', three = '', four = '']) => [one, two, three, four.replace('hostname hand; ', '')]],
];

describe('hints', () => {
  const bench = new Bench();
  beforeAll(() => bench.boot('a').then(() => undefined));
  afterAll(() => bench.end());

  test.each(MISTAKES)('%s: %s', async (id, says, ...lines) => {
    for (const line of lines) await typed(bench.at('a'), line);
    const { done, hint } = await bench.outcome(experiment(id), 0);
    expect({ done, hint }).toEqual({ done: false, hint: expect.stringContaining(says) });
  });
});

describe('experiment 11 says what is missing', () => {
  test.each(OMISSIONS)('%s: %s', async (_, says, type) => {
    const bench = new Bench();
    const byhand = experiment('byhand');
    await bench.boot('a');
    for (const line of type(byhand.steps.map((step) => step.type))) await typed(bench.at('a'), line);
    const { done, hint, open } = await bench.outcome(byhand, 0);
    expect({ done, hint, isOpen: open.length > 0 }).toEqual({ done: false, hint: expect.stringContaining(says), isOpen: true });
    await bench.end();
  });
});

describe('what another command left is not taken for this one', () => {
  test('a hog without a limit that took the machine’s memory', async () => {
    const bench = new Bench();
    await bench.boot('a');
    await typed(bench.at('a'), 'box run -d calm tiny sleep 1000; box run hog tiny tail /dev/zero', 60_000);
    expect(await bench.outcome(experiment('memory'), 3000)).toMatchObject({ done: false, hint: expect.stringContaining('The machine’s own memory ran out') });
    await bench.end();
  });

  test('Ctrl-C is no kill that was typed, and an old failure no reason for a new one', async () => {
    const bench = new Bench();
    const machine = await bench.boot('a');
    machine.type('box run watched tiny sleep 1000\r');
    await expect.poll(async () => (await bench.ask(experiment('pid')))['a.inside'], { timeout: 20_000 }).toBe(1);
    const from = machine.transcript.length;
    machine.type('\u0003');
    await machine.printed((text) => text.includes('# '), from);
    expect(await bench.outcome(experiment('pid'), 0)).toMatchObject({ done: false, hint: expect.stringContaining('which Ctrl-C and box stop send too') });
    await typed(machine, 'box run -t c1 tyny echo hello');
    expect(await bench.outcome(experiment('start'), 0)).toMatchObject({ done: false, hint: expect.stringContaining('There is no such image.') });
    await bench.end();
  });
});

describe('a machine', () => {
  const BY_CONTAINER = "box run --privileged evil tiny sh -c 'echo c > /proc/sysrq-trigger'";
  test.each([
    ['without a container on it', [BY_CONTAINER], { done: false, hint: expect.stringContaining('no container had been seen running on it') }],
    ['by its own root', ['box run -d witness tiny sleep 1000', 'echo c > /proc/sysrq-trigger'], { done: false, hint: expect.stringContaining('The machine’s own root has stopped the kernel') }],
    ['by a container, its witness running', ['box run -d witness tiny sleep 1000', BY_CONTAINER], { done: true, hint: '' }],
  ])('that panics %s', async (_, lines, wanted) => {
    const bench = new Bench();
    const panic = experiment('panic');
    for (const id of panic.needs) await bench.boot(id);
    await typed(bench.at('b'), 'box run -d witness tiny sleep 1000');
    for (const line of lines) {
      await bench.ask(panic);
      await typed(bench.at('a'), line);
    }
    expect(await bench.outcome(panic, 0)).toMatchObject(wanted);
    await bench.end();
  });

  test('that was killed before it was looked at, does not show what a process is within', async () => {
    const bench = new Bench();
    await bench.boot('a');
    await typed(bench.at('a'), 'box run -d watched tiny sleep 1000; kill -9 $(box pid watched); sleep 1');
    expect(await bench.outcome(experiment('pid'), 0)).toMatchObject({ done: false, hint: expect.stringContaining('It was killed before it had been seen') });
    await bench.end();
  });

  test('that is silent is told from one that was not asked', async () => {
    const bench = new Bench();
    await bench.boot('a');
    await bench.at('a').halt();
    expect(await bench.ask({ ...experiment('boot'), probes: { a: 'echo kernel=1' } })).toMatchObject({ 'a.silent': 1 });
    await bench.end();
  });
});
