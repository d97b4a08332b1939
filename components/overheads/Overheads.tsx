/** Overheads' island: published measurements on one axis, turned by work or by runner. It draws states and knows no rules. */
import { act, type Run } from '../../src/sim/run.ts';
import type { Action, Comparison, Config, Fact, State } from '../../src/sim/overheads/types.ts';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Bar } from './Bar.tsx';
import { Groups, Legend } from './Groups.tsx';
import { sharedAxis, tableOf } from './view.ts';

export type OverheadsRun = Run<Config, State, Action, Fact>;
export type OverheadsSession = Session<Config, State, Action, Fact>;

interface Props extends IslandProps<Config, Action> {
  /** What the recipe comes to, worked out when the page was built. */
  readonly first: State;
  /** Where the comparisons lie. */
  readonly address: string;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

const engineAt = enginesOf<Config, State, Action, Fact>('Overheads', async (address) => {
  const [{ makeModel }, comparisons] = await Promise.all([import('./engine.ts'), fetchKnown<readonly Comparison[]>(address)]);
  return { model: makeModel(comparisons) };
});

export default function Overheads(props: Props) {
  return (
    <LateRuns instance={props.instance} recipe={props.recipe} first={props.first} late={engineAt(props.address)} onDemand={() => import('./on-demand.ts')}
      beside={({ state }, play) => play({ config: counterpart(state.config), seed: state.seed, actions: [] })}>
      {(session) => <View {...props} session={session} />}
    </LateRuns>
  );
}

/** What teaches most beside it: the work that costs most beside one that costs nothing, a VM beside a container. */
function counterpart(config: Config): Config {
  const { view, work, runner } = config;
  if (view === 'by-work') return { ...config, only: '', work: work === 'compute' ? 'system-calls' : 'compute' };
  return { ...config, only: '', runner: runner === 'container' ? 'vm' : 'container' };
}

function View({ session, instance, question, caption, base, sources }: Props & { readonly session: OverheadsSession }) {
  const { runs, active, ready } = session;
  const states = runs.map(({ state }) => state);
  const comparing = runs.length > 1;
  const axis = sharedAxis(states);
  const turnIn = (index: number) => (to: Partial<Config>) => session.each((run, i) => (i === index && changes(run.state.config, to) ? act(run, { type: 'turn', to }) : run));
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={states.map(tableOf)}
      bar={<Bar session={session} turn={turnIn(active)} />}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={states.map(({ says }) => <p>{says}</p>)}>
      <div class={comparing ? 'ov-runs ov-two' : 'ov-runs'}>
        {states.map((state, i) => (
          <div class="ov-run" role="group" aria-label={`${comparing ? `${i + 1}. ` : ''}${tableOf(state).caption}`}>
            {comparing && <p class="ov-run-name"><b>{i + 1}. {tableOf(state).caption}</b></p>}
            <Groups state={state} axis={axis} ready={ready} base={base} sources={sources} id={`${instance}-${i + 1}`} takeSide={(side) => turnIn(i)({ side })} />
          </div>
        ))}
      </div>
      <Legend />
    </Frame>
  );
}

/** Whether a turn leads anywhere: pressing what is pressed already leaves nothing to undo. */
function changes(config: Config, to: Partial<Config>): boolean {
  return Object.entries(to).some(([key, value]) => config[key as keyof Config] !== value) || (config.only !== '' && (to.work ?? to.runner ?? to.view) !== undefined);
}
