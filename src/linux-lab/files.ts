/** Where the machines' files lie and how large they are, for the page. It knows the manifest, not what is in the files. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface LinuxFile {
  readonly name: string;
  readonly stored: { readonly bytes: number; readonly sha256: string };
  readonly unpacked: { readonly bytes: number; readonly sha256: string };
}

export interface LinuxFiles {
  readonly folder: string;
  readonly wasm: LinuxFile;
  readonly kernels: { readonly a: LinuxFile; readonly b: LinuxFile };
  readonly initramfs: LinuxFile;
}

interface Manifest {
  readonly files: readonly (LinuxFile & { readonly role: string })[];
}

/** The files of public/linux, for pages that have them in `folder`. Throws when the manifest lacks one. */
export function linuxFiles(folder: string, root: string = process.cwd()): LinuxFiles {
  const { files } = JSON.parse(readFileSync(resolve(root, 'public/linux/manifest.json'), 'utf8')) as Manifest;
  const one = (role: string, nth = 0): LinuxFile => {
    const found = files.filter((file) => file.role === role)[nth];
    if (!found) throw new Error(`public/linux/manifest.json has no file ${nth + 1} of the role "${role}".`);
    return { name: found.name, stored: found.stored, unpacked: found.unpacked };
  };
  return { folder, wasm: one('emulator'), kernels: { a: one('kernel'), b: one('kernel', 1) }, initramfs: one('initramfs') };
}
