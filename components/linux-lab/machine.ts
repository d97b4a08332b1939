/**
 * One emulated machine: power, its terminal (the first serial port) and a second port through which checks ask it. It runs in a
 * worker as in Node; it knows bytes and time, and nothing of tasks or pages.
 */

/** What v86 offers of itself here; its own types describe far more. */
export interface Emulator {
  add_listener(event: string, listener: (value: number) => void): void;
  run(): Promise<void> | void;
  stop(): Promise<void> | void;
  destroy(): Promise<void>;
  save_state(): Promise<ArrayBuffer>;
  restore_state(state: ArrayBuffer): Promise<void>;
  serial_send_bytes(port: number, bytes: Uint8Array): void;
  get_instruction_counter(): number;
}
export type EmulatorMaker = new (options: object) => Emulator;

/** What a machine is made of. All machines of a page share one compiled module. */
export interface Parts {
  readonly wasm: WebAssembly.Module;
  /** Uncompressed kernel behind a multiboot header. */
  readonly kernel: ArrayBuffer;
  readonly initramfs: ArrayBuffer;
}

export interface Boot {
  /** From power on to the first prompt, on the clock of this computer, without the time in which it was paused. */
  readonly promptMs: number;
  /** What the processor did in that time. */
  readonly instructions: number;
}

const MIB = 1 << 20;
export const MEMORY_MIB = 64;
export const PROMPT = 'host:~# ';
/** Ends an answer on the second port: the byte EOT on a line of its own. */
const END = '\u0004\n';
/** So much of what a port printed is kept, at least. */
const KEPT = MIB;
const encoder = new TextEncoder();

/** The options of a machine that was found to boot fastest: no BIOS, no compression, no just-in-time compiler (see src/linux-image). */
const options = ({ wasm, kernel, initramfs }: Parts) => ({
  wasm_fn: async (imports: WebAssembly.Imports) => (await WebAssembly.instantiate(wasm, imports)).exports,
  memory_size: MEMORY_MIB * MIB, vga_memory_size: MIB,
  multiboot: { buffer: kernel }, initrd: { buffer: initramfs },
  cmdline: 'console=ttyS0 quiet tsc=reliable',
  disable_keyboard: true, disable_mouse: true, disable_speaker: true, disable_jit: true, autostart: false, uart1: true,
});

/** This computer’s clock, which can be stopped. */
class Clock {
  private stoppedAt: number | undefined;
  private lost = 0;

  /** In ms, without the times in which it stood still. */
  now(): number {
    return (this.stoppedAt ?? performance.now()) - this.lost;
  }

  stop(): void {
    this.stoppedAt ??= performance.now();
  }

  go(): void {
    if (this.stoppedAt !== undefined) this.lost += performance.now() - this.stoppedAt;
    this.stoppedAt = undefined;
  }
}

