/** Plays conformance cases: one player a kind, in a table. It knows what passes, not where cases come from. */
import type { Case } from './case.ts';
import { playError } from './error.ts';
import { playHostCheck } from './host-check.ts';
import { playMatrix } from './matrix.ts';

export interface Outcome {
  readonly expected: unknown;
  readonly got: unknown;
  readonly pass: boolean;
}

export interface Result extends Outcome {
  readonly id: string;
  readonly kind: string;
}

export type Player = (one: Case) => Outcome;

/** Who plays which kind, with what is known below `root`; without it, below the working folder. */
export function playersAt(root?: string): Readonly<Record<string, Player>> {
  return { 'error': (one) => playError(one, root), 'host-check': (one) => playHostCheck(one, root), 'matrix': (one) => playMatrix(one, root) };
}

const PLAYERS = playersAt();

/** Plays one case. A kind that nobody plays, and a case that its player cannot read, fail with a sentence. */
export function play(one: Case, players: Readonly<Record<string, Player>> = PLAYERS): Result {
  return { id: one.id, kind: one.kind, ...outcome(one, players) };
}

function outcome(one: Case, players: Readonly<Record<string, Player>>): Outcome {
  if (!Object.hasOwn(players, one.kind)) return { expected: `a kind that is played: ${Object.keys(players).join(', ')}`, got: `the kind "${one.kind}", which nobody plays`, pass: false };
  try {
    return (players[one.kind] as Player)(one);
  } catch (error) {
    return { expected: 'a case that can be played', got: (error as Error).message, pass: false };
  }
}
