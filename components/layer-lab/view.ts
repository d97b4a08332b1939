/** What LayerLab shows, as words and rows. The rules fill it in, in shown.ts; what draws it knows none of them. */
import type { State, StoreKind } from '../../src/sim/image-store/types.ts';
import type { Table } from '../kit/playground.ts';

/** Where a run can start. */
export type SceneId = 'app' | 'shared' | 'order' | 'delete' | 'volumes' | 'tag' | 'machines' | 'empty';

export interface LabConfig {
  readonly scene: SceneId;
  readonly store: StoreKind;
}

export interface LabState {
  readonly config: LabConfig;
  /** What the model holds; what is drawn is in `shown`. */
  readonly store: State;
  readonly shown: Shown;
  readonly says: string;
  /** The same in three: what happened first, the rest, and what the store takes now. */
  readonly told: readonly [first: string, rest: string, last: string];
}

/** One kind of thing that `docker system df` names. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  readonly text: string;
}

/** A layer, a container’s own layer or a disk file, with what stands on it. */
export interface Strip {
  readonly kind: 'layer' | 'cache' | 'own' | 'disk';
  readonly title: string;
  /** The first digits of its digest; empty for what has none. */
  readonly digest: string;
  readonly size: string;
  /** Tags of the images that end here. */
  readonly tags: readonly string[];
  readonly note: string;
  /** Whether the last action made or changed it. */
  readonly fresh: boolean;
  readonly on: readonly Strip[];
}

export type Mark = 'answers' | 'copied' | 'hidden' | 'whiteout' | 'opaque';

/** An entry of one layer, as it is seen from the top of a stack. */
export interface Line {
  readonly path: string;
  readonly size: string;
  readonly mark: Mark;
  readonly sign: string;
  /** What the mark means here. */
  readonly said: string;
  /** Whether the sign alone tells that to those who see it. */
  readonly plain: boolean;
  /** Whether it answered the read that was just made. */
  readonly read: boolean;
}

export interface Level {
  readonly kind: 'mount' | 'own' | 'layer' | 'disk';
  /** A layer’s is its number from the ground up, and what made it. */
  readonly title: string;
  /** The first digits of its digest; empty for what has none. */
  readonly digest: string;
  readonly size: string;
  readonly lines: readonly Line[];
}

/** Something that can be looked into, top level first, and what can be done with it. */
export interface Stack {
  readonly id: string;
  readonly label: string;
  readonly levels: readonly Level[];
  /** How to read the levels. */
  readonly note: string;
  /** The field of actions that names it. */
  readonly subject: Names;
  /** All that can be done inside things of its kind, by type of action. */
  readonly inside: Names;
  /** What of that can be done with each path; the path that a reader wants most comes first. */
  readonly deeds: Readonly<Record<string, readonly string[]>>;
  /** What can be done with the whole, by type of action. */
  readonly can: Names;
}

export interface Card {
  readonly id: string;
  readonly name: string;
  /** What its last build added to the disk, as `+1 GB`; empty before the reader builds it. */
  readonly added: string;
  readonly lines: readonly { readonly text: string; readonly mark: 'cached' | 'anew' | ''; readonly note: string }[];
}

export type Names = Readonly<Record<string, string>>;

/** What can be chosen for each kind of action, and where to start, by id. */
export interface Offers {
  readonly scene: Readonly<Record<SceneId, string>>;
  readonly store: Readonly<Record<StoreKind, string>>;
  readonly pull: Names;
  readonly republish: readonly string[];
  readonly build: Names;
  readonly edit: Names;
  readonly run: Names;
  readonly mount: Names;
  readonly mkvolume: Names;
  readonly rmvolume: Names;
  readonly prune: Names;
  readonly clone: Names;
}

export interface Shown {
  /** What to do in this scene, in words. */
  readonly task: string;
  /** The last action as one would type it; empty at first. */
  readonly command: string;
  /** What it changed on the disk. */
  readonly change: string;
  /** Images, Containers, Local Volumes, Build Cache: they add up to `total`. */
  readonly parts: readonly Part[];
  readonly total: Part;
  /** Bytes of the bar’s full width. */
  readonly scale: number;
  readonly compressed: string;
  readonly images: readonly { readonly name: string; readonly bytes: string; readonly shared: string; readonly unique: string; readonly containers: number }[];
  readonly volumes: readonly { readonly name: string; readonly size: string; readonly note: string }[];
  readonly roots: readonly Strip[];
  /** What was left out of the drawing. */
  readonly undrawn: string;
  readonly disks: readonly Strip[];
  readonly disksTotal: string;
  readonly stacks: readonly Stack[];
  /** What the last action concerned, by id of its stack. */
  readonly focus: string;
  readonly cards: readonly Card[];
  readonly offers: Offers;
  readonly reasons: readonly { readonly text: string; readonly sources: readonly string[] }[];
  readonly table: Table;
}

/** The row of controls of the stack that is looked into. */
export const LOOKED_INTO = 'stack';

/** The table of a run; `name` tells one of two from the other. */
export const tableIn = ({ shown: { table } }: LabState, name?: string): Table => (name ? { ...table, caption: `${name}. ${table.caption}` } : table);

/** The scale of two bars side by side, or of one. */
export const scaleOf = (states: readonly LabState[]) => Math.max(...states.map(({ shown }) => shown.scale));
