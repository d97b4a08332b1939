/** LayerTrace's island: the cut with the part that runs, the step in words, the steps before it. It draws; the rules are the model's. */
import type { Recipe } from '../../src/sim/index.ts';
import { onVirtualHardware } from '../../src/sim/layer-trace/cut.ts';
import { countsOf, layerTraceIn, runningIn } from '../../src/sim/layer-trace/model.ts';
import { readWords } from '../../src/sim/layer-trace/phrases.ts';
import type { Words } from '../../src/sim/layer-trace/phrases.ts';
import { MODES, PROGRAM_NAMES, STACK_NAMES } from '../../src/sim/layer-trace/types.ts';
import type { Action, Config, State } from '../../src/sim/layer-trace/types.ts';
import { Choice } from '../kit/Choice.tsx';
import { CrossSection } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import type { IslandProps } from '../kit/playground.ts';
import { Runs } from '../kit/Runs.ts';
import { Transport } from '../kit/Transport.tsx';
import { Arrow } from './Arrow.tsx';
import { traceOf, waysOf } from './trace.ts';
import type { Trace } from './trace.ts';
import { differenceOf, marksOf, rowsOf, sectionLabel, tableOf, tallyOf } from './view.ts';
import type { Row, TraceRun } from './view.ts';

interface Props extends IslandProps<Config, Action> {
  /** A second stack from the start. */
  readonly beside?: Recipe<Config, Action>;
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** The model's sentences, as text: data for the page, so that the script stays small. */
  readonly words: string;
  /** Titles of the sources that reasons cite, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

export default function LayerTrace({ recipe, beside, words, ...view }: Props) {
  const model = layerTraceIn(readWords(words));
  return (
    <Runs instance={view.instance} recipes={beside ? [recipe, beside] : [recipe]} {...waysOf(model)}>
      {(session) => <View trace={traceOf(model, session)} notes={model.notes} {...view} />}
    </Runs>
  );
}

interface ViewProps extends Omit<Props, 'recipe' | 'beside' | 'words'> {
  readonly trace: Trace;
  readonly notes: Words['notes'];
}

function View({ trace, notes, instance, question, caption, base, sources }: ViewProps) {
  const { session } = trace;
  const comparing = session.runs.length > 1;
  // A run that stays behind has come to its end, and has nothing new to say.
  const behind = (run: TraceRun) => session.runs.some(({ cursor }) => cursor > run.cursor);
  const cite = (id: string) => sources[id] && <>{' '}<a href={`${base}sources/#${id}`}>{sources[id]}</a>.</>;
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={session.runs.map((run) => tableOf(run.state))}
      bar={<Bar trace={trace} notes={notes} />}
      transport={<Transport session={session} words={['Back', 'Step']} unit="Step" play />}
      say={session.runs.map((each) => behind(each) || <p class="sr-only">{each.model.describe(each.state)}</p>)}>
      <Tallies runs={session.runs} notes={notes} />
      <div class={`lt${comparing ? ' lt-two' : ''}`}>
        {session.runs.map((run, i) => (
          <div class="lt-run" role="group" aria-label={`${comparing ? `Stack ${i + 1}: ` : ''}${STACK_NAMES[run.state.config.stack]}`}>
            {comparing && <StackChoice trace={trace} run={run} label={`Stack ${i + 1}`} index={i} />}
            <Now run={run} cite={cite} />
            <Cut state={run.state} notes={notes} />
            <Past rows={rowsOf(run.state).slice(0, -1)} />
          </div>
        ))}
      </div>
    </Frame>
  );
}

function Bar({ trace, notes }: Pick<ViewProps, 'trace' | 'notes'>) {
  const { session: { ready, runs, run }, choose } = trace;
  const { program, cache } = run.state.config;
  const warm = notes[`warm/${program}`];
  return (
    <>
      <label>Program <Choice names={PROGRAM_NAMES} value={program} disabled={!ready} onChoose={(id) => choose({ program: id })} /></label>
      {runs.length === 1 && <StackChoice trace={trace} run={run} label="Stack" />}
      {warm && (
        <label>
          <input type="checkbox" disabled={!ready} checked={cache === 'warm'} onChange={(event) => choose({ cache: event.currentTarget.checked ? 'warm' : 'cold' })} />
          {warm}
        </label>
      )}
    </>
  );
}

interface StackChoiceProps {
  readonly trace: Trace;
  readonly run: TraceRun;
  readonly label: string;
  /** Which of two runs it chooses for. */
  readonly index?: number;
}

