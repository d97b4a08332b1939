/**
 * `overheads`: published comparisons, turned by kind of work or by runner, against a base of the reader’s choice.
 * It knows what is shown and how it is said; it refuses to put numbers of two studies into one ratio, and to average what is disputed.
 */
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { nameOf, wallOf, WORK_NAMES } from './names.ts';
import { reasonsFor } from './reasons.ts';
import { RUNNERS, WORKS, type Action, type Against, type Comparison, type Config, type Entry, type Fact, type Group, type Mark, type Range, type Remark, type Row, type Runner, type State } from './types.ts';
import { answer, marksInWords, shortOf, within } from './words.ts';

/** The configuration after an action. */
export function configAfter(config: Config, { to }: Action): Config {
  const turns = to.work !== undefined || to.runner !== undefined || to.view !== undefined;
  return { ...config, ...(turns ? { only: '' } : {}), ...to };
}

/** What plays and tells a run over these comparisons. `init` throws SimError for what cannot be shown. */
export function overheadsIn(comparisons: readonly Comparison[]): Playable<Config, State, Action, Fact> {
  return {
    id: 'overheads',
    init: (config, seed) => shown(comparisons, config, seed),
    step: ({ config, seed }, action) => ({ state: shown(comparisons, configAfter(config, action), seed), facts: [{ id: 'turned' }] }),
    describe: ({ says }) => says,
    why: ({ reasons }) => reasons,
  };
}

function shown(all: readonly Comparison[], config: Config, seed: number): State {
  checkConfig(all, config);
  const comparisons = chosen(all, config);
  const remarks = remarksOf(comparisons, config);
  const groups = config.view === 'by-work' ? comparisons.map((comparison) => groupOf(comparison, config, remarks)) : groupsOfRunner(comparisons, config, remarks);
  const rows = groups.flatMap((group) => group.rows);
  const measured = Object.fromEntries(comparisons.map(({ id, title, year, study, studyName, machine }) => [id, { title, year, study, studyName, machine }]));
  return {
    config, seed, groups, measured, remarks,
    says: answer(rows, measured, config),
    axis: axisOf(rows),
    choices: { runners: runnersOf(all), against: basesOf(comparisons, config), disputed: comparisons.some(({ dispute }) => dispute !== undefined) },
    reasons: reasonsFor(comparisons, config),
  };
}

function chosen(all: readonly Comparison[], { view, work, runner, against, only }: Config): readonly Comparison[] {
  const picked = only === '' ? all : all.filter(({ id }) => id === only);
  if (view === 'by-runner') return picked.filter((comparison) => baseOf(comparison, against, runner) !== runner && comparison.entries.some((entry) => entry.runner === runner));
  const found = only === '' ? picked.filter((comparison) => comparison.work === work) : picked;
  // What compares most comes first; of two alike, the newer.
  return found.toSorted((a, b) => b.entries.length - a.entries.length || b.year - a.year);
}

/** Runners that somebody measured against a base. */
function runnersOf(all: readonly Comparison[]): State['choices']['runners'] {
  return named(RUNNERS.filter((runner) => all.some(({ base, entries }) => base !== runner && entries.some((entry) => entry.runner === runner))));
}

function basesOf(comparisons: readonly Comparison[], { view, runner }: Config): State['choices']['against'] {
  const found = RUNNERS.filter((one) => (view === 'by-work' || one !== runner) && comparisons.some(({ entries, dispute }) => dispute?.runner !== one && entries.some((entry) => entry.runner === one)));
  return { study: 'each study’s own base', ...named(found) };
}

function named(runners: readonly Runner[]): Readonly<Partial<Record<Runner, string>>> {
  return Object.fromEntries(runners.map((runner) => [runner, nameOf(runner)]));
}

/** The base of a comparison as it is shown: the reader’s, where the study measured it once and only once. */
export function baseOf({ base, entries, dispute }: Comparison, against: Against, shownRunner?: Runner): Runner {
  const usable = against !== 'study' && against !== shownRunner && dispute?.runner !== against && entries.some(({ runner }) => runner === against);
  return usable ? against : base;
}

function groupOf(comparison: Comparison, config: Config, remarks: readonly Remark[]): Group {
  const { id, title, year, studyName, lead, spread } = comparison;
  const base = baseOf(comparison, config.against);
  const fallen = config.against !== 'study' && base !== config.against;
  const ordered = comparison.entries.toSorted((a, b) => Number(b.runner === base) - Number(a.runner === base));
  return {
    id, title, lead: lead || config.only !== '',
    sub: `${studyName}, ${year}, against ${within(nameOf(base))}${fallen ? ', since this study does not offer your base' : ''}`,
    rows: ordered.map((entry) => rowOf(comparison, entry, base, config, nameOf(entry.runner))),
    remarks: placesOf([comparison], remarks, config),
    ...(spread === undefined ? {} : { spread }),
  };
}

/** One group for each kind of work; what is not shown at once stands in a second one. */
function groupsOfRunner(comparisons: readonly Comparison[], config: Config, remarks: readonly Remark[]): readonly Group[] {
  const { runner, against, only } = config;
  return WORKS.flatMap((work) => [true, false].flatMap((lead): readonly Group[] => {
    const of = comparisons.filter((comparison) => comparison.work === work && (comparison.lead || only !== '') === lead);
    if (of.length === 0) return [];
    const rows = of.map((comparison) => rowOf(comparison, comparison.entries.find((entry) => entry.runner === runner) as Entry, baseOf(comparison, against, runner), config, comparison.title));
    const dated = rows.map((row, i) => ({ ...row, sub: `${of[i]?.year}, against ${within(nameOf(row.base))}` }));
    return [{ id: `${work}${lead ? '' : '-more'}`, title: `${WORK_NAMES[work]}${lead ? '' : ', more'}`, sub: `${rows.length} ${rows.length === 1 ? 'measurement' : 'measurements'}`, lead, rows: dated, remarks: placesOf(of, remarks, config) }];
  }));
}

