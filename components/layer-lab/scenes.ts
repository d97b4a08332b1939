/** The scenes that LayerLab can start from: what is offered, and what was done before the reader came; and the names of the stores. Data only. */
import { BASE, PATHS } from '../../src/sim/image-store/apps.ts';
import type { Action, StoreKind } from '../../src/sim/image-store/types.ts';
import type { SceneId } from './view.ts';

export const STORE_NAMES: Readonly<Record<StoreKind, string>> = { containerd: 'containerd (Engine 29)', overlay2: 'overlay2 (classic)' };

export interface Scene {
  /** What a reader chooses it by. */
  readonly name: string;
  /** References that may be pulled. */
  readonly images: readonly string[];
  /** Dockerfiles that may be built, by id. */
  readonly dockerfiles: readonly string[];
  /** Whether the same app is there as a disk of virtual machines too. */
  readonly disks: boolean;
  readonly done: readonly Action[];
  /** What to do here and what to look for, for a reader who came by another scene. */
  readonly task: string;
  /** What the scene is about, in a few actions with the words for what they did: shown where nothing can be pressed. */
  readonly still: readonly (readonly [words: string, action: Action])[];
}

const DEBIAN = 'debian:trixie-slim';
const NODE = 'node:24.21-trixie-slim';
const NGINX = 'nginx:1.31.6';
const ALPINE = 'alpine:3.24.2';

const build = (dockerfile: string): Action => ({ type: 'build', dockerfile });
const run = (mount = 'none'): Action => ({ type: 'run', image: 'app:latest', mount });

const WRITTEN: Scene['still'][number] = ['after 1 byte of model.bin was changed in c1', { type: 'write', container: 'c1', path: PATHS.model }];

export const SCENES: Readonly<Record<SceneId, Scene>> = {
  app: { name: 'An app and its container', images: [BASE, NODE, DEBIAN], dockerfiles: ['code-last', 'code-first'], disks: false, done: [build('code-last'), run()], task: 'Write one byte to model.bin and predict what that adds. Then read the file: which layer answers now?', still: [WRITTEN] },
  shared: { name: 'Images on one base', images: [BASE, NODE, NGINX, DEBIAN, ALPINE], dockerfiles: [], disks: false, done: [{ type: 'pull', image: BASE }], task: 'Pull node, then nginx, and predict each time. Which of them share the lowest layer?', still: [['after node was pulled', { type: 'pull', image: NODE }], ['after nginx was pulled too', { type: 'pull', image: NGINX }]] },
  order: { name: 'The order of a Dockerfile', images: [BASE], dockerfiles: ['code-first', 'code-last'], disks: false, done: [build('code-first')], task: 'Build the second Dockerfile. Then edit app.py and build each again: what does one small edit add under either?', still: [['after app.py was edited', { type: 'edit', file: 'app.py' }], ['after it was built again', build('code-first')]] },
  delete: { name: 'A file that is deleted later', images: [BASE], dockerfiles: ['delete-later', 'delete-at-once'], disks: false, done: [{ type: 'pull', image: BASE }], task: 'Build both Dockerfiles. Which image still holds the file that neither shows?', still: [['after an image was built whose file is copied by one instruction and deleted by the next', build('delete-later')]] },
  volumes: { name: 'A volume', images: [BASE], dockerfiles: ['with-data'], disks: false, done: [build('with-data'), { type: 'mkvolume', volume: 'v1' }, run('v1')], task: 'Add 1 MB to rows.db in c1, then remove c1. What stays, and what does the image have in the same place?', still: [['after 1 MB was added to rows.db in c1', { type: 'append', container: 'c1', path: PATHS.rows }]] },
  tag: { name: 'A tag that moves', images: [DEBIAN, NGINX, BASE], dockerfiles: [], disks: false, done: [{ type: 'pull', image: NGINX }, { type: 'pull', image: DEBIAN }], task: 'Publish a newer Debian and pull it. What becomes of the image that had the tag before?', still: [['after a newer Debian was published', { type: 'republish', image: DEBIAN }], ['after it was pulled', { type: 'pull', image: DEBIAN }]] },
  machines: { name: 'Beside it, a virtual machine’s disk', images: [BASE], dockerfiles: ['code-last'], disks: true, done: [build('code-last'), { type: 'clone', format: 'linked' }, run()], task: 'Write one byte to model.bin in c1, then in vm1. Compare what each had to store.', still: [WRITTEN, ['after the same in vm1', { type: 'vmWrite', vm: 'vm1', path: PATHS.model }]] },
  empty: { name: 'An empty store, everything offered', images: [BASE, NODE, NGINX, DEBIAN, ALPINE], dockerfiles: ['code-last', 'code-first', 'delete-later', 'delete-at-once', 'chmod-later', 'chmod-in-copy', 'with-data'], disks: true, done: [], task: 'Everything is offered: pull or build something, and say first what it will take.', still: [['after an image was built', build('delete-later')]] },
};
