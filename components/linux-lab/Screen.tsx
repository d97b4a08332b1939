/** One machine’s terminal: a real one, a line to type in for those to whom a terminal is in the way, and what was printed as plain text. */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { Component, type ComponentChildren } from 'preact';
import { Button } from '../kit/Button.tsx';
import { plainText } from './view.ts';

interface Props {
  readonly name: string;
  readonly id: string;
  /** Whether something can be typed. */
  readonly isOn: boolean;
  readonly onType: (text: string) => void;
  /** A whole line that was typed elsewhere than in the terminal, with its Enter. */
  readonly onLine: (text: string) => void;
  /** Another number of letters fits into the terminal than before. */
  readonly onSize: () => void;
  /** What stands right below the terminal. */
  readonly under: ComponentChildren;
  /** What else can be done with the machine, folded away. */
  readonly children: ComponentChildren;
}

interface Held {
  /** Tab goes to the shell instead of to the next control. */
  readonly completes: boolean;
  readonly reads: boolean;
  readonly transcript: string;
}

/** What a terminal answers by itself when a program asks about it: nobody here asks on purpose, and the answer would be taken for typing. */
const REPLY = /^\u001b(?:\[[?>]?[\d;]*\$?[Rcntxy]|[\]P][^]*\u001b\\)$/;
/** Sizes of letters in px: so many that 36 columns fit, where that can still be read. */
const LARGEST = 13;
const SMALLEST = 9;
const COLUMNS_LEAST = 36;
/** Padding and scroll bar. */
const EDGES = 28;
const fontSizeIn = (width: number) => Math.max(SMALLEST, Math.min(LARGEST, Math.floor((width - EDGES) / (COLUMNS_LEAST * 0.605) * 2) / 2));
/** The box in linux-lab.css is as high as so many rows of this height. */
const ROWS = 16;
const LINE_HEIGHT = 1.2;
const COLUMNS = 80;
const KEPT = 20_000;
/** A terminal that is narrower has not been laid out. */
const NARROWEST = 20;
/** Clears the screen and draws the line that is being typed anew, where a shell reads it. */
const REDRAW = '\f';
/** In px: the page’s header covers so much of its top. */
const HEADER = 72;
/** The transcript is written anew so often at most. */
const WRITE_MS = 250;

