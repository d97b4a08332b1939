/** Plays cases of the kind `error`: the text of an error goes to the decoder, and the layer of its first answer is compared. */
import { fileURLToPath } from 'node:url';
import { loadErrors } from '../errors/load.ts';
import { compileKnowledge, decode, type Knowledge } from '../sim/decoder/index.ts';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let knowledge: Knowledge | undefined;

/** Passes when the first answer's layer is `layer` or one of `alsoAccept`. Throws for a case without `errorText` or `layer`. */
export function playError(one: Case): Outcome {
  const accepted = [one['layer'], ...listOf(one['alsoAccept'])];
  const lines = listOf(one['errorText']);
  if (typeof one['layer'] !== 'string') throw new Error('the case has no "layer"');
  if (!lines.every((line) => typeof line === 'string')) throw new Error('"errorText" is not a list of texts');
  const got = decode(lines.join('\n'), (knowledge ??= read())).first?.layer ?? 'unknown';
  return { expected: accepted.join(' or '), got, pass: accepted.includes(got) };
}

/** A list as it is; a single text counts as a list of one. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function read(): Knowledge {
  const { families, translations } = loadErrors(ROOT);
  return compileKnowledge(families, translations);
}
