/** When machines are asked whether an experiment is done, and which of their answers count. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AGAIN_MS, AGAIN_TIMES, CATCH_UP_MS, LATEST_MS, QUIET_MS, Watch, type Found, type Sought } from '../../components/linux-lab/watch.ts';
import type { Experiment, Values } from '../../src/sim/linux-lab/index.ts';

const experiment = {
  id: 'memory', needs: ['a'], probes: { a: 'echo killed' },
  done: [{ when: [{ key: 'a.killed', is: '>', than: { value: 0 } }], says: 'a full memory' }],
  hints: [{ when: [{ key: 'a.killed', is: '=', than: { value: 0 } }], says: 'Fill it.' }],
  measures: [{ id: 'killed', title: '', unit: '', from: 'a.killed', model: '', figures: [] }],
} as unknown as Experiment;

let sought: Sought | undefined;
let answers: Values;
let found: Found[];
const look = vi.fn<(experiment: Experiment) => Promise<Values>>();
const make = () => new Watch({ sought: () => sought, look, time: async () => ({ 'clock.timed': 5 }), tell: (each) => found.push(each) });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  sought = { experiment, mark: 'memory,1' };
  answers = { 'a.killed': 0 };
  found = [];
  look.mockReset().mockImplementation(async () => answers);
});
afterEach(() => vi.useRealTimers());

test('a look waits until the machine is quiet', async () => {
  const watch = make();
  for (let i = 0; i < 5; i += 1) {
    watch.stir();
    await pass(QUIET_MS / 2);
  }
  expect(look).not.toHaveBeenCalled();
  await pass(QUIET_MS);
  expect(found).toEqual([{ experiment, done: false, open: ['a full memory'], hint: 'Fill it.', values: {} }]);
});

test('a machine that is never quiet is looked at all the same', async () => {
  const watch = make();
  for (let ms = 0; ms < LATEST_MS + 500; ms += 100) {
    watch.stir();
    await pass(100);
  }
  expect(look).toHaveBeenCalledTimes(1);
});

test('a machine that prints nothing more is left alone after a few looks', async () => {
  make().stir();
  await pass(QUIET_MS + AGAIN_MS * 20);
  expect(look).toHaveBeenCalledTimes(1 + AGAIN_TIMES);
});

test('what becomes true in silence is found', async () => {
  make().stir();
  await pass(QUIET_MS);
  answers = { 'a.killed': 1 };
  await pass(AGAIN_MS);
  expect(found.at(-1)).toEqual({ experiment, done: true, open: [], hint: '', values: { killed: 1 } });
  await pass(AGAIN_MS * 5);
  expect(look).toHaveBeenCalledTimes(2);
});

test('what is printed during a look leads to another', async () => {
  const watch = make();
  look.mockImplementationOnce(async () => {
    watch.stir();
    return answers;
  });
  watch.stir();
  await pass(QUIET_MS);
  await pass(QUIET_MS);
  expect(look).toHaveBeenCalledTimes(2);
});

test('an answer from before a reset counts for nothing', async () => {
  let answer: (values: Values) => void = () => {};
  look.mockImplementationOnce(() => new Promise((resolve) => { answer = resolve; }));
  const watch = make();
  watch.stir();
  await pass(QUIET_MS);
  sought = { experiment, mark: 'memory,2' };
  answer({ 'a.killed': 1 });
  await pass(0);
  expect(found).toEqual([]);
  await pass(QUIET_MS);
  expect(found.map(({ done }) => done)).toEqual([false]);
});

test('nothing is asked while there is nothing to look for, and two looks never run at once', async () => {
  const watch = make();
  sought = undefined;
  watch.stir();
  await pass(QUIET_MS * 2);
  expect(look).not.toHaveBeenCalled();
  sought = { experiment, mark: 'x' };
  void watch.look();
  await watch.look();
  expect(look).toHaveBeenCalledTimes(1);
});

test('what was not measured whole is not noted', async () => {
  const half = { ...experiment, measures: [...experiment.measures, { id: 'gone', title: '', unit: '', from: 'a.gone', model: '', figures: [] }] };
  sought = { experiment: half, mark: 'x' };
  answers = { 'a.killed': 1 };
  await make().look();
  expect(found).toEqual([{ experiment: half, done: false, open: [], hint: expect.stringContaining('nothing was noted'), values: {} }]);
});

test('what is timed belongs to the result', async () => {
  const timed = { ...experiment, measures: [{ ...experiment.measures[0], from: 'clock.timed' }] } as Experiment;
  sought = { experiment: timed, mark: 'x' };
  answers = { 'a.killed': 1 };
  await make().look();
  expect(found[0]?.values).toEqual({ killed: 5 });
});

test('a watch that is stopped looks no more', async () => {
  const watch = make();
  watch.stir();
  watch.stop();
  await pass(LATEST_MS * 2);
  expect(look).not.toHaveBeenCalled();
});

test('who catches up waits for a look at all that has happened, but not for one that counts for seconds', async () => {
  const watch = make();
  await watch.catchUp();
  expect(look).not.toHaveBeenCalled();
  watch.stir();
  await watch.catchUp();
  expect(found).toHaveLength(1);
  // One that runs already saw the state before: there is another.
  let answer = () => {};
  look.mockImplementationOnce(() => new Promise((done) => { answer = () => done(answers); }));
  const first = watch.look();
  watch.stir();
  const caughtUp = watch.catchUp();
  answer();
  await first;
  await caughtUp;
  expect(look).toHaveBeenCalledTimes(3);
  look.mockImplementationOnce(() => new Promise(() => {}));
  watch.stir();
  let isOver = false;
  void watch.catchUp().then(() => { isOver = true; });
  await pass(CATCH_UP_MS - 1);
  expect(isOver).toBe(false);
  await pass(1);
  expect(isOver).toBe(true);
});
