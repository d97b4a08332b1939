/** Containers, their own layers and what is mounted into them. It knows what a program in a container changes; images it only reads. */
import { SimError } from '../errors.ts';
import { COMMIT_TAG, MB, PATHS } from './apps.ts';
import { bytesOf, change, lookUp, pathsIn, type Change, type Tree } from './overlay.ts';
import { holding, imageOf, layersIn, lowerOf, placed, tagged } from './store.ts';
import type { Done } from './transfer.ts';
import { HOST_DIRECTORY, MOUNT_POINT, type Container, type Fact, type Image, type Mount, type OverlayFact, type State } from './types.ts';

/** As many as a drawing holds. */
export const MOST_CONTAINERS = 3;
export const MOST_VOLUMES = 3;
/** What an append adds. */
export const APPENDED = MB;
/** Files that an append makes where there are none. */
export const GROWING: readonly string[] = [PATHS.log, PATHS.rows];
/** Directories that can be deleted, or deleted and made anew. */
const DIRECTORIES: readonly string[] = ['/srv', MOUNT_POINT];

const isMounted = (path: string) => path === MOUNT_POINT || path.startsWith(`${MOUNT_POINT}/`);

/** The container with this name. Throws SimError when there is none. */
export function containerOf({ containers }: State, name: string): Container {
  const container = containers[name];
  if (!container) throw new SimError(`There is no container ${name}.`);
  return container;
}

function runningOf(state: State, name: string): Container {
  const container = containerOf(state, name);
  if (!container.running) throw new SimError(`${name} is stopped, so no program runs in it.`);
  return container;
}

/** The layers of a container, its own first. */
export function stackOf(state: State, { upper, image }: Container): readonly Tree[] {
  return [upper, ...lowerOf(state, image)];
}

/** What lies in the directory or volume that is mounted. */
export function mountedTree(state: State, { kind, source }: Mount): Tree {
  return kind === 'bind' ? state.host : state.volumes[source]?.tree ?? {};
}

/** Paths that a program in the container can read. */
export function visibleIn(state: State, container: Container): readonly string[] {
  const inLayers = pathsIn(stackOf(state, container));
  if (!container.mount) return inLayers;
  return [...inLayers.filter((path) => !isMounted(path)), ...pathsIn([mountedTree(state, container.mount)])].sort();
}

/** Whether the path means one file, which can be written to, and not a tree of them. */
export function isSingle(state: State, container: Container, path: string): boolean {
  const stack = container.mount && isMounted(path) ? [mountedTree(state, container.mount)] : stackOf(state, container);
  return lookUp(stack, path)?.file.kind === 'file';
}

/** A container starts on an image: nothing is copied, an empty layer is put on top. */
export function run(before: State, tag: string, wanted: string): Done {
  const image = before.images[before.tags[tag] ?? ''];
  if (!image) throw new SimError(`There is no image ${tag} here. Pull or build it first.`);
  if (Object.keys(before.containers).length >= MOST_CONTAINERS) throw new SimError(`At most ${MOST_CONTAINERS} containers fit here.`);
  const [state, mount, entering] = mounted(before, wanted);
  const count = state.made.containers + 1;
  const name = `c${count}`;
  const container: Container = { image: image.id, upper: {}, running: true, ...(mount ? { mount } : {}) };
  const [filled, about] = mount ? entered(state, name, image, mount) : [state, []];
  const lower = layersIn(state, image).reduce((sum, { bytes }) => sum + bytes, 0);
  return [{ ...filled, made: { ...state.made, containers: count }, containers: { ...state.containers, [name]: container } }, [...entering, { id: 'containerStarted', container: name, lower }, ...about]];
}

/** What is to be mounted; an anonymous volume is made for it. */
function mounted(state: State, wanted: string): readonly [State, Mount | undefined, readonly Fact[]] {
  if (wanted === 'none') return [state, undefined, []];
  if (wanted === 'bind') return [state, { kind: 'bind', source: HOST_DIRECTORY }, []];
  if (wanted !== 'anonymous') {
    if (!(wanted in state.volumes)) throw new SimError(`There is no volume ${wanted}.`);
    return [state, { kind: 'volume', source: wanted }, []];
  }
  const count = state.made.volumes + 1;
  const volume = `anonymous-${count}`;
  return [withVolume({ ...state, made: { ...state.made, volumes: count } }, volume, true), { kind: 'volume', source: volume }, [{ id: 'volumeMade', volume }]];
}

