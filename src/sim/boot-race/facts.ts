/** What happened in a step of `boot-race`, and the words and reasons for it. It knows what became true, not what is drawn. */
import type { Reason } from '../model.ts';
import { INTERVALS } from './intervals.ts';
import { speedOf, UNIT } from './machine.ts';
import type { Plan } from './plan.ts';
import { percentiles } from './sampling.ts';
import type { Config, Lane, Machine, State } from './types.ts';

export type Fact =
  | { readonly id: 'instancesBegun'; readonly lane: number; readonly count: number }
  | { readonly id: 'instancesReady'; readonly lane: number; readonly count: number; readonly slowestUs: number }
  | { readonly id: 'startsRefused'; readonly lane: number; readonly count: number }
  | { readonly id: 'memorySwapped'; readonly lane: number; readonly count: number }
  | { readonly id: 'coresShared'; readonly working: number; readonly cores: number }
  | { readonly id: 'queueFormed'; readonly section: string; readonly waiting: number }
  | { readonly id: 'evidenceMissing'; readonly lane: number }
  | { readonly id: 'distributionCarried'; readonly lane: number; readonly from: string; readonly scaled: boolean }
  | { readonly id: 'raceEnded'; readonly ready: number; readonly refused: number };

/** What is new in `now` against `before`. The first step also tells what the race began with. */
export function factsBetween(before: State, now: State, plans: readonly Plan[]): readonly Fact[] {
  const first = before.told ? [] : plans.flatMap(({ gap, carried }, lane): readonly Fact[] => (gap === undefined ? (carried ? [{ id: 'distributionCarried', lane, ...carried }] : []) : [{ id: 'evidenceMissing', lane }]));
  const lanes = now.lanes.flatMap((lane, i) => laneFacts(before.told ? before.lanes[i] as Lane : NOTHING, lane, i));
  const { machine } = plans[0] as Plan;
  const working = now.working.length;
  const shared: readonly Fact[] = working > machine.cores ? [{ id: 'coresShared', working, cores: machine.cores }] : [];
  const queued = Object.entries(now.sections).flatMap(([section, { queue, head }]): readonly Fact[] => (queue.length > head ? [{ id: 'queueFormed', section, waiting: queue.length - head }] : []));
  return [...first, ...lanes, ...shared, ...queued, ...(isOver(now) && !isOver(before) ? [ended(now)] : [])];
}

type Counts = Pick<Lane, 'begun' | 'refused' | 'swapped' | 'durations'>;
const NOTHING: Counts = { begun: 0, refused: 0, swapped: 0, durations: [] };

function laneFacts(before: Counts, now: Counts, lane: number): readonly Fact[] {
  const fresh = now.durations.slice(before.durations.length);
  const counted = (id: 'instancesBegun' | 'startsRefused' | 'memorySwapped', count: number): readonly Fact[] => (count > 0 ? [{ id, lane, count }] : []);
  return [
    ...counted('instancesBegun', now.begun - before.begun),
    ...counted('startsRefused', now.refused - before.refused),
    ...counted('memorySwapped', now.swapped - before.swapped),
    ...(fresh.length > 0 ? [{ id: 'instancesReady', lane, count: fresh.length, slowestUs: fresh.reduce((a, b) => Math.max(a, b), 0) } as const] : []),
  ];
}

/** Nothing is on its way and nothing is left to start. */
export function isOver({ lanes }: State): boolean {
  return lanes.every(({ inFlight, toStart }) => inFlight === 0 && toStart === 0);
}

