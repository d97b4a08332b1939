/** TimeMachine's island: a slider through the years, the strip of what ran containers, the stack of the year, and the list of what it meant. */
import { act } from '../../src/sim/run.ts';
import { MACHINES, YEARS, type Action, type Almanac, type Config, type HistoryFact, type State } from '../../src/sim/history/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import { CrossSection, Legend } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import { enginesOf, fetchKnown, LateRuns } from '../kit/Late.tsx';
import type { IslandProps } from '../kit/playground.ts';
import type { Session } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { answering, changeFrom, checkedAt, entriesOf, newsOf, pairsOf, sectionLabel, tableOf, yearInWords, type Entry } from './view.ts';

interface Props extends IslandProps<Config, Action> {
  /** What the recipe comes to, worked out when the page was built. */
  readonly first: State;
  /** Where the almanac lies. */
  readonly address: string;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
}

const engineAt = enginesOf<Config, State, Action, HistoryFact>('TimeMachine', async (address) => {
  const [{ makeModel }, almanac] = await Promise.all([import('./engine.ts'), fetchKnown<Almanac>(address)]);
  return { model: makeModel(almanac) };
});

export default function TimeMachine({ recipe, first, address, ...view }: Props) {
  return (
    <LateRuns instance={view.instance} recipe={recipe} first={first} late={engineAt(address)} onDemand={() => import('./on-demand.ts')}
      beside={(run, play) => play({ config: counterpart(run.state.config), seed: recipe.seed, actions: [] })}>
      {(session) => <View session={session} {...view} />}
    </LateRuns>
  );
}

/** What teaches most beside a year: the same machine at present or, beside the present, at the beginning. */
function counterpart({ machine, year }: Config): Config {
  return { machine, year: year === YEARS.last ? YEARS.first : YEARS.last };
}

type TimeSession = Session<Config, State, Action, HistoryFact>;

interface ViewProps extends Pick<Props, 'instance' | 'question' | 'caption' | 'base'> {
  readonly session: TimeSession;
}

function View({ instance, question, caption, base, session }: ViewProps) {
  const { runs } = session;
  const comparing = runs.length > 1;
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={runs.map(({ state }) => tableOf(state))}
      bar={runs.map((run, i) => <Controls session={session} state={run.state} index={i} id={`${instance}-${i + 1}`} comparing={comparing} />)}
      transport={<Transport session={session} words={['Back', 'Forward']} unit="Move" />}
      say={runs.map((run) => <p class="sr-only">{slidTo.has(run.state) ? newsOf(run.state) : run.model.describe(run.state)}</p>)}>
      {comparing ? <Both states={runs.map(({ state }) => state)} base={base} /> : <One state={session.run.state} base={base} />}
      <Legend />
    </Frame>
  );
}

/** States that the slider has led to. It says year and way itself, so that the status need not. */
const slidTo = new WeakSet<State>();

interface ShownProps {
  readonly state: State;
  readonly base: string;
}

function One({ state, base }: ShownProps) {
  return (
    <div class="tm-run" role="group" aria-label={nameOf(state)}>
      <Says state={state} base={base} />
      <Cut state={state} base={base} />
      <List state={state} base={base} />
    </div>
  );
}

const nameOf = ({ config, machines }: State): string => `${config.year}, ${machines[config.machine] ?? config.machine}`;

/** Two runs in two columns, each heading of the list across both. */
function Both({ states, base }: { readonly states: readonly State[]; readonly base: string }) {
  return (
    <>
      <div class="tm-two">
        {states.map((state, i) => (
          <div class="tm-run" role="group" aria-label={nameOf(state)}>
            <p class="tm-name">{i + 1}. {nameOf(state)}</p>
            <Says state={state} base={base} />
            <Cut state={state} base={base} />
          </div>
        ))}
      </div>
      <dl class="tm-list tm-pairs">
        {pairsOf(states).map(({ heading, cells }) => (
          <div>
            <dt>{heading}</dt>
            {cells.map((lines, i) => {
              const state = states[i] as State;
              return <dd><small>{i + 1}. {state.config.year}</small>{lines.length === 0 ? '–' : lines.map((line) => <p><Said line={line} titles={state.titles} base={base} /></p>)}</dd>;
            })}
          </div>
        ))}
      </dl>
    </>
  );
}

/** What the reader came by, and the answer. */
function Says({ state: { trace, says, titles }, base }: ShownProps) {
  return (
    <div class="tm-says">
      {trace && <p><Said line={trace} titles={titles} base={base} /></p>}
      <p>{says}</p>
    </div>
  );
}

interface ControlsProps {
  readonly session: TimeSession;
  readonly state: State;
  readonly index: number;
  /** Begins the ids of its parts. */
  readonly id: string;
  readonly comparing: boolean;
}

