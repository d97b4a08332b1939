/** Asks for the bytes before they are shown: the true answer, worked out by the model, among those that common beliefs would give. */
import { APP_TAG, CONTEXT, PATHS } from '../../src/sim/image-store/apps.ts';
import { stackOf } from '../../src/sim/image-store/containers.ts';
import { sizeOf, totalOf } from '../../src/sim/image-store/disks.ts';
import { bytesOf, lookUp, pathsIn } from '../../src/sim/image-store/overlay.ts';
import { imageBytes, layersIn } from '../../src/sim/image-store/store.ts';
import { MOUNT_POINT, type Action, type Fact, type Image, type State } from '../../src/sim/image-store/types.ts';
import { usageOf } from '../../src/sim/image-store/usage.ts';
import type { Playable } from '../../src/sim/model.ts';
import { commandOf } from './command.ts';
import { changeInWords } from './shown.ts';
import type { LabConfig, LabState } from './view.ts';

export interface Quiz {
  readonly command: string;
  /** What grows or shrinks. */
  readonly what: 'the store' | 'the disk images';
  /** From the least to the most. */
  readonly options: readonly { readonly text: string; readonly refutation: string }[];
  readonly right: number;
}

/** An amount that a belief would lead to, and why it is not so. */
type Belief = readonly [bytes: number, refutation: string];

/** The question for an action; null where the bytes are no question. Throws SimError for an action that is not allowed. */
export function quizFor(model: Playable<LabConfig, LabState, Action, Fact>, lab: LabState, action: Action): Quiz | null {
  const beliefs = BELIEFS[action.type] as ((now: Asked, action: Action) => readonly Belief[]) | undefined;
  if (!beliefs) return null;
  const { store: state } = lab;
  const { state: { store: next } } = model.step(lab, action);
  const isDisk = action.type === 'clone' || action.type === 'rmvm' || action.type.startsWith('vm');
  const truth = isDisk ? totalOf(next.disks) - totalOf(state.disks) : usageOf(next).total - usageOf(state).total;
  const wrong = beliefs({ state, next }, action).filter(([bytes]) => isApart(bytes, truth));
  const answers = new Map<string, Belief>([...wrong, [truth, ''] as const].map((belief) => [changeInWords(belief[0]), belief]));
  if (answers.size < 2) return null;
  const options = [...answers].sort(([, [a]], [, [b]]) => a - b).map(([text, [, refutation]]) => ({ text, refutation }));
  return { command: commandOf(action), what: isDisk ? 'the disk images' : 'the store', options, right: options.findIndex(({ text }) => text === changeInWords(truth)) };
}

/** Answers that hardly differ would ask for arithmetic, not for an idea. */
const isApart = (bytes: number, right: number) => Math.abs(bytes - right) > 0.3 * Math.max(Math.abs(bytes), Math.abs(right));

interface Asked {
  readonly state: State;
  readonly next: State;
}

type Beliefs = { readonly [Type in Action['type']]?: (now: Asked, action: Extract<Action, { type: Type }>) => readonly Belief[] };

const sum = (numbers: readonly number[]) => numbers.reduce((so, each) => so + each, 0);
const imageOf = ({ images, tags }: State, tag: string) => images[tags[tag] ?? ''] as Image;
const imageUnder = ({ images, containers }: State, name: string) => images[containers[name]?.image ?? ''] as Image;

/** All bytes of an image in the store, compressed forms included. */
function wholeOf(state: State, image: Image): number {
  return imageBytes(state, image) + sum(layersIn(state, image).map(({ blob }) => state.blobs[blob] ?? 0));
}

/** The size of a file, or of a directory’s files, as a container sees them. */
function sizeAt(state: State, name: string, path: string): number {
  const container = state.containers[name];
  if (!container) return 0;
  const trees = container.mount && path.startsWith(MOUNT_POINT) ? [] : stackOf(state, container);
  const paths = pathsIn(trees).filter((each) => each === path || each.startsWith(`${path}/`));
  return sum(paths.map((each) => lookUp(trees, each)?.file.bytes ?? 0));
}

const sizeOnDisk = ({ disks }: State, vm: string, path: string) => sum((disks.machines[vm]?.files[path] ?? []).map(({ from, to }) => to - from));
const upperOf = ({ containers }: State, name: string) => bytesOf(containers[name]?.upper ?? {});

const WHOLE_FILES = 'overlayfs knows whole files: a file of a lower layer is copied up entirely before its first change.';
const NO_COPY = 'Here nothing is copied up: the file lies in the container’s own layer or in a mount already, or it is new.';
const CLUSTERS = 'A disk knows no files. A write costs the clusters that it touches, as far as the machine’s own file lacks them.';
const HIDDEN = 'Lower layers are never changed. A whiteout hides the file, and its bytes stay where they are.';
const STAYS = 'Not so much goes: what others need, and what lies in other layers, stays.';

