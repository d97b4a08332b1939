/** What LayerLab shows, as words and rows: the drawing and the table read the same. The rules have filled it in; it knows none of them. */
import type { State, StoreKind } from '../../src/sim/image-store/types.ts';
import type { Table } from '../kit/playground.ts';

/** Where a run can start, with the names that a reader chooses from. */
export const SCENE_NAMES = {
  app: 'An app and its container',
  shared: 'Images on one base',
  order: 'The order of a Dockerfile',
  delete: 'A file that is deleted later',
  volumes: 'A volume',
  tag: 'A tag that moves',
  machines: 'Beside it, a virtual machine’s disk',
  empty: 'An empty store, everything offered',
} as const;
export type SceneId = keyof typeof SCENE_NAMES;

export const STORE_NAMES: Readonly<Record<StoreKind, string>> = { containerd: 'containerd (Engine 29)', overlay2: 'overlay2 (classic)' };

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
  readonly note: string;
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
  readonly kind: 'container' | 'image' | 'machine';
  /** The name that actions take. */
  readonly name: string;
  readonly label: string;
  readonly levels: readonly Level[];
  /** What can be done with each path. */
  readonly deeds: Readonly<Record<string, readonly string[]>>;
  /** What can be done with the whole. */
  readonly can: readonly string[];
}

export interface Card {
  readonly id: string;
  readonly name: string;
  /** What its last build added to the disk, as `+1 GB`; empty before the reader builds it. */
  readonly added: string;
  readonly lines: readonly { readonly text: string; readonly mark: 'cached' | 'anew' | ''; readonly note: string }[];
}

type Names = Readonly<Record<string, string>>;

/** What can be chosen for each kind of action, by id. */
export interface Offers {
  readonly pull: Names;
  readonly republish: readonly string[];
  readonly build: Names;
  readonly edit: Names;
  readonly run: Names;
  readonly mount: Names;
  readonly mkvolume: Names;
  readonly rmvolume: Names;
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
}

export const MARKS: Readonly<Record<Mark, readonly [sign: string, words: string]>> = {
  answers: ['●', 'is read from here'],
  copied: ['▲', 'copied up, is read from here'],
  hidden: ['○', 'hidden'],
  whiteout: ['×', 'whiteout'],
  opaque: ['■', 'opaque directory'],
};

/** The row of controls of the stack that is looked into. */
export const LOOKED_INTO = 'stack';

/** A sentence as a model says it, in three: what happened first, the rest, and what the store takes now. */
export function toldIn(says: string): readonly [first: string, rest: string, last: string] {
  const end = says.lastIndexOf('The store ');
  const first = Math.min(says.search(/\. /) + 1 || says.length, end > 0 ? end : says.length);
  return [says.slice(0, first), says.slice(first, Math.max(first, end)), says.slice(Math.max(first, end))];
}

/** The store’s parts, layers and images as a table, with the files of what the last action concerned. */
export function tableOf({ config, shown }: LabState, name?: string): Table {
  const { parts, total, roots, disks, disksTotal, images, volumes, stacks, focus } = shown;
  const looked = stacks.find(({ id }) => id === focus);
  return {
    caption: `${name ? `${name}. ` : ''}What the store holds (${STORE_NAMES[config.store]}), and ${looked ? `the files of ${looked.label}` : 'no files yet'}.`,
    head: ['Kind', 'Name', 'Size', 'What is said of it'],
    rows: [
      ...parts.map((part) => ['Disk use', part.name, part.text, 'as docker system df names it']),
      ['Disk use', 'Total', total.text, shown.compressed || 'the sum of the four'],
      ...images.map((image) => ['Image', image.name, image.bytes, `${image.shared} shared, ${image.unique} its own; ${image.containers} ${image.containers === 1 ? 'container' : 'containers'}`]),
      ...[...roots, ...disks].flatMap((root) => rowsOf(root, '')),
      ...volumes.map((volume) => ['Volume', volume.name, volume.size, volume.note]),
      ...(disksTotal ? [['Disk use', 'Disk images of virtual machines', disksTotal, 'outside the store']] : []),
      ...(looked?.levels ?? []).flatMap(({ title, lines }) => lines.map((line) => ['File', line.path, line.size || 'no bytes', `in ${title}: ${saidOf(line)}`])),
    ],
  };
}

/** What a line of a level means, in words. */
export const saidOf = ({ mark, note }: Line) => (note ? `${MARKS[mark][1]}, ${note}` : MARKS[mark][1]);

const KINDS: Readonly<Record<Strip['kind'], string>> = { layer: 'Layer', cache: 'Layer', own: 'Container’s own layer', disk: 'Disk file' };

function rowsOf({ kind, title, digest, size, tags, note, on }: Strip, below: string): readonly (readonly string[])[] {
  const said = [tags.length > 0 ? `top layer of ${tags.join(', ')}` : '', note, below ? `on ${below}` : 'lowest'].filter((text) => text !== '').join('; ');
  return [[KINDS[kind], digest ? `${title} (${digest})` : title, size, said], ...on.flatMap((strip) => rowsOf(strip, digest || title))];
}

/** The scale of two bars side by side, or of one. */
export const scaleOf = (states: readonly LabState[]) => Math.max(...states.map(({ shown }) => shown.scale));
