/**
 * The event loop: instances share cores, queue for sections and take memory. It knows when things happen, not what is told of them.
 * A desk is a copy of a state that may be changed; it lives for one step.
 */
import { draw } from '../random.ts';
import { pop, push } from './heap.ts';
import { speedOf, UNIT } from './machine.ts';
import { luckAt, type Plan, type PlannedStage } from './plan.ts';
import { WHOLE } from './sampling.ts';
import type { Flight, Lane, Section, State, Tables, Track } from './types.ts';

/** Instances of a lane whose stages are kept for a timeline. */
export const TRACKED = 12;

type Loose<T> = { -readonly [K in keyof T]: T[K] };
type LooseLane = Loose<Omit<Lane, 'durations' | 'tracks'>> & { durations: number[]; tracks: Track[] };
type LooseSection = { busy: boolean; queue: Flight[]; head: number };
export type Desk = Loose<Omit<State, 'lanes' | 'working' | 'waiting' | 'sections'>> & {
  lanes: LooseLane[];
  working: Flight[];
  waiting: Flight[];
  sections: Record<string, LooseSection>;
};

/** What stays the same while a run goes on. */
export interface World {
  readonly tables: Tables;
  readonly plans: readonly Plan[];
}

/** A copy to work on. */
export function deskOf(state: State): Desk {
  const sections = Object.entries(state.sections).map(([name, { busy, queue, head }]) => [name, { busy, queue: queue.slice(head), head: 0 }] as const);
  return {
    ...state,
    lanes: state.lanes.map((lane) => ({ ...lane, durations: lane.durations.slice(), tracks: lane.tracks.slice() })),
    working: state.working.slice(),
    waiting: state.waiting.slice(),
    sections: Object.fromEntries(sections),
  };
}

/** Begins as many instances as may be on their way at once. */
export function begin(world: World, desk: Desk, at: number): void {
  const lane = desk.lanes[at] as LooseLane;
  while (lane.toStart > 0 && lane.inFlight < (lane.config.atOnce ?? Infinity)) {
    lane.toStart -= 1;
    lane.inFlight += 1;
    const [place, between] = draw(desk.generator);
    const [luck, next] = draw(between);
    desk.generator = next;
    const flight: Flight = { order: desk.order, lane: at, index: lane.begun, stage: 0, until: 0, place: place * WHOLE, luck: luckAt(world.tables, luck * WHOLE), began: -1 };
    desk.order += 1;
    lane.begun += 1;
    if (flight.index < TRACKED) lane.tracks.push({ index: flight.index, marks: [] });
    enter(world, desk, flight);
  }
}

/** Time of the next event; undefined when nothing is on its way. */
export function nextAt(world: World, desk: Desk): number | undefined {
  const [working, waiting] = [desk.working[0], desk.waiting[0]];
  const done = working && desk.nowUs + Math.max(0, Math.ceil((working.until - desk.attained) / speedNow(world, desk)));
  return done === undefined ? waiting?.until : Math.min(done, waiting?.until ?? Infinity);
}

/** Plays events up to a time, or `most` of them, and then lets the cores work on until that time. */
export function advance(world: World, desk: Desk, limitUs: number, most = Infinity): void {
  for (let played = 0; played < most; played += 1) {
    const at = nextAt(world, desk);
    if (at === undefined || at > limitUs) break;
    elapse(world, desk, at);
    const flight = takeDue(desk);
    desk.events += 1;
    leave(world, desk, flight);
  }
  if (most === Infinity && limitUs < Infinity && limitUs > desk.nowUs) elapse(world, desk, limitUs);
}

function speedNow({ plans }: World, { working }: Desk): number {
  return speedOf((plans[0] as Plan).machine, working.length);
}

function elapse(world: World, desk: Desk, to: number): void {
  const served = (to - desk.nowUs) * speedNow(world, desk);
  desk.nowUs = to;
  if (desk.working.length === 0) return;
  desk.attained += served;
  desk.busy += served * desk.working.length;
}

/** The flight whose event is now; of two at the same instant, the one with the lower order. */
function takeDue(desk: Desk): Flight {
  const [working, waiting] = [desk.working[0], desk.waiting[0]];
  const worked = working !== undefined && working.until <= desk.attained;
  const waited = waiting !== undefined && waiting.until <= desk.nowUs;
  if (worked && !(waited && waiting.order < working.order)) {
    const done = pop(desk.working) as Flight;
    desk.rounding += desk.attained - done.until;
    // Counting starts again whenever the cores fall idle, so that it never leaves the range of exact integers.
    if (desk.working.length === 0) desk.attained = 0;
    return done;
  }
  return pop(desk.waiting) as Flight;
}

