/**
 * Judges an experiment by what the machines themselves answered: done or not, which hint fits, what was measured. It knows
 * conditions and arithmetic; it refuses to know how machines are asked.
 */
import type { Condition, Experiment, MachineId, Value, Values } from './types.ts';

export interface Judgement {
  readonly done: boolean;
  /** What is still to be so, in the author’s order. */
  readonly open: readonly string[];
  /** What to say to a reader who is not there yet; empty when nothing fits. */
  readonly hint: string;
  /** The machine that the hint wants reset. */
  readonly reset?: MachineId | undefined;
}

/** The lines `key=value` of an answer, each key with the machine in front: `a.kernel`. Lines that are none are left out. */
export function answersOf(machine: string, text: string): Values {
  return Object.fromEntries(text.split('\n').flatMap((line) => {
    const [, key, value = ''] = /^([a-z]\w*)=(.*)$/i.exec(line.trim()) ?? [];
    return key === undefined ? [] : [[`${machine}.${key}`, valueOf(value.trim())]];
  }));
}

const valueOf = (text: string): Value => (/^-?\d{1,20}(?:\.\d+)?$/.test(text) ? Number(text) : text);

/** Whether it can stand in the notebook: a count or a time, or a word of plain signs. */
export const isValue = (value: unknown): value is Value => (typeof value === 'number' ? Number.isFinite(value) && value >= 0 : typeof value === 'string' && /^[\w.+-]{1,40}$/.test(value));

export function judge({ done, hints }: Pick<Experiment, 'done' | 'hints'>, answers: Values): Judgement {
  const fits = ({ when }: { readonly when: readonly Condition[] }) => when.every((condition) => holds(condition, answers));
  const open = done.filter((each) => !fits(each)).map(({ says }) => says);
  if (open.length === 0) return { done: true, open, hint: '' };
  const { says = '', reset } = hints.find(fits) ?? {};
  return { done: false, open, hint: says, reset };
}

/** A comparison with a key that nobody answered holds never, so that silence proves nothing. */
function holds({ key, is, than }: Condition, answers: Values): boolean {
  const [left, right] = [answers[key], 'key' in than ? answers[than.key] : than.value];
  if (left === undefined || right === undefined) return false;
  if (is === '=') return left === right;
  if (is === '!=') return left !== right;
  if (is === 'has') return String(left).includes(String(right));
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  return is === '>' ? left > right : left < right;
}

/**
 * What the experiment measured, of those measures that have an answer. Numbers that are no counts keep three digits; signs of a
 * word that the notebook does not have become `_`, since a machine may say anything.
 */
export function measured({ measures }: Pick<Experiment, 'measures'>, answers: Values): Values {
  return Object.fromEntries(measures.flatMap(({ id, from }) => {
    const value = quotient(from, answers);
    const noted = typeof value === 'string' ? value.replace(/[^\w.+-]/g, '_').slice(0, 40) : value;
    if (!isValue(noted)) return [];
    return [[id, typeof noted === 'number' && !Number.isInteger(noted) ? Number(noted.toPrecision(3)) : noted]];
  }));
}

function quotient(from: string, answers: Values): Value | undefined {
  const [over = '', under] = from.split(' / ');
  if (under === undefined) return answers[over];
  const [a, b] = [answers[over], answers[under]];
  return typeof a === 'number' && typeof b === 'number' && b !== 0 ? a / b : undefined;
}

/** A condition as an author writes it: `KEY = WORD`, `KEY != OTHER.KEY`, `KEY > 3`, `KEY has WORD`. Null when it is none. */
export function conditionOf(text: string): Condition | null {
  const [, key, is, than] = /^([abc]\w*\.[\w.]+) (=|!=|>|<|has) (\S+)$/.exec(text.trim()) ?? [];
  if (key === undefined || is === undefined || than === undefined) return null;
  return { key, is: is as Condition['is'], than: /^(?:a|b|clock)\.[a-z][\w.]*$/i.test(than) ? { key: than } : { value: valueOf(than) } };
}
