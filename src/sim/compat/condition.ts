/**
 * Conditions: what a mechanism or a rule asks of a fact, and what comes of it where the fact is stated, presumed or open.
 * It knows how to compare; what the facts are is for facts.ts, where they come from for scene.ts.
 */
import type { ErrorLayer } from '../decoder/layers.ts';
import { specOf, type FactName, type Value } from './facts.ts';
import { isAtLeast, isAtLimit, isWithin, type Answer } from './version.ts';

/** What is asked of a value. A text `image.…` as a limit stands for that fact of the image; while it is open, nothing is asked. */
export interface Test {
  readonly is?: string | number | boolean;
  readonly in?: readonly (string | number)[];
  readonly not?: readonly (string | number)[];
  readonly atLeast?: string | number;
  readonly below?: string | number;
  /** Ranges of versions, `from..to`, of which one must hold; either end may be left out, and the last one counts whole. */
  readonly ranges?: readonly string[];
  readonly includes?: string;
  readonly excludes?: string;
}

export interface Condition {
  readonly fact: FactName;
  readonly test: Test;
  /** It is asked only where all of these hold, stated or presumed. */
  readonly when?: readonly Condition[];
  /** Months between which it is asked, as YYYY-MM; `until` is the first month in which it no longer is. */
  readonly from?: string;
  readonly until?: string;
  readonly layer?: ErrorLayer;
  /** The rule by name, where one is worth a name: `hyper-v-excludes-virtualbox`. */
  readonly name?: string;
  /** What is asked, as a sentence. */
  readonly says?: string;
  /** What the reader sees where it is not met, word for word. */
  readonly error?: string;
  /** What to do about it. */
  readonly todo?: string;
  /** What there was to do before a month, where `todo` names what came only then. */
  readonly formerly?: { readonly until: string; readonly todo: string };
  /** Overrides the estimate of the fact (facts.ts). */
  readonly risk?: number;
  readonly sources?: readonly string[];
}

/** `met`, `unmet`: stated or presumed so. `open`: nobody says, and nothing is presumed. `off`: it is not asked here. */
export type Status = 'met' | 'unmet' | 'open' | 'off';

export interface Finding {
  readonly condition: Condition;
  readonly status: Status;
  readonly layer: ErrorLayer;
  /** The value that was compared, where there is one. */
  readonly actual?: Value;
  /** True when the value is presumed, not stated. */
  readonly presumed: boolean;
  /** Met with nothing to spare: a version right at its limit. */
  readonly tight: boolean;
  /** How likely this is what stops the reader, 0 to 1. */
  readonly risk: number;
}

/** The value of a fact, and whether somebody stated it. */
export interface Known {
  readonly value: Value | undefined;
  readonly stated: boolean;
}

/** What a condition can look up. */
export type Lookup = (name: FactName) => Known;

/** Whether something is so in a month; without a month, at present. */
export function isCurrent({ from, until }: { readonly from?: string; readonly until?: string }, date: string | undefined): boolean {
  if (date === undefined) return until === undefined;
  return (from === undefined || from <= date) && (until === undefined || date < until);
}

/** What can be done about a condition in a month; without a month, at present. */
export function todoAt({ todo, formerly }: Condition, date: string | undefined): string | undefined {
  return formerly !== undefined && date !== undefined && date < formerly.until ? formerly.todo : todo;
}

/** Whether all of these hold, stated or presumed. */
export function holds(conditions: readonly Condition[], look: Lookup, date: string | undefined): boolean {
  return conditions.every((one) => statusOf(one, look, date) === 'met');
}

/** What comes of a condition, without the rest of the finding: a search asks this far more often than it tells. */
export function statusOf(condition: Condition, look: Lookup, date: string | undefined): Status {
  const { when } = condition;
  if (!isCurrent(condition, date) || (when !== undefined && !holds(when, look, date))) return 'off';
  return judge(condition.test, installed(condition, look(condition.fact).value), look);
}

/**
 * The least part of its memory that a machine shows: firmware, graphics and other devices keep the rest, so that one with 8 GB may
 * report 7.1 (support.microsoft.com, KB 978610). Manuals ask for what is installed. Below it, a virtual machine of 7 GiB is none of 8.
 */
const MEMORY_SHOWN = 0.88;

/** The memory that may be installed, where a manual's round figure is asked for and less is shown; any other value as it is. */
function installed({ fact, test: { atLeast } }: Condition, value: Value | undefined): Value | undefined {
  const isMemory = fact === 'memoryMib' || fact === 'host.memoryMib';
  return isMemory && typeof value === 'number' && typeof atLeast === 'number' && value < atLeast ? Math.min(value / MEMORY_SHOWN, atLeast) : value;
}

