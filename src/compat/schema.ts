/** What may stand in content/platforms, content/mechanisms and content/compat-rules. It knows one entry at a time, not how they refer to each other. */
import { z } from 'zod';
import { nearest } from '../facts/nearest.ts';
import { listOf, oneOf, record, text } from '../facts/schema.ts';
import { COSTS, FACT_NAMES, isFactName, PLACE_FACTS, specOf, WORKLOAD_FACTS, type Condition, type CostId, type FactName, type FactSpec, type Host, type PlaceFact, type Test, type Value, type Workload } from '../sim/compat/index.ts';
import { ERROR_LAYERS } from '../sim/decoder/layers.ts';

const KEBAB = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
export const id = text('an id of lower-case words joined by hyphens').regex(KEBAB, { error: 'lower-case words joined by hyphens' });
export const month = text('a month as YYYY-MM').regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, { error: 'a month as YYYY-MM' });
const layer = oneOf(ERROR_LAYERS);
const risk = z.number({ error: 'a number from 0 to 1' }).min(0, { error: 'a number from 0 to 1' }).max(1, { error: 'a number from 0 to 1' });
export const sources = listOf(text('the id of a source'), 'a list of ids of sources').min(1, { error: 'at least one source' });
const version = text('a version in quotes').regex(/^[\w. -]*\d[\w. -]*$/, { error: 'a version in quotes' });

/** How a value of each kind of fact is written. */
const VALUES: Readonly<Record<FactSpec['kind'], z.ZodType<Value>>> = {
  word: text('a word'),
  flag: z.boolean({ error: 'true or false' }),
  version: text("a version in quotes, such as '3.10', or a range, such as '10240..19045'").regex(/^[\d.]*\d[\w.-]*$/, { error: "a version in quotes, such as '3.10', or a range, such as '10240..19045'" }),
  amount: z.number({ error: 'a number' }),
  set: listOf(text('a word'), 'a list of words'),
};

/** A record of facts, each with a value of its kind. */
function factsOf<T extends Host | Workload>(specs: Readonly<Record<string, FactSpec>>) {
  const shape = Object.fromEntries(Object.entries(specs).map(([name, { kind }]) => [name, VALUES[kind].optional()]));
  return record(shape).transform((facts) => withoutUndefined(facts) as T);
}

export const placeFacts = factsOf<Host>(PLACE_FACTS);
const workloadFacts = factsOf<Workload>(WORKLOAD_FACTS);

const limit = z.union([z.string({ error: 'a limit in quotes' }), z.number({ error: 'a limit in quotes' })], { error: 'a limit in quotes' });
const choices = listOf(limit, 'a list of words');
const testSchema = record({
  atLeast: limit.optional(),
  below: limit.optional(),
  ranges: listOf(text('a range such as 18362.1049..18362').regex(/\.\./, { error: 'a range such as 18362.1049..18362' }), 'a list of ranges').optional(),
  in: choices.optional(),
  not: choices.optional(),
  includes: text('a word').optional(),
  excludes: text('a word').optional(),
}).refine((test) => Object.values(test).some((value) => value !== undefined), { error: 'a comparison such as { atLeast: "3.10" }' });

/** What may stand beside the fact in a condition. */
const aside = {
  from: month.optional(),
  until: month.optional(),
  layer: layer.optional(),
  name: id.optional(),
  says: text('a sentence').optional(),
  error: text('the message as the reader sees it').optional(),
  todo: text('what to do').optional(),
  formerly: record({ until: month, todo: text('what there was to do before that month') }).optional(),
  risk: risk.optional(),
  sources: sources.optional(),
};
const ASIDE: readonly string[] = [...Object.keys(aside), 'when'];

/** A condition: one key that names a fact, and what may stand beside it. */
const conditionSchema: z.ZodType<Condition> = z.unknown().transform((raw, context): Condition => {
  const fail = (message: string, path: PropertyKey[] = []): never => {
    context.issues.push({ code: 'custom', message, input: raw, path });
    return z.NEVER;
  };
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return fail('a condition such as { kernel: { atLeast: "3.10" } }');
  const keys = Object.keys(raw).filter((key) => !ASIDE.includes(key));
  const [fact] = keys;
  if (fact === undefined || keys.length > 1) return fail(keys.length > 1 ? `one fact only, not ${keys.join(' and ')}` : 'a condition that names a fact', keys.slice(1, 2));
  if (!isFactName(fact)) return fail(factMissing(fact), [fact]);
  const test = testOf(fact, (raw as Record<string, unknown>)[fact], (message) => fail(message, [fact]));
  const rest = conditionAside.safeParse(Object.fromEntries(Object.entries(raw).filter(([key]) => key !== fact)));
  if (!rest.success) {
    rest.error.issues.forEach((issue) => context.issues.push({ code: 'custom', message: issue.message, input: raw, path: [...issue.path] }));
    return z.NEVER;
  }
  return { fact, test, ...withoutUndefined(rest.data) } as Condition;
});

const conditions = listOf(conditionSchema, 'a list of conditions');
const conditionAside = record({ ...aside, when: z.lazy(() => conditions).optional() });

