/** The driver of a machine on an emulator that is only pretended: who waits for what, and who is told that it will not come. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Machine, PROMPT, type Emulator, type EmulatorMaker, type Parts } from '../../components/linux-lab/machine.ts';

/** Answers on its second port what `reply` says to a line; the mark of the question is echoed as a shell would. */
class FakeEmulator implements Emulator {
  static last: FakeEmulator;
  readonly listeners = new Map<string, (value: number) => void>();
  readonly typed: string[] = [];
  readonly calls: string[] = [];
  reply: (line: string) => string | undefined = () => '';

  constructor() {
    FakeEmulator.last = this;
  }
  add_listener(event: string, listener: (value: number) => void): void {
    this.listeners.set(event, listener);
    if (event === 'emulator-loaded') queueMicrotask(() => listener(0));
  }
  run(): void { this.calls.push('run'); }
  stop(): void { this.calls.push('stop'); }
  async destroy(): Promise<void> { this.calls.push('destroy'); }
  async save_state(): Promise<ArrayBuffer> { this.calls.push('save'); return new ArrayBuffer(4); }
  async restore_state(): Promise<void> { this.calls.push('restore'); }
  get_instruction_counter(): number { return 7; }

  serial_send_bytes(port: number, bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes);
    this.typed.push(`${port}:${text}`);
    const [, mark, line = ''] = /^echo (@\d+); (.*)\n$/.exec(text) ?? [];
    const answer = mark && this.reply(line);
    if (answer !== undefined) this.print(1, `${mark}\r\n${answer}\u0004\r\n`);
  }
  print(port: number, text: string): void {
    for (const byte of new TextEncoder().encode(text)) this.listeners.get(`serial${port}-output-byte`)?.(byte);
  }
}

const heard: string[] = [];
const made = () => {
  const machine = new Machine(FakeEmulator as EmulatorMaker, {} as Parts, (text) => heard.push(text));
  return { machine, emulator: FakeEmulator.last };
};

/** A machine at its prompt after `ms`. */
async function booted(ms = 100) {
  const { machine, emulator } = made();
  const boot = machine.boot();
  await vi.advanceTimersByTimeAsync(ms);
  emulator.print(0, PROMPT);
  return { machine, emulator, boot: await boot };
}

/** What became of a promise, without waiting for it. */
function fateOf(promise: Promise<unknown>): { is: string } {
  const fate = { is: 'waiting' };
  promise.then((value) => { fate.is = `answered ${JSON.stringify(value)}`; }, (error: Error) => { fate.is = error.message; });
  return fate;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  heard.length = 0;
});

describe('a boot', () => {
  test('is timed from power on to the prompt', async () => {
    expect((await booted(1890)).boot).toEqual({ promptMs: 1890, instructions: 7 });
  });

  test('does not count the time in which the tab was hidden, nor lose patience in it', async () => {
    const { machine, emulator } = made();
    const boot = machine.boot(5000);
    await vi.advanceTimersByTimeAsync(300);
    await machine.pause();
    await vi.advanceTimersByTimeAsync(600_000);
    await machine.resume();
    await vi.advanceTimersByTimeAsync(200);
    emulator.print(0, PROMPT);
    expect((await boot).promptMs).toBe(500);
    expect(emulator.calls).toEqual(['run', 'stop', 'run']);
  });

  test('that begins while the tab is hidden waits', async () => {
    const { machine, emulator } = made();
    await machine.pause();
    void machine.boot();
    await settle();
    expect(emulator.calls).toEqual([]);
    await machine.resume();
    expect(emulator.calls).toEqual(['run']);
  });

  test('fails when no prompt comes, and at once when it is switched off', async () => {
    const late = fateOf(made().machine.boot(5000));
    await vi.advanceTimersByTimeAsync(5100);
    expect(late.is).toBe('The prompt did not come within 5 seconds.');
    const { machine } = made();
    const fate = fateOf(machine.boot());
    await settle();
    void machine.end();
    await settle();
    expect(fate.is).toBe('The machine was switched off.');
  });

  test('that is ended before it began runs nothing', async () => {
    const { machine, emulator } = made();
    const fate = fateOf(machine.boot());
    await machine.end();
    await settle();
    expect([fate.is, emulator.calls]).toEqual(['The machine was switched off.', ['destroy']]);
  });
});