export class Screen extends Component<Props, Held> {
  override state: Held = { completes: false, reads: false, transcript: '' };
  private terminal: Terminal | undefined;
  private place: HTMLElement | null = null;
  private printed = '';
  private opening: ReturnType<typeof setTimeout> | undefined;
  private watcher: ResizeObserver | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    this.opening = setTimeout(() => this.make());
    // On paper the terminal is text.
    addEventListener('beforeprint', this.transcribe);
  }

  /** Made, opened and fitted in a task each: in one they would hold the page up for longer than a reader notices. */
  private make(): void {
    const style = getComputedStyle(this.place as HTMLElement);
    const terminal = new Terminal({
      rows: ROWS, cols: COLUMNS, scrollback: 1000, lineHeight: LINE_HEIGHT, fontFamily: style.fontFamily, fontSize: fontSizeIn((this.place as HTMLElement).clientWidth), linkHandler: { activate: () => {} },
      theme: { background: style.backgroundColor, foreground: style.color, cursor: style.color, selectionBackground: '#8886' },
    });
    this.opening = setTimeout(() => this.open(terminal));
  }

  private open(terminal: Terminal): void {
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(this.place as HTMLElement);
    terminal.onData((text) => REPLY.test(text) || this.props.onType(text));
    terminal.onResize(() => this.props.onSize());
    terminal.attachCustomKeyEventHandler((event) => this.isForTerminal(event));
    terminal.textarea?.setAttribute('aria-label', `${this.props.name}, terminal`);
    terminal.textarea?.setAttribute('aria-describedby', `${this.props.id}-leave`);
    terminal.write(this.printed);
    this.terminal = terminal;
    // It is fitted by the first observation, which comes by itself.
    this.watcher = new ResizeObserver(() => {
      terminal.options.fontSize = fontSizeIn((this.place as HTMLElement).clientWidth);
      fit.fit();
    });
    this.watcher.observe(this.place as HTMLElement);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.opening);
    clearTimeout(this.timer);
    removeEventListener('beforeprint', this.transcribe);
    this.watcher?.disconnect();
    this.terminal?.dispose();
  }

  /** Shows what the machine has printed. */
  write(text: string): void {
    this.terminal?.write(text);
    this.printed = (this.printed + text).slice(-KEPT);
    if (this.isOpen) this.timer ??= setTimeout(this.transcribe, WRITE_MS);
  }

  private readonly transcribe = () => {
    this.timer = undefined;
    this.setState({ transcript: plainText(this.printed) });
  };

  clear(): void {
    this.terminal?.reset();
    this.printed = '';
    this.setState({ transcript: '' });
  }

  focus(): void {
    this.terminal?.focus();
  }

  /** Tab moves on; where it completes words, it moves on after Escape. Ctrl-V pastes, and Ctrl-C copies what is selected, as everywhere else. */
  private isForTerminal({ key, type, shiftKey, ctrlKey }: KeyboardEvent): boolean {
    const { completes } = this.state;
    if (ctrlKey && (key === 'v' || (key === 'c' && this.terminal?.hasSelection()))) return false;
    if (key === 'Tab') return completes && !shiftKey && !this.isLeaving;
    if (type === 'keydown') this.isLeaving = completes && key === 'Escape';
    return key !== 'Escape' || !completes;
  }

  /** In letters and lines. */
  get size(): { readonly columns: number; readonly rows: number } {
    const { cols = 0, rows = ROWS } = this.terminal ?? {};
    return { columns: cols >= NARROWEST ? cols : COLUMNS, rows };
  }

  /** What a program wrote may leave a terminal that shows nothing, or in colors that cannot be read. */
  private readonly mend = () => {
    this.terminal?.reset();
    this.props.onType(REDRAW);
  };

  /** Brings it into view with what stands below it, and leaves the reader’s focus where it is: who works with keys still sees what has it. */
  show(): void {
    const seen = this.place?.parentElement;
    const focused = document.activeElement;
    if (!seen) return;
    const { top, bottom } = seen.getBoundingClientRect();
    const room = focused?.matches(':focus-visible') ? Math.max(0, focused.getBoundingClientRect().top - HEADER) : Infinity;
    if (top < 0) seen.scrollIntoView({ block: 'nearest' });
    else if (bottom > innerHeight) scrollBy({ top: Math.min(bottom - innerHeight, room) });
  }

  private isOpen = false;
  /** Escape was pressed, so the next Tab leaves. */
  private isLeaving = false;
  private readonly fold = (event: Event) => {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen) this.transcribe();
  };

  private readonly send = (event: Event) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).elements.namedItem('line') as HTMLInputElement;
    this.props.onLine(`${input.value}\r`);
    input.value = '';
  };

  /** A field of one line would glue pasted lines together: all but the last are sent, as a terminal does it. */
  private readonly paste = (event: ClipboardEvent) => {
    const lines = (event.clipboardData?.getData('text') ?? '').split(/\r?\n/);
    const last = lines.pop() ?? '';
    if (lines.length === 0) return;
    event.preventDefault();
    const input = event.currentTarget as HTMLInputElement;
    this.props.onLine(`${input.value}${lines.join('\r')}\r`);
    input.value = last;
  };

  override render({ id, name, isOn, under, children }: Props, { completes, reads, transcript }: Held) {
    return (
      <div class="lx-screen">
        <div class="lx-seen">
          <div class="lx-terminal" ref={(element) => { this.place = element; }} />
          <div class="lx-under">
            <p class="lx-leave" id={`${id}-leave`}>{completes ? 'Escape, then Tab leaves the terminal; so does Shift and Tab.' : 'Tab leaves the terminal.'}{!reads && <span class="sr-only"> To hear it, check “Read aloud by screen readers” under More.</span>}</p>
            {under}
          </div>
        </div>
        <form class="lx-line" onSubmit={this.send}>
          <label for={`${id}-line`}>Or type a line here</label>
          <input id={`${id}-line`} type="text" name="line" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck={false} maxLength={1000} disabled={!isOn} onPaste={this.paste} />
          <button type="submit" disabled={!isOn}>Send</button>
          <Button ready={isOn} onPress={() => this.props.onType('\u0003')}>Ctrl-C</Button>
        </form>
        <details class="lx-more">
          <summary>More</summary>
          {children}
          <div class="lx-ways">
            <Button ready={isOn} onPress={this.mend}>Clear the terminal</Button>
            <label><input type="checkbox" checked={completes} onChange={(event) => this.setState({ completes: event.currentTarget.checked })} /> Tab completes words</label>
            <label><input type="checkbox" checked={reads} onChange={(event) => {
              const on = event.currentTarget.checked;
              if (this.terminal) this.terminal.options.screenReaderMode = on;
              this.setState({ reads: on });
            }} /> Read aloud by screen readers</label>
          </div>
        </details>
        <details class="lx-transcript" onToggle={this.fold}>
          <summary>What {name} printed, as text</summary>
          <pre tabIndex={0} role="group" aria-label={`What ${name} printed`}>{transcript}</pre>
        </details>
      </div>
    );
  }
}
