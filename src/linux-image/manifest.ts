/** Describes the stored files of the machines for those who fetch or redistribute them. It knows packages.tsv and the files; it refuses to know how they were built. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One row of packages.tsv. */
export interface Package {
  readonly part: string;
  readonly package: string;
  readonly architecture: string;
  readonly version: string;
  /** Of the package's file: SHA-256 in lower-case hexadecimal, npm's integrity value, or `-` for what is installed and not fetched. */
  readonly sum: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly license: string;
  /** What it is there for. */
  readonly use: string;
}

/** A package of which something is in a stored file. */
export interface Origin extends Omit<Package, 'part' | 'sum'> {
  /** Debian's packages have the one, npm's the other. */
  readonly sha256?: string;
  readonly integrity?: string;
}

export interface Sum {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface Manifest {
  readonly about: string;
  /** How a machine is started. A saved state fits only a machine started with the same. */
  readonly boot: typeof BOOT;
  readonly files: readonly StoredFile[];
  readonly builtWith: readonly string[];
}

export interface StoredFile {
  readonly name: string;
  /** No machine needs `scripts`: they come along for those who want to build the others. */
  readonly role: 'kernel' | 'initramfs' | 'emulator' | 'scripts';
  /** Kernels only: what `uname -r` prints, and the file in src/linux-image/kernel that configured it. */
  readonly release?: string;
  readonly config?: string;
  readonly stored: Sum;
  readonly unpacked: Sum;
  /** Empty for what is Layerlab's own. */
  readonly origin: readonly Origin[];
}

/** The files, what they are to a machine, and which part of packages.tsv went into each. */
const FILES = [
  { name: 'kernel-6.1.elf.gzip', role: 'kernel', config: 'config-6.1', part: 'kernel-6.1' },
  { name: 'kernel-6.12.elf.gzip', role: 'kernel', config: 'config-6.12', part: 'kernel-6.12' },
  { name: 'initramfs.cpio.gzip', role: 'initramfs', part: 'initramfs' },
  { name: 'v86.wasm.gzip', role: 'emulator', part: 'emulator' },
  { name: 'build-scripts.tar.gzip', role: 'scripts', part: 'none' },
] as const;

const BOOT = {
  emulator: 'v86 0.5.462',
  memoryBytes: 64 * 1024 * 1024,
  vgaMemoryBytes: 1024 * 1024,
  /** Besides the terminal's, the one on which the page asks. */
  secondSerialPort: true,
  commandLine: 'console=ttyS0 quiet tsc=reliable',
  prompt: 'host:~# ',
};

/** Rows of packages.tsv, comments left out. Throws at a row with another number of columns. */
export function readPackages(text: string): readonly Package[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map(packageOf);
}

function packageOf(line: string): Package {
  const [part, name, architecture, version, sum, source, sourceVersion, license, use, ...more] = line.split('\t');
  if (!part || !name || !architecture || !version || !sum || !source || !sourceVersion || !license || !use || more.length > 0) {
    throw new Error(`packages.tsv: expected nine columns between tabs, found "${line}"`);
  }
  return { part, package: name, architecture, version, sum, source, sourceVersion, license, use };
}

/** The manifest of the files in a folder. Throws if one is missing or is no gzip file. */
export function manifestOf(folder: string): Manifest {
  const packages = readPackages(readFileSync(join(import.meta.dirname, 'packages.tsv'), 'utf8'));
  const tools = packages.filter(({ part }) => part === 'tool').map((tool) => `${tool.package} ${tool.version}`);
  return {
    about: 'SOURCE.txt beside this file says whose work this is, under which licenses, and where its source is.',
    boot: BOOT,
    files: FILES.map((file) => storedFile(folder, file, packages)),
    builtWith: ['Debian 12', ...tools],
  };
}

function storedFile(folder: string, { part, ...file }: (typeof FILES)[number], packages: readonly Package[]): StoredFile {
  const stored = readFileSync(join(folder, file.name));
  const unpacked = gunzipSync(stored);
  return {
    ...file,
    ...(file.role === 'kernel' ? { release: releaseOf(unpacked) } : {}),
    stored: sumOf(stored),
    unpacked: sumOf(unpacked),
    origin: packages.filter((row) => row.part === part).map(originOf),
  };
}

function originOf({ part: _, package: name, architecture, version, use, sum, ...source }: Package): Origin {
  return { package: name, architecture, version, use, ...(architecture === 'npm' ? { integrity: sum } : { sha256: sum }), ...source };
}

function sumOf(content: Uint8Array): Sum {
  return { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
}

/** The release as it stands in a kernel's bytes. */
function releaseOf(kernel: Buffer): string {
  const release = /Linux version (\S+) /.exec(kernel.toString('latin1'))?.[1];
  if (release === undefined) throw new Error('This kernel does not say its release.');
  return release;
}

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: node manifest.ts FOLDER');
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifestOf(folder), null, 2)}\n`);
}
