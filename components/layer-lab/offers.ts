/** What can be done next, in the words of the page’s controls: with the store as a whole, and with one container, image or machine. */
import { CONTEXT, DOCKERFILES } from '../../src/sim/image-store/apps.ts';
import { sizeInWords } from '../../src/sim/image-store/telling.ts';
import { MOUNT_POINT, type Action } from '../../src/sim/image-store/types.ts';
import { SCENES, STORE_NAMES } from './scenes.ts';
import type { Names, Offers, SceneId, Stack } from './view.ts';

const SCENE_NAMES = Object.fromEntries(Object.entries(SCENES).map(([id, { name }]) => [id, name])) as Record<SceneId, string>;

const MOUNTS: Names = { none: 'nothing mounted', anonymous: `an anonymous volume at ${MOUNT_POINT}`, bind: `the host’s directory at ${MOUNT_POINT}` };
const mountName = (mount: string) => MOUNTS[mount] ?? `volume ${mount} at ${MOUNT_POINT}`;

const PRUNES: Names = {
  'containers': 'stopped containers', 'images': 'untagged images', 'all-images': 'all images without a container', 'volumes': 'anonymous volumes', 'all-volumes': 'all unused volumes', 'build-cache': 'build cache',
};

export function offersOf(can: readonly Action[]): Offers {
  const named = (names: readonly string[], name: (id: string) => string = (id) => id) => Object.fromEntries(names.map((id) => [id, name(id)]));
  const all = <Type extends Action['type']>(type: Type) => can.filter((action): action is Extract<Action, { type: Type }> => action.type === type);
  const runs = all('run');
  return {
    scene: SCENE_NAMES,
    store: STORE_NAMES,
    pull: named(all('pull').map(({ image }) => image)),
    republish: all('republish').map(({ image }) => image),
    build: named(all('build').map(({ dockerfile }) => dockerfile), (id) => DOCKERFILES[id]?.name ?? id),
    // What is edited most stands first.
    edit: named(all('edit').map(({ file }) => file).toSorted((a, b) => Number(b.endsWith('.py')) - Number(a.endsWith('.py'))), (file) => `${file}, ${sizeInWords(CONTEXT[file]?.bytes ?? 0)}`),
    // The newest first: it is what a reader wants to run.
    run: named([...new Set(runs.map(({ image }) => image))].reverse()),
    mount: named([...new Set(runs.map(({ mount }) => mount))], mountName),
    mkvolume: named(all('mkvolume').map(({ volume }) => volume)),
    rmvolume: named(all('rmvolume').map(({ volume }) => volume)),
    prune: named(all('prune').map(({ what }) => what), (what) => PRUNES[what] ?? what),
    clone: named(all('clone').map(({ format }) => format)),
  };
}

/** How actions name what a reader looks into. */
type Field = 'container' | 'image' | 'vm';

const INSIDE: Readonly<Record<Field, Names>> = {
  container: { read: 'Read', write: 'Write 1 byte', append: 'Append 1 MB', chmod: 'Change mode', delete: 'Delete', recreate: 'Delete and remake' },
  image: {},
  vm: { vmWrite: 'Write 1 byte', vmAppend: 'Append 1 MB', vmChmod: 'Change mode', vmDelete: 'Delete' },
};
const WHOLE: Readonly<Record<Field, Names>> = {
  container: { stop: 'Stop', start: 'Start', commit: 'Commit', rm: 'Remove container' },
  image: { run: 'Run', rmi: 'Remove tag' },
  vm: { rmvm: 'Remove machine' },
};

/** What can be done with one of them: with each path in it, and with the whole. */
export function deedsOf(can: readonly Action[], field: Field, name: string): Pick<Stack, 'subject' | 'inside' | 'deeds' | 'can'> {
  const own = can.filter((action) => (action as unknown as Record<string, string>)[field] === name);
  const deeds: Record<string, string[]> = {};
  for (const action of own) if ('path' in action) (deeds[action.path] ??= []).push(action.type);
  return {
    subject: { [field]: name },
    inside: INSIDE[field],
    deeds: Object.fromEntries(Object.entries(deeds).sort(byInterest)),
    can: Object.fromEntries(Object.entries(WHOLE[field]).filter(([type]) => own.some((action) => action.type === type))),
  };
}

type Deeds = readonly [path: string, types: readonly string[]];

/** The large file of the scenes comes first, then a file of which most can be done. */
function byInterest([a, ofA]: Deeds, [b, ofB]: Deeds): number {
  return Number(b.endsWith('model.bin')) - Number(a.endsWith('model.bin')) || ofB.length - ofA.length || (a < b ? -1 : 1);
}
