/** Into one container, image or machine, layer by layer: which layer answers for each file, and what can be done there. */
import { Component } from 'preact';
import type { Action } from '../../src/sim/image-store/types.ts';
import { Choice } from '../kit/Choice.tsx';
import { Ask, type Doing, type Verb } from './Bar.tsx';
import { LOOKED_INTO, MARKS, saidOf, type Level, type Shown, type Stack } from './view.ts';

interface Props {
  readonly shown: Shown;
  /** Whether its run is the one that controls act on. */
  readonly isActive: boolean;
  readonly doing: Doing;
}

/** Follows what the last action concerned, until the reader looks elsewhere. */
export class Look extends Component<Props, { readonly at: string; readonly since: Shown | undefined }> {
  override state = { at: '', since: undefined };

  override render({ shown, isActive, doing }: Props, { at, since }: { readonly at: string; readonly since: Shown | undefined }) {
    const { stacks, focus } = shown;
    const stack = stacks.find(({ id }) => id === (since === shown ? at : focus));
    if (!stack) return null;
    return (
      <div class="ll-look" role="group" aria-label={`Files of ${stack.label}`}>
        <label class="ll-into">Look into <Choice names={Object.fromEntries(stacks.map(({ id, label }) => [id, label]))} value={stack.id} disabled={!doing.ready} onChoose={(id) => this.setState({ at: id, since: shown })} /></label>
        {isActive && <Deeds key={stack.id} stack={stack} doing={doing} />}
        <ol class="ll-levels" aria-label="From the top down">{stack.levels.map((level) => <LevelOf level={level} />)}</ol>
        <p class="ll-small">{stack.kind === 'machine' ? 'A disk file holds clusters. Which of them belong to which file, only the guest knows.' : '● is read from here. A name is looked for from the top down: the first layer that has it answers.'}</p>
      </div>
    );
  }
}

const VERBS: Readonly<Record<string, string>> = {
  read: 'Read', write: 'Write 1 byte', append: 'Append 1 MB', chmod: 'Change mode', delete: 'Delete', recreate: 'Delete and remake', vmWrite: 'Write 1 byte', vmAppend: 'Append 1 MB', vmChmod: 'Change mode', vmDelete: 'Delete',
  run: 'Run', start: 'Start', stop: 'Stop', commit: 'Commit', rm: 'Remove container', rmi: 'Remove tag', rmvm: 'Remove machine',
};
const INSIDE: Readonly<Record<Stack['kind'], readonly string[]>> = {
  container: ['read', 'write', 'append', 'chmod', 'delete', 'recreate'], machine: ['vmWrite', 'vmAppend', 'vmChmod', 'vmDelete'], image: [],
};
const WHOLE: Readonly<Record<Stack['kind'], readonly string[]>> = { container: ['stop', 'start', 'commit', 'rm'], machine: ['rmvm'], image: ['run', 'rmi'] };
const KEYS: Readonly<Record<Stack['kind'], string>> = { container: 'container', machine: 'vm', image: 'image' };

/** A file of which most can be done stands first. */
const interest = (deeds: readonly string[] = []) => deeds.length;

function Deeds({ stack: { kind, name, deeds, can }, doing }: { readonly stack: Stack; readonly doing: Doing }) {
  const subject = { [KEYS[kind]]: name };
  const paths = Object.keys(deeds).toSorted((a, b) => interest(deeds[b]) - interest(deeds[a]) || (a < b ? -1 : 1));
  const [usual = ''] = [...paths.filter((path) => path.endsWith('model.bin')), ...paths];
  const names = Object.fromEntries([usual, ...paths].filter((path) => path !== '').map((path) => [path, path]));
  const inside = INSIDE[kind].map((type): Verb => ({ text: VERBS[type] ?? type, can: (path = '') => deeds[path]?.includes(type) ?? false, act: (path = '') => ({ type, ...subject, path } as unknown as Action) }));
  const whole = WHOLE[kind].map((type): Verb => ({ text: VERBS[type] ?? type, can: () => can.includes(type), act: () => ({ type, ...subject, ...(type === 'run' && { mount: 'none' }) } as unknown as Action) }));
  return (
    <div class="ll-deeds">
      {paths.length > 0 && <Ask doing={doing} row="files" labels={['File or directory']} lists={[names]} verbs={inside} />}
      <Ask doing={doing} row={LOOKED_INTO} labels={[]} lists={[]} verbs={whole} />
    </div>
  );
}

const LOOKS: Readonly<Record<Level['kind'], string>> = { mount: 'layer hardware', own: 'layer application ll-own', layer: 'layer userland', disk: 'layer hardware' };

function LevelOf({ level: { kind, title, digest, size, lines } }: { readonly level: Level }) {
  return (
    <li class={`ll-level ${LOOKS[kind]}`}>
      <p class="ll-head"><span class="plate">{title}{digest && <> <code>{digest}</code></>}</span> <b class="plate">{size}</b></p>
      {lines.length > 0 && (
        <ul class="ll-files">
          {lines.map((line) => (
            <li data-mark={line.mark} data-read={line.read}>
              <i aria-hidden="true">{MARKS[line.mark][0]}</i>
              <span><code>{line.mark === 'hidden' || line.mark === 'whiteout' ? <s>{line.path}</s> : line.path}</code> <small class={line.mark === 'answers' && !line.note && !line.read ? 'sr-only' : undefined}>{line.read && <b>answered this read; </b>}{saidOf(line)}</small></span>
              <b>{line.size}</b>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
