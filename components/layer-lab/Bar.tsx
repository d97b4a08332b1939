/** What a reader can do with the store as a whole: rows of lists and buttons. A scene shows those that it is about; the others fold away. */
import { Component, type ComponentChildren } from 'preact';
import type { Action } from '../../src/sim/image-store/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { RUNS, type LabSession } from './LayerLab.tsx';
import type { LabConfig, Names, Offers, SceneId } from './view.ts';

/** A press with what was chosen; not shown where `can` says no. */
export interface Verb {
  readonly text: string;
  readonly can?: (...chosen: readonly string[]) => boolean;
  readonly act: (...chosen: readonly string[]) => Action;
}

/** What all rows of controls share. */
export interface Doing {
  readonly ready: boolean;
  /** An action, and the row that it was pressed in. */
  readonly take: (action: Action, row: string) => void;
  /** The question or what came of it, shown under the row that was pressed. */
  readonly panel: ComponentChildren;
  readonly under: string;
}

/** Stands in a list from which nothing can be chosen. */
const NONE: Names = { '': 'none' };

interface AskProps {
  readonly doing: Doing;
  /** Names the row. */
  readonly row: string;
  /** Names of the lists, for those who cannot see where they stand. */
  readonly labels: readonly string[];
  readonly lists: readonly Names[];
  readonly verbs: readonly Verb[];
}

/** Lists and buttons in a row: what is chosen stays chosen as long as it can be. */
export class Ask extends Component<AskProps, Readonly<Record<number, string>>> {
  override render({ doing: { ready, take, panel, under }, row, labels, lists, verbs }: AskProps, held: Readonly<Record<number, string>>) {
    const chosen = lists.map((names, i) => (held[i] !== undefined && held[i] in names ? held[i] : Object.keys(names)[0] ?? ''));
    const none = chosen.includes('');
    return (
      <>
        <span class="ll-row">
          {lists.map((names, i) => <Choice names={chosen[i] === '' ? NONE : names} value={chosen[i] ?? ''} aria-label={labels[i]} disabled={!ready} onChoose={(id) => this.setState({ [i]: id })} />)}
          {/* Keyed, so that a button that goes does not hand its focus to another. */}
          {verbs.map(({ text, can, act }) => (none || can?.(...chosen) !== false) && <Button key={text} ready={ready} idle={none} onPress={() => take(act(...chosen), row)}>{text}</Button>)}
        </span>
        {row === under && panel}
      </>
    );
  }
}

type Row = readonly [title: string, labels: readonly string[], lists: readonly Names[], verbs: readonly Verb[]];
const ROWS = {
  images: ({ pull, republish }) => ['Images', ['Image to pull'], [pull], [
    { text: 'Pull', act: (image = '') => ({ type: 'pull', image }) },
    { text: 'Publish a newer one', can: (image = '') => republish.includes(image), act: (image = '') => ({ type: 'republish', image }) },
  ]],
  run: ({ run, mount }) => ['Containers', ['Image to run', 'What is mounted'], [run, mount], [{ text: 'Run', act: (image = '', mounted = '') => ({ type: 'run', image, mount: mounted }) }]],
  clone: ({ clone }) => ['One more VM', [], [], (['linked', 'copy'] as const).map((format) => ({ text: format === 'linked' ? 'Linked clone' : 'Full copy', can: () => format in clone, act: () => ({ type: 'clone', format }) }))],
  rmvolume: ({ rmvolume }) => ['Volumes', ['Volume to remove'], [rmvolume], [{ text: 'Remove', act: (volume = '') => ({ type: 'rmvolume', volume }) }]],
  mkvolume: ({ mkvolume }) => ['New volume', ['Name of the volume'], [mkvolume], [{ text: 'Make', act: (volume = '') => ({ type: 'mkvolume', volume }) }]],
  prune: ({ prune }) => ['Clean up', ['What to prune'], [prune], [{ text: 'Prune', act: (what = '') => ({ type: 'prune', what } as Action) }]],
  // What is built comes last: the Dockerfiles stand under it.
  edit: ({ edit }) => ['Source files', ['File of the build context'], [edit], [{ text: 'Edit', act: (file = '') => ({ type: 'edit', file }) }]],
  build: ({ build }) => ['Dockerfile', ['Dockerfile'], [build], [{ text: 'Build', act: (dockerfile = '') => ({ type: 'build', dockerfile }) }]],
} satisfies Readonly<Record<string, (offers: Offers) => Row>>;
type RowId = keyof typeof ROWS;
const ALL = Object.keys(ROWS) as RowId[];

