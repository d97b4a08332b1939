/** What may stand in content/errors. It knows one file at a time, not how families compete. */
import { z } from 'zod';
import { oneOf, record, text } from '../facts/schema.ts';
import { PLACE_FACTS, WORKLOAD_FACTS, type FactKind, type FactSpec } from '../sim/compat/facts.ts';
import { ERROR_LAYERS, expand, PhraseError, SHAPES } from '../sim/decoder/index.ts';

const listOf = <T extends z.ZodType>(item: T, expected: string) => z.array(item, { error: expected }).min(1, { error: expected });

const layer = oneOf(ERROR_LAYERS);
const year = z.number({ error: 'a year' }).int({ error: 'a year' }).min(2000, { error: 'a year' }).max(2100, { error: 'a year' });

const phrase = text('a wording').check((context) => {
  const fault = faultOf(context.value);
  if (fault) context.issues.push({ code: 'custom', message: `a wording that can be read: ${fault}`, input: context.value });
});

function faultOf(wording: string): string | undefined {
  try {
    return expand(wording).some((variant) => variant.split(/[~…]/).some((part) => !/[\p{L}\p{N}]/u.test(part))) ? 'each part has letters' : undefined;
  } catch (error) {
    if (error instanceof PhraseError) return error.message;
    throw error;
  }
}

const phrases = listOf(phrase, 'a list of wordings');
const circumstance = record({ words: phrases, because: text('a clause that completes "because …"') });
const alternative = record({
  layer,
  when: text('a clause that says when this layer is the cause'),
  question: text('a question that tells the two apart'),
  words: phrases.optional(),
});
const fix = record({ layer: layer.optional(), text: text('what to do'), commands: listOf(text('a command'), 'a list of commands').optional() });
const evidence = record({ url: z.url({ protocol: /^https?$/, error: 'an address that starts with https://' }), title: text('the title of the page'), year });

const ALLOWED: Readonly<Record<string, z.ZodType>> = {
  os: oneOf(['windows', 'windows-server', 'macos', 'linux', 'freebsd']),
  edition: oneOf(['home', 'pro', 'enterprise', 'education']),
  arch: oneOf(['amd64', 'arm64', '386']),
  cgroup: z.union([z.literal(1), z.literal(2)], { error: '1 or 2' }),
  kind: oneOf(['image', 'vm']),
  isolation: oneOf(['process', 'hyperv']),
};
const OF_KIND: Readonly<Record<FactKind, z.ZodType>> = {
  word: text('a word'),
  version: text('a version in quotes'),
  flag: z.boolean({ error: 'true or false' }),
  amount: z.number({ error: 'a number' }),
  set: listOf(text('a word'), 'a list of words'),
};

/** The facts of a place or a workload, each of which may be left out. */
function factsOf(specs: Readonly<Record<string, FactSpec>>) {
  return record(Object.fromEntries(Object.entries(specs).map(([name, { kind }]) => [name, (ALLOWED[name] ?? OF_KIND[kind]).optional()])));
}

const situation = record({ host: factsOf(PLACE_FACTS).optional(), workload: factsOf(WORKLOAD_FACTS).optional(), tool: text('a word').optional() });
const onward = record({ page: text('an address of this site without a slash in front').regex(/^[a-z]\S*$/i, { error: 'an address of this site without a slash in front, such as lessons/across-the-border/' }), text: text('what the reader finds there') });

export const familySchema = record({
  id: text('the name of the file without .yaml').regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' }),
  title: text('a title'),
  layer,
  role: oneOf(['cause', 'consequence', 'announcement', 'hint']).default('cause'),
  sure: z.number({ error: 'a number from 0 to 1' }).min(0, { error: 'a number from 0 to 1' }).max(1, { error: 'a number from 0 to 1' }),
  phrases,
  shapes: listOf(oneOf(Object.keys(SHAPES) as [string, ...string[]]), 'a list of shapes').optional(),
  raised: listOf(circumstance, 'a list of circumstances').optional(),
  lowered: listOf(circumstance, 'a list of circumstances').optional(),
  unless: phrases.optional(),
  meaning: text('what the message means, in one to three sentences'),
  because: text('why the layer is what it is, and how sure that is'),
  alternatives: listOf(alternative, 'a list of alternatives').optional(),
  fixes: listOf(fix, 'a list of fixes'),
  situation: situation.optional(),
  onward: listOf(onward, 'a list of pages of this site').optional(),
  evidence: listOf(evidence, 'a list of pages where the message was seen'),
  examples: listOf(text('a message as it was seen'), 'a list of messages'),
});

export const translationsSchema = record({
  id: text('the name of the file without .yaml'),
  title: text('whose messages these are'),
  evidence: listOf(evidence, 'a list of pages where the translations were seen'),
  messages: listOf(record({ english: text('the message in English'), localized: z.record(z.string().regex(/^[a-z]{2}(?:-[A-Za-z]{2,4})?$/, { error: 'a language such as de or zh-TW' }), z.union([phrase, phrases], { error: 'a message, or a list of them' }), { error: 'messages by language' }) }), 'a list of messages'),
});

export type FamilyFile = z.infer<typeof familySchema>;
export type TranslationsFile = z.infer<typeof translationsSchema>;
