/** Taking away: untagging, deleting and pruning. It removes what nothing needs, and says who needs the rest. */
import { SimError } from '../errors.ts';
import { rm, rmvolume, volumeUsers } from './containers.ts';
import { keptOf, swept, tagsOf, usersOf } from './store.ts';
import type { Done } from './transfer.ts';
import type { Fact, Image, Prune, State } from './types.ts';

/** Takes a tag away, and with the last tag the image. Refuses while a container, running or stopped, stands on it. */
export function rmi(state: State, tag: string): Done {
  const image = state.images[state.tags[tag] ?? ''];
  if (!image) throw new SimError(`There is no image ${tag} here.`);
  const remaining = tagsOf(state, image.id).length - 1;
  const users = usersOf(state, image.id);
  if (remaining === 0 && users.length > 0) throw new SimError(`${users.join(' and ')} ${users.length === 1 ? 'stands' : 'stand'} on ${tag}. Remove the container first.`);
  const { [tag]: _, ...tags } = state.tags;
  const untagged: Fact = { id: 'tagRemoved', tag, remaining };
  if (remaining > 0) return [{ ...state, tags }, [untagged]];
  const [next, facts] = deleted({ ...state, tags }, image);
  return [next, [untagged, ...facts]];
}

/** Deletes an image that no tag and no container names. Layers that others need stay. */
function deleted(state: State, image: Image): Done {
  const { [image.id]: _, ...images } = state.images;
  const [next, freed] = swept({ ...state, images });
  return [next, [{ id: 'imageDeleted', image: image.cameAs }, ...freed, ...keptOf(next, image)]];
}

export function prune(state: State, what: Prune): Done {
  const [next, facts] = PRUNING[what](state);
  return facts.length > 0 ? [next, facts] : [state, [{ id: 'nothingPruned', what }]];
}

const PRUNING: Readonly<Record<Prune, (state: State) => Done>> = {
  'containers': (state) => each(state, Object.keys(state.containers).filter((name) => state.containers[name]?.running === false), rm),
  'images': (state) => each(state, unusedImages(state).filter(({ id }) => tagsOf(state, id).length === 0), deleted),
  'all-images': (state) => each(state, unusedImages(state), (now, image) => deleted(without(now, image), image)),
  'volumes': (state) => each(state, unusedVolumes(state).filter((name) => state.volumes[name]?.anonymous), rmvolume),
  'all-volumes': (state) => each(state, unusedVolumes(state), rmvolume),
  'build-cache': (state) => {
    const records = Object.keys(state.cache).length;
    const [next, freed] = swept({ ...state, cache: {} });
    return [next, records > 0 ? [{ id: 'cachePruned', records }, ...freed] : []];
  },
};

const unusedImages = (state: State) => Object.values(state.images).filter(({ id }) => usersOf(state, id).length === 0);
const unusedVolumes = (state: State) => Object.keys(state.volumes).filter((name) => volumeUsers(state, name).length === 0);

function without(state: State, image: Image): State {
  return { ...state, tags: Object.fromEntries(Object.entries(state.tags).filter(([, id]) => id !== image.id)) };
}

function each<T>(state: State, items: readonly T[], remove: (state: State, item: T) => Done): Done {
  let now = state;
  const facts: Fact[] = [];
  for (const item of items) {
    const [next, told] = remove(now, item);
    now = next;
    facts.push(...told);
  }
  return [now, facts];
}
