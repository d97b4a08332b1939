/** The answer in words: yes, no or only by hand, and how. It puts the sentences of telling.ts together; it decides nothing. */
import type { Config } from './act.ts';
import { specOf } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import type { Chain } from './plan.ts';
import { howOf, kernelsAdded, lowered, mindIn, titleOf, type decidingIn, type Missing } from './telling.ts';

/** `runs-if`: it runs where something holds that nobody has stated. `by-hand`: no product carries it, but a reader could. */
export type Verdict = 'runs' | 'runs-if' | 'no' | 'by-hand';

/** What the answer is told from. */
export interface Told {
  readonly config: Config;
  readonly verdict: Verdict;
  readonly first: Chain | undefined;
  readonly drawn: Chain | undefined;
  /** Kernels that the first way adds. */
  readonly added: number;
  readonly missing: Missing | undefined;
  readonly deciding: ReturnType<typeof decidingIn>;
  /** A widespread tool that carries nothing here, and why. */
  readonly leftOut?: string;
  readonly knowledge: Knowledge;
}

/** The answer in a few sentences, the answer itself first. */
export function saysOf(told: Told): string {
  const { config, first, drawn } = told;
  const answer = answerOf(told);
  return (config.draw ?? 0) > 0 && drawn && drawn !== first ? `${answer} Drawn: ${titleOf(drawn)}.` : answer;
}

function answerOf({ config, verdict, first, added, missing, deciding, leftOut, knowledge }: Told): string {
  if (!first) return noneOf(config, knowledge);
  const how = `${howOf(first, config, knowledge)}${leftOut === undefined ? '' : ` ${leftOut}`}`;
  const kernels = kernelsAdded(added, first);
  const mind = mindIn(first);
  if (verdict === 'runs') return `Yes. ${how} ${kernels}${mind}`;
  if (verdict === 'runs-if') return `Yes, if what is not stated fits. ${how} It hangs on this: ${lowered(askedBy(deciding))}${mind}`;
  if (verdict === 'by-hand') return `Only by hand. ${missing?.says ?? 'No product that is known carries it here.'} ${how} ${kernels}`;
  const others = missing && missing.others > 0 ? `; ${missing.others === 1 ? 'one more thing is' : `${missing.others} more things are`} missing there` : '';
  const presumed = missing?.presumed === true ? ' That is presumed: nobody has stated it.' : '';
  return `No. ${missing?.says ?? ''}${presumed} The nearest way: ${titleOf(first)}${others}.`;
}

function askedBy(deciding: Told['deciding']): string {
  const [first] = deciding;
  return first?.finding.condition.says ?? (first ? specOf(first.finding.condition.fact).question : '');
}

/** Where nothing is even a candidate. */
function noneOf({ tool, date }: Config, { tools, mechanisms }: Knowledge): string {
  const when = date === undefined ? '' : ` in ${date}`;
  if (tool === undefined) return `No. No way is known${when} that could carry this workload on this machine.`;
  const title = tools.find(({ id }) => id === tool.id)?.title ?? mechanisms.find(({ id }) => id === tool.id)?.title ?? tool.id;
  return `No. ${title} is nothing that could carry this workload on this machine${when}.`;
}
