/** WillItRun's island: controls, the answer, the drawing of the way. It draws what the state says; the rules arrive when a reader acts. */
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import type { Action, Config } from '../../src/sim/compat/act.ts';
import type { Fact, State } from '../../src/sim/compat/model.ts';
import { fork } from '../../src/sim/run.ts';
import { CrossSection, Legend } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Answer, Terms, Ways } from './Answer.tsx';
import { Bar } from './Bar.tsx';
import type { Engine } from './engine.ts';
import { Icon, type Sign } from './Icon.tsx';
import { MatrixFold } from './MatrixFold.tsx';
import { readTitles } from './sources.ts';
import { labelOf, lineParts, marksOf, tableOf } from './view.ts';

export type Asking = Session<Config, State, Action, Fact>;

/** Names of the runs while two are compared. */
export const RUNS = ['First', 'Second'] as const;

interface Props extends IslandProps<Config, Action> {
  /** The first state, as JSON: the build has planned it. */
  readonly first: string;
  /** Where the knowledge lies. */
  readonly address: string;
  /** Where the rows and columns of the matrix lie. */
  readonly axesAddress: string;
  readonly base: string;
  /** Titles of sources, as sources.ts writes them. */
  readonly sources: string;
  /** Controls that the author speaks of, as `host.os`; the others are folded. Without it, those are folded that few need. */
  readonly shown?: readonly string[] | undefined;
}

const engineAt = enginesOf<Config, State, Action, Fact, Engine>('WillItRun', async (address) => {
  const [{ engineOf }, knowledge] = await Promise.all([import('./engine.ts'), fetchKnown<Knowledge>(address)]);
  return engineOf(knowledge);
});

export default function WillItRun({ recipe, first, address, sources, ...view }: Props) {
  const late = engineAt(address);
  const titles = readTitles(sources);
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={JSON.parse(first) as State} late={late} beside={(run) => fork(run)[1]} onDemand={() => import('./on-demand.ts')}>
      {(session) => <View session={session} engine={late.load} titles={titles} {...view} />}
    </LateRuns>
  );
}

interface ViewProps extends Pick<Props, 'instance' | 'question' | 'caption' | 'base' | 'axesAddress' | 'shown'> {
  readonly session: Asking;
  readonly engine: () => Promise<Engine>;
  readonly titles: Readonly<Record<string, string>>;
}

function View({ session, engine, titles, instance, question, caption, base, axesAddress, shown }: ViewProps) {
  const { runs, active } = session;
  const states = runs.map(({ state }) => state);
  const names = states.length > 1 ? RUNS : [];
  const head = names.length > 0 ? 'h4' : 'h3';
  const cite = (ids: readonly string[]) => ids.length > 0 && <span class="wr-cite"> {ids.map((id) => <a href={`${base}sources/#${id}`}>{titles[id] ?? id}</a>)}</span>;
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={states.map((state, i) => tableOf(state, names[i]))}
      bar={<Bar instance={instance} session={session} engine={engine} shown={shown} />}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={states.map((state, i) => <><Verdict state={state} name={names[i]} isActive={i === active} /><p class="wr-line">{lineParts(states, i).map(({ text, differs }) => <span>{differs ? <b>{text}</b> : text}</span>)}</p></>)}>
      <div class={`wr${names.length > 0 ? ' wr-two' : ''}`}>
        {states.map((state, i) => (
          <div class="wr-run" data-active={i === active}>
            {names[i] && <h3 class="wr-name">{names[i]}</h3>}
            <Answer state={state} instance={instance} session={session} isActive={i === active} cite={cite} head={head} />
            <div class="wr-drawing">
              <Drawing state={state} />
              <Terms state={state} cite={cite} head={head} />
            </div>
          </div>
        ))}
      </div>
      <Legend />
      <Ways state={session.run.state} session={session} name={names[active]} />
      <MatrixFold instance={instance} base={base} ready={session.ready} rules={async () => (await engine()).knowledge} axesAddress={axesAddress} />
    </Frame>
  );
}

const SIGNS: Readonly<Record<State['verdict'], Sign>> = { 'runs': 'yes', 'runs-if': 'maybe', 'no': 'no', 'by-hand': 'hand' };

/** The answer with its first words brought out. */
function Verdict({ state: { verdict, says }, name, isActive }: { readonly state: State; readonly name: string | undefined; readonly isActive: boolean }) {
  const first = says.indexOf('.') + 1;
  return (
    <p class="wr-verdict" data-verdict={verdict} data-active={isActive} tabIndex={-1}>
      <Icon sign={SIGNS[verdict]} />
      <span>{name && <span class="wr-name">{name}: </span>}<b>{says.slice(0, first)}</b>{says.slice(first)}</span>
    </p>
  );
}

function Drawing({ state }: { readonly state: State }) {
  const way = state.ways[state.drawn];
  return (
    <>
      <p class="wr-head">{way ? <>{way.kind === 'miss' ? 'Nearest way, which fails' : 'Drawn'}: <b>{way.title}</b></> : 'The machine as it is'}</p>
      <CrossSection root={state.stack} label={labelOf(state)} marks={marksOf(state)} notes={state.notes} />
    </>
  );
}
