/** Rows of published figures, as validation reads them. It knows the shape of a row, not what it means. */
import { readFileSync } from 'node:fs';

/** A published figure: the median in `value`; `low` the fastest and `high` the 99th percentile, where the source gives them. */
export interface Row {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** A row that cannot be compared, with the reason. */
export interface Unreadable {
  readonly id: string;
  readonly reason: string;
}

/** Thrown for a file that holds no rows; the message is a sentence for whoever typed the command. */
export class RowFileError extends Error {
  override readonly name = 'RowFileError';
}

/** Every entry of a file, in its order. Throws RowFileError when the file cannot be read or is not a JSON array of records with an `id`. */
export function readRows(path: string): readonly (Row | Unreadable)[] {
  const parsed = parse(path, read(path));
  if (!Array.isArray(parsed)) throw new RowFileError(`${path} holds ${described(parsed)}; expected a JSON array of figures.`);
  const wrong = parsed.findIndex((entry) => typeof (entry as { id?: unknown } | null)?.id !== 'string');
  if (wrong >= 0) throw new RowFileError(`Entry ${wrong + 1} of ${path} is ${described(parsed[wrong])}; expected a figure with the text "id".`);
  return parsed.map((entry) => rowOf(entry as Readonly<Record<string, unknown>> & { readonly id: string }));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new RowFileError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}.`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RowFileError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

function rowOf({ id, value, unit, low, high }: Readonly<Record<string, unknown>> & { readonly id: string }): Row | Unreadable {
  if (typeof value !== 'number' || !(value > 0)) return { id, reason: 'its value is no number above zero' };
  if (typeof unit !== 'string') return { id, reason: 'it has no unit' };
  const amount = (each: unknown) => (typeof each === 'number' ? each : undefined);
  return { id, value, unit, low: amount(low), high: amount(high) };
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'a record without it' : `a ${typeof value}`;
}