/** What is said of these comparisons, each thing once. */
function remarksOf(comparisons: readonly Comparison[], config: Config): readonly Remark[] {
  const all = comparisons.flatMap((comparison) => saidOf(comparison, config));
  return all.filter(({ says }, i) => all.findIndex((other) => other.says === says) === i);
}

function placesOf(comparisons: readonly Comparison[], remarks: readonly Remark[], config: Config): readonly number[] {
  const said = new Set(comparisons.flatMap((comparison) => saidOf(comparison, config).map(({ says }) => says)));
  return remarks.flatMap(({ says }, i) => (said.has(says) ? [i] : []));
}

/** What concerns the runners that are shown. */
function saidOf({ dispute, trap, dated }: Comparison, { view, runner }: Config): readonly Remark[] {
  const all = view === 'by-work';
  return [
    ...(dispute && (all || dispute.runner === runner) ? [{ kind: 'dispute', says: dispute.says, sources: dispute.sources } as const] : []),
    ...(trap && (all || trap.runners.length === 0 || trap.runners.includes(runner)) ? [{ kind: 'trap', says: trap.says, sources: trap.sources } as const] : []),
    ...(dated ? [{ kind: 'dated', says: dated.says, sources: dated.sources } as const] : []),
  ];
}

function rowOf(comparison: Comparison, entry: Entry, base: Runner, config: Config, label: string): Row {
  const { id, trap } = comparison;
  const origin = comparison.entries.find(({ runner }) => runner === base) as Entry;
  const { runner, bound, note } = entry;
  const marks = marksOf(comparison, entry, origin, config);
  // Among those that a trap is about the comparison holds.
  const trapped = trap !== undefined && trap.runners.includes(runner) && !trap.runners.includes(base);
  const unranked = trapped && marks.some(({ speed }) => speed.value > 1.05);
  return {
    label, runner, wall: wallOf(runner), isBase: runner === base, marks, unranked,
    words: runner === base ? 'base' : marksInWords(marks, config.read, bound === undefined ? '' : `at ${config.read === 'speed' ? bound : bound === 'least' ? 'most' : 'least'} `),
    comparison: id, base, baseText: origin.text,
    notes: [...(note === undefined ? [] : [note]), ...(unranked ? ['Does not rank: the faster number is not for the same work.'] : [])],
  };
}

/** One value, or the two that contradict each other. */
function marksOf({ dispute }: Comparison, { runner, speed, text, secondHand }: Entry, base: Entry, { read, side }: Config): readonly Mark[] {
  const mark = (range: Range, rest: Omit<Mark, 'speed' | 'short'>): Mark => {
    const against = { value: range.value / base.speed.value, low: range.low / base.speed.value, high: range.high / base.speed.value };
    return { speed: against, short: shortOf(against.value, read), ...rest };
  };
  if (dispute?.runner !== runner) return [mark(speed, { text, secondHand })];
  return dispute.sides.filter(({ id }) => side === 'both' || id === side).map((one) => mark(one.speed, { text: one.text, secondHand: one.secondHand, name: one.name }));
}

const LOWS = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];
const HIGHS = [1.25, 2, 5, 10, 20, 50, 100, 200];

/** Round ends that hold every mark and its range, with 1 in between. */
function axisOf(rows: readonly Row[]): State['axis'] {
  const speeds = rows.flatMap(({ marks }) => marks.map(({ speed }) => speed));
  const [least, most] = [Math.min(1, ...speeds.map(({ low }) => low)), Math.max(1, ...speeds.map(({ high }) => high))];
  return { low: LOWS.find((end) => end <= least) ?? least, high: HIGHS.find((end) => end >= most) ?? most };
}

/** Throws SimError for what cannot be shown. */
function checkConfig(all: readonly Comparison[], { view, work, runner, against, read, side, only }: Config): void {
  if (view !== 'by-work' && view !== 'by-runner') throw new SimError('The comparisons are shown by work or by runner.');
  if (!WORKS.includes(work)) throw new SimError(`There is no kind of work "${String(work)}".`);
  if (!Object.hasOwn(runnersOf(all), runner)) throw new SimError(`Nobody measured "${String(runner)}" against a base.`);
  if (against !== 'study' && !RUNNERS.includes(against)) throw new SimError(`There is no base "${String(against)}".`);
  if (read !== 'speed' && read !== 'time') throw new SimError('A ratio is read as speed or as time.');
  if (side !== 'both' && side !== 'log' && side !== 'table') throw new SimError('Of two numbers, both are shown, or that of the log, or that of the table.');
  const one = all.find(({ id }) => id === only);
  if (only !== '' && !one) throw new SimError(`There is no comparison "${only}".`);
  if (one && view === 'by-runner' && (baseOf(one, against, runner) === runner || !one.entries.some((entry) => entry.runner === runner))) throw new SimError(`The comparison "${only}" does not measure ${nameOf(runner)} against a base.`);
}
