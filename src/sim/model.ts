/**
 * The contract that every model keeps: a pure transition system with the clock outside it.
 * A model knows the rules of its domain; it refuses to know about pixels, time of day, files and randomness.
 */

/** What happened, in the past tense: `{ id: 'kernelEntered', … }`. Facts feed the log, the captions, the golden tests and `why`. */
export interface FactBase {
  readonly id: string;
}

/** One transition: the state after it and what happened on the way. */
export interface Step<State, Fact> {
  readonly state: State;
  readonly facts: readonly Fact[];
}

/** Why a fact came about: the rule that decided, as a sentence, and the ids of the figures and sources it rests on. */
export interface Reason {
  readonly rule: string;
  readonly text: string;
  readonly figures?: readonly string[];
  readonly sources?: readonly string[];
}

/** A named quantity of a state. Claims in content/claims compare these; names are stable and part of a model's API. */
export type Measures = Readonly<Record<string, number | string | boolean>>;

/** A sourced figure as a model receives it: `low` and `high` bound the spread; equal to `value` where none is known. */
export interface Quantity {
  readonly id: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** Figures by id. Models take them as an argument, so that src/sim never reads a file. */
export type Figures = Readonly<Record<string, Quantity>>;

export interface Model<Config, State, Action, Fact extends FactBase> {
  readonly id: string;
  readonly defaults: Config;
  /** First state of a run. Throws SimError when the configuration makes no sense. */
  init(config: Config, seed: number): State;
  /** Every action that `step` accepts now. The view disables whatever is not listed; property tests draw from it. */
  legal(state: State): readonly Action[];
  /** The state after an action. Throws SimError with a reader's sentence; never mutates its arguments. */
  step(state: State, action: Action): Step<State, Fact>;
  isDone(state: State): boolean;
  /** One or two sentences: the caption, the live region and the text without JavaScript. */
  describe(state: State): string;
  /** The rules and figures behind a fact, computed from the state's own trace. */
  why(state: State, fact: Fact): readonly Reason[];
  /** Quantities that claims and tests compare. */
  measure(state: State): Measures;
  /** Must hold in every reachable state. Property tests walk `legal` and check them. */
  readonly invariants: Readonly<Record<string, (state: State) => boolean>>;
}

/** What a page needs of a model to play a run and tell it. The rest serves tests, claims and exports, and loads with those. */
export type Playable<Config, State, Action, Fact extends FactBase> = Pick<Model<Config, State, Action, Fact>, 'id' | 'init' | 'step' | 'describe' | 'why'>;

/** A run as it is stored and linked to: never its state. */
export interface Recipe<Config, Action> {
  readonly config: Config;
  readonly seed: number;
  readonly actions: readonly Action[];
}
