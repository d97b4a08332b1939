/**
 * `image-store`: an engine’s store of images, containers and volumes, and beside it the same app as disks of virtual machines.
 * It knows where each byte lies and who needs it; it refuses to know how long anything takes.
 */
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { BASE, CONTEXT, vmFiles } from './apps.ts';
import { alter, APPENDED, commit, mkvolume, read, rm, rmvolume, run, start, stop } from './containers.ts';
import { appDisk, changeMode, clone, discard, extend, forget, overwrite, type Disks, type Written } from './disks.ts';
import { prune, rmi } from './removal.ts';
import { reasonsFor, tell, type Words } from './telling.ts';
import { build, pull, releasesOf, republish, type Done } from './transfer.ts';
import type { Action, Composition, Config, Fact, State } from './types.ts';

export const MOST_MACHINES = 3;

/** What the model computes with, as data, so that a page can carry it instead of a script. */
export interface Tables {
  readonly compositions: readonly Composition[];
  readonly words: Words;
  /** Bytes of a qcow2 cluster. */
  readonly clusterBytes: number;
  /** Bytes of the system’s disk image, as it is downloaded. */
  readonly systemDiskBytes: number;
}

/** The model over these tables, as far as a page plays it; index.ts adds what tests, claims and exports need. */
export function imageStoreIn(tables: Tables): Playable<Config, State, Action, Fact> {
  return {
    id: 'image-store',
    init: (config) => emptyStore(config, tables),
    step: (state, action) => {
      const [next, facts] = STEPS[action.type](tables, state, action as never);
      const now = { ...next, facts };
      return { state: now, facts };
    },
    describe: (state) => tell(tables.words, state),
    why: (_, fact) => reasonsFor(tables.words, fact),
  };
}

function emptyStore(config: Config, { clusterBytes, systemDiskBytes, compositions }: Tables): State {
  const disks: Disks = config.disks ? appDisk(vmFiles(pythonOf(compositions)), systemDiskBytes, clusterBytes) : { clusterBytes, machines: {}, writtenBytes: 0 };
  return {
    config, disks,
    layers: {}, blobs: {}, images: {}, tags: {}, containers: {}, volumes: {}, host: {}, cache: {}, registry: {}, edits: {},
    runs: 0, made: { containers: 0, volumes: 0, machines: 0 }, downloadedBytes: 0, copiedUpBytes: 0, facts: [],
  };
}

/** Bytes that the Python image has above its base, unpacked: the disk gets the same. */
function pythonOf(compositions: readonly Composition[]): number {
  const [image] = releasesOf(compositions, BASE);
  const system = compositions.find(({ id }) => id === image?.base);
  return (image?.unpackedBytes ?? 0) - (system?.unpackedBytes ?? 0);
}

type Steps = { readonly [Type in Action['type']]: (tables: Tables, state: State, action: Extract<Action, { type: Type }>) => Done };

/** What each action does, each after its own guard. */
const STEPS: Steps = {
  pull: ({ compositions }, state, { image }) => pull(compositions, state, offered(state.config.images, image)),
  republish: ({ compositions }, state, { image }) => republish(compositions, state, offered(state.config.images, image)),
  edit: (_, state, { file }) => edit(state, file),
  build: ({ compositions }, state, { dockerfile }) => build(compositions, state, offered(state.config.dockerfiles, dockerfile)),
  run: (_, state, { image, mount }) => run(state, image, mount),
  start: (_, state, { container }) => start(state, container),
  stop: (_, state, { container }) => stop(state, container),
  commit: (_, state, { container }) => commit(state, container),
  rm: (_, state, { container }) => rm(state, container),
  read: (_, state, { container, path }) => read(state, container, path),
  write: (_, state, action) => alter(state, action.container, 'write', action.path),
  append: (_, state, action) => alter(state, action.container, 'append', action.path),
  chmod: (_, state, action) => alter(state, action.container, 'chmod', action.path),
  delete: (_, state, action) => alter(state, action.container, 'delete', action.path),
  recreate: (_, state, action) => alter(state, action.container, 'recreate', action.path),
  rmi: (_, state, { image }) => rmi(state, image),
  mkvolume: (_, state, { volume }) => mkvolume(state, volume),
  rmvolume: (_, state, { volume }) => rmvolume(state, volume),
  prune: (_, state, { what }) => prune(state, what),
  clone: (_, state, { format }) => cloned(state, format),
  vmWrite: (_, state, { vm, path }) => onDisk(state, overwrite(state.disks, vm, path)),
  vmAppend: (_, state, { vm, path }) => onDisk(state, extend(state.disks, vm, path, APPENDED)),
  vmChmod: (_, state, { vm, path }) => onDisk(state, changeMode(state.disks, vm, path)),
  vmDelete: (_, state, { vm, path }) => onDisk(state, forget(state.disks, vm, path)),
  rmvm: (_, state, { vm }) => onDisk(state, discard(state.disks, vm)),
};

export const ACTION_TYPES: readonly string[] = Object.keys(STEPS);

function offered(names: readonly string[], name: string): string {
  if (!names.includes(name)) throw new SimError(`${name} is not offered here.`);
  return name;
}

function edit(state: State, file: string): Done {
  if (!(file in CONTEXT)) throw new SimError(`There is no file ${file} in the build context.`);
  return [{ ...state, edits: { ...state.edits, [file]: (state.edits[file] ?? 0) + 1 } }, [{ id: 'contextEdited', file }]];
}

function cloned(state: State, format: 'copy' | 'linked'): Done {
  if (Object.keys(state.disks.machines).length >= MOST_MACHINES) throw new SimError(`At most ${MOST_MACHINES} virtual machines fit here.`);
  const machines = state.made.machines + 1;
  const [next, facts] = onDisk(state, clone(state.disks, `vm${machines}`, format));
  return [{ ...next, made: { ...state.made, machines } }, facts];
}

function onDisk(state: State, [disks, facts]: Written): Done {
  return [{ ...state, disks }, facts];
}