function StackChoice({ trace, run, label, index }: StackChoiceProps) {
  return <label>{label} <Choice names={STACK_NAMES} value={run.state.config.stack} disabled={!trace.session.ready} onChoose={(stack) => trace.choose({ stack }, index)} /></label>;
}

function Cut({ state, notes }: { readonly state: State; readonly notes: Words['notes'] }) {
  const marks = marksOf(state);
  const [name, ring] = MODES[runningIn(state).mode];
  const last = state.trace.at(-1);
  return (
    <div class="lt-cut">
      <CrossSection root={state.stack} label={sectionLabel(state)} marks={marks} notes={onVirtualHardware(state, 'app') ? notes : {}}
        tools={(node) => marks[node.id] === 'active' && <span class="lt-mode">{name}<small>{ring}</small></span>} />
      <Arrow from={last?.from} to={last?.to} />
    </div>
  );
}

/** The step that was taken last, in words. */
function Now({ run, cite }: { readonly run: TraceRun; readonly cite: (id: string) => unknown }) {
  const row = rowsOf(run.state).at(-1);
  if (!row) return <div class="lt-now"><p class="lt-text">{run.model.describe(run.state)}</p></div>;
  return (
    <div class="lt-now">
      <p class="lt-head"><b class="lt-number">{row.step}</b> <b class="lt-title">{row.fact.title}</b></p>
      <p><Way row={row} /></p>
      <p class="lt-text">{row.fact.meanwhile && <em>Meanwhile: </em>}{row.fact.text}</p>
      <details class="pg-why">
        <summary>Why?</summary>
        <ul>{run.model.why(run.state, row.fact).map((reason) => <li>{reason.text}{reason.sources?.map(cite)}</li>)}</ul>
      </details>
    </div>
  );
}

/** The steps before, in a box that follows its end. */
function Past({ rows }: { readonly rows: readonly Row[] }) {
  const toEnd = (box: HTMLElement | null) => {
    if (box) box.scrollTop = box.scrollHeight;
  };
  if (rows.length === 0) return null;
  return (
    <ol class="lt-past" ref={toEnd} tabIndex={0} aria-label="Steps before">
      {rows.map((row) => <li><b class="lt-number">{row.step}</b> <Way row={row} /> <span class="lt-title">{row.fact.title}</span></li>)}
    </ol>
  );
}

/** From where to where, with a sign of the wall or line between. */
function Way({ row: { from, to, border } }: { readonly row: Row }) {
  if (border === 'none') return <span class="lt-way">in {to}</span>;
  return (
    <span class="lt-way">
      {from} <i class={`lt-line lt-${border}`} /><span class="sr-only"> to </span> {to}
    </span>
  );
}

/** Before the first step what will be counted, then the counts of each run, and of two that are answered the difference. */
function Tallies({ runs, notes }: { readonly runs: readonly TraceRun[]; readonly notes: Words['notes'] }) {
  const states = runs.map(({ state }) => state);
  const done = states.every(({ agenda }) => !agenda.length);
  return (
    <div class="lt-tally">
      {states.some(({ trace }) => trace.length) ? states.map((state) => <p><b>{STACK_NAMES[state.config.stack]}:</b> {tallyOf(state)}</p>) : <p>{notes['counted']}</p>}
      {done && states.length > 1 && <p><b>{differenceOf(states)}</b></p>}
      {done && states.some((state) => countsOf(state).vmExits) && <p>{notes['uncounted']}</p>}
    </div>
  );
}
