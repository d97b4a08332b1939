/** Turns a store into what the page shows: trees of layers, stacks of files, disk use. It draws nothing. */
import { APP_TAG, DOCKERFILES, textOf } from '../../src/sim/image-store/apps.ts';
import { mountedTree, stackOf } from '../../src/sim/image-store/containers.ts';
import { sizeOf, totalOf, type Disk } from '../../src/sim/image-store/disks.ts';
import { legal } from '../../src/sim/image-store/legal.ts';
import { bytesOf, isFile, lookUp, pathsIn, type Tree } from '../../src/sim/image-store/overlay.ts';
import { layersIn, neededBy, stackUnder, tagsOf } from '../../src/sim/image-store/store.ts';
import { sizeInWords } from '../../src/sim/image-store/telling.ts';
import { HOST_DIRECTORY, MOUNT_POINT, type Action, type Composition, type Container, type Image, type Layer, type State } from '../../src/sim/image-store/types.ts';
import { usageOf } from '../../src/sim/image-store/usage.ts';
import type { Reason } from '../../src/sim/model.ts';
import { commandOf } from './command.ts';
import { deedsOf, offersOf } from './offers.ts';
import { tableOf } from './table.ts';
import type { Card, LabState, Level, Line, Mark, Part, Shown, Stack, Strip } from './view.ts';

/** As many columns as a drawing holds: images, build results and what stands on them. */
const MOST_TIPS = 7;

const sum = (numbers: readonly number[]) => numbers.reduce((so, each) => so + each, 0);
/** `+1 GB`, `−24 kB`, `0 bytes`. */
export const changeInWords = (bytes: number) => (bytes === 0 ? '0 bytes' : `${bytes > 0 ? '+' : '−'}${sizeInWords(Math.abs(bytes))}`);

/** What an action came from: the lab before it, and the action. */
export interface Before {
  readonly lab: LabState;
  readonly action: Action;
}

export function shownOf(all: readonly Composition[], state: State, reasons: readonly Reason[], task: string, before?: Before): Shown {
  const shown = withoutTable(all, state, reasons, task, before);
  return { ...shown, table: tableOf(shown, state.config.store) };
}

function withoutTable(all: readonly Composition[], state: State, reasons: readonly Reason[], task: string, before?: Before): Omit<Shown, 'table'> {
  const usage = usageOf(state);
  const parts: readonly Part[] = [part('Images', usage.images), part('Containers', usage.containers), part('Local Volumes', usage.volumes), part('Build Cache', usage.buildCache)];
  const compressed = sum(Object.values(state.blobs));
  const can = legal(all, state);
  const stacks = stacksOf(state, can);
  const [roots, undrawn] = forestOf(state, before?.lab.store);
  return {
    task,
    command: before ? commandOf(before.action) : '',
    change: before ? changeOf(state, before.lab.store) : '',
    parts,
    total: part('Total', usage.total),
    scale: scaleFor(usage.total),
    compressed: compressed > 0 ? `${sizeInWords(compressed)} of it are layers as they were downloaded or packed, compressed` : '',
    images: usage.perImage.map(({ tags, cameAs, bytes, shared, unique, containers }) => ({ name: tags.join(', ') || `untagged (was ${cameAs})`, bytes: sizeInWords(bytes), shared: sizeInWords(shared), unique: sizeInWords(unique), containers })),
    volumes: Object.entries(state.volumes).map(([name, { tree, anonymous }]) => ({ name, size: sizeInWords(bytesOf(tree)), note: `${anonymous ? 'anonymous' : 'named'}; ${usedBy(state, name)}` })),
    roots, undrawn,
    disks: disksOf(state, before?.lab.store),
    disksTotal: state.disks.base ? sizeInWords(totalOf(state.disks)) : '',
    stacks,
    focus: focusOf(state, stacks, before),
    cards: cardsOf(state, before),
    offers: offersOf(can),
    reasons: reasons.map(({ text, sources = [] }) => ({ text, sources })),
  };
}

const part = (name: string, bytes: number): Part => ({ name, bytes, text: sizeInWords(bytes) });

function usedBy({ containers }: State, volume: string): string {
  const users = Object.keys(containers).filter((name) => containers[name]?.mount?.source === volume);
  return users.length > 0 ? `mounted in ${users.join(', ')}` : 'in no container';
}

function changeOf(state: State, before: State): string {
  const store = usageOf(state).total - usageOf(before).total;
  const disks = totalOf(state.disks) - totalOf(before.disks);
  return disks !== 0 ? `${changeInWords(disks)} in disk images` : changeInWords(store);
}

