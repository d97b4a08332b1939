/** What an instance of a lane goes through on a machine, stage by stage, and how long each takes. It knows one instance, not what others do meanwhile. */
import { SimError } from '../errors.ts';
import type { Interval } from './intervals.ts';
import { normalAt, quantileAt } from './sampling.ts';
import type { Config, LaneConfig, Machine, Quantiles, Stage, Tables, Technology, Use } from './types.ts';

/** A stage with what its length is computed from. */
export interface PlannedStage extends Stage {
  /** Length at a place of the serial distribution, in µs. */
  readonly lengthAt: (place: number) => number;
  /** Whether company changes the length: cores that are awake, luck with the scheduler, the kernel's locks. */
  readonly lockUs: number;
  readonly disturbed: boolean;
  /** Only the first instance of the lane needs it; the others find the page cache filled. */
  readonly once: boolean;
}

export interface Plan {
  readonly technology: Technology;
  readonly machine: Machine;
  readonly stages: readonly PlannedStage[];
  /** The clock of the lane's interval starts with one stage and stops after another. */
  readonly clock: readonly [first: number, last: number];
  /** What an instance holds; nothing where it does not stay. */
  readonly memoryKib: number;
  /** The machine on which the distribution was measured, in words, where it is not this one; and whether the ratio of the two is known. */
  readonly carried?: { readonly from: string; readonly scaled: boolean };
  /** Why nothing can be started here. */
  readonly gap?: string;
}

/** The plan of a lane. Throws SimError for names that the tables do not hold and for an interval that nobody measured. */
export function planOf(tables: Tables, config: Config, lane: LaneConfig): Plan {
  const machine = tables.machines[config.machine];
  const technology = tables.technologies[lane.technology];
  if (!machine) throw new SimError(`There is no machine "${config.machine}".`);
  if (!technology) throw new SimError(`There is no technology "${lane.technology}".`);
  // The figures are of guests that were left running. What one that ends at once has touched by then, nobody measured.
  const base = { technology, machine, memoryKib: config.afterReady === 'stay' ? technology.memoryKib ?? 0 : 0 };
  const found = evidenceFor(tables, technology, machine);
  if (typeof found === 'string') return { ...base, stages: [], clock: [0, 0], gap: found };
  const { from, scaled, runs } = found;
  const queueing = technology.phases.findIndex(({ section }) => section === undefined);
  const work = technology.phases.map((use, i) => stagesOf(tables, use, runs[i] as Quantiles, machine));
  const stages = [
    ...launchStages(tables, technology, machine),
    ...fetchStages(config, technology, machine),
    // Whoever queues for the engine has nothing to hold memory for yet.
    ...work.slice(0, Math.max(0, queueing)).flat(),
    MEMORY,
    ...work.slice(Math.max(0, queueing)).flat(),
    ...cleanUpStages(tables, technology, machine),
  ];
  return { ...base, stages, clock: clockOf(technology, lane.interval, stages), ...(from === machine.id ? {} : { carried: { from: tables.machines[from]?.title ?? from, scaled } }) };
}

interface Evidence {
  readonly from: string;
  readonly scaled: boolean;
  readonly runs: readonly Quantiles[];
}

/** The measured runs; those of another machine scaled to this one, or as they are where nobody knows the ratio. Or why there are none. */
function evidenceFor({ machines }: Tables, { runs, gap }: Technology, machine: Machine): Evidence | string {
  if (gap !== undefined) return gap;
  const own = runs[machine.id];
  if (own) return { from: machine.id, scaled: false, runs: own };
  const [from = '', rows = []] = Object.entries(runs)[0] ?? [];
  const [here, there] = [machine.timePermille, machines[from]?.timePermille];
  if (here === undefined || there === undefined) return { from, scaled: false, runs: rows };
  return { from, scaled: true, runs: rows.map((row) => row.map((us) => Math.round((us * here) / there))) };
}

const fixed = (us: number) => () => us;
const alike = { lockUs: 0, disturbed: false, once: false };

/** Takes memory; the engine says how long that takes when there is too little. */
const MEMORY: PlannedStage = { phase: 'swap', kind: 'wait', section: 'disk', lengthAt: fixed(0), ...alike };

/** What takes so long on the reference machine, here. */
function scaled(us: number, { timePermille = 1000 }: Machine): number {
  return Math.round((us * timePermille) / 1000);
}

function launchStages({ contention: { launchUs, scriptUs } }: Tables, { processes }: Technology, machine: Machine): readonly PlannedStage[] {
  if (!processes) return [];
  return [
    { phase: 'launch', kind: 'work', section: 'launcher', lengthAt: fixed(scaled(launchUs, machine)), ...alike },
    { phase: 'script', kind: 'work', lengthAt: fixed(scaled(scriptUs * processes.before, machine)), ...alike },
  ];
}

/** What the script does when the clock has stopped: it uses a core, and keeps the place of the next. */
function cleanUpStages({ contention: { scriptUs } }: Tables, { processes }: Technology, machine: Machine): readonly PlannedStage[] {
  return processes ? [{ phase: 'script', kind: 'work', lengthAt: fixed(scaled(scriptUs * processes.after, machine)), ...alike }] : [];
}

function fetchStages({ image }: Config, { imageKib, title }: Technology, machine: Machine): readonly PlannedStage[] {
  if (image === 'cached') return [];
  const [rate, what, phase, section] = image === 'absent' ? [machine.networkMBps, 'network', 'pull', 'registry'] as const : [machine.diskMBps, 'disk', 'read', 'disk'] as const;
  if (rate === undefined) throw new SimError(`How fast the ${what} of ${machine.title} is was not recorded, so the image counts as cached.`);
  if (imageKib === undefined) throw new SimError(`${title} has no figure for the size of its image, so the image counts as cached.`);
  return [{ phase, kind: 'wait', section, lengthAt: fixed(Math.round((imageKib * 1024) / rate)), ...alike, once: true }];
}

function stagesOf({ levels, contention }: Tables, { phase, workPermille, lockPermille, section }: Use, row: Quantiles, machine: Machine): readonly PlannedStage[] {
  const held = section === undefined ? {} : { section };
  const workAt = (place: number) => Math.round((quantileAt(levels, row, place) * workPermille) / 1000);
  return [
    // What is not work is waiting, so that the two add up to the measured time when nobody else is there.
    { phase, kind: 'wait', ...held, lengthAt: (place) => quantileAt(levels, row, place) - workAt(place), ...alike },
    { phase, kind: 'work', ...held, lengthAt: workAt, lockUs: scaled((contention.lockUs * lockPermille) / 1000, machine), disturbed: true, once: false },
  ];
}

/** What is done for a phase right before it, and counts with it. */
const FORE: readonly string[] = ['pull', 'read', 'swap'];

function clockOf({ clocks, title }: Technology, interval: Interval, stages: readonly PlannedStage[]): readonly [number, number] {
  const covered = clocks[interval];
  if (!covered) throw new SimError(`${title} was not measured over the interval "${interval}".`);
  const within = stages.flatMap(({ phase }, i) => ((covered as readonly string[]).includes(phase) ? [i] : []));
  const [first, last] = [within[0] ?? 0, within.at(-1) ?? 0];
  let start = first;
  while (FORE.includes(stages[start - 1]?.phase ?? '')) start -= 1;
  return [start, last];
}

/** The luck of an instance at a place of the normal distribution, in 1/1000 of its work. */
export function luckAt({ contention }: Tables, place: number): number {
  return Math.max(100, 1000 + Math.round((contention.noisePermille * normalAt(place)) / 1000));
}
