/** The quantities of `image-store` that claims compare and exports carry, in bytes where the name says so. */
import type { Measures } from '../model.ts';
import { APP_TAG } from './apps.ts';
import { sizeOf, totalOf } from './disks.ts';
import { imageBytes, tagsOf } from './store.ts';
import type { FactId, State } from './types.ts';
import { usageOf } from './usage.ts';

/**
 * `imagesBytes`, `containersBytes`, `volumesBytes`, `buildCacheBytes`: what `docker system df` would show; they add up to `totalBytes`,
 * of which `compressedBytes` are the compressed forms that the containerd store keeps. `last…`: of the last action alone.
 * `disksBytes`: all files of the virtual machines; `machinesBytes`: each machine’s own.
 */
export function measure(state: State): Measures {
  const usage = usageOf(state);
  const app = state.images[state.tags[APP_TAG] ?? ''];
  const { disks, images, layers, containers, volumes } = state;
  const numbers = (id: FactId, field: string) => state.facts.filter((fact) => fact.id === id).reduce((sum, fact) => sum + Number((fact as unknown as Record<string, unknown>)[field] ?? 1), 0);
  const times = (id: FactId) => numbers(id, 'never');
  return {
    imagesBytes: usage.images,
    containersBytes: usage.containers,
    volumesBytes: usage.volumes,
    buildCacheBytes: usage.buildCache,
    totalBytes: usage.total,
    compressedBytes: Object.values(state.blobs).reduce((sum, bytes) => sum + bytes, 0),
    downloadedBytes: state.downloadedBytes,
    copiedUpBytes: state.copiedUpBytes,
    images: Object.keys(images).length,
    danglingImages: Object.keys(images).filter((id) => tagsOf(state, id).length === 0).length,
    layers: Object.keys(layers).length,
    containers: Object.keys(containers).length,
    volumes: Object.keys(volumes).length,
    appBytes: app ? imageBytes(state, app) : 0,
    appLayers: app?.layers.length ?? 0,
    lastDownloadedBytes: numbers('layerPulled', 'bytes'),
    lastCopiedUpBytes: numbers('fileCopiedUp', 'bytes'),
    lastFreedBytes: numbers('layerFreed', 'bytes') + numbers('containerRemoved', 'bytes') + numbers('volumeRemoved', 'bytes') + numbers('fileRemoved', 'bytes'),
    lastCachedInstructions: times('instructionCached'),
    lastRunInstructions: times('instructionRun'),
    lastAllocatedBytes: numbers('clustersAllocated', 'bytes'),
    disksBytes: totalOf(disks),
    machinesBytes: Object.values(disks.machines).reduce((sum, disk) => sum + sizeOf(disk, disks.clusterBytes), 0),
    machinesWrittenBytes: disks.writtenBytes,
  };
}
