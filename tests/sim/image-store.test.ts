/** Where the bytes lie: layers and copy-on-write, the surprises by name, and the laws that every walk keeps. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { facts, figuresFor, formatProblem } from '../../src/facts/index.ts';
import { images, loadImages } from '../../src/images/index.ts';
import {
  APP_TAG, BASE, citedSources, CONTEXT, digestOf, DOCKERFILES, HOST_DIRECTORY, imageStore, imageStoreFigures, isFile, layersOf, lookUp, MOUNT_POINT, mountedTree, PACKAGES_PERCENT, PATHS, pathsIn, releasesOf, sizeInWords, stackOf, STORES,
  textOf, unpackedOf, usageOf, visibleIn, WORDS,
} from '../../src/sim/image-store/index.ts';
import type { Action, Composition, Config, Fact, File, State, StoreKind, Tree } from '../../src/sim/image-store/index.ts';
import { contextFile } from '../../src/sim/image-store/apps.ts';
import { change, grown, made, remoded, written } from '../../src/sim/image-store/overlay.ts';
import { layersIn, lowerOf, tagsOf, usersOf } from '../../src/sim/image-store/store.ts';
import { replay, SimError } from '../../src/sim/index.ts';

const compositions: readonly Composition[] = images();
const model = imageStore(figuresFor(imageStoreFigures()), compositions);

const DEBIAN = 'debian:trixie-slim';
const NGINX = 'nginx:1.31.6';
const NODE = 'node:24.21-trixie-slim';
const GB = 1_000_000_000;
const CLUSTER = 65_536;

const config = (changes: Partial<Config> = {}): Config => ({ store: 'overlay2', images: [BASE, NODE, NGINX, DEBIAN, 'alpine:3.24.2'], dockerfiles: Object.keys(DOCKERFILES), disks: true, ...changes });
const after = (actions: readonly Action[], changes: Partial<Config> = {}) => replay(model, { config: config(changes), seed: 1, actions }).state;
const then = (state: State, action: Action) => model.step(state, action).state;
const ids = (state: State) => state.facts.map(({ id }) => id);
const last = <Id extends Fact['id']>(state: State, id: Id) => state.facts.filter((fact) => fact.id === id) as Extract<Fact, { id: Id }>[];
const measured = (state: State) => model.measure(state) as Record<string, number>;
const total = (state: State) => usageOf(state).total;

const pull = (image: string): Action => ({ type: 'pull', image });
const build = (dockerfile: string): Action => ({ type: 'build', dockerfile });
const run = (image: string = APP_TAG, mount = 'none'): Action => ({ type: 'run', image, mount });
const inside = (type: 'read' | 'write' | 'append' | 'chmod' | 'delete' | 'recreate', path: string, container = 'c1'): Action => ({ type, container, path });
const container = (type: 'start' | 'stop' | 'commit' | 'rm', name = 'c1'): Action => ({ type, container: name });
const edit = (file: string): Action => ({ type: 'edit', file });

describe('images in content/images', () => {
  test('have no mistakes, and their sources exist', () => {
    expect(loadImages().problems.map(formatProblem)).toEqual([]);
    expect(compositions.map(({ id }) => id)).toEqual(['alpine', 'debian-slim-2026-08', 'debian-slim', 'nginx', 'node-slim', 'python-servercore', 'python-slim']);
  });

  test('unpack to what their sources list, layer by layer in whole bytes', () => {
    for (const image of compositions.filter(({ unpackedBytes }) => unpackedBytes !== undefined)) {
      const layers = unpackedOf(image, compositions);
      expect(layers.reduce((sum, bytes) => sum + bytes, 0), image.id).toBe(image.unpackedBytes);
      expect(layers.every((bytes) => Number.isInteger(bytes) && bytes > 0), image.id).toBe(true);
    }
  });

  test('agree with the figures of the same images', () => {
    const by = (id: string) => compositions.find((image) => image.id === id) as Composition;
    const figures = figuresFor(['img.alpine.compressed', 'img.nginx1316.compressed', 'img.nginx1316.disk', 'img.python-slim-2026-09.compressed', 'img.python-slim-2026-09.disk', 'img.node24-slim.compressed', 'img.debian-slim.disk', 'img.python-servercore2025.compressed']);
    const value = (id: string) => figures[id]?.value;
    expect(by('alpine').compressedBytes).toBe(value('img.alpine.compressed'));
    expect(by('nginx').compressedBytes).toBe(value('img.nginx1316.compressed'));
    expect(by('nginx').unpackedBytes).toBe((value('img.nginx1316.disk') as number) * 1e6);
    expect(by('python-slim').compressedBytes).toBe(value('img.python-slim-2026-09.compressed'));
    expect(by('python-slim').unpackedBytes).toBe((value('img.python-slim-2026-09.disk') as number) * 1e6);
    expect(by('node-slim').compressedBytes).toBe(value('img.node24-slim.compressed'));
    expect(by('debian-slim-2026-08').unpackedBytes).toBe((value('img.debian-slim.disk') as number) * 1e6);
    expect(by('python-servercore').compressedBytes).toBe(value('img.python-servercore2025.compressed'));
  });

  test('give the ratio by which the model compresses packages', () => {
    const python = compositions.find(({ id }) => id === 'python-slim') as Composition;
    expect(Math.round((100 * python.compressedBytes) / (python.unpackedBytes as number))).toBe(PACKAGES_PERCENT);
  });

  const ROOTS: string[] = [];
  afterEach(() => ROOTS.splice(0).forEach((root) => rmSync(root, { recursive: true })));

  const ALPINE = `id: alpine
reference: alpine:3.24.2
os: linux
arch: amd64
published: 2026-09-17
compressedBytes: 3849738
unpackedBytes: 8420000
unpackedHow: listed
layers:
  - { digest: 'sha256:${'e2'.repeat(32)}', compressedBytes: 3849738, madeBy: ADD rootfs, holds: tree, path: /usr }
sources: [register]
where: somewhere
`;

  function problemsIn(files: Readonly<Record<string, string>>): readonly string[] {
    const root = mkdtempSync(join(tmpdir(), 'images-'));
    ROOTS.push(root);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return loadImages(root, new Set(['register'])).problems.map(formatProblem);
  }

  test('that have mistakes are answered with line, expectation and remedy', () => {
    const wrong = ALPINE.replace('3849738\nunpacked', '3849739\nunpacked').replace('[register]', '[registr]').replace('id: alpine', 'id: alpin');
    expect(problemsIn({ 'content/images/alpine.yaml': ALPINE })).toEqual([]);
    expect(problemsIn({ 'content/images/alpine.yaml': wrong })).toMatchInlineSnapshot(`
      [
        "content/images/alpine.yaml:1:5  found the id "alpin"; expected "alpine", the name of the file; do: make the two the same",
        "content/images/alpine.yaml:6:18  found 3849739 bytes in all; expected 3849738 bytes, the sum over its 1 layers; do: look the numbers up again",
        "content/images/alpine.yaml:11:11  found the unknown source "registr"; expected the id of a source in content/sources; do: write "register"",
      ]
    `);
    expect(problemsIn({ 'content/images/alpine.yaml': ALPINE.replace('os: linux', 'os: linx').replace("'sha256:", "'sha:").replace('where:', 'were:') })).toMatchInlineSnapshot(`
      [
        "content/images/alpine.yaml:1:1  found no "where"; expected the place in the sources; do: add "where"",
        "content/images/alpine.yaml:3:5  found "linx" as "os"; expected one of linux, windows; do: write "linux"",
        "content/images/alpine.yaml:10:15  found "sha:e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2… as "digest"; expected sha256: and 64 hexadecimal digits, in quotes; do: replace it",
        "content/images/alpine.yaml:12:1  found the unknown key "were"; expected only these keys: id, reference, os, arch, published, base, compressedBytes, unpackedBytes, unpackedHow, layers, sources, where, note; do: rename it to "where"",
      ]
    `);
    expect(problemsIn({ 'content/images/alpine.yaml': ALPINE.replace('listed', 'derived').replace('os: linux', 'base: alpin\nos: linux') })).toMatchInlineSnapshot(`
      [
        "content/images/alpine.yaml:3:7  found the unknown image "alpin"; expected the id of an image in content/images; do: write "alpine"",
        "content/images/alpine.yaml:9:14  found a derived size without a note; expected a note that says from what it is derived; do: add "note"",
      ]
    `);
    expect(problemsIn({ 'content/images/alpine.yaml': ALPINE.replace('8420000', '842000').replace('os: linux', 'base: alpine\nos: linux') })).toMatchInlineSnapshot(`
      [
        "content/images/alpine.yaml:3:7  found "alpine", whose layers are not the lowest of this image; expected the image whose layers this one begins with; do: compare the digests",
        "content/images/alpine.yaml:8:16  found 842000 bytes unpacked; expected more than the 3849738 bytes compressed; do: look the numbers up again",
      ]
    `);
  });
});

describe('pulling', () => {
  test('downloads a base that two images share once', () => {
    const [first, second] = [after([pull(BASE)]), after([pull(BASE), pull(NODE)])];
    expect(measured(first).downloadedBytes).toBe(43_488_674);
    expect(ids(second)).toEqual(['layerReused', 'layerPulled', 'layerPulled', 'layerPulled', 'layerPulled', 'imageTagged']);
    expect(measured(second).downloadedBytes).toBe(43_488_674 + 82_457_764 - 29_830_418);
    expect(total(second)).toBe(119_660_000 + 242_330_000 - 78_810_000);
    expect(usageOf(second).perImage.map(({ bytes, shared, unique }) => [bytes, shared, unique])).toEqual([[119_660_000, 78_810_000, 40_850_000], [242_330_000, 78_810_000, 163_520_000]]);
  });

  test('shares nothing between images whose bases have one name and two digests', () => {
    const state = after([pull(NGINX), pull(BASE)]);
    expect(ids(state)).not.toContain('layerReused');
    expect(total(state)).toBe(170_060_000 + 119_660_000);
    // The same name, debian:trixie-slim, meant the base of nginx in August and that of Python in September.
    expect(ids(after([pull(NGINX), pull(DEBIAN)]))).toEqual(['layerReused', 'imageTagged']);
    expect(ids(after([pull(BASE), { type: 'republish', image: DEBIAN }, pull(DEBIAN)]))).toEqual(['layerReused', 'imageTagged']);
  });

  test('moves a tag and leaves the image that had it without a name', () => {
    const state = after([pull(DEBIAN), { type: 'republish', image: DEBIAN }, pull(DEBIAN)]);
    expect(ids(state)).toEqual(['layerPulled', 'imageTagged', 'tagMoved', 'imageLeftUntagged']);
    expect(measured(state)).toMatchObject({ images: 2, danglingImages: 1, totalBytes: 78_640_000 + 78_810_000 });
    expect(total(then(state, { type: 'prune', what: 'images' }))).toBe(78_810_000);
  });

  test('costs the compressed size more on disk in the containerd store', () => {
    expect(total(after([pull(NGINX)]))).toBe(170_060_000);
    expect(total(after([pull(NGINX)], { store: 'containerd' }))).toBe(170_060_000 + 66_322_074);
  });
});

describe('building', () => {
  test('deleting a big file in a later instruction keeps the image big; in the same instruction it leaves nothing', () => {
    const base = 119_660_000;
    const later = after([build('delete-later')]);
    expect(measured(later).appBytes).toBe(base + GB);
    expect(last(later, 'whiteoutWritten')).toEqual([{ id: 'whiteoutWritten', path: PATHS.model, hidden: GB }]);
    expect(visibleIn(then(later, run()), then(later, run()).containers.c1 as never)).not.toContain(PATHS.model);
    expect(measured(after([build('delete-at-once')])).appBytes).toBe(base);
  });

  test('a chmod of a big file in a later instruction stores it twice; given to COPY, once', () => {
    expect(measured(after([build('chmod-later')])).appBytes).toBe(119_660_000 + 2 * GB);
    expect(last(after([build('chmod-later')]), 'fileCopiedUp')).toEqual([{ id: 'fileCopiedUp', path: PATHS.model, bytes: GB, from: 1, cause: 'metadata' }]);
    expect(measured(after([build('chmod-in-copy')])).appBytes).toBe(119_660_000 + GB);
  });

  test('changing one file early in a Dockerfile rebuilds all after it; at the end, itself alone', () => {
    const counts = (dockerfile: string) => {
      const { lastRunInstructions, lastCachedInstructions } = measured(after([build(dockerfile), edit('app.py'), build(dockerfile)]));
      return [lastRunInstructions, lastCachedInstructions];
    };
    expect(counts('code-last')).toEqual([1, 3]);
    expect(counts('code-first')).toEqual([2, 0]);
    const [early, late] = ['code-first', 'code-last'].map((dockerfile) => {
      const built = after([build(dockerfile)]);
      return total(then(then(built, edit('app.py')), build(dockerfile))) - total(built);
    });
    expect(late).toBe(24_000);
    expect(early).toBe(GB + 150_000_000 + 24_000 + 1200);
  });

  test('says why an instruction was not found', () => {
    const why = (...actions: Action[]) => last(after(actions), 'cacheMissed').map(({ number, because }) => `${number} ${because}`);
    expect(why(build('code-first'))).toEqual(['2 new', '3 earlier']);
    expect(why(build('code-first'), edit('app.py'), build('code-first'))).toEqual(['2 input', '3 earlier']);
    expect(why(build('code-last'), build('chmod-later'))).toEqual(['2 base', '3 earlier']);
    expect(why(build('delete-later'), build('chmod-later'))).toEqual(['3 new']);
  });

  test('finds everything the second time, and the image is the same', () => {
    const [once, twice] = [after([build('code-last')]), after([build('code-last'), build('code-last')])];
    expect(ids(twice)).toEqual([...Array(4).fill('layerReused'), ...Array(4).fill('instructionCached'), 'imageUpToDate']);
    expect({ ...twice, facts: once.facts }).toEqual(once);
  });

  test('without its cache makes another image of the same files, for a command leaves its time', () => {
    const state = after([build('code-last'), { type: 'prune', what: 'build-cache' }, build('code-last')]);
    expect(ids(state)).toContain('imageLeftUntagged');
    const copied = after([build('chmod-in-copy'), { type: 'prune', what: 'build-cache' }, build('chmod-in-copy')]);
    expect(ids(copied)).toContain('imageUpToDate');
  });
});

describe('a container', () => {
  test('starts with nothing of its own, and two of them cost no more than one', () => {
    expect(total(after([build('code-last'), run(), run()]))).toBe(total(after([build('code-last')])));
  });

  test('copies the whole of a file for a change of one byte, once', () => {
    const changed = after([build('code-last'), run(), inside('write', PATHS.model)]);
    expect(changed.facts).toEqual([{ id: 'fileCopiedUp', path: PATHS.model, bytes: GB, from: 2, cause: 'data' }, { id: 'fileChanged', path: PATHS.model, bytes: 1 }]);
    expect(measured(changed).containersBytes).toBe(GB);
    const again = then(changed, inside('write', PATHS.model));
    expect(ids(again)).toEqual(['fileChanged']);
    expect(measured(again)).toMatchObject({ containersBytes: GB, copiedUpBytes: GB });
  });

  test('copies it for a change of mode too', () => {
    expect(measured(after([build('code-last'), run(), inside('chmod', PATHS.model)])).containersBytes).toBe(GB);
  });

  test('says which layer answers a read', () => {
    const started = after([build('code-last'), run()]);
    const from = (state: State, path: string) => last(then(state, inside('read', path)), 'fileRead').map(({ from: depth, madeBy }) => `${depth} ${madeBy}`)[0];
    expect(from(started, PATHS.code)).toBe(`1 COPY app.py ${PATHS.code}`);
    expect(from(started, PATHS.model)).toBe(`2 COPY model.bin ${PATHS.model}`);
    expect(from(started, '/usr')).toBe('8 debian.sh, trixie, 2026-09-18');
    expect(from(then(started, inside('write', PATHS.code)), PATHS.code)).toBe('0 ');
  });

  test('hides what it deletes and frees nothing below; what it wrote itself is freed', () => {
    const state = after([build('code-last'), run(), inside('delete', PATHS.model)]);
    expect(state.facts).toEqual([{ id: 'whiteoutWritten', path: PATHS.model, hidden: GB }]);
    expect(total(state)).toBe(total(after([build('code-last')])));
    const own = after([build('code-last'), run(), inside('append', PATHS.log), inside('delete', PATHS.log)]);
    expect(own.facts).toEqual([{ id: 'fileRemoved', path: PATHS.log, bytes: 1_000_000 }]);
    expect(own.containers.c1?.upper).toEqual({});
  });

  test('that makes a directory anew sees nothing of the one below', () => {
    const state = after([build('code-last'), run(), inside('recreate', '/srv')]);
    expect(state.facts).toEqual([{ id: 'directoryMadeOpaque', path: '/srv', hidden: GB + 150_000_000 + 24_000 + 1200 }]);
    expect(state.containers.c1?.upper).toEqual({ '/srv': { kind: 'opaque' } });
    expect(visibleIn(state, state.containers.c1 as never).filter((path) => path.startsWith('/srv'))).toEqual([]);
  });

  test('that deletes a directory leaves one whiteout for all of it, and makes it anew for a file', () => {
    const gone = after([build('with-data'), run(), inside('delete', MOUNT_POINT)]);
    expect(gone.containers.c1?.upper).toEqual({ [MOUNT_POINT]: { kind: 'whiteout' } });
    const back = then(gone, inside('append', PATHS.rows));
    expect(ids(back)).toEqual(['directoryMadeOpaque', 'fileAdded']);
    expect(measured(back).containersBytes).toBe(1_000_000);
  });

  test('keeps its layer when it is stopped, and loses that alone when it is removed', () => {
    const working = after([build('code-last'), run(), inside('append', PATHS.log)]);
    const stopped = then(working, container('stop'));
    expect(total(stopped)).toBe(total(working));
    const resumed = then(then(stopped, container('start')), inside('read', PATHS.log));
    expect(last(resumed, 'fileRead')[0]?.from).toBe(0);
    const removed = then(stopped, container('rm'));
    expect(total(working) - total(removed)).toBe(1_000_000);
    expect(removed.images).toEqual(working.images);
    expect(removed.layers).toEqual(working.layers);
  });

  test('becomes an image by a commit, without what is mounted', () => {
    const state = after([build('with-data'), { type: 'mkvolume', volume: 'v1' }, run(APP_TAG, 'v1'), inside('append', PATHS.rows), inside('append', PATHS.log), container('commit')]);
    expect(last(state, 'upperCommitted')).toEqual([{ id: 'upperCommitted', container: 'c1', bytes: 1_000_000 }]);
    const image = state.images[state.tags['saved:latest'] as string] as never;
    expect(layersIn(state, image).at(-1)?.tree).toEqual(state.containers.c1?.upper);
  });
});

describe('mounts', () => {
  test('a volume survives its container; pruning takes the anonymous one alone', () => {
    const actions: Action[] = [build('with-data'), { type: 'mkvolume', volume: 'v1' }, run(APP_TAG, 'v1'), run(APP_TAG, 'anonymous'), inside('append', PATHS.rows), container('stop'), container('rm'), container('stop', 'c2'), container('rm', 'c2')];
    const state = after(actions);
    expect(usageOf(state)).toMatchObject({ containers: 0, volumes: 201_000_000 });
    expect(ids(state)).toEqual(['containerRemoved', 'volumeKept']);
    const pruned = then(state, { type: 'prune', what: 'volumes' });
    expect(Object.keys(pruned.volumes)).toEqual(['v1']);
    expect(Object.keys(then(pruned, { type: 'prune', what: 'all-volumes' }).volumes)).toEqual([]);
  });

  test('an empty volume gets a copy of what the image has there, once; a directory of the host covers it', () => {
    const volume = after([build('with-data'), { type: 'mkvolume', volume: 'v1' }, run(APP_TAG, 'v1')]);
    expect(last(volume, 'volumeFilled')).toEqual([{ id: 'volumeFilled', volume: 'v1', bytes: 100_000_000 }]);
    expect(ids(then(volume, run(APP_TAG, 'v1')))).toEqual(['containerStarted', 'mountCovered']);
    const bind = after([build('with-data'), run(APP_TAG, 'bind')]);
    expect(last(bind, 'mountCovered')).toEqual([{ id: 'mountCovered', container: 'c1', source: HOST_DIRECTORY, hidden: 100_000_000 }]);
    expect(visibleIn(bind, bind.containers.c1 as never)).not.toContain(PATHS.rows);
  });

  test('bypass the layers: a write copies nothing up', () => {
    const state = after([build('with-data'), { type: 'mkvolume', volume: 'v1' }, run(APP_TAG, 'v1'), inside('write', PATHS.rows)]);
    expect(ids(state)).toEqual(['mountWritten']);
    expect(measured(state)).toMatchObject({ containersBytes: 0, copiedUpBytes: 0, volumesBytes: 100_000_000 });
    expect(measured(after([build('with-data'), run(), inside('write', PATHS.rows)]))).toMatchObject({ containersBytes: 100_000_000, volumesBytes: 0 });
  });
});

describe('removing', () => {
  test('untags while another tag is there, and deletes with the last one', () => {
    const state = after([build('code-last'), run(), container('commit'), container('stop'), container('rm')]);
    const one = then(state, { type: 'rmi', image: 'saved:latest' });
    expect(ids(one)).toEqual(['tagRemoved', 'imageDeleted', 'layerFreed', 'layersKept']);
    const tagged = after([pull(DEBIAN)]);
    const id = tagged.tags[DEBIAN] as string;
    const both = then({ ...tagged, tags: { ...tagged.tags, other: id } }, { type: 'rmi', image: DEBIAN });
    expect(both.facts).toEqual([{ id: 'tagRemoved', tag: DEBIAN, remaining: 1 }]);
    expect(Object.keys(both.images)).toEqual([id]);
  });

  test('refuses while a container, even a stopped one, stands on the image', () => {
    const state = after([pull(DEBIAN), run(DEBIAN), container('stop')]);
    expect(() => then(state, { type: 'rmi', image: DEBIAN })).toThrow(new SimError('c1 stands on debian:trixie-slim. Remove the container first.'));
    expect(ids(then(then(state, container('rm')), { type: 'rmi', image: DEBIAN }))).toEqual(['tagRemoved', 'imageDeleted', 'layerFreed']);
  });

  test('frees what no other image needs, and says who needs the rest', () => {
    const state = after([pull(BASE), pull(NODE), { type: 'rmi', image: NODE }]);
    expect(measured(state).lastFreedBytes).toBe(163_520_000);
    expect(last(state, 'layersKept')).toEqual([{ id: 'layersKept', layers: 1, bytes: 78_810_000, by: 'images' }]);
  });

  test('an image whose layers the build cache holds frees nothing until the cache is pruned', () => {
    const built = after([build('code-last')]);
    const removed = then(built, { type: 'rmi', image: APP_TAG });
    expect(total(removed)).toBe(total(built));
    expect(usageOf(removed)).toMatchObject({ images: 0, buildCache: total(built) });
    expect(total(then(removed, { type: 'prune', what: 'build-cache' }))).toBe(0);
  });
});

describe('the same app on disks of virtual machines', () => {
  test('one byte in a file of 1 GB costs a cluster of 64 KiB, where overlayfs copies 1 GB', () => {
    const vm = after([{ type: 'clone', format: 'linked' }, { type: 'vmWrite', vm: 'vm1', path: PATHS.model }]);
    expect(vm.facts).toEqual([{ id: 'clustersAllocated', vm: 'vm1', path: PATHS.model, clusters: 1, bytes: CLUSTER, cause: 'data' }]);
    expect(measured(vm).machinesBytes).toBe(CLUSTER);
    expect(measured(after([build('code-last'), run(), inside('write', PATHS.model)])).containersBytes).toBe(GB);
  });

  test('the disk holds on its system what the image holds on its base, rounded up to clusters, and one for where the guest keeps modes', () => {
    const system = figuresFor(['vmimg.debian13'])['vmimg.debian13']?.value as number;
    const debian = compositions.find(({ id }) => id === 'debian-slim')?.unpackedBytes as number;
    const { appBytes, disksBytes } = measured(after([build('code-last')])) as Record<string, number>;
    const [onDisk, inImage] = [(disksBytes as number) - system, (appBytes as number) - debian];
    expect(onDisk).toBeGreaterThanOrEqual(inImage);
    expect(onDisk - inImage).toBeLessThan(2 * CLUSTER);
  });

  test('a linked clone starts empty; a copy takes all, and is then written to in place', () => {
    const linked = measured(after([{ type: 'clone', format: 'linked' }]));
    const copy = after([{ type: 'clone', format: 'copy' }]);
    expect(linked.machinesBytes).toBe(0);
    expect(measured(copy).machinesBytes).toBe(linked.disksBytes);
    const wrote = then(copy, { type: 'vmWrite', vm: 'vm1', path: PATHS.model });
    expect(ids(wrote)).toEqual(['clustersOverwritten']);
    expect(measured(wrote)).toMatchObject({ machinesBytes: measured(copy).machinesBytes, machinesWrittenBytes: 4096 });
  });

  test('a mode costs a cluster too, once; a deleted file gives nothing back', () => {
    const start = after([{ type: 'clone', format: 'linked' }, { type: 'vmChmod', vm: 'vm1', path: PATHS.model }]);
    expect(measured(start).machinesBytes).toBe(CLUSTER);
    expect(ids(then(start, { type: 'vmChmod', vm: 'vm1', path: PATHS.code }))).toEqual(['clustersOverwritten']);
    const deleted = then(start, { type: 'vmDelete', vm: 'vm1', path: PATHS.model });
    expect(last(deleted, 'clustersKept')).toEqual([{ id: 'clustersKept', vm: 'vm1', path: PATHS.model, bytes: GB }]);
    expect(measured(deleted).disksBytes).toBe(measured(start).disksBytes);
  });

  test('a megabyte appended takes as many clusters as it touches', () => {
    const state = after([{ type: 'clone', format: 'linked' }, { type: 'vmAppend', vm: 'vm1', path: PATHS.log }]);
    const clusters = last(state, 'clustersAllocated')[0]?.clusters as number;
    expect([Math.ceil(1_000_000 / CLUSTER), Math.ceil(1_000_000 / CLUSTER) + 1]).toContain(clusters);
    expect(measured(state).machinesBytes).toBe(clusters * CLUSTER);
  });
});

describe('overlayfs, rule by rule', () => {
  const file = (bytes: number): File => made('/some', bytes);
  const lower: readonly Tree[] = [{ '/a/two': { kind: 'whiteout' }, '/a/one': file(5) }, { '/a/one': file(10), '/a/two': file(20), '/b/three': file(30) }];

  test('the topmost layer answers, and a whiteout answers that there is nothing', () => {
    expect(lookUp(lower, '/a/one')).toMatchObject({ depth: 0, file: { bytes: 5 } });
    expect(lookUp(lower, '/a/two')).toBeUndefined();
    expect(lookUp(lower, '/b/three')).toMatchObject({ depth: 1 });
    expect(pathsIn(lower)).toEqual(['/a/one', '/b/three']);
  });

  test('a whiteout is written only where something would come to light', () => {
    expect(change({ '/new': file(1) }, lower, { do: 'delete', path: '/new' }).upper).toEqual({});
    expect(change({ '/b': { kind: 'opaque' }, '/b/three': file(1) }, lower, { do: 'delete', path: '/b/three' }).upper).toEqual({ '/b': { kind: 'opaque' } });
    expect(change({}, lower, { do: 'delete', path: '/a' }).upper).toEqual({ '/a': { kind: 'whiteout' } });
  });

  test('a file in a directory that was deleted makes the directory anew, opaque', () => {
    const gone = change({}, lower, { do: 'delete', path: '/b' }).upper;
    const { upper, facts: told } = change(gone, lower, { do: 'append', path: '/b/four', bytes: 7 });
    expect(upper).toEqual({ '/b': { kind: 'opaque' }, '/b/four': made('/b/four', 7) });
    expect(told).toEqual([{ id: 'directoryMadeOpaque', path: '/b', hidden: 30 }, { id: 'fileAdded', path: '/b/four', bytes: 7 }]);
    expect(pathsIn([upper, ...lower])).toEqual(['/a/one', '/b/four']);
  });
});

describe('digests', () => {
  test('name content: equal content has an equal name, whatever the order of its keys', () => {
    expect(digestOf({ a: 1, b: [2, 'x'] })).toBe(digestOf({ b: [2, 'x'], a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
    expect(digestOf('')).toMatch(/^fnv:[0-9a-f]{16}$/);
  });

  test('tell different things apart, as far as 20,000 of them show', () => {
    expect(new Set(Array.from({ length: 20_000 }, (_, i) => digestOf(['layer', i]))).size).toBe(20_000);
  });

  test('make two machines agree: the same Dockerfile on the same base gives the same image', () => {
    const there = after([pull(BASE), pull(NGINX), build('code-last')], { store: 'containerd' });
    expect(there.tags[APP_TAG]).toBe(after([build('code-last')]).tags[APP_TAG]);
  });
});

describe('words', () => {
  test('there is a sentence and a rule for every fact, and no blank stays open', () => {
    const factIds = new Set(Object.keys(WORDS.reasons).map((key) => key.split('/')[0] as string));
    for (const id of factIds) expect(Object.keys(WORDS.sentences).some((key) => key === id || key.startsWith(`${id}/`) || key.startsWith(`${id}.`)), id).toBe(true);
    for (const [fact, rules] of Object.entries(WORDS.reasons)) expect([fact, rules.length > 0 && rules.every((rule) => rule in WORDS.rules)]).toEqual([fact, true]);
    const used = new Set(Object.values(WORDS.reasons).flat());
    expect(Object.keys(WORDS.rules).filter((rule) => !used.has(rule))).toEqual([]);
  });

  test('every source and figure that a rule cites exists', () => {
    const { sources, figures } = facts();
    expect(citedSources.filter((id) => !sources.has(id))).toEqual([]);
    expect(Object.values(WORDS.rules).flatMap((rule) => rule.figures ?? []).filter((id) => !figures.has(id))).toEqual([]);
  });

  test('sizes read as people say them', () => {
    expect([1, 0, 999, 65_536, 78_640_000, GB].map(sizeInWords)).toEqual(['1 byte', '0 bytes', '999 bytes', '65.5 kB', '78.6 MB', '1 GB']);
  });

  test('tell what happened and what it costs', () => {
    expect(model.describe(model.init(config({ disks: false }), 1))).toBe('The store is empty.');
    expect(model.describe(after([pull(BASE), pull(NODE)], { disks: false }))).toBe('One layer of 78.8 MB was there already. 4 layers were downloaded: 52.6 MB compressed, 164 MB unpacked. node:24.21-trixie-slim has 5 layers and 242 MB. The store takes 283 MB.');
    expect(model.describe(after([build('code-last'), run(), inside('write', PATHS.model)], { disks: false }))).toBe('/srv/model.bin lay in a lower layer, so all of it, 1 GB, was copied up before the first change. 1 byte of /srv/model.bin changed. The store takes 2.27 GB.');
  });
});

describe('what makes no sense is refused with a sentence', () => {
  const state = after([build('code-last'), run()]);
  test.each<readonly [Action, string]>([
    [pull('nginx:1.2'), 'nginx:1.2 is not offered here.'],
    [{ type: 'republish', image: NGINX }, 'No later image of nginx:1.31.6 is known.'],
    [run('nothing:latest'), 'There is no image nothing:latest here. Pull or build it first.'],
    [run(APP_TAG, 'v9'), 'There is no volume v9.'],
    [container('rm'), 'c1 is running. Stop it first.'],
    [container('start'), 'c1 runs already.'],
    [container('stop', 'c7'), 'There is no container c7.'],
    [inside('read', '/nowhere'), 'c1 has no /nowhere.'],
    [inside('write', PATHS.packages), '/srv/packages stands for many files: the model does not write to one of them.'],
    [inside('append', PATHS.code), 'Only /var/log/app.log and /data/rows.db grow here.'],
    [inside('recreate', '/etc'), 'c1 has no directory /etc with files in it.'],
    [inside('delete', MOUNT_POINT), 'c1 has no directory /data with files in it.'],
    [edit('secret.env'), 'There is no file secret.env in the build context.'],
    [{ type: 'rmvolume', volume: 'v1' }, 'There is no volume v1.'],
    [{ type: 'vmWrite', vm: 'vm1', path: PATHS.code }, 'There is no virtual machine vm1.'],
    [{ type: 'prune', what: 'everything' } as never, 'There is no kind of thing to prune “everything”. Choose one of containers, images, all-images, volumes, all-volumes, build-cache.'],
  ])('%o', (action, sentence) => {
    expect(() => then(state, action)).toThrow(new SimError(sentence));
  });

  test('a mount point cannot be removed from within', () => {
    const mounted = after([build('with-data'), run(APP_TAG, 'bind')]);
    expect(() => then(mounted, inside('delete', MOUNT_POINT))).toThrow(new SimError('/data is a mount point in c1: it cannot be removed there.'));
  });

  test('configurations too', () => {
    expect(() => model.init(config({ store: 'zfs' as StoreKind }), 1)).toThrow('There is no kind of store “zfs”. Choose one of containerd, overlay2.');
    expect(() => model.init(config({ images: ['python:3.14.7-windowsservercore-ltsc2025'] }), 1)).toThrow('There is no image “python:3.14.7-windowsservercore-ltsc2025”.');
    expect(() => imageStore({}, compositions)).toThrow('There is no figure "disk.qcow2.cluster".');
  });
});

/** A walk: at each step a type of action, then one of its actions, so that no type drowns in another's many. */
const walks = fc.record({
  store: fc.constantFrom(...STORES),
  disks: fc.boolean(),
  picks: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 30 }),
});
type Walk = typeof walks extends fc.Arbitrary<infer T> ? T : never;