function withVolume(state: State, volume: string, anonymous: boolean): State {
  if (Object.keys(state.volumes).length >= MOST_VOLUMES) throw new SimError(`At most ${MOST_VOLUMES} volumes fit here.`);
  return { ...state, volumes: { ...state.volumes, [volume]: { anonymous, tree: {} } } };
}

/** An empty volume gets a copy of what the image has in its place; anything else covers it. */
function entered(state: State, container: string, image: Image, mount: Mount): readonly [State, readonly Fact[]] {
  const lower = lowerOf(state, image.id);
  const found = pathsIn(lower).filter(isMounted);
  const tree: Tree = Object.fromEntries(found.flatMap((path) => {
    const file = lookUp(lower, path)?.file;
    return file ? [[path, file]] : [];
  }));
  const bytes = bytesOf(tree);
  if (found.length === 0) return [state, []];
  const volume = state.volumes[mount.source];
  if (mount.kind === 'bind' || !volume || Object.keys(volume.tree).length > 0) return [state, [{ id: 'mountCovered', container, source: mount.source, hidden: bytes }]];
  return [{ ...state, volumes: { ...state.volumes, [mount.source]: { ...volume, tree } } }, [{ id: 'volumeFilled', volume: mount.source, bytes }]];
}

/** Which layer answers. */
export function read(state: State, name: string, path: string): Done {
  const container = runningOf(state, name);
  const { mount } = container;
  if (!visibleIn(state, container).includes(path)) throw new SimError(`${name} has no ${path}.`);
  if (mount && isMounted(path)) return [state, [{ id: 'mountRead', container: name, path, source: mount.source }]];
  const from = lookUp(stackOf(state, container), path)?.depth ?? 0;
  const layers = layersIn(state, state.images[container.image] as Image);
  return [state, [{ id: 'fileRead', container: name, path, from, number: layers.length - from + 1, madeBy: from === 0 ? '' : layers.at(-from)?.madeBy ?? '' }]];
}

export type Deed = 'write' | 'append' | 'chmod' | 'delete' | 'recreate';

/** A program in the container changes a file or a directory. Under the mount point that goes past the layers. */
export function alter(state: State, name: string, deed: Deed, path: string): Done {
  const container = runningOf(state, name);
  refuse(state, name, container, deed, path);
  const wanted: Change = deed === 'append' ? { do: deed, path, bytes: APPENDED } : { do: deed, path };
  if (container.mount && isMounted(path)) return altered(state, name, container.mount, wanted);
  const [, ...lower] = stackOf(state, container);
  const { upper, facts } = change(container.upper, lower, wanted);
  const copied = facts.reduce((sum, fact) => sum + (fact.id === 'fileCopiedUp' ? fact.bytes : 0), 0);
  return [{ ...state, copiedUpBytes: state.copiedUpBytes + copied, containers: { ...state.containers, [name]: { ...container, upper } } }, facts];
}

function refuse(state: State, name: string, container: Container, deed: Deed, path: string): void {
  if (deed === 'append') {
    if (!GROWING.includes(path)) throw new SimError(`Only ${GROWING.join(' and ')} grow here.`);
    return;
  }
  if (deed === 'recreate' || (deed === 'delete' && DIRECTORIES.includes(path))) {
    if (container.mount && isMounted(path)) throw new SimError(`${path} is a mount point in ${name}: it cannot be removed there.`);
    if (!directoriesIn(state, container).includes(path)) throw new SimError(`${name} has no directory ${path} with files in it.`);
    return;
  }
  if (!visibleIn(state, container).includes(path)) throw new SimError(`${name} has no ${path}.`);
  if (deed === 'write' && !isSingle(state, container, path)) throw new SimError(`${path} stands for many files: the model does not write to one of them.`);
}

/** Directories that can be deleted and made anew: with files in them, and not mount points. */
export function directoriesIn(state: State, container: Container): readonly string[] {
  const seen = visibleIn(state, container);
  return DIRECTORIES.filter((path) => !(container.mount && isMounted(path)) && seen.some((each) => each.startsWith(`${path}/`)));
}

