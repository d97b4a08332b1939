/** Which of the families that a text speaks of is the first answer, and how sure that is. It knows weights, not wordings. */
import type { ErrorLayer } from './layers.ts';
import type { Alternative, Role } from './family.ts';
import type { Match } from './match.ts';

export interface Ranked {
  readonly match: Match;
  readonly layer: ErrorLayer;
  /** The alternative that the words of the text made the first answer. */
  readonly preferred?: Alternative;
  readonly score: number;
}

/** A cause explains a consequence; both failed, which a warning only announces; and all say more than a hint. The distances are larger than any score within a role. */
const ROLE: Readonly<Record<Role, number>> = { cause: 6, consequence: 4, announcement: 2, hint: 0 };
/** What one circumstance adds or takes away. */
const CIRCUMSTANCE = 0.15;
/** A wording of this many letters or more is as specific as a wording gets. */
const SPECIFIC_LETTERS = 80;
/** What a specific wording adds: "iptables … failed: No such file" is about iptables, not about a file. */
const SPECIFICITY = 0.5;

/** Best first. Equal scores keep the order of the text: what comes first was said first. */
export function rank(matches: readonly Match[]): readonly Ranked[] {
  return matches.map(rate).sort((a, b) => b.score - a.score || startOf(a) - startOf(b));
}

function rate(match: Match): Ranked {
  const { family, raised, lowered, preferred } = match;
  const letters = Math.max(...match.found.map((one) => one.letters));
  const specificity = SPECIFICITY * Math.min(1, letters / SPECIFIC_LETTERS);
  const score = ROLE[family.role] + family.sure + specificity + CIRCUMSTANCE * (raised.length - lowered.length);
  const first = preferred[0];
  return { match, layer: first?.layer ?? family.layer, score, ...(first && { preferred: first }) };
}

function startOf({ match }: Ranked): number {
  return match.found[0]?.span.start ?? 0;
}

/** No message alone proves a cause. */
const MOST_SURE = 0.97;
const LEAST_SURE = 0.05;
/** Another cause on another layer in the same text makes the first answer less sure, by this factor. */
const RIVAL = 0.8;
/** A hint says what the text is about, which is not what went wrong. */
const MOST_SURE_HINT = 0.4;
/** Words that prefer an alternative are evidence, but thinner than the message itself. */
const PREFERRED = 0.75;

/** How sure the first of the ranked answers is, 0 to 1. */
export function confidence([first, ...rest]: readonly [Ranked, ...Ranked[]]): number {
  const { family, raised, lowered } = first.match;
  const base = first.preferred ? PREFERRED : family.sure + (raised.length - lowered.length) * 0.05;
  const rival = rest.some((other) => other.layer !== first.layer && other.match.family.role === first.match.family.role);
  const most = family.role === 'hint' ? MOST_SURE_HINT : MOST_SURE;
  return Math.max(LEAST_SURE, Math.min(most, base * (rival ? RIVAL : 1)));
}
