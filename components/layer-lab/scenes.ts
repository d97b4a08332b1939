/** The scenes that LayerLab can start from: what is offered, and what was done before the reader came. Data only. */
import { BASE } from '../../src/sim/image-store/apps.ts';
import type { Action } from '../../src/sim/image-store/types.ts';
import type { SceneId } from './view.ts';

export interface Scene {
  /** References that may be pulled. */
  readonly images: readonly string[];
  /** Dockerfiles that may be built, by id. */
  readonly dockerfiles: readonly string[];
  /** Whether the same app is there as a disk of virtual machines too. */
  readonly disks: boolean;
  readonly done: readonly Action[];
}

const DEBIAN = 'debian:trixie-slim';
const NODE = 'node:24.21-trixie-slim';
const NGINX = 'nginx:1.31.6';
const ALPINE = 'alpine:3.24.2';

const build = (dockerfile: string): Action => ({ type: 'build', dockerfile });
const run = (mount = 'none'): Action => ({ type: 'run', image: 'app:latest', mount });

export const SCENES: Readonly<Record<SceneId, Scene>> = {
  app: { images: [BASE, NODE, DEBIAN], dockerfiles: ['code-last', 'code-first'], disks: false, done: [build('code-last'), run()] },
  shared: { images: [BASE, NODE, NGINX, DEBIAN, ALPINE], dockerfiles: [], disks: false, done: [{ type: 'pull', image: BASE }] },
  order: { images: [BASE], dockerfiles: ['code-first', 'code-last'], disks: false, done: [build('code-first')] },
  delete: { images: [BASE], dockerfiles: ['delete-later', 'delete-at-once'], disks: false, done: [{ type: 'pull', image: BASE }] },
  volumes: { images: [BASE], dockerfiles: ['with-data'], disks: false, done: [build('with-data'), { type: 'mkvolume', volume: 'v1' }, run('v1')] },
  tag: { images: [DEBIAN, NGINX, BASE], dockerfiles: [], disks: false, done: [{ type: 'pull', image: NGINX }, { type: 'pull', image: DEBIAN }] },
  machines: { images: [BASE], dockerfiles: ['code-last'], disks: true, done: [build('code-last'), { type: 'clone', format: 'linked' }, run()] },
  empty: { images: [BASE, NODE, NGINX, DEBIAN, ALPINE], dockerfiles: ['code-last', 'code-first', 'delete-later', 'delete-at-once', 'chmod-later', 'chmod-in-copy', 'with-data'], disks: true, done: [] },
};
