/**
 * `overheads`: published comparisons, turned by kind of work or by runner, against a base of the reader’s choice.
 * It knows what is shown and how it is said; it refuses to put numbers of two studies into one ratio, and to average what is disputed.
 */
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { nameOf, shortOf, wallOf, WORK_NAMES } from './names.ts';
import { reasonsFor } from './reasons.ts';
import { RUNNERS, WORKS, type Action, type Against, type Comparison, type Config, type Entry, type Fact, type Group, type Mark, type Range, type Remark, type Row, type Runner, type State } from './types.ts';
import { answer, endsOf, marksInWords, within } from './words.ts';

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
  const rows = comparisons.map((comparison) => rowsOf(comparison, config));
  const ends = endsOf(rows.flat());
  const named = new Set([ends?.slowest.comparison, ends?.fastest?.comparison]);
  const drawn = comparisons.map((comparison, i): Drawn => ({ comparison, rows: rows[i] as readonly Row[], lead: comparison.lead || config.only !== '' || named.has(comparison.id) }));
  const told = remembered();
  const groups = config.view === 'by-work' ? drawn.map((one) => groupOf(one, config, told)) : groupsOfRunner(drawn, config, told);
  const measured = Object.fromEntries(comparisons.map(({ id, title, year, study, studyName, machine }) => [id, { title, year, study, studyName, machine }]));
  const shownRows = groups.flatMap((group) => group.rows);
  for (const remark of datedIn(comparisons, config)) told.place(remark);
  return {
    config, seed, groups, measured, remarks: told.remarks,
    says: answer(shownRows, measured, config),
    ...(ends === undefined ? {} : { slowest: ends.slowest.runner }),
    axis: axisOf(shownRows),
    choices: { runners: runnersOf(all), against: basesOf(comparisons, config), disputed: comparisons.some(({ dispute }) => dispute !== undefined) },
    reasons: reasonsFor(comparisons, config),
  };
}

