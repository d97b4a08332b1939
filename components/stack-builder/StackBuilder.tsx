/** Apps on one machine, moved about by the reader. It draws the model's state and knows none of its rules. */
import type { Reason, StackNode } from '../../src/sim/index.ts';
import { fork, played } from '../../src/sim/run.ts';
import { MOST_APPS, nodeOf, PLACEMENT_IDS, stackCostIn, type Action, type App, type Config, type Fact, type Placement, type State, type Tables } from '../../src/sim/stack-cost/model.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { CrossSection, Legend } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import type { IslandProps } from '../kit/playground.ts';
import { Transport } from '../kit/Transport.tsx';
import { Runs, type Session } from '../kit/Runs.ts';
import type { Card } from './cards.ts';
import { drawnAndMeasured, figureRows, ALL, labelOf, marked, marksOf, notesOf, ONE, oneMore, tableOf, type FigureRow, type Line } from './view.ts';

type Building = Session<Config, State, Action, Fact>;

/** Names of the runs while two are compared. */
const RUNS = ['First', 'Second'] as const;

interface Props extends IslandProps<Config, Action> {
  readonly cards: readonly Card[];
  readonly tables: Tables;
  /** What is left out of the drawing, in words. */
  readonly beside: string;
}

export default function StackBuilder({ tables, recipe, ...view }: Props) {
  const model = stackCostIn(tables);
  return (
    <Runs instance={view.instance} recipes={[recipe]} play={(asked) => played(model, asked)} beside={(run) => fork(run)[1]} onDemand={() => import('./on-demand.ts')}>
      {(session) => <Builder session={session} {...view} />}
    </Runs>
  );
}

function Builder({ session, instance, question, caption, cards, beside }: Omit<Props, 'tables' | 'recipe'> & { readonly session: Building }) {
  const { runs, run, active } = session;
  const states = runs.map(({ state }) => state);
  const names = states.length > 1 ? RUNS : [];
  // A part that moves to another place is made anew there; whoever operated it by keyboard must not lose it.
  const act = (action: Action, focus?: string) =>
    session.act(action, () => focus && document.getElementById(`${instance}-${focus}`)?.focus({ preventScroll: true }));
  const tools = (node: StackNode) => {
    const app = run.state.apps.find((each) => nodeOf(each) === node.id);
    return app && <AppTools app={app} instance={instance} session={session} act={act} />;
  };
  return (
    <Frame
      instance={instance} question={question} caption={caption} session={session} tables={states.map((state, i) => tableOf(state, names[i]))}
      bar={<Bar instance={instance} session={session} act={act} />}
      aside={<Figures states={states} names={names} active={active} cards={cards} />}
      transport={<Transport session={session} words={['Undo', 'Redo']} unit="Change" />}
      say={states.map((state, i) => <Sentence text={run.model.describe(state)} name={names[i]} />)}
    >
      <div class={names.length > 0 ? 'sb-runs sb-two' : 'sb-runs'}>
        {states.map((state, i) => (
          <div class="sb-run" data-active={i === active}>
            {names[i] && <p class="sb-name">{names[i]}</p>}
            <CrossSection root={state.stack} label={labelOf(state)} notes={notesOf(state)} marks={marksOf(state)} tools={i === active ? tools : undefined} />
          </div>
        ))}
      </div>
      <Legend />
      <p class="sb-beside">{beside}</p>
      <Why reasons={run.state.facts.flatMap((fact) => run.model.why(run.state, fact))} />
    </Frame>
  );
}

interface Acting {
  readonly instance: string;
  readonly session: Building;
  /** Takes an action, and keeps the focus on the control with this id. */
  readonly act: (action: Action, focus?: string) => void;
}

function Bar({ instance, session, act }: Acting) {
  const { ready, run, runs, active, activate } = session;
  const { apps, placement } = run.state;
  const empty = apps.length === 0;
  const label = `${instance}-all`;
  const full = apps.length >= MOST_APPS;
  return (
    <>
      {runs.length > 1 && (
        <span class="seg" role="group" aria-label="Which one to change">
          {RUNS.map((name, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => activate(i)}>{name}</Button>)}
        </span>
      )}
      <span class="sb-all">
        <span id={label}>{empty ? 'First app' : 'All apps'}</span>
        <span class="seg" role="group" aria-labelledby={label}>
          {PLACEMENT_IDS.map((to) => (
            <Button ready={ready} aria-pressed={!empty && apps.every((app) => app.placement === to)} onPress={() => chooseAll(apps, to, act)}>{ALL[to]}</Button>
          ))}
        </span>
      </span>
      <Button id={`${instance}-add`} ready={ready} idle={full} onPress={() => act({ type: 'add', placement })}>{full ? 'The machine is full: eight apps' : `Add ${oneMore(placement)}`}</Button>
    </>
  );
}

