/** LayerLab’s island: it asks for the bytes, lets the action happen and draws what the state says. The rules arrive when a reader acts. */
import { Component } from 'preact';
import type { Tables } from '../../src/sim/image-store/model.ts';
import type { Action, Fact } from '../../src/sim/image-store/types.ts';
import { act, fork, type Run } from '../../src/sim/run.ts';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Bar } from './Bar.tsx';
import type { Engine } from './engine.ts';
import { Cards, Disk, Forest } from './Forest.tsx';
import { Look } from './Look.tsx';
import { NO_SCORE, Question, scored, Verdict, type Score } from './Question.tsx';
import type { Quiz } from './quiz.ts';
import { scaleOf, tableOf, type LabConfig, type LabState } from './view.ts';

export type LabRun = Run<LabConfig, LabState, Action, Fact>;
export type LabSession = Session<LabConfig, LabState, Action, Fact>;

/** Names of the runs while two are compared. */
export const RUNS = ['First', 'Second'] as const;

interface Props extends IslandProps<LabConfig, Action> {
  /** The first state, as JSON. */
  readonly first: string;
  /** Where the images and the model’s words lie. */
  readonly address: string;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Titles of the sources that reasons cite, by id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Whether to ask before an action shows its bytes. */
  readonly predict: boolean;
}

const engineAt = enginesOf<LabConfig, LabState, Action, Fact, Engine>('LayerLab', async (address) => {
  const [{ engineIn }, tables] = await Promise.all([import('./engine.ts'), fetchKnown<Tables>(address)]);
  return engineIn(tables);
});

export default function LayerLab({ recipe, first, address, ...view }: Props) {
  const late = engineAt(address);
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={JSON.parse(first) as LabState} late={late} beside={(run) => fork(run)[1]} onDemand={() => import('./on-demand.ts')}>
      {(session) => <Lab session={session} engine={late.here} {...view} />}
    </LateRuns>
  );
}

interface LabProps extends Omit<Props, 'recipe' | 'first' | 'address'> {
  readonly session: LabSession;
  /** The rules; throws before they are here. */
  readonly engine: () => Engine;
}

/** An action that waits for the reader’s prediction, or one that came after it. */
export interface Asked {
  readonly action: Action;
  readonly quiz: Quiz;
  /** What the question was asked of: it lapses when the run moves on. */
  readonly at: LabState;
  /** The option that was chosen; -1 for one who wanted to see. */
  readonly chosen?: number;
  /** How sure the reader was, if they said. */
  readonly sure?: number | undefined;
}

interface Held {
  readonly predicts: boolean;
  readonly asked: Asked | undefined;
  readonly sure: number | undefined;
  readonly score: Score;
}

class Lab extends Component<LabProps, Held> {
  override state: Held = { predicts: this.props.predict, asked: undefined, sure: undefined, score: NO_SCORE };
  private pressed: HTMLElement | null = null;

  /** Asks first where the bytes are a question; else acts. `each` waits for the rules, so they are here when it looks at the run. */
  private readonly take = (action: Action): void => {
    const { session, engine } = this.props;
    this.pressed = document.activeElement as HTMLElement | null;
    session.each((run, i) => {
      if (i !== session.active) return run;
      const quiz = this.state.predicts ? engine().quiz(run.state, action) : null;
      this.setState({ asked: quiz ? { action, quiz, at: run.state } : undefined, sure: undefined }, this.focus);
      return quiz ? run : act(run, action);
    });
  };

  private readonly answer = (chosen: number): void => {
    const { asked, sure, score } = this.state;
    if (!asked || asked.chosen !== undefined) return;
    this.props.session.act(asked.action);
    // Who wants to see has said nothing that could be right.
    this.setState({ asked: { ...asked, chosen, sure }, score: chosen < 0 ? score : scored(score, chosen === asked.quiz.right, sure ?? 0) }, this.focus);
  };

  private readonly drop = (): void => this.setState({ asked: undefined }, this.focus);

  /** An open question takes the focus; a closed one gives it back. A control that is gone leaves it to the playground. */
  private readonly focus = (): void => {
    requestAnimationFrame(() => {
      // The page may have closed in the meantime.
      const root = (this.base as HTMLElement | null)?.closest('.pg');
      const open = root?.querySelector<HTMLElement>('.ll-ask :is(input, button)');
      if (open) open.focus();
      else if (!root?.contains(document.activeElement)) (this.pressed?.isConnected ? this.pressed : root?.querySelector<HTMLElement>('.ll-judged, .ll-run'))?.focus({ preventScroll: true });
    });
  };

  override render({ instance, question, caption, session, base, titles }: LabProps, { predicts, asked, sure, score }: Held) {
    const { runs, run, active, ready } = session;
    const states = runs.map(({ state }) => state);
    const names = states.length > 1 ? RUNS : [];
    const open = asked?.chosen === undefined && asked?.at === run.state ? asked : undefined;
    // The verdict belongs to the action, so it goes and comes with Undo and Redo.
    const judged = asked?.chosen !== undefined && run.recipe.actions[run.cursor - 1] === asked.action ? asked : undefined;
    const scale = scaleOf(states);
    return (
      <Frame instance={instance} question={question} caption={caption} session={session} tables={states.map((state, i) => tableOf(state, names[i]))}
        bar={<Bar session={session} take={this.take} predicts={predicts} onPredict={(now) => this.setState({ predicts: now, asked: undefined })} />}
        transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
        say={states.map(({ says }, i) => <Said text={says} name={names[i]} />)}>
        {open && <Question asked={open} sure={sure} onSure={(now) => this.setState({ sure: now })} instance={instance} answer={this.answer} drop={this.drop} ready={ready} />}
        <Verdict asked={judged} reasons={run.state.shown.reasons} score={score} />
        <div class={`ll${names.length > 0 ? ' ll-two' : ''}`}>
          {states.map((state, i) => (
            <div class="ll-run" data-active={i === active} role="group" tabIndex={-1} aria-label={names[i] ?? 'The store'}>
              {names[i] && <p class="ll-name">{names[i]}</p>}
              <Disk shown={state.shown} scale={scale} />
              <div class="ll-sides">
                <div class="ll-main">
                  <Forest shown={state.shown} />
                  <Cards cards={state.shown.cards} />
                </div>
                <Look shown={state.shown} isActive={i === active} ready={ready} take={this.take} />
              </div>
            </div>
          ))}
        </div>
        <Why reasons={run.state.shown.reasons} base={base} titles={titles} />
      </Frame>
    );
  }
}

/** The sentences with the first brought out. */
function Said({ text, name }: { readonly text: string; readonly name: string | undefined }) {
  const first = text.search(/[.:] /) + 1;
  return <p>{name && <span class="ll-name">{name}: </span>}<b>{text.slice(0, first)}</b>{text.slice(first)}</p>;
}

interface WhyProps extends Pick<Props, 'base' | 'titles'> {
  readonly reasons: LabState['shown']['reasons'];
}

function Why({ reasons, base, titles }: WhyProps) {
  if (reasons.length === 0) return null;
  return (
    <details class="pg-why">
      <summary>Why is that so?</summary>
      <ul>{reasons.map(({ text, sources }) => <li>{text}{sources.map((id) => <> <a href={`${base}sources/#${id}`}>{titles[id] ?? id}</a>.</>)}</li>)}</ul>
    </details>
  );
}
