/** BootRace's island: a bet, lanes with what happens in them, and how the times are spread. It draws states and knows no rules. */
import { Component } from 'preact';
import type { Run } from '../../src/sim/index.ts';
import type { Tables } from '../../src/sim/boot-race/types.ts';
import type { Panel } from '../../src/sim/race/sweep.ts';
import { FRAMES, type Action, type Arrangement, type Config, type Fact, type State } from '../../src/sim/race/types.ts';
import { Button } from '../kit/Button.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns, type Arriving } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Bar, type Names } from './Bar.tsx';
import { Bet } from './Bet.tsx';
import { Cited } from './Cited.tsx';
import { Lanes } from './Lanes.tsx';
import { OnOpen } from './OnOpen.tsx';
import { Player } from './Player.tsx';
import type { PlotToSave } from './save-svg.ts';
import { onSharedAxes, tableOf } from './view.ts';

export type RaceRun = Run<Config, State, Action, Fact>;
export type RaceSession = Session<Config, State, Action, Fact>;

interface Props extends IslandProps<Config, Action>, Names {
  /** What the recipe comes to, worked out when the page was built. */
  readonly first: State;
  /** Where the measurements lie. */
  readonly address: string;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

/** The model, and what computes a sweep. */
interface Engine extends Arriving<Config, State, Action, Fact> {
  sweep(arrangement: Arrangement, seed: number): Generator<undefined, readonly Panel[]>;
}

const opened = () => import('./late.ts');
/** Here as soon as a race can have run. */
let late: Awaited<ReturnType<typeof opened>> | undefined;

const engineAt = enginesOf<Config, State, Action, Fact, Engine>('BootRace', async (address) => {
  const [{ makeModel, sweep }, tables, views] = await Promise.all([import('./engine.ts'), fetchKnown<Tables>(address), opened()]);
  late = views;
  return { model: makeModel(tables), sweep: (arrangement, seed) => sweep(tables, arrangement, seed) };
});

export default function BootRace(props: Props) {
  return (
    <LateRuns instance={props.instance} recipe={props.recipe} first={props.first} late={engineAt(props.address)} onDemand={() => import('./on-demand.ts')}
      beside={({ state }, play) => play({ config: onAnother(state.config), seed: state.seed, actions: [] })}>
      {(session) => <View {...props} session={session} />}
    </LateRuns>
  );
}

/** What teaches most beside a race: the same on a machine with many more cores, or with few. */
function onAnother(config: Config): Config {
  return { ...config, machine: config.machine === 'm5d.metal' ? 'rn.haswell' : 'm5d.metal', whenFull: 'refuse', image: 'cached' };
}

type ViewProps = Props & { readonly session: RaceSession };

/** A sweep, and the race that it was computed for. */
interface Done {
  readonly of: string;
  readonly panels: readonly Panel[];
}

interface Held {
  readonly playing: boolean;
  /** The instant was chosen by the slider, which says it. */
  readonly scrubbed?: boolean;
  readonly done?: Done;
  readonly failed?: boolean;
}

class View extends Component<ViewProps, Held> {
  override state: Held = { playing: false };

