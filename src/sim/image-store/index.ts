/** `image-store` whole, with its words and its laws: what tests, claims and the build use. */
import { SimError } from '../errors.ts';
import type { Figures, Model } from '../model.ts';
import { BASE, DOCKERFILES } from './apps.ts';
import { imageStoreInvariants } from './invariants.ts';
import { legal } from './legal.ts';
import { measure } from './measure.ts';
import { ACTION_TYPES, imageStoreIn, type Tables } from './model.ts';
import type { Action, Composition, Config, Fact, State } from './types.ts';
import { checkAction, checkConfig } from './vocabulary.ts';
import { WORDS } from './words.ts';

export { APP_TAG, BASE, COMMIT_TAG, CONTEXT, DOCKERFILES, PACKAGES_PERCENT, PATHS, textOf } from './apps.ts';
export { mountedTree, stackOf, visibleIn } from './containers.ts';
export { digestOf, type Digest } from './digest.ts';
export { sizeOf, totalOf } from './disks.ts';
export { imageStoreIn, type Tables } from './model.ts';
export { isFile, lookUp, pathsIn, type Entry, type File, type Tree } from './overlay.ts';
export { layersIn, layersOf, unpackedOf } from './store.ts';
export { sizeInWords } from './telling.ts';
export { releasesOf } from './transfer.ts';
export * from './types.ts';
export { usageOf, type ImageUsage, type Usage } from './usage.ts';
export { citedSources, WORDS } from './words.ts';

const CLUSTER = 'disk.qcow2.cluster';
const SYSTEM_DISK = 'vmimg.debian13';

/** Ids of the figures that the model computes with. */
export function imageStoreFigures(): readonly string[] {
  return [CLUSTER, SYSTEM_DISK];
}

/** What the model computes with. Throws SimError when a figure is missing or is not in bytes. */
export function imageStoreTables(figures: Figures, compositions: readonly Composition[]): Tables {
  return { compositions, words: WORDS, clusterBytes: bytesOf(figures, CLUSTER), systemDiskBytes: bytesOf(figures, SYSTEM_DISK) };
}

function bytesOf(figures: Figures, id: string): number {
  const figure = figures[id];
  if (!figure) throw new SimError(`There is no figure "${id}".`);
  if (figure.unit !== 'B') throw new SimError(`The figure "${id}" is in ${figure.unit}, not in B.`);
  return figure.value;
}

/** The model over these figures and these images. Throws SimError when a figure or the base image of the Dockerfiles is missing. */
export function imageStore(figures: Figures, compositions: readonly Composition[]): Model<Config, State, Action, Fact> {
  const model = imageStoreIn(imageStoreTables(figures, compositions));
  return {
    ...model,
    init: (config, seed) => {
      checkConfig(compositions, config);
      return model.init(config, seed);
    },
    step: (state, action) => {
      checkAction(action, ACTION_TYPES);
      return model.step(state, action);
    },
    defaults: { store: 'containerd', images: [BASE, 'debian:trixie-slim'], dockerfiles: Object.keys(DOCKERFILES).slice(0, 2), disks: false },
    legal: (state) => legal(compositions, state),
    isDone: () => false,
    measure,
    invariants: imageStoreInvariants,
  };
}
