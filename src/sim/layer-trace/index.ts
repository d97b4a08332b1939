/** The layer trace whole, with its words and its laws: what tests, claims and the build use. */
import { kernelOf, nodesOf } from '../domain.ts';
import { faultsOf } from '../stack-faults.ts';
import type { Model } from '../model.ts';
import { onVirtualHardware, partOf } from './cut.ts';
import type { Cut } from './cut.ts';
import { measured } from './measure.ts';
import { countsOf, layerTraceIn } from './model.ts';
import type { LayerTrace } from './model.ts';
import { readWords } from './phrases.ts';
import type { Action, Config, State, TraceFact } from './types.ts';
import { checkAction, checkConfig } from './vocabulary.ts';
import { WORDS_TEXT } from './words.ts';

export { runningIn } from './model.ts';
export { stackFor } from './stacks.ts';
export * from './types.ts';
export { PROGRAMS, STACKS } from './vocabulary.ts';
export { WORDS_TEXT } from './words.ts';

export const words = readWords(WORDS_TEXT);

/** Ids of the sources that the rules cite. */
export const citedSources: readonly string[] = [...new Set([...words.rules.values()].flatMap((rule) => rule.sources))];

const named = (trace: readonly TraceFact[], id: string) => trace.filter((fact) => fact.id === id);

const invariants: Model<Config, State, Action, TraceFact>['invariants'] = {
  'the stack can stand': ({ stack }) => faultsOf(stack).length === 0,
  'every step is between parts of the stack': ({ stack, trace }) => trace.every(({ from, to, runs }) => [from, to, runs].every((id) => nodesOf(stack).some((node) => node.id === id))),
  'a system call enters the nearest kernel below': ({ stack, trace }) => named(trace, 'systemCallMade').every((fact) => fact.to === kernelOf(stack, fact.from)?.id),
  'a VM exit leaves a machine': (state) => named(state.trace, 'vmExited').every((fact) => onVirtualHardware(state, fact.from) && !onVirtualHardware(state, fact.to)),
  'a machine is entered once for each exit': ({ trace, agenda }) => {
    const outside = named(trace, 'vmExited').length - named(trace, 'vmEntered').length;
    return outside === 0 || (outside === 1 && agenda.length > 0);
  },
  'kernels run in ring 0 and all other software in ring 3': (state) => state.trace.every((fact) => ringFits(state, fact)),
  'guest modes are inside a machine only': (state) => state.trace.every((fact) => fact.mode.startsWith('guest') === onVirtualHardware(state, fact.runs)),
  'a step starts where the last one ended, or something else acts meanwhile': ({ trace }) => trace.every((fact, i) => fact.meanwhile || fact.from === (trace[i - 1]?.runs ?? 'app')),
};

const played = layerTraceIn(words);

export const layerTrace: LayerTrace & Model<Config, State, Action, TraceFact> = {
  ...played,
  init: (config, seed) => {
    checkConfig(config);
    return played.init(config, seed);
  },
  step: (state, action) => {
    checkAction(action);
    return played.step(state, action);
  },
  defaults: { program: 'read-file', stack: 'container', cache: 'cold' },
  isDone: ({ agenda }) => agenda.length === 0,
  measure: (state) => measured(state, countsOf(state)),
  invariants,
};

function ringFits(cut: Cut, { runs, mode }: TraceFact): boolean {
  const layer = partOf(cut, runs)?.layer;
  if (layer === 'hardware') return mode === 'device';
  return layer === 'kernel' ? mode.endsWith('kernel') : mode.endsWith('user');
}
