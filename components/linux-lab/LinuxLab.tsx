/** LinuxLab’s island: the experiment, its steps, the recorded session and the results. The machines come as a script of their own, when asked for. */
import { Component, type ComponentType } from 'preact';
import type { Action, Experiment, Fact, Lab, Values } from '../../src/sim/linux-lab/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns, type Arriving } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import type { Live, Steering } from './Live.tsx';
import type { Files } from './protocol.ts';
import { Keeping } from './Keeping.tsx';
import { bytesOf, commandOf, LINKED, MACHINE_NAMES, megabytes, originOf, printedAt, tableOf, type LabConfig, type LabState } from './view.ts';

interface Props extends IslandProps<LabConfig, Action> {
  readonly first: LabState;
  readonly address: string;
  readonly files: Files;
}

type LabSession = Session<LabConfig, LabState, Action, Fact>;

/** The notebook’s rules, and which of the results that were kept from another day still fit them. */
interface Engine extends Arriving<LabConfig, LabState, Action, Fact> {
  readonly fit: (results: LabConfig['results']) => LabConfig['results'];
}

const engineAt = enginesOf<LabConfig, LabState, Action, Fact, Engine>('LinuxLab', async (address) => {
  const [{ fitting, makeModel }, lab] = await Promise.all([import('./engine.ts'), fetchKnown<Lab>(address)]);
  return { model: makeModel(lab), fit: (results) => fitting(lab, results) };
});

export default function LinuxLab({ recipe, first, address, ...view }: Props) {
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={first} late={engineAt(address)} onDemand={() => import('./on-demand.ts')}
      beside={(run, play) => play({ config: { ...run.state.config, results: {} }, seed: recipe.seed, actions: [] })}>
      {(session) => <Bench session={session} fit={(results) => engineAt(address).load().then((engine) => engine.fit(results))} {...view} />}
    </LateRuns>
  );
}

interface Held {
  readonly Machines: ComponentType<Live['props']> | undefined;
  /** What the machines are doing, and how they are asked to do something else. */
  readonly live: Steering | undefined;
  readonly failed: boolean;
  /** Whether their script is on its way. */
  readonly comes: boolean;
}

class Bench extends Component<Omit<Props, 'recipe' | 'first' | 'address'> & { readonly session: LabSession; readonly fit: (results: LabConfig['results']) => Promise<LabConfig['results']> }, Held> {
  override state: Held = { Machines: undefined, live: undefined, failed: false, comes: false };

  private readonly fetchMachines = () => {
    this.setState({ comes: true, failed: false });
    return import('./Live.tsx').then(
      // In a task of its own: to read the script is one already.
      ({ Live: Machines }) => setTimeout(() => this.setState({ Machines: Machines as ComponentType<Live['props']>, comes: false })),
      () => this.setState({ failed: true, comes: false }),
    );
  };

  private readonly leave = () => this.setState({ Machines: undefined }, () => document.querySelector<HTMLElement>(`#${this.props.instance} .lx-offer button`)?.focus());

