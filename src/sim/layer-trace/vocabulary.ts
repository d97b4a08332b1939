/** Refuses what no control and no link of the page can ask for, but a claim's author or a test may. A page need not carry it. */
import { SimError } from '../errors.ts';
import { PROGRAM_NAMES, STACK_NAMES } from './types.ts';
import type { Action, Config, Program, StackKind } from './types.ts';

export const PROGRAMS = Object.keys(PROGRAM_NAMES) as readonly Program[];
export const STACKS = Object.keys(STACK_NAMES) as readonly StackKind[];

/** Throws SimError for a program or a stack that the model does not know. */
export function checkConfig({ program, stack }: Config): void {
  check('program', program, PROGRAMS);
  check('stack', stack, STACKS);
}

/** Throws SimError for anything but a step. */
export function checkAction({ type }: Action): void {
  if (type !== 'step') throw new SimError('The only thing to do here is to step.');
}

function check(what: string, id: string, known: readonly string[]): void {
  if (!known.includes(id)) throw new SimError(`There is no ${what} “${id}”. Choose one of ${known.join(', ')}.`);
}
