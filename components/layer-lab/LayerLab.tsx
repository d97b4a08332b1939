/** LayerLab’s island: it asks for the bytes, lets the action happen and draws what the state says. The rules arrive when a reader acts. */
import { Component } from 'preact';
import type { Tables } from '../../src/sim/image-store/model.ts';
import type { Action, Fact } from '../../src/sim/image-store/types.ts';
import { act, fork, played, type Run } from '../../src/sim/run.ts';
import { Button } from '../kit/Button.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { aboutIn, Bar, BUILDING, Rows, type Doing } from './Bar.tsx';
import type { Engine } from './engine.ts';
import { Cards, Disk, Forest } from './Forest.tsx';
import { Look } from './Look.tsx';
import type { Score } from './Question.tsx';
import type { Quiz } from './quiz.ts';
import { LOOKED_INTO, scaleOf, tableIn, type LabConfig, type LabState } from './view.ts';

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
      {(session) => <Lab session={session} engine={late.here} scene={recipe.config.scene} {...view} />}
    </LateRuns>
  );
}

interface LabProps extends Omit<Props, 'recipe' | 'first' | 'address'> {
  /** The scene that the caption is about; in another one its own task stands instead. */
  readonly scene: LabConfig['scene'];
  readonly session: LabSession;
  /** The rules; throws before they are here. */
  readonly engine: () => Engine;
}

/** An action that waits for the reader’s prediction, or the last one that happened. */
export interface Asked {
  readonly action: Action;
  /** Absent where the bytes are no question, or the reader wants none. */
  readonly quiz: Quiz | null;
  /** The row of controls that it was pressed in, and the words on the button. */
  readonly row: string;
  readonly label: string;
  /** What the question was asked of: it lapses when the run moves on. */
  readonly at: LabState;
  /** The option that was chosen; -1 for one who wanted to see. */
  readonly chosen?: number;
  /** How sure the reader was, if they said. */
  readonly sure?: number | undefined;
}

/** What a new scene, another store or “Start over” has taken away, until the next action. */
interface Kept extends Pick<LabSession, 'runs' | 'active'> {
  /** Where the reader was when it went. */
  readonly by: 'bar' | 'foot';
}

interface Held {
  readonly predicts: boolean;
  readonly kept: Kept | undefined;
  readonly asked: Asked | undefined;
  readonly sure: number | undefined;
  readonly score: Score;
}

class Lab extends Component<LabProps, Held> {
  override state: Held = { predicts: this.props.predict, kept: undefined, asked: undefined, sure: undefined, score: { right: 0, given: 0, surelyRight: 0, surelyGiven: 0 } };
  private pressed: HTMLElement | null = null;

  /** Asks first where the bytes are a question; else acts. `each` waits for the rules, so they are here when it looks at the run. */
  private readonly take = (action: Action, row: string): void => {
    const { session, engine } = this.props;
    this.pressed = document.activeElement as HTMLElement | null;
    const label = this.pressed?.textContent ?? '';
    session.each((run, i) => {
      if (i !== session.active) return run;
      const quiz = this.state.predicts ? engine().quiz(run.state, action) : null;
      this.setState({ asked: { action, quiz, row, label, at: run.state }, sure: undefined }, () => this.focus(quiz ? '.ll-ask input' : ''));
      if (quiz) return run;
      this.setState({ kept: undefined });
      return act(run, action);
    });
  };

  private readonly answer = (chosen: number): void => {
    const { asked, sure, score } = this.state;
    if (!asked?.quiz || asked.chosen !== undefined) return;
    this.props.session.act(asked.action);
    // Who wants to see has said nothing that could be right.
    this.setState({ asked: { ...asked, chosen, sure }, kept: undefined, score: chosen < 0 ? score : this.props.engine().scored(score, chosen === asked.quiz.right, sure ?? 0) }, () => this.focus('.ll-judged'));
  };

  private readonly drop = (): void => this.setState({ asked: undefined }, () => this.focus(''));

  /** Gives the focus to what has come, or else back. A control that is gone leaves it to what came of it. */
  private readonly focus = (wanted: string): void => {
    requestAnimationFrame(() => {
      // The page may have closed in the meantime.
      const root = (this.base as HTMLElement | null)?.closest('.pg');
      const found = wanted ? root?.querySelector<HTMLElement>(wanted) : null;
      if (found) found.focus();
      else if (!root?.contains(document.activeElement)) (this.pressed?.isConnected ? this.pressed : root?.querySelector<HTMLElement>('.ll-judged') ?? root?.querySelector<HTMLElement>('.ll-run'))?.focus({ preventScroll: true });
    });
  };

  private readonly back = (): void => {
    const row = (this.base as HTMLElement).querySelector('.ll-judged')?.previousElementSibling;
    (this.pressed?.isConnected ? this.pressed : row?.querySelector('button'))?.focus();
  };

