/** The page’s side of the worker: asks it, hears from it, ends it. */
import workerAddress from './worker.ts?worker&url';
import type { MachineId } from '../../src/sim/linux-lab/types.ts';
import type { FromWorker, RequestName, Requests } from './protocol.ts';

export interface Hears {
  readonly onBytes: (bytes: number) => void;
  readonly onText: (machine: MachineId, text: string) => void;
  /** The worker itself has failed: nothing that was asked will be answered. */
  readonly onEnd: (says: string) => void;
}

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** The emulator times its machine with scheduler.postTask where there is one; it asks for that by its worker’s address. */
const timed = (address: string, before: '?' | '#') => ('scheduler' in globalThis ? `${address}${before}use-scheduling-api` : address);

/** The address of the worker’s script. Without a network it is that of a copy out of the browser’s cache, however old the copy is. */
export async function workerScript(): Promise<string> {
  const address = timed(workerAddress, '?');
  if (navigator.onLine !== false) return address;
  // Not found in the cache: the worker’s own failure says what is wrong.
  const copy = await fetch(address, { cache: 'force-cache' }).then((response) => (response.ok ? response.blob() : undefined), () => undefined);
  return copy ? timed(URL.createObjectURL(copy), '#') : address;
}

export class Client {
  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private asked = 0;

  constructor(script: string, { onBytes, onText, onEnd }: Hears) {
    this.worker = new Worker(script, { type: 'module' });
    this.worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'bytes') onBytes(data.bytes);
      else if (data.kind === 'text') onText(data.machine, data.text);
      else this.settle(data);
    });
    this.worker.addEventListener('error', (event) => {
      event.preventDefault();
      const says = `The machines have stopped: ${event.message || `their script could not be loaded${navigator.onLine === false ? ', because this computer is offline' : ''}`}. Start them again.`;
      for (const { reject } of this.pending.values()) reject(new Error(says));
      this.pending.clear();
      onEnd(says);
    });
  }

  private settle(data: Extract<FromWorker, { id: number }>): void {
    const waiting = this.pending.get(data.id);
    this.pending.delete(data.id);
    if (data.kind === 'answer') waiting?.resolve(data.answer as never);
    else waiting?.reject(new Error(data.says));
  }

  /** Asks the worker. Rejects with a sentence for the reader. */
  ask<Name extends RequestName>(name: Name, asks: Requests[Name]['asks'], moved: Transferable[] = []): Promise<Requests[Name]['answers']> {
    this.asked += 1;
    const id = this.asked;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, asks }, moved);
    });
  }

  /** Ends all machines at once and gives their memory back. */
  end(): void {
    this.worker.terminate();
    for (const { reject } of this.pending.values()) reject(new Error('The machines were switched off.'));
    this.pending.clear();
  }
}
