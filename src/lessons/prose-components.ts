/** The tags that lessons may use besides playgrounds, and their props. It knows the author's side, not how they are drawn. */
import { z, type ZodObject } from 'zod';

/** What a component's `id` names: a key of content/facts, content/claims or content/sources, or a result of LinuxLab's recording. */
export type IdKind = 'figure' | 'claim' | 'source' | 'recorded result';

export interface ProseComponent {
  readonly props: ZodObject;
  readonly id?: IdKind;
  /** Whether something must or must not stand between the opening and the closing tag. */
  readonly content: 'none' | 'needed' | 'optional';
}

const id = z.string({ error: 'an id' }).min(1);

/** The answers of a `<Predict>`, split as the component splits them. */
export function optionsOf(options: string): readonly string[] {
  return options.split('|').map((option) => option.trim());
}

const predict = z
  .strictObject({
    question: z.string().trim().min(1),
    /** Two to five answers, separated by ` | `. */
    options: z.string().refine((text) => [2, 3, 4, 5].includes(optionsOf(text).filter(Boolean).length), 'two to five answers, separated by " | "'),
    /** The right one, word for word. */
    answer: z.string().trim().min(1),
  })
  .refine(({ options, answer }) => optionsOf(options).includes(answer.trim()), { path: ['answer'], error: 'one of the options, word for word' });

/** By tag. The components themselves stand in components/prose. */
export const proseComponents: Readonly<Record<string, ProseComponent>> = {
  Figure: { props: z.strictObject({ id }), id: 'figure', content: 'none' },
  Claim: { props: z.strictObject({ id }), id: 'claim', content: 'none' },
  Source: { props: z.strictObject({ id }), id: 'source', content: 'none' },
  Recorded: { props: z.strictObject({ id }), id: 'recorded result', content: 'none' },
  Predict: { props: predict, content: 'needed' },
};

/** HTML that Markdown has no sign for, with the attributes that it may carry. Everything else is a component's business. */
export const htmlTags: Readonly<Record<string, readonly string[]>> = {
  abbr: ['title'],
  br: [],
  details: ['open'],
  kbd: [],
  sub: [],
  summary: [],
  sup: [],
};