describe('a probe', () => {
  test('answers what was printed between its mark and the end', async () => {
    const { machine, emulator } = await booted();
    emulator.reply = (line) => `${line}!\r\n`;
    expect(await Promise.all([machine.probe('one'), machine.probe('two')])).toEqual(['one!\n', 'two!\n']);
    emulator.reply = () => 'no line end';
    expect(await machine.probe('x')).toBe('no line end');
  });

  test('is not answered by an older one that comes late', async () => {
    const { machine, emulator } = await booted();
    emulator.reply = () => undefined;
    const late = fateOf(machine.probe('slow', 1000));
    await vi.advanceTimersByTimeAsync(1200);
    expect(late.is).toBe('An answer of the machine did not come within 1 seconds.');
    const next = fateOf(machine.probe('quick', 1000));
    await settle();
    emulator.print(1, '@1\nkilled=1\n\u0004\n');
    await settle();
    expect(next.is).toBe('waiting');
    emulator.print(1, '@2\nkilled=0\n\u0004\n');
    await settle();
    expect(next.is).toBe('answered "killed=0\\n"');
  });

  test.each<[string, (machine: Machine) => Promise<unknown>, string]>([
    ['put back', (machine) => machine.restore(new ArrayBuffer(1)), 'The machine was put back to an earlier state.'],
    ['halted', (machine) => machine.halt(), 'The machine has stopped.'],
    ['switched off', (machine) => machine.end(), 'The machine was switched off.'],
  ])('that is on its way when the machine is %s is refused at once, and so are those behind it', async (_, act, says) => {
    const { machine, emulator } = await booted();
    emulator.reply = () => undefined;
    const fates = [machine.probe('one', 60_000), machine.probe('two', 60_000)].map(fateOf);
    const timed = fateOf(machine.time('box', 5));
    await settle();
    await act(machine);
    await settle();
    expect(fates.map(({ is }) => is)).toEqual([says, 'The machine was stopped before it could answer.']);
    expect(timed.is).toBe('The machine was stopped before it could answer.');
    expect(emulator.typed).toHaveLength(1);
  });

  test('asked after the machine was put back is answered', async () => {
    const { machine, emulator } = await booted();
    emulator.reply = () => undefined;
    fateOf(machine.probe('one'));
    await settle();
    await machine.restore(new ArrayBuffer(1));
    emulator.reply = () => 'here';
    expect(await machine.probe('two')).toBe('here');
  });
});

describe('a machine', () => {
  test('that was halted runs again only when it is put back', async () => {
    const { machine, emulator } = await booted();
    await machine.halt();
    await machine.pause();
    await machine.resume();
    expect(emulator.calls).toEqual(['run', 'stop']);
    await machine.restore(new ArrayBuffer(1));
    expect(emulator.calls).toEqual(['run', 'stop', 'stop', 'restore', 'run']);
  });

  test('is saved when nobody waits for an answer', async () => {
    const { machine, emulator } = await booted();
    emulator.reply = () => undefined;
    const probe = fateOf(machine.probe('slow'));
    const saved = fateOf(machine.save());
    await settle();
    expect([saved.is, emulator.calls.includes('save')]).toEqual(['waiting', false]);
    emulator.print(1, '@1\nx\u0004\n');
    await settle();
    expect([probe.is, saved.is]).toEqual(['answered "x"', 'answered {}']);
  });

  test('times a line less what an empty one takes, and never less than nothing', async () => {
    const { machine, emulator } = await booted();
    emulator.reply = (line) => {
      vi.setSystemTime(Date.now());
      vi.advanceTimersByTime(line === ':' ? 10 : 110);
      return '';
    };
    expect(await machine.time('box run timed$n', 3)).toEqual([100, 100, 100]);
    expect(emulator.typed.filter((each) => each.includes('timed')).map((each) => each.match(/timed\d/)?.[0])).toEqual(['timed1', 'timed2', 'timed3']);
  });

  test('prints letters whole, whatever their bytes, and no half ones', async () => {
    const { emulator } = await booted();
    heard.length = 0;
    emulator.print(0, 'a€ä𝄞b');
    expect(heard).toEqual(['a', '€', 'ä', '𝄞', 'b']);
    heard.length = 0;
    for (const byte of [0xe2, 0x82, 0x41, 0xff, 0x42]) emulator.listeners.get('serial0-output-byte')?.(byte);
    expect(heard.join('')).toBe('\ufffdA\ufffdB');
  });

  test('keeps the last of what it has printed, not all', async () => {
    const { machine, emulator } = await booted();
    const listener = emulator.listeners.get('serial0-output-byte');
    for (let i = 0; i < 2_200_000; i += 1) listener?.(65 + (i % 26));
    expect(machine.transcript.length).toBeLessThan(2.1e6);
    expect(machine.transcript.length).toBeGreaterThan(1e6);
    expect(machine.transcript.at(-1)).toBe('ABCDEFGHIJKLMNOPQRSTUVWXYZ'[2_199_999 % 26]);
  });
});
