/** The frame that every playground stands in: controls, stage, figures, the sentence that just became true, and ways to take it along. */
import './kit.css';
import type { ComponentChildren } from 'preact';
import type { FactBase } from '../../src/sim/index.ts';
import { Button } from './Button.tsx';
import type { Table } from './playground.ts';
import type { Session } from './Runs.ts';

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
  /** What has just become true, said to screen readers as it changes. */
  readonly say: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Frame<C, S, A, F extends FactBase>(props: Props<C, S, A, F>) {
  const { instance, session, tables } = props;
  return (
    // Named by its caption too: a page may hold several playgrounds of one kind, and landmarks want names of their own.
    <section class="pg" id={instance} aria-labelledby={`${instance}-question ${instance}-caption`}>
      <h2 class="pg-question" id={`${instance}-question`}>{props.question}</h2>
      <p class="pg-caption" id={`${instance}-caption`}>{props.caption}</p>
      {session.link === 'damaged' && (
        <p class="pg-note" role="alert">This link is damaged: what it lost starts over. Copy the whole of it again.</p>
      )}
      <div class="pg-bar">{props.bar}</div>
      <div class="pg-say" role="status" aria-atomic="false">{props.say}</div>
      <div class={props.aside ? 'pg-body has-aside' : 'pg-body'}>
        <div class="pg-stage">{props.children}</div>
        {props.aside && <div class="pg-aside" role="group" aria-label="Figures">{props.aside}</div>}
      </div>
      <div class="pg-foot">
        {props.transport}
        <Tools {...props} />
      </div>
      <details class="pg-table">
        <summary>The same as a table</summary>
        {tables.map((table) => <DataTable table={table} />)}
      </details>
    </section>
  );
}

const FORMS = ['Text', 'CSV', 'JSON', 'SVG'] as const;
export type Form = (typeof FORMS)[number];

function Tools<C, S, A, F extends FactBase>({ instance, session, tables }: Props<C, S, A, F>) {
  const { ready, runs } = session;
  const comparing = runs.length > 1;
  let menu: HTMLDetailsElement | null = null;
  // What had the focus goes with the menu.
  const close = () => {
    if (!menu) return;
    menu.open = false;
    (menu.firstChild as HTMLElement).focus();
  };
  // The button goes with the comparison; the one before it stays.
  const keepSecond = () => {
    (document.activeElement?.previousSibling as HTMLElement | null)?.focus();
    session.keep(1);
  };
  // Few readers take anything along: what it takes is loaded when one does.
  const copy = async () => {
    const link = import('./link.ts');
    const address = link.then(({ linkTo }) => linkTo(instance, session));
    // Safari's clipboard takes what it was promised while the button is pressed, and nothing later. A browser without one throws.
    const copied = (async () => navigator.clipboard.write([new ClipboardItem({ 'text/plain': address })]))();
    await (await link).tellLink(instance, address, copied);
  };
  const exportAs = async (form: Form) => {
    close();
    const download = await import('./download.ts');
    await download.save(form, instance, session, tables);
  };
  return (
    <div class="pg-tools" role="group" aria-label="Take it along">
      <Button ready={ready} onPress={comparing ? () => session.keep(0) : session.compare}>{comparing ? 'Keep first' : 'Compare'}</Button>
      {comparing && <Button ready={ready} onPress={keepSecond}>Keep second</Button>}
      <Button ready={ready} onPress={session.reset}>Start over</Button>
      <Button ready={ready} onPress={copy}>Copy link</Button>
      {/* Written to by what the buttons load. */}
      <span class="pg-told" role="status" />
      <details class="pg-menu" ref={(element) => { menu = element; }} onKeyDown={(event) => event.key === 'Escape' && close()}>
        <summary>Export</summary>
        <div>
          {FORMS.map((form) => <Button ready={ready} onPress={() => exportAs(form)}>{form}</Button>)}
        </div>
      </details>
    </div>
  );
}

export function DataTable({ table }: { readonly table: Table }) {
  return (
    <div class="scroll-x" tabIndex={0} role="group" aria-label={table.caption}>
      <table>
        <caption>{table.caption}</caption>
        <thead><tr>{table.head.map((cell) => <th scope="col">{cell}</th>)}</tr></thead>
        <tbody>
          {table.rows.map((row) => (
            <tr>{row.map((cell, x) => (x === 0 ? <th scope="row">{cell}</th> : <td>{cell}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
