/** The machines themselves, once the reader has asked for them: load, boot, terminals, checks, power. It comes as a script of its own. */
import { Component } from 'preact';
import xtermCss from '@xterm/xterm/css/xterm.css?inline';
import { MACHINES, type Experiment, type MachineId, type Values } from '../../src/sim/linux-lab/types.ts';
import { Button } from '../kit/Button.tsx';
import { answerIn, hasHalted, hasPanicked, isAtPrompt, look, median, panicIn, type Memory } from './checks.ts';
import { Client, workerScript } from './client.ts';
import { More, Next, Panel, standing, type Power } from './Panel.tsx';
import type { Files } from './protocol.ts';
import { Screen } from './Screen.tsx';
import { bytesOf, MACHINE_NAMES, megabytes } from './view.ts';
import { Watch, type Found, type Sought } from './watch.ts';

interface Props {
  readonly instance: string;
  readonly files: Files;
  readonly experiment: Experiment;
  /** Whether the notebook has its results already. */
  readonly isDone: boolean;
  readonly onResult: (experiment: string, values: Values) => void;
  /** Tells what the machines do, and lets the task steer them; undefined when there are none any more. */
  readonly onSteering: (steering: Steering | undefined) => void;
  /** The reader does not want the machines any more. */
  readonly onLeave: () => void;
}

/** The machines as the task sees them. */
export interface Steering {
  readonly power: Readonly<Record<MachineId, Power>>;
  /** Whether something is being loaded or booted. */
  readonly isBusy: boolean;
  /** Whether a machine of the experiment can be asked. */
  readonly isOn: boolean;
  /** What is to be said before all else: a hint, or what a button has done. */
  readonly hint: string;
  /** The machine that the hint wants reset. */
  readonly reset: MachineId | undefined;
  /** How the experiment stands that is not done. */
  readonly says: string;
  /** Measures anew; undefined where nothing was measured. */
  readonly again: (() => void) | undefined;
  /** Types a step of the experiment, counted from 0. */
  readonly type: (step: number) => Promise<void>;
  /** Starts machines, one after the other, or starts them anew. */
  readonly boot: (machines: readonly MachineId[]) => void;
}

/** A state to which a machine can be put back, with how long it had taken to boot. */
interface Snapshot {
  readonly state: ArrayBuffer;
  readonly bootMs: number | undefined;
}

interface Held {
  readonly loading: boolean;
  /** Nothing has come for a while. */
  readonly stalled: boolean;
  readonly loaded: number;
  readonly isHere: boolean;
  /** What went wrong, and which machines another try should boot. */
  readonly failure: { readonly says: string; readonly machines: readonly MachineId[] } | undefined;
  readonly power: Readonly<Record<MachineId, Power>>;
  readonly bootMs: Readonly<Partial<Record<MachineId, number>>>;
  readonly kept: Readonly<Partial<Record<MachineId, Snapshot>>>;
  /** The first line of a kernel's last words. */
  readonly panics: Readonly<Partial<Record<MachineId, string>>>;
  /** A hint for the task, or what a button has just done. */
  readonly says: string;
  /** The machine that the hint wants reset. */
  readonly reset: MachineId | undefined;
  /** What the experiment still lacks, as the machines were last seen; undefined before they were. */
  readonly open: readonly string[] | undefined;
  /** How many steps of the experiment are behind the reader: the next is the one after the last that a button typed. */
  readonly typed: number;
  /** The machine that did not take what a button would have typed. */
  readonly refused: MachineId | undefined;
  /** What came of the last line that was sent by a button: a terminal is silent to those who cannot see it. */
  readonly heard: string;
}

/** So much of what a machine printed is searched for the end of its kernel. */
const SEARCHED = 4000;
/** A download that brings nothing for so long is told. */
const STALLED_MS = 10_000;
const OFF: Held['power'] = { a: 'off', b: 'off' };
const START: Held = { loading: false, stalled: false, loaded: 0, isHere: false, failure: undefined, power: OFF, bootMs: {}, kept: {}, panics: {}, says: '', reset: undefined, open: undefined, typed: 0, refused: undefined, heard: '' };

const sayOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export class Live extends Component<Props, Held> {
  override state: Held = START;
  private client: Client | undefined;
  private readonly screens: Partial<Record<MachineId, Screen | null>> = {};
  private readonly printed: Record<MachineId, string> = { a: '', b: '' };
  /** Counts what each machine has gone through: an answer from an earlier life is none. */
  private readonly lives: Record<MachineId, number> = { a: 0, b: 0 };
  /** Experiments noted from the machines as they stand: one that the reader takes back is noted again only when they ask. */
  private readonly noted = new Set<string>();
  private again: string | undefined;
  /** The experiment for which something was typed: before that, nobody wants to read that it is not done. */
  private typedFor: string | undefined;
  /** What a machine has printed since a button sent it a line, until it waits for the next. */
  private hearing: { readonly machine: MachineId; readonly sent: string; text: string } | undefined;
  /** The experiment whose result the reader has taken back. */
  private takenBack: string | undefined;
  private memory: { readonly mark: string; readonly values: Memory } = { mark: '', values: {} };
  private stalling: ReturnType<typeof setTimeout> | undefined;
  private steered = '';
  /** A line waits to be typed: another press types nothing. */
  private isTyping = false;

  private readonly watch = new Watch({
    sought: () => this.sought(),
    look: (experiment) => this.answers(experiment),
    time: (experiment) => this.timed(experiment),
    tell: (found) => this.hear(found),
  });

  private readonly hide = () => {
    void this.client?.ask(document.hidden ? 'pause' : 'resume', null).catch(() => {});
    if (!document.hidden) this.watch.stir();
  };
  private readonly leave = () => this.stopAll();

  override componentDidMount(): void {
    document.addEventListener('visibilitychange', this.hide);
    addEventListener('pagehide', this.leave);
    // The button that was pressed is gone: its focus goes to what came in its place.
    if (document.activeElement === document.body) (this.base as HTMLElement).focus({ preventScroll: true });
    void this.bootAll(this.props.experiment.needs);
  }

  override componentWillUnmount(): void {
    document.removeEventListener('visibilitychange', this.hide);
    removeEventListener('pagehide', this.leave);
    this.watch.stop();
    clearTimeout(this.stalling);
    this.props.onSteering(undefined);
    this.client?.end();
  }

  /** Tells the task how the machines stand, if that has changed. */
  private steer(): void {
    const { experiment, isDone } = this.props;
    const { power, loading, isHere, says, reset } = this.state;
    const isBusy = loading || MACHINES.some((machine) => power[machine] === 'booting');
    const told = { power, isBusy, isOn: this.hasPower(experiment), hint: says, reset, says: this.status() };
    const again = isHere && (isDone || this.noted.has(experiment.id));
    const steered = JSON.stringify([told, again]);
    if (steered === this.steered) return;
    this.steered = steered;
    this.props.onSteering({ ...told, again: again ? this.measureAgain : undefined, type: this.typeLine, boot: this.bootAll });
  }

  override componentDidUpdate(before: Props): void {
    const { experiment: { id }, isDone } = this.props;
    if (before.experiment.id === id && before.isDone !== isDone) this.takenBack = isDone ? undefined : id;
    this.steer();
    if (before.experiment.id === id) return;
    this.again = undefined;
    this.setState({ says: '', reset: undefined, open: undefined, typed: 0, refused: undefined, heard: '' });
    this.watch.stir();
  }

  /** Begins another life of a machine: what was asked before is forgotten, and what was noted may be noted anew. */
  private begin(machine: MachineId): () => boolean {
    const life = (this.lives[machine] += 1);
    this.printed[machine] = '';
    this.noted.clear();
    return () => this.lives[machine] === life;
  }

  private setPower(machine: MachineId, to: Power): void {
    this.setState(({ power }) => ({ power: { ...power, [machine]: to } }));
  }

  /** One after the other: each has the processor to itself while it is timed. What fails or is switched off ends it. */
  private readonly bootAll = async (machines: readonly MachineId[]): Promise<void> => {
    const pressed = document.activeElement;
    for (const [i, machine] of machines.entries()) if (!(await this.start(machine, i === 0 ? pressed : null))) return;
  };

  /** Answers whether the machine is up. */
  private readonly start = async (machine: MachineId, pressed = document.activeElement): Promise<boolean> => {
    const isSame = this.begin(machine);
    this.setState(({ bootMs }) => ({ failure: undefined, says: '', reset: undefined, open: undefined, bootMs: { ...bootMs, [machine]: undefined } }));
    try {
      await this.load(isSame);
      if (!isSame()) return false;
      const promptMs = await this.boot(machine);
      if (isSame()) this.isUp(machine, promptMs, pressed);
    } catch (error) {
      if (!isSame()) return false;
      this.fail(machine, sayOf(error));
      return false;
    }
    return isSame();
  };

  private async load(isWanted: () => boolean): Promise<void> {
    if (this.state.isHere) return;
    this.setState({ loading: true, loaded: 0 });
    this.wait();
    const script = await workerScript();
    if (!isWanted()) return;
    this.client ??= new Client(script, {
      onBytes: (bytes) => {
        this.wait();
        this.setState(({ loaded }) => ({ loaded: loaded + bytes }));
      },
      onText: (machine, text) => this.take(machine, text),
      onEnd: (says) => this.stopAll(says),
    });
    // A page that went out of sight while nothing ran has not said so yet.
    if (document.hidden) this.hide();
    const { files } = this.props;
    // A worker out of the cache has no place of its own from which an address could be completed.
    await this.client.ask('load', { ...files, folder: new URL(files.folder, location.href).href });
    clearTimeout(this.stalling);
    this.setState({ loading: false, stalled: false, isHere: true });
  }

  /** From now on something is expected to arrive. */
  private wait(): void {
    clearTimeout(this.stalling);
    this.stalling = setTimeout(() => this.setState({ stalled: true }), STALLED_MS);
    if (this.state.stalled) this.setState({ stalled: false });
  }

  private async boot(machine: MachineId): Promise<number> {
    const client = this.client as Client;
    this.setPower(machine, 'booting');
    this.startOver(machine);
    // What the machine printed before it was switched off comes before this is answered.
    await client.ask('end', { machine });
    this.screens[machine]?.clear();
    this.printed[machine] = '';
    return (await client.ask('boot', { machine })).promptMs;
  }

  /** A machine learns the size of its terminal when it is up, and whenever that changes. */
  private fit(machine: MachineId): void {
    const size = this.screens[machine]?.size;
    if (size && this.state.power[machine] === 'on') void this.client?.ask('resize', { machine, ...size }).catch(() => {});
  }

  private isUp(machine: MachineId, promptMs: number, pressed: Element | null): void {
    this.setState(({ power, bootMs }) => ({ power: { ...power, [machine]: 'on' }, bootMs: { ...bootMs, [machine]: promptMs } }), () => {
      this.fit(machine);
      // A reader who has gone elsewhere meanwhile stays there.
      if (pressed && document.activeElement === pressed && (this.base?.contains(pressed) || pressed.closest('.lx-off'))) this.screens[machine]?.focus();
      this.watch.stir();
    });
  }

  private fail(machine: MachineId, says: string): void {
    clearTimeout(this.stalling);
    void this.client?.ask('end', { machine }).catch(() => {});
    this.setPower(machine, 'off');
    this.setState({ loading: false, stalled: false, failure: { says, machines: [machine] } });
  }

  private readonly retry = async (): Promise<void> => {
    (this.base as HTMLElement).focus({ preventScroll: true });
    for (const machine of this.state.failure?.machines ?? []) await this.start(machine);
  };

  private take(machine: MachineId, text: string): void {
    this.screens[machine]?.write(text);
    this.listen(machine, text);
    this.printed[machine] = (this.printed[machine] + text).slice(-SEARCHED);
    // What was refused because something ran would be taken now.
    if (this.state.refused === machine && isAtPrompt(this.printed[machine])) this.setState({ refused: undefined, says: '' });
    if (this.state.power[machine] === 'on' && hasPanicked(this.printed[machine])) {
      const says = panicIn(this.printed[machine]);
      this.setState(({ panics }) => ({ panics: { ...panics, [machine]: says } }));
      this.setPower(machine, 'panicked');
      void this.client?.ask('halt', { machine }).catch(() => {});
    } else if (this.state.power[machine] === 'on' && hasHalted(this.printed[machine])) {
      this.setPower(machine, 'halted');
      void this.client?.ask('halt', { machine }).catch(() => {});
    }
    this.watch.stir();
  }

  /** Gathers what comes of a line; once the machine waits again, it is told. */
  private listen(machine: MachineId, text: string): void {
    const { hearing } = this;
    if (hearing?.machine !== machine) return;
    hearing.text = (hearing.text + text).slice(-SEARCHED);
    if (!hearing.text.includes('\n') || !isAtPrompt(hearing.text)) return;
    this.hearing = undefined;
    this.setState({ heard: answerIn(hearing.text, hearing.sent) });
  }

  /** What was typed on a machine before it started anew is gone: its steps are to be typed again. */
  private startOver(machine: MachineId): void {
    const first = this.props.experiment.steps.findIndex(({ on }) => on === machine);
    if (first >= 0) this.setState(({ typed }) => ({ typed: Math.min(typed, first), refused: undefined }));
  }

  private readonly typeLine = async (step: number): Promise<void> => {
    const on = this.props.experiment.steps[step]?.on;
    if (on) this.screens[on]?.show();
    await this.typeStep(step);
  };

  /** Types the step that stands under a terminal, which the reader sees already. Where the button goes, its focus goes to what stands in its place. */
  private readonly typeNext = async (): Promise<void> => {
    const pressed = document.activeElement;
    const place = pressed?.closest('.lx-next');
    await this.typeStep(this.state.typed);
    if (place && document.activeElement === document.body) place.querySelector('p')?.focus({ preventScroll: true });
  };

  private async typeStep(step: number): Promise<void> {
    const { experiment } = this.props;
    const { on, type } = experiment.steps[step] ?? {};
    if (!on || this.isTyping) return;
    this.isTyping = true;
    // What the line before it did is seen first: the next may end what it began.
    await this.watch.catchUp().finally(() => { this.isTyping = false; });
    if (this.props.experiment.id !== experiment.id) return;
    if (!isAtPrompt(this.printed[on])) return this.setState({ refused: on, says: `${MACHINE_NAMES[on]} runs something, which would get what is typed. Ctrl-C ends it.` });
    // Ctrl-U first: what the reader left half typed would run with it.
    this.send(on, `\u0015${type}\r`);
    await new Promise<void>((drawn) => this.setState({ typed: step + 1, refused: undefined }, drawn));
  }

  /** Types a whole line, and tells what came of it. */
  private send(machine: MachineId, text: string): void {
    this.hearing = { machine, sent: text.replace(/^\u0015/, '').split('\r')[0] ?? '', text: '' };
    // The same answer twice is news twice.
    this.setState({ heard: '' });
    this.type(machine, text);
  }

  private type(machine: MachineId, text: string): void {
    this.typedFor = this.props.experiment.id;
    void this.client?.ask('type', { machine, text }).catch(() => {});
  }

  private sought(): Sought | undefined {
    const { experiment, isDone } = this.props;
    const isOpen = this.again === experiment.id || !(isDone || this.noted.has(experiment.id));
    if (!this.client || !isOpen || document.hidden || !this.hasPower(experiment)) return undefined;
    return { experiment, mark: this.markOf(experiment) };
  }

  private markOf({ id, needs }: Experiment): string {
    return [id, ...needs.map((machine) => this.lives[machine])].join();
  }

  private hasPower({ needs }: Experiment): boolean {
    return needs.some((machine) => this.isOn(machine));
  }

  private isOn(machine: MachineId): boolean {
    return this.state.power[machine] === 'on' || this.state.power[machine] === 'panicked';
  }

  private answers(experiment: Experiment): Promise<Values> {
    const { power, bootMs } = this.state;
    const client = this.client as Client;
    const mark = this.markOf(experiment);
    if (this.memory.mark !== mark) this.memory = { mark, values: {} };
    return look(experiment, {
      memory: this.memory.values,
      probe: (machine, line, ms) => client.ask('probe', { machine, line, ms }),
      isOn: (machine) => this.isOn(machine),
      hasPanicked: (machine) => power[machine] === 'panicked',
      printed: (machine) => this.printed[machine],
      clock: Object.fromEntries(MACHINES.flatMap((machine) => (bootMs[machine] === undefined ? [] : [[`clock.boot.${machine}`, bootMs[machine]]]))),
    });
  }

  private async timed({ timing }: Experiment): Promise<Values> {
    if (!timing) return {};
    this.setState({ says: `Measuring, ${timing.times} times.` });
    return (this.client as Client).ask('time', { machine: timing.on, line: timing.line, times: timing.times }).then((taken) => ({ 'clock.timed': median(taken) }), () => ({}));
  }

  private hear({ experiment: { id }, done, open, hint, reset, values }: Found): void {
    this.setState({ open, reset, says: hint || (this.again === id && !done ? 'As it stands now it is not done. The table keeps the result from before.' : '') });
    if (!done) return;
    this.again = undefined;
    this.noted.add(id);
    this.props.onResult(id, values);
  }

  private readonly measureAgain = () => {
    this.again = this.props.experiment.id;
    this.watch.stir();
    void this.watch.look();
  };

  private readonly off = async (machine: MachineId): Promise<void> => {
    this.begin(machine);
    const others = MACHINES.some((other) => other !== machine && this.state.power[other] !== 'off');
    if (!others) return this.stopAll();
    this.setState(({ power, bootMs }) => ({ power: { ...power, [machine]: 'off' }, bootMs: { ...bootMs, [machine]: undefined } }));
    await this.client?.ask('end', { machine }).catch(() => {});
    this.screens[machine]?.clear();
  };

  /** Without machines there is no worker: its memory goes back, and the files wait on the browser’s shelf. */
  private stopAll(says?: string): void {
    const machines = MACHINES.filter((machine) => this.state.power[machine] !== 'off');
    this.watch.stop();
    clearTimeout(this.stalling);
    this.client?.end();
    this.client = undefined;
    for (const machine of MACHINES) {
      this.begin(machine);
      this.screens[machine]?.clear();
    }
    this.setState({ ...START, failure: says === undefined ? undefined : { says, machines: machines.length > 0 ? machines : [this.props.experiment.needs[0] ?? 'a'] } });
  }

  private readonly cancel = () => {
    this.stopAll();
    this.props.onLeave();
  };

  private readonly keep = async (machine: MachineId): Promise<void> => {
    const bootMs = this.state.bootMs[machine];
    try {
      const state = await (this.client as Client).ask('save', { machine });
      this.setState(({ kept }) => ({ kept: { ...kept, [machine]: { state, bootMs } }, says: `${MACHINE_NAMES[machine]} as it is now is kept in this tab. “Put back” returns to it.` }));
    } catch (error) {
      this.setState({ says: `No snapshot was taken. ${sayOf(error)}` });
    }
  };

  private readonly putBack = async (machine: MachineId): Promise<void> => {
    const snapshot = this.state.kept[machine];
    if (!snapshot) return;
    const isSame = this.begin(machine);
    try {
      await (this.client as Client).ask('restore', { machine, state: snapshot.state });
    } catch (error) {
      return this.fail(machine, sayOf(error));
    }
    if (!isSame()) return;
    this.setState(({ power, bootMs }) => ({ power: { ...power, [machine]: 'on' }, bootMs: { ...bootMs, [machine]: snapshot.bootMs }, says: `${MACHINE_NAMES[machine]} is back where the snapshot was taken.` }));
    this.screens[machine]?.write('\r\n[put back to the snapshot]\r\n');
    this.type(machine, '\r');
    this.fit(machine);
  };

  /** How an experiment stands that is not done. */
  private status(): string {
    const { id, needs } = this.props.experiment;
    const { power, isHere, open } = this.state;
    if (!isHere || needs.some((machine) => power[machine] !== 'on')) return '';
    if (this.takenBack === id) return 'You took the result back. “Measure again” notes it anew.';
    if (this.noted.has(id)) return '';
    return this.typedFor === id && open && open.length > 0 ? `Not done yet. Still open: ${open.join('; ')}.` : '';
  }

  override render({ instance, files, experiment, isDone }: Props, { loading, stalled, loaded, failure, power, bootMs, kept, panics, typed, refused, heard }: Held) {
    const total = bytesOf(files);
    const come = Math.min(loaded, total);
    return (
      <div class="lx-live" role="group" aria-label="Machines" tabIndex={-1}>
        <style>{xtermCss}</style>
        <p class="sr-only" role="status">{heard}</p>
        <p class="sr-only" role="status" data-of="power">{failure ? '' : loading ? 'The machines are being loaded.' : MACHINES.flatMap((machine) => (experiment.needs.includes(machine) || power[machine] !== 'off' ? [`${MACHINE_NAMES[machine]}: ${standing(power[machine], bootMs[machine])}.`] : [])).join(' ')}</p>
        {loading && (
          <p class="lx-loading">
            <label>Loading <progress max={total} value={come} /> {megabytes(come)} of {megabytes(total)}</label>
            <Button ready onPress={this.cancel}>Cancel</Button>
            <span role="status">{stalled && `Nothing has come for ${STALLED_MS / 1000} seconds. Look at your connection; it goes on by itself when the connection does.`}</span>
          </p>
        )}
        {failure && <p class="pg-note lx-failure" role="alert"><span>{failure.says}</span> <Button ready onPress={() => void this.retry()}>Try again</Button> <Button ready onPress={this.cancel}>Back to the recorded session</Button></p>}
        <div class="lx-machines">
          {MACHINES.map((machine) => (experiment.needs.includes(machine) || power[machine] !== 'off') && (
            <div role="group" class="lx-machine" aria-label={MACHINE_NAMES[machine]} data-power={power[machine]}>
              <Panel machine={machine} power={power[machine]} bootMs={bootMs[machine]} isBusy={loading} start={this.start} off={this.off} />
              <Screen ref={(screen) => { this.screens[machine] = screen; }} id={`${instance}-${machine}`} name={MACHINE_NAMES[machine]} isOn={power[machine] === 'on'} onType={(text) => this.type(machine, text)} onLine={(text) => this.send(machine, text)} onSize={() => this.fit(machine)}
                under={<>
                  {power[machine] === 'panicked' && <p class="lx-panic">{panics[machine]}</p>}
                  <Next machine={machine} steps={experiment.steps} typed={typed} isDone={isDone} isOn={power[machine] === 'on'} isRefused={refused === machine} onPress={() => void this.typeNext()} />
                </>}>
                <More machine={machine} power={power[machine]} hasKept={kept[machine] !== undefined} isBusy={loading} start={this.start} keep={this.keep} putBack={this.putBack} />
              </Screen>
            </div>
          ))}
        </div>
      </div>
    );
  }
}
