/**
 * Puts the figures into the rules of what things cost, once for a page: ranges in MB and ms in place of the figures' ids.
 * It knows units; it refuses to know which parts a stack has.
 */
import { SimError } from '../errors.ts';
import type { Figures } from '../model.ts';
import type { Cost, Prices, Range, Readings, Resource } from './costs.ts';
import type { Placement, Program, Role } from './placements.ts';

/**
 * A figure's own spread; or several figures of which the values (medians of several hosts) make the range; or the same over
 * unlike studies, with words that say so.
 */
export type ReadingRule = string | readonly string[] | { readonly studies: readonly string[]; readonly words: string };

/** Ids of the figures in a rule. */
export const figuresOf = (rule: ReadingRule): readonly string[] => (typeof rule === 'string' ? [rule] : 'studies' in rule ? rule.studies : rule);
export type ReadingRules = Readonly<Partial<Record<keyof Readings, readonly ReadingRule[]>>>;

/** What a part costs: nothing of its own, for a reason, or a figure; `oncePerKernel` where one store serves all. */
export type CostRule = Exclude<Cost, Range | 'shared'> | { readonly figure: string; readonly oncePerKernel?: true };
export type BillRule = Readonly<Record<Resource, CostRule>>;

export interface CostRules {
  readonly bills: Readonly<Record<Role, BillRule>>;
  readonly readings: Readonly<Record<Placement, ReadingRules>>;
  /** What was measured with the program in its container; stands after the readings of the placement. */
  readonly withProgram: Readonly<Record<Program, ReadingRules>>;
}

/** Factors to MB and to ms. MB is 10^6 bytes, MiB 2^20. */
const FACTORS: Readonly<Record<string, number>> = { B: 1e-6, MB: 1, MiB: 1.048576, ms: 1, s: 1000 };

/** The rules with their figures put in. Throws SimError when a figure is missing or has another unit. */
export function pricesOf({ bills, readings, withProgram }: CostRules, figures: Figures): Prices {
  const price = (rule: CostRule) => (typeof rule === 'string' ? rule : { ...rangeOf(figures, rule.figure), ...(rule.oncePerKernel ? { oncePerKernel: true as const } : {}) });
  const read = ({ start = [], steps = [], disk = [], memory = [] }: ReadingRules): Readings => {
    const ranges = (rules: readonly ReadingRule[]) => rules.map((rule) => rangeOf(figures, rule));
    return { start: ranges(start), steps: ranges(steps), disk: ranges(disk), memory: ranges(memory) };
  };
  return {
    bills: mapped(bills, ({ disk, memory }) => ({ disk: price(disk), memory: price(memory) })),
    readings: mapped(readings, read),
    withProgram: mapped(withProgram, read),
  };
}

function mapped<Key extends string, From, To>(record: Readonly<Record<Key, From>>, to: (from: From) => To): Record<Key, To> {
  return Object.fromEntries(Object.entries<From>(record).map(([key, from]) => [key, to(from)])) as Record<Key, To>;
}

function rangeOf(figures: Figures, rule: ReadingRule): Range {
  const ids = figuresOf(rule);
  const found = ids.map((id) => {
    const figure = figures[id];
    if (!figure) throw new SimError(`There is no figure "${id}".`);
    const factor = FACTORS[figure.unit];
    if (factor === undefined) throw new SimError(`The figure "${id}" is in ${figure.unit}, which is neither a size nor a time.`);
    const [low, high] = typeof rule === 'string' ? [figure.low, figure.high] : [figure.value, figure.value];
    return [low * factor, high * factor];
  }).flat();
  return { low: Math.min(...found), high: Math.max(...found), figures: ids, ...(typeof rule === 'object' && 'words' in rule ? { words: rule.words } : {}) };
}
