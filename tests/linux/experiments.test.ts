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
    for (const machine of each.needs) if (!bench.machines[machine] && id !== 'boot') await bench.boot(machine);
    expect((await bench.outcome(each, 0)).done).toBe(false);
    await bench.play(each);
    const { done, values } = await bench.outcome(each);
    expect({ done, measured: Object.keys(values) }).toEqual({ done: true, measured: each.measures.map(({ id: measure }) => measure) });
  });

  test('measure what their prose says', async () => {
    const { uname, pid, memory, pids, byhand, start } = recording.results;
    expect(uname?.host).toBe(uname?.container);
    expect(uname?.other).not.toBe(uname?.host);
    expect([pid?.inside, pid?.ended, memory?.status, memory?.calm]).toEqual([1, 137, 137, 'alive']);
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
  ['pid', 'It runs, and the kernel knows both', 'box run -d watched tiny sleep 1000'],
  ['memory', 'The hog is dead, and there is no neighbor', 'box run -m 8M hog tiny tail /dev/zero'],
  ['memory', 'The kernel killed box itself', 'box run -d calm tiny sleep 1000; box run -m 8 hog tiny tail /dev/zero'],
  ['panic', 'Machine B is off.', 'true'],
  ['uname', 'Machine B is off.', 'true'],
  ['pids', 'The container has no limit.', 'box run -d bomb tiny sleep 1000'],
  ['cpu', 'The loop has no limit.', "box run -d spin tiny sh -c 'while :; do :; done'"],
  ['veth', 'Both containers run, and neither has an end', 'box run -d left tiny sleep 1000; box run -d right tiny sleep 1000; ip link add one type veth'],
  ['veth', 'One end is in its place.', 'ip link set one netns $(box pid left)'],
  ['veth', 'Both ends are in their places', 'ip link set veth0 netns $(box pid right)'],
  ['upper', 'No container has written a file yet.', 'true'],
  ['byhand', 'The cgroup exists and limits nothing.', 'mkdir /sys/fs/cgroup/hand'],
  ['byhand', 'The cgroup is there and empty.', 'echo 16M > /sys/fs/cgroup/hand/memory.max'],
  ['byhand', 'A shell is in the cgroup and still in the machine’s namespaces.', "sh -c 'echo 0 > /sys/fs/cgroup/hand/cgroup.procs; exec sleep 1000' & sleep 1"],
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

describe('a machine', () => {
  test.each([
    ['that runs nothing, is not seen to take its containers with it', [], { done: false, hint: expect.stringContaining('no container had been seen running on it') }],
    ['with its witness, is', ['box run -d witness tiny sleep 1000'], { done: true, hint: '' }],
  ])('that panics, %s', async (_, lines, wanted) => {
    const bench = new Bench();
    const panic = experiment('panic');
    for (const id of panic.needs) await bench.boot(id);
    await typed(bench.at('b'), 'box run -d witness tiny sleep 1000');
    for (const line of lines) await typed(bench.at('a'), line);
    if (lines.length > 0) await bench.ask(panic);
    await typed(bench.at('a'), 'echo c > /proc/sysrq-trigger');
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
