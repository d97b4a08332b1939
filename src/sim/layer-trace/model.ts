/**
 * Who answers this call? A model of a program's request on its way through a stack, one step at a time. It knows Linux on x86-64
 * and KVM, and how they divide the work; it refuses to know how long anything takes, and its sentences come in as an argument.
 */
import { pathTo } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Model, Playable, Reason, Step } from '../model.ts';
import { label, modeOf, onVirtualHardware, partOf, the } from './cut.ts';
import type { Cut } from './cut.ts';
import { factOf } from './deeds.ts';
import { fill } from './phrases.ts';
import type { Words } from './phrases.ts';
import { goal, settle } from './plans.ts';
import { stackFor } from './stacks.ts';
import { MODES, PROGRAM_NAMES, STACK_NAMES } from './types.ts';
import type { Action, Config, Mode, State, TraceFact } from './types.ts';

/** The model as far as a page plays it; index.ts adds what tests and claims need. */
export type LayerTrace = Playable<Config, State, Action, TraceFact> & Pick<Model<Config, State, Action, TraceFact>, 'legal'> & Pick<Words, 'notes'>;

const STEP: readonly Action[] = [{ type: 'step' }];

/** The model with its words, which are data, so that a page can carry them instead of a script. */
export function layerTraceIn(words: Words): LayerTrace {
  return {
    id: 'layer-trace',
    notes: words.notes,
    init,
    legal: ({ agenda }) => (agenda.length > 0 ? STEP : []),
    step: (state) => step(words, state),
    describe,
    why: (state, fact) => reasonsFor(words, state, fact),
  };
}

function init({ program, stack, cache = 'cold' }: Config): State {
  const cut = { config: { program, stack, cache }, stack: stackFor(stack, { terminal: program === 'print' }) };
  return { ...cut, agenda: settle(cut, [goal('program', 'userland')]), trace: [] };
}

function step(words: Words, state: State): Step<State, TraceFact> {
  const [next, ...rest] = state.agenda;
  if (!next) throw new SimError('The request has been answered. There is no further step.');
  const fact = factOf(words, state, next);
  return { state: { ...state, agenda: settle(state, rest), trace: [...state.trace, fact] }, facts: [fact] };
}

/** The part that runs now: before the first step, the program. */
export function runningIn(state: State): { readonly id: string; readonly mode: Mode } {
  const last = state.trace.at(-1);
  return last ? { id: last.runs, mode: last.mode } : { id: 'app', mode: modeOf(state, 'app') };
}

/**
 * Counts so far, as far as a page tells them; measure.ts has the others. `programSystemCalls`: by the program itself.
 * `answeringKernel`: id of the kernel that the program's own call entered, empty before that or when there is none.
 */
export function countsOf(state: State) {
  const { trace, agenda } = state;
  const calls = trace.filter((fact) => fact.id === 'systemCallMade');
  const kernels = trace.flatMap(({ from, to }) => [from, to]).filter((id) => partOf(state, id)?.layer === 'kernel');
  return {
    programSystemCalls: calls.filter((fact) => fact.from === 'userland').length,
    vmExits: trace.filter((fact) => fact.id === 'vmExited').length,
    kernelsInvolved: new Set(kernels).size,
    answeringKernel: calls[0]?.to ?? '',
    done: agenda.length === 0,
  };
}

function describe(state: State): string {
  const { config, trace, agenda } = state;
  const last = trace.at(-1);
  const now = MODES[runningIn(state).mode][0];
  if (!last) return `${PROGRAM_NAMES[config.program]}. Stack: ${STACK_NAMES[config.stack]}. The program runs in ${now} and is about to call. Step to see who answers.`;
  if (agenda.length > 0) return `${last.text} Now running: ${label(state, last.runs)}, ${now}.`;
  return `${last.text} ${verdict(state)}`;
}

function verdict(state: State): string {
  const { answeringKernel, vmExits, kernelsInvolved } = countsOf(state);
  if (answeringKernel === '') return 'Done: the program made no system call.';
  // The trace follows one character to the screen; a serial port takes them one by one.
  const each = state.config.program === 'print' && vmExits ? ' for each character' : '';
  return `Done: ${the(state, answeringKernel)} answered the program; ${exitsOf(state)}${each}, ${many(kernelsInvolved, 'kernel')} ran.`;
}

/** The VM exits so far in words: a lower bound, because a machine makes exits of its own. Outside machines there are none at all. */
export function exitsOf(state: State): string {
  const { vmExits } = countsOf(state);
  if (vmExits) return `at least ${many(vmExits, 'VM exit')}`;
  if (!onVirtualHardware(state, 'app')) return 'no VM exits';
  return `no VM exit ${state.agenda.length ? 'yet' : 'needed'}`;
}

/** `1 kernel`, `2 kernels`, `no kernels`. */
export function many(count: number, one: string): string {
  return `${count || 'no'} ${one}${count === 1 ? '' : 's'}`;
}

function reasonsFor({ rules }: Words, cut: Cut, fact: TraceFact): readonly Reason[] {
  return fact.rules.map((rule) => {
    const { text = '', sources = [] } = rules.get(rule) ?? {};
    return { rule, text: fill(text, { from: the(cut, fact.from), way: wayDown(cut, fact) }), sources };
  });
}

/** The parts from a caller down to its kernel, with the wall that lies between and is no kernel. */
function wayDown({ stack }: Cut, { from, to, through }: TraceFact): string {
  const path = pathTo(stack, from);
  const below = path.slice(path.findIndex((node) => node.id === to), -1).reverse();
  const parts = `the ${below.map((node) => node.part.name).join(', ')}`;
  return through ? `the wall of the ${through}, which is not a kernel, then ${parts}` : parts;
}
