/** What the store takes on the disk, as `docker system df` would divide it. It counts the bytes of files; directories, tables and metadata are not counted. */
import { bytesOf } from './overlay.ts';
import { layersIn, neededBy, tagsOf, usersOf } from './store.ts';
import type { Layer, State } from './types.ts';

export interface ImageUsage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly cameAs: string;
  /** Shared and unique together. */
  readonly bytes: number;
  /** In layers that another image has too. */
  readonly shared: number;
  readonly unique: number;
  readonly containers: number;
}

/** Bytes, by what holds them. In the containerd store the compressed forms of layers count with the layers. */
export interface Usage {
  readonly images: number;
  readonly containers: number;
  readonly volumes: number;
  /** Layers that only the build cache needs. */
  readonly buildCache: number;
  readonly total: number;
  readonly perImage: readonly ImageUsage[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((so, each) => so + each, 0);

export function usageOf(state: State): Usage {
  const byImages = neededBy(state, 'images');
  const held = Object.values(state.layers);
  const images = sizeOfAll(state, held.filter(({ chain }) => byImages.has(chain)));
  const buildCache = sizeOfAll(state, held) - images;
  const containers = sum(Object.values(state.containers).map(({ upper }) => bytesOf(upper)));
  const volumes = sum(Object.values(state.volumes).map(({ tree }) => bytesOf(tree)));
  return { images, containers, volumes, buildCache, total: images + containers + volumes + buildCache, perImage: Object.values(state.images).map(({ id }) => usageOfImage(state, id)) };
}

/** Unpacked layers, each once, and their compressed forms, each once. */
function sizeOfAll({ blobs }: State, layers: readonly Layer[]): number {
  const named = new Set(layers.map(({ blob }) => blob));
  return sum(layers.map(({ bytes }) => bytes)) + sum([...named].map((blob) => blobs[blob] ?? 0));
}

function usageOfImage(state: State, id: string): ImageUsage {
  const image = state.images[id];
  const layers = image ? layersIn(state, image) : [];
  const others = Object.values(state.images).filter((each) => each.id !== id);
  const elsewhere = new Set(others.flatMap((each) => each.layers));
  const bytes = sum(layers.map((layer) => layer.bytes));
  const shared = sum(layers.filter(({ chain }) => elsewhere.has(chain)).map((layer) => layer.bytes));
  return { id, tags: tagsOf(state, id), cameAs: image?.cameAs ?? '', bytes, shared, unique: bytes - shared, containers: usersOf(state, id).length };
}
