/** The page’s side of the worker: what it asks is answered, refused, or ended. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Client, workerScript } from '../../components/linux-lab/client.ts';
import type { FromWorker, ToWorker } from '../../components/linux-lab/protocol.ts';

class FakeWorker extends EventTarget {
  static last: FakeWorker;
  readonly asked: ToWorker[] = [];
  isEnded = false;
  readonly address: string;
  constructor(address: string) {
    super();
    this.address = address;
    FakeWorker.last = this;
  }
  postMessage(message: ToWorker): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  tell(data: FromWorker): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const hears = { onBytes: vi.fn(), onText: vi.fn(), onEnd: vi.fn() };
beforeEach(() => vi.stubGlobal('Worker', FakeWorker));
afterEach(() => {
  vi.unstubAllGlobals();
  for (const heard of Object.values(hears)) heard.mockReset();
});

test('answers come to whom they belong, in whatever order', async () => {
  const client = new Client('/worker.js', hears);
  const [one, two] = [client.ask('probe', { machine: 'a', line: 'x', ms: 1 }), client.ask('probe', { machine: 'b', line: 'y', ms: 1 })];
  const [first, second] = FakeWorker.last.asked;
  FakeWorker.last.tell({ kind: 'answer', id: second?.id ?? 0, answer: 'second' });
  FakeWorker.last.tell({ kind: 'failure', id: first?.id ?? 0, says: 'Machine A is off.' });
  await expect(one).rejects.toThrow('Machine A is off.');
  expect(await two).toBe('second');
});

test('bytes and text are passed on', () => {
  void new Client('/worker.js', hears);
  FakeWorker.last.tell({ kind: 'bytes', bytes: 12 });
  FakeWorker.last.tell({ kind: 'text', machine: 'b', text: 'hello' });
  expect([hears.onBytes.mock.calls, hears.onText.mock.calls]).toEqual([[[12]], [['b', 'hello']]]);
});

test('an answer that nobody waits for is no error', () => {
  void new Client('/worker.js', hears);
  expect(() => FakeWorker.last.tell({ kind: 'answer', id: 99, answer: null })).not.toThrow();
});

test.each([['out of memory', 'The machines have stopped: out of memory. Start them again.'], ['', 'The machines have stopped: their script could not be loaded. Start them again.']])('a worker that fails (%j) ends everything that was asked', async (message, says) => {
  const client = new Client('/worker.js', hears);
  const asked = [client.ask('load', {} as never), client.ask('boot', { machine: 'a' })];
  const failed = Object.assign(new Event('error', { cancelable: true }), { message });
  FakeWorker.last.dispatchEvent(failed);
  for (const each of await Promise.allSettled(asked)) expect(each).toMatchObject({ status: 'rejected', reason: { message: says } });
  expect(hears.onEnd.mock.calls).toEqual([[says]]);
  expect(failed.defaultPrevented).toBe(true);
});

test('the end ends the worker and whatever waits', async () => {
  const client = new Client('/worker.js', hears);
  const waiting = client.ask('boot', { machine: 'a' });
  client.end();
  await expect(waiting).rejects.toThrow('The machines were switched off.');
  expect([FakeWorker.last.isEnded, hears.onEnd.mock.calls.length]).toEqual([true, 0]);
});

describe('the address of the script', () => {
  test('asks to time with scheduler.postTask where there is one', async () => {
    expect(await workerScript()).not.toContain('use-scheduling-api');
    vi.stubGlobal('scheduler', {});
    expect(await workerScript()).toMatch(/\?(?:.*&)?use-scheduling-api$/);
  });

  test('is without a network that of the copy in the cache, and its own where there is none', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    vi.stubGlobal('scheduler', {});
    const asked = vi.fn<typeof fetch>(async () => new Response('script'));
    vi.stubGlobal('fetch', asked);
    expect(await workerScript()).toMatch(/^blob:.*#use-scheduling-api$/);
    expect(asked.mock.calls).toEqual([[expect.any(String), { cache: 'force-cache' }]]);
    asked.mockRejectedValue(new TypeError('Failed to fetch'));
    expect(await workerScript()).not.toMatch(/^blob:/);
  });
});