  override render({ session, fit, instance, question, caption, files }: Bench['props'], { Machines, live, failed, comes }: Held) {
    const { run, runs, ready } = session;
    const { open, done: noted, titles, config } = run.state;
    const done = noted.filter((id) => originOf(run, id) === '');
    const own = Object.fromEntries(Object.entries(config.results).filter(([id]) => originOf(run, id) !== LINKED));
    const origin = originOf(run, open.id);
    const ids = Object.keys(titles);
    const at = ids.indexOf(open.id);
    const go = (to: string | undefined) => to !== undefined && session.act({ type: 'open', experiment: to });
    const record = (experiment: string, values: Values) => session.act({ type: 'record', experiment, values });
    // What was measured is the reader’s work: “Start over” takes it away as a step that can be undone.
    const reset = () => (noted.length > 0 && runs.length === 1 ? session.act({ type: 'recall', results: {}, date: '' }) : session.reset());
    const isCleared = noted.length === 0 && run.recipe.actions[run.cursor - 1]?.type === 'recall';
    return (
      <Frame instance={instance} question={question} caption={caption} session={{ ...session, reset }} tables={runs.map((each, i) => tableOf(each.state, runs.length > 1 ? `Notebook ${i + 1}` : undefined, each))}
        bar={(
          <>
            <label>Experiment <Choice names={Object.fromEntries(ids.map((id, i) => [id, `${i + 1}. ${titles[id] ?? ''}${done.includes(id) ? ' (done)' : ''}`]))} value={open.id} disabled={!ready} onChoose={(id) => go(id)} /></label>
            <span class="seg"><Button ready={ready} idle={at === 0} onPress={() => go(ids[at - 1])}>Previous</Button> <Button ready={ready} idle={at === ids.length - 1} onPress={() => go(ids[at + 1])}>Next</Button></span>
            <span class="lx-count">{done.length} of {ids.length} done{noted.length > done.length && ` in this visit, ${noted.length - done.length} ${noted.some((id) => originOf(run, id) === LINKED) ? LINKED : 'before'}`}</span>
          </>
        )}
        transport={run.recipe.actions.length > 0 && <Transport session={session} words={['Undo', 'Redo']} unit="Note" />}
        say={runs.map((each, i) => <p>{runs.length > 1 && <b>Notebook {i + 1}: </b>}{each.state.says}{unmeasured(originOf(each, open.id))}</p>)}>
        <Task experiment={open} live={live} ready={ready} id={`${instance}-off`} />
        {Machines
          ? <Machines instance={instance} files={files} experiment={open} isDone={done.includes(open.id)} onResult={record} onSteering={(to) => this.setState({ live: to })} onLeave={this.leave} />
          : <Offer id={`${instance}-off`} files={files} ready={ready} failed={failed} comes={comes} both={open.needs.length > 1} onPress={() => void this.fetchMachines()} />}
        {!Machines && <Recorded key={open.id} state={run.state} ready={ready} />}
        {live && <Down experiment={open} live={live} id={`${instance}-off`} />}
        <div class="lx-check">
          <p role="status">{isCleared && !live?.hint && 'All results are taken away. Undo brings them back. '}{verdict(open, noted.includes(open.id) ? origin : undefined, live)}</p>
          {live?.reset && <Button ready class="primary" idle={live.isBusy} onPress={() => live.reset && live.boot([live.reset])}>Reset machine {live.reset.toUpperCase()}</Button>}
          {live?.again && <Button ready idle={!live.isOn} onPress={live.again}>Measure again</Button>}
          <Keeping session={session} own={own} measured={done.length > 0} instance={instance} fit={fit} />
        </div>
        <Results state={run.state} origin={origin} />
      </Frame>
    );
  }
}

/** How an experiment stands: a hint comes first, then what is missing. `origin` is where its result comes from, undefined for none. */
function verdict({ means }: Experiment, origin: string | undefined, live: Steering | undefined): string {
  if (origin === '') return live?.hint || `Done. ${means}`;
  return [live?.hint, live?.says].filter(Boolean).join(' ') || (origin ? 'Not measured in this visit yet.' : '');
}

const unmeasured = (origin: string) => origin && ` Not measured in this visit, but ${origin}.`;

interface TaskProps {
  readonly experiment: Experiment;
  readonly live: Steering | undefined;
  readonly ready: boolean;
  /** Names what says why nothing can be typed. */
  readonly id: string;
}

/** The buttons stand there before there are machines: what they would push down is the button that was just pressed. */
function Task({ experiment: { belief, steps, needs }, live, ready, id }: TaskProps) {
  // Also while a machine is down on which an earlier step is to be typed: a later one may destroy what that step was for.
  const isHeld = (step: number) => steps.slice(0, step + 1).some(({ on }) => live?.power[on] !== 'on');
  return (
    <div class="lx-task">
      <p class="lx-belief">Tests the belief: <q>{belief}</q></p>
      {steps.length > 0 && <ol>
        {steps.map(({ says, on, type: line }, i) => (
          <li>
            <p>{says}{needs.length > 1 && <b> {MACHINE_NAMES[on]}.</b>}</p>
            <div class="lx-step"><code>{line}</code><Button ready={ready} class="needs-js" idle={isHeld(i)} aria-label={`Type it, step ${i + 1}`} aria-describedby={isHeld(i) ? id : undefined} onPress={() => void live?.type(i)}>Type it</Button></div>
          </li>
        ))}
      </ol>}
    </div>
  );
}

/** Why nothing can be typed. It stands below the machines, so that they stay where they are when it comes and goes. */
function Down({ experiment: { steps, needs }, live, id }: { readonly experiment: Experiment; readonly live: Steering; readonly id: string }) {
  const down = steps.length > 0 ? needs.filter((machine) => live.power[machine] !== 'on') : [];
  return down.length > 0 && (
    <div class="lx-off" id={id}>
      <p>{down.map((machine) => `${MACHINE_NAMES[machine]} ${STATES[live.power[machine]]}.`).join(' ')} Nothing can be typed there.</p>
      {down.length > 1 && down.every((machine) => live.power[machine] === 'off')
        ? <Button ready class="primary" idle={live.isBusy} onPress={() => live.boot(down)}>Boot both machines</Button>
        : down.map((machine) => <Button ready class="primary" idle={live.isBusy} onPress={() => live.boot([machine])}>{live.power[machine] === 'off' ? 'Boot' : 'Reset'} machine {machine.toUpperCase()}</Button>)}
    </div>
  );
}

