/**
 * Claims on trial: plays each scenario on its playground's model and compares what the model says with what the claim expects.
 * It knows playgrounds by their entries in the catalog only.
 */
import { catalog } from '../../components/catalog.ts';
import { known } from '../known/index.ts';
import { entryOf, figuresFor } from './index.ts';
import { problemAt } from './mistakes.ts';
import { nearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { COMPARISONS, type Claim, type Comparison, type Expectation, type Scenario } from './schema.ts';
import type { YamlFile } from './yaml.ts';

/** Models that draw at random get the same draw in every claim. */
const SEED = 1;

/** `actions: end` gives up here: a run that is longer does not end. */
const MOST_STEPS = 400;

export type Value = number | string | boolean;
type Measured = Readonly<Record<string, Value>>;

export interface Played {
  /** What the playground's codec writes into a link. */
  readonly recipe: { readonly config: unknown; readonly seed: number; readonly actions: readonly unknown[] };
  readonly measures: Measured;
}

/** Plays a scenario. Throws an Error, or the model's own, when the playground, the configuration or an action is not possible. */
export function play(scenario: Scenario): Played {
  const playground = playgroundOf(scenario);
  const model = playground.model(figuresFor(playground.figures), known());
  const config = configOf(scenario, model.defaults, playground.optional ?? []);
  let state = model.init(config, SEED);
  const actions: unknown[] = [];
  const take = (action: unknown): void => {
    state = model.step(state, action).state;
    actions.push(action);
  };
  if (scenario.actions === 'end') {
    while (!model.isDone(state)) take(onlyAction(model.legal(state), actions.length));
  } else {
    for (const { times = 1, ...action } of scenario.actions) for (let i = 0; i < times; i += 1) take(action);
  }
  return { recipe: { config, seed: SEED, actions }, measures: model.measure(state) };
}

/** The address, without the base path, that opens a scenario's playground in the state in which the claim judges it. */
export function scenarioPath(scenario: Scenario): string {
  const { codec, name } = playgroundOf(scenario);
  return `/playgrounds/${name}/?${name}-1=${encodeURIComponent(codec.encode(play(scenario).recipe))}#${name}-1`;
}

/** One expectation with what the model says about it. */
export interface Finding {
  readonly measure: string;
  /** Undefined when the model has no such measure. */
  readonly found: Value | undefined;
  readonly comparison: Comparison;
  /** What was compared with, and how the claim writes it: a value, or `<scenario>.<measure>`. */
  readonly than: Value;
  readonly written: Value;
  readonly holds: boolean;
}

/** Plays all scenarios of a claim and compares. One finding for each expectation, in their order. Throws what `play` throws. */
export function findingsOf(claim: Claim): readonly Finding[] {
  const played = new Map(claim.scenarios.map((scenario) => [scenario.name, play(scenario).measures]));
  return claim.expect.map((expectation) => compared(expectation, played));
}

/** Every expectation of a claim that the models do not meet, with its line. Empty for a claim that no model can show. */
export function tryClaim(claim: Claim, file: YamlFile): readonly Problem[] {
  const unplayable = claim.scenarios.flatMap((scenario, i) => whyNot(scenario).map((why) =>
    problemAt(file, file.placeOf(['scenarios', i]), `a scenario that cannot be played: ${why}`, 'one that the model accepts', 'correct "playground", "config" or "actions"')));
  if (unplayable.length > 0) return unplayable;
  return findingsOf(claim).flatMap((finding, i) => (finding.holds ? [] : [unmet(finding, claim, file, i)]));
}

function unmet({ measure, found, comparison, than, written }: Finding, claim: Claim, file: YamlFile, index: number): Problem {
  const place = file.placeOf(['expect', index]);
  if (found === undefined) {
    const names = Object.keys(play(claim.scenarios.find(({ name }) => measure.startsWith(`${name}.`)) as Scenario).measures);
    const near = nearest(measure.split('.')[1] as string, names);
    return problemAt(file, place, `the unknown measure "${measure}"`, `one of ${names.join(', ')}`, near ? `write "${near}"` : 'choose one');
  }
  const expected = `${COMPARISON_WORDS[comparison]} ${JSON.stringify(than)}${than === written ? '' : ` (${written})`}`;
  return problemAt(file, place, `${measure} = ${JSON.stringify(found)}, says the model`, `that it ${expected}`, 'correct the claim, or the model if the claim is right');
}

function whyNot(scenario: Scenario): readonly string[] {
  try {
    play(scenario);
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function playgroundOf({ playground }: Scenario) {
  return entryOf(new Map(Object.entries(catalog)), 'playground', playground);
}

function configOf({ config }: Scenario, defaults: Readonly<Record<string, unknown>>, optional: readonly string[]): Readonly<Record<string, unknown>> {
  const known = [...Object.keys(defaults), ...optional];
  const unknown = Object.keys(config).find((key) => !known.includes(key));
  if (unknown === undefined) return { ...defaults, ...config };
  const near = nearest(unknown, known);
  throw new Error(`There is no setting "${unknown}".${near ? ` Is "${near}" meant?` : ` The settings are ${known.join(', ')}.`}`);
}

function onlyAction(legal: readonly unknown[], taken: number): unknown {
  if (legal.length !== 1) throw new Error(`"actions: end" needs one way forward; after ${taken} steps there are ${legal.length}.`);
  if (taken >= MOST_STEPS) throw new Error(`The run has not ended after ${MOST_STEPS} steps.`);
  return legal[0];
}

const HOLDS: Readonly<Record<Comparison, (found: Value, than: Value) => boolean>> = {
  is: (found, than) => found === than,
  atMost: (found, than) => found <= than,
  atLeast: (found, than) => found >= than,
  below: (found, than) => found < than,
  above: (found, than) => found > than,
};

const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = { is: 'is', atMost: 'is at most', atLeast: 'is at least', below: 'is less than', above: 'is more than' };

function compared(expectation: Expectation, played: ReadonlyMap<string, Measured>): Finding {
  const { measure } = expectation;
  const comparison = COMPARISONS.find((name) => expectation[name] !== undefined) as Comparison;
  const written = expectation[comparison] as Value;
  const [found, than] = [measured(measure, played), referred(written, played)];
  // Order exists between numbers only: the model says "no figure" where it has none.
  const isComparable = comparison === 'is' || (typeof found === 'number' && typeof than === 'number');
  return { measure, found, comparison, than, written, holds: found !== undefined && isComparable && HOLDS[comparison](found, than) };
}

/** The value behind `<scenario>.<measure>`; undefined when there is none. */
function measured(reference: string, played: ReadonlyMap<string, Measured>): Value | undefined {
  const [name = '', measure = ''] = reference.split('.');
  return played.get(name)?.[measure];
}

/** A text that names a scenario and a measure stands for its value; everything else for itself. */
function referred(value: Value, played: ReadonlyMap<string, Measured>): Value {
  return (typeof value === 'string' ? measured(value, played) : undefined) ?? value;
}
