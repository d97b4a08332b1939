/** A machine of LinuxLab in Node: boots it, types lines, reads what comes back. It knows v86 and the serial line; it refuses to know what the lines mean. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { V86 } from 'v86';
import type { V86Options } from 'v86';
import type { Manifest } from '../../src/linux-image/manifest.ts';

const STORED = new URL('../../public/linux/', import.meta.url);

export const manifest = JSON.parse(readFileSync(new URL('manifest.json', STORED), 'utf8')) as Manifest;

/** What a line did: its output without carriage returns, its exit status, and the milliseconds outside until it ended. */
export interface Answer {
  readonly output: string;
  readonly status: number;
  readonly ms: number;
}

interface Waiter {
  readonly text: string;
  readonly from: number;
  readonly found: (end: number) => void;
}

/** Longer than anything here takes on a slow machine. */
const PATIENCE_MS = 60_000;

/** v86 is compiled once and instantiated for each machine. */
let compiled: Promise<WebAssembly.Module> | undefined;

export class Machine {
  /** Everything that came over the serial line, a character for a byte. */
  transcript = '';
  /** Milliseconds from run() to the first prompt. */
  bootMs = 0;
  readonly emulator: V86;
  #waiters: readonly Waiter[] = [];
  #lines = 0;

  private constructor(options: V86Options) {
    this.emulator = new V86({ ...options, wasm_fn: instantiate, autostart: false, disable_jit: true });
    this.emulator.add_listener('serial0-output-byte', (byte) => this.#hear(String.fromCharCode(byte)));
  }

  /** A machine at its prompt, with the kernel stored under that name and the terminal's echo off. */
  static async boot(kernel: string): Promise<Machine> {
    const machine = await Machine.#made({
      multiboot: { buffer: unpacked(kernel) },
      initrd: { buffer: unpacked('initramfs.cpio.gzip') },
      cmdline: manifest.boot.commandLine,
    });
    const begin = performance.now();
    await machine.emulator.run();
    await machine.waitFor(manifest.boot.prompt);
    machine.bootMs = performance.now() - begin;
    await machine.#quiet();
    return machine;
  }

  /** A machine that goes on where the one stood whose save_state() gave this. */
  static async restored(state: ArrayBuffer): Promise<Machine> {
    const machine = await Machine.#made({ initial_state: { buffer: state } });
    await machine.emulator.run();
    return machine;
  }

  static async #made(from: V86Options): Promise<Machine> {
    const { memoryBytes, vgaMemoryBytes, secondSerialPort } = manifest.boot;
    const absent = { disable_keyboard: true, disable_mouse: true, disable_speaker: true };
    const machine = new Machine({ memory_size: memoryBytes, vga_memory_size: vgaMemoryBytes, uart1: secondSerialPort, ...absent, ...from });
    await new Promise<void>((loaded) => machine.emulator.add_listener('emulator-loaded', () => loaded()));
    return machine;
  }

  /** Without echo, the shell neither edits lines nor asks the terminal where its cursor is. */
  async #quiet(): Promise<void> {
    this.type("stty -echo; PS1=; echo 'qui''et'\n");
    await this.waitFor('quiet\r\n');
  }

  /** Sends keys as they are. */
  type(keys: string): void {
    this.emulator.serial0_send(keys);
  }

  /** Runs one line of shell that reads no input, and waits for its end. Throws with the end of the transcript when that does not come. */
  async run(line: string, patience = PATIENCE_MS): Promise<Answer> {
    const mark = `line-${++this.#lines}-ended-`;
    const from = this.transcript.length;
    const begin = performance.now();
    this.type(`${line}\necho "${mark.replace('-', '""-')}$?"\n`);
    const end = await this.waitFor(mark, from, patience);
    const whole = await this.waitFor('\r\n', end, patience);
    const output = this.transcript.slice(from, end - mark.length).replaceAll('\r', '');
    return { output, status: Number(this.transcript.slice(end, whole)), ms: performance.now() - begin };
  }

  /** Resolves once `text` stands in the transcript at or after `from`, with the place where it ends. */
  waitFor(text: string, from = 0, patience = PATIENCE_MS): Promise<number> {
    const at = this.transcript.indexOf(text, from);
    if (at >= 0) return Promise.resolve(at + text.length);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`No ${JSON.stringify(text)} after ${patience} ms:\n${this.transcript.slice(-2000)}`)), patience);
      const found = (end: number) => {
        clearTimeout(late);
        resolve(end);
      };
      this.#waiters = [...this.#waiters, { text, from, found }];
    });
  }

  #hear(character: string): void {
    this.transcript += character;
    const end = this.transcript.length;
    const met = this.#waiters.filter(({ text, from }) => from + text.length <= end && this.transcript.endsWith(text));
    if (met.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const waiter of met) waiter.found(end);
  }

  /** Stops it and gives its memory back. */
  async powerOff(): Promise<void> {
    await this.emulator.destroy();
  }
}

function unpacked(name: string): ArrayBuffer {
  return new Uint8Array(gunzipSync(readFileSync(new URL(name, STORED)))).buffer;
}

async function instantiate(imports: WebAssembly.Imports): Promise<WebAssembly.Exports> {
  compiled ??= WebAssembly.compile(readFileSync(createRequire(import.meta.url).resolve('v86/build/v86.wasm')));
  return (await WebAssembly.instantiate(await compiled, imports)).exports;
}
