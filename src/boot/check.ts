/** How the entries of content/boot refer to each other, to figures and to intervals. It knows references and sums, not YAML. */
import { problemAt } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import type { Problem } from '../facts/problem.ts';
import type { YamlFile } from '../facts/yaml.ts';
import { seriesRow, type FigureValues } from './evidence.ts';
import type { BootFiles } from './load.ts';
import type { TechnologyEntry } from './schema.ts';

interface Files {
  readonly runs: YamlFile;
  readonly technologies: YamlFile;
}

/** Every mistake that shows only when files are read together. */
export function checkBoot(boot: BootFiles, files: Files, figures: ReadonlyMap<string, FigureValues>): readonly Problem[] {
  const wrongRows = boot.runs.runs.flatMap(({ us }, i) => rowProblems(us, boot.runs.levels, files.runs, i));
  const wrongEntries = boot.technologies.flatMap((entry, i) => [...nameProblems(entry, boot, files, figures, i), ...phaseProblems(entry, boot, files.technologies, i), ...clockProblems(entry, boot, files.technologies, i)]);
  return [...wrongRows, ...wrongEntries];
}

function rowProblems(us: readonly number[], levels: readonly number[], file: YamlFile, at: number): readonly Problem[] {
  const place = file.placeOf(['runs', at, 'us']);
  if (us.length !== levels.length) return [problemAt(file, place, `${us.length} times`, `${levels.length}, one for each level`, 'write one time for each level')];
  const falls = us.findIndex((value, i) => i > 0 && value < (us[i - 1] as number));
  return falls < 0 ? [] : [problemAt(file, place, `${us[falls]} after ${us[falls - 1]}`, 'times that do not fall from level to level', 'put them in order')];
}

function nameProblems(entry: TechnologyEntry, { technologies, machines }: BootFiles, { technologies: file }: Files, figures: ReadonlyMap<string, FigureValues>, at: number): readonly Problem[] {
  const names: readonly (readonly [path: readonly PropertyKey[], name: string | undefined, known: readonly string[], what: string])[] = [
    [['like'], entry.like, technologies.map(({ id }) => id), 'technology'],
    [['on'], entry.on, machines.map(({ id }) => id), 'machine'],
    [['memory'], entry.memory, [...figures.keys()], 'figure'],
    [['image'], entry.image, [...figures.keys()], 'figure'],
    ...entry.phases.map(({ figure }, i) => [['phases', i, 'figure'], figure, [...figures.keys()], 'figure'] as const),
  ];
  return names.flatMap(([path, name, known, what]) => {
    if (name === undefined || known.includes(name)) return [];
    const near = nearest(name, known);
    return [problemAt(file, file.placeOf([at, ...path]), `the unknown ${what} "${name}"`, `the id of a ${what}`, near ? `write "${near}"` : `add the ${what}, or correct the id`)];
  });
}

function phaseProblems({ phases, gap, id }: TechnologyEntry, { runs, machines }: BootFiles, file: YamlFile, at: number): readonly Problem[] {
  const place = file.placeOf([at]);
  if ((phases.length === 0) === (gap === undefined)) return [problemAt(file, place, `"${id}" with ${gap === undefined ? 'neither phases nor a gap' : 'phases and a gap'}`, 'phases, or a gap that says why there are none', 'keep one of the two')];
  return phases.flatMap((phase, i) => {
    const here = file.placeOf([at, 'phases', i]);
    if ((phase.series === undefined) === (phase.figure === undefined)) return [problemAt(file, here, 'a phase without one kind of evidence', '"series" with "interval", or "figure"', 'keep one of the two')];
    if (phase.series === undefined) return [];
    const rows = machines.flatMap((machine) => seriesRow(phase, machine.id, runs) ?? []);
    if (rows.length === 0) return [problemAt(file, here, `the series "${phase.series}" over "${phase.interval}", which no run has`, 'a series and an interval of runs.yaml', 'correct one of them')];
    return rows.some((us) => us < 0) ? [problemAt(file, here, 'a difference below zero', 'a series and a shorter part of it', 'exchange the two, or take another part')] : [];
  });
}

/** The interval that contains another: only there may one be taken from the other. */
const WITHIN: Readonly<Record<string, string>> = { 'instance-to-init': 'vmm-to-init' };

function clockProblems({ phases, clocks }: TechnologyEntry, { runs, machines }: BootFiles, file: YamlFile, at: number): readonly Problem[] {
  const mixed = phases.flatMap(({ interval, less }, i) => (less && less.interval !== interval && WITHIN[less.interval] !== interval
    ? [problemAt(file, file.placeOf([at, 'phases', i, 'less']), `"${less.interval}" taken from "${interval}"`, 'two series over one interval, or a part that lies within the whole', 'take a series over the same interval')]
    : []));
  const wrong = Object.entries(clocks).flatMap(([interval, covered]) => {
    const missing = (covered ?? []).filter((name) => !phases.some(({ phase }) => phase === name));
    const place = file.placeOf([at, 'clocks', interval]);
    if (missing.length > 0) return [problemAt(file, place, `the phase "${missing[0]}" in "${interval}"`, `phases of this technology: ${phases.map(({ phase }) => phase).join(', ')}`, 'correct the phase')];
    const parts = phases.filter(({ phase }) => covered?.includes(phase));
    if (parts.some(({ series }) => series === undefined)) return [];
    const whole = parts[0]?.series as string;
    const off = machines.some(({ id }) => !addsUp(parts.map((part) => seriesRow(part, id, runs)), runs.runs.find((run) => run.machine === id && run.series === whole && run.interval === interval)?.us));
    return off ? [problemAt(file, place, `phases that do not add up to "${whole}" over "${interval}"`, 'the phases that this interval covers, and no other', 'correct the phases; durations over two intervals do not mix')] : [];
  });
  return [...mixed, ...wrong];
}

/** Whether the rows add up to the whole, level by level. What was not measured on a machine adds up to nothing there. */
function addsUp(rows: readonly (readonly number[] | undefined)[], whole: readonly number[] | undefined): boolean {
  if (rows.every((row) => row === undefined)) return true;
  return whole !== undefined && whole.every((us, i) => us === rows.reduce((sum, row) => sum + (row?.[i] ?? 0), 0));
}
