/**
 * Which machine, which year, and what ran a Linux container there. It knows how to read the almanac, which the planner has
 * written; it refuses to know products, months of today and where the almanac comes from.
 */
import { nodesOf } from '../domain.ts';
import { faultsOf } from '../stack-faults.ts';
import { SimError } from '../errors.ts';
import type { Model, Reason } from '../model.ts';
import { MACHINES, YEARS, type Action, type Almanac, type Config, type Era, type Heading, type HistoryFact, type Line, type Page, type State, type Trace, type Way } from './types.ts';
import { labelOf, monthInWords, monthOf, titlesOf } from './words.ts';

export type TimeMachine = Model<Config, State, Action, HistoryFact>;

/** The playground's model over an almanac. */
export function timeMachineIn(almanac: Almanac): TimeMachine {
  const stateOf = (config: Config): State => stateIn(almanac, config);
  return {
    id: 'time-machine',
    defaults: { machine: 'mac-intel', year: 2015 },
    init: (config) => stateOf(config),
    legal: (state) => actionsFrom(state),
    step: ({ config }, action) => {
      if (action.type === 'follow') return { state: stateOf({ machine: action.machine, year: action.year, trace: action.trace }), facts: [{ id: 'traceFollowed', trace: action.trace }] };
      if (action.type === 'go') return { state: stateOf({ machine: config.machine, year: action.year }), facts: [{ id: 'yearReached', year: action.year }] };
      return { state: stateOf({ machine: action.machine, year: config.year }), facts: [{ id: 'machineTaken', machine: action.machine }] };
    },
    isDone: () => false,
    describe: ({ says }) => says,
    why: (state) => reasonsIn(state, almanac),
    measure,
    invariants: INVARIANTS,
  };
}

function actionsFrom({ config: { machine, year, trace }, traces }: State): readonly Action[] {
  const years = Array.from({ length: YEARS.last - YEARS.first + 1 }, (_, i) => YEARS.first + i).filter((one) => one !== year);
  const followed = traces.filter(({ id }) => id !== trace).map(({ id, ...to }): Action => ({ type: 'follow', trace: id, machine: to.machine, year: to.year }));
  return [...followed, ...years.map((one): Action => ({ type: 'go', year: one })), ...MACHINES.filter((one) => one !== machine).map((one): Action => ({ type: 'take', machine: one }))];
}

/** The trace that a configuration names. Throws SimError where there is none that leads there. */
function traceIn({ traces }: Almanac, { machine, year, trace }: Config): Trace | undefined {
  if (trace === undefined) return undefined;
  const found = traces.find((one) => one.id === trace && ((one.machine === machine && one.year === year) || one.also?.[machine] === year));
  if (!found) throw new SimError(`There is no trace “${trace}” that leads to ${machine} in ${year}.`);
  return found;
}

/** Where a trace leads somebody who looks at a machine: to that machine, if it had the trace too. */
function whereTo({ machine, year, also }: Trace, at: Config['machine']): Pick<Config, 'machine' | 'year'> {
  const own = also?.[at];
  return own === undefined ? { machine, year } : { machine: at, year: own };
}

function stateIn(almanac: Almanac, config: Config): State {
  const { machine, year } = config;
  const trace = traceIn(almanac, config);
  const pages = pagesOf(almanac, machine);
  const page = pages[year - YEARS.first];
  if (!page) throw new SimError(`This history runs from ${YEARS.first} to ${YEARS.first + pages.length - 1}; there is no year ${year} in it.`);
  const eras = erasOf(almanac, pages);
  const month = monthOf(year, almanac.reviewed);
  return {
    config: { machine, year, ...(trace && { trace: trace.id }) },
    says: page.says,
    way: wayIn(almanac, page),
    month,
    when: monthInWords(month),
    machines: Object.fromEntries(MACHINES.flatMap((id) => (almanac.machines[id] ? [[id, almanac.machines[id].title]] : []))),
    eras,
    era: eras.findIndex(({ from, to }) => from <= year && year <= to),
    stack: almanac.stacks[page.stack ?? -1] ?? null,
    ...toldIn(almanac, page, trace?.sources),
    traces: almanac.traces.map((one) => ({ id: one.id, written: one.written, ...whereTo(one, machine) })),
    ...(trace && { trace: { id: trace.id, text: trace.text, sources: trace.sources } }),
    next: nextOf(eras, year, almanac.reviewed),
    rows: pages.map((one, i) => rowOf(almanac, one, YEARS.first + i)),
    ...(page.situation === undefined ? {} : { situation: page.situation }),
  };
}

