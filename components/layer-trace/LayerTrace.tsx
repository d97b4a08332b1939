/** LayerTrace's island: the cut with the part that runs, the step in words, the steps before it. It draws; the rules are the model's. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Recipe } from '../../src/sim/index.ts';
import { layerTraceIn, runningIn } from '../../src/sim/layer-trace/model.ts';
import { readWords } from '../../src/sim/layer-trace/phrases.ts';
import { MODES, PROGRAM_NAMES, STACK_NAMES } from '../../src/sim/layer-trace/types.ts';
import type { Action, Config, State } from '../../src/sim/layer-trace/types.ts';
import { Choice } from '../kit/Choice.tsx';
import { CrossSection } from '../kit/CrossSection.tsx';
import { Frame } from '../kit/Frame.tsx';
import type { IslandProps } from '../kit/playground.ts';
import { Transport } from '../kit/Transport.tsx';
import './layer-trace.css';
import { useArrow } from './useArrow.ts';
import { useTrace } from './useTrace.ts';
import type { Trace } from './useTrace.ts';
import { marksOf, rowsOf, sectionLabel, tableOf, tallyOf } from './view.ts';
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

export default function LayerTrace({ instance, question, caption, recipe, beside, base, words, sources }: Props) {
  const model = useMemo(() => layerTraceIn(readWords(words)), [words]);
  const trace = useTrace({ model, instance, recipes: beside ? [recipe, beside] : [recipe] });
  const { session } = trace;
  const comparing = session.runs.length > 1;
  const cite = (id: string) => sources[id] && <>{' '}<a href={`${base}sources/#${id}`}>{sources[id]}</a>.</>;
  return (
    <Frame instance={instance} question={question} caption={caption} session={session} tables={session.runs.map((run) => tableOf(run.state))}
      bar={<Bar trace={trace} />}
      transport={<Transport session={session} words={['Back', 'Step']} unit="Step" play />}
      say={<Tallies runs={session.runs} />}>
      <div class={`lt${comparing ? ' lt-two' : ''}`}>
        {session.runs.map((run, i) => (
          <div class="lt-run" role="group" aria-label={`${comparing ? `Stack ${i + 1}: ` : ''}${STACK_NAMES[run.state.config.stack]}`}>
            {comparing && <StackChoice trace={trace} run={run} label={`Stack ${i + 1}`} index={i} />}
            <Cut state={run.state} />
            <Story run={run} cite={cite} />
          </div>
        ))}
      </div>
    </Frame>
  );
}

function Bar({ trace }: { readonly trace: Trace }) {
  const { session: { ready, runs, run }, choose } = trace;
  const { program, cache } = run.state.config;
  const warm = WARM[program];
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

/** What `cache: 'warm'` means for a program; the others have no such choice. */
const WARM: Partial<Record<Config['program'], string>> = {
  'read-file': 'The file was read a moment ago',
  'allocate-memory': 'The C library has memory in stock',
};

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

function Cut({ state }: { readonly state: State }) {
  const marks = marksOf(state);
  const [name, ring] = MODES[runningIn(state).mode];
  const last = state.trace.at(-1);
  const { cut, arrow } = useArrow(last?.from, last?.to);
  return (
    <div class="lt-cut" ref={cut}>
      <CrossSection root={state.stack} label={sectionLabel(state)} marks={marks}
        tools={(node) => marks[node.id] === 'active' && <span class="lt-mode">{name}<small>{ring}</small></span>} />
      <span class="lt-arrow" ref={arrow} aria-hidden="true" hidden />
    </div>
  );
}

function Story({ run, cite }: { readonly run: TraceRun; readonly cite: (id: string) => unknown }) {
  const rows = rowsOf(run.state);
  const now = rows.at(-1);
  const past = rows.slice(0, -1);
  return (
    <div class="lt-story">
      {now ? <Now row={now} run={run} cite={cite} /> : <div class="lt-now"><p class="lt-text">{run.model.describe(run.state)}</p></div>}
      <Past rows={past} />
    </div>
  );
}

function Now({ row, run, cite }: { readonly row: Row; readonly run: TraceRun; readonly cite: (id: string) => unknown }) {
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
  const box = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [rows.length]);
  if (rows.length === 0) return null;
  return (
    <ol class="lt-past" ref={box} tabIndex={0} aria-label="Steps before">
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

/** Visible: the counts of each run. For the live region only: the sentence, which stands in the story already. */
function Tallies({ runs }: { readonly runs: readonly TraceRun[] }) {
  return (
    <>
      {runs.map((run) => <p class="sr-only">{run.model.describe(run.state)}</p>)}
      {runs.map((run) => <p><b>{STACK_NAMES[run.state.config.stack]}:</b> {tallyOf(run.state)}</p>)}
    </>
  );
}