  /** Keeps what there is for a way back. A run without an action is no loss: what was kept before it stays. */
  private readonly keep = (by: Kept['by']): void => {
    const { session: { runs, run, active } } = this.props;
    const { kept } = this.state;
    const isLoss = run.cursor > 0 || (!kept && runs.some(({ cursor }) => cursor > 0));
    this.setState({ asked: undefined, kept: isLoss ? { runs, active, by } : kept && { ...kept, by } });
  };

  private readonly start = (change: Partial<LabConfig>): void => {
    const { session } = this.props;
    this.keep('bar');
    session.each((one, i) => (i === session.active ? played(one.model, { config: { ...one.state.config, ...change }, seed: one.recipe.seed, actions: [] }) : one));
  };

  private readonly restore = (): void => {
    const { session } = this.props;
    const { runs = [], active = 0 } = this.state.kept ?? {};
    if (runs.length > session.runs.length) session.compare();
    if (runs.length < session.runs.length) session.keep(0);
    session.each((one, i) => runs[i] ?? one);
    session.activate(active);
    this.setState({ kept: undefined }, () => this.focus('.ll-run'));
  };

  override render({ instance, question, caption, scene, session, engine, base, titles }: LabProps, { predicts, kept, asked, sure, score }: Held) {
    const { runs, run, active, ready } = session;
    const { state } = run;
    const states = runs.map((each) => each.state);
    const names = states.length > 1 ? RUNS : [];
    const open = asked?.quiz && asked.chosen === undefined && asked.at === state;
    // What came of an action goes and comes with Undo and Redo.
    const done = asked && run.recipe.actions[run.cursor - 1] === asked.action;
    const panel = (open || done) && engine().panelOf({ isOpen: Boolean(open), asked, sure, onSure: (now) => this.setState({ sure: now }), instance, answer: this.answer, drop: this.drop, ready, shown: state.shown, told: state.told, score, back: this.back });
    // With the last stack its row goes: then it stands on top.
    const under = asked?.row === LOOKED_INTO && state.shown.stacks.length === 0 ? '' : asked?.row ?? '';
    const doing: Doing = { ready, take: this.take, panel, under };
    const way = kept && <p class="ll-kept">What you had is kept until you act. <Button ready={ready} onPress={this.restore}>Back to what I had</Button></p>;
    const reset = () => {
      this.keep('foot');
      session.reset();
    };
    return (
      <Frame instance={instance} question={question} caption={state.config.scene === scene ? caption : state.shown.task} session={{ ...session, reset }} tables={states.map((each, i) => tableIn(each, names[i]))}
        bar={<Bar session={session} doing={doing} start={this.start} kept={kept?.by === 'bar' && way} predicts={predicts} onPredict={(now) => this.setState({ predicts: now, asked: undefined })} cards={<Cards cards={state.shown.cards} />} />}
        transport={<>{kept?.by === 'foot' && way}<Transport session={session} words={['Undo', 'Redo']} unit="Change" /></>}
        say={<>{states.map(({ told }, i) => <Said told={told} name={names[i]} />)}{kept && <p class="sr-only">What you had is kept until you act.</p>}</>}>
        {under === '' && panel}
        <div class={`ll${names.length > 0 ? ' ll-two' : ''}`}>
          {states.map((each, i) => <RunOf state={each} name={names[i]} isActive={i === active} scale={scaleOf(states)} doing={doing} />)}
        </div>
        <Why reasons={state.shown.reasons} base={base} titles={titles} />
      </Frame>
    );
  }
}

/** Scenes in which the files of one stack are the matter: they stand before the layers. */
const FILES_FIRST: readonly string[] = ['app', 'volumes', 'machines'];

interface RunOfProps {
  readonly state: LabState;
  readonly name: string | undefined;
  readonly isActive: boolean;
  readonly scale: number;
  readonly doing: Doing;
}

function RunOf({ state: { config: { scene }, shown }, name, isActive, scale, doing }: RunOfProps) {
  const building = aboutIn(scene, BUILDING);
  const look = <Look key="look" shown={shown} isActive={isActive} doing={doing} />;
  const main = (
    <div key="main" class="ll-main">
      {building.length > 0 && <div class="ll-building">{isActive && <Rows offers={shown.offers} doing={doing} ids={building} />}<Cards cards={shown.cards} /></div>}
      <Forest shown={shown} />
    </div>
  );
  return (
    <div class="ll-run" data-active={isActive} role="group" tabIndex={-1} aria-label={name ?? 'The store'}>
      {name && <p class="ll-name">{name}</p>}
      <Disk shown={shown} scale={scale} />
      <div class="ll-sides">{FILES_FIRST.includes(scene) ? [look, main] : [main, look]}</div>
    </div>
  );
}

/** What happened, first and last sentence brought out; a long account between them folds away. */
function Said({ told: [first, rest, last], name }: { readonly told: LabState['told']; readonly name: string | undefined }) {
  return (
    <div>
      {name && <span class="ll-name">{name}: </span>}<b>{first}</b>
      {rest.length > LONG ? <> {last}<details><summary>All that happened</summary>{first}{rest}</details></> : <>{rest}{last}</>}
    </div>
  );
}

/** Letters that are read at a glance. */
const LONG = 160;

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
