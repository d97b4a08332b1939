/** LayerLab’s model: the image store, started from a scene, with what the page shows beside its state. The rules are the store’s. */
import { SimError } from '../../src/sim/errors.ts';
import type { Action, Composition, Config, Fact, State } from '../../src/sim/image-store/types.ts';
import type { Playable, Reason } from '../../src/sim/model.ts';
import { played } from '../../src/sim/run.ts';
import { SCENES } from './scenes.ts';
import { builtIn, shownOf, type Before } from './shown.ts';
import type { LabConfig, LabState } from './view.ts';

type Store = Playable<Config, State, Action, Fact>;

/** The lab over a store that knows these images. Its `init` throws SimError for a scene that there is not. */
export function labIn(store: Store, compositions: readonly Composition[]): Playable<LabConfig, LabState, Action, Fact> {
  const lab = (config: LabConfig, state: State, before?: Before): LabState => {
    const shown = shownOf(compositions, state, reasonsIn(store, state), sceneOf(config).task, before);
    const built = before?.action.type === 'build' ? builtIn(shown, before.action.dockerfile) : '';
    const says = `${built} ${store.describe(state)}`.trim();
    return { config, store: state, shown, says, told: toldIn(says) };
  };
  return {
    id: 'layer-lab',
    init: (config, seed) => lab(config, played(store, { config: storeConfig(config), seed, actions: sceneOf(config).done }).state),
    step: (before, action) => {
      const { state, facts } = store.step(before.store, action);
      return { state: lab(before.config, state, { lab: before, action }), facts };
    },
    describe: ({ says }) => says,
    why: (state, fact) => store.why(state.store, fact),
  };
}

/** A sentence in three, so that a page can bring out its ends. */
function toldIn(says: string): LabState['told'] {
  const end = says.lastIndexOf('The store ');
  const first = Math.min(says.search(/\. /) + 1 || says.length, end > 0 ? end : says.length);
  return [says.slice(0, first), says.slice(first, Math.max(first, end)), says.slice(Math.max(first, end))];
}

function sceneOf({ scene }: LabConfig): (typeof SCENES)[keyof typeof SCENES] {
  if (!Object.hasOwn(SCENES, scene)) throw new SimError(`There is no scene “${scene}”. Choose one of ${Object.keys(SCENES).join(', ')}.`);
  return SCENES[scene];
}

function storeConfig(config: LabConfig): Config {
  const { images, dockerfiles, disks } = sceneOf(config);
  return { store: config.store, images, dockerfiles, disks };
}

/** Facts that decide about the bytes, the one that surprises most first. */
const DECISIVE: readonly Fact['id'][] = ['fileCopiedUp', 'whiteoutWritten', 'directoryMadeOpaque', 'cacheMissed', 'instructionCached', 'volumeFilled', 'layerFreed', 'layersKept'];
const weight = ({ id }: Fact) => (DECISIVE.includes(id) ? DECISIVE.indexOf(id) : DECISIVE.length);

/** The rules behind what happened last, each once, those that decided first. */
function reasonsIn(store: Store, state: State): readonly Reason[] {
  const all = state.facts.toSorted((a, b) => weight(a) - weight(b)).flatMap((fact) => store.why(state, fact));
  return [...new Map(all.map((reason) => [reason.rule, reason])).values()];
}
