/** BootRace's island: a bet, lanes with what happens in them, and how the times are spread. It draws states and knows no rules. */
import { Component } from 'preact';
import type { Run } from '../../src/sim/index.ts';
import type { Tables } from '../../src/sim/boot-race/types.ts';
import type { Action, Config, Fact, State } from '../../src/sim/race/types.ts';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Bar, type Names } from './Bar.tsx';
import { Bet } from './Bet.tsx';
import { Cited } from './Cited.tsx';
import { Lanes } from './Lanes.tsx';
import { Player } from './Player.tsx';
import { Plots } from './Plots.tsx';
import { curvesOf, onSharedAxes, tableOf } from './view.ts';

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

const engineAt = enginesOf<Config, State, Action, Fact>('BootRace', async (address) => {
  const [{ makeModel }, tables] = await Promise.all([import('./engine.ts'), fetchKnown<Tables>(address)]);
  return { model: makeModel(tables) };
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

class View extends Component<ViewProps, { readonly playing: boolean }> {
  override state = { playing: false };

  override render({ session, instance, question, caption, base, sources, ...names }: ViewProps, { playing }: { readonly playing: boolean }) {
    const { runs } = session;
    const states = runs.map(({ state }) => state);
    const comparing = runs.length > 1;
    const drawn = onSharedAxes(states);
    const { bet: _, ...arranged } = session.run.state.config;
    return (
      <Frame instance={instance} question={question} caption={caption} session={session}
        tables={[...states.map(tableOf), ...states.flatMap(curvesOf)]}
        bar={<Bar session={session} {...names} />}
        transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
        // Sixty sentences a second would be read to nobody's use.
        say={playing ? <p>The race is on.</p> : states.map(({ says, verdict }) => <p>{verdict !== '' && <b>{verdict} </b>}{says.slice(verdict.length).trimStart()}</p>)}>
        {/* Another race takes another bet: what was said of the last one is gone with it. */}
        {arranged.frame === 0 && <Bet key={JSON.stringify(arranged)} session={session} instance={instance} />}
        <Player session={session} playing={playing} onPlaying={(now) => this.setState({ playing: now })} />
        <div class={comparing ? 'br-runs br-two' : 'br-runs'}>
          {states.map((state, i) => (
            <div class="br-run" role="group" aria-label={`${comparing ? `${i + 1}. ` : ''}${state.machine}`}>
              <p class="br-machine">{comparing && `${i + 1}. `}<b>{state.machine}</b>, {state.cores} cores{state.machineMib !== undefined && `, ${Math.round(state.machineMib / 1024)} GiB`}</p>
              <Lanes state={state} lanes={drawn[i] ?? []} base={base} sources={sources} />
              <Plots lanes={drawn[i] ?? []} ready={session.ready} id={`${instance}-${i + 1}`} />
              <Why state={state} base={base} sources={sources} />
            </div>
          ))}
        </div>
      </Frame>
    );
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
