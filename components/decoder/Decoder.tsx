/** A pasted error and what it means. It draws the model's state; the rules are fetched when the reader comes near. */
import type { Action, Config, Fact, State } from '../../src/sim/decoder/model.ts';
import { act, fork } from '../../src/sim/run.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { Frame } from '../kit/Frame.tsx';
import { LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Answer } from './Answer.tsx';
import { Input } from './Input.tsx';
import { Ladder } from './Ladder.tsx';
import { engineAt, type Rules } from './late.ts';
import { pieces, tableOf } from './view.ts';

/** Names of the runs while two are compared. */
const RUNS = ['First', 'Second'] as const;

interface Props extends IslandProps<Config, Action> {
  /** The state that the recipe comes to, worked out while the site was built. */
  readonly first: State;
  /** Known messages to choose from, by family. */
  readonly names: Readonly<Record<string, string>>;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Where what is known of errors is fetched from. */
  readonly address: string;
  /** Where an issue of the project is opened. */
  readonly issues: string;
}

export default function Decoder({ recipe, first, address, ...view }: Props) {
  const late = engineAt(address);
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={first} late={late} beside={(run) => fork(run)[1]} onDemand={() => import('./on-demand.ts')}>
      {(session) => <View session={session} rules={late.here} {...view} />}
    </LateRuns>
  );
}

interface ViewProps extends Omit<Props, 'recipe' | 'first' | 'address'> {
  readonly session: Session<Config, State, Action, Fact>;
  /** The rules; throws before they are here. */
  readonly rules: () => Rules;
}

function View({ session, rules, instance, question, caption, names, base, issues }: ViewProps) {
  const { runs, run, active, ready } = session;
  const states = runs.map(({ state }) => state);
  const named = states.length > 1 ? RUNS : [];
  // `each` waits for the rules, so they are here when it changes the run.
  const read = (text: string, done: () => void) => session.each((one, i) => {
    if (i !== active) return one;
    const next = act(one, rules().reading(text));
    done();
    return next;
  });
  const choose = (family: string) => family && session.act({ type: 'example', family });
  return (
    <Frame
      instance={instance} question={question} caption={caption} session={session} tables={states.map((state, i) => tableOf(state, named[i]))}
      bar={<>
        {named.length > 0 && (
          <span class="seg" role="group" aria-label="Which one to change">
            {named.map((name, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => session.activate(i)}>{name}</Button>)}
          </span>
        )}
        <label>Take a known message <Choice names={{ '': 'or paste your own below', ...names }} value={run.state.example} disabled={!ready} onChoose={choose} /></label>
      </>}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={states.map((state, i) => <p class="sr-only">{named[i] && `${named[i]}: `}{state.says}</p>)}
    >
      <div class={`dc${named.length > 0 ? ' dc-two' : ''}`}>
        <Input instance={instance} ready={ready} all={`${base}errors/`} onRead={read} read={run.state}>
          {(stale) => states.map((state, i) => (
            <div class="dc-run" data-active={i === active}>
              {named[i] && <p class="dc-name">{named[i]}</p>}
              <Answer state={state} stale={stale && i === active} base={base} issues={issues} ready={ready && i === active} consider={(layer) => session.act({ type: 'consider', layer })} />
              <div class="dc-side">
                <Excerpt state={state} />
                <Ladder state={state} />
              </div>
            </div>
          ))}
        </Input>
      </div>
    </Frame>
  );
}

/** What was read, with what was recognized in it. */
function Excerpt({ state }: { readonly state: State }) {
  if (state.text.trim() === '') return null;
  return (
    <>
      <h4>{state.example ? 'The known message' : state.first ? 'What it was recognized by' : 'What was read'}</h4>
      <pre class="dc-text">{pieces(state).map(({ text, marked }) => (marked ? <mark>{text}</mark> : text))}</pre>
      <p class="dc-small">{state.example ? 'A link to this answer holds the name of this message.' : 'A link to this answer holds only these lines. What you paste stays in this page.'}</p>
    </>
  );
}