/** Pressing what is pressed already changes nothing, so it takes no action either. */
function chooseAll(apps: readonly App[], placement: Placement, act: Acting['act']) {
  if (apps.length === 0) act({ type: 'add', placement });
  else if (apps.some((app) => app.placement !== placement)) act({ type: 'moveAll', placement });
}

function AppTools({ app, instance, session, act }: Acting & { readonly app: App }) {
  const { apps, app: program } = session.run.state;
  const name = `${program} ${app.id}`;
  const move = `move-${app.id}`;
  const at = apps.indexOf(app);
  const next = apps[at + 1] ?? apps[at - 1];
  return (
    <span class="sb-tools">
      {/* A closed list cuts its text off; this text wraps, and the list lies over it unseen. */}
      <span class="sb-move">
        <span aria-hidden="true">{ONE[app.placement]}</span>
        <Choice id={`${instance}-${move}`} aria-label={`Move ${name} to`} disabled={!session.ready} names={ONE} value={app.placement}
          onChoose={(placement) => act({ type: 'move', id: app.id, placement }, move)} />
      </span>
      <Button id={`${instance}-remove-${app.id}`} aria-label={`Remove ${name}`} ready={session.ready} onPress={() => act({ type: 'remove', id: app.id }, next ? `remove-${next.id}` : 'add')}>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true"><path d="m1 1 8 8M9 1 1 9" stroke="currentColor" stroke-width="1.6" /></svg>
      </Button>
    </span>
  );
}

function Sentence({ text, name }: { readonly text: string; readonly name: string | undefined }) {
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

function Figures({ states, names, active, cards }: { readonly cards: readonly Card[]; readonly states: readonly State[]; readonly names: readonly string[]; readonly active: number }) {
  const columns = states.map((state) => figureRows(state, names.length > 0));
  const rows = columns[active] as readonly FigureRow[];
  const drawn = [...new Set(states.flatMap((state) => drawnAndMeasured(state) ?? []))];
  return (
    <>
      <dl class="sb-figures">
        {rows.map(({ label }, y) => {
          const cells = columns.map((column) => column[y] as FigureRow);
          return (
            <div class={names.length > 0 ? 'sb-row sb-pair' : 'sb-row'} data-differ={cells.some(({ value }) => value !== cells[0]?.value)}>
              <dt>{label}</dt>
              {cells.map(({ value, lines, others }, i) => (
                <dd>
                  {names[i] && <span class="sr-only">{names[i]}: </span>}
                  <b>{value}</b>
                  {lines.map((line, nth) => <Note line={line} run={nth === 0 ? names[i] : undefined} cards={cards} />)}
                  {i === active && others.length > 0 && (
                    <details>
                      <summary>Measured otherwise: {others.length}</summary>
                      {[...lines.filter(({ figures, words }) => figures[0] && !words), ...others].map((line) => <Note full line={line} cards={cards} />)}
                    </details>
                  )}
                </dd>
              ))}
            </div>
          );
        })}
      </dl>
      {drawn.map((words) => <p class="sb-beside">{words}</p>)}
    </>
  );
}

/** What was measured, in short or in the words of the figure, and the year of its source. */
function Note({ line, run, cards, full }: { readonly line: Line; readonly run?: string | undefined; readonly cards: readonly Card[]; readonly full?: true }) {
  const { value, words, figures } = line;
  const found = cards.filter(({ id }) => figures.includes(id));
  const [card] = found;
  return (
    <small>
      {run && <b aria-hidden="true">{run}: </b>}
      {value && <b>{value} </b>}
      {words ?? (full ? card?.full : card?.short)}
      {!words && figures.length > 1 && `, on ${figures.length} hosts`}
      {(words ? found : found.slice(0, 1)).map(({ href, source, year, doubt }) => <> (<a href={href}><span class="sr-only">{source}, </span>{year}</a>{doubt})</>)}
    </small>
  );
}

function Why({ reasons }: { readonly reasons: readonly Reason[] }) {
  return (
    <details class="pg-why">
      <summary>Why is that so?</summary>
      <ul>{[...new Set(reasons.map(({ text }) => text))].map((text) => <li>{text}</li>)}</ul>
    </details>
  );
}
