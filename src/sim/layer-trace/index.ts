/**
 * Who answers this call? A model of a program's request on its way through a stack, one step at a time. It knows Linux on x86-64
 * and KVM, and how they divide the work; it refuses to know how long anything takes.
 */
import { faultsOf, kernelOf, nodesOf } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Measures, Model, Step } from '../model.ts';
import { borderBetween, label, modeOf, onVirtualHardware, partOf, the, wallBetween } from './cut.ts';
import type { Cut } from './cut.ts';
import { draftOf } from './deeds.ts';
import { goal, settle } from './plans.ts';
import { reasonsFor } from './reasons.ts';
import { stackFor } from './stacks.ts';
import { PROGRAMS, STACKS } from './types.ts';
import type { Action, Border, Config, Mode, Program, StackKind, State, TraceFact } from './types.ts';

export { label } from './cut.ts';
export { RULE_IDS, SOURCE_IDS } from './reasons.ts';
export { stackFor } from './stacks.ts';
export { PROGRAMS, STACKS } from './types.ts';
export type { Action, Border, Config, Mode, Program, StackKind, State, TraceFact } from './types.ts';

/** The five requests as the reader finds them on the controls. */
export const PROGRAM_NAMES: Readonly<Record<Program, string>> = {
  'read-file': 'Read a file',
  'send-packet': 'Send a packet',
  'allocate-memory': 'Allocate memory',
  'print': 'Print to the screen',
  'read-clock': 'Read the clock',
};

export const STACK_NAMES: Readonly<Record<StackKind, string>> = {
  'metal': 'Metal',
  'vm': 'Virtual machine',
  'container': 'Container',
  'container-in-vm': 'Container in a VM',
  'microvm': 'MicroVM',
};

/** A mode in words, and where the CPU's own terms put it. Intel's; AMD says guest and host mode for non-root and root. */
export const MODES: Readonly<Record<Mode, readonly [name: string, ring: string]>> = {
  'user': ['user mode', 'ring 3'],
  'kernel': ['kernel mode', 'ring 0'],
  'guest-user': ['guest user mode', 'non-root, ring 3'],
  'guest-kernel': ['guest kernel mode', 'non-root, ring 0'],
  'host-user': ['host user mode', 'root, ring 3'],
  'host-kernel': ['host kernel mode', 'root, ring 0'],
  'device': ['no CPU', 'the device works by itself'],
};

const STEP: readonly Action[] = [{ type: 'step' }];

/** Borders that count as crossings: a call inside one process is none. */
const CROSSED: readonly Border[] = ['gate', 'machine', 'device'];

export const layerTrace: Model<Config, State, Action, TraceFact> = {
  id: 'layer-trace',
  defaults: { program: 'read-file', stack: 'container', cache: 'cold' },
  init,
  legal: (state) => (state.agenda.length > 0 ? STEP : []),
  step,
  isDone: (state) => state.agenda.length === 0,
  describe,
  why: (state, fact) => reasonsFor(state, fact),
  measure,
  invariants: {
    'the stack can stand': ({ stack }) => faultsOf(stack).length === 0,
    'every step is between parts of the stack': ({ stack, trace }) => trace.every(({ from, to, runs }) => [from, to, runs].every((id) => nodesOf(stack).some((node) => node.id === id))),
    'a system call enters the nearest kernel below': ({ stack, trace }) => named(trace, 'systemCallMade').every((fact) => fact.to === kernelOf(stack, fact.from)?.id),
    'a VM exit leaves a machine': (state) => named(state.trace, 'vmExited').every((fact) => onVirtualHardware(state, fact.from) && !onVirtualHardware(state, fact.to)),
    'a machine is entered once for each exit': ({ trace, agenda }) => {
      const inside = named(trace, 'vmExited').length - named(trace, 'vmEntered').length;
      return inside === 0 || (inside === 1 && agenda.length > 0);
    },
    'kernels run in ring 0 and all other software in ring 3': (state) => state.trace.every((fact) => ringFits(state, fact)),
    'guest modes are inside a machine only': (state) => state.trace.every((fact) => fact.mode.startsWith('guest') === onVirtualHardware(state, fact.runs)),
    'a step starts where the last one ended, or something else acts meanwhile': ({ trace }) => trace.every((fact, i) => fact.meanwhile || fact.from === (trace[i - 1]?.runs ?? 'app')),
  },
};

