/**
 * `race`: up to four kinds of starts, each on a machine of its own, with a bet before and any instant to look at afterwards.
 * It knows what a reader arranged and where they stopped the clock; how starts go is `boot-race`’s.
 */
import { SimError } from '../errors.ts';
import type { Interval } from '../boot-race/intervals.ts';
import { reasonsFor, type Fact as BootFact } from '../boot-race/facts.ts';
import { MOST_INSTANCES } from '../boot-race/model.ts';
import { planOf, type Plan } from '../boot-race/plan.ts';
import type { Config as BootConfig, Tables } from '../boot-race/types.ts';
import type { Playable } from '../model.ts';
import { fillingsOf, laneAt, laneAtRest } from './frame.ts';
import { bootConfig, record, type Recording } from './recording.ts';
import { sceneOf } from './scenes.ts';
import { growthOf } from './sweep.ts';
import { FACTORS, FRAMES, MOST_SIDE_BY_SIDE, SURE, type Action, type Config, type Fact, type LaneView, type State } from './types.ts';
import { company, says, verdictOn } from './words.ts';

/** Runs that are kept, so that moving through one costs no new run. */
const KEPT = 12;
/** From this ratio of the lanes’ lengths on, time passes faster from frame to frame. */
const UNEVEN = 4;

/** The model over these tables, as far as a page plays it. */
export function raceIn(tables: Tables): Playable<Config, State, Action, Fact> {
  const recordings = new Map<string, Recording>();
  const recordingOf = (config: BootConfig, plan: Plan, seed: number): Recording => {
    const key = JSON.stringify([config, seed]);
    const run = recordings.get(key) ?? record(tables, config, plan, seed);
    // Put back at the end: what was not asked for longest is the first to go.
    recordings.delete(key);
    recordings.set(key, run);
    if (recordings.size > KEPT) recordings.delete([...recordings.keys()][0] as string);
    return run;
  };
  const stateOf = (config: Config, seed: number): State => {
    checkConfig(tables, config);
    return shown(tables, config, seed, recordingOf);
  };
  return {
    id: 'race',
    init: stateOf,
    step: ({ config, seed }, action) => ({ state: stateOf(configAfter(config, action), seed), facts: [factOf(action)] }),
    describe: (state) => state.says,
    why: ({ reasons }) => reasons,
  };
}

/** The configuration that an action leads to: what a link keeps. */
export function configAfter(config: Config, action: Action): Config {
  if (action.type === 'arrange') return { ...config, ...action.to, bet: null, frame: 0 };
  if (action.type === 'show') return { ...config, frame: action.frame };
  if (config.frame > 0) throw new SimError('A bet is placed before the start.');
  return { ...config, bet: action.bet };
}

function factOf(action: Action): Fact {
  if (action.type === 'show') return { id: 'instantShown', frame: action.frame };
  return { id: action.type === 'bet' ? 'betPlaced' : 'raceArranged' };
}

type RecordingOf = (config: BootConfig, plan: Plan, seed: number) => Recording;

function shown(tables: Tables, config: Config, seed: number, recordingOf: RecordingOf): State {
  const lanes = config.lanes.map((choice) => {
    const boot = bootConfig(config, choice);
    const plan = planOf(tables, boot, { technology: choice.technology, interval: choice.interval, count: config.count });
    const rest = laneAtRest(plan, choice, config, plan.gap === undefined ? fillingsOf(plan, config.count) : []);
    return { plan, rest, run: plan.gap === undefined && config.frame > 0 ? recordingOf(boot, plan, seed) : undefined };
  });
  const ends = lanes.flatMap(({ run }) => (run ? [run.endUs] : []));
  const [endUs, stretched] = [Math.max(0, ...ends), Math.max(0, ...ends) > UNEVEN * Math.min(...ends)];
  const part = config.frame / FRAMES;
  const nowUs = Math.round(endUs * (stretched ? part * part : part));
  // Who shares a clock shares an axis; nobody else does.
  const mostOf = (of: (run: Recording) => number, interval: Interval) => Math.max(1, ...lanes.flatMap(({ run, rest }) => (run && rest.interval === interval ? [of(run)] : [])));
  const views = lanes.map(({ rest, run, plan }) => (run ? laneAt(rest, run, plan, nowUs, mostOf((peer) => peer.endUs, rest.interval), mostOf(slowest, rest.interval)) : rest));
  const betOn = betOnOf(views);
  const grown = betOn === 'growth' && config.frame === FRAMES ? views.map((view, i) => ({ ...view, grown: growthOf(tables, config, config.lanes[i] as Config['lanes'][number], company(config), seed) })) : views;
  const [{ machine }] = lanes.map(({ plan }) => plan) as [Plan];
  const state = {
    config, seed, nowUs, stretched,
    scene: sceneOf(config) ?? null,
    betOn, company: company(config),
    verdict: verdictOn(config, grown, betOn),
    cores: machine.cores, machine: machine.title,
    ...(machine.memoryMib === undefined ? {} : { machineMib: machine.memoryMib }),
    lanes: grown,
    can: { swap: machine.diskMBps !== undefined, read: machine.diskMBps !== undefined && lanes.every(({ plan }) => plan.gap !== undefined || plan.technology.imageKib !== undefined) },
    reasons: reasonsOf(lanes),
  };
  return { ...state, says: says(state) };
}

