/** Apps on one machine, moved about by the reader. It draws the model's state and knows none of its rules. */
import './stack-builder.css';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { StackNode } from '../../src/sim/index.ts';
import { MOST_APPS, nodeOf, PLACEMENT_IDS, stackCostIn, type Action, type App, type Config, type Fact, type Placement, type State, type Tables } from '../../src/sim/stack-cost/model.ts';
import { CrossSection, Legend } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import type { FigureCard, IslandProps } from '../kit/playground.ts';
import { Transport } from '../kit/Transport.tsx';
import { useRun, type Session } from '../kit/useRun.ts';
import { figureRows, labelOf, marked, marksOf, NAMES, notesOf, QUESTION, tableOf, type FigureRow, type Line } from './view.ts';

type Builder = Session<Config, State, Action, Fact>;

/** Names of the runs while two are compared. */
const RUNS = ['First', 'Second'] as const;

/** What a line under a figure says; the rest of a card stays out of the page. */
type Card = Pick<FigureCard, 'id' | 'quantity' | 'interval' | 'evidence' | 'sourceId' | 'sourceTitle' | 'sourceYear'>;

interface Props extends Omit<IslandProps<Config, Action>, 'cards'> {
  readonly cards: readonly Card[];
  readonly tables: Tables;
}

export default function StackBuilder({ instance, caption, recipe, figures, tables, cards, base }: Props) {
  const model = useMemo(() => stackCostIn(tables, figures), [tables, figures]);
  const session = useRun({ instance, model, recipe, codec: async () => (await import('./codec.ts')).codec });
  const keepFocus = useKeptFocus();
  const states = session.runs.map((run) => run.state);
  const comparing = states.length > 1;
  const act = (action: Action, focus?: string) => {
    if (focus !== undefined) keepFocus(`${instance}-${focus}`);
    session.act(action);
  };
  const tools = (node: StackNode) => {
    const app = session.run.state.apps.find((each) => nodeOf(each) === node.id);
    return app && <AppTools app={app} instance={instance} session={session} act={act} />;
  };
  return (
    <Frame
      instance={instance} question={QUESTION} caption={caption} session={session} tables={tablesOf(states)}
      bar={<Bar instance={instance} session={session} act={act} />}
      aside={<Figures states={states} active={session.active} cards={cards} base={base} />}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={states.map((state, i) => <Sentence key={i} text={model.describe(state)} {...(comparing ? { name: RUNS[i] as string } : {})} />)}
    >
      <div class={comparing ? 'sb-runs sb-two' : 'sb-runs'}>
        {states.map((state, i) => (
          <div key={i} class="sb-run" data-active={i === session.active}>
            {comparing && <p class="sb-name">{RUNS[i]}</p>}
            <CrossSection
              root={state.stack} label={labelOf(state)} notes={notesOf(state)} marks={marksOf(state)}
              {...(i === session.active ? { tools } : {})}
            />
          </div>
        ))}
      </div>
      <Legend />
      <Why state={session.run.state} why={model.why} />
    </Frame>
  );
}

/** A part that moves to another place is made anew there; whoever operated it by keyboard must not lose it. */
function useKeptFocus(): (id: string) => void {
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (wanted.current !== null) document.getElementById(wanted.current)?.focus({ preventScroll: true });
    wanted.current = null;
  });
  return (id) => {
    wanted.current = id;
  };
}

interface Acting {
  readonly instance: string;
  readonly session: Builder;
  /** Takes an action, and keeps the focus on the control with this id. */
  readonly act: (action: Action, focus?: string) => void;
}

function Bar({ instance, session, act }: Acting) {
  const { ready, run, runs, active, activate } = session;
  const { apps, placement } = run.state;
  const empty = apps.length === 0;
  // Marked as disabled only, so that the reader who adds the last app keeps the focus.
  const full = apps.length >= MOST_APPS;
  const label = `${instance}-all`;
  return (
    <>
      {runs.length > 1 && (
        <span class="seg" role="group" aria-label="Which one to change">
          {RUNS.map((name, i) => <button key={name} type="button" aria-pressed={i === active} disabled={!ready} onClick={() => activate(i)}>{name}</button>)}
        </span>
      )}
      <span class="sb-all">
        <span id={label}>{empty ? 'First app' : 'All apps'}</span>
        <span class="seg" role="group" aria-labelledby={label}>
          {PLACEMENT_IDS.map((to) => (
            <button key={to} type="button" aria-pressed={!empty && apps.every((app) => app.placement === to)} disabled={!ready}
              onClick={() => chooseAll(apps, to, act)}>{NAMES[to].all}</button>
          ))}
        </span>
      </span>
      <button id={`${instance}-add`} type="button" disabled={!ready} aria-disabled={full} onClick={() => full || act({ type: 'add', placement })}>
        Add {NAMES[placement].more}
      </button>
    </>
  );
}

