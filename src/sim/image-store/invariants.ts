/** What must hold in every state of `image-store`. Tests check it; a reader's browser need not carry it. */
import { digestOf } from './digest.ts';
import { bytesOf, compressedBytesOf, isFile, type Tree } from './overlay.ts';
import { layersIn, neededBy } from './store.ts';
import type { State } from './types.ts';
import { usageOf } from './usage.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((so, each) => so + each, 0);
const treesOf = ({ layers, containers, volumes, host }: State): readonly Tree[] => [
  ...Object.values(layers).map(({ tree }) => tree),
  ...Object.values(containers).map(({ upper }) => upper),
  ...Object.values(volumes).map(({ tree }) => tree),
  host,
];

export const imageStoreInvariants: Readonly<Record<string, (state: State) => boolean>> = {
  'what is said to be used is the sum of what is held': (state) => {
    const { total, images, containers, volumes, buildCache } = usageOf(state);
    const held = sum(Object.values(state.layers).map(({ bytes }) => bytes)) + sum(Object.values(state.blobs)) + sum([...Object.values(state.containers).map(({ upper }) => bytesOf(upper)), ...Object.values(state.volumes).map(({ tree }) => bytesOf(tree))]);
    return total === held && total === images + containers + volumes + buildCache;
  },
  'an image is what it shares and what it alone has; each shared layer counts once': (state) => {
    const { perImage } = usageOf(state);
    const often = new Map<string, number>();
    for (const { layers } of Object.values(state.images)) for (const chain of layers) often.set(chain, (often.get(chain) ?? 0) + 1);
    const shared = sum([...often].filter(([, times]) => times > 1).map(([chain]) => state.layers[chain]?.bytes ?? Number.NaN));
    const byImages = neededBy(state, 'images');
    const all = sum(Object.values(state.layers).filter(({ chain }) => byImages.has(chain)).map(({ bytes }) => bytes));
    return perImage.every(({ bytes, shared: also, unique }) => bytes === also + unique) && sum(perImage.map(({ unique }) => unique)) + shared === all;
  },
  'bytes are whole numbers, and none is negative': (state) =>
    [...treesOf(state).flatMap((tree) => [bytesOf(tree), compressedBytesOf(tree)]), ...Object.values(state.blobs), state.downloadedBytes, state.copiedUpBytes, state.disks.writtenBytes].every((bytes) => Number.isSafeInteger(bytes) && bytes >= 0),
  'a layer is named by its content and its place': ({ layers }) =>
    Object.values(layers).every(({ chain, parent, diffId, bytes, compressedBytes, tree }) => chain === (parent === '' ? diffId : digestOf([parent, diffId])) && bytes === bytesOf(tree) && compressedBytes === compressedBytesOf(tree)),
  'every layer stands on layers that are there, and somebody needs it': (state) => {
    const needed = new Set([...neededBy(state, 'images'), ...neededBy(state, 'cache')]);
    return Object.values(state.layers).every(({ chain, parent }) => needed.has(chain) && (parent === '' || parent in state.layers)) && [...needed].every((chain) => chain in state.layers);
  },
  'an image is named by its layers, which are all there and stand on each other': (state) =>
    Object.entries(state.images).every(([key, image]) => {
      const layers = layersIn(state, image);
      return key === image.id && layers.every((layer, i) => layer !== undefined && layer.parent === (layers[i - 1]?.chain ?? '')) && image.id === digestOf(layers.map(({ diffId }) => diffId));
    }),
  'every tag means an image, and every container stands on one': ({ tags, containers, images, volumes }) =>
    Object.values(tags).every((id) => id in images) && Object.values(containers).every(({ image, mount }) => image in images && (mount?.kind !== 'volume' || mount.source in volumes)),
  'compressed layers are kept by the containerd store, for the layers that are there, and by no other': ({ config, layers, blobs }) => {
    const named = new Set(Object.values(layers).map(({ blob }) => blob));
    const kept = Object.keys(blobs);
    return config.store === 'containerd' ? kept.length === named.size && kept.every((blob) => named.has(blob)) : kept.length === 0;
  },
  'no whiteout lies beside what it hides': (state) =>
    treesOf(state).every((tree) => Object.entries(tree).every(([path, entry]) => isFile(entry) || entry.kind === 'opaque' || !Object.keys(tree).some((other) => other.startsWith(`${path}/`)))),
  'a disk file holds each cluster once': ({ disks }) =>
    Object.values(disks.machines).every(({ clusters }) => clusters.every(({ from, to }, i) => from < to && (i === 0 || (clusters[i - 1]?.to ?? 0) < from))),
};
