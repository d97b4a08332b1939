/** The words of `image-store`: what a store holds, what a reader may do and what happened. It knows no rules. */
import type { Digest } from './digest.ts';
import type { Disks } from './disks.ts';
import type { Tree } from './overlay.ts';

/** What an image is made of, as a registry publishes it. Loaded from content/images. */
export interface Composition {
  readonly id: string;
  /** Name and tag, such as `debian:trixie-slim`. Two compositions with one reference are the tag's images at two dates. */
  readonly reference: string;
  readonly os: 'linux' | 'windows';
  readonly arch: string;
  /** YYYY-MM-DD. */
  readonly published: string;
  /** The composition whose layers lie lowest in this one. */
  readonly base?: string;
  /** The sum over the layers, as they are downloaded. */
  readonly compressedBytes: number;
  /** What the files take when unpacked; absent where no source says. */
  readonly unpackedBytes?: number;
  readonly unpackedHow?: 'listed' | 'derived';
  readonly layers: readonly {
    /** Of the compressed layer, as its registry names it. */
    readonly digest: string;
    readonly compressedBytes: number;
    readonly madeBy: string;
    /** Whether the model counts the layer as one file, or as a tree of files that it does not tell apart. */
    readonly holds: 'file' | 'tree';
    readonly path: string;
  }[];
  readonly sources: readonly string[];
  readonly where: string;
  readonly note?: string;
}

/** `containerd`: keeps compressed layers beside the unpacked ones. `overlay2`: the classic graph driver, unpacked layers only. */
export const STORES = ['containerd', 'overlay2'] as const;
export type StoreKind = (typeof STORES)[number];

export interface Config {
  readonly store: StoreKind;
  /** References that may be pulled. */
  readonly images: readonly string[];
  /** Dockerfiles that may be built, by id. */
  readonly dockerfiles: readonly string[];
  /** Whether the same app is there as a disk for virtual machines too. */
  readonly disks: boolean;
}

/** One layer, unpacked, in its place on the layers below: the same changes on another layer are stored again. */
export interface Layer {
  /** Names the stack up to this layer. */
  readonly chain: Digest;
  /** The chain below; empty for the lowest layer. */
  readonly parent: Digest | '';
  /** Names the changes alone, uncompressed. */
  readonly diffId: Digest;
  /** Names the compressed layer, which is what travels: the registry's digest, or the model's own. */
  readonly blob: string;
  /** Unpacked. */
  readonly bytes: number;
  readonly compressedBytes: number;
  readonly madeBy: string;
  readonly tree: Tree;
}

export interface Image {
  /** Of the configuration, which lists the layers. */
  readonly id: Digest;
  /** Chains, lowest layer first. */
  readonly layers: readonly Digest[];
  readonly origin: 'pulled' | 'built' | 'committed';
  /** The name under which it came, kept for display when its last tag has moved on. */
  readonly cameAs: string;
}

/** What is mounted at `MOUNT_POINT`: nothing, a named or anonymous volume, or a directory of the host. */
export interface Mount {
  readonly kind: 'volume' | 'bind';
  /** The volume's name; for a bind mount, the directory of the host. */
  readonly source: string;
}

export interface Container {
  readonly image: Digest;
  /** The container's own layer, the only one that it can write to. */
  readonly upper: Tree;
  readonly running: boolean;
  readonly mount?: Mount;
}

export interface Volume {
  readonly anonymous: boolean;
  readonly tree: Tree;
}

/** What one instruction of a build left: found again by its key. */
export interface CacheRecord {
  readonly layer: Digest;
  readonly instruction: string;
  /** The key of the instruction before. */
  readonly after: Digest | '';
}

/** All that lies on the disk, and what is counted over time. */
export interface State {
  readonly config: Config;
  readonly layers: Readonly<Record<Digest, Layer>>;
  /** Compressed layers that are kept, with their sizes. Empty in the classic store. */
  readonly blobs: Readonly<Record<string, number>>;
  readonly images: Readonly<Record<Digest, Image>>;
  readonly tags: Readonly<Record<string, Digest>>;
  readonly containers: Readonly<Record<string, Container>>;
  readonly volumes: Readonly<Record<string, Volume>>;
  /** The directory of the host that a bind mount shows. Not the store’s, so not in its sums. */
  readonly host: Tree;
  readonly cache: Readonly<Record<Digest, CacheRecord>>;
  /** Which image a reference means in the registry now: an index into its compositions by date. */
  readonly registry: Readonly<Record<string, number>>;
  /** How often each file of the build context was edited. */
  readonly edits: Readonly<Record<string, number>>;
  readonly disks: Disks;
  /** How many instructions have been run: a RUN leaves its time in what it makes. */
  readonly runs: number;
  /** How many of each were made, so that no name comes twice. */
  readonly made: { readonly containers: number; readonly volumes: number; readonly machines: number };
  /** Sums since the beginning. */
  readonly downloadedBytes: number;
  readonly copiedUpBytes: number;
  /** What the last action brought about; empty at first. */
  readonly facts: readonly Fact[];
}

/** What a container's directory or a volume may be called into being for: the database of the app. */
export const MOUNT_POINT = '/data';
export const HOST_DIRECTORY = '/home/me/data';

/** What `image prune` and its like take. `all-images` and `all-volumes` stand for the option --all. */
export const PRUNES = ['containers', 'images', 'all-images', 'volumes', 'all-volumes', 'build-cache'] as const;
export type Prune = (typeof PRUNES)[number];

/** One action a type, so that each type can be told apart. */
type Each<Type extends string, Rest> = Type extends string ? { readonly type: Type } & Rest : never;