/** The next round number of bytes: 1, 2 or 5 times a power of ten. */
function scaleFor(bytes: number): number {
  for (let scale = 100_000_000; ; scale *= 10) {
    const found = [1, 2, 5].map((times) => times * scale).find((each) => each >= bytes);
    if (found) return found;
  }
}

/** Layers as they stand on each other, each once, with containers on top of what they read. */
function forestOf(state: State, before: State | undefined): readonly [readonly Strip[], string] {
  const tops = Object.values(state.images).toSorted((a, b) => tagsOf(state, b.id).length - tagsOf(state, a.id).length);
  const parents = new Set(Object.values(state.layers).map(({ parent }) => parent));
  const leaves = Object.keys(state.layers).filter((chain) => !parents.has(chain));
  const tips = [...new Set([...tops.map(({ layers }) => layers.at(-1) ?? ''), ...leaves])].slice(0, MOST_TIPS);
  const drawn = new Set<string>();
  for (let tip of tips) for (; tip !== '' && !drawn.has(tip); tip = state.layers[tip]?.parent ?? '') drawn.add(tip);
  const rest = Object.values(state.layers).filter(({ chain }) => !drawn.has(chain));
  const byImages = neededBy(state, 'images');
  const standing = (parent: string): readonly Strip[] => Object.values(state.layers).filter((layer) => layer.parent === parent && drawn.has(layer.chain)).map((layer) => strip(layer));
  const strip = (layer: Layer): Strip => {
    const images = tops.filter(({ layers }) => layers.at(-1) === layer.chain);
    return {
      kind: byImages.has(layer.chain) ? 'layer' : 'cache', title: `${numberOf(state, layer)}. ${layer.madeBy}`, digest: shortOf(layer.blob), size: sizeInWords(layer.bytes), tags: images.flatMap((image) => namesOf(state, image)),
      note: noteOf(state, layer, byImages), fresh: before !== undefined && !(layer.chain in before.layers),
      on: [...standing(layer.chain), ...images.flatMap((image) => containersOn(state, image, before))],
    };
  };
  return [standing(''), rest.length > 0 ? `${rest.length} more layers, ${sizeInWords(sum(rest.map(({ bytes }) => bytes)))}, are not drawn.` : ''];
}

/** A layer’s place in every image that has it, the lowest being 1: a layer belongs to the stack below it. */
const numberOf = (state: State, { chain }: Layer) => stackUnder(state, chain).length;
const shortOf = (blob: string) => blob.slice(blob.indexOf(':') + 1).slice(0, 8);
const namesOf = (state: State, { id, cameAs }: Image) => (tagsOf(state, id).length > 0 ? tagsOf(state, id) : [`untagged (was ${cameAs})`]);

function noteOf(state: State, { chain, tree }: Layer, byImages: ReadonlySet<string>): string {
  const users = Object.values(state.images).filter(({ layers }) => layers.includes(chain)).length;
  const use = !byImages.has(chain) ? ['only the build cache needs it'] : users > 1 ? [`shared by ${users} images, stored once`] : [];
  return [...hidingIn(tree), ...use].join(', ');
}

/** How many entries hide what lies below them. */
function hidingIn(tree: Tree): readonly string[] {
  const count = Object.values(tree).filter((entry) => !isFile(entry)).length;
  return count === 0 ? [] : [count === 1 ? 'a whiteout hides files below' : `${count} whiteouts hide files below`];
}

function containersOn(state: State, { id }: Image, before: State | undefined): readonly Strip[] {
  return Object.entries(state.containers).filter(([, { image }]) => image === id).map(([name, { upper, running, mount }]) => ({
    kind: 'own', title: `${name}’s own layer`, digest: '', size: sizeInWords(bytesOf(upper)), tags: [], on: [],
    note: [running ? 'running' : 'stopped', ...(mount ? [`${mount.source} at ${MOUNT_POINT}`] : []), ...hidingIn(upper)].join(', '),
    fresh: before !== undefined && before.containers[name]?.upper !== upper,
  }));
}

function disksOf({ disks }: State, before: State | undefined): readonly Strip[] {
  const { base, machines, clusterBytes } = disks;
  if (!base) return [];
  const file = (title: string, bytes: number, note: string, on: readonly Strip[] = [], fresh = false): Strip => ({ kind: 'disk', title, digest: '', size: sizeInWords(bytes), tags: [], note, fresh, on });
  const own = (format: Disk['format']) => Object.entries(machines).filter(([, disk]) => disk.format === format)
    .map(([vm, disk]) => file(`${vm}.qcow2`, sizeOf(disk, clusterBytes), format === 'copy' ? 'a full copy' : 'only what differs; header and tables not counted', [], before !== undefined && before.disks.machines[vm]?.clusters !== disk.clusters));
  return [file('debian-13.qcow2', base.system, 'the system, kernel included', [file('app.qcow2', sizeOf(base.app, clusterBytes), 'the files of app:latest, Python included, on it', own('linked'))]), ...own('copy')];
}

