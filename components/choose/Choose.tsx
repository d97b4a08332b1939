/** Choose's island: the work above, the answer in words, then each candidate with its reason, and what would change it. */
import type { Tables, Action, Config, Fact, State } from '../../src/sim/choosing/types.ts';
import { act } from '../../src/sim/run.ts';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Answer, type Given } from './Answer.tsx';
import { Bar, type Names } from './Bar.tsx';
import { briefTableOf, tableOf } from './view.ts';

export type ChooseSession = Session<Config, State, Action, Fact>;

interface Props extends IslandProps<Config, Action>, Names, Given {
  /** What the recipe comes to, worked out when the page was built. */
  readonly first: State;
  /** Where the figures lie. */
  readonly address: string;
  /** As a lesson shows it. */
  readonly brief: boolean;
  /** Address of the playground's own page, with this work. */
  readonly full: string;
}

const engineAt = enginesOf<Config, State, Action, Fact>('Choose', async (address) => {
  const [{ makeModel }, tables] = await Promise.all([import('./engine.ts'), fetchKnown<Tables>(address)]);
  return { model: makeModel(tables) };
});

export default function Choose({ recipe, first, address, ...view }: Props) {
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={first} late={engineAt(address)} onDemand={() => import('./on-demand.ts')}
      beside={({ state }, play) => play({ config: ofOthers(state.config), seed: recipe.seed, actions: [] })}>
      {(session) => <View session={session} {...view} />}
    </LateRuns>
  );
}

/** What teaches most beside a work: the same with strangers' code, or, beside that, with one's own. */
function ofOthers(config: Config): Config {
  return { ...config, code: config.code === 'strangers' ? 'mine' : 'strangers' };
}

type ViewProps = Omit<Props, 'recipe' | 'first' | 'address'> & { readonly session: ChooseSession };

function View({ instance, question, caption, session, presets, choices, ...shown }: ViewProps) {
  const { runs, ready } = session;
  const comparing = runs.length > 1;
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={runs.map(({ state }) => (shown.brief ? briefTableOf : tableOf)(state))}
      bar={<Bar session={session} presets={presets} choices={choices} />}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={runs.map(({ state }, i) => <p>{comparing && <b>{i + 1}. </b>}{state.says}</p>)}>
      <div class={comparing ? 'ch-runs ch-two' : 'ch-runs'}>
        {runs.map(({ state }, i) => (
          <Answer state={state} ready={ready} name={comparing ? `Work ${i + 1}` : 'Candidates'} {...shown}
            take={(action) => session.each((run, index) => (index === i ? act(run, action) : run))} />
        ))}
      </div>
    </Frame>
  );
}
