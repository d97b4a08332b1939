/**
 * What the engine keeps: unpacked layers, compressed ones, images and tags, and who still needs each. It knows references;
 * what a container wrote it does not look at.
 */
import { digestOf, type Digest } from './digest.ts';
import { bytesOf, compressedBytesOf, type Tree } from './overlay.ts';
import type { Composition, Fact, Image, Layer, State } from './types.ts';

/** The layers of a published image, lowest first. */
export function layersOf(composition: Composition, all: readonly Composition[]): readonly Layer[] {
  const unpacked = unpackedOf(composition, all);
  return stacked(composition.layers.map(({ digest, compressedBytes, madeBy, holds, path }, i) => {
    const bytes = unpacked[i] as number;
    return { madeBy, blob: digest, tree: { [path]: { kind: holds, bytes, compressedBytes, content: digest } } };
  }));
}

/**
 * Unpacked bytes of each layer. A source lists them for whole images only: the layers of the base take what the base takes, and the
 * rest is shared out among the other layers as their compressed sizes are, which is an estimate.
 */
export function unpackedOf(composition: Composition, all: readonly Composition[]): readonly number[] {
  const base = all.find(({ id }) => id === composition.base);
  const below = base ? unpackedOf(base, all) : [];
  const above = composition.layers.slice(below.length).map(({ compressedBytes }) => compressedBytes);
  const rest = (composition.unpackedBytes ?? 0) - sum(below);
  const total = sum(above);
  // Shared out from the ends of running sums, so that the parts are whole numbers and add up.
  const end = (i: number) => Math.round((rest * sum(above.slice(0, i))) / total);
  return [...below, ...above.map((_, i) => end(i + 1) - end(i))];
}

const sum = (numbers: readonly number[]) => numbers.reduce((so, each) => so + each, 0);

/** What a layer is before it has a place in a stack. `stamp`: when it was made, where that is part of it. */
export interface Draft {
  readonly madeBy: string;
  readonly tree: Tree;
  /** As its registry names it compressed; a layer made here is named by the model. */
  readonly blob?: string;
  readonly stamp?: number;
}

/** A layer in its place on the chain below. */
export function placed({ madeBy, tree, blob, stamp = 0 }: Draft, parent: Digest | ''): Layer {
  const diffId = digestOf([tree, stamp]);
  const chain = parent === '' ? diffId : digestOf([parent, diffId]);
  return { chain, parent, diffId, blob: blob ?? digestOf(['gzip', diffId]), bytes: bytesOf(tree), compressedBytes: compressedBytesOf(tree), madeBy, tree };
}

function stacked(drafts: readonly Draft[]): readonly Layer[] {
  const layers: Layer[] = [];
  for (const draft of drafts) layers.push(placed(draft, layers.at(-1)?.chain ?? ''));
  return layers;
}

/** Adds layers that are not there yet. In the containerd store their compressed forms are kept too. */
export function holding(state: State, layers: readonly Layer[]): State {
  const blobs = state.config.store === 'containerd' ? Object.fromEntries(layers.map(({ blob, compressedBytes }) => [blob, compressedBytes])) : {};
  return { ...state, layers: { ...state.layers, ...Object.fromEntries(layers.map((layer) => [layer.chain, layer])) }, blobs: { ...state.blobs, ...blobs } };
}

/** The layers of an image, lowest first. */
export function layersIn({ layers }: State, image: Image): readonly Layer[] {
  return image.layers.map((chain) => layers[chain] as Layer);
}

/** A chain and all chains below it, lowest first. */
export function stackUnder({ layers }: State, chain: Digest): readonly Layer[] {
  const layer = layers[chain];
  return layer ? [...(layer.parent === '' ? [] : stackUnder({ layers } as State, layer.parent)), layer] : [];
}

/** The trees of an image as an overlay mount takes them: top first. */
export function lowerOf(state: State, image: Digest): readonly Tree[] {
  const found = state.images[image];
  return found ? layersIn(state, found).map(({ tree }) => tree).reverse() : [];
}

export function imageOf(layers: readonly Layer[], origin: Image['origin'], cameAs: string): Image {
  return { id: digestOf(layers.map(({ diffId }) => diffId)), layers: layers.map(({ chain }) => chain), origin, cameAs };
}

export const tagsOf = ({ tags }: State, image: Digest): readonly string[] => Object.keys(tags).filter((tag) => tags[tag] === image);
export const usersOf = ({ containers }: State, image: Digest): readonly string[] => Object.keys(containers).filter((name) => containers[name]?.image === image);
export const imageBytes = (state: State, image: Image): number => sum(layersIn(state, image).map(({ bytes }) => bytes));

/** Gives an image a tag. A tag means one image: it moves, and may leave another image without a name. */
export function tagged(state: State, image: Image, tag: string): readonly [State, readonly Fact[]] {
  const before = state.tags[tag];
  const known = image.id in state.images;
  const next: State = { ...state, images: known ? state.images : { ...state.images, [image.id]: image }, tags: { ...state.tags, [tag]: image.id } };
  if (before === image.id) return [next, [{ id: 'imageUpToDate', tag }]];
  const facts: Fact[] = [{ id: 'imageTagged', tag, bytes: imageBytes(next, image), layers: image.layers.length }];
  const left = before ? next.images[before] : undefined;
  if (left) facts.push({ id: 'tagMoved', tag });
  if (left && tagsOf(next, left.id).length === 0) facts.push({ id: 'imageLeftUntagged', tag, bytes: imageBytes(next, left) });
  return [next, facts];
}

/** Chains that something needs: images and build cache name them, and each needs those below it. */
export function neededBy(state: State, by: 'images' | 'cache'): ReadonlySet<Digest> {
  const roots = by === 'images' ? Object.values(state.images).flatMap(({ layers }) => layers) : Object.values(state.cache).map(({ layer }) => layer);
  const all = new Set<Digest>();
  for (let chain of roots) {
    while (chain !== '' && !all.has(chain)) {
      all.add(chain);
      chain = state.layers[chain]?.parent ?? '';
    }
  }
  return all;
}

/** Frees every layer that nothing needs any more, with its compressed form. */
export function swept(state: State): readonly [State, readonly Fact[]] {
  const needed = new Set([...neededBy(state, 'images'), ...neededBy(state, 'cache')]);
  const [kept, freed] = [true, false].map((keep) => Object.values(state.layers).filter(({ chain }) => needed.has(chain) === keep)) as [Layer[], Layer[]];
  const named = new Set(kept.map(({ blob }) => blob));
  const blobs = Object.entries(state.blobs).filter(([blob]) => named.has(blob));
  const next = { ...state, layers: Object.fromEntries(kept.map((layer) => [layer.chain, layer])), blobs: Object.fromEntries(blobs) };
  const facts = freed.map(({ madeBy, bytes, blob }): Fact => {
    const compressed = named.has(blob) ? 0 : state.blobs[blob] ?? 0;
    named.add(blob);
    return { id: 'layerFreed', madeBy, bytes: bytes + compressed };
  });
  return [next, facts];
}

/** What is left of an image that was deleted: layers that others need. */
export function keptOf(state: State, image: Image): readonly Fact[] {
  const left = image.layers.flatMap((chain) => state.layers[chain] ?? []);
  if (left.length === 0) return [];
  const byImages = neededBy(state, 'images');
  return (['images', 'cache'] as const).flatMap((by) => {
    const some = left.filter(({ chain }) => byImages.has(chain) === (by === 'images'));
    return some.length > 0 ? [{ id: 'layersKept' as const, layers: some.length, bytes: sum(some.map(({ bytes }) => bytes)), by }] : [];
  });
}