function ended({ lanes }: State): Fact {
  const sum = (of: (lane: Lane) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
  return { id: 'raceEnded', ready: sum(({ durations }) => durations.length), refused: sum(({ refused }) => refused) };
}

/** A time as people say it. */
export function spoken(us: number): string {
  if (us >= 10_000_000) return `${Math.round(us / 1_000_000)} s`;
  if (us >= 1_000_000) return `${(us / 1_000_000).toFixed(1)} s`;
  return us >= 10_000 ? `${Math.round(us / 1000)} ms` : `${(us / 1000).toFixed(1)} ms`;
}

/** The state in a few sentences: one a lane, and what bears on all. */
export function describe(state: State, plans: readonly Plan[]): string {
  const { machine } = plans[0] as Plan;
  const lanes = state.lanes.map((lane, i) => laneInWords(lane, plans[i] as Plan, state.config));
  const shares = state.working.length > machine.cores ? [` ${state.working.length} instances work on ${machine.cores} cores.`] : [];
  return `After ${spoken(state.nowUs)}: ${lanes.join(' ')}${shares.join('')}`;
}

function laneInWords(lane: Lane, { technology: { title, contention }, gap, carried }: Plan, { axis, image }: Config): string {
  if (gap !== undefined) return `${title}: nothing is started, because there is no evidence. ${gap}`;
  const { durations, refused, swapped, config } = lane;
  const total = durations.length + lane.inFlight + lane.toStart + refused;
  const [median, slow] = percentiles(durations, [500, 990]);
  const took = median === undefined ? '' : `, half of ${durations.length < total ? 'those' : 'them'} within ${spoken(median)} and 99 of 100 within ${spoken(slow as number)}`;
  const extra = [
    refused > 0 ? `${refused} starts were refused for want of memory.` : '',
    swapped > 0 ? `${swapped} had to wait until memory was written to disk.` : '',
    axis === 'own' && median !== undefined ? `The clock runs ${INTERVALS[config.interval]}.` : '',
    carried ? `Measured on ${carried.from}, ${carried.scaled ? 'and scaled' : 'and carried over as it is, because the ratio of the machines is not known'}.` : '',
    contention === 'assumed' && total > 1 ? 'Nobody measured several at once: all of it counts as work for a core.' : '',
    image === 'absent' ? 'Unpacking the image is not counted, because there is no figure for it.' : '',
  ].filter((text) => text !== '');
  return [`${title}: ${durations.length} of ${total} ready${took}.`, ...extra].join(' ');
}

const SECTIONS: Readonly<Record<string, string>> = {
  launcher: 'Whoever starts the instances is one process: it forks and executes one after the other, and needs a core for it.',
  disk: 'The disk serves one transfer at a time.',
  registry: 'The network carries one image at a time.',
};

type Words = { readonly [Id in Fact['id']]: (fact: Extract<Fact, { readonly id: Id }>, plans: readonly Plan[]) => string };

const RULES: Words = {
  instancesBegun: () => 'An instance begins as soon as fewer are on their way than may be at once.',
  instancesReady: (_, plans) => `Each instance has a place in the measured distribution of single starts. What is work for a core is stretched when more work than there are cores: ${inSpeed((plans[0] as Plan).machine)}`,
  startsRefused: () => 'An instance is let in only when its memory fits into what is free. That is the model’s rule, not Linux’s: Linux hands out more than there is, then swaps, and in the end kills a process.',
  memorySwapped: () => 'Memory that does not fit is written to disk first, at the disk’s rate. What swapping costs beyond that the model does not know.',
  coresShared: ({ working, cores }) => `${working} instances share ${cores} cores equally, so each has a part of one.`,
  queueFormed: ({ section }) => SECTIONS[section] ?? `One instance at a time is let into "${section}".`,
  evidenceMissing: ({ lane }, plans) => (plans[lane] as Plan).gap ?? '',
  distributionCarried: ({ from, scaled }) => `Nobody measured it on this machine. The times come from ${from}${scaled ? ', multiplied by the ratio of the two machines’ serial runs' : ' as they are: how the two machines compare is not known'}.`,
  raceEnded: () => 'Nothing is on its way and nothing is left to start.',
};

function inSpeed(machine: Machine): string {
  const each = (speedOf(machine, machine.cores * 2) / UNIT).toFixed(2);
  return `with twice as many instances as cores, each gets ${each} of a core.`;
}

/** Facts that rest on a technology's measurements. The others follow from the model's own rules, and name no source. */
const MEASURED: ReadonlySet<Fact['id']> = new Set(['instancesReady', 'distributionCarried']);

/** The rule behind a fact; where a measurement is behind it, with the figures and sources of the technology that it concerns. */
export function reasonsFor(fact: Fact, plans: readonly Plan[]): readonly Reason[] {
  const rule = RULES[fact.id] as (fact: Fact, plans: readonly Plan[]) => string;
  const about = 'lane' in fact && MEASURED.has(fact.id) ? plans[fact.lane]?.technology : undefined;
  return [{ rule: fact.id, text: rule(fact, plans), ...(about ? { figures: about.figures, sources: about.sources } : {}) }];
}
