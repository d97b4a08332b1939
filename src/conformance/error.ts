/** Plays cases of the kind `error`: the text of an error goes to the decoder, and the layer of its first answer is compared. */
import { loadErrors } from '../errors/load.ts';
import { compileKnowledge, decode, type Knowledge } from '../sim/decoder/index.ts';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';

const cache = new Map<string, Knowledge>();

/** Passes when the first answer's layer is `layer` or one of `alsoAccept`. Throws for a case without `errorText` or `layer`. */
export function playError(one: Case, root: string = process.cwd()): Outcome {
  const accepted = [one['layer'], ...listOf(one['alsoAccept'])];
  const lines = listOf(one['errorText']);
  if (typeof one['layer'] !== 'string') throw new Error('the case has no "layer"');
  if (!lines.every((line) => typeof line === 'string')) throw new Error('"errorText" is not a list of texts');
  const got = decode(lines.join('\n'), knowledgeOf(root)).first?.layer ?? 'unknown';
  return { expected: accepted.join(' or '), got, pass: accepted.includes(got) };
}

/** A list as it is; a single text counts as a list of one. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function knowledgeOf(root: string): Knowledge {
  const before = cache.get(root);
  if (before) return before;
  const { families, translations } = loadErrors(root);
  const compiled = compileKnowledge(families, translations);
  cache.set(root, compiled);
  return compiled;
}
