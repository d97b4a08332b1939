/** How a value breaks a zod schema, in words for an author. It knows schemas, not where the value was written. */
import { z, type ZodObject, type ZodType } from 'zod';
import { nearest } from '../facts/nearest.ts';

export interface Mistake {
  /** `together`: each value is right, but not beside the others. */
  readonly kind: 'unknown' | 'missing' | 'wrong' | 'together';
  readonly path: readonly PropertyKey[];
  /** The name that is unknown, missing or wrong. */
  readonly name: string;
  /** What belongs there, as a phrase: `a whole number from 1 to 200`. For `together`, the schema's own words. */
  readonly expected: string;
  /** The known name, or the allowed value, that the wrong one resembles. */
  readonly near?: string;
}

/** Every way in which `value` breaks the schema. Empty when it fits. A misspelled name is one mistake, not also a missing one. */
export function mistakesIn(schema: ZodObject, value: unknown): readonly Mistake[] {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return [];
  const mistakes = result.error.issues.flatMap((issue) => mistakesFrom(schema, value, issue));
  const misspelled = new Set(mistakes.flatMap(({ kind, near }) => (kind === 'unknown' && near ? [near] : [])));
  return mistakes.filter(({ kind, name }) => kind !== 'missing' || !misspelled.has(name));
}

type Issue = z.core.$ZodIssue;

function mistakesFrom(schema: ZodObject, value: unknown, issue: Issue): readonly Mistake[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey(schema, [...issue.path, name], name));
  if (issue.path.length === 0) return [{ kind: 'together', path: [], name: '', expected: issue.message }];
  const name = String(issue.path[0]);
  const isMissing = issue.path.length === 1 && (value as Record<string, unknown>)[name] === undefined;
  const near = issue.code === 'invalid_value' ? nearest(String(issue.input), issue.values.map(String)) : undefined;
  return [{ kind: isMissing ? 'missing' : 'wrong', path: issue.path, name, expected: expectation(schema, issue), ...(near && { near }) }];
}

function unknownKey(schema: ZodObject, path: readonly PropertyKey[], name: string): Mistake {
  const known = Object.keys(schema.shape);
  const near = nearest(name, known);
  return { kind: 'unknown', path, name, expected: inWords(known), ...(near && { near }) };
}

// A schema may say what it expects in its own words; zod's stock messages say less than the schema itself.
const STOCK_MESSAGE = /^(Invalid|Too small|Too big|Unrecognized)/;

function expectation(schema: ZodObject, issue: Issue): string {
  const field = schema.shape[String(issue.path[0])] as ZodType | undefined;
  if (!field || !STOCK_MESSAGE.test(issue.message)) return issue.message;
  return describe(z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' })) ?? issue.message;
}

type Json = z.core.JSONSchema.BaseSchema;

/** A JSON schema in words; undefined when it is of a kind that authors do not write. */
function describe(json: Json): string | undefined {
  if (json.enum) return `one of ${json.enum.join(', ')}`;
  if (json.const !== undefined) return String(json.const);
  if (json.anyOf) return json.anyOf.map((option) => describe(option as Json) ?? 'another form').join(', or ');
  if (json.format === 'date') return 'a day as YYYY-MM-DD';
  if (json.type === 'integer' || json.type === 'number') return describeNumber(json);
  if (json.type === 'array') return describeList(json);
  if (json.type === 'string') return 'a text that is not empty';
  return json.type === 'boolean' ? 'true or false' : undefined;
}

function describeList({ items, minItems = 0 }: Json): string {
  const item = describe((items ?? {}) as Json) ?? 'a value';
  return `a list${minItems > 0 ? ` of at least ${minItems}` : ''}, each item ${item}`;
}

function describeNumber(json: Json): string {
  const noun = json.type === 'integer' ? 'a whole number' : 'a number';
  const low = bound(json.minimum);
  const high = bound(json.maximum);
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  if (low !== undefined) return `${noun}, at least ${low}`;
  return high === undefined ? noun : `${noun}, at most ${high}`;
}

/** zod writes the limits of exact integers into every schema of a whole number; they say nothing to an author. */
function bound(limit: number | undefined): number | undefined {
  return limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}

/** `a`, `a or b`, `a, b or c`. */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
