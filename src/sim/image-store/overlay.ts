/**
 * One file system out of several layers: which layer answers a read, and what a change leaves in the writable layer.
 * It knows overlayfs with its default options for whole files; it refuses to know links, renames and what a directory entry costs.
 */
import { digestOf, type Digest } from './digest.ts';
import type { OverlayFact } from './types.ts';

/** A file; or a tree of files that the model counts as one, so that nothing in it can be changed singly. */
export interface File {
  readonly kind: 'file' | 'tree';
  readonly bytes: number;
  /** What gzip leaves of it. */
  readonly compressedBytes: number;
  /** Names what is in it, mode included. */
  readonly content: Digest;
}

/** An entry of one layer. A whiteout says that a name below is gone; an opaque directory, that all below it is. Both hold no bytes. */
export type Entry = File | { readonly kind: 'whiteout' | 'opaque' };

/** The entries of one layer, by absolute path. Directories are there as far as something is in them. */
export type Tree = Readonly<Record<string, Entry>>;

export interface Found {
  readonly file: File;
  /** Counted from the top of the stack. */
  readonly depth: number;
}

export const isFile = (entry: Entry | undefined): entry is File => entry?.kind === 'file' || entry?.kind === 'tree';
const isBelow = (path: string, directory: string) => path.startsWith(`${directory}/`);

/** The directories above a path, nearest the root first. */
function ancestorsOf(path: string): readonly string[] {
  const names = path.split('/').slice(1, -1);
  return names.map((_, i) => `/${names.slice(0, i + 1).join('/')}`);
}

/** The file that a path means in a stack, top layer first: the first layer that holds it answers, unless one above hides it. */
export function lookUp(stack: readonly Tree[], path: string): Found | undefined {
  for (const [depth, tree] of stack.entries()) {
    const entry = tree[path];
    if (isFile(entry)) return { file: entry, depth };
    if (hides(tree, path)) return undefined;
  }
  return undefined;
}

/** Whether a layer keeps whatever lies below it at a path from being seen. */
function hides(tree: Tree, path: string): boolean {
  if (tree[path]?.kind === 'whiteout') return true;
  return ancestorsOf(path).some((directory) => {
    const kind = tree[directory]?.kind;
    return kind === 'whiteout' || kind === 'opaque' || kind === 'file';
  });
}

/** Every path that can be read in a stack, in order. */
export function pathsIn(stack: readonly Tree[]): readonly string[] {
  const all = new Set(stack.flatMap((tree) => Object.keys(tree).filter((path) => isFile(tree[path]))));
  return [...all].filter((path) => lookUp(stack, path)).sort();
}

export function bytesOf(tree: Tree): number {
  return Object.values(tree).reduce((sum, entry) => sum + (isFile(entry) ? entry.bytes : 0), 0);
}

export function compressedBytesOf(tree: Tree): number {
  return Object.values(tree).reduce((sum, entry) => sum + (isFile(entry) ? entry.compressedBytes : 0), 0);
}

/** A change of one path, as a program in a container or an instruction of a build makes it. */
export type Change =
  | { readonly do: 'add'; readonly path: string; readonly file: File }
  | { readonly do: 'write' | 'chmod' | 'delete' | 'recreate'; readonly path: string }
  | { readonly do: 'append'; readonly path: string; readonly bytes: number };

export interface Changed {
  readonly upper: Tree;
  readonly facts: readonly OverlayFact[];
}

/** What a change leaves in the writable layer, over these lower layers (top first). A change of what is not there changes nothing. */
export function change(upper: Tree, lower: readonly Tree[], wanted: Change): Changed {
  const { path } = wanted;
  switch (wanted.do) {
    case 'add': return put(upper, lower, path, wanted.file, [{ id: 'fileAdded', path, bytes: wanted.file.bytes }]);
    case 'delete': return remove(upper, lower, path);
    case 'recreate': return recreate(upper, lower, path);
    case 'append': return modify(upper, lower, path, (file) => grown(file, wanted.bytes)) ?? change(upper, lower, { do: 'add', path, file: made(path, wanted.bytes) });
    case 'write': return modify(upper, lower, path, written) ?? { upper, facts: [] };
    case 'chmod': return modify(upper, lower, path, remoded, 'metadata') ?? { upper, facts: [] };
  }
}