/** A change in a plain directory: no layers, nothing to copy up. */
function altered(state: State, name: string, mount: Mount, wanted: Change): Done {
  const { upper: tree, facts } = change(mountedTree(state, mount), [], wanted);
  const told = facts.map((fact) => inMount(name, mount, fact));
  if (mount.kind === 'bind') return [{ ...state, host: tree }, told];
  const volume = state.volumes[mount.source];
  return [{ ...state, volumes: { ...state.volumes, [mount.source]: { anonymous: volume?.anonymous ?? false, tree } } }, told];
}

function inMount(container: string, { source }: Mount, fact: OverlayFact): Fact {
  const { path } = fact;
  if (fact.id === 'fileRemoved') return { id: 'mountFileRemoved', container, path, source, bytes: fact.bytes };
  return { id: 'mountWritten', container, path, source, bytes: 'bytes' in fact ? fact.bytes : 0 };
}

export function stop(state: State, name: string): Done {
  const container = runningOf(state, name);
  return [withContainer(state, name, { ...container, running: false }), [{ id: 'containerStopped', container: name, bytes: bytesOf(container.upper) }]];
}

export function start(state: State, name: string): Done {
  const container = containerOf(state, name);
  if (container.running) throw new SimError(`${name} runs already.`);
  return [withContainer(state, name, { ...container, running: true }), [{ id: 'containerResumed', container: name, bytes: bytesOf(container.upper) }]];
}

function withContainer(state: State, name: string, container: Container): State {
  return { ...state, containers: { ...state.containers, [name]: container } };
}

/** The container’s own layer becomes the top layer of a new image. The container keeps its own copy of it. */
export function commit(before: State, name: string): Done {
  const container = containerOf(before, name);
  const image = before.images[container.image] as Image;
  const layer = placed({ madeBy: `docker commit ${name}`, tree: container.upper, stamp: before.runs + 1 }, image.layers.at(-1) ?? '');
  const state = { ...holding(before, [layer]), runs: before.runs + 1 };
  const [next, named] = tagged(state, imageOf([...layersIn(state, image), layer], 'committed', COMMIT_TAG), COMMIT_TAG);
  return [next, [{ id: 'upperCommitted', container: name, bytes: layer.bytes }, ...named]];
}

/** The container and its own layer go. A volume stays. */
export function rm(state: State, name: string): Done {
  const container = containerOf(state, name);
  if (container.running) throw new SimError(`${name} is running. Stop it first.`);
  const { [name]: _, ...containers } = state.containers;
  const volume = container.mount?.kind === 'volume' ? state.volumes[container.mount.source] : undefined;
  const kept: readonly Fact[] = container.mount && volume ? [{ id: 'volumeKept', volume: container.mount.source, bytes: bytesOf(volume.tree) }] : [];
  return [{ ...state, containers }, [{ id: 'containerRemoved', container: name, bytes: bytesOf(container.upper) }, ...kept]];
}

export function mkvolume(state: State, volume: string): Done {
  if (volume in state.volumes) throw new SimError(`There is a volume ${volume} already.`);
  if (!/^v\d$/.test(volume)) throw new SimError('A volume is called v1, v2 and so on here.');
  return [withVolume(state, volume, false), [{ id: 'volumeMade', volume }]];
}

export function rmvolume(state: State, volume: string): Done {
  const found = state.volumes[volume];
  if (!found) throw new SimError(`There is no volume ${volume}.`);
  if (volumeUsers(state, volume).length > 0) throw new SimError(`${volume} is in use by ${volumeUsers(state, volume).join(' and ')}.`);
  const { [volume]: _, ...volumes } = state.volumes;
  return [{ ...state, volumes }, [{ id: 'volumeRemoved', volume, bytes: bytesOf(found.tree) }]];
}

/** Containers that mount a volume, stopped ones too. */
export function volumeUsers({ containers }: State, volume: string): readonly string[] {
  return Object.keys(containers).filter((name) => containers[name]?.mount?.kind === 'volume' && containers[name]?.mount?.source === volume);
}
