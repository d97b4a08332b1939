/** What a reader may do next in `image-store`. Tests draw from it; a page offers the same by its controls. */
import { CONTEXT } from './apps.ts';
import { directoriesIn, GROWING, isSingle, MOST_CONTAINERS, MOST_VOLUMES, visibleIn, volumeUsers } from './containers.ts';
import { MOST_MACHINES } from './model.ts';
import { tagsOf, usersOf } from './store.ts';
import { releasesOf } from './transfer.ts';
import { PRUNES, type Action, type Composition, type Container, type State } from './types.ts';

/** Every action that `step` accepts now. */
export function legal(all: readonly Composition[], state: State): readonly Action[] {
  const { config: { images, dockerfiles }, registry } = state;
  const later = images.filter((image) => (registry[image] ?? 0) + 1 < releasesOf(all, image).length);
  return [
    ...images.map((image): Action => ({ type: 'pull', image })),
    ...later.map((image): Action => ({ type: 'republish', image })),
    ...(dockerfiles.length > 0 ? Object.keys(CONTEXT).map((file): Action => ({ type: 'edit', file })) : []),
    ...dockerfiles.map((dockerfile): Action => ({ type: 'build', dockerfile })),
    ...runs(state),
    ...Object.entries(state.containers).flatMap(([name, container]) => withContainer(state, name, container)),
    ...Object.keys(state.tags).filter((tag) => mayGo(state, tag)).map((image): Action => ({ type: 'rmi', image })),
    ...volumes(state),
    ...PRUNES.map((what): Action => ({ type: 'prune', what })),
    ...machines(state),
  ];
}

function runs(state: State): readonly Action[] {
  if (Object.keys(state.containers).length >= MOST_CONTAINERS) return [];
  const room = Object.keys(state.volumes).length < MOST_VOLUMES;
  const mounts = ['none', 'bind', ...(room ? ['anonymous'] : []), ...Object.keys(state.volumes)];
  return Object.keys(state.tags).flatMap((image) => mounts.map((mount): Action => ({ type: 'run', image, mount })));
}

function withContainer(state: State, container: string, found: Container): readonly Action[] {
  if (!found.running) return (['start', 'rm', 'commit'] as const).map((type) => ({ type, container }));
  const seen = visibleIn(state, found);
  const single = seen.filter((path) => isSingle(state, found, path));
  const directories = directoriesIn(state, found);
  const deeds = { read: seen, write: single, append: GROWING, chmod: seen, delete: [...seen, ...directories], recreate: directories };
  const inside = Object.entries(deeds).flatMap(([type, paths]) => paths.map((path) => ({ type: type as keyof typeof deeds, container, path })));
  return [{ type: 'stop', container }, { type: 'commit', container }, ...inside];
}

function mayGo(state: State, tag: string): boolean {
  const id = state.tags[tag] ?? '';
  return tagsOf(state, id).length > 1 || usersOf(state, id).length === 0;
}

function volumes(state: State): readonly Action[] {
  const names = Object.keys(state.volumes);
  const free = Array.from({ length: MOST_VOLUMES }, (_, i) => `v${i + 1}`).filter((name) => !names.includes(name));
  const made = names.length < MOST_VOLUMES ? free.slice(0, 1).map((volume): Action => ({ type: 'mkvolume', volume })) : [];
  return [...made, ...names.filter((name) => volumeUsers(state, name).length === 0).map((volume): Action => ({ type: 'rmvolume', volume }))];
}

function machines({ disks }: State): readonly Action[] {
  if (!disks.base) return [];
  const room = Object.keys(disks.machines).length < MOST_MACHINES;
  const clones = room ? (['copy', 'linked'] as const).map((format): Action => ({ type: 'clone', format })) : [];
  return [...clones, ...Object.entries(disks.machines).flatMap(([vm, { files }]): readonly Action[] => {
    const deeds = (['vmWrite', 'vmChmod', 'vmDelete'] as const).flatMap((type) => Object.keys(files).map((path): Action => ({ type, vm, path })));
    return [...deeds, ...GROWING.map((path): Action => ({ type: 'vmAppend', vm, path })), { type: 'rmvm', vm }];
  })];
}
