/** Into one container, image or machine, layer by layer: which layer answers for each file, and what can be done there. */
import { Component } from 'preact';
import type { Action } from '../../src/sim/image-store/types.ts';
import { Choice } from '../kit/Choice.tsx';
import { Ask, type Doing, type Verb } from './Bar.tsx';
import { LOOKS } from './Forest.tsx';
import { LOOKED_INTO, type Level, type Shown, type Stack } from './view.ts';

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
        <p class="ll-small">{stack.note}</p>
      </div>
    );
  }
}

function Deeds({ stack: { subject, inside, deeds, can }, doing }: { readonly stack: Stack; readonly doing: Doing }) {
  const paths = Object.keys(deeds);
  const verbs = Object.entries(inside).map(([type, text]): Verb => ({ text, can: (path = '') => deeds[path]?.includes(type) ?? false, act: (path = '') => ({ type, ...subject, path } as unknown as Action) }));
  const whole = Object.entries(can).map(([type, text]): Verb => ({ text, act: () => ({ type, ...subject, ...(type === 'run' && { mount: 'none' }) } as unknown as Action) }));
  return (
    <div class="ll-deeds">
      {paths.length > 0 && <Ask doing={doing} row="files" labels={['File or directory']} lists={[Object.fromEntries(paths.map((path) => [path, path]))]} verbs={verbs} />}
      <Ask doing={doing} row={LOOKED_INTO} labels={[]} lists={[]} verbs={whole} />
    </div>
  );
}

function LevelOf({ level: { kind, title, digest, size, lines } }: { readonly level: Level }) {
  return (
    <li class={`ll-level ${LOOKS[kind]}`}>
      <p class="ll-head"><span class="plate">{title}{digest && <> <code>{digest}</code></>}</span> <b class="plate">{size}</b></p>
      {lines.length > 0 && (
        <ul class="ll-files">
          {lines.map((line) => (
            <li data-mark={line.mark} data-read={line.read}>
              <i aria-hidden="true">{line.sign}</i>
              <span><code>{line.mark === 'hidden' || line.mark === 'whiteout' ? <s>{line.path}</s> : line.path}</code> <small class={line.plain ? 'sr-only' : undefined}>{line.read && <b>answered this read; </b>}{line.said}</small></span>
              <b>{line.size}</b>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