/** Takes a flight through its stages until one of them takes time or has a queue. */
function enter(world: World, desk: Desk, arriving: Flight): void {
  const plan = world.plans[arriving.lane] as Plan;
  let flight = arriving;
  for (let stage = plan.stages[flight.stage]; stage; stage = plan.stages[flight.stage]) {
    if (flight.stage === plan.clock[0] && flight.began < 0) flight = { ...flight, began: desk.nowUs };
    const section = stage.section === undefined ? undefined : (desk.sections[stage.section] ??= { busy: false, queue: [], head: 0 });
    if (section?.busy) {
      mark(desk, flight);
      section.queue.push(flight);
      return;
    }
    const length = stage.phase === 'swap' ? admit(desk, plan, flight) : lengthOf(desk, stage, flight, plan);
    if (length === undefined) return end(desk, plan, flight);
    if (length > 0) {
      if (section) section.busy = true;
      return spend(desk, flight, stage, length);
    }
    flight = pass(desk, plan, flight);
  }
  end(desk, plan, flight);
}

function lengthOf(desk: Desk, stage: PlannedStage, { place, luck, index }: Flight, { machine }: Plan): number {
  if (stage.once && index > 0) return 0;
  const alone = stage.lengthAt(place);
  const company = desk.lanes.reduce((sum, { inFlight }) => sum + inFlight, 0) > 1;
  if (!stage.disturbed || !company || alone === 0) return alone;
  const others = Math.min(desk.working.length, machine.cores * (machine.smtPermille > 1000 ? 2 : 1) - 1);
  return Math.round((((alone * machine.awakePermille) / 1000 + stage.lockUs * others) * luck) / 1000);
}

function spend(desk: Desk, flight: Flight, { kind, phase }: PlannedStage, length: number): void {
  if (phase !== 'script') mark(desk, flight);
  if (kind === 'wait') return push(desk.waiting, { ...flight, until: desk.nowUs + length });
  desk.asked += length * UNIT;
  push(desk.working, { ...flight, until: desk.attained + length * UNIT });
}

/** Notes when a tracked flight came to its stage: first when it began to queue, then when it went on. */
function mark(desk: Desk, { lane, index, stage }: Flight): void {
  if (index >= TRACKED) return;
  const { tracks } = desk.lanes[lane] as LooseLane;
  const old = tracks[index] as Track;
  tracks[index] = { ...old, marks: [...old.marks, [stage, desk.nowUs]] };
}

/** Goes on to the next stage, and stops the clock where it covers no more. */
function pass(desk: Desk, plan: Plan, flight: Flight): Flight {
  if (flight.stage === plan.clock[1]) {
    const lane = desk.lanes[flight.lane] as LooseLane;
    lane.durations.push(desk.nowUs - flight.began);
    lane.lastReadyUs = desk.nowUs;
  }
  if (flight.stage === lastOf(plan)) mark(desk, { ...flight, stage: plan.stages.length });
  return { ...flight, stage: flight.stage + 1 };
}

/** The last stage of the start itself; a script may still clean up after it. */
function lastOf({ stages }: Plan): number {
  return stages.findLastIndex(({ phase }) => phase !== 'script');
}

function leave(world: World, desk: Desk, flight: Flight): void {
  const plan = world.plans[flight.lane] as Plan;
  const { section } = plan.stages[flight.stage] as PlannedStage;
  const freed = section === undefined ? undefined : desk.sections[section];
  if (freed) freed.busy = false;
  enter(world, desk, pass(desk, plan, flight));
  if (freed) serve(world, desk, freed);
  desk.lanes.forEach((_, lane) => begin(world, desk, lane));
}

/** Lets the next ones in until the section is busy again. */
function serve(world: World, desk: Desk, section: LooseSection): void {
  while (!section.busy && section.head < section.queue.length) {
    const next = section.queue[section.head] as Flight;
    section.head += 1;
    enter(world, desk, next);
  }
  if (section.head === section.queue.length) Object.assign(section, { queue: [], head: 0 } satisfies Omit<Section, 'busy'>);
}

/** Time that it takes to make room in memory for an instance; undefined when there is none and the start is refused. */
function admit(desk: Desk, { memoryKib, machine }: Plan, { lane }: Flight): number | undefined {
  const at = desk.lanes[lane] as LooseLane;
  const short = Math.max(0, desk.memoryKib + memoryKib - (machine.memoryMib ?? Infinity) * 1024);
  if (short > 0 && desk.config.whenFull === 'refuse') {
    at.refused += 1;
    return undefined;
  }
  desk.memoryKib += memoryKib - short;
  if (short === 0) return 0;
  at.swapped += 1;
  desk.swappedKib += short;
  return Math.round((short * 1024) / (machine.diskMBps as number));
}

/** The instance is done, one way or the other. */
function end(desk: Desk, plan: Plan, flight: Flight): void {
  (desk.lanes[flight.lane] as LooseLane).inFlight -= 1;
  if (flight.stage < plan.stages.length) mark(desk, flight);
}
