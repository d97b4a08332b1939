/**
 * The almanac: the planner asked, for each machine and each year, what ran a Linux container there. It knows whom to ask and what
 * to keep of the answer; it refuses to know any product.
 */
import { canRun, COSTS, isCurrent, questionOf, stackOf, withConsequences, writeSituation, type Chain, type Dated, type Facet, type Host, type Knowledge, type Mechanism, type Plan, type Situation } from '../compat/index.ts';
import { absenceOf, answerOf, kernelLine, monthOf, titlesOf } from './words.ts';
import { YEARS, type Almanac, type Change, type Heading, type History, type Line, type Machine, type Page, type Way } from './types.ts';

const written = new WeakMap<History, { readonly knowledge: Knowledge; readonly almanac: Almanac }>();

/** Every year of every machine. It takes about a hundred plans, so that of a history it is worked out once. */
export function almanacOf(knowledge: Knowledge, history: History): Almanac {
  const before = written.get(history);
  if (before?.knowledge === knowledge) return before.almanac;
  const almanac = workedOut(knowledge, history);
  written.set(history, { knowledge, almanac });
  return almanac;
}

function workedOut(knowledge: Knowledge, history: History): Almanac {
  const pools = { ways: poolOf<Way>(), lines: poolOf<Line>(), stacks: poolOf<Almanac['stacks'][number]>(), changes: poolOf<Change>() };
  const last = Number(history.reviewed.slice(0, 4));
  const years = Array.from({ length: last - YEARS.first + 1 }, (_, i) => YEARS.first + i);
  const machines = history.machines.map((machine) => {
    const pages = years.map((year) => pageOf({ knowledge, history, machine, year, pools }));
    return [machine.id, { title: machine.title, sources: machine.sources, pages }] as const;
  });
  const cited = [...pools.lines.all, ...pools.changes.all, ...history.machines, ...history.traces].flatMap(({ sources }) => sources);
  return {
    reviewed: history.reviewed,
    machines: Object.fromEntries(machines),
    ways: pools.ways.all,
    lines: pools.lines.all,
    stacks: pools.stacks.all,
    changes: pools.changes.all,
    traces: history.traces,
    titles: titlesOf(cited, history.titles),
  };
}

interface Pool<T> {
  readonly all: readonly T[];
  /** The place of a thing, which is taken in if there is none like it. */
  place(one: T): number;
}

function poolOf<T>(): Pool<T> {
  const all: T[] = [];
  const places = new Map<string, number>();
  return {
    all,
    place: (one) => {
      const key = JSON.stringify(one);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, all.length);
      return all.push(one) - 1;
    },
  };
}

interface Asked {
  readonly knowledge: Knowledge;
  readonly history: History;
  readonly machine: Machine;
  readonly year: number;
  readonly pools: { readonly ways: Pool<Way>; readonly lines: Pool<Line>; readonly stacks: Pool<Almanac['stacks'][number]>; readonly changes: Pool<Change> };
}

function pageOf(asked: Asked): Page {
  const { knowledge, history, machine, year, pools } = asked;
  const month = monthOf(year, history.reviewed);
  const changes = history.changes.filter((change) => change.machines.includes(machine.id) && change.month.startsWith(String(year))).map((change) => pools.changes.place(change));
  const system = latest(machine.systems, month);
  if (!system) return { way: pools.ways.place({ mechanism: 'none', title: 'Not on sale yet', kind: 'absent', left: false }), system: 'none', says: absenceOf(machine, year), lines: {}, changes };
  const situation: Situation = { host: system.host, workload: { os: 'linux', arch: [String(system.host.arch)] }, date: month };
  const question = questionOf(situation, knowledge);
  const host = withConsequences(question.host);
  const plan = canRun(knowledge, question);
  const chain = chosen(plan, machine, month);
  const way = wayOf(plan, chain, machine, month);
  const facts: Facts = { chain, plan, host, month, machine };
  const now = year === Number(history.reviewed.slice(0, 4)) ? history.reviewed : undefined;
  return {
    way: pools.ways.place(way),
    system: system.says,
    says: answerOf({ machine, year, now, way, decider: chain && deciderOf(chain), address: facetOf(facts, 'address')?.value ?? 'an address of its own' }),
    ...(chain ? { stack: pools.stacks.place(stackOf(chain, host, question.workload)) } : {}),
    lines: linesOf(facts, pools.lines),
    changes,
    situation: writeSituation(situation),
  };
}

/** The entry of a dated list that holds in a month; those without a month hold from the beginning. */
function latest<T extends { readonly from?: string }>(entries: readonly T[], month: string): T | undefined {
  return entries.findLast(({ from }) => from === undefined || from <= month);
}

/** What decides how a chain works: its machine or, without one, its sandbox. */
function deciderOf({ mechanisms }: Chain): Mechanism {
  return mechanisms.find(({ kind }) => kind === 'machine') ?? (mechanisms.at(-1) as Mechanism);
}

