/** A paste: the text stays in its field and on the page; what was understood is listed, and what was not. */
import { Component } from 'preact';
import type { Pasted } from '../../src/sim/compat/paste.ts';
import { Button } from '../kit/Button.tsx';

interface Props {
  readonly ready: boolean;
  readonly read: (text: string) => Promise<Pasted>;
}

/** Longer texts are cut: no output of a command is so long. */
const LONGEST = 1_000_000;

export class Paste extends Component<Props, { readonly told?: Pasted | 'nothing' | 'failed' }> {
  private field: HTMLTextAreaElement | null = null;

  override render({ ready, read }: Props, { told }: { readonly told?: Pasted | 'nothing' | 'failed' }) {
    const press = async () => {
      const text = this.field?.value.slice(0, LONGEST) ?? '';
      if (text.trim() === '') return this.setState({ told: 'nothing' });
      this.setState({ told: await read(text).catch(() => 'failed' as const) });
    };
    return (
      <details class="wr-paste">
        <summary>Paste what your machine says instead</summary>
        <label>Outputs of <code>docker version</code>, <code>docker info</code>, <code>docker manifest inspect</code>, <code>uname -a</code>, <code>systeminfo</code>, <code>winver</code>, <code>sw_vers</code>, <code>lscpu</code>, <code>wsl --status</code>, or a command and what you know of the machine
          <textarea rows={6} spellcheck={false} disabled={!ready} ref={(field) => { this.field = field; }} />
        </label>
        <p><Button ready={ready} onPress={press}>Read it</Button> <small>It is read in this page. Nothing of it leaves your browser, and a link holds the facts only.</small></p>
        <div role="status">{told && <Told told={told} />}</div>
      </details>
    );
  }
}

function Told({ told }: { readonly told: Pasted | 'nothing' | 'failed' }) {
  if (told === 'nothing') return <p>There is no text in the field.</p>;
  if (told === 'failed') return <p>The rules could not be fetched. Look at your connection, then press again.</p>;
  const { understood, unread, more } = told;
  return (
    <>
      <p>{understood.length === 0 ? 'Nothing was understood. Add a line such as “Windows 10 Pro, 22H2” or “docker run nginx”.' : 'The controls above say what was understood:'}</p>
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
