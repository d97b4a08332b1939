/** What came of a paste: what was understood, line by line, what it replaced and kept, and what was not understood. All of it as text. */
import { Button } from '../kit/Button.tsx';
import type { Came } from './engine.ts';
import type { Asking } from './WillItRun.tsx';

interface Props extends Pick<Came, 'told' | 'action'> {
  /** True while the field holds another text than the one that was read. */
  readonly changed: boolean;
  readonly session: Asking;
}

export function Told({ told: { understood, replaced, kept, month, unread, more }, action, changed, session: { ready, run, act } }: Props) {
  const undone = action !== undefined && !run.recipe.actions.slice(0, run.cursor).includes(action);
  return (
    <>
      {changed && <p class="wr-stale">The text has been changed since it was read. Press “Read it” to read what it says now.</p>}
      {undone && <p class="wr-stale">This was taken back, and is no longer stated.</p>}
      <p>{understood.length === 0 ? 'Nothing was understood. Add a line such as “Windows 10 Pro, 22H2” or “docker run nginx”.' : 'Understood:'}</p>
      <ul class="wr-lines">{understood.map(({ line, what, value }) => <li><small>line {line}</small> {what}: <b>{value}</b></li>)}</ul>
      {replaced.length > 0 && <ul class="wr-lines wr-replaced">{replaced.map(({ what, before, now }) => <li>{now === undefined ? <>No longer stated: {what}, <s>{before}</s></> : <>Replaced: {what}, <s>{before}</s> by <b>{now}</b></>}</li>)}</ul>}
      {kept.length > 0 && <p class="wr-kept">Kept from before: {kept.join('; ')}.</p>}
      {!undone && month && month.date !== run.state.situation.date && <p>The version that it names came out in {month.name}. <Button ready={ready} onPress={() => act({ type: 'at', date: month.date })}>Ask as of {month.name}</Button></p>}
      {unread.length > 0 && (
        <details>
          <summary>Lines of which nothing was understood: {unread.length + more}</summary>
          <ul class="wr-lines">{unread.map(({ line, text }) => <li><small>line {line}</small> <code>{text}</code></li>)}</ul>
          {more > 0 && <p>And {more} more.</p>}
        </details>
      )}
    </>
  );
}