const BELIEFS: Beliefs = {
  pull: ({ state, next }, { image }) => [
    [0, 'Layers that are not here have to be stored, and some were not here.'],
    [wholeOf(next, imageOf(next, image)), 'That is the whole image. Layers that are here already are neither fetched nor stored again.'],
    [next.downloadedBytes - state.downloadedBytes, 'That is what travels, compressed. What is mounted is unpacked.'],
  ],
  build: ({ state, next }) => [
    [0, next.facts.some(({ id }) => id === 'whiteoutWritten') ? 'The file is deleted in a later layer. The layer that holds it is below, and stays as it is.' : 'Not every instruction was found in the build cache.'],
    ...(next.facts.some((fact) => fact.id === 'fileAdded' && fact.path === PATHS.code) ? [[CONTEXT['app.py']?.bytes ?? 0, 'Only that file may be new, but an instruction stores all that it copies, and after the first that is built anew all are.'] as const] : []),
    [next.copiedUpBytes - state.copiedUpBytes, 'A later instruction that changes the mode copies the whole file into its own layer too.'],
    [wholeOf(next, imageOf(next, APP_TAG)), 'That is the whole image. Layers that were there, from the base up to the first change, are stored once.'],
  ],
  run: ({ state }, { image }) => [
    [0, 'The container copies nothing, but an empty volume gets a copy of what the image has in its place.'],
    [imageBytes(state, imageOf(state, image)), 'A container copies no image. It reads the layers that are there, through an empty layer of its own.'],
  ],
  stop: ({ state }, { container }) => [
    [-upperOf(state, container), 'Stopping ends the processes. What the container wrote stays until it is removed.'],
    [-wholeOf(state, imageUnder(state, container)), 'Stopping ends the processes. Image and own layer stay.'],
    [0, ''],
  ],
  rm: ({ state }, { container }) => [
    [0, 'The container’s own layer goes with it.'],
    [-imageBytes(state, imageUnder(state, container)) - upperOf(state, container), 'Only the container’s own layer goes. The image was never part of it.'],
  ],
  commit: ({ state }, { container }) => [
    [0, 'The new image has a layer of its own: a copy of what the container wrote.'],
    [imageBytes(state, imageUnder(state, container)) + upperOf(state, container), 'The new image shares all layers of the old one and adds a single one.'],
  ],
  write: ({ state }, { container, path }) => [[0, WHOLE_FILES], [1, sizeAt(state, container, path) > 0 ? WHOLE_FILES : NO_COPY], [sizeAt(state, container, path), NO_COPY]],
  append: ({ state }, { container, path }) => [[1_000_000, WHOLE_FILES], [sizeAt(state, container, path) + 1_000_000, NO_COPY]],
  chmod: ({ state }, { container, path }) => [[0, 'A change of mode needs a copy in the writable layer too, and overlayfs copies the data along.'], [sizeAt(state, container, path), NO_COPY]],
  delete: ({ state }, { container, path }) => [[-sizeAt(state, container, path), HIDDEN], [0, 'The file lay in the container’s own layer or in a mount, so deleting it frees its bytes.']],
  recreate: ({ state }, { container, path }) => [[-sizeAt(state, container, path), HIDDEN], [0, 'Part of it lay in the container’s own layer, and that is freed.']],
  rmi: ({ state }, { image }) => [[0, 'With its last tag the image goes, and with it each layer that nothing else needs.'], [-wholeOf(state, imageOf(state, image)), STAYS]],
  rmvolume: ({ state }, { volume }) => [[0, 'A volume’s files go with it.'], [-bytesOf(state.volumes[volume]?.tree ?? {}), '']],
  prune: ({ state }, { what }) => [[0, 'There was something that nothing uses.'], [-(what === 'build-cache' ? usageOf(state).total : usageOf(state).images), STAYS]],
  clone: ({ state: { disks } }) => [
    [0, 'A full copy takes all bytes again.'],
    [disks.base ? disks.base.system + sizeOf(disks.base.app, disks.clusterBytes) : 0, 'A linked clone names the disk as its backing file and copies nothing of it.'],
  ],
  vmWrite: ({ state }, { vm, path }) => [[1, CLUSTERS], [sizeOnDisk(state, vm, path), CLUSTERS], [0, CLUSTERS]],
  vmAppend: ({ state }, { vm, path }) => [[0, CLUSTERS], [sizeOnDisk(state, vm, path) + 1_000_000, CLUSTERS]],
  vmChmod: ({ state }, { vm, path }) => [[0, CLUSTERS], [sizeOnDisk(state, vm, path), CLUSTERS]],
  vmDelete: ({ state }, { vm, path }) => [[-sizeOnDisk(state, vm, path), 'The host sees no more than a changed table: the clusters stay in the file.']],
  rmvm: ({ state: { disks } }, { vm }) => [[0, 'The machine’s own file goes.'], [-totalOf(disks), STAYS], [disks.machines[vm] ? -sizeOf(disks.machines[vm], disks.clusterBytes) : 0, '']],
};
