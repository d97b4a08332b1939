/** What page and worker say to each other. Types only. */
import type { MachineId } from '../../src/sim/linux-lab/types.ts';
import type { Piece } from './image.ts';
import type { Boot } from './machine.ts';

export interface Files {
  readonly folder: string;
  readonly wasm: Piece;
  readonly kernels: Readonly<Record<MachineId, Piece>>;
  readonly initramfs: Piece;
}

/** What the worker can be asked to do, with what it answers. */
export interface Requests {
  readonly load: { readonly asks: Files; readonly answers: null };
  readonly boot: { readonly asks: { readonly machine: MachineId }; readonly answers: Boot };
  /** In letters and lines of its terminal. */
  readonly resize: { readonly asks: { readonly machine: MachineId; readonly columns: number; readonly rows: number }; readonly answers: null };
  readonly type: { readonly asks: { readonly machine: MachineId; readonly text: string }; readonly answers: null };
  readonly probe: { readonly asks: { readonly machine: MachineId; readonly line: string; readonly ms: number }; readonly answers: string };
  readonly time: { readonly asks: { readonly machine: MachineId; readonly line: string; readonly times: number }; readonly answers: readonly number[] };
  readonly save: { readonly asks: { readonly machine: MachineId }; readonly answers: ArrayBuffer };
  readonly restore: { readonly asks: { readonly machine: MachineId; readonly state: ArrayBuffer }; readonly answers: null };
  readonly halt: { readonly asks: { readonly machine: MachineId }; readonly answers: null };
  readonly pause: { readonly asks: null; readonly answers: null };
  readonly resume: { readonly asks: null; readonly answers: null };
  readonly end: { readonly asks: { readonly machine: MachineId }; readonly answers: null };
}
export type RequestName = keyof Requests;

export type ToWorker = { [Name in RequestName]: { readonly id: number; readonly name: Name; readonly asks: Requests[Name]['asks'] } }[RequestName];

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly says: string }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'text'; readonly machine: MachineId; readonly text: string };
