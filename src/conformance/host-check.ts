/** Plays cases of the kind `host-check`: words about a machine go to the recogniser and the checker, and the layer of the first limiting condition is compared. */
import { compat } from '../compat/index.ts';
import { checkUp, recognise } from '../sim/compat/index.ts';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';

/** The parts of `environment`, with the labels that issue templates give them. */
const LABELS: readonly (readonly [key: string, label: string])[] = [['hostOs', 'OS'], ['version', 'Version'], ['build', 'Build'], ['arch', 'Architecture'], ['virtualization', 'Virtualization'], ['tool', 'Tool']];

/** Passes when the first limiting condition lies on `layer` or one of `alsoAccept`. Throws for a case without `layer`. */
export function playHostCheck(one: Case, root: string = process.cwd()): Outcome {
  if (typeof one['layer'] !== 'string') throw new Error('the case has no "layer"');
  const accepted = [one['layer'], ...(Array.isArray(one['alsoAccept']) ? one['alsoAccept'] : [])];
  const knowledge = compat(root);
  const got = checkUp(recognise(wordsOf(one), knowledge), knowledge).limits[0]?.layer ?? 'none';
  return { expected: accepted.join(' or '), got, pass: accepted.includes(got) };
}

/** The words of `environment`, `command` and `image`, and no others, as lines. */
export function wordsOf(one: Case): string {
  const environment = typeof one['environment'] === 'object' && one['environment'] !== null ? (one['environment'] as Readonly<Record<string, unknown>>) : { hostOs: one['environment'] };
  const known = LABELS.map(([key, label]) => [label, environment[key]] as const);
  const others = Object.keys(environment).filter((key) => !LABELS.some(([name]) => name === key)).map((key) => ['Notes', environment[key]] as const);
  const lines = [...known, ...others, ['Command', one['command']] as const, ['Image', one['image']] as const];
  return lines.filter(([, value]) => typeof value === 'string' && value !== '').map(([label, value]) => `${label}: ${String(value)}`).join('\n');
}