function Controls({ session, state, index, id, comparing }: ControlsProps) {
  const { ready } = session;
  const { machine, year } = state.config;
  const take = (action: Action, slid = false) => {
    if (comparing) session.activate(index);
    session.each((run, i) => {
      if (i !== index) return run;
      const moved = act(run, action);
      if (slid) slidTo.add(moved.state);
      return moved;
    });
  };
  const go = (to: number, slid = false) => to !== year && take({ type: 'go', year: to }, slid);
  const follow = (chosen: string) => state.traces.forEach(({ id: trace, ...to }) => trace === chosen && take({ type: 'follow', trace, machine: to.machine, year: to.year }));
  const nth = comparing ? ` ${index + 1}` : '';
  return (
    <div class={`tm-controls${comparing ? '' : ' tm-alone'}`} role="group" aria-label={`Machine and year${nth}`}>
      <label>Machine{nth} <Choice names={namesOf(state)} value={machine} disabled={!ready} onChoose={(one) => one !== machine && take({ type: 'take', machine: one })} /></label>
      {!comparing && <label class="tm-trace">I have an address or a command <Choice names={Object.fromEntries([['', 'choose'], ...state.traces.map(({ id: one, written }) => [one, written])])} value={state.trace?.id ?? ''} disabled={!ready} onChoose={follow} /></label>}
      <span class="tm-steps">
        <Button ready={ready} idle={changeFrom(state, -1) === year} onPress={() => go(changeFrom(state, -1))}>To the change before</Button>
        <Button ready={ready} idle={changeFrom(state, 1) === year} onPress={() => go(changeFrom(state, 1))}>To the next change</Button>
      </span>
      <div class="tm-time">
        <div class="tm-year"><label for={`${id}-year`}>Year{nth}</label> <b aria-hidden="true">{year}</b> <span aria-hidden="true">{state.eras[state.era]?.title}</span></div>
        <input id={`${id}-year`} type="range" min={YEARS.first} max={YEARS.last} value={year} list={`${id}-years`} aria-valuetext={yearInWords(state)} disabled={!ready}
          onInput={(event) => go(Number(event.currentTarget.value), true)} />
        <datalist id={`${id}-years`}>{YEAR_LIST.map((one) => <option value={one} label={String(one)} />)}</datalist>
        <Strip state={state} />
      </div>
      <Eras state={state} ready={ready} go={go} />
    </div>
  );
}

const YEAR_LIST = Array.from({ length: YEARS.last - YEARS.first + 1 }, (_, i) => YEARS.first + i);

/** The machines in their order. */
function namesOf({ machines }: State): Record<Config['machine'], string> {
  return Object.fromEntries(MACHINES.map((id) => [id, machines[id] ?? id])) as Record<Config['machine'], string>;
}

/** Below the slider: each year under its place, each way as a box over its years. The list below says the same in words. */
function Strip({ state: { eras, era, config: { year } } }: { readonly state: State }) {
  return (
    <div class="tm-strip" style={{ '--years': YEAR_LIST.length }} aria-hidden="true">
      {eras.map(({ from, to, title, kind }, i) => (
        <span class={`tm-era tm-${kind} ${LAYERS[kind] ?? ''}`} data-odd={i % 2 === 1} data-now={i === era} data-years={to - from + 1} style={{ gridColumn: `${from - YEARS.first + 1} / ${to - YEARS.first + 2}` }}>
          <b>{i + 1}</b><span>{title}</span>
        </span>
      ))}
      {YEAR_LIST.map((one, i) => <span class="tm-tick" data-now={one === year} style={{ gridColumn: i + 1 }}><i>{String(one).slice(0, 2)}</i>{String(one).slice(2)}</span>)}
    </div>
  );
}

/** Where the kernel stands that answers: on the machine itself, or on a hypervisor. */
const LAYERS: Readonly<Partial<Record<string, string>>> = { own: 'layer kernel', product: 'layer hypervisor', hand: 'layer hypervisor' };

interface ErasProps {
  readonly state: State;
  readonly ready: boolean;
  readonly go: (year: number) => void;
}

function Eras({ state: { eras, era }, ready, go }: ErasProps) {
  return (
    <ol class="tm-eras" aria-label="What ran containers, and when">
      {eras.map(({ from, to, title, kind }, i) => (
        <li>
          <Button ready={ready} aria-pressed={i === era} onPress={() => go(from)}>
            <span class={`tm-mark tm-era tm-${kind} ${LAYERS[kind] ?? ''}`} data-odd={i % 2 === 1}><b>{i + 1}</b></span> {title} <small>{from === to ? from : `${from}–${to}`}</small>
          </Button>
        </li>
      ))}
    </ol>
  );
}

function Cut({ state, base }: ShownProps) {
  const kernel = answering(state);
  return (
    <div class="tm-cut">
      {state.stack
        ? <CrossSection root={state.stack} label={sectionLabel(state)} marks={kernel ? { [kernel]: 'active' } : {}} notes={kernel ? { [kernel]: 'answers the container' } : {}} />
        : <p class="tm-nothing">Nothing to draw.</p>}
      {state.situation && <p class="tm-check"><a href={checkedAt(base, state.situation)}>Check this machine of {state.when} in WillItRun</a></p>}
    </div>
  );
}

function List({ state, base }: ShownProps) {
  return (
    <dl class="tm-list">
      {entriesOf(state).map((entry) => (
        <div data-stands={entry.stands}>
          <dt>{entry.heading}</dt>
          {entry.lines.map((line) => <dd><Said line={line} titles={state.titles} base={base} /></dd>)}
        </div>
      ))}
    </dl>
  );
}

interface SaidProps {
  readonly line: Entry['lines'][number];
  readonly titles: State['titles'];
  readonly base: string;
}

function Said({ line: { when, title, answer, text, commands, sources }, titles, base }: SaidProps) {
  return (
    <>
      {answer && <b class="tm-answer">{answer}</b>}
      {title && <><b>{title}</b> <small>({when})</small>. </>}
      {text}
      {commands?.map((command) => <> <code>{command}</code></>)}
      {sources.length > 0 && <small class="tm-sources"> {sources.map((id, i) => <>{i > 0 && ', '}<a href={`${base}sources/#${id}`}>{titles[id] ?? id}</a></>)}</small>}
    </>
  );
}
