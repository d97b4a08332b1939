/**
 * Results that a reader asked this browser to keep, as text. It knows their shape, and trusts nothing that it reads; it refuses to
 * know where the text lies and what day it is.
 */
import { isValue } from './judge.ts';
import type { Config, Values } from './types.ts';

/** The name under which a browser keeps the text. */
export const KEPT_KEY = 'layerlab:linux-lab';

export interface Kept {
  /** The day on which they were kept: `2026-11-22`. */
  readonly date: string;
  readonly results: Config['results'];
}

const VERSION = 1;
/** Longer than the results of all experiments by far. */
const LONGEST = 20_000;
const WORD = /^[a-z]{1,20}$/;

/** The text to keep: the same for the same results, in whatever order they were measured. */
export function keptText({ date, results }: Kept): string {
  return JSON.stringify({ version: VERSION, date, results: sorted(results, (values) => sorted(values, (value) => value)) });
}

function sorted<From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, to(value)]));
}

/** What a text holds. Null for one that is damaged, of another version or of something else; never throws. */
export function keptResults(text: string | null | undefined): Kept | null {
  if (!text || text.length > LONGEST) return null;
  const { version, date, results } = parsed(text);
  if (version !== VERSION || typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date) || !isRecord(results)) return null;
  const read = Object.entries(results);
  if (read.length === 0 || !read.every(([id, values]) => WORD.test(id) && areValues(values))) return null;
  return { date, results: Object.fromEntries(read) as Config['results'] };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text);
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
const areValues = (values: unknown): values is Values => isRecord(values) && Object.keys(values).length > 0 && Object.entries(values).every(([name, value]) => WORD.test(name) && isValue(value));
