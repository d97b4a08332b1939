/** Puts facts into words: sentences and the rules behind them, both of which come in as data. It knows no sentence by itself. */
import type { Reason } from '../model.ts';
import { usageOf } from './usage.ts';
import { totalOf } from './disks.ts';
import type { Fact, FactId, State } from './types.ts';

export interface Rule {
  readonly text: string;
  readonly sources: readonly string[];
  readonly figures?: readonly string[];
}

export interface Words {
  /**
   * By `fact`, `fact/variant` or `fact/0`, which stands where the fact’s number is none; `.1` after it for a single one of several.
   * `{name}` stands for what the fact holds under that name, `{count}` for how many such facts there were.
   */
  readonly sentences: Readonly<Record<string, string>>;
  /** Rules by id. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** Ids of the rules behind each fact, by the fact's id, with `/variant` where that matters. */
  readonly reasons: Readonly<Record<string, readonly string[]>>;
}

/** Facts that are told once for all of their kind, with their numbers added up. */
const TOGETHER: readonly FactId[] = ['layerPulled', 'layerReused', 'layerUnpacked', 'layerFreed', 'instructionCached'];
/** Names of fields that are bytes. */
const SIZES: readonly string[] = ['bytes', 'unpacked', 'hidden', 'lower'];

type Fields = Readonly<Record<string, string | number>>;

/** What happened last, and what the store takes now. */
export function tell(words: Words, state: State): string {
  const { total } = usageOf(state);
  const told = grouped(state.facts).map((fields) => sentenceOf(words, fields)).filter((text) => text !== '');
  const fields: Fields = { id: total > 0 ? 'stored' : 'empty', bytes: total, unpacked: totalOf(state.disks), count: 2 };
  return [...told, sentenceOf(words, fields), ...(state.config.disks ? [sentenceOf(words, { ...fields, id: 'disksStored' })] : [])].join(' ');
}

function grouped(facts: readonly Fact[]): readonly Fields[] {
  const lines: Fields[] = [];
  for (const fact of facts) {
    const at = TOGETHER.includes(fact.id) ? lines.findIndex(({ id }) => id === fact.id) : -1;
    const one: Fields = { ...fact, count: 1 };
    if (at < 0) lines.push(one);
    else lines[at] = added(lines[at] as Fields, one);
  }
  return lines;
}

function added(one: Fields, other: Fields): Fields {
  return Object.fromEntries(Object.entries(one).map(([name, value]) => [name, typeof value === 'number' ? value + Number(other[name]) : value]));
}

function sentenceOf({ sentences }: Words, fields: Fields): string {
  const { id } = fields;
  const none = (fields.bytes ?? fields.hidden ?? fields.remaining ?? fields.from) === 0 ? [`${id}/${variantOf(fields)}/0`, `${id}/0`] : [];
  const keys = [...none, `${id}/${variantOf(fields)}`, String(id)];
  const key = keys.find((each) => each in sentences) ?? '';
  const number = fields.count === 1 && !('layers' in fields) ? 1 : fields.layers ?? fields.clusters;
  const text = (number === 1 || fields.clusters === 1 ? sentences[`${key}.1`] : undefined) ?? sentences[key] ?? '';
  return text.replace(/\{(\w+)\}/g, (_, name: string) => shown(name, fields[name]));
}

const variantOf = ({ cause, because, by, format }: Fields) => cause ?? because ?? by ?? format ?? '';

function shown(name: string, value: string | number | undefined): string {
  if (typeof value !== 'number') return value ?? '';
  return SIZES.includes(name) ? sizeInWords(value) : String(value);
}

const SCALES = [['GB', 1e9], ['MB', 1e6], ['kB', 1e3]] as const;

/** `1 GB`, `78.6 MB`, `65.5 kB`, `1 byte`: decimal units, three digits. */
export function sizeInWords(bytes: number): string {
  const [unit, scale] = SCALES.find(([, size]) => bytes >= size) ?? ['', 1];
  if (unit === '') return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${Number((bytes / scale).toPrecision(3))} ${unit}`;
}

/** The rules that decided, with their sources. */
export function reasonsFor({ rules, reasons }: Words, fact: Fact): readonly Reason[] {
  const ids = reasons[`${fact.id}/${variantOf({ ...fact })}`] ?? reasons[fact.id] ?? [];
  return ids.map((rule) => ({ rule, text: '', sources: [], ...rules[rule] }));
}
