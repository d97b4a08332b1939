/** The machines, off the page’s own thread. It answers the requests of protocol.ts, one by one for each machine. */
import { V86 } from 'v86';
import type { MachineId } from '../../src/sim/linux-lab/types.ts';
import { fetchPiece } from './image.ts';
import { Machine, type EmulatorMaker, type Parts } from './machine.ts';
import type { Files, FromWorker, RequestName, Requests, ToWorker } from './protocol.ts';

/** Text is sent on in pieces of this age, so that a busy terminal does not flood the page. */
const GATHER_MS = 12;

type Answers = { readonly [Name in RequestName]: (asks: Requests[Name]['asks']) => Promise<Requests[Name]['answers']> };
type Asked = { readonly machine: MachineId };

const machines = new Map<MachineId, Machine>();
/** The page is hidden: nothing runs, and what is switched on meanwhile waits. */
let isPaused = false;
let parts: { readonly wasm: WebAssembly.Module; readonly initramfs: ArrayBuffer; readonly kernels: Readonly<Record<MachineId, ArrayBuffer>> } | undefined;

const tell = (message: FromWorker, moved: Transferable[] = []) => postMessage(message, { transfer: moved });

async function load({ folder, wasm, kernels, initramfs }: Files): Promise<null> {
  if (parts) return null;
  const stopped = new AbortController();
  const fetching = { folder, signal: stopped.signal, onBytes: (bytes: number) => tell({ kind: 'bytes', bytes }) };
  try {
    const [program, files, a, b] = await Promise.all([wasm, initramfs, kernels.a, kernels.b].map((piece) => fetchPiece(piece, fetching))) as [ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer];
    parts = { wasm: await WebAssembly.compile(program), initramfs: files, kernels: { a, b } };
  } catch (error) {
    stopped.abort();
    throw error;
  }
  return null;
}

const at = (id: MachineId): Machine => {
  const machine = machines.get(id);
  if (!machine) throw new Error(`Machine ${id.toUpperCase()} is off.`);
  return machine;
};

async function boot({ machine: id }: Asked) {
  if (!parts) throw new Error('The files of the machines have not been loaded.');
  await end({ machine: id });
  // Each machine writes into its files, so each gets copies.
  const own: Parts = { wasm: parts.wasm, kernel: parts.kernels[id].slice(0), initramfs: parts.initramfs.slice(0) };
  const machine: Machine = new Machine(V86 as unknown as EmulatorMaker, own, gathered((text) => machines.get(id) === machine && tell({ kind: 'text', machine: id, text })));
  machines.set(id, machine);
  if (isPaused) await machine.pause();
  return machine.boot();
}

function gathered(send: (text: string) => void): (text: string) => void {
  let held = '';
  return (text) => {
    if (held === '') setTimeout(() => {
      send(held);
      held = '';
    }, GATHER_MS);
    held += text;
  };
}

async function end({ machine: id }: Asked): Promise<null> {
  const machine = machines.get(id);
  machines.delete(id);
  await machine?.end();
  return null;
}

const all = (act: (machine: Machine) => Promise<void>) => Promise.all([...machines.values()].map(act)).then(() => null);

const answers: Answers = {
  load, boot, end,
  resize: async ({ machine, columns, rows }) => (await at(machine).resize(columns, rows), null),
  type: async ({ machine, text }) => (at(machine).type(text), null),
  probe: async ({ machine, line, ms }) => at(machine).probe(line, ms),
  time: async ({ machine, line, times }) => at(machine).time(line, times),
  save: async ({ machine }) => at(machine).save(),
  restore: async ({ machine, state }) => (await at(machine).restore(state), null),
  halt: async ({ machine }) => (await at(machine).halt(), null),
  pause: () => {
    isPaused = true;
    return all((machine) => machine.pause());
  },
  resume: () => {
    isPaused = false;
    return all((machine) => machine.resume());
  },
};

/** Firefox lets no timer fire while a task of the usual priority waits, and the emulator always has one: what a machine prints would not be sent. */
function standBehindTimers({ scheduler }: { scheduler?: { postTask?: (task: () => unknown, options?: object) => unknown } }): void {
  const post = scheduler?.postTask?.bind(scheduler);
  if (scheduler && post) scheduler.postTask = (task, options) => post(task, { ...options, priority: 'background' });
}
standBehindTimers(globalThis);

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const answer = answers[data.name] as (asks: unknown) => Promise<unknown>;
  void answer(data.asks).then(
    (value) => tell({ kind: 'answer', id: data.id, answer: value }, value instanceof ArrayBuffer ? [value] : []),
    (error: unknown) => tell({ kind: 'failure', id: data.id, says: error instanceof Error ? error.message : String(error) }),
  );
});

// The emulator starts in the background and tells nobody when it cannot, for want of memory for instance: what nobody caught ends the worker.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason;
});