interface Waiting {
  readonly found: (text: string) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Gathers the bytes of a port as text; a letter of several bytes may come in parts. */
class Port {
  private readonly decoder = new TextDecoder();
  private readonly clock: Clock;
  text = '';
  /** Whether a letter has begun and not ended. */
  private isWithin = false;
  private waiting: readonly Waiting[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  take(byte: number): string {
    // A decoder for each byte costs more than the emulator takes to send it; most bytes are letters of their own.
    const letter = byte < 0x80 && !this.isWithin ? String.fromCharCode(byte) : this.decoder.decode(Uint8Array.of(byte), { stream: true });
    this.isWithin = letter === '';
    this.text += letter;
    if (this.text.length > 2 * KEPT) this.text = this.text.slice(-KEPT);
    if (letter !== '' && this.waiting.length > 0) this.tell();
    return letter;
  }

  private tell(): void {
    const done = this.waiting.filter(({ found }) => found(this.text));
    this.waiting = this.waiting.filter((each) => !done.includes(each));
    for (const { resolve } of done) resolve();
  }

  /** Resolves when the text fits; rejects after `ms` of the machine’s clock. */
  async until(found: (text: string) => boolean, ms: number, what: string): Promise<void> {
    if (found(this.text)) return;
    const end = this.clock.now() + ms;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waited = new Promise<void>((resolve, reject) => {
      const one: Waiting = { found, resolve, reject };
      const late = () => {
        const left = end - this.clock.now();
        // A clock that stood still in between has time left.
        if (left > 1) timer = setTimeout(late, Math.max(left, 100));
        else {
          this.waiting = this.waiting.filter((each) => each !== one);
          reject(new Error(`${what} did not come within ${ms / 1000} seconds.`));
        }
      };
      timer = setTimeout(late, ms);
      this.waiting = [...this.waiting, one];
    });
    await waited.finally(() => clearTimeout(timer));
  }

  /** Nobody needs to wait any longer: what was waited for will not come. */
  giveUp(why: string): void {
    const { waiting } = this;
    this.waiting = [];
    for (const { reject } of waiting) reject(new Error(why));
  }
}

/** Bytes that are typed at a time, and the pause after them. */
const PIECE = 1024;
const PAUSE_MS = 10;
const INTERRUPT = '\u0003';

export class Machine {
  private untyped: Uint8Array[] = [];
  private isTyping = false;
  private readonly emulator: Emulator;
  private readonly clock = new Clock();
  private readonly terminal = new Port(this.clock);
  private readonly checks = new Port(this.clock);
  private readonly loaded: Promise<void>;
  private power: 'off' | 'on' | 'halted' = 'off';
  private isPaused = false;
  /** Probes wait for each other: there is one line to the machine. */
  private last: Promise<unknown> = Promise.resolve();
  /** Counts breaks in the machine’s life: what was asked before one is not answered after it. */
  private life = 0;
  private asked = 0;

  constructor(Maker: EmulatorMaker, parts: Parts, onText: (text: string) => void = () => {}) {
    this.emulator = new Maker(options(parts));
    this.emulator.add_listener('serial0-output-byte', (byte) => {
      const letter = this.terminal.take(byte);
      if (letter !== '') onText(letter);
    });
    this.emulator.add_listener('serial1-output-byte', (byte) => void this.checks.take(byte));
    this.loaded = new Promise((ready) => this.emulator.add_listener('emulator-loaded', () => ready()));
  }

  /** What the terminal has printed. */
  get transcript(): string {
    return this.terminal.text;
  }

  /** Switches it on; resolves at the first prompt. Rejects when none comes within `ms`, or when it is switched off before. */
  async boot(ms = 60_000): Promise<Boot> {
    const { life } = this;
    await this.loaded;
    if (life !== this.life) throw new Error('The machine was switched off.');
    this.power = 'on';
    const begin = this.clock.now();
    if (!this.isPaused) await this.emulator.run();
    await this.terminal.until((text) => text.includes(PROMPT), ms, 'The prompt');
    return { promptMs: this.clock.now() - begin, instructions: this.emulator.get_instruction_counter() };
  }

  /** Types on the terminal, in pieces: a burst of 200 kB was seen to stop the guest’s port for good. */
  type(text: string): void {
    const bytes = encoder.encode(text);
    // Who interrupts does not want the rest of a long paste to follow.
    if (text === INTERRUPT) this.untyped = [];
    for (let from = 0; from < bytes.length; from += PIECE) this.untyped.push(bytes.subarray(from, from + PIECE));
    if (this.untyped.length > 0 && !this.isTyping) this.typeOn(this.life);
  }

  private typeOn(life: number): void {
    const piece = life === this.life ? this.untyped.shift() : undefined;
    this.isTyping = piece !== undefined;
    if (piece === undefined) return void (this.untyped = []);
    this.emulator.serial_send_bytes(0, piece);
    setTimeout(() => this.typeOn(life), PAUSE_MS);
  }