/** Pressing what is pressed already changes nothing, so it takes no action either. */
function chooseAll(apps: readonly App[], placement: Placement, act: Acting['act']) {
  if (apps.length === 0) act({ type: 'add', placement });
  else if (apps.some((app) => app.placement !== placement)) act({ type: 'moveAll', placement });
}

function AppTools({ app, instance, session, act }: Acting & { readonly app: App }) {
  const name = `${session.run.state.app} ${app.id}`;
  const move = `move-${app.id}`;
  return (
    <span class="sb-tools">
      <select id={`${instance}-${move}`} aria-label={`Move ${name} to`} disabled={!session.ready} value={app.placement}
        onChange={(event) => act({ type: 'move', id: app.id, placement: event.currentTarget.value as Placement }, move)}>
        {PLACEMENT_IDS.map((placement) => <option key={placement} value={placement}>{NAMES[placement].one}</option>)}
      </select>
      <button type="button" aria-label={`Remove ${name}`} disabled={!session.ready} onClick={() => act({ type: 'remove', id: app.id }, 'add')}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d="m1 1 8 8M9 1 1 9" stroke="currentColor" stroke-width="1.6" /></svg>
      </button>
    </span>
  );
}

function Sentence({ text, name }: { readonly text: string; readonly name?: string }) {
  const first = text.search(/[.:] /) + 1;
  return (
    <p>
      {name && <span class="sb-name">{name}: </span>}
      <b><Marked text={text.slice(0, first)} /></b>
      <Marked text={text.slice(first)} />
    </p>
  );
}

function Marked({ text }: { readonly text: string }) {
  return <>{marked(text).map((piece) => (piece.layer ? <mark class={piece.layer}>{piece.text}</mark> : piece.text))}</>;
}

/** Marks of evidence that a reader should know of before believing a value. */
const MARKS: Readonly<Record<string, string>> = { 'primary-blog': ', one report', 'secondary-note': ', second-hand', 'secondary-web': ', second-hand' };

interface Sources {
  readonly cards: readonly Card[];
  readonly base: string;
}

function Figures({ states, active, ...sources }: Sources & { readonly states: readonly State[]; readonly active: number }) {
  const columns = states.map(figureRows);
  const rows = columns[active] as readonly FigureRow[];
  return (
    <dl class="sb-figures">
      {rows.map(({ label }, y) => {
        const cells = columns.map((column) => column[y] as FigureRow);
        const differ = cells.some((cell) => cell.value !== cells[0]?.value);
        return (
          <div key={y} class={states.length > 1 ? 'sb-row sb-pair' : 'sb-row'} data-differ={differ}>
            <dt>{states.length > 1 && y === START ? 'Start of one more' : label}</dt>
            {cells.map((cell, i) => (
              <dd key={i}>
                {states.length > 1 && <span class="sr-only">{RUNS[i]}: </span>}
                <b>{cell.value}</b>
                <Lines row={cell} more={i === active} {...sources} {...(states.length > 1 ? { run: RUNS[i] as string } : {})} />
              </dd>
            ))}
          </div>
        );
      })}
    </dl>
  );
}

/** The row whose label names one placement. */
const START = 3;

function Lines({ row, run, more, ...sources }: Sources & { readonly row: FigureRow; readonly run?: string; readonly more: boolean }) {
  return (
    <>
      {row.lines.map((line, i) => <Note key={i} line={line} {...sources} {...(run !== undefined && i === 0 ? { run } : {})} />)}
      {more && row.others.length > 0 && (
        <details>
          <summary>Measured otherwise: {row.others.length}</summary>
          {row.others.map((line, i) => <Note key={i} line={line} {...sources} />)}
        </details>
      )}
    </>
  );
}

/** What was measured, in the words of the figure, and the year of its source. */
function Note({ line, run, cards, base }: Sources & { readonly line: Line; readonly run?: string }) {
  const [card] = cards.filter(({ id }) => line.figures.includes(id));
  const hosts = line.figures.length;
  return (
    <small>
      {run && <b aria-hidden="true">{run}: </b>}
      {line.value && <b>{line.value} </b>}
      {line.words ?? card?.quantity}
      {hosts > 1 && `, on ${hosts} hosts`}
      {card?.interval && `, ${card.interval}`}
      {card && <> (<a href={`${base}sources/#${card.sourceId}`} title={card.sourceTitle}>{card.sourceYear}</a>{MARKS[card.evidence]})</>}
    </small>
  );
}

function Why({ state, why }: { readonly state: State; readonly why: (state: State, fact: Fact) => readonly { readonly text: string }[] }) {
  const reasons = new Set(state.facts.flatMap((fact) => why(state, fact)).map(({ text }) => text));
  return (
    <details class="pg-why">
      <summary>Why is that so?</summary>
      <ul>{[...reasons].map((text) => <li key={text}>{text}</li>)}</ul>
    </details>
  );
}

/** Two tables of one name would be told apart by their order only. */
function tablesOf(states: readonly State[]) {
  if (states.length === 1) return states.map(tableOf);
  return states.map(tableOf).map((table, i) => ({ ...table, caption: `${RUNS[i]}. ${table.caption}` }));
}
