/** A paste: the text stays in its field and on the page. What came of it is shown below. */
import { Component, type ComponentChildren } from 'preact';
import { Button } from '../kit/Button.tsx';

interface Props {
  readonly ready: boolean;
  /** Reads a text, and answers with what to show of it. */
  readonly read: (text: string) => Promise<ComponentChildren>;
}

/** Longer texts are cut: no output of a command is so long. */
const LONGEST = 1_000_000;

export class Paste extends Component<Props, { readonly told?: ComponentChildren }> {
  private field: HTMLTextAreaElement | null = null;

  override render({ ready, read }: Props, { told }: { readonly told?: ComponentChildren }) {
    const press = async () => {
      const text = this.field?.value.slice(0, LONGEST) ?? '';
      this.setState({ told: text.trim() === '' ? 'There is no text in the field.' : await read(text).catch(() => 'The rules could not be fetched. Look at your connection, then press again.') });
    };
    return (
      <details class="wr-paste">
        <summary>Paste what your machine says instead</summary>
        <label><span>Outputs of <code>docker version</code>, <code>docker info</code>, <code>docker manifest inspect</code>, <code>uname -a</code>, <code>systeminfo</code>, <code>winver</code>, <code>sw_vers</code>, <code>lscpu</code>, <code>wsl --status</code>, or a command and what you know of the machine</span>
          <textarea rows={6} spellcheck={false} disabled={!ready} ref={(field) => { this.field = field; }} />
        </label>
        <p><Button ready={ready} onPress={press}>Read it</Button> <small>It is read in this page. Nothing of it leaves your browser, and a link holds the facts only.</small></p>
        <div role="status">{told}</div>
      </details>
    );
  }
}
