/** Figures in words: value, range and unit as a reader meets them. It knows numbers and units, not what was measured. */
import type { Evidence, Figure } from './schema.ts';
import { UNITS } from './units.ts';

const NBSP = '\u00a0';

/** Bytes are shown in the largest decimal unit of which there is at least one. */
const BYTE_SCALES = [['GB', 1e9], ['MB', 1e6], ['kB', 1e3], ['B', 1]] as const;

/**
 * `541 ms (541–8,500)`, `at most 125 ms`, `8.3 MB`, `95%`, `3.10`. Non-breaking spaces, en dash. Digits stay as the source gives
 * them; an exact count of bytes is rounded to three digits, because the exact number is in the table of sources.
 */
export function formatQuantity(figure: Pick<Figure, 'value' | 'low' | 'high' | 'unit' | 'bound'>): string {
  const { value, low, high, bound } = figure;
  const { number, unit } = formatterOf(figure);
  const limit = bound ? `at ${bound}${NBSP}` : '';
  const range = low !== undefined && high !== undefined && low !== high ? ` (${number(low)}–${number(high)})` : '';
  return `${limit}${number(value)}${unit}${range}`;
}

interface Formatter {
  number(amount: number | string): string;
  /** The unit with the space before it, if it takes one. */
  readonly unit: string;
}

function formatterOf({ value, unit }: Pick<Figure, 'value' | 'unit'>): Formatter {
  const { shown, close, plain } = UNITS[unit] ?? { shown: unit };
  if (unit === 'B' && typeof value === 'number') return bytes(value);
  return { number: (amount) => (typeof amount === 'string' ? amount : digits(amount, plain !== true)), unit: shown === '' ? '' : `${close ? '' : NBSP}${shown}` };
}

function bytes(value: number): Formatter {
  const [shown, scale] = BYTE_SCALES.find(([, size]) => Math.abs(value) >= size) ?? (['B', 1] as const);
  return { number: (amount) => digits(Number((Number(amount) / scale).toPrecision(3)), true), unit: `${NBSP}${shown}` };
}

// Made once: a formatter takes far longer to make than to use.
const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10 });
const PLAIN = new Intl.NumberFormat('en-US', { maximumFractionDigits: 10, useGrouping: false });

/** Grouped by thousands, with every decimal that the number has: 1,784.5 and 0.18. */
function digits(amount: number, grouped: boolean): string {
  return (grouped ? GROUPED : PLAIN).format(amount);
}

/** What a reader should know about where a figure comes from: a full label, and a mark for running text where one is due. */
export const EVIDENCE_LABELS: Readonly<Record<Evidence, { readonly label: string; readonly mark?: string }>> = {
  'primary-data': { label: 'measured data, read' },
  'primary-doc': { label: 'maker’s statement, read' },
  'primary-blog': { label: 'author’s own report, read', mark: 'one report' },
  'derived-from-primary-data': { label: 'computed from measured data', mark: 'computed' },
  'secondary-note': { label: 'second-hand', mark: 'second-hand' },
  'secondary-web': { label: 'second-hand', mark: 'second-hand' },
};
