/** Exports: what is on the screen as text, CSV or JSON, made in the page and kept on the reader's machine. */
import type { Table } from './playground.ts';

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
