/** What came of a paste: what was understood, line by line, and what was not. All of it as text. */
import type { Pasted } from '../../src/sim/compat/paste.ts';

export function Told({ told: { understood, unread, more } }: { readonly told: Pasted }) {
  return (
    <>
      <p>{understood.length === 0 ? 'Nothing was understood. Add a line such as “Windows 10 Pro, 22H2” or “docker run nginx”.' : 'The controls say what was understood:'}</p>
      <ul class="wr-lines">{understood.map(({ line, what, value }) => <li><small>line {line}</small> {what} <b>{value}</b></li>)}</ul>
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
