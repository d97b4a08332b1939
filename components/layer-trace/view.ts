/** What the trace looks like in words and marks: the list, the table and the drawing read the same rows. It draws nothing. */
import { seek, startRun } from '../../src/sim/run.ts';
import type { Measures, Recipe, Run, StackNode } from '../../src/sim/index.ts';
import { label, layerTrace, MODES, PROGRAM_NAMES, runningIn, STACK_NAMES } from '../../src/sim/layer-trace/index.ts';
import type { Action, Border, Config, State, TraceFact } from '../../src/sim/layer-trace/index.ts';
import type { Table } from '../kit/playground.ts';

export interface Row {
  readonly step: number;
  readonly from: string;
  readonly to: string;
  /** How it got there: a name for the crossing, or the subsystem that acts where nothing is crossed. */
  readonly title: string;
  /** What was crossed. `sandbox`: the line to a kernel, through a container's wall. */
  readonly border: Border | 'sandbox';
  readonly mode: readonly [name: string, ring: string];
  readonly meanwhile: boolean;
  readonly text: string;
  readonly fact: TraceFact;
}

const TITLES: Readonly<Record<string, string>> = {
  libraryCalled: 'library call',
  libraryReturned: 'return',
  systemCallMade: 'system call',
  returned: 'return to user mode',
  pageFaulted: 'page fault',
  faultResolved: 'return to user mode',
  vmExited: 'VM exit',
  vmEntered: 'VM entry',
  exitHandedUp: 'return to user mode',
  interruptInjected: 'virtual interrupt',
  interruptRaised: 'interrupt',
  doorbellRung: 'device register',
  processWoken: 'wake-up',
  pictureHandedOver: 'system calls',
};

/** What the drawing of a border means, for its tooltip and for readers who do not see it. */
export const BORDER_WORDS: Readonly<Record<Row['border'], string>> = {
  none: '',
  call: 'inside one process',
  gate: 'between user and kernel mode',
  sandbox: 'between user and kernel mode, through the wall of the container',
  machine: 'through the wall of the virtual machine',
  device: 'over the bus to a device',
};

/** The steps so far, first to last. */
export function rowsOf(state: State): readonly Row[] {
  return state.trace.map((fact, i) => ({
    step: i + 1,
    from: label(state, fact.from),
    to: label(state, fact.to),
    title: TITLES[fact.id] ?? fact.subsystem,
    border: fact.through && fact.border === 'gate' ? 'sandbox' : fact.border,
    mode: MODES[fact.mode],
    meanwhile: fact.meanwhile,
    text: fact.text,
    fact,
  }));
}

/** The steps as a table, starting from the program at rest. */
export function tableOf(state: State): Table {
  const { program, stack } = state.config;
  const start = ['0', 'program', runningBefore(state), 'The program runs and is about to call.'];
  const rows = rowsOf(state).map((row) => [
    String(row.step),
    row.from === row.to ? row.from : `${row.from} → ${row.to}`,
    row.mode.join(', '),
    `${row.meanwhile ? 'Meanwhile, ' : ''}${row.title}: ${row.text}`,
  ]);
  return { caption: `${PROGRAM_NAMES[program]}, ${STACK_NAMES[stack].toLowerCase()}`, head: ['Step', 'From → to', 'CPU mode', 'What happened'], rows: [start, ...rows] };
}

const runningBefore = (state: State) => MODES[runningIn({ ...state, trace: [] }).mode].join(', ');

/** Parts by what they did: the one that runs now, and those that ran before or were reached. */
export function marksOf(state: State): Readonly<Record<string, 'active' | 'passed'>> {
  const reached = state.trace.flatMap(({ from, to, runs }) => [from, to, runs]);
  return { ...Object.fromEntries(reached.map((id) => [id, 'passed' as const])), [runningIn(state).id]: 'active' };
}

/** The node that a drawing should scroll to is the one that runs; its mode in words. */
export function modeNow(state: State): readonly [name: string, ring: string] {
  return MODES[runningIn(state).mode];
}

/** The counts that readers compare, as words. */
export function tallyOf(state: State): string {
  const { programSystemCalls, vmExits, kernelsInvolved, answeringKernel, done } = layerTrace.measure(state);
  const counts = [many(programSystemCalls, 'system call by the program', 'system calls by the program'), many(vmExits, 'VM exit', 'VM exits'), `${many(kernelsInvolved, 'kernel', 'kernels')} ran`];
  const answer = answeringKernel ? `the call entered the ${label(state, String(answeringKernel))}` : done ? 'no kernel was asked' : '';
  return `${counts.join(', ')}${answer && `; ${answer}`}.`;
}

function many(count: Measures[string] | undefined, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** The run of a configuration to its end, standing after `steps` steps or at the end if it is shorter. */
export function traced(config: Config, seed: number, steps: number): Run<Config, State, Action, TraceFact> {
  const actions: Action[] = [];
  for (let state = layerTrace.init(config, seed); !layerTrace.isDone(state); ) {
    const [action] = layerTrace.legal(state) as [Action];
    actions.push(action);
    ({ state } = layerTrace.step(state, action));
  }
  return seek(startRun(layerTrace, { config, seed, actions }), steps);
}

/** The same as a recipe that ends where the run stands. */
export function recipeFor(config: Config, seed: number, steps: number): Recipe<Config, Action> {
  const run = traced(config, seed, steps);
  return { ...run.recipe, actions: run.recipe.actions.slice(0, run.cursor) };
}

/** What a screen reader is told of the drawing. */
export function sectionLabel(stack: StackNode, state: State): string {
  return `The stack: ${STACK_NAMES[state.config.stack].toLowerCase()}, with ${stack.part.name} at the bottom. ${label(state, runningIn(state).id)} runs in ${modeNow(state)[0]}.`;
}
