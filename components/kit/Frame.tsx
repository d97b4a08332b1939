/** The frame that every playground stands in: controls, stage, figures, the sentence that just became true, and ways to take it along. */
import './kit.css';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { FactBase } from '../../src/sim/index.ts';
import type { Table } from './playground.ts';
import type { Session } from './useRun.ts';

interface Props<C, S, A, F extends FactBase> {
  readonly instance: string;
  readonly question: string;
  readonly caption: string;
  readonly session: Session<C, S, A, F>;
  /** One table a run. */
  readonly tables: readonly Table[];
  /** The controls above the stage. */
  readonly bar: ComponentChildren;
  /** Figures and their sources, beside the stage. */
  readonly aside?: ComponentChildren;
  readonly transport: ComponentChildren;
  /** A richer form of what `describe` says, where the view has one. */
  readonly say?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Frame<C, S, A, F extends FactBase>(props: Props<C, S, A, F>) {
  const { instance, session, tables } = props;
  const say = session.runs.map((run) => run.model.describe(run.state));
  return (
    <section class="pg" id={instance} aria-labelledby={`${instance}-question`}>
      <p class="pg-question" id={`${instance}-question`}>{props.question}</p>
      {session.link === 'damaged' && (
        <p class="pg-note" role="alert">The link to this playground is damaged, so it shows its first state. Ask for the link again, or start here.</p>
      )}
      <div class="pg-bar">{props.bar}</div>
      <div class="pg-say" role="status" aria-live="polite">{props.say ?? say.map((text) => <p key={text}>{text}</p>)}</div>
      <div class={props.aside ? 'pg-body has-aside' : 'pg-body'}>
        <div class="pg-stage">{props.children}</div>
        {props.aside && <aside class="pg-aside" aria-label="Figures">{props.aside}</aside>}
      </div>
      <div class="pg-foot">
        {props.transport}
        <Tools {...props} />
      </div>
      <details class="pg-table">
        <summary>The same as a table</summary>
        {tables.map((table) => <DataTable key={table.caption} table={table} />)}
      </details>
      <p class="pg-caption">{props.caption}</p>
    </section>
  );
}

const FORMS = ['Text', 'CSV', 'JSON'] as const;
export type Form = (typeof FORMS)[number];

function Tools<C, S, A, F extends FactBase>({ instance, session, tables }: Props<C, S, A, F>) {
  const comparing = session.runs.length > 1;
  // Few readers export: what it takes is loaded when one does.
  const save = async (form: Form) => (await import('./download.ts')).save(form, instance, session, tables);
  return (
    <div class="pg-tools" role="group" aria-label="Take it along">
      <button type="button" disabled={!session.ready} onClick={comparing ? session.keep : session.compare}>
        {comparing ? 'Stop comparing' : 'Compare'}
      </button>
      <button type="button" disabled={!session.ready} onClick={session.reset}>Start over</button>
      <CopyLink session={session} />
      <details class="pg-menu">
        <summary>Export</summary>
        <div>
          {FORMS.map((form) => <button key={form} type="button" disabled={!session.ready} onClick={() => save(form)}>{form}</button>)}
        </div>
      </details>
    </div>
  );
}

function CopyLink<C, S, A, F extends FactBase>({ session }: { readonly session: Session<C, S, A, F> }) {
  const [told, setTold] = useState('');
  const copy = async () => {
    const address = await session.address();
    history.replaceState(history.state, '', address);
    try {
      await navigator.clipboard.writeText(address);
      setTold('Link copied');
    } catch {
      // No permission, or no secure context: the address bar holds the link by now.
      setTold('The link is in the address bar');
    }
    setTimeout(() => setTold(''), 4000);
  };
  return (
    <>
      <button type="button" disabled={!session.ready} onClick={copy}>Copy link</button>
      <span class="pg-told" role="status">{told}</span>
    </>
  );
}

export function DataTable({ table }: { readonly table: Table }) {
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label={table.caption}>
      <table>
        <caption>{table.caption}</caption>
        <thead><tr>{table.head.map((cell) => <th key={cell} scope="col">{cell}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row, y) => (
            <tr key={y}>{row.map((cell, x) => (x === 0 ? <th key={x} scope="row">{cell}</th> : <td key={x}>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
