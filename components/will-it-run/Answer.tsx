/** The answer in parts: what is missing and its error, what would have to change, what was asked, and the ways. */
import type { ComponentChildren } from 'preact';
import type { State, Way } from '../../src/sim/compat/model.ts';
import type { Row, RowStatus } from '../../src/sim/compat/telling.ts';
import { Button } from '../kit/Button.tsx';
import { toVerdict } from './acting.ts';
import { reveal } from './Bar.tsx';
import { Icon, type Sign } from './Icon.tsx';
import { layerText, STATUSES } from './view.ts';
import type { Asking } from './WillItRun.tsx';

interface Props {
  readonly state: State;
  readonly instance: string;
  readonly session: Asking;
  /** Buttons belong to the run that the controls act on. */
  readonly isActive: boolean;
  readonly cite: (ids: readonly string[]) => ComponentChildren;
  /** Headings stand a level lower below the name of one of two runs. */
  readonly head: 'h3' | 'h4';
}

export function Answer(props: Props) {
  const { state: { doubts, missing, ...state }, cite, head: Head } = props;
  // What is missing first stands in its own box.
  const rows = state.rows.filter(({ asked, status }) => status !== 'unmet' || asked !== missing?.says);
  const minor = rows.filter((row) => row.minor);
  const deciding = rows.filter((row) => !row.minor);
  return (
    <div class="wr-answer">
      {doubts.map((doubt) => <p class="wr-doubt"><Icon sign="maybe" /><span>{doubt}</span></p>)}
      <Missing {...props} />
      <Changes {...props} />
      <Asks {...props} />
      {rows.length > 0 && <Head class="wr-head">What was asked</Head>}
      <Rows rows={deciding} cite={cite} />
      {minor.length > 0 && <details class="pg-why"><summary>Also asked: {minor.length}</summary><Rows rows={minor} cite={cite} /></details>}
    </div>
  );
}

/** What goes with the drawn way: its costs, what works less well, what to type. */
export function Terms({ state: { costs, caveats, commands, steps, ways, drawn }, cite, head: Head }: Pick<Props, 'state' | 'cite' | 'head'>) {
  return (
    <div class="wr-terms">
      {costs.length > 0 && <p><b>Costs:</b> {costs.join('; ')}.</p>}
      {caveats.length > 0 && <Head class="wr-head">{ways[drawn]?.kind === 'miss' ? 'It would run, but' : 'It runs, but'}</Head>}
      <ul>{caveats.map(({ text, sources }) => <li>{text} <small>{cite(sources)}</small></li>)}</ul>
      {steps.length > 0 && (
        <>
          <Head class="wr-head">To set it up</Head>
          <ol>{steps.map((step) => <li>{step.split('`').map((part, i) => (i % 2 ? <code>{part}</code> : part))}</li>)}</ol>
        </>
      )}
      {commands.length > 0 && (
        <>
          <Head class="wr-head">To type</Head>
          <div class="wr-code" tabIndex={0} role="group" aria-label="Commands"><pre><code>{commands.join('\n')}</code></pre></div>
        </>
      )}
    </div>
  );
}

function Missing({ state: { missing }, cite, head: Head }: Props) {
  if (!missing) return null;
  const { says, error, todo, layer, sources } = missing;
  return (
    <div class="wr-missing">
      <Head class="wr-head">What is missing <small>{layerText(layer)}</small></Head>
      <p>{says} <small>{cite(sources)}</small></p>
      {error !== undefined && <><p class="wr-label">What you would see</p><div class="wr-code" tabIndex={0} role="group" aria-label="Error"><code>{error}</code></div></>}
      {todo !== undefined && <p><b>What to do:</b> {todo}</p>}
    </div>
  );
}

function Changes({ state: { changes, verdict }, session, isActive, head: Head }: Props) {
  if (verdict !== 'no' && verdict !== 'by-hand') return null;
  const { ready, act } = session;
  return (
    <div class="wr-changes">
      <Head class="wr-head">What would have to change</Head>
      {changes.length === 0 ? <p>No one change of what can be stated here makes it run, and no pair that was tried.</p> : !changes.some(({ settles }) => settles) && <p>This goes around what is missing:</p>}
      <ul>
        {changes.map(({ actions: [one, other], says, byHand }) => (
          <li>
            {isActive ? <Button ready={ready} onPress={() => {
              const then = toVerdict();
              if (one) act(one, other ? () => act(other, then) : then);
            }}>{says}</Button> : says}
            {byHand && <small>then by hand</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Asks({ state: { asks }, instance, isActive, head: Head }: Props) {
  if (asks.length === 0 || !isActive) return null;
  return (
    <div class="wr-asks">
      <Head class="wr-head">To be sure, answer this</Head>
      <ul>{asks.map(({ question, control }) => {
        const id = `${instance}-${control.replace('.', '-')}`;
        return <li><a href={`#${id}`} onClick={(event) => reveal(id, event)}>{question}</a></li>;
      })}</ul>
    </div>
  );
}

const SIGNS: Readonly<Record<RowStatus, Sign>> = { met: 'yes', tight: 'yes', presumed: 'maybe', depends: 'maybe', open: 'maybe', unmet: 'no' };

function Rows({ rows, cite }: Pick<Props, 'cite'> & { readonly rows: readonly Row[] }) {
  return (
    <ul class="wr-rows">
      {rows.map(({ asked, have, status, layer, rule, sources }) => (
        <li data-status={status}>
          <Icon sign={SIGNS[status]} />
          <span>
            {asked} <span class="wr-have"><b>{STATUSES[status]}</b>{have !== STATUSES[status] && `; ${have}`}</span>
            <small title={rule}>{layerText(layer)} {cite(sources)}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

const GROUPS: readonly (readonly [Way['kind'], string])[] = [['works', 'Ways that work'], ['by-hand', 'Ways that you would set up by hand'], ['miss', 'Near misses']];

/** The ways of the active run, each with a button that draws it. `name` says which run that is, where there are two. */
export function Ways({ state: { ways, drawn, outOfDate }, session: { ready, act }, name }: Pick<Props, 'state' | 'session'> & { readonly name: string | undefined }) {
  return (
    <div class="wr-ways">
      {GROUPS.map(([kind, title]) => {
        const own = ways.flatMap((way, n) => (way.kind === kind ? [{ way, n }] : []));
        return own.length > 0 && (
          <details>
            <summary>{name && `${name}: `}{title}: {own.length}</summary>
            <ul>{own.map(({ way: { title, costs, lacks }, n }) => (
              <li>
                <Button ready={ready} aria-pressed={n === drawn} aria-label={`Draw ${title}`} onPress={() => act({ type: 'draw', chain: n })}>Draw</Button>
                <span><b>{title}</b><small>{lacks ?? `${costs}.`}</small></span>
              </li>
            ))}</ul>
          </details>
        );
      })}
      {outOfDate.length > 0 && <p class="wr-dated"><b>{name && `${name}: `}Not to be had in this month:</b> {outOfDate.join('; ')}.</p>}
    </div>
  );
}