const FILES_NOTE = '● is read from here. A name is looked for from the top down: the first layer that has it answers.';
const CLUSTERS_NOTE = 'A disk file holds clusters. Which of them belong to which file, only the guest knows.';

function stacksOf(state: State, can: readonly Action[]): readonly Stack[] {
  return [
    ...Object.entries(state.containers).map(([name, container]): Stack => ({
      id: `c:${name}`, label: `${name}, a container of ${imageNames(state, container.image)}`, levels: levelsOf(state, name, container), note: FILES_NOTE, ...deedsOf(can, 'container', name),
    })),
    ...Object.entries(state.tags).map(([tag, id]): Stack => ({
      id: `i:${tag}`, label: `the image ${tag}`, levels: levelsOf(state, '', { image: id, upper: {}, running: false }), note: FILES_NOTE, ...deedsOf(can, 'image', tag),
    })),
    ...Object.entries(state.disks.machines).map(([vm, disk]): Stack => ({
      id: `v:${vm}`, label: `the disk of ${vm}`, levels: diskLevels(state, vm, disk), note: CLUSTERS_NOTE, ...deedsOf(can, 'vm', vm),
    })),
  ];
}

const imageNames = (state: State, id: string) => namesOf(state, state.images[id] as Image).join(', ');

function levelsOf(state: State, name: string, container: Container): readonly Level[] {
  const { mount, image } = container;
  const trees = stackOf(state, container);
  const layers = layersIn(state, state.images[image] as Image);
  const answer = (path: string, from: number) => state.facts.some((fact) => fact.id === 'fileRead' && fact.container === name && fact.path === path && fact.from === from);
  const level = (depth: number): Level => {
    const layer = layers.at(-depth);
    const title = depth === 0 ? `${name}’s own layer` : `${layers.length - depth + 1}. ${layer?.madeBy}`;
    const lines = Object.keys(trees[depth] as Tree).sort().map((path) => lineOf(trees, depth, path, mount !== undefined, answer(path, depth)));
    return { kind: depth === 0 ? 'own' : 'layer', title, digest: depth === 0 ? '' : shortOf(layer?.blob ?? ''), size: sizeInWords(bytesOf(trees[depth] as Tree)), lines };
  };
  const own = trees.map((_, depth) => level(depth)).slice(name === '' ? 1 : 0);
  return mount ? [mountLevel(state, name, mountedTree(state, mount), mount.source), ...own] : own;
}

function mountLevel(state: State, name: string, tree: Tree, source: string): Level {
  const read = (path: string) => state.facts.some((fact) => fact.id === 'mountRead' && fact.container === name && fact.path === path);
  const lines = pathsIn([tree]).map((path) => line(path, sizeInWords(bytesOf({ [path]: tree[path] as Tree[string] })), 'answers', 'past all layers', read(path)));
  return { kind: 'mount', title: `${source === HOST_DIRECTORY ? `the host’s ${source}` : `volume ${source}`}, mounted at ${MOUNT_POINT}`, digest: '', size: sizeInWords(bytesOf(tree)), lines };
}

function lineOf(trees: readonly Tree[], depth: number, path: string, isMounted: boolean, read: boolean): Line {
  const entry = trees[depth]?.[path];
  if (!isFile(entry)) {
    return entry?.kind === 'opaque' ? line(path, '', 'opaque', 'nothing below it is seen', read) : line(path, '', 'whiteout', 'says that the name is gone', read);
  }
  const size = sizeInWords(entry.bytes);
  if (isMounted && path.startsWith(`${MOUNT_POINT}/`)) return line(path, size, 'hidden', 'covered by the mount', read);
  const found = lookUp(trees, path);
  if (found?.depth !== depth) return line(path, size, 'hidden', found ? 'a changed copy lies above; its bytes stay' : 'deleted above; its bytes stay', read);
  const copied = lookUp(trees.slice(depth + 1), path) !== undefined;
  return line(path, size, copied ? 'copied' : 'answers', '', read);
}

