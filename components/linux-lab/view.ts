/** What LinuxLab shows, as words and rows: the drawing and the table read the same. */
import type { Action, Config, MachineId, Moment, State } from '../../src/sim/linux-lab/types.ts';
import type { Table } from '../kit/playground.ts';
import type { Files } from './protocol.ts';

export type LabState = State;
export type LabConfig = Config;

export const MACHINE_NAMES: Readonly<Record<MachineId, string>> = { a: 'Machine A', b: 'Machine B' };

/** Which way a notebook has gone: what it opened with, and what was done since. */
export interface Way {
  readonly recipe: { readonly config: Config; readonly actions: readonly Action[] };
  readonly cursor: number;
}

/** Where the result of an experiment comes from that this tab has not measured itself. Empty for one that it has, and for none. */
export function originOf({ recipe: { config, actions }, cursor }: Way, id: string): string {
  const last = actions.slice(0, cursor).findLast((action) => action.type === 'recall' || (action.type === 'record' && action.experiment === id));
  if (last?.type === 'recall') return Object.hasOwn(last.results, id) ? `kept on ${last.date}` : '';
  return !last && Object.hasOwn(config.results, id) ? LINKED : '';
}

export const LINKED = 'from a link';

/** All results: what the models say, what was recorded, what this tab has measured; and, with the way there, what it has not measured itself. */
export function tableOf({ rows, recorded }: State, name?: string, way?: Way): Table {
  const cell = (id: string, yours: string) => {
    const origin = way && originOf(way, id);
    return origin ? `not measured; ${origin}: ${yours}` : yours;
  };
  return {
    caption: `${name ? `${name}. ` : ''}Predicted, recorded on ${recorded.date} in the emulator, and measured in this tab. Emulation is slower than hardware, so its times stand beside hardware’s and are never mixed with them.`,
    head: ['Experiment', 'What', 'Models and figures', 'Recorded', 'This tab'],
    rows: rows.map(({ experiment, title, measure, model, recorded: then, yours }) => [title, measure, model, then, yours ? cell(experiment, yours) : 'not measured']),
  };
}

/** A sequence to a terminal with its number and letter, one of the kinds that carry text (titles, links), a short one, or a sign. */
const TOKEN = /\u001b(?:\[([0-9;?]*)[ -/]*([@-~])|[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|(?!\[)[ -/]*[0-~])|[^]/gu;
const isSign = (token: string) => token === '\t' || (token >= ' ' && !/^[\u001b\u007f-\u009f]/.test(token));
/** A terminal has no column beyond its last; nor has a line that only moves of the cursor have made. */
const LAST_COLUMN = 200;

/** What a terminal printed, as plain text: without colors, with letters that were taken back or written over as they were in the end. */
export function plainText(printed: string): string {
  const lines: string[] = [];
  let line: string[] = [];
  let at = 0;
  for (const [token, count = '', letter] of printed.matchAll(TOKEN)) {
    if (token === '\n') {
      lines.push(line.join(''));
      line = [];
      at = 0;
    } else if (token === '\r') at = 0;
    else if (token === '\b' || letter === 'D') at = Math.max(0, at - (Number(count) || 1));
    else if (letter === 'C') at = Math.max(at, Math.min(at + (Number(count) || 1), LAST_COLUMN));
    else if (letter === 'J' || letter === 'K') line.length = Math.min(line.length, at);
    else if (letter === undefined && isSign(token)) {
      while (line.length < at) line.push(' ');
      line[at] = token;
      at += 1;
    }
  }
  return [...lines, line.join('')].join('\n');
}

/** What each machine had printed after so many moments of the recorded session. */
export function printedAt(session: readonly Moment[], moments: number): readonly (readonly [MachineId, string])[] {
  const machines = [...new Set(session.map(({ machine }) => machine))].sort();
  return machines.map((id) => [id, plainText(session.slice(0, moments).flatMap(({ machine, text }) => (machine === id ? [text] : [])).join(''))] as const);
}

/** What a moment of the recorded session begins with: the command, of which the terminal has broken a long line. */
export const commandOf = ({ machine, text }: Moment) => `${MACHINE_NAMES[machine]}: ${plainText(text.replaceAll('\r\r\n', '')).split('\n')[0] ?? ''}`;

export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What comes over the network before the first machine can start. */
export const bytesOf = ({ wasm, kernels, initramfs }: Files) => [wasm, kernels.a, kernels.b, initramfs].reduce((sum, { stored }) => sum + stored.bytes, 0);
