/**
 * The same app as a disk of virtual machines: qcow2 files, of which one can name another as its backing file.
 * It knows which clusters each file holds; it refuses to know the guest's file system beyond where a file's bytes lie, and qcow2's own tables.
 */
import { SimError } from '../errors.ts';
import type { Fact } from './types.ts';

/** A run of bytes or clusters: from the first up to, not including, the last. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

export interface Disk {
  readonly format: 'base' | 'copy' | 'linked';
  /** Bytes of the downloaded image that the file itself contains: its clusters are compressed and never written to. */
  readonly downloaded: number;
  /** Clusters that the file holds, in order, none touching the next. */
  readonly clusters: readonly Run[];
  /** Where each file of the guest lies on the virtual disk, in bytes. */
  readonly files: Readonly<Record<string, readonly Run[]>>;
  /** The first byte of the virtual disk that no file has used. */
  readonly free: number;
}

export interface Disks {
  /** Bytes of a cluster, the unit in which a qcow2 file grows. */
  readonly clusterBytes: number;
  /** The operating system's image and, on it, the app; both are only read. Absent where the scene has no machines. */
  readonly base?: { readonly system: number; readonly app: Disk };
  readonly machines: Readonly<Record<string, Disk>>;
  /** Sum of what was written to the machines' files. */
  readonly writtenBytes: number;
}

/** Linux file systems on disks of this size allocate blocks of 4 KiB. */
export const BLOCK = 4096;
/** Where the guest keeps owner, mode and times of its files: one place stands for all, the cluster at the start. */
const INODES: Run = { from: 0, to: 1 };
const FIRST_FREE = 1 << 20;

/** The app's files, one behind the other, as an installer would lay them out on the system's disk. */
export function appDisk(files: readonly (readonly [path: string, bytes: number])[], system: number, clusterBytes: number): Disks {
  let disk: Disk = { format: 'base', downloaded: 0, clusters: [], files: {}, free: FIRST_FREE };
  for (const [path, bytes] of files) disk = laidOut(disk, path, bytes);
  const clusters = merged([INODES, ...Object.values(disk.files).flat()].map((run) => clustersOf(run, clusterBytes)));
  return { clusterBytes, base: { system, app: { ...disk, clusters } }, machines: {}, writtenBytes: 0 };
}

/** Bytes of one file on the host. */
export function sizeOf({ downloaded, clusters }: Disk, clusterBytes: number): number {
  return downloaded + countOf(clusters) * clusterBytes;
}

/** Bytes of all files: the system's image, the app on it, and each machine's own. */
export function totalOf({ base, machines, clusterBytes }: Disks): number {
  const own = Object.values(machines).reduce((sum, disk) => sum + sizeOf(disk, clusterBytes), 0);
  return own + (base ? base.system + sizeOf(base.app, clusterBytes) : 0);
}

export type Written = readonly [disks: Disks, facts: readonly Fact[]];

/** A disk for one more machine. */
export function clone(disks: Disks, vm: string, format: 'copy' | 'linked'): Written {
  const { base, clusterBytes } = disks;
  if (!base) throw new SimError('There is no disk image here to clone.');
  const own = format === 'copy' ? { downloaded: base.system, clusters: base.app.clusters } : { downloaded: 0, clusters: [] };
  const disk: Disk = { ...base.app, ...own, format };
  return [withMachine(disks, vm, disk), [{ id: 'diskCloned', vm, format, bytes: sizeOf(disk, clusterBytes) }]];
}

/** One byte at the start of a file. */
export function overwrite(disks: Disks, vm: string, path: string): Written {
  const [first] = fileOf(disks, vm, path);
  return touch(disks, vm, path, { from: (first as Run).from, to: (first as Run).from + 1 }, 'data');
}

/** So many bytes more at the end of a file, which is made if there is none. They go to blocks that nothing has used. */
export function extend(disks: Disks, vm: string, path: string, bytes: number): Written {
  const disk = laidOut(machineOf(disks, vm), path, bytes);
  return touch(withMachine(disks, vm, disk), vm, path, disk.files[path]?.at(-1) as Run, 'data');
}

/** Another mode for a file: its bytes stay where they are. */
export function changeMode(disks: Disks, vm: string, path: string): Written {
  fileOf(disks, vm, path);
  return touch(disks, vm, path, INODES, 'metadata');
}

/** The guest forgets a file. Its clusters stay in the host's file. */
export function forget(disks: Disks, vm: string, path: string): Written {
  const disk = machineOf(disks, vm);
  const runs = fileOf(disks, vm, path);
  const { [path]: _, ...files } = disk.files;
  const bytes = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  return [withMachine(disks, vm, { ...disk, files }), [{ id: 'clustersKept', vm, path, bytes }]];
}

export function discard(disks: Disks, vm: string): Written {
  const disk = machineOf(disks, vm);
  const { [vm]: _, ...machines } = disks.machines;
  return [{ ...disks, machines }, [{ id: 'diskRemoved', vm, bytes: sizeOf(disk, disks.clusterBytes) }]];
}

/** A write to part of the virtual disk: clusters that the file lacks are allocated whole, with what lay around the new bytes copied in. */
function touch(disks: Disks, vm: string, path: string, run: Run, cause: 'data' | 'metadata'): Written {
  const disk = machineOf(disks, vm);
  const wanted = clustersOf(run, disks.clusterBytes);
  const clusters = merged([...disk.clusters, wanted]);
  const added = countOf(clusters) - countOf(disk.clusters);
  const bytes = added * disks.clusterBytes;
  const fact: Fact = added > 0 ? { id: 'clustersAllocated', vm, path, clusters: added, bytes, cause } : { id: 'clustersOverwritten', vm, path };
  // Clusters that are there take the guest's blocks alone.
  const inPlace = Math.max(0, blocksIn(run) * BLOCK - bytes);
  return [{ ...withMachine(disks, vm, { ...disk, clusters }), writtenBytes: disks.writtenBytes + (added > 0 ? bytes : inPlace) }, [fact]];
}

function machineOf({ machines }: Disks, vm: string): Disk {
  const disk = machines[vm];
  if (!disk) throw new SimError(`There is no virtual machine ${vm}.`);
  return disk;
}

function fileOf(disks: Disks, vm: string, path: string): readonly Run[] {
  const runs = machineOf(disks, vm).files[path];
  if (!runs) throw new SimError(`There is no file ${path} in ${vm}.`);
  return runs;
}

function withMachine(disks: Disks, vm: string, disk: Disk): Disks {
  return { ...disks, machines: { ...disks.machines, [vm]: disk } };
}

function laidOut(disk: Disk, path: string, bytes: number): Disk {
  const run = { from: disk.free, to: disk.free + bytes };
  return { ...disk, files: { ...disk.files, [path]: [...(disk.files[path] ?? []), run] }, free: Math.ceil(run.to / BLOCK) * BLOCK };
}

const blocksIn = ({ from, to }: Run) => Math.ceil(to / BLOCK) - Math.floor(from / BLOCK);
const clustersOf = ({ from, to }: Run, size: number): Run => ({ from: Math.floor(from / size), to: Math.ceil(to / size) });
const countOf = (runs: readonly Run[]) => runs.reduce((sum, { from, to }) => sum + to - from, 0);

/** The same numbers in as few runs as there can be. */
function merged(runs: readonly Run[]): readonly Run[] {
  const all: Run[] = [];
  for (const run of runs.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last && run.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, run.to) };
    else if (run.to > run.from) all.push(run);
  }
  return all;
}
