/** What may stand in content/facts, content/sources and content/claims. It knows one entry at a time, not how entries refer to each other. */
import { z, type ZodRawShape } from 'zod';
import { UNITS } from './units.ts';

/** How the expectation about an unknown key begins; the known keys follow. */
export const ONLY_KEYS = 'only these keys: ';

/** A strict record whose complaint about an unknown key lists the known ones. */
export function record<T extends ZodRawShape>(shape: T) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? ONLY_KEYS + keys : `a record with the keys ${keys}`) });
}

export const text = (expected: string) => z.string({ error: expected }).trim().min(1, { error: expected });
export const oneOf = <T extends string>(names: readonly [T, ...T[]]) => z.enum(names, { error: `one of ${names.join(', ')}` });
export const listOf = <T extends z.ZodType>(item: T, expected: string) => z.array(item, { error: expected });

const ID = /^[a-z0-9]+(?:[._-][A-Za-z0-9]+)*$/;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DOTTED = /^\d+(?:\.\d+)*$/;
const figureId = z.string({ error: 'an id such as start.docker.cadden' }).regex(ID, { error: 'an id of letters, digits, dots, hyphens and underscores' });
const kebabId = (what: string) => z.string({ error: what }).regex(KEBAB, { error: `${what}: lower-case words joined by hyphens` });

export const EVIDENCE = ['primary-data', 'primary-doc', 'primary-blog', 'derived-from-primary-data', 'secondary-note', 'secondary-web'] as const;
export type Evidence = (typeof EVIDENCE)[number];

// Said at each branch as well: zod reports the branch alone when a value has its type.
const AMOUNT = 'a number, or a version in quotes';
const amount = z.union([z.number({ error: AMOUNT }), z.string({ error: AMOUNT }).regex(DOTTED, { error: AMOUNT })], { error: AMOUNT });

export const figureSchema = record({
  id: figureId,
  quantity: text('a phrase that says what is measured'),
  value: amount,
  low: amount.optional(),
  high: amount.optional(),
  /** The source gives a limit instead of a value: `most` reads "at most", `least` reads "at least". */
  bound: oneOf(['most', 'least']).optional(),
  unit: oneOf(Object.keys(UNITS) as [string, ...string[]]),
  interval: text('what the clock starts and stops at').optional(),
  conditions: text('the conditions of the measurement'),
  source: kebabId('the id of a source'),
  where: text('the place in the source').optional(),
  evidence: oneOf(EVIDENCE),
  /** Whether the source itself was read. */
  seen: z.boolean({ error: 'true when the source itself was read, else false' }),
  note: text('a note for the reader').optional(),
});

export const SOURCE_KINDS = ['paper', 'data', 'documentation', 'source-code', 'blog', 'thread'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const sourceSchema = record({
  id: kebabId('the name of the file without .yaml'),
  title: text('the title of the source'),
  /** How it is called in running text, where the whole title would be in the way. */
  short: text('a name of at most 28 characters').max(28, { error: 'a name of at most 28 characters' }),
  authors: text('who made it').optional(),
  year: z.number({ error: 'a year' }).int({ error: 'a year' }).min(1945, { error: 'a year' }).max(2100, { error: 'a year' }),
  url: z.url({ protocol: /^https?$/, error: 'an address that starts with https://' }),
  licence: text('a license, best as its SPDX identifier').optional(),
  kind: oneOf(SOURCE_KINDS),
  /** The day on which it was read for this site. */
  read: z.iso.date({ error: 'a day as YYYY-MM-DD' }).optional(),
  /** What it is cited for, as a sentence. */
  supports: text('a sentence that says what it is cited for'),
  note: text('a note for the reader').optional(),
});

export const VERDICTS = ['true', 'false', 'depends', 'dated', 'misleading'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Headings of the register of claims, in their order there. */
export const TOPICS = ['layers', 'two-cuts', 'workarounds'] as const;
export type Topic = (typeof TOPICS)[number];

const measured = z.union([z.number(), z.boolean(), z.string()], { error: 'a number, a text, true, false or <scenario>.<measure>' });
export const COMPARISONS = ['is', 'atMost', 'atLeast', 'below', 'above'] as const;
export type Comparison = (typeof COMPARISONS)[number];

const expectation = record({
  measure: z.string({ error: '<scenario>.<measure>' }).regex(/^[a-z0-9-]+\.\w+$/, { error: '<scenario>.<measure>' }),
  is: measured.optional(),
  atMost: measured.optional(),
  atLeast: measured.optional(),
  below: measured.optional(),
  above: measured.optional(),
}).refine((entry) => COMPARISONS.filter((name) => entry[name] !== undefined).length === 1, { error: `exactly one of ${COMPARISONS.join(', ')}` });

/** One action of a model. `times` repeats it; the rest is the model's own. */
const action = z.looseObject({
  type: text('the type of an action'),
  times: z.number({ error: 'a whole number from 1 to 100' }).int({ error: 'a whole number from 1 to 100' }).min(1, { error: 'a whole number from 1 to 100' }).max(100, { error: 'a whole number from 1 to 100' }).optional(),
}, { error: 'an action such as { type: step }' });

const scenario = record({
  name: kebabId('a short name for the scenario'),
  playground: text('the name of a playground'),
  config: z.record(z.string(), z.unknown(), { error: 'the configuration of the model, as keys and values' }).default({}),
  /** `end` takes steps until the run is done. */
  actions: z.union([z.literal('end'), z.array(action)], { error: 'a list of actions such as { type: step }, or the word end' }).default([]),
});

export const claimSchema = record({
  id: kebabId('the name of the file without .yaml'),
  topic: oneOf(TOPICS),
  sentence: text('the claim as people say it'),
  // YAML reads a bare true or false as a boolean; here they are words.
  verdict: z.preprocess((value) => (typeof value === 'boolean' ? String(value) : value), oneOf(VERDICTS)),
  answer: text('one or two sentences that say what is so'),
  sources: listOf(z.string({ error: 'the id of a source' }), 'a list of ids of sources').min(1, { error: 'at least one source' }),
  figures: listOf(z.string({ error: 'the id of a figure' }), 'a list of ids of figures').default([]),
  scenarios: listOf(scenario, 'a list of scenarios').default([]),
  expect: listOf(expectation, 'a list of expectations').default([]),
  /** Why no model can show it: the claim is about licenses or history, for instance. */
  evidenceOnly: text('why no model can show it').optional(),
  note: text('a note for the reader').optional(),
});

export type Figure = z.infer<typeof figureSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Claim = z.infer<typeof claimSchema>;
export type Scenario = Claim['scenarios'][number];
export type Expectation = Claim['expect'][number];