/** A file after one byte in it was changed in place. */
export const written = (file: File): File => ({ ...file, content: digestOf([file.content, 'write']) });
/** A file after its mode was changed. */
export const remoded = (file: File): File => ({ ...file, content: digestOf([file.content, 'chmod']) });
/** A file with so many bytes more, which gzip cannot make smaller. */
export const grown = (file: File, bytes: number): File => ({ ...file, bytes: file.bytes + bytes, compressedBytes: file.compressedBytes + bytes, content: digestOf([file.content, 'append', bytes]) });
/** A new file of so many bytes. */
export const made = (path: string, bytes: number): File => ({ kind: 'file', bytes, compressedBytes: bytes, content: digestOf([path, 'append', bytes]) });

/** Undefined when there is no such file. The whole of a file from below is copied up first, whatever is to be done to it. */
function modify(upper: Tree, lower: readonly Tree[], path: string, to: (file: File) => File, cause: 'data' | 'metadata' = 'data'): Changed | undefined {
  const found = lookUp([upper, ...lower], path);
  if (!found) return undefined;
  const { file, depth } = found;
  const after = to(file);
  const copied: readonly OverlayFact[] = depth > 0 ? [{ id: 'fileCopiedUp', path, bytes: file.bytes, from: depth, cause }] : [];
  const done: OverlayFact = cause === 'metadata' ? { id: 'modeChanged', path } : { id: 'fileChanged', path, bytes: Math.max(1, after.bytes - file.bytes) };
  return put(upper, lower, path, after, [...copied, done]);
}

/** Puts a file where a program wants it. Directories above it that were deleted are made anew, empty: opaque. */
function put(upper: Tree, lower: readonly Tree[], path: string, file: File, facts: readonly OverlayFact[]): Changed {
  const gone = ancestorsOf(path).filter((directory) => upper[directory]?.kind === 'whiteout');
  const opaque = gone.map((directory): OverlayFact => ({ id: 'directoryMadeOpaque', path: directory, hidden: hiddenBy(upper, lower, directory) }));
  return { upper: { ...upper, ...Object.fromEntries(gone.map((directory) => [directory, { kind: 'opaque' }])), [path]: file }, facts: [...opaque, ...facts] };
}

/** Removes a file or a directory with all that is in it. A name that lies below needs a whiteout; nothing is freed there. */
function remove(upper: Tree, lower: readonly Tree[], path: string): Changed {
  if (!isThere([upper, ...lower], path)) return { upper, facts: [] };
  const { kept, facts } = without(upper, path);
  const hidden = hiddenBy(kept, lower, path);
  // Where the writable layer hides the directory above already, nothing below can come to light.
  if (!isThere([kept, ...lower], path)) return { upper: kept, facts };
  return { upper: { ...kept, [path]: { kind: 'whiteout' } }, facts: [...facts, { id: 'whiteoutWritten', path, hidden }] };
}

/** A directory removed and made anew: empty, whatever the layers below hold. */
function recreate(upper: Tree, lower: readonly Tree[], path: string): Changed {
  if (!isThere([upper, ...lower], path)) return { upper, facts: [] };
  const { kept, facts } = without(upper, path);
  const hidden = hiddenBy(kept, lower, path);
  return { upper: { ...kept, [path]: { kind: 'opaque' } }, facts: [...facts, { id: 'directoryMadeOpaque', path, hidden }] };
}

/** The writable layer without a path and all below it. */
function without(upper: Tree, path: string): { readonly kept: Tree; readonly facts: readonly OverlayFact[] } {
  const [kept, gone] = partition(Object.entries(upper), ([each]) => each !== path && !isBelow(each, path));
  const bytes = bytesOf(Object.fromEntries(gone));
  return { kept: Object.fromEntries(kept), facts: gone.some(([, entry]) => isFile(entry)) ? [{ id: 'fileRemoved', path, bytes }] : [] };
}

function partition<T>(items: readonly T[], keep: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(keep), items.filter((item) => !keep(item))];
}

/** Whether a path, or anything below it, can be read. */
export function isThere(stack: readonly Tree[], path: string): boolean {
  return pathsIn(stack).some((each) => each === path || isBelow(each, path));
}

/** Bytes of the files that the lower layers show at a path and below it, seen past the upper one. */
function hiddenBy(upper: Tree, lower: readonly Tree[], path: string): number {
  const { [path]: own, ...others } = upper;
  const stack = [own?.kind === 'file' || own?.kind === 'tree' ? upper : others, ...lower];
  return pathsIn(stack).filter((each) => each === path || isBelow(each, path)).reduce((sum, each) => {
    const found = lookUp(stack, each);
    return sum + (found && found.depth > 0 ? found.file.bytes : 0);
  }, 0);
}