function factMissing(name: string): string {
  const near = nearest(name, FACT_NAMES);
  return `a fact of the vocabulary${near === undefined ? '' : `; is "${near}" meant?`}`;
}

/** A word, a flag or a list stands for the plain comparison with it. */
function testOf(fact: FactName, raw: unknown, fail: (message: string) => never): Test {
  const { kind } = specOf(fact);
  if (Array.isArray(raw)) return { in: raw.map(String) };
  if (typeof raw === 'object' && raw !== null) {
    const parsed = testSchema.safeParse(raw);
    return parsed.success ? (withoutUndefined(parsed.data) as Test) : fail(parsed.error.issues[0]?.message ?? 'a comparison');
  }
  if (kind === 'flag' ? typeof raw !== 'boolean' : typeof raw !== 'string') return fail(kind === 'flag' ? 'true or false' : 'a word in quotes, a list, or a comparison such as { atLeast: "3.10" }');
  return { is: raw as string | boolean };
}

const caveats = listOf(record({ text: text('a sentence'), layer: layer.optional(), when: conditions.optional(), risk: risk.optional(), sources }), 'a list of caveats').default([]);

const pieces = record({
  hypervisor: record({ name: text('a name'), type: z.union([z.literal(1), z.literal(2)], { error: '1 or 2' }), vmm: text('the program that imitates devices') }).optional(),
  machine: text('a name').optional(),
  firmware: text('a name').optional(),
  kernel: record({ name: text('a name'), family: oneOf(['linux', 'windows-nt', 'xnu', 'freebsd']), version: version.optional() }).optional(),
  userland: text('a name').optional(),
});

/** What was so from one month until the next entry, for those who look back: where a port answers, how files get in. */
const dated = listOf(record({
  from: month.optional(),
  /** The same in a word or two, for a table: `localhost`, `VirtioFS`. */
  value: text('a word or two').optional(),
  text: text('a sentence'),
  sources,
}), 'a list of entries such as { from: 2016-04, value: localhost, text: …, sources: […] }');

/** A command, alone or with the months and the conditions that it is for. */
const command = z.union([
  text('a command').transform((written) => ({ text: written })),
  record({ text: text('a command'), when: conditions.optional(), from: month.optional(), until: month.optional() }),
], { error: 'a command, or { text: …, when: […] }' });

export const mechanismSchema = record({
  id,
  title: text('a title'),
  kind: oneOf(['machine', 'translator', 'sandbox', 'guest']),
  summary: text('one or two sentences that say how it works'),
  tools: listOf(id, 'a list of ids of tools'),
  from: month,
  until: month.optional(),
  unmaintained: month.optional(),
  on: conditions,
  requires: conditions.default([]),
  provides: placeFacts.default({}),
  keeps: listOf(oneOf(Object.keys(PLACE_FACTS) as [PlaceFact, ...PlaceFact[]]), 'a list of facts').default([]),
  pieces: pieces.default({}),
  costs: listOf(oneOf(Object.keys(COSTS) as [CostId, ...CostId[]]), 'a list of costs').min(1, { error: 'at least one cost' }),
  caveats,
  commands: listOf(command, 'a list of commands').default([]),
  steps: listOf(text('a step, as a sentence'), 'a list of steps').min(1, { error: 'at least one step' }).optional(),
  address: dated.optional(),
  files: dated.optional(),
  memory: dated.optional(),
  upkeep: dated.optional(),
  sources,
});

export const ruleSchema = record({
  id,
  title: text('a title'),
  at: oneOf(['place', 'host']),
  when: conditions.min(1, { error: 'at least one condition' }),
  requires: conditions.default([]),
  caveats,
  sources,
}).refine(({ requires, caveats: warned }) => requires.length + warned.length > 0, { error: 'a rule that requires something or warns of something' });

const names = listOf(text('a name'), 'a list of names');

export const platformSchema = record({
  id,
  title: text('a title'),
  names: names.default([]),
  facts: placeFacts.default({}),
  ordered: z.boolean({ error: 'true or false' }).default(true),
  releases: listOf(record({ version: text('a version in quotes').optional(), names: names.default([]), from: month.optional(), facts: placeFacts }), 'a list of releases').default([]),
  sources,
});

export const toolSchema = record({
  id,
  title: text('a title'),
  names: names.min(1, { error: 'at least one name' }),
  implies: placeFacts.default({}),
  runs: workloadFacts.default({}),
  front: z.boolean({ error: 'true or false' }).default(false),
  engine: z.boolean({ error: 'true or false' }).default(false),
  elsewhere: id.optional(),
  native: z.boolean({ error: 'true or false' }).default(false),
  releases: listOf(record({ version, from: month }), 'a list of releases').default([]),
  sources,
});

export const imageSchema = record({
  id,
  names: names.min(1, { error: 'at least one name' }),
  tags: listOf(text('the beginning of a tag, in quotes'), 'a list of tags').optional(),
  facts: workloadFacts,
  sources,
});

/** Optional keys that are not there are absent, not undefined, as the model's types want them. */
export function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
