/** Plays experiments on real machines as a reader would: types each step, waits, asks the machines. Tests and the recording share it. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { V86 } from 'v86';
import { hasPanicked, look, median, type Memory } from '../../components/linux-lab/checks.ts';
import { Machine, type EmulatorMaker, type Parts } from '../../components/linux-lab/machine.ts';
import { judge, measured, type Judgement, type Experiment, type MachineId, type Values } from '../../src/sim/linux-lab/index.ts';

const ROOT = new URL('../../', import.meta.url);
const file = (path: string): ArrayBuffer => {
  const bytes = readFileSync(new URL(path, ROOT));
  const plain = path.endsWith('.gzip') ? gunzipSync(bytes) : bytes;
  return plain.buffer.slice(plain.byteOffset, plain.byteOffset + plain.byteLength) as ArrayBuffer;
};
const FOLDER = process.env.LINUX_FILES ?? 'public/linux/';
const KERNELS: Readonly<Record<MachineId, string>> = { a: 'kernel-6.1.elf', b: 'kernel-6.12.elf' };
const SUFFIX = process.env.LINUX_FILES ? '' : '.gzip';

/** A shell has answered when its terminal ends with a prompt. */
const PROMPT_AT_END = /[#$] (?:\u001b\[6n)?$/;

let wasm: Promise<WebAssembly.Module> | undefined;

/** What a machine is made of, read anew: a machine writes into its files. */
export async function partsOf(id: MachineId): Promise<Parts> {
  wasm ??= WebAssembly.compile(file('node_modules/v86/build/v86.wasm'));
  return { wasm: await wasm, kernel: file(`${FOLDER}${KERNELS[id]}${SUFFIX}`), initramfs: file(`${FOLDER}initramfs.cpio${SUFFIX}`) };
}

/** A machine that is off. */
export async function machineOf(id: MachineId, onText?: (text: string) => void): Promise<Machine> {
  return new Machine(V86 as unknown as EmulatorMaker, await partsOf(id), onText);
}

/** Types a line and waits until the shell has answered. */
export async function typed(machine: Machine, line: string, ms = 30_000): Promise<string> {
  const from = machine.transcript.length;
  machine.type(`${line}\r`);
  await machine.printed((text) => text.includes('\n') && (PROMPT_AT_END.test(text) || hasPanicked(text)), from, ms);
  return machine.transcript.slice(from);
}

/** Machines that were switched on, and how long that took. */
export class Bench {
  readonly machines: Partial<Record<MachineId, Machine>> = {};
  readonly clock: Record<string, number> = {};
  private memory: { readonly id: string; readonly values: Memory } = { id: '', values: {} };
  private readonly onText: (machine: MachineId, text: string) => void;

  constructor(onText: (machine: MachineId, text: string) => void = () => {}) {
    this.onText = onText;
  }

  async boot(id: MachineId): Promise<Machine> {
    await this.machines[id]?.end();
    this.memory = { id: '', values: {} };
    const machine = await machineOf(id, (text) => this.onText(id, text));
    this.machines[id] = machine;
    this.clock[`clock.boot.${id}`] = (await machine.boot()).promptMs;
    return machine;
  }

  at(id: MachineId): Machine {
    return this.machines[id] as Machine;
  }

  async end(): Promise<void> {
    await Promise.all(Object.values(this.machines).map((machine) => machine.end()));
  }

  ask(experiment: Experiment): Promise<Values> {
    if (this.memory.id !== experiment.id) this.memory = { id: experiment.id, values: {} };
    return look(experiment, {
      memory: this.memory.values,
      probe: (id, line, ms) => this.at(id).probe(line, ms),
      isOn: (id) => this.machines[id] !== undefined,
      hasPanicked: (id) => hasPanicked(this.at(id).transcript),
      printed: (id) => this.at(id).transcript.slice(-4000),
      clock: this.clock,
    });
  }

  /** What the machines have answered to the last experiment, a key a line. */
  answered(): string {
    return Object.entries(this.memory.values).map(([key, value]) => `  ${key} = ${value}`).join('\n');
  }

  /** What the machines say once they say that it is done; or after `ms` what they say then. */
  async outcome(experiment: Experiment, ms = 12_000): Promise<Judgement & { readonly values: Values }> {
    const end = performance.now() + ms;
    for (;;) {
      const answers = await this.ask(experiment);
      const judgement = judge(experiment, answers);
      const { done } = judgement;
      if (!done && performance.now() < end) continue;
      const { timing } = experiment;
      const timed = done && timing ? { 'clock.timed': median(await this.at(timing.on).time(timing.line, timing.times)) } : {};
      return { ...judgement, values: measured(experiment, { ...answers, ...timed }) };
    }
  }

  /** Switches on what the experiment needs, so that nothing is left over from another, and types its steps. */
  async play(experiment: Experiment): Promise<void> {
    for (const id of experiment.needs) await this.boot(id);
    for (const { on, type } of experiment.steps) {
      await typed(this.at(on), type);
      // As the page does it: what a step has begun is seen before the next may end it.
      await this.ask(experiment);
    }
  }
}
