/** A paste: the text stays in its field and on the page, and is read at once. What came of it is shown below, and marked where it no longer holds. */
import { Component } from 'preact';
import { Button } from '../kit/Button.tsx';
import type { Came, Engine } from './engine.ts';
import type { Asking } from './WillItRun.tsx';

interface Props {
  readonly session: Asking;
  readonly engine: () => Promise<Engine>;
}

interface Held {
  readonly note?: string | false;
  readonly came?: Came | '' | undefined;
  /** True while the field holds another text than the one that was read. */
  readonly changed?: boolean;
}

const OUTPUTS = ['docker version', 'docker info', 'docker manifest inspect', 'uname -a', 'systeminfo', 'winver', 'sw_vers', 'lscpu', 'wsl --status'];

export class Paste extends Component<Props, Held> {
  private field: HTMLTextAreaElement | null = null;

  override render({ session, engine }: Props, { note, came, changed = false }: Held) {
    const take = async (text = this.field?.value ?? '', firstLine = 1) => {
      const rules = await engine().catch(() => undefined);
      const came = text.trim() && await rules?.take(text, firstLine, this.props.session);
      this.setState({ came, changed: false, note: rules ? !came && 'There is no text in the field.' : 'The rules could not be fetched. Look at your connection, then press again.' });
    };
    // A phone's reader need not press anything more. What is pasted below another text is read beside what that one has said.
    const pasted = ({ clipboardData, currentTarget: { value, selectionStart } }: ClipboardEvent & { readonly currentTarget: HTMLTextAreaElement }) => {
      const text = clipboardData?.getData('text') || undefined;
      setTimeout(() => take(text, text === undefined ? 1 : value.slice(0, selectionStart).split('\n').length));
    };
    return (
      <details class="wr-paste">
        <summary>Paste what your machine says instead</summary>
        <label><span>Outputs of {OUTPUTS.map((command) => <><code>{command}</code>, </>)}or a command and what you know of the machine</span>
          <textarea rows={6} spellcheck={false} disabled={!session.ready} ref={(field) => { this.field = field; }} onPaste={pasted} onInput={() => this.setState({ changed: true })} />
        </label>
        <p><Button ready={session.ready} onPress={() => take()}>Read it</Button> <small>It is read in this page, beside what is stated already. Nothing of it leaves your browser, and a link holds the facts only.</small></p>
        <div role="status">{note}{came && <came.Told {...came} changed={changed} session={session} />}</div>
      </details>
    );
  }
}