const MARKS: Readonly<Record<Mark, readonly [sign: string, words: string]>> = {
  answers: ['●', 'is read from here'],
  copied: ['▲', 'copied up, is read from here'],
  hidden: ['○', 'hidden'],
  whiteout: ['×', 'whiteout'],
  opaque: ['■', 'opaque directory'],
};

function line(path: string, size: string, mark: Mark, note: string, read: boolean): Line {
  const [sign, words] = MARKS[mark];
  return { path, size, mark, sign, said: note ? `${words}, ${note}` : words, plain: mark === 'answers' && !note && !read, read };
}

/** A machine’s own file, and the files behind it. Which clusters of a file were changed is not told apart. */
function diskLevels({ disks }: State, vm: string, disk: Disk): readonly Level[] {
  const { base, clusterBytes } = disks;
  const clusters = sum(disk.clusters.map(({ from, to }) => to - from));
  const bytes = (path: string) => sizeInWords(sum([...(disk.files[path] ?? base?.app.files[path] ?? [])].map(({ from, to }) => to - from)));
  const files = (paths: readonly string[]) => paths.map((path) => (path in disk.files ? line(path, bytes(path), 'answers', '', false) : line(path, bytes(path), 'hidden', 'deleted by the guest; its clusters stay', false)));
  const behind = Object.keys(base?.app.files ?? {});
  const added = Object.keys(disk.files).filter((path) => !behind.includes(path));
  const own: Level = { kind: 'disk', title: `${vm}.qcow2, ${clusters === 1 ? 'one cluster' : `${clusters} clusters`}`, digest: '', size: sizeInWords(sizeOf(disk, clusterBytes)), lines: files(disk.format === 'copy' ? [...behind, ...added] : added) };
  if (disk.format === 'copy' || !base) return [own];
  return [own, { kind: 'disk', title: 'app.qcow2, its backing file', digest: '', size: sizeInWords(sizeOf(base.app, clusterBytes)), lines: files(behind) }, { kind: 'disk', title: 'debian-13.qcow2, behind that', digest: '', size: sizeInWords(base.system), lines: [] }];
}

/** What an action concerned; else what was looked at before; else the first there is. */
function focusOf(state: State, stacks: readonly Stack[], before: Before | undefined): string {
  const wished = before ? [concerned(state, before.action), before.lab.shown.focus] : [];
  return wished.find((id) => stacks.some((stack) => stack.id === id)) ?? stacks[0]?.id ?? '';
}

function concerned(state: State, action: Action): string {
  if (action.type === 'run') return `c:c${state.made.containers}`;
  if (action.type === 'clone') return `v:vm${state.made.machines}`;
  if (action.type === 'pull') return `i:${action.image}`;
  if (action.type === 'build') return `i:${APP_TAG}`;
  if ('container' in action) return `c:${action.container}`;
  return 'vm' in action ? `v:${action.vm}` : '';
}

const BECAUSE = { new: 'never built before', base: 'built before, but on other layers', input: 'what it copies has changed', earlier: 'after one that was built anew' } as const;

/** The Dockerfiles, with what the last build of each found in the cache and added. */
function cardsOf(state: State, before: Before | undefined): readonly Card[] {
  return state.config.dockerfiles.map((id) => {
    const isBuilt = before?.action.type === 'build' && before.action.dockerfile === id;
    const old = before?.lab.shown.cards.find((card) => card.id === id);
    if (old && !isBuilt) return old;
    const { name, instructions } = DOCKERFILES[id] as (typeof DOCKERFILES)[string];
    const told = before ? state.facts : [];
    return { id, name, added: isBuilt ? changeOf(state, before.lab.store) : '', lines: instructions.map((instruction, i) => ({ text: textOf(instruction), ...fateOf(told, i + 1) })) };
  });
}

/** In one sentence what a build added, and what the last build of each other Dockerfile added. */
export function builtIn({ cards }: Shown, built: string): string {
  const card = cards.find(({ id }) => id === built);
  const others = cards.filter(({ id, added }) => id !== built && added !== '').map(({ name, added }) => `the last one of “${name}” added ${added.replace('+', '')}`);
  return card ? `${[`This build of “${card.name}” added ${card.added.replace('+', '')}`, ...others].join('; ')}.` : '';
}

function fateOf(facts: State['facts'], number: number): Pick<Card['lines'][number], 'mark' | 'note'> {
  for (const fact of facts) {
    if (fact.id === 'instructionCached' && fact.number === number) return { mark: 'cached', note: 'found in the build cache' };
    if (fact.id === 'cacheMissed' && fact.number === number) return { mark: 'anew', note: `built anew: ${BECAUSE[fact.because]}` };
  }
  return { mark: '', note: '' };
}