/** A comparison with its rows. `lead`: it is drawn at once, because its study’s file says so or because the answer names it. */
interface Drawn {
  readonly comparison: Comparison;
  readonly rows: readonly Row[];
  readonly lead: boolean;
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

/** By work every runner has a row, the base first; by runner that runner alone. */
function rowsOf(comparison: Comparison, config: Config): readonly Row[] {
  const { view, runner, against } = config;
  const base = baseOf(comparison, against, view === 'by-runner' ? runner : undefined);
  if (view === 'by-runner') {
    const row = rowOf(comparison, comparison.entries.find((entry) => entry.runner === runner) as Entry, base, config, comparison.title);
    return [{ ...row, sub: `${comparison.year}, against ${within(nameOf(base))}` }];
  }
  const ordered = comparison.entries.toSorted((a, b) => Number(b.runner === base) - Number(a.runner === base));
  return ordered.map((entry) => rowOf(comparison, entry, base, config, nameOf(entry.runner)));
}

function groupOf({ comparison, rows, lead }: Drawn, config: Config, told: Remembered): Group {
  const { id, title, year, studyName, spread } = comparison;
  const base = baseOf(comparison, config.against);
  const fallen = config.against !== 'study' && base !== config.against;
  return {
    id, title, lead, rows,
    sub: `${studyName}, ${year}, against ${within(nameOf(base))}${fallen ? ', since this study does not offer your base' : ''}`,
    remarks: saidOf(comparison, config).map(told.place),
    ...(spread === undefined ? {} : { spread }),
  };
}

/** One group for each kind of work, the one that was asked for last first; what is not shown at once stands in a second one. */
function groupsOfRunner(drawn: readonly Drawn[], config: Config, told: Remembered): readonly Group[] {
  const works = [config.work, ...WORKS.filter((work) => work !== config.work)];
  return works.flatMap((work) => [true, false].flatMap((lead): readonly Group[] => {
    const of = drawn.filter((one) => one.comparison.work === work && one.lead === lead);
    if (of.length === 0) return [];
    return [{
      id: `${work}${lead ? '' : '-more'}`, title: `${WORK_NAMES[work]}${lead ? '' : ', more'}`, lead,
      sub: `${of.length} ${of.length === 1 ? 'measurement' : 'measurements'}`,
      rows: of.flatMap(({ rows }) => rows),
      remarks: saidOfRows(of.map(({ comparison }) => comparison), config).map(told.place),
    }];
  }));
}

interface Remembered {
  readonly remarks: readonly Remark[];
  /** The place of a remark, which is kept once. */
  readonly place: (remark: Remark) => number;
}

function remembered(): Remembered {
  const remarks: Remark[] = [];
  const place = (remark: Remark) => {
    const found = remarks.findIndex(({ says, of }) => says === remark.says && of === remark.of);
    return found >= 0 ? found : remarks.push(remark) - 1;
  };
  return { remarks, place };
}

/** What is said of rows that are several comparisons’, each with the titles that it is about. */
function saidOfRows(comparisons: readonly Comparison[], config: Config): readonly Remark[] {
  const all = comparisons.flatMap((comparison) => saidOf(comparison, config).map((remark) => ({ remark, title: comparison.title })));
  const firsts = all.filter(({ remark }, i) => all.findIndex((other) => other.remark.says === remark.says) === i);
  return firsts.map(({ remark }) => ({ ...remark, of: all.filter((other) => other.remark.says === remark.says).map(({ title }) => title).join('; ') }));
}

/** What concerns the runners that are shown. */
function saidOf({ dispute, trap }: Comparison, { view, runner }: Config): readonly Remark[] {
  const concerns = (runners: readonly Runner[]) => view === 'by-work' || runners.length === 0 || runners.includes(runner);
  return [
    ...(dispute && concerns([dispute.runner]) ? [{ kind: 'dispute', says: dispute.says, sources: dispute.sources } as const] : []),
    ...(trap && concerns(trap.about ?? trap.runners) ? [{ kind: 'trap', says: trap.says, sources: trap.sources } as const] : []),
  ];
}

/** Studies that have grown old for a runner that is shown, each once, under its name. */
function datedIn(comparisons: readonly Comparison[], { view, runner }: Config): readonly Remark[] {
  return comparisons.flatMap(({ dated, entries, studyName, year }): readonly Remark[] => {
    const old = dated && (view === 'by-runner' ? dated.runners?.includes(runner) ?? true : entries.some((entry) => dated.runners?.includes(entry.runner) ?? true));
    return old ? [{ kind: 'dated', of: `${studyName}, ${year}`, says: dated.says, sources: dated.sources }] : [];
  });
}

function rowOf(comparison: Comparison, entry: Entry, base: Runner, config: Config, label: string): Row {
  const { id } = comparison;
  const origin = comparison.entries.find(({ runner }) => runner === base) as Entry;
  const { runner, bound, note } = entry;
  const marks = marksOf(comparison, entry, origin, config);
  const reason = unrankedBy(comparison, entry, origin, marks);
  return {
    label, runner, wall: wallOf(runner), isBase: runner === base, marks, unranked: reason !== undefined,
    words: runner === base ? 'base' : marksInWords(marks, config.read, bound === undefined ? '' : `at ${config.read === 'speed' ? bound : bound === 'least' ? 'most' : 'least'} `),
    comparison: id, base, baseText: origin.text,
    notes: [...(note === undefined ? [] : [note]), ...(reason === undefined ? [] : [reason])],
  };
}

/** Why a row counts in no verdict, or nothing where it counts. */
function unrankedBy({ trap }: Comparison, entry: Entry, base: Entry, marks: readonly Mark[]): string | undefined {
  if (entry.runner === base.runner) return undefined;
  if (entry.bound !== undefined) return 'Does not rank: a limit that is promised, and no measurement.';
  if (entry.ranks === false || base.ranks === false) return 'Does not rank: the two did not do the same work.';
  // Among those that a trap is about the comparison holds.
  const trapped = trap !== undefined && trap.runners.includes(entry.runner) && !trap.runners.includes(base.runner);
  return trapped && marks.some(({ speed }) => speed.value > 1.05) ? 'Does not rank: the faster number is not for the same work.' : undefined;
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