export type Action =
  | { readonly type: 'pull'; readonly image: string }
  /** The registry’s maintainers publish the next image under the same tag. */
  | { readonly type: 'republish'; readonly image: string }
  /** The author changes a file of the build context. */
  | { readonly type: 'edit'; readonly file: string }
  | { readonly type: 'build'; readonly dockerfile: string }
  | { readonly type: 'run'; readonly image: string; readonly mount: 'none' | 'anonymous' | 'bind' | (string & {}) }
  | Each<'start' | 'stop' | 'commit' | 'rm', { readonly container: string }>
  /** In a running container: `write` changes one byte in place, `append` adds a megabyte (and makes the file if there is none), `chmod` changes the mode, `delete` removes, `recreate` removes a directory and makes it anew. */
  | Each<'read' | 'write' | 'append' | 'chmod' | 'delete' | 'recreate', { readonly container: string; readonly path: string }>
  | { readonly type: 'rmi'; readonly image: string }
  | Each<'mkvolume' | 'rmvolume', { readonly volume: string }>
  | { readonly type: 'prune'; readonly what: Prune }
  /** A disk for one more virtual machine: a copy of all files, or a file of its own on the same backing file. */
  | { readonly type: 'clone'; readonly format: 'copy' | 'linked' }
  | Each<'vmWrite' | 'vmAppend' | 'vmChmod' | 'vmDelete', { readonly vm: string; readonly path: string }>
  | { readonly type: 'rmvm'; readonly vm: string };

/** What a change in an overlay came to. `from`: how many layers below the writable one the file was found. */
interface OverlayFacts {
  readonly fileAdded: { readonly path: string; readonly bytes: number };
  readonly fileCopiedUp: { readonly path: string; readonly bytes: number; readonly from: number; readonly cause: 'data' | 'metadata' };
  readonly fileChanged: { readonly path: string; readonly bytes: number };
  readonly modeChanged: { readonly path: string };
  readonly fileRemoved: { readonly path: string; readonly bytes: number };
  readonly whiteoutWritten: { readonly path: string; readonly hidden: number };
  readonly directoryMadeOpaque: { readonly path: string; readonly hidden: number };
}

interface StoreFacts {
  readonly layerPulled: { readonly blob: string; readonly bytes: number; readonly unpacked: number };
  readonly layerReused: { readonly blob: string; readonly bytes: number };
  /** Its compressed form was there already, but not on these lower layers. */
  readonly layerUnpacked: { readonly blob: string; readonly unpacked: number };
  readonly imageTagged: { readonly tag: string; readonly bytes: number; readonly layers: number };
  readonly imageUpToDate: { readonly tag: string };
  readonly tagMoved: { readonly tag: string };
  readonly imageLeftUntagged: { readonly tag: string; readonly bytes: number };
  readonly registryTagMoved: { readonly tag: string; readonly published: string };
  readonly contextEdited: { readonly file: string };
  readonly instructionCached: { readonly number: number; readonly instruction: string };
  readonly cacheMissed: { readonly number: number; readonly instruction: string; readonly because: 'new' | 'base' | 'input' | 'earlier' };
  readonly instructionRun: { readonly number: number; readonly instruction: string; readonly bytes: number };
  readonly containerStarted: { readonly container: string; readonly lower: number };
  readonly containerResumed: { readonly container: string; readonly bytes: number };
  readonly containerStopped: { readonly container: string; readonly bytes: number };
  readonly containerRemoved: { readonly container: string; readonly bytes: number };
  /** `number`: the layer’s place in its image, the lowest being 1. */
  readonly fileRead: { readonly container: string; readonly path: string; readonly from: number; readonly number: number; readonly madeBy: string };
  readonly mountRead: { readonly container: string; readonly path: string; readonly source: string };
  readonly mountWritten: { readonly container: string; readonly path: string; readonly source: string; readonly bytes: number };
  readonly mountFileRemoved: { readonly container: string; readonly path: string; readonly source: string; readonly bytes: number };
  readonly mountCovered: { readonly container: string; readonly source: string; readonly hidden: number };
  readonly volumeMade: { readonly volume: string };
  readonly volumeFilled: { readonly volume: string; readonly bytes: number };
  readonly volumeKept: { readonly volume: string; readonly bytes: number };
  readonly volumeRemoved: { readonly volume: string; readonly bytes: number };
  readonly upperCommitted: { readonly container: string; readonly bytes: number };
  readonly tagRemoved: { readonly tag: string; readonly remaining: number };
  readonly imageDeleted: { readonly image: string };
  readonly layerFreed: { readonly madeBy: string; readonly bytes: number };
  readonly layersKept: { readonly layers: number; readonly bytes: number; readonly by: 'images' | 'cache' };
  readonly cachePruned: { readonly records: number };
  readonly nothingPruned: { readonly what: Prune };
  readonly diskCloned: { readonly vm: string; readonly format: 'copy' | 'linked'; readonly bytes: number };
  readonly clustersAllocated: { readonly vm: string; readonly path: string; readonly clusters: number; readonly bytes: number; readonly cause: 'data' | 'metadata' };
  readonly clustersOverwritten: { readonly vm: string; readonly path: string };
  readonly clustersKept: { readonly vm: string; readonly path: string; readonly bytes: number };
  readonly diskRemoved: { readonly vm: string; readonly bytes: number };
}

type Facts = OverlayFacts & StoreFacts;
export type FactId = keyof Facts;
type FactsOf<All> = { readonly [Id in keyof All]: { readonly id: Id } & All[Id] }[keyof All];
export type OverlayFact = FactsOf<OverlayFacts>;
export type Fact = FactsOf<Facts>;
