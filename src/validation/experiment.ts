/** From the id of a row to the experiment that it reports, and back from a run of the model to its percentiles. It knows how the study was done. */
import { bootRace, percentile, type Config, type Interval, type Tables } from '../sim/boot-race/index.ts';

/** What a row reports: so many boots, so many of them at once. */
export interface Experiment {
  readonly machine: string;
  readonly technology: string;
  readonly interval: Interval;
  readonly atOnce: number;
  /** What the row's `value` is, where it is not the median. */
  readonly statistic?: 'p99Ms';
}

export interface Prediction {
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Boots of an experiment: what the study took for its parallel runs. */
const BOOTS = 1000;
const SEED = 1;

/** The names that ids use for technologies of content/boot, where they differ. */
const SERIES: Readonly<Record<string, string>> = { 'qemu-qboot': 'qboot', 'firecracker': 'fc-api', 'fc': 'fc-api', 'cloud-hypervisor': 'chv' };
/** The study's parallel runs of QEMU started it with qboot for firmware; only its single runs named `qemu` had SeaBIOS. */
const PARALLEL_SERIES: Readonly<Record<string, string>> = { qemu: 'qboot' };
const METRICS: Readonly<Record<string, Interval>> = { e2e: 'vmm-to-init', internal: 'instance-to-init' };

/** The experiment of an id such as `start.fc2020.rn.haswell.boot-parallel-50-chv.e2e`, or why it is none that the model predicts. */
export function experimentOf(id: string, { machines, technologies }: Tables): Experiment | string {
  if (!id.startsWith('start.') && !id.startsWith('phase.')) return 'not a start';
  if (OTHER_NAMES[id]) return OTHER_NAMES[id];
  const parts = /^start\.fc2020\.(?<machine>.+)\.boot-(?:serial|parallel-(?<many>\d+))-(?<series>[a-z0-9-]+)\.(?<metric>[a-z0-9]+)$/.exec(id)?.groups;
  if (!parts) return reasonAgainst(id, technologies);
  const { machine = '', many = '1', series = '', metric = '' } = parts;
  const interval = METRICS[metric];
  const atOnce = Number(many);
  const technology = (atOnce > 1 ? PARALLEL_SERIES[series] : undefined) ?? SERIES[series] ?? series;
  if (!machines[machine]) return `nothing is known of the machine "${machine}"`;
  if (!technologies[technology]?.runs[machine]) return `no single boot of "${series}" on ${machine} is known, and the model starts from those`;
  if (interval === undefined) return `"${metric}" is not an interval that the model has; it has ${Object.keys(METRICS).join(' and ')}`;
  if (!technologies[technology].clocks[interval]) return `"${series}" has no timer of its own`;
  return atOnce >= 1 && atOnce <= BOOTS ? { machine, technology, interval, atOnce } : `${atOnce} at once is outside 1 to ${BOOTS}`;
}

function reasonAgainst(id: string, technologies: Tables['technologies']): string {
  if (id.startsWith('phase.')) return 'a part of a start, which the model takes as it is or does not tell apart';
  const uses = Object.values(technologies).filter(({ figures }) => figures.includes(id));
  if (uses.length > 0) return `the model takes this figure as given for "${(uses[0] as { title: string }).title}", so a comparison would test nothing`;
  return 'no run of the model corresponds to it: the machine, the technology or the interval is not one that it knows';
}

/** The run of the model that repeats the experiment: as many boots, each VMM ending when its guest is up, and the next taking its place. */
export function configOf({ machine, technology, interval, atOnce }: Experiment): Config {
  return { machine, lanes: [{ technology, interval, count: BOOTS, atOnce }], axis: 'shared', afterReady: 'exit', whenFull: 'refuse', image: 'cached' };
}

/** Rows that report an experiment of the study under another name. */
const OTHER_NAMES: Readonly<Record<string, Experiment>> = {
  'start.fc.p99.50': { machine: 'm5d.metal', technology: 'fc-api', interval: 'instance-to-init', atOnce: 50, statistic: 'p99Ms' },
  'start.fc.p99.100': { machine: 'm5d.metal', technology: 'fc-api', interval: 'instance-to-init', atOnce: 100, statistic: 'p99Ms' },
};

/** The boots of an experiment as the model plays it, in µs. */
export function durationsOf(experiment: Experiment, tables: Tables): readonly number[] {
  const model = bootRace(tables);
  const { state } = model.step(model.init(configOf(experiment), SEED), { type: 'finish' });
  return state.lanes.flatMap((lane) => lane.durations);
}

/** What the model says of an experiment. A string when it says that no boot succeeds. */
export function predict(experiment: Experiment, tables: Tables): Prediction | string {
  const durations = durationsOf(experiment, tables);
  const [minMs, p50Ms, p99Ms] = [0, 500, 990].map((permille) => (percentile(durations, permille) ?? NaN) / 1000) as [number, number, number];
  return durations.length > 0 ? { minMs, p50Ms, p99Ms } : 'the model says that memory ends before the first boot';
}
