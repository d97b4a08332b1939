/** Exports: what is on the screen as text, CSV, JSON or a picture, made in the page and kept on the reader's machine. */
import type { FactBase } from '../../src/sim/index.ts';
import { upTo } from '../../src/sim/run.ts';
import type { Form } from './Frame.tsx';
import { linkTo, tell } from './link.ts';
import type { Table } from './playground.ts';
import type { Session } from './Runs.ts';

/** Offers what a session shows (one table a run) in one of the forms. */
export async function save<C, S, A, F extends FactBase>(form: Form, instance: string, session: Session<C, S, A, F>, tables: readonly Table[]): Promise<void> {
  const [ending, type, text] = await fileOf(form, instance, session, tables);
  const name = `${instance.toLowerCase()}.${ending}`;
  offerFile(name, type, text);
  tell(instance, `${name} was made`);
}

type File = readonly [ending: string, type: string, text: string];

async function fileOf<C, S, A, F extends FactBase>(form: Form, instance: string, session: Session<C, S, A, F>, tables: readonly Table[]): Promise<File> {
  if (form === 'CSV') return ['csv', 'text/csv', tables.map(toCsv).join('\r\n')];
  if (form === 'JSON') return ['json', 'application/json', await toJson(instance, session, tables)];
  if (form === 'SVG') return ['svg', 'image/svg+xml', (await import('./picture.ts')).pictureOf(document.getElementById(instance) as HTMLElement)];
  return ['txt', 'text/plain', session.runs.map((run, i) => `${run.model.describe(run.state)}\n\n${toText(tables[i] as Table)}`).join('\n')];
}

/** What a program needs to reproduce the runs, and what they came to. */
async function toJson<C, S, A, F extends FactBase>(instance: string, session: Session<C, S, A, F>, tables: readonly Table[]): Promise<string> {
  const { measure } = await session.onDemand();
  const runs = session.runs.map((run, i) => ({
    model: run.model.id,
    recipe: upTo(run.recipe, run.cursor),
    measures: measure(run.state),
    table: tables[i],
  }));
  return JSON.stringify({ link: await linkTo(instance, session), runs }, null, 2);
}

/** A table as CSV (RFC 4180). A cell that a spreadsheet would read as a formula gets a leading apostrophe. */
export function toCsv(table: Table): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return [table.head, ...table.rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** A table as plain text with aligned columns. */
export function toText(table: Table): string {
  const lines = [table.head, ...table.rows];
  const widths = table.head.map((_, i) => Math.max(...lines.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd();
  return [table.caption, '', ...lines.map(line)].join('\n') + '\n';
}

/** Offers `text` to the reader as a file. */
export function offerFile(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
