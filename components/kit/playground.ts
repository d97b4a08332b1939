/** What a playground is to the catalog, the tests and the embeds. Types only: nothing here reaches a reader's browser. */
import type { FactBase, Figures, Model, Recipe } from '../../src/sim/index.ts';
import type { Known } from '../../src/sim/known.ts';
import type { ZodObject } from 'zod';

/** A recipe as short text for links, and back. `decode` answers null for anything damaged; it never throws. */
export interface Codec<Config, Action> {
  encode(recipe: Recipe<Config, Action>): string;
  decode(text: string): Recipe<Config, Action> | null;
}

/** A table that says in text what the drawing shows; the source of the CSV export too. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells a row as `head` has. */
  readonly rows: readonly (readonly string[])[];
}

/** One playground's entry in components/catalog.ts. */
export interface Playground<Props, Config, State, Action, Fact extends FactBase> {
  /** PascalCase: the same in the tag, the file and the address. */
  readonly name: string;
  readonly question: string;
  /** The author's API: a strict schema with a default for everything but `caption`. */
  readonly props: ZodObject;
  /** Ids of the figures that its model computes with. */
  readonly figures: readonly string[];
  /** Ids of the sources that its rules cite. */
  readonly sources?: readonly string[];
  /** Settings that a configuration may leave out, beside those of the model's defaults. */
  readonly optional?: readonly string[];
  /** Its model, told the figures above and whatever else is known of hosts and errors. */
  model(figures: Figures, known: Known): Model<Config, State, Action, Fact>;
  /** The run that an author's props ask for. */
  recipe(props: Props): Recipe<Config, Action>;
  readonly codec: Codec<Config, Action>;
  table(state: State): Table;
}

// A catalog holds playgrounds of unlike models; only their own functions ever meet their own states.
export type AnyPlayground = Playground<any, any, any, any, any>;

/** A figure as an island shows it: its value in words with its source at hand. */
export interface FigureCard {
  readonly id: string;
  readonly quantity: string;
  /** Value, range and unit, formatted. */
  readonly text: string;
  readonly interval?: string;
  readonly conditions: string;
  readonly evidence: string;
  readonly sourceId: string;
  readonly sourceTitle: string;
  readonly sourceYear: number;
}

/** What every island receives from its embed. */
export interface IslandProps<Config, Action> {
  /** `<Name>-<n>`: unique on its page, and the key of its link. */
  readonly instance: string;
  readonly question: string;
  readonly caption: string;
  readonly recipe: Recipe<Config, Action>;
}