/** The cheapest chain of products, else of what one does by hand; among equally cheap ones that which was usual. */
function chosen({ chains, byHand }: Plan, machine: Machine, month: string): Chain | undefined {
  const [cheapest] = chains.length > 0 ? chains : byHand;
  const equal = [...chains, ...byHand].filter(({ weight, byHand: hand }) => weight === cheapest?.weight && hand === cheapest.byHand);
  const usual = latest(machine.usual, month);
  return equal.find((chain) => deciderOf(chain).id === usual?.mechanism) ?? cheapest;
}

function wayOf({ runs }: Plan, chain: Chain | undefined, machine: Machine, month: string): Way {
  if (!chain) return { mechanism: 'none', title: 'No way', kind: 'none', left: false };
  const { id, kind, title, from, until } = deciderOf(chain);
  const usual = latest(machine.usual, month);
  const called = usual?.mechanism === id ? usual.called : undefined;
  const own = kind === 'sandbox';
  return { mechanism: id, title: called ?? (own ? 'The machine’s own kernel' : title), kind: own ? 'own' : runs ? 'product' : 'hand', left: chain.costs.includes('unmaintained'), from, ...(until === undefined ? {} : { until }) };
}

interface Facts {
  readonly chain: Chain | undefined;
  readonly plan: Plan;
  readonly host: Host;
  readonly month: string;
  readonly machine: Machine;
}

function facetOf({ chain, month }: Facts, facet: Facet): Dated | undefined {
  return chain && latest(deciderOf(chain)[facet] ?? [], month);
}

function linesOf(facts: Facts, pool: Pool<Line>): Page['lines'] {
  const { chain } = facts;
  const told = (facet: Facet): readonly Line[] => {
    const found = facetOf(facts, facet);
    return found ? [{ text: found.text, ...(found.value === undefined ? {} : { short: found.value }), sources: found.sources }] : [];
  };
  const all: Readonly<Record<Heading, readonly Line[]>> = {
    kernel: chain ? [{ ...kernelLine(chain, facts.host), sources: [] }, ...told('upkeep')] : [],
    tool: chain ? [{ text: deciderOf(chain).summary, commands: chain.commands[deciderOf(chain).id] ?? [], sources: deciderOf(chain).sources }] : [],
    cost: chain ? [{ text: costInWords(chain), sources: [] }, ...told('memory')] : [],
    address: told('address'),
    files: told('files'),
    others: othersOf(facts),
    not: missesOf(facts),
  };
  return Object.fromEntries(Object.entries(all).filter(([, lines]) => lines.length > 0).map(([heading, lines]) => [heading, lines.map((line) => pool.place(line))]));
}

function costInWords({ costs }: Chain): string {
  const [first = '', ...rest] = [...new Set(costs)].map((id) => COSTS[id].says);
  return `${[first.slice(0, 1).toUpperCase() + first.slice(1), ...rest].join('; ')}.`;
}

/** Products that would have done it as well, those apart that nobody maintained: by the address at which each has ports. */
function othersOf({ chain, plan, month }: Facts): readonly Line[] {
  if (!chain || deciderOf(chain).kind === 'sandbox') return [];
  const deciders = plan.chains.filter(({ costs }) => !costs.includes('unmaintained')).map(deciderOf).filter(({ id }) => id !== deciderOf(chain).id);
  const told = [...new Map(deciders.map((one) => [one.id, one])).values()].map(({ title, address = [] }) => ({ title, ...latest(address, month) }));
  return [...new Set(told.map(({ value }) => value))].map((address) => {
    const those = told.filter(({ value }) => value === address);
    const titles = those.map(({ title }) => title).join(', ');
    return { text: address === undefined ? `${titles}.` : `${titles}. Ports at ${address}.`, sources: [...new Set(those.flatMap(({ sources = [] }) => sources))] };
  });
}

/** How many products that did not run are explained. */
const MOST_MISSES = 3;

/** Products of that time that did not run here, each with the first condition that was not met. */
function missesOf({ chain, plan, month }: Facts): readonly Line[] {
  if (chain && deciderOf(chain).kind === 'sandbox') return [];
  const worked = new Set(plan.chains.map((one) => deciderOf(one).id));
  const seen = new Set<string>();
  const lines = plan.misses.flatMap((miss): readonly Line[] => {
    const decider = deciderOf(miss);
    const unmet = miss.findings.find(({ status, of }) => status === 'unmet' && of === decider.id);
    const left = decider.unmaintained !== undefined && decider.unmaintained <= month;
    if (decider.kind !== 'machine' || miss.byHand || left || worked.has(decider.id) || seen.has(decider.id) || unmet?.condition.says === undefined) return [];
    if (!isCurrent(decider, month)) return [];
    seen.add(decider.id);
    return [{ text: `${decider.title}: ${unmet.condition.says}`, sources: unmet.condition.sources ?? decider.sources }];
  });
  return lines.slice(0, MOST_MISSES);
}