/** True for a value below its limit that counts all the same, since a machine shows less memory than it has. */
export function isByAllowance(condition: Condition, value: Value | undefined): boolean {
  return installed(condition, value) === condition.test.atLeast && value !== condition.test.atLeast;
}

/** Holds a condition against what is known. */
export function examine(condition: Condition, look: Lookup, date: string | undefined): Finding {
  const spec = specOf(condition.fact);
  const { value, stated } = look(condition.fact);
  const base = { condition, layer: condition.layer ?? spec.layer, presumed: value !== undefined && !stated, ...(value === undefined ? {} : { actual: value }) };
  const status = statusOf(condition, look, date);
  if (status === 'off') return { ...base, status, tight: false, risk: 0 };
  const tight = status === 'met' && stated && touches(condition.test, value, look);
  const atLimit = Math.max(AT_ITS_LIMIT, condition.risk ?? 0);
  return { ...base, status, tight, risk: riskOf({ status, stated, tight, estimate: condition.risk ?? spec.risk, atLimit }) };
}

/** A condition that is met right at its limit is the likeliest of the met ones. */
const AT_ITS_LIMIT = 0.35;
/** What is not so on ordinary machines is not certain on this one. */
const UNMET_BY_PRESUMPTION = 0.9;

function riskOf({ status, stated, tight, estimate, atLimit }: { status: Status; stated: boolean; tight: boolean; estimate: number; atLimit: number }): number {
  if (status === 'off') return 0;
  if (status === 'unmet') return stated ? 1 : UNMET_BY_PRESUMPTION;
  if (status === 'open' || !stated) return estimate;
  return tight ? atLimit : 0;
}

function judge(test: Test, value: Value | undefined, look: Lookup): Status {
  let status: Status = 'off';
  for (const key in test) {
    const wanted = resolved(test[key as keyof Test], look);
    if (wanted === undefined) continue;
    if (value === undefined) return 'open';
    const answer = ASK[key as keyof Test](value, wanted);
    if (answer === 'no') return 'unmet';
    if (answer === 'open') status = 'open';
    else if (status === 'off') status = 'met';
  }
  return status;
}

type Wanted = NonNullable<Test[keyof Test]>;

/** A limit that names a fact of the image, replaced by it; undefined while that is open. */
function resolved(wanted: Wanted | undefined, look: Lookup): Wanted | undefined {
  if (typeof wanted !== 'string' || !wanted.startsWith('image.')) return wanted;
  return look(wanted as FactName).value as Wanted | undefined;
}

const words = (value: Value): readonly string[] => (typeof value === 'object' ? value : [String(value)]);
const list = (wanted: Wanted): readonly string[] => (typeof wanted === 'object' ? wanted.map(String) : [String(wanted)]);
const answer = (yes: boolean): Answer => (yes ? 'yes' : 'no');
const shares = (value: Value, wanted: Wanted): boolean => list(wanted).some((one) => words(value).includes(one));
const opposite: Readonly<Record<Answer, Answer>> = { yes: 'no', no: 'yes', open: 'open' };
const atLeast = (value: Value, limit: Wanted): Answer => (typeof value === 'number' ? answer(value >= Number(limit)) : isAtLeast(String(value), String(limit)));

const ASK: Readonly<Record<keyof Test, (value: Value, wanted: Wanted) => Answer>> = {
  is: (value, wanted) => answer(String(value) === String(wanted)),
  in: (value, wanted) => answer(shares(value, wanted)),
  not: (value, wanted) => answer(!shares(value, wanted)),
  includes: (value, wanted) => answer(shares(value, wanted)),
  excludes: (value, wanted) => answer(!shares(value, wanted)),
  atLeast,
  below: (value, limit) => (typeof value === 'number' ? answer(value < Number(limit)) : opposite[isAtLeast(String(value), String(limit))]),
  ranges: (value, wanted) => {
    const answers = list(wanted).map((range) => isWithin(String(value), range));
    return answers.includes('yes') ? 'yes' : answers.includes('open') ? 'open' : 'no';
  },
};

function touches({ atLeast: limit, ranges = [] }: Test, value: Value | undefined, look: Lookup): boolean {
  const limits = [resolved(limit, look), ...ranges.map((range) => range.split('..')[0])].filter((one) => one !== undefined && one !== '');
  return typeof value === 'string' && limits.some((one) => isAtLimit(value, String(one)));
}