function init({ program, stack, cache = 'cold' }: Config): State {
  if (!PROGRAMS.includes(program)) throw new SimError(`There is no program “${program}”. Choose one of ${PROGRAMS.join(', ')}.`);
  if (!STACKS.includes(stack)) throw new SimError(`There is no stack “${stack}”. Choose one of ${STACKS.join(', ')}.`);
  const cut = { config: { program, stack, cache }, stack: stackFor(stack, { terminal: program === 'print' }) };
  return { ...cut, agenda: settle(cut, [goal('program', 'app')]), trace: [] };
}

function step(state: State, action: Action): Step<State, TraceFact> {
  const [next, ...rest] = state.agenda;
  if (action.type !== 'step') throw new SimError('The only thing to do here is to step.');
  if (!next) throw new SimError('The request has been answered. There is no further step.');
  const draft = draftOf(state, next);
  const runs = draft.runs ?? draft.to;
  const fact: TraceFact = {
    id: next.do,
    ...draft,
    runs,
    meanwhile: draft.meanwhile ?? false,
    mode: modeOf(state, runs),
    border: borderBetween(state, draft.from, draft.to),
    through: wallBetween(state, draft.from, draft.to),
  };
  return { state: { ...state, agenda: settle(state, rest), trace: [...state.trace, fact] }, facts: [fact] };
}

const named = (trace: readonly TraceFact[], id: string) => trace.filter((fact) => fact.id === id);

function ringFits(cut: Cut, { runs, mode }: TraceFact): boolean {
  const layer = partOf(cut, runs)?.layer;
  if (layer === 'hardware') return mode === 'device';
  return layer === 'kernel' ? mode.endsWith('kernel') : mode.endsWith('user');
}

/** The part that runs now: before the first step, the program. */
export function runningIn(state: State): { readonly id: string; readonly mode: Mode } {
  const last = state.trace.at(-1);
  return last ? { id: last.runs, mode: last.mode } : { id: 'app', mode: modeOf(state, 'app') };
}

/**
 * Counts so far. `crossings`: steps across the line to a kernel, a machine's wall or the bus. `systemCalls`: those made by the
 * program and, on its behalf, by others, as far as they are steps of their own. `answeringKernel`: id of the kernel that the program's own call entered,
 * empty before that or when there is no call. `hardwareReached`: a real device was asked.
 */
function measure(state: State): Measures {
  const { trace, agenda } = state;
  const calls = named(trace, 'systemCallMade');
  const kernels = trace.flatMap(({ from, to }) => [from, to]).filter((id) => partOf(state, id)?.layer === 'kernel');
  return {
    steps: trace.length,
    crossings: trace.filter((fact) => CROSSED.includes(fact.border)).length,
    systemCalls: calls.length,
    programSystemCalls: calls.filter((fact) => fact.from === 'userland').length,
    vmExits: named(trace, 'vmExited').length,
    kernelsInvolved: new Set(kernels).size,
    answeringKernel: calls[0]?.to ?? '',
    hardwareReached: trace.some((fact) => fact.border === 'device'),
    done: agenda.length === 0,
  };
}

function describe(state: State): string {
  const { config, trace, agenda } = state;
  const last = trace.at(-1);
  const now = MODES[runningIn(state).mode][0];
  if (!last) return `${PROGRAM_NAMES[config.program]} (${STACK_NAMES[config.stack].toLowerCase()}): the program runs in ${now} and is about to call. Step to see who answers.`;
  if (agenda.length > 0) return `${last.text} Now running: ${label(state, last.runs)}, ${now}.`;
  return `${last.text} ${verdict(state)}`;
}

function verdict(state: State): string {
  const { answeringKernel, vmExits, kernelsInvolved } = measure(state);
  if (answeringKernel === '') return 'Done: the program made no system call.';
  // The trace follows one character to the screen; a serial port takes them one by one.
  const each = state.config.program === 'print' && vmExits === 1 ? ' for each character' : '';
  const exits = vmExits === 0 ? 'no VM exit' : `${vmExits} VM exit${vmExits === 1 ? '' : 's'}${each}`;
  return `Done: ${the(state, String(answeringKernel))} answered the program; ${exits}, ${kernelsInvolved} kernel${kernelsInvolved === 1 ? '' : 's'} ran.`;
}
