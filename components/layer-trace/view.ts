/** What the trace looks like in words and marks: the list, the table and the drawing read the same rows. It draws nothing. */
import { act, played, seek, upTo } from '../../src/sim/run.ts';
import type { Recipe, Run } from '../../src/sim/index.ts';
import { label } from '../../src/sim/layer-trace/cut.ts';
import { countsOf, exitsOf, many, runningIn } from '../../src/sim/layer-trace/model.ts';
import type { LayerTrace } from '../../src/sim/layer-trace/model.ts';
import { MODES, PROGRAM_NAMES, STACK_NAMES } from '../../src/sim/layer-trace/types.ts';
import type { Action, Border, Config, State, TraceFact } from '../../src/sim/layer-trace/types.ts';
import type { Table } from '../kit/playground.ts';

export interface Row {
  readonly step: number;
  readonly from: string;
  readonly to: string;
  /** What was crossed. `sandbox`: the line to a kernel, through a container's wall. */
  readonly border: Border | 'sandbox';
  readonly fact: TraceFact;
}

/** The steps so far, first to last. */
export function rowsOf(state: State): readonly Row[] {
  return state.trace.map((fact, i) => ({
    step: i + 1,
    from: label(state, fact.from),
    to: label(state, fact.to),
    border: fact.through && fact.border === 'gate' ? 'sandbox' : fact.border,
    fact,
  }));
}

/** The steps as a table, starting from the program at rest. */
export function tableOf(state: State): Table {
  const { program, stack } = state.config;
  const before = MODES[runningIn({ ...state, trace: [] }).mode].join(', ');
  const rows = rowsOf(state).map(({ step, from, to, fact: { mode, meanwhile, title, text } }) =>
    [String(step), from === to ? from : `${from} → ${to}`, MODES[mode].join(', '), `${meanwhile ? 'Meanwhile. ' : ''}${title}: ${text}`]);
  return {
    caption: `${PROGRAM_NAMES[program]}. Stack: ${STACK_NAMES[stack]}`,
    head: ['Step', 'From → to', 'CPU mode', 'What happened'],
    rows: [['0', 'program', before, 'The program runs and is about to call.'], ...rows],
  };
}

/** Parts by what they did: the one that runs now, and those that ran before or were reached. */
export function marksOf(state: State): Readonly<Record<string, 'active' | 'passed'>> {
  const reached = state.trace.flatMap(({ from, to, runs }) => [from, to, runs]);
  return { ...Object.fromEntries(reached.map((id) => [id, 'passed' as const])), [runningIn(state).id]: 'active' };
}

/** What a screen reader is told of the drawing. */
export function sectionLabel(state: State): string {
  const { id, mode } = runningIn(state);
  return `Stack: ${STACK_NAMES[state.config.stack]}. The ${label(state, id)} runs, ${MODES[mode].join(', ')}.`;
}

/** The counts that readers compare, as words. */
export function tallyOf(state: State): string {
  const { programSystemCalls, kernelsInvolved, answeringKernel, done } = countsOf(state);
  const answer = answeringKernel ? `; the call entered the ${label(state, answeringKernel)}` : done ? '; no kernel was asked' : '';
  return `${many(programSystemCalls, 'system call')} by the program, ${exitsOf(state)}, ${many(kernelsInvolved, 'kernel')} ran${answer}.`;
}

/** What the one of two answered requests needed that the other did not. A VM exit comes with a second kernel: the one it goes to. */
export function differenceOf(states: readonly State[]): string {
  const [more, another] = states.filter((state) => countsOf(state).vmExits);
  return more && !another ? `${STACK_NAMES[more.config.stack]} needed ${exitsOf(more)} and a second kernel more.` : 'No difference in these counts.';
}

export type TraceRun = Run<Config, State, Action, TraceFact>;

/** The run of a recipe to the end of its story, standing after `steps` steps, or at the end if it is shorter. */
export function traced(model: LayerTrace, recipe: Recipe<Config, Action>, steps = recipe.actions.length): TraceRun {
  let run = played(model, recipe);
  for (let [next] = model.legal(run.state); next; [next] = model.legal(run.state)) run = act(run, next);
  return seek(run, steps);
}

/** The recipe of a configuration that ends after `steps` steps, or at the end of the story. */
export function recipeFor(model: LayerTrace, config: Config, seed: number, steps: number): Recipe<Config, Action> {
  const { recipe, cursor } = traced(model, { config, seed, actions: [] }, steps);
  return upTo(recipe, cursor);
}
