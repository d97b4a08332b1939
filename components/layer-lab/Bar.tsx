/** What a reader can do with the store as a whole: choose from lists, then press. */
import { Component } from 'preact';
import { played } from '../../src/sim/run.ts';
import type { Action } from '../../src/sim/image-store/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { RUNS, type LabSession } from './LayerLab.tsx';
import { SCENE_NAMES, STORE_NAMES, type LabConfig } from './view.ts';

type Names = Readonly<Record<string, string>>;

/** A press with what was chosen; not to be had where `can` says no. */
export interface Verb {
  readonly text: string;
  readonly can?: (...chosen: readonly string[]) => boolean;
  readonly act: (...chosen: readonly string[]) => Action;
}

/** Stands in a list from which nothing can be chosen. */
const NONE: Names = { '': 'none' };

interface AskProps {
  readonly ready: boolean;
  /** Names of the lists, for those who cannot see where they stand. */
  readonly labels: readonly string[];
  readonly lists: readonly Names[];
  readonly verbs: readonly Verb[];
  readonly take: (action: Action) => void;
}

/** Lists and buttons in a row: what is chosen stays chosen as long as it can be. */
export class Ask extends Component<AskProps, Readonly<Record<number, string>>> {
  override render({ ready, labels, lists, verbs, take }: AskProps, held: Readonly<Record<number, string>>) {
    const chosen = lists.map((names, i) => (held[i] !== undefined && held[i] in names ? held[i] : Object.keys(names)[0] ?? ''));
    return (
      <span class="ll-row">
        {lists.map((names, i) => <Choice names={chosen[i] === '' ? NONE : names} value={chosen[i] ?? ''} aria-label={labels[i]} disabled={!ready} onChoose={(id) => this.setState({ [i]: id })} />)}
        {verbs.map(({ text, can, act }) => <Button ready={ready} idle={chosen.includes('') || can?.(...chosen) === false} onPress={() => take(act(...chosen))}>{text}</Button>)}
      </span>
    );
  }
}

const PRUNES: Names = {
  'containers': 'stopped containers', 'images': 'untagged images', 'all-images': 'all images without a container', 'volumes': 'anonymous volumes', 'all-volumes': 'all unused volumes', 'build-cache': 'build cache',
};

interface BarProps {
  readonly session: LabSession;
  readonly take: (action: Action) => void;
  readonly predicts: boolean;
  readonly onPredict: (now: boolean) => void;
}

export function Bar({ session, take, predicts, onPredict }: BarProps) {
  const { ready, run, runs, active, activate, each } = session;
  const { config, shown: { offers, volumes } } = run.state;
  const start = (change: Partial<LabConfig>) => each((one, i) => (i === active ? played(one.model, { config: { ...config, ...change }, seed: one.recipe.seed, actions: [] }) : one));
  const row = (title: string, labels: readonly string[], lists: readonly Names[], verbs: readonly Verb[]) =>
    <div class="ll-group" role="group" aria-label={title}><b>{title}</b><Ask ready={ready} labels={labels} lists={lists} verbs={verbs} take={take} /></div>;
  return (
    <div class="ll-bar">
      <div class="ll-setting">
        {runs.length > 1 && (
          <span class="seg" role="group" aria-label="Which one to change">
            {RUNS.map((name, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => activate(i)}>{name}</Button>)}
          </span>
        )}
        <label>Scene <Choice names={SCENE_NAMES} value={config.scene} disabled={!ready} onChoose={(scene) => start({ scene })} /></label>
        <label>Image store <Choice names={STORE_NAMES} value={config.store} disabled={!ready} onChoose={(store) => start({ store })} /></label>
        <label><input type="checkbox" checked={predicts} disabled={!ready} onChange={(event) => onPredict(event.currentTarget.checked)} /> Predict first</label>
      </div>
      {row('Images', ['Image to pull'], [offers.pull], [
        { text: 'Pull', act: (image = '') => ({ type: 'pull', image }) },
        ...(offers.republish.length > 0 ? [{ text: 'Publish a newer one', can: (image = '') => offers.republish.includes(image), act: (image = '') => ({ type: 'republish', image }) } as Verb] : []),
      ])}
      {Object.keys(offers.build).length > 0 && row('Dockerfile', ['Dockerfile'], [offers.build], [{ text: 'Build', act: (dockerfile = '') => ({ type: 'build', dockerfile }) }])}
      {Object.keys(offers.edit).length > 0 && row('Its files', ['File of the build context'], [offers.edit], [{ text: 'Edit', act: (file = '') => ({ type: 'edit', file }) }])}
      {row('Clean up', ['What to prune'], [PRUNES], [{ text: 'Prune', act: (what = '') => ({ type: 'prune', what } as Action) }])}
      {(volumes.length > 0 || config.scene === 'empty') && row('Volumes', ['Volume to remove'], [offers.rmvolume], [{ text: 'Remove', act: (volume = '') => ({ type: 'rmvolume', volume }) }])}
      {(volumes.length > 0 || config.scene === 'empty') && row('New volume', ['Name of the volume'], [offers.mkvolume], [{ text: 'Make', act: (volume = '') => ({ type: 'mkvolume', volume }) }])}
      {row('Containers', ['Image to run', 'What is mounted'], [offers.run, offers.mount], [{ text: 'Run', act: (image = '', mount = '') => ({ type: 'run', image, mount }) }])}
      {Object.keys(offers.clone).length > 0 && row('One more VM', [], [], (['linked', 'copy'] as const).map((format) => ({ text: format === 'linked' ? 'Linked clone' : 'Full copy', act: () => ({ type: 'clone', format }) })))}
    </div>
  );
}