function pick(state: State, [kind, which]: readonly [number, number]): Action {
  const legal = model.legal(state);
  const types = [...new Set(legal.map(({ type }) => type))];
  const some = legal.filter(({ type }) => type === types[kind % types.length]);
  return some[which % some.length] as Action;
}

function actionsOf({ store, disks, picks }: Walk): readonly [Config, readonly Action[]] {
  const chosen = config({ store, disks });
  // Two images and a container to begin with, so that short walks are not all pulls.
  const actions: Action[] = [build('code-last'), build('with-data'), run()];
  let state = actions.reduce(then, model.init(chosen, 1));
  for (const each of picks) {
    const action = pick(state, each);
    actions.push(action);
    state = then(state, action);
  }
  return [chosen, actions];
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

describe('on any walk', () => {
  test('the sums agree and the other laws hold, nothing is mutated, every fact has a sentence', () => {
    fc.assert(fc.property(walks, (walk) => {
      const [chosen, actions] = actionsOf(walk);
      let state = frozen(model.init(chosen, 1));
      for (const action of actions) {
        const step = model.step(state, frozen(action));
        state = frozen(step.state);
        for (const [name, holds] of Object.entries(model.invariants)) expect(holds(state), name).toBe(true);
        for (const fact of step.facts) expect(model.why(state, fact).length, fact.id).toBeGreaterThan(0);
        expect(model.describe(state)).not.toMatch(/[{}]|undefined|NaN/);
      }
    }), { numRuns: 1000 });
  });

  test('every legal action is accepted', () => {
    fc.assert(fc.property(walks, (walk) => {
      const [chosen, actions] = actionsOf(walk);
      const state = replay(model, { config: chosen, seed: 1, actions }).state;
      for (const action of model.legal(state)) expect(() => model.step(state, action)).not.toThrow();
      expect(model.legal(state).length).toBeLessThan(400);
    }), { numRuns: 100 });
  });

  test('a replay ends in the same state, with the same facts', () => {
    fc.assert(fc.property(walks, (walk) => {
      const [chosen, actions] = actionsOf(walk);
      expect(replay(model, { config: chosen, seed: 1, actions })).toEqual(replay(model, { config: chosen, seed: 2, actions }));
    }), { numRuns: 100 });
  });

  test('reads find what a plain directory would hold', () => {
    fc.assert(fc.property(walks, (walk) => {
      const [chosen, actions] = actionsOf(walk);
      let state = model.init(chosen, 1);
      const oracle = new Plain();
      for (const action of actions) {
        oracle.follow(state, action);
        state = then(state, action);
        oracle.compare(state);
      }
    }), { numRuns: 1000 });
  });

  test('pulling twice is pulling once', () => {
    fc.assert(fc.property(walks, fc.constantFrom(BASE, NODE, NGINX, DEBIAN), (walk, image) => {
      const [chosen, actions] = actionsOf(walk);
      const once = then(replay(model, { config: chosen, seed: 1, actions }).state, pull(image));
      const twice = then(once, pull(image));
      expect(ids(twice).filter((id) => id === 'layerPulled' || id === 'layerUnpacked')).toEqual([]);
      expect({ ...twice, facts: [] }).toEqual({ ...once, facts: [] });
    }), { numRuns: 100 });
  });

  test('pruning never removes what is used', () => {
    fc.assert(fc.property(walks, (walk) => {
      const [chosen, actions] = actionsOf(walk);
      const before = replay(model, { config: chosen, seed: 1, actions }).state;
      for (const what of ['containers', 'images', 'all-images', 'volumes', 'all-volumes', 'build-cache'] as const) {
        const state = then(before, { type: 'prune', what });
        expect(total(state)).toBeLessThanOrEqual(total(before));
        for (const [name, each] of Object.entries(before.containers)) {
          if (what === 'containers' && !each.running) continue;
          expect(state.containers[name]).toEqual(each);
          expect(state.images[each.image]).toEqual(before.images[each.image]);
          expect(stackOf(state, each)).toEqual(stackOf(before, each));
          if (each.mount?.kind === 'volume') expect(mountedTree(state, each.mount)).toEqual(mountedTree(before, each.mount));
          expect(tagsOf(state, each.image)).toEqual(tagsOf(before, each.image));
        }
        if (what === 'images') expect(state.tags).toEqual(before.tags);
        if (what === 'volumes') expect(Object.entries(before.volumes).filter(([name, { anonymous }]) => !anonymous && !(name in state.volumes))).toEqual([]);
        expect(Object.keys(before.images).filter((id) => usersOf(before, id).length > 0 && !(id in state.images))).toEqual([]);
      }
    }), { numRuns: 100 });
  });
});

type Directory = Map<string, File>;

/** The oracle: each image, container and volume is a directory of its own, copied whole. No layers, no sharing, no whiteouts. */
class Plain {
  readonly tags = new Map<string, Directory>();
  readonly containers = new Map<string, { files: Directory; mount: string }>();
  readonly volumes = new Map<string, Directory>([['bind', new Map()]]);

  follow(state: State, action: Action): void {
    if (action.type === 'pull') this.tags.set(action.image, this.#published(state, action.image));
    if (action.type === 'build') this.tags.set(APP_TAG, this.#built(state, action.dockerfile));
    if (action.type === 'run') this.#run(state, action.image, action.mount);
    if (action.type === 'mkvolume') this.volumes.set(action.volume, new Map());
    if (action.type === 'commit') this.tags.set('saved:latest', new Map(this.containers.get(action.container)?.files));
    if (action.type === 'write' || action.type === 'append' || action.type === 'chmod' || action.type === 'delete' || action.type === 'recreate') {
      const { files, mount } = this.containers.get(action.container) as { files: Directory; mount: string };
      const isMounted = mount !== 'none' && action.path.startsWith(`${MOUNT_POINT}/`);
      alter(isMounted ? this.volumes.get(mount) as Directory : files, action.type, action.path);
    }
  }

  compare(state: State): void {
    for (const tag of Object.keys(state.tags)) expect(seen(lowerOf(state, state.tags[tag] as string)), tag).toEqual(sorted(this.tags.get(tag)));
    for (const [name, each] of Object.entries(state.containers)) {
      const { files, mount } = this.containers.get(name) as { files: Directory; mount: string };
      const inside = mount === 'none' ? files : new Map([...[...files].filter(([path]) => !path.startsWith(`${MOUNT_POINT}/`)), ...(this.volumes.get(mount) as Directory)]);
      expect(visibleIn(state, each), name).toEqual(sorted(inside).map(([path]) => path));
      expect(seen(stackOf(state, each)), name).toEqual(sorted(files));
    }
    for (const [name, { tree }] of Object.entries(state.volumes)) expect(seen([tree]), name).toEqual(sorted(this.volumes.get(name)));
    expect(seen([state.host])).toEqual(sorted(this.volumes.get('bind')));
  }

  #published(state: State, reference: string): Directory {
    const release = releasesOf(compositions, reference)[state.registry[reference] ?? 0] as Composition;
    return new Map(layersOf(release, compositions).flatMap(({ tree }) => Object.entries(tree).filter((entry): entry is [string, File] => isFile(entry[1]))));
  }

  #built(state: State, id: string): Directory {
    let files: Directory = new Map();
    for (const instruction of DOCKERFILES[id]?.instructions ?? []) {
      if (instruction.do === 'FROM') files = new Map(instruction.image in state.tags ? this.tags.get(instruction.image) : this.#published(state, instruction.image));
      if (instruction.do === 'COPY') {
        for (const [name, path] of Object.entries(instruction.files)) {
          const file = contextFile(name, state.edits[name] ?? 0);
          files.set(path, instruction.mode ? { ...file, content: digestOf([file.content, instruction.mode]) } : file);
        }
      }
      if (instruction.do !== 'RUN') continue;
      for (const wanted of instruction.changes) {
        if (wanted.do === 'fetch') files.set(wanted.path, contextFile('model.bin', 0));
        else if (wanted.do === 'install') files.set(wanted.path, { kind: 'tree', bytes: 150_000_000, compressedBytes: 54_000_000, content: digestOf([textOf(instruction).slice('RUN '.length), files.get(wanted.listed)?.content]) });
        else alter(files, wanted.do, wanted.path);
      }
    }
    return files;
  }

  #run(state: State, tag: string, wanted: string): void {
    const mount = wanted === 'anonymous' ? `anonymous-${state.made.volumes + 1}` : wanted;
    const files: Directory = new Map(this.tags.get(tag));
    if (wanted === 'anonymous') this.volumes.set(mount, new Map());
    if (mount !== 'none' && mount !== 'bind' && this.volumes.get(mount)?.size === 0) {
      this.volumes.set(mount, new Map([...files].filter(([path]) => path.startsWith(`${MOUNT_POINT}/`))));
    }
    this.containers.set(`c${state.made.containers + 1}`, { files, mount });
  }
}

function alter(files: Directory, deed: 'write' | 'append' | 'chmod' | 'delete' | 'recreate', path: string): void {
  const file = files.get(path);
  if (deed === 'append') files.set(path, file ? grown(file, 1_000_000) : made(path, 1_000_000));
  else if (deed === 'write') files.set(path, written(file as File));
  else if (deed === 'chmod') files.set(path, remoded(file as File));
  else for (const each of [...files.keys()].filter((other) => other === path || other.startsWith(`${path}/`))) files.delete(each);
}

const sorted = (files: Directory = new Map()) => [...files].sort(([a], [b]) => (a < b ? -1 : 1));
const seen = (stack: readonly Tree[]) => pathsIn(stack).map((path) => [path, lookUp(stack, path)?.file]);

test('the context and the Dockerfiles fit: whatever is copied is there', () => {
  const copied = Object.values(DOCKERFILES).flatMap(({ instructions }) => instructions.flatMap((each) => (each.do === 'COPY' ? Object.keys(each.files) : [])));
  expect([...new Set(copied)].sort()).toEqual(Object.keys(CONTEXT).sort());
});
