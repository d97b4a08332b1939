/** The author's API of every playground, and the sentence that an author reads when a prop is wrong. */
import { z, type ZodObject } from 'zod';

/** Props that every playground takes. Extend with `baseProps.extend({…})`; it stays strict. */
export const baseProps = z.strictObject({
  caption: z.string({ error: 'a caption that tells the reader what to do' }).min(1),
  seed: z.number().int().min(0).max(2 ** 31).default(1),
});

export type BaseProps = z.infer<typeof baseProps>;

/** Checks an author's props. Throws one Error that lists every mistake. */
export function parseProps<T extends ZodObject>(name: string, schema: T, props: unknown): z.infer<T> {
  const result = schema.safeParse(props);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'props'}: ${issue.message}`);
  throw new Error(`<${name}> does not fit its props:\n${mistakes.join('\n')}\nSee the README beside ${name}.tsx for the props and examples.`);
}