/** What is told of a year, and the titles of the sources that it rests on. */
function toldIn(almanac: Almanac, page: Page, more: readonly string[] = []): Pick<State, 'lines' | 'changes' | 'titles'> {
  const lines = Object.fromEntries(Object.entries(page.lines).map(([heading, places]) => [heading, places.map((place) => almanac.lines[place] as Line)]));
  const changes = page.changes.flatMap((place) => almanac.changes[place] ?? []);
  const cited = [...more, ...[...Object.values(lines).flat(), ...changes].flatMap(({ sources }) => sources)];
  return {
    lines,
    changes: changes.map(({ title, text, broke, sources, month }) => ({ title, text, broke, sources, when: monthInWords(month) })),
    titles: titlesOf(cited, almanac.titles),
  };
}

function pagesOf({ machines }: Almanac, machine: string): readonly Page[] {
  const found = Object.hasOwn(machines, machine) ? machines[machine] : undefined;
  if (!found) throw new SimError(`There is no machine “${machine}” in this history; there are ${Object.keys(machines).join(', ')}.`);
  return found.pages;
}

function wayIn({ ways }: Almanac, page: Page): Way {
  return ways[page.way] as Way;
}

/** Years in a row with the same way, by its mechanism and its name. */
function erasOf(almanac: Almanac, pages: readonly Page[]): readonly Era[] {
  const eras: Era[] = [];
  pages.forEach((page, i) => {
    const way = wayIn(almanac, page);
    const title = labelOf(way);
    const last = eras.at(-1);
    if (last?.title === title) eras[eras.length - 1] = { ...last, to: YEARS.first + i };
    else eras.push({ from: YEARS.first + i, to: YEARS.first + i, title, kind: way.kind });
  });
  return eras;
}

function nextOf(eras: readonly Era[], year: number, reviewed: string): string {
  const next = eras.find(({ from }) => from > year);
  return next ? `From ${next.from} on: ${next.title}.` : `It is still so in ${monthInWords(reviewed)}.`;
}

/** A year as a row: what the strip shows, in words. */
function rowOf(almanac: Almanac, page: Page, year: number): readonly string[] {
  const short = (heading: Heading): string => {
    const line = almanac.lines[page.lines[heading]?.[0] ?? -1];
    return line?.short ?? line?.text ?? '–';
  };
  const changes = page.changes.map((place) => almanac.changes[place]?.title).join('; ');
  return [String(year), page.system, labelOf(wayIn(almanac, page)), short('kernel'), short('address'), short('files'), changes || '–'];
}

function reasonsIn({ way, says, lines, config }: State, { machines }: Almanac): readonly Reason[] {
  const told = [...(lines.tool ?? []), ...(lines.not ?? [])].map(({ text, sources }): Reason => ({ rule: way.mechanism, text, sources }));
  return told.length > 0 ? told : [{ rule: way.mechanism, text: says, sources: machines[config.machine]?.sources ?? [] }];
}

function kernelsIn({ stack }: State): number {
  return stack ? nodesOf(stack).filter(({ part }) => part.layer === 'kernel').length : 0;
}

/** What claims and tests compare. */
export function measure(state: State) {
  const kernels = kernelsIn(state);
  return {
    runs: state.way.kind === 'own' || state.way.kind === 'product',
    mechanism: state.way.mechanism,
    address: state.lines.address?.[0]?.short ?? 'none',
    kernels,
    addedKernels: Math.max(0, kernels - 1),
  };
}

const INVARIANTS: TimeMachine['invariants'] = {
  'a mechanism is used between its dates only': ({ way: { from, until }, month }) => (from === undefined || from <= month) && (until === undefined || month < until),
  'the drawing is a stack': ({ stack }) => stack === null || faultsOf(stack).length === 0,
  'there is a drawing where there is a way': ({ stack, way }) => (stack === null) === (way.kind === 'none' || way.kind === 'absent'),
  'a machine’s own kernel is the only one, and ports answer at localhost': (state) => state.way.kind !== 'own' || (kernelsIn(state) === 1 && measure(state).address === 'localhost'),
  'any other way adds a kernel': (state) => (state.way.kind !== 'product' && state.way.kind !== 'hand') || kernelsIn(state) > 1,
  'the year lies in its era': ({ eras, era, config: { year } }) => (eras[era]?.from ?? Infinity) <= year && year <= (eras[era]?.to ?? -Infinity),
  'every year has its row': ({ rows, eras }) => rows.length === (eras.at(-1)?.to ?? 0) - YEARS.first + 1,
  'changes lie in the year': ({ changes, config: { year } }) => changes.every(({ when }) => when.endsWith(String(year))),
};