  /** Resolves when the terminal has printed something that fits after place `from` of the transcript. */
  printed(found: (text: string) => boolean, from = 0, ms = 30_000): Promise<void> {
    return this.terminal.until((text) => found(text.slice(from)), ms, 'What was waited for on the terminal');
  }

  /**
   * Runs a line of shell on the second port and answers what it printed. Rejects when the machine says nothing for `ms`, and at once
   * when it is halted, put back or switched off. The answer carries the number of its question, so that one that comes late is
   * not taken for the next.
   */
  probe(line: string, ms = 5000): Promise<string> {
    return this.inTurn(async () => {
      this.asked += 1;
      const mark = `@${this.asked}\n`;
      this.checks.text = '';
      this.emulator.serial_send_bytes(1, encoder.encode(`echo ${mark.trim()}; ${line}\n`));
      await this.checks.until((text) => answerIn(text, mark) !== undefined, ms, 'An answer of the machine');
      return answerIn(this.checks.text, mark) ?? '';
    });
  }

  /** After everything that was asked before. Rejects when the machine’s life has been broken in between. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const { life } = this;
    const done = this.last.then(() => {
      if (life !== this.life) throw new Error('The machine was stopped before it could answer.');
      return work();
    });
    this.last = done.catch(() => {});
    return done;
  }

  /** Tells the kernel how large the terminal is; whatever runs on it hears of it and draws its lines anew. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.probe(`stty -F /dev/ttyS0 cols ${columns} rows ${rows}`);
  }

  private breakOff(why: string): void {
    this.life += 1;
    this.checks.giveUp(why);
    this.terminal.giveUp(why);
  }

  /** How long a line of shell takes on the second port, in ms and seen from outside, each time less what an empty line takes. `$n` becomes the number of the try. */
  async time(line: string, times: number): Promise<readonly number[]> {
    const taken = async (asked: string) => {
      const begin = this.clock.now();
      await this.probe(asked, 30_000);
      return this.clock.now() - begin;
    };
    await this.probe(':');
    const found: number[] = [];
    for (let n = 1; n <= times; n += 1) {
      const empty = await taken(':');
      found.push(Math.max(0, (await taken(line.replaceAll('$n', String(n)))) - empty));
    }
    return found;
  }

  /** Stops processor and clock until it is resumed. */
  async pause(): Promise<void> {
    this.isPaused = true;
    this.clock.stop();
    if (this.power === 'on') await this.emulator.stop();
  }

  async resume(): Promise<void> {
    this.isPaused = false;
    this.clock.go();
    if (this.power === 'on') await this.emulator.run();
  }

  /** Stops the processor for good: a kernel that has panicked only burns the reader’s battery. Putting it back makes it run again. */
  async halt(): Promise<void> {
    this.power = 'halted';
    this.breakOff('The machine has stopped.');
    await this.emulator.stop();
  }

  /** Memory, processor and devices as bytes: some 11 MB. They fit this version of the emulator and these options only. */
  save(): Promise<ArrayBuffer> {
    return this.inTurn(() => this.emulator.save_state());
  }

  async restore(state: ArrayBuffer): Promise<void> {
    this.breakOff('The machine was put back to an earlier state.');
    await this.emulator.stop();
    await this.emulator.restore_state(state);
    this.power = 'on';
    if (!this.isPaused) await this.emulator.run();
  }

  /** Switches it off and frees its memory. It cannot be switched on again. */
  async end(): Promise<void> {
    this.breakOff('The machine was switched off.');
    await this.loaded;
    await this.emulator.destroy();
  }
}

/** What was printed between the question’s mark and the end; undefined while it has not ended. */
function answerIn(printed: string, mark: string): string | undefined {
  const text = printed.replaceAll('\r', '');
  const from = text.indexOf(mark);
  const to = text.indexOf(END, from + mark.length);
  return from < 0 || to < 0 ? undefined : text.slice(from + mark.length, to);
}
