/** Drawings on disk, found again by everything that shaped them. It knows JSON and hashes, nothing of diagrams. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';

export interface Cache<T> {
  get(key: string): T | null;
  set(key: string, value: T): void;
}

/** What a drawing depends on besides its source. */
export interface Stamp {
  /** Every file below it counts. */
  readonly sourceDir: string;
  readonly packages: readonly string[];
  readonly files: readonly string[];
}

/** A short hash of our code, of the versions of packages and of the bytes of files. */
export function stampOf({ sourceDir, packages, files }: Stamp): string {
  const hash = createHash('sha256');
  const sources = readdirSync(sourceDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of [...sources.map((entry) => join(entry.parentPath, entry.name)).sort(), ...files]) hash.update(readFileSync(path)).update('\0');
  for (const name of packages) hash.update(`${name}@${versionOf(name)}\0`);
  return hash.digest('hex').slice(0, 16);
}

function versionOf(name: string): string {
  const path = findPackageJSON(name, import.meta.url);
  return path ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version : 'none';
}

/** The name of an entry. */
export function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A folder of entries that share a stamp. Entries of other stamps can never be read again, so they are removed. */
export function openCache<T>(folder: string, stamp: string): Cache<T> {
  const own = join(folder, stamp);
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(folder)) if (/^[\da-f]{16}$/.test(name) && name !== stamp) rmSync(join(folder, name), { recursive: true, force: true });
  return {
    get: (key) => read<T>(join(own, `${key}.json`)),
    set: (key, value) => write(join(own, `${key}.json`), JSON.stringify(value)),
  };
}

function read<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Written beside its place and moved there, so that a second build never reads half an entry. */
function write(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
