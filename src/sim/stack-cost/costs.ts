/**
 * What the parts of a stack cost in disk, memory and start-up time, as ranges that rest on figures.
 * It counts what an app's placement adds to a host that runs anyway; where no source was found it says so and never guesses.
 * What a figure measured stands with the figure, in words: this module names figures and never paraphrases them.
 */
import { kernelOf, nodesOf, type StackNode } from '../domain.ts';
import { PLACEMENTS, roleOf, type Placement, type Program, type Role } from './placements.ts';

/** Disk in MB (10^6 bytes) as downloaded, that is compressed; idle memory in MB; start-up in ms. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Ids of the figures that it rests on. */
  readonly figures: readonly string[];
  /** Where the figures come from unlike studies: which, in words. */
  readonly words?: string;
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
 * they are merged only where words say so. The first start is the one that the model counts with; the others stand beside it. `steps` measured only a step
 * of a start, or what follows one, so they never count as a start.
 */
export type Readings = Readonly<Record<'start' | 'steps' | Resource, readonly Range[]>>;

/** What a part costs before one knows what stands beside it; `oncePerKernel` where one store serves all. */
export type Price = Exclude<Cost, Range | 'shared'> | (Range & { readonly oncePerKernel?: true });

/** What everything costs, by kind. */
export interface Prices {
  readonly bills: Readonly<Record<Role, Readonly<Record<Resource, Price>>>>;
  readonly readings: Readonly<Record<Placement, Readings>>;
  /** What was measured with the program in its container; stands after the readings of the placement. */
  readonly withProgram: Readonly<Record<Program, Readings>>;
}

/** All measurements that bear on one more app of a placement. */
export function readingsOf({ readings, withProgram }: Prices, placement: Placement, program: Program): Readings {
  const { start, steps, disk, memory } = readings[placement];
  if (!PLACEMENTS[placement].own.includes('image')) return readings[placement];
  const own = withProgram[program];
  return { steps, start: [...start, ...own.start], disk: [...disk, ...own.disk], memory: [...memory, ...own.memory] };
}

/** What each part of a stack costs, by node id. */
export function billsOf({ bills }: Prices, stack: StackNode): Readonly<Record<string, Bill>> {
  const stored = new Set<string>();
  const cost = (node: StackNode, price: Price): Cost => {
    if (typeof price === 'string' || !price.oncePerKernel) return price;
    const place = `${kernelOf(stack, node.id)?.id} ${price.figures[0]}`;
    if (stored.has(place)) return 'shared';
    stored.add(place);
    return price;
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
