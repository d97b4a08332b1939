/** LinuxLab’s island: the experiment, its steps, the recorded session and the results. The machines come as a script of their own, when asked for. */
import { Component, type ComponentType } from 'preact';
import type { Action, Experiment, Fact, Lab, MachineId, Values } from '../../src/sim/linux-lab/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns, type Arriving } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import type { Live } from './Live.tsx';
import type { Files } from './protocol.ts';
import { Keeping } from './Keeping.tsx';
import { bytesOf, MACHINE_NAMES, megabytes, printedAt, tableOf, type LabConfig, type LabState } from './view.ts';

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

type Typer = (machine: MachineId, line: string) => void;

interface Held {
  readonly Machines: ComponentType<Live['props']> | undefined;
  readonly type: Typer | undefined;
  readonly failed: boolean;
}

class Bench extends Component<Omit<Props, 'recipe' | 'first' | 'address'> & { readonly session: LabSession; readonly fit: (results: LabConfig['results']) => Promise<LabConfig['results']> }, Held> {
  override state: Held = { Machines: undefined, type: undefined, failed: false };

  private readonly fetchMachines = () => import('./Live.tsx').then(
    // In a task of its own: to read the script is one already.
    ({ Live: Machines }) => setTimeout(() => this.setState({ Machines: Machines as ComponentType<Live['props']>, failed: false })),
    () => this.setState({ failed: true }),
  );

  private readonly leave = () => this.setState({ Machines: undefined }, () => document.querySelector<HTMLElement>(`#${this.props.instance} .lx-offer button`)?.focus());

  override render({ session, fit, instance, question, caption, files }: Bench['props'], { Machines, type, failed }: Held) {
    const { run, runs, ready } = session;
    const { open, done, titles } = run.state;
    const ids = Object.keys(titles);
    const at = ids.indexOf(open.id);
    const go = (to: string | undefined) => to !== undefined && session.act({ type: 'open', experiment: to });
    const record = (experiment: string, values: Values) => session.act({ type: 'record', experiment, values });
    return (
      <Frame instance={instance} question={question} caption={caption} session={session} tables={runs.map(({ state }, i) => tableOf(state, runs.length > 1 ? `Notebook ${i + 1}` : undefined))}
        bar={(
          <>
            <label>Experiment <Choice names={Object.fromEntries(ids.map((id, i) => [id, `${i + 1}. ${titles[id] ?? ''}${done.includes(id) ? ' (done)' : ''}`]))} value={open.id} disabled={!ready} onChoose={(id) => go(id)} /></label>
            <span class="seg"><Button ready={ready} idle={at === 0} onPress={() => go(ids[at - 1])}>Previous</Button> <Button ready={ready} idle={at === ids.length - 1} onPress={() => go(ids[at + 1])}>Next</Button></span>
            <span class="lx-count">{done.length} of {ids.length} done</span>
          </>
        )}
        transport={<Transport session={session} words={['Undo', 'Redo']} unit="Note" />}
        say={runs.map(({ state }, i) => <p>{runs.length > 1 && <b>Notebook {i + 1}: </b>}{state.says}</p>)}>
        <Task experiment={open} type={type} ready={ready} />
        {!Machines && <Offer files={files} ready={ready} failed={failed} onPress={() => void this.fetchMachines()} />}
        {Machines
          ? <Machines instance={instance} files={files} experiment={open} isDone={done.includes(open.id)} onResult={record} onTyper={(to) => this.setState({ type: to })} onLeave={this.leave} />
          : <Recorded key={open.id} state={run.state} ready={ready} />}
        <Results state={run.state} />
        <Keeping session={session} instance={instance} fit={fit} />
      </Frame>
    );
  }
}

function Task({ experiment: { belief, steps, needs }, type, ready }: { readonly experiment: Experiment; readonly type: Typer | undefined; readonly ready: boolean }) {
  return (
    <div class="lx-task">
      <p class="lx-belief">Tests the belief: <q>{belief}</q></p>
      <ol>
        {steps.map(({ says, on, type: line }) => (
          <li>
            <p>{says}{needs.length > 1 && <b> {MACHINE_NAMES[on]}.</b>}</p>
            <div class="lx-step"><code>{line}</code>{type && <Button ready={ready} onPress={() => type(on, line)}>Type it</Button>}</div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Offer({ files, ready, failed, onPress }: { readonly files: Files; readonly ready: boolean; readonly failed: boolean; readonly onPress: () => void }) {
  // The script for it is there to be pressed only where it could run.
  const can = !ready || typeof WebAssembly === 'object';
  return (
    <div class="lx-offer">
      {can
        ? <Button ready={ready} class="primary" onPress={onPress}>Boot a real Linux in this tab ({megabytes(bytesOf(files))})</Button>
        : <p>This browser has no WebAssembly, so the machines cannot run here. The recorded session shows what they printed.</p>}
      <p>Two emulated machines of 64 MiB, each with a kernel of its own. They run in your browser; nothing is sent anywhere.{failed && <b role="alert"> Their script could not be loaded. Look at your connection and press again.</b>}</p>
    </div>
  );
}

/** What real machines printed on the day of the recording; the slider goes through it. */
class Recorded extends Component<{ readonly state: LabState; readonly ready: boolean }, { readonly at: number }> {
  override state = { at: this.props.state.session.length };

  override render({ state: { session, recorded }, ready }: Recorded['props'], { at }: { readonly at: number }) {
    if (session.length === 0) return null;
    return (
      <div class="lx-recorded">
        <label class="lx-scrub">Recorded session <input type="range" min={1} max={session.length} value={at} disabled={!ready} aria-valuetext={`moment ${at} of ${session.length}`} onInput={(event) => this.setState({ at: Number(event.currentTarget.value) })} /></label>
        <div class="lx-machines">
          {printedAt(session, at).map(([machine, text]) => (
            <section class="lx-machine" aria-label={`${MACHINE_NAMES[machine]}, recorded`}>
              <h3>{MACHINE_NAMES[machine]} <span>Linux {recorded.kernels[machine]}</span></h3>
              <pre class="lx-paper" tabIndex={0} role="group" aria-label={`What ${MACHINE_NAMES[machine]} printed`}>{text}</pre>
            </section>
          ))}
        </div>
        <p class="lx-small">Recorded on {recorded.date} with {recorded.emulator}, {recorded.host}. Nothing in it was written by hand.</p>
      </div>
    );
  }
}

function Results({ state: { rows, open, recorded } }: { readonly state: LabState }) {
  const own = rows.filter(({ experiment }) => experiment === open.id);
  return (
    <div class="lx-results scroll-x" tabIndex={0} role="group" aria-label="Results of this experiment">
      <table>
        <thead><tr><th scope="col">Measured</th><th scope="col">This tab</th><th scope="col">Recorded, {recorded.date}</th><th scope="col">Models and figures say</th></tr></thead>
        <tbody>{own.map(({ measure, yours, recorded: then, model }) => <tr><th scope="row">{measure}</th><td>{yours ? <b>{yours}</b> : 'not yet'}</td><td>{then}</td><td>{model}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