/** Medians meet on one clock only. On unlike clocks each lane's own growth is what is left to bet on, where somebody knows it. */
function betOnOf(lanes: readonly LaneView[]): State['betOn'] {
  const evident = lanes.filter(({ gap }) => gap === undefined);
  if (evident.length < 2) return null;
  if (new Set(evident.map(({ interval }) => interval)).size === 1) return 'median';
  return evident.length === lanes.length && evident.every(({ contention }) => contention !== 'assumed') ? 'growth' : null;
}

function slowest({ durations }: Recording): number {
  return durations.reduce((a, b) => Math.max(a, b), 0);
}

/** The rules that decided, each once, with what they rest on. */
function reasonsOf(lanes: readonly { readonly plan: Plan; readonly run: Recording | undefined }[]): State['reasons'] {
  const own = { rule: 'machineOfItsOwn', text: 'Each lane has such a machine to itself: lanes do not slow each other down.', figures: [], sources: [] };
  const found = lanes.flatMap(({ plan, run }) => bootFacts(plan, run).flatMap((fact) => reasonsFor(fact, [plan]).map(({ rule, text, figures = [], sources = [] }) => (
    { rule, text: `${plan.technology.title}: ${text}`, figures, sources }))));
  return [own, ...found];
}

function bootFacts({ gap, carried, machine }: Plan, run: Recording | undefined): readonly BootFact[] {
  if (gap !== undefined) return [{ id: 'evidenceMissing', lane: 0 }];
  const told: readonly BootFact[] = carried ? [{ id: 'distributionCarried', lane: 0, ...carried }] : [];
  if (!run) return told;
  return [
    ...told,
    ...(run.mostWorking > machine.cores ? [{ id: 'coresShared', working: run.mostWorking, cores: machine.cores } as const] : []),
    ...Object.entries(run.queues).map(([section, waiting]) => ({ id: 'queueFormed', section, waiting }) as const),
    ...(run.refusedAt.length > 0 ? [{ id: 'startsRefused', lane: 0, count: run.refusedAt.length } as const] : []),
    ...(run.swappedAt.length > 0 ? [{ id: 'memorySwapped', lane: 0, count: run.swappedAt.length } as const] : []),
  ];
}

const isWhole = (value: number, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;

/** Throws SimError for what cannot be raced. What a technology or a machine does not allow, `planOf` says. */
function checkConfig({ machines, technologies }: Tables, { machine, lanes, count, atOnce, frame, bet, whenFull }: Config): void {
  if (!isWhole(lanes.length, 1, MOST_SIDE_BY_SIDE)) throw new SimError(`A race has 1 to ${MOST_SIDE_BY_SIDE} lanes.`);
  if (!Object.hasOwn(machines, machine)) throw new SimError(`There is no machine "${machine}".`);
  const unknown = lanes.find(({ technology }) => !Object.hasOwn(technologies, technology));
  if (unknown) throw new SimError(`There is no technology "${unknown.technology}".`);
  if (!isWhole(count, 1, MOST_INSTANCES)) throw new SimError(`A lane starts 1 to ${MOST_INSTANCES} instances.`);
  if (!isWhole(atOnce, 0, MOST_INSTANCES)) throw new SimError(`From 1 to ${MOST_INSTANCES} instances may be on their way at once; 0 stands for all.`);
  if (!isWhole(frame, 0, FRAMES)) throw new SimError(`A race has the instants 0 to ${FRAMES}.`);
  if (bet && !(isWhole(bet.lane, 0, lanes.length - 1) && isWhole(bet.factor, 0, FACTORS.length - 1) && isWhole(bet.sure, 0, SURE.length - 1))) throw new SimError('The bet names a lane, a factor or a confidence that is not there.');
  if (whenFull === 'swap' && machines[machine]?.diskMBps === undefined) throw new SimError('How fast the disk of this machine is was not recorded, so what swapping costs cannot be computed.');
}
