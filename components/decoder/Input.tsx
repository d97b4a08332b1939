/** Where the reader pastes. The text stays there whatever becomes of it; reading it is for others. */
import { Component } from 'preact';
import type { State } from '../../src/sim/decoder/model.ts';
import { readable } from '../../src/sim/decoder/readable.ts';
import { Button } from '../kit/Button.tsx';

interface Props {
  readonly instance: string;
  readonly ready: boolean;
  /** What is shown now: a change that was asked for here is brought into view. */
  readonly read: State;
  readonly onRead: (text: string) => void;
}

export class Input extends Component<Props, { readonly note: string }> {
  override state = { note: '' };
  private field: HTMLTextAreaElement | null = null;
  private asked = false;

  override componentDidUpdate({ read }: Props): void {
    if (!this.asked || read === this.props.read) return;
    this.asked = false;
    const answer = this.field?.closest('.pg')?.querySelector('[data-active=true] .dc-answer');
    const top = answer?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) answer?.scrollIntoView({ block: 'start' });
  }

  override render({ instance, ready, onRead }: Props, { note }: { readonly note: string }) {
    const read = () => {
      const text = this.field?.value ?? '';
      const { left } = readable(text);
      if (text.trim() === '') return this.setState({ note: 'There is nothing to decode: paste an error first.' });
      this.asked = true;
      this.setState({ note: left > 0 ? `That is long: the ${left.toLocaleString('en')} characters in its middle were not read.` : '' });
      onRead(text);
    };
    // A phone's reader need not press anything more. The text is in the field only after the event.
    const pasted = () => setTimeout(read);
    return (
      <div class="dc-input">
        <label for={`${instance}-text`}>Paste the error</label>
        <textarea id={`${instance}-text`} ref={(element) => { this.field = element; }} rows={6} disabled={!ready} spellcheck={false} autocapitalize="off" autocomplete="off"
          placeholder="With as much of the log around it as you like" onPaste={pasted} />
        <div class="dc-send">
          <Button ready={ready} class="primary" onPress={read}>Decode it</Button>
          <span role="status" class="dc-small">{note}</span>
        </div>
      </div>
    );
  }
}
