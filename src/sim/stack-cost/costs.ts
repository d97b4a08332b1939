/**
 * What the parts of a stack cost in disk, memory and start-up time, as ranges that rest on figures.
 * It counts what an app's placement adds to a host that runs anyway; where no source was found it says so and never guesses.
 * What a figure measured stands with the figure, in words: this module names figures and never paraphrases them.
 */
import { kernelOf, nodesOf, type StackNode } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Figures } from '../model.ts';
import { PLACEMENTS, roleOf, type Placement, type Program, type Role } from './placements.ts';

/** Disk in MB (10^6 bytes) as downloaded, that is compressed; idle memory in MB; start-up in ms. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Ids of the figures that it rests on. */
  readonly figures: readonly string[];
}

/**
 * What one part costs: a range, or the reason why it has none. `host`: belongs to the host's installation, not counted.
 * `shared`: stored already for another app. `within`: counted in another part, as a guest's kernel is in its VMM's memory.
 * `unknown`: no source found.
 */
export type Cost = Range | 'host' | 'shared' | 'within' | 'unknown';

export interface Bill {
  readonly disk: Cost;
  readonly memory: Cost;
}
export type Resource = keyof Bill;

/** Parts that cost the same: a total is the sum of `times` × `each`. */
export interface Item {
  readonly times: number;
  readonly each: Range;
}

/** A sum over parts: a range over those that have a figure, and what it leaves out for want of one. */
export interface Total extends Range {
  readonly items: readonly Item[];
  readonly unknown: readonly string[];
}

/**
 * Published measurements that bear on one more app of a placement, each a range of its own: they measure unlike intervals, so
 * they are never merged. The first start is the one that the model counts with; the others stand beside it.
 */
export type Readings = Readonly<Record<'start' | Resource, readonly Range[]>>;

/** A figure's own spread, or several figures of which the values (medians of several hosts) make the range. */
export type ReadingRule = string | readonly string[];
export type ReadingRules = Readonly<Partial<Record<keyof Readings, readonly ReadingRule[]>>>;

/** What a part costs: nothing of its own, for a reason, or a figure; `oncePerKernel` where one engine's store serves all. */
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

/** A range in MB or ms. Throws SimError when a figure is missing or has another unit. */
function rangeOf(figures: Figures, rule: ReadingRule): Range {
  const ids = typeof rule === 'string' ? [rule] : rule;
  const found = ids.map((id) => {
    const figure = figures[id];
    if (!figure) throw new SimError(`There is no figure "${id}".`);
    const factor = FACTORS[figure.unit];
    if (factor === undefined) throw new SimError(`The figure "${id}" is in ${figure.unit}, which is neither a size nor a time.`);
    const [low, high] = rule === ids ? [figure.value, figure.value] : [figure.low, figure.high];
    return [low * factor, high * factor];
  }).flat();
  return { low: Math.min(...found), high: Math.max(...found), figures: ids };
}

/** All measurements that bear on one more app of a placement. Throws SimError when a figure is missing. */
export function readingsOf({ readings, withProgram }: CostRules, figures: Figures, placement: Placement, program: Program): Readings {
  const rules = [readings[placement], ...(PLACEMENTS[placement].own.includes('image') ? [withProgram[program]] : [])];
  const of = (kind: keyof Readings) => rules.flatMap((rule) => rule[kind] ?? []).map((rule) => rangeOf(figures, rule));
  return { start: of('start'), disk: of('disk'), memory: of('memory') };
}

/** What each part of a stack costs, by node id. Throws SimError when a figure is missing. */
export function billsOf({ bills }: CostRules, figures: Figures, stack: StackNode): Readonly<Record<string, Bill>> {
  const stored = new Set<string>();
  const cost = (node: StackNode, rule: CostRule): Cost => {
    if (typeof rule === 'string') return rule;
    const place = `${kernelOf(stack, node.id)?.id} ${rule.figure}`;
    if (rule.oncePerKernel && stored.has(place)) return 'shared';
    stored.add(place);
    return rangeOf(figures, rule.figure);
  };
  return Object.fromEntries(nodesOf(stack).map((node) => {
    const { disk, memory } = bills[roleOf(node.id)];
    return [node.id, { disk: cost(node, disk), memory: cost(node, memory) }];
  }));
}

/** The sum of one resource over a stack. `unknown` names what it leaves out. */
export function totalOf(bills: Readonly<Record<string, Bill>>, resource: Resource, program: Program): Total {
  const costs = Object.entries(bills).map(([node, bill]) => ({ role: roleOf(node), cost: bill[resource] }));
  const items = itemsOf(costs.flatMap(({ cost }) => (typeof cost === 'string' ? [] : [cost])));
  const unknown = costs.flatMap(({ role, cost }) => (cost === 'unknown' ? [role === 'app' ? `${program} itself` : 'the microVM’s disk'] : []));
  if (resource === 'memory' && costs.some(({ role }) => role === 'image')) unknown.push('the container engine');
  const sum = (end: 'low' | 'high') => items.reduce((so, { times, each }) => so + times * each[end], 0);
  return { low: sum('low'), high: sum('high'), figures: items.flatMap(({ each }) => each.figures), items, unknown: [...new Set(unknown)] };
}

function itemsOf(costs: readonly Range[]): readonly Item[] {
  const kinds = new Map(costs.map((cost) => [cost.figures[0], cost]));
  return [...kinds].map(([id, each]) => ({ times: costs.filter(({ figures }) => figures[0] === id).length, each }));
}