const STATES = { off: 'is off', booting: 'is booting', on: 'is on', panicked: 'has panicked', halted: 'has halted' } as const;

interface OfferProps {
  readonly files: Files;
  readonly ready: boolean;
  readonly failed: boolean;
  readonly comes: boolean;
  /** Whether it takes both machines. */
  readonly both: boolean;
  readonly id: string;
  readonly onPress: () => void;
}

function Offer({ files, ready, failed, comes, both, id, onPress }: OfferProps) {
  // The script for it is there to be pressed only where it could run.
  const can = !ready || typeof WebAssembly === 'object';
  return (
    <div class="lx-offer">
      {can
        ? <Button ready={ready} id={id} class="primary" idle={comes} onPress={onPress}>Boot {both ? 'two real Linuxes' : 'a real Linux'} in this tab ({megabytes(bytesOf(files))})</Button>
        : <p id={id}>This browser has no WebAssembly, so the machines cannot run here. The recorded session shows what they printed.</p>}
      <p>{can && 'Two machines of 64 MiB, each with a kernel of its own, in an emulator without a just-in-time compiler. They run in your browser; nothing is sent anywhere.'}<b role="status">{comes && ' Their script is being loaded.'}</b>{failed && <b role="alert"> Their script could not be loaded. Look at your connection and press again.</b>}</p>
    </div>
  );
}

/** What real machines printed on the day of the recording, command by command. */
class Recorded extends Component<{ readonly state: LabState; readonly ready: boolean }, { readonly at: number }> {
  override state = { at: this.props.state.session.length };

  /** What has just come stands at the end, as on a terminal. */
  override componentDidUpdate(): void {
    for (const rest of (this.base as HTMLElement).querySelectorAll<HTMLElement>('.lx-paper > span')) {
      const paper = rest.parentElement as HTMLElement;
      paper.scrollTop = rest.offsetTop + LAST_LINE - paper.clientHeight;
    }
  }

  override render({ state: { session, recorded }, ready }: Recorded['props'], { at }: { readonly at: number }) {
    const last = session.at(at - 1);
    if (!last) return null;
    const end = session.length;
    const to = (moment: number) => this.setState({ at: moment });
    const all = printedAt(session, end);
    return (
      <div class="lx-recorded">
        {end > 1 && (
          <div class="lx-scrub">
            <label>Recorded session <input type="range" min={1} max={end} value={at} disabled={!ready} aria-valuetext={`${at} of ${end}`} onInput={(event) => to(Number(event.currentTarget.value))} /></label>
            <span class="seg"><Button ready={ready} idle={at === 1} onPress={() => to(at - 1)}>Earlier</Button> <Button ready={ready} idle={at === end} onPress={() => to(at + 1)}>Later</Button></span>
            <p>{at} of {end} <span role="status">{commandOf(last)}</span></p>
          </div>
        )}
        <div class="lx-machines">
          {printedAt(session, at).map(([machine, text], i) => (
            <div role="group" class="lx-machine" aria-label={`${MACHINE_NAMES[machine]}, recorded`}>
              <h3>{MACHINE_NAMES[machine]} <span>Linux {recorded.kernels[machine]}</span></h3>
              {/* What is yet to come takes its room, so that nothing moves when it does. */}
              <pre class="lx-paper" tabIndex={0} role="group" aria-label={`What ${MACHINE_NAMES[machine]} printed`}>{text}<span>{all[i]?.[1].slice(text.length)}</span></pre>
            </div>
          ))}
        </div>
        <p class="lx-small">Recorded on {recorded.date} with {recorded.emulator}, {recorded.host}. Nothing in it was written by hand.</p>
      </div>
    );
  }
}

/** The height in px of a line of a paper and of the padding below it. */
const LAST_LINE = 30;

function Results({ state: { rows, open, recorded }, origin }: { readonly state: LabState; readonly origin: string }) {
  const then = `Recorded, ${recorded.date}`;
  const own = rows.filter(({ experiment }) => experiment === open.id);
  return (
    <div class="lx-results scroll-x" tabIndex={0} role="group" aria-label="Results of this experiment">
      <table role="table">
        <thead role="rowgroup"><tr><th scope="col">Measured</th><th scope="col">This tab</th><th scope="col">{then}</th><th scope="col">Models and figures say</th></tr></thead>
        <tbody>
          {own.map(({ measure, yours, recorded: value, model }) => (
            <tr role="row">
              <th scope="row" role="rowheader">{measure}</th>
              <td role="cell" data-of="This tab">{!yours ? 'not yet' : origin ? <>{yours}<small> {origin}</small></> : <b>{yours}</b>}</td>
              <td role="cell" data-of={then}>{value}</td>
              <td role="cell" data-of="Models and figures say">{model}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
