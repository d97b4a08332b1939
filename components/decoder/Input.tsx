/** Where the reader pastes or types. The text stays there whatever becomes of it; reading it is for others. */
import { Component, type ComponentChildren } from 'preact';
import type { State } from '../../src/sim/decoder/model.ts';
import { readable } from '../../src/sim/decoder/readable.ts';
import { Button } from '../kit/Button.tsx';

/** So long after the last letter a text is decoded. */
const PAUSE_MS = 400;
/** Nobody types so many letters at once: a keyboard has put them in from its clipboard. */
const PASTED_LETTERS = 20;

interface Props {
  readonly instance: string;
  readonly ready: boolean;
  /** Address of the page with all messages. */
  readonly all: string;
  /** What is shown now: a change that was asked for here is brought into view. */
  readonly read: State;
  /** Reads a text, and calls back when it has been read: never, when the rules cannot be fetched. */
  readonly onRead: (text: string, done: () => void) => void;
  /** What is shown beside the field, told whether the field's text is still to be decoded. */
  readonly children: (stale: boolean) => ComponentChildren;
}

interface Held {
  readonly note: string;
  readonly stale: boolean;
}

export class Input extends Component<Props, Held> {
  override state = { note: '', stale: false };
  private field: HTMLTextAreaElement | null = null;
  /** The text that was decoded last, and the length of what stood in the field last. */
  private decoded = '';
  private length = 0;
  private asked = false;
  private pause: ReturnType<typeof setTimeout> | undefined;

  override componentDidUpdate({ read }: Props): void {
    if (!this.asked || read === this.props.read) return;
    this.asked = false;
    const answer = this.field?.closest('.pg')?.querySelector('[data-active=true] .dc-answer');
    const top = answer?.getBoundingClientRect().top ?? 0;
    if (top < 0 || top > innerHeight / 2) answer?.scrollIntoView({ block: 'start' });
  }

  override componentWillUnmount(): void {
    clearTimeout(this.pause);
  }

  override render({ instance, ready, all, onRead, children }: Props, { note, stale }: Held) {
    const text = () => this.field?.value ?? '';
    const read = () => {
      clearTimeout(this.pause);
      const taken = text();
      const { left } = readable(taken);
      if (taken.trim() === '') return this.setState({ note: 'There is nothing to decode: paste an error first.' });
      this.setState({ note: left > 0 ? `That is long: the ${left.toLocaleString('en')} characters in its middle were not read.` : '', stale: taken !== this.decoded });
      onRead(taken, () => {
        this.decoded = taken;
        this.setState({ stale: text() !== taken });
      });
    };
    const show = () => {
      this.asked = true;
      read();
    };
    const typed = () => {
      const { length } = text();
      this.asked ||= length - this.length > PASTED_LETTERS;
      this.length = length;
      clearTimeout(this.pause);
      const stale = text().trim() !== '' && text() !== this.decoded;
      this.setState({ stale });
      if (stale) this.pause = setTimeout(read, PAUSE_MS);
    };
    // A phone's reader need not press anything more. The text is in the field only after the event.
    const pasted = () => setTimeout(show);
    return (
      <>
        <div class="dc-input">
          <noscript><p>Without JavaScript no error can be decoded here. <a href={all}>All messages that are known</a> stand on one page, by layer.</p></noscript>
          <label for={`${instance}-text`}>Paste the error</label>
          <textarea id={`${instance}-text`} ref={(element) => { this.field = element; }} rows={6} disabled={!ready} spellcheck={false} autocapitalize="off" autocomplete="off"
            placeholder="With as much of the log around it as you like" onPaste={pasted} onInput={typed} />
          <div class="dc-send">
            <Button ready={ready} class="primary" onPress={show}>Decode it</Button>
            <span role="status" class="dc-small">{note}</span>
          </div>
        </div>
        {children(stale)}
      </>
    );
  }
}
