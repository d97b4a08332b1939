/** The shape of what the bench measures, and its table. It knows nothing of how a figure was come by. */

export interface Measured {
  readonly group: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is to be reached: at most this much, in the same unit. */
  readonly atMost?: number;
}

/** `ok` or `over` where there is a target. */
export function verdict({ value, atMost }: Measured): string {
  if (atMost === undefined) return '';
  return value <= atMost ? 'ok' : 'over';
}

/** A table for the terminal, one block a group. */
export function tableOf(figures: readonly Measured[]): string {
  const lines = figures.map((figure) => [figure.name, format(figure.value), figure.unit, figure.atMost === undefined ? '' : `≤ ${format(figure.atMost)}`, verdict(figure)]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const row = (line: readonly string[]) => line.map((cell, i) => (i === 1 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd();
  return figures.map((figure, i) => (figure.group === figures[i - 1]?.group ? '' : `\n${figure.group}\n`) + `  ${row(lines[i] ?? [])}`).join('\n');
}

function format(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
