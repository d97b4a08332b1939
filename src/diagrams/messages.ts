/** What the thread that builds the site and the thread that draws say to each other. */
import type { Drawing } from './draw.ts';

export interface Job {
  readonly id: number;
  readonly task: 'draw' | 'check';
  readonly fence: string;
}

/** A mistake as plain data: an Error loses its fields on its way between threads. */
export interface MistakeData {
  readonly line: number;
  readonly found: string;
  readonly expected: string;
  readonly todo: string;
}

export type Answer =
  | { readonly id: number; readonly drawing: Drawing }
  | { readonly id: number; readonly valid: true }
  | { readonly id: number; readonly mistake: MistakeData }
  /** Not the author's doing: a fault in this code. */
  | { readonly id: number; readonly fault: string };