  override render(props: ViewProps, { playing, scrubbed, done, failed }: Held) {
    const { session, instance, question, caption, base, sources, address, ...names } = props;
    const { runs, run } = session;
    const states = runs.map(({ state }) => state);
    const drawn = onSharedAxes(states);
    const { bet: _, frame, ...arranged } = run.state.config;
    const started = states.some(({ config }) => config.frame > 0);
    const key = JSON.stringify(arranged);
    const swept = done?.of === key ? done : undefined;
    const sweep = async () => {
      try {
        const [{ computed }, engine] = await Promise.all([opened(), engineAt(address).load()]);
        this.setState({ done: { of: key, panels: await computed(engine.sweep(arranged, run.state.seed)) }, failed: false });
      } catch {
        this.setState({ failed: true });
      }
    };
    const save = (state: State) => async (svg: SVGSVGElement, plot: PlotToSave) => (await import('./save-svg.ts')).saveSvg(svg, plot, { state, session, instance, sources });
    return (
      <Frame instance={instance} question={question} caption={caption} session={session}
        tables={[...states.map(tableOf), ...(late ? states.flatMap(late.curvesOf) : []), ...(late && swept ? late.sweepTables(swept.panels, run.state.machine) : [])]}
        bar={<Bar session={session} {...names} />}
        transport={run.recipe.actions.length > 0 && <Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
        say={this.said(states, playing, scrubbed)}>
        {/* Another race takes another bet: what was said of the last one is gone with it. Beside a race that has run there is none. */}
        {!started && <Bet key={key} session={session} instance={instance} />}
        <Player session={session} playing={playing} onPlaying={(now, byHand = false) => this.setState({ playing: now, scrubbed: byHand })} />
        {started && runs.length > 1 && late && <late.Both states={states} />}
        <div class={`br-runs${runs.length > 1 ? ' br-two' : ''}${frame === 0 ? ' br-idle' : ''}`}>
          {states.map((state, i) => (
            <div class="br-run" role="group" aria-label={`${runs.length > 1 ? `${i + 1}. ` : ''}${state.machine}`}>
              <p class="br-machine">{runs.length > 1 && `${i + 1}. `}<b>{state.machine}</b>, {state.cores} cores{state.machineMib !== undefined && `, ${Math.round(state.machineMib / 1024)} GiB`}</p>
              <Lanes state={state} lanes={drawn[i] ?? []} />
              <OnOpen class="pg-why" title={state.config.frame === 0 ? 'How it was measured' : 'Instances, cores, memory, and how it was measured'} load={opened}>
                {({ Detail }) => <Detail state={state} lanes={drawn[i] ?? []} base={base} sources={sources} />}
              </OnOpen>
              {late && <late.Plots lanes={drawn[i] ?? []} ready={session.ready} id={`${instance}-${i + 1}`} save={save(state)} />}
              {frame > 0 && <Why state={state} base={base} sources={sources} />}
            </div>
          ))}
        </div>
        {/* Before the start it would give the bet away. */}
        {frame > 0 && run.state.lanes.some(({ gap }) => gap === undefined) && (
          <div class="br-sweep">
            {/* It stays when its work is done, since the focus is on it. */}
            <Button ready={session.ready} idle={swept !== undefined} onPress={() => void sweep()}>Sweep 1 to 100 at once</Button>
            <span role="status" class={failed ? undefined : 'sr-only'}>{failed ? 'What it takes could not be fetched. Look at your connection and press again.' : swept?.panels.flatMap(({ crossing, growth }) => [crossing, ...growth]).join(' ')}</span>
            {late && swept && <late.Sweep panels={swept.panels} machine={run.state.machine} batch={arranged.atOnce === 0} id={instance} ready={session.ready} save={save(run.state)} />}
          </div>
        )}
        {frame === FRAMES && late && <late.YourTab base={base} />}
      </Frame>
    );
  }

  /** One sentence where a text a frame, or one more beside what the slider says, would be read to nobody's use. */
  private said(states: readonly State[], playing: boolean, scrubbed: boolean | undefined) {
    if (playing) return <p>The race is on.</p>;
    return states.map(({ says, verdict, betOn, config: { frame } }, i) => <p>{states.length > 1 && `${i + 1}. `}{verdict !== '' ? betOn === 'median' ? <b>{verdict}</b> : verdict : scrubbed && frame > 0 && frame < FRAMES ? 'Stopped on the way: the lanes show this instant.' : says}</p>);
  }
}

type WhyProps = Pick<Props, 'base' | 'sources'> & { readonly state: State };

function Why({ state: { reasons }, base, sources }: WhyProps) {
  return (
    <details class="pg-why">
      <summary>Why? The rules that decided</summary>
      <ul>{reasons.map(({ text, sources: cited }) => <li>{text} <Cited ids={cited} base={base} sources={sources} /></li>)}</ul>
    </details>
  );
}