/** The rows that a scene is about. */
const ABOUT: Readonly<Record<SceneId, readonly RowId[]>> = { app: [], shared: ['images'], order: ['build', 'edit'], delete: ['build'], volumes: ['run', 'rmvolume'], tag: ['images', 'prune'], machines: ['clone'], empty: ALL };

/** Rows that stand over the Dockerfiles. */
export const BUILDING: readonly RowId[] = ['edit', 'build'];
export const aboutIn = (scene: SceneId, ids: readonly RowId[] = ALL) => ids.filter((id) => ABOUT[scene].includes(id));

interface RowsProps {
  readonly offers: Offers;
  readonly doing: Doing;
  readonly ids: readonly RowId[];
}

export function Rows({ offers, doing, ids }: RowsProps) {
  return ids.map((id) => {
    const [title, labels, lists, verbs] = (ROWS[id] as (offers: Offers) => Row)(offers);
    return <div key={id} class="ll-group" role="group" aria-label={title}><b>{title}</b><Ask doing={doing} row={id} labels={labels} lists={lists} verbs={verbs} /></div>;
  });
}

interface BarProps {
  readonly session: LabSession;
  readonly doing: Doing;
  /** Starts anew with another setting. */
  readonly start: (change: Partial<LabConfig>) => void;
  /** The way back to what was there before. */
  readonly kept: ComponentChildren;
  readonly predicts: boolean;
  readonly onPredict: (now: boolean) => void;
  /** Dockerfiles, where the scene is about something else. */
  readonly cards: ComponentChildren;
}

export function Bar({ session: { ready, run, runs, active, activate }, doing, start, kept, predicts, onPredict, cards }: BarProps) {
  const { config: { scene, store }, shown: { offers, disks } } = run.state;
  const isThere = (id: RowId) => (id === 'clone' ? disks.length > 0 : !BUILDING.includes(id) || Object.keys(offers[id as 'build']).length > 0);
  const folded = ALL.filter((id) => !ABOUT[scene].includes(id) && isThere(id));
  const shown = aboutIn(scene).filter((id) => !BUILDING.includes(id));
  const stores = <label>Image store <Choice names={offers.store} value={store} disabled={!ready} onChoose={(id) => start({ store: id })} /></label>;
  // Which of the two is larger depends on the store: where a disk stands beside it, it is at hand.
  const hasDisk = scene === 'machines';
  return (
    <div class="ll-bar">
      {runs.length > 1 && (
        <span class="seg" role="group" aria-label="Which one to change">
          {RUNS.map((name, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => activate(i)}>{name}</Button>)}
        </span>
      )}
      <div class="ll-setting">
        <label>Scene <Choice names={offers.scene} value={scene} disabled={!ready} onChoose={(id) => start({ scene: id })} /></label>
        {hasDisk && stores}
      </div>
      <Rows offers={offers} doing={doing} ids={shown} />
      {kept}
      {/* Keyed: another scene begins with its own controls and closes what was opened for the last one. */}
      <details class="ll-more" key={scene}>
        <summary>{['More', [...(folded.length > 0 ? ['commands'] : []), ...(hasDisk ? [] : ['image store']), 'predictions'].join(', ')].join(': ')}</summary>
        <div class="ll-setting">
          {!hasDisk && stores}
          <label><input type="checkbox" checked={predicts} disabled={!ready} onChange={(event) => onPredict(event.currentTarget.checked)} /> Predict first</label>
        </div>
        <div class="ll-rows">
          <Rows offers={offers} doing={doing} ids={folded} />
          {folded.includes('build') && cards}
        </div>
      </details>
    </div>
  );
}
