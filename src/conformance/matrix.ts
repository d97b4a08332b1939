/** Plays cases of the kind `matrix`: a host, a workload and perhaps a tool and a month go to the planner, and its verdict is compared. */
import { compat } from '../compat/index.ts';
import { planOf, situationOf, type Knowledge, type Plan } from '../sim/compat/index.ts';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Passes when `runs` agrees and `mechanism`, where given, is in one of the chains offered. Throws for a case that cannot be read. */
export function playMatrix(one: Case, root: string = process.cwd()): Outcome {
  const expected = fieldsOf(one, 'expected');
  if (typeof expected['runs'] !== 'boolean') throw new Error('the case has no "expected.runs"');
  const plan = planFor(one, compat(root));
  const wanted = expected['mechanism'];
  const offered = [...plan.chains, ...plan.byHand].flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id));
  const pass = plan.runs === expected['runs'] && (typeof wanted !== 'string' || offered.includes(wanted));
  return { expected: said(expected['runs'], typeof wanted === 'string' ? [wanted] : []), got: said(plan.runs, [...new Set(offered)]), pass };
}

function said(runs: boolean, mechanisms: readonly string[]): string {
  return `${runs ? 'runs' : 'does not run'}${mechanisms.length > 0 ? ` (${mechanisms.join(', ')})` : ''}`;
}

/** The planner's answer to a case. */
export function planFor(one: Case, knowledge: Knowledge): Plan {
  const { tool, date } = one;
  return planOf(situationOf({ host: fieldsOf(one, 'host', 'os'), workload: fieldsOf(one, 'workload'), tool, date }, knowledge), knowledge);
}

function fieldsOf(one: Case, key: string, needs?: string): Fields {
  const value = one[key] as Fields | undefined;
  if (typeof value !== 'object' || value === null) throw new Error(`the case has no "${key}"`);
  if (needs !== undefined && typeof value[needs] !== 'string') throw new Error(`the case has no "${key}.${needs}"`);
  return value;
}
