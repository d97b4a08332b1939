/** What a reader states: a situation to start from, the machine, the workload, the tool and the month, or a paste instead. */
import type { ComponentChildren } from 'preact';
import { FIRST_MONTH, READY, stating } from '../../src/sim/compat/offers.ts';
import type { Control } from '../../src/sim/compat/choices.ts';
import type { Fact, State } from '../../src/sim/compat/model.ts';
import { Button } from '../kit/Button.tsx';
import { choose, toVerdict } from './acting.ts';
import type { Engine } from './engine.ts';
import { Paste } from './Paste.tsx';
import { RUNS, type Asking } from './WillItRun.tsx';

interface Props {
  readonly instance: string;
  readonly session: Asking;
  readonly engine: () => Promise<Engine>;
  /** Controls that stay in view, as `host.os`. */
  readonly shown: readonly string[] | undefined;
}

export function Bar({ instance, session, engine, shown }: Props) {
  const { ready, run, runs, active, activate, act } = session;
  const { controls, situation, asides } = run.state;
  const of = (...kinds: readonly Control['of'][]) => controls.filter((control) => kinds.includes(control.of));
  const selects = (list: readonly Control[]) => list.map((control) => <Select control={control} instance={instance} session={session} />);
  const group = (legend: string, list: readonly Control[], more: string, others?: ComponentChildren) => {
    const folded = list.filter(({ of: about, fact, rare, value }) => (shown ? !shown.includes(`${about}.${fact}`) : rare && value === undefined));
    const isDated = !shown || shown.includes('date') || situation.date !== undefined;
    return (
      <fieldset class="wr-group">
        <legend>{legend}</legend>
        <div class="wr-fields">{selects(list.filter((control) => !folded.includes(control)))}{isDated && others}</div>
        {(folded.length > 0 || (others && !isDated)) && <details class="wr-more"><summary>{more}</summary><div class="wr-fields">{selects(folded)}{!isDated && others}</div></details>}
      </fieldset>
    );
  };
  const chosen = READY.findIndex(({ situation: ready }) => JSON.stringify(ready) === JSON.stringify({ ...situation, draw: undefined }));
  return (
    <details class="wr-fold">
      <summary>Change machine, image or tool, or paste what yours says <span>{run.state.line.join(' · ')}</span></summary>
      <div class="wr-bar">
        {runs.length > 1 && (
          <span class="seg" role="group" aria-label="Which one to change">
            {RUNS.map((name, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => activate(i)}>{name}</Button>)}
          </span>
        )}
        {!shown && (
          <label class="wr-start">Start from
            <select disabled={!ready} value={String(chosen)} onChange={({ currentTarget: { value } }) => {
              const start = READY[Number(value)];
              if (start) choose(session, { type: 'fill', situation: start.situation });
            }}>
              <option value="-1">a situation of your own</option>
              {READY.map(({ title }, i) => <option value={String(i)}>{title}</option>)}
            </select>
          </label>
        )}
        <Paste session={session} engine={engine} />
        {group('The machine', of('host'), 'More about the machine')}
        {group('What should run', of('workload'), 'More about it')}
        {group('With', of('tool'), 'More', <Month state={run.state} instance={instance} session={session} />)}
        {asides.length > 0 && (
          <ul class="wr-asides" aria-label="Also stated">
            {asides.map((aside) => <li>{aside.question} <b>{aside.text}</b> <Button ready={ready} aria-label={`Take back: ${aside.question}`} onPress={() => act(stating(aside), toVerdict())}>Take back</Button></li>)}
          </ul>
        )}
        <p class="wr-dropped" role="status">{cameOf(run).ended}</p>
        <div class="sr-only" role="status">
          <p>{runs.length > 1 && `You now change the ${RUNS[active]?.toLowerCase()}.`}</p>
          {runs.map((each) => <p>{cameOf(each).still}</p>)}
        </div>
      </div>
    </details>
  );
}

interface SelectProps extends Pick<Props, 'instance' | 'session'> {
  readonly control: Control;
}

function Select({ control, instance, session }: SelectProps) {
  const { of, fact, label, options, value } = control;
  const at = options.findIndex((option) => String(option.value) === String(value));
  return (
    <label>{label}
      <select id={`${instance}-${of}-${fact}`} disabled={!session.ready} value={String(at)} onChange={({ currentTarget }) => choose(session, stating(control, options[Number(currentTarget.value)]?.value))}>
        <option value="-1">{of === 'tool' ? 'any' : 'not stated'}</option>
        {options.map((option, i) => <option value={String(i)}>{option.label}</option>)}
      </select>
    </label>
  );
}

const MONTHS = Array.from({ length: 12 }, (_, i) => new Date(2020, i).toLocaleString('en', { month: 'long' }));

/** Today, or a year and its month. */
function Month({ state: { situation: { date }, lastMonth }, session }: Pick<Props, 'instance' | 'session'> & { readonly state: State }) {
  const [year = '', month = '06'] = date?.split('-') ?? [];
  const first = Number(FIRST_MONTH.slice(0, 4));
  const { ready } = session;
  const at = (to: string) => choose(session, { type: 'at', date: to < FIRST_MONTH ? FIRST_MONTH : to > lastMonth ? lastMonth : to });
  return (
    <>
      <label>When
        <select disabled={!ready} value={year} onChange={({ currentTarget: { value } }) => (value === '' ? choose(session, { type: 'at' }) : at(`${value}-${month}`))}>
          <option value="">today</option>
          {Array.from({ length: Number(lastMonth.slice(0, 4)) - first + 1 }, (_, i) => <option value={String(first + i)}>{first + i}</option>)}
        </select>
      </label>
      {date !== undefined && (
        <label>Month
          <select disabled={!ready} value={month} onChange={({ currentTarget: { value } }) => at(`${year}-${value}`)}>
            {MONTHS.map((name, i) => <option value={String(i + 1).padStart(2, '0')}>{name}</option>)}
          </select>
        </label>
      )}
    </>
  );
}

/** What the last action of a run has come to: its last fact tells. */
const cameOf = ({ log, cursor }: Asking['run']) => (log[cursor - 1]?.at(-1) ?? {}) as Partial<Extract<Fact, { id: 'verdictReached' }>>;

/** Shows a control that lies under a fold, and gives it the focus. */
export function reveal(id: string, event: Event): void {
  const control = document.getElementById(id);
  if (!control) return;
  event.preventDefault();
  for (let fold = control.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
  control.focus();
}
