/** Comparisons from figures: how a speed comes of two of them. It knows ratios, not where figures are written down. */
import type { Comparison, Dispute, Entry, Measured, Range, Runner, SideId, StudyRow } from './types.ts';

/** Figures in these units are ratios that the study states itself, out of this whole. */
const STATED: Readonly<Record<string, number>> = { '%': 100, x: 1, ratio: 1 };

/** Whether a figure is a ratio already. */
export function isStated(unit: string): boolean {
  return Object.hasOwn(STATED, unit);
}

type Names = Readonly<Record<string, string>>;

/**
 * The comparisons of these studies, in their order. `figures` holds every figure that a row names, `names` each study in short.
 * Throws an Error for a figure that is not there; the loader's check names it before.
 */
export function comparisonsOf(rows: readonly StudyRow[], figures: ReadonlyMap<string, Measured>, names: Names = {}): readonly Comparison[] {
  return rows.flatMap((study) => study.comparisons.map((row) => comparisonOf(study, row, figures, names)));
}

function comparisonOf({ study, year, machine, dated }: StudyRow, row: StudyRow['comparisons'][number], figures: ReadonlyMap<string, Measured>, names: Names): Comparison {
  const pairs = Object.entries(row.entries) as [Runner, string][];
  const [[base, baseFigure]] = pairs as [[Runner, string]];
  const origin = figureOf(baseFigure, figures);
  const { id, work, title, measured, lead = false, spread, dispute, trap } = row;
  return {
    id, work, title, measured, year, study, studyName: names[study] ?? study, machine: row.machine ?? machine, base, lead,
    entries: pairs.map(([runner, figure], i) => ({
      ...(i === 0 ? baseEntry(runner, figure, origin) : entryOf(runner, figure, speedOf(origin, figureOf(figure, figures), measured), figures)),
      ...(row.notes?.[runner] === undefined ? {} : { note: row.notes[runner] }),
      ...(row.unranked?.includes(runner) ? { ranks: false as const } : {}),
    })),
    ...(spread === undefined ? {} : { spread }),
    ...(dispute === undefined ? {} : { dispute: disputeOf(dispute, origin, measured, figures) }),
    ...(trap === undefined ? {} : { trap }),
    ...(dated === undefined || dated.works?.includes(row.work) === false ? {} : { dated: { says: dated.says, sources: dated.sources, ...(dated.runners === undefined ? {} : { runners: dated.runners }) } }),
  };
}

function figureOf(id: string, figures: ReadonlyMap<string, Measured>): Measured {
  const figure = figures.get(id);
  if (!figure) throw new Error(`There is no figure "${id}" to compare with.`);
  return figure;
}

/** The base against itself: 1, with its own spread around it. Where the study states only the ratio, the base has no number. */
function baseEntry(runner: Runner, figure: string, { value, low, high, unit, text, secondHand }: Measured): Entry {
  const stated = isStated(unit);
  const speed = stated ? { value: 1, low: 1, high: 1 } : { value: 1, low: low / value, high: high / value };
  return { runner, figure, speed, text: stated ? 'what the ratio is stated against' : text, secondHand };
}

/** How many times as fast as the base something is. Less time is faster. */
export function speedOf(base: Measured, one: Measured, measured: Comparison['measured']): Range {
  const whole = STATED[one.unit];
  const times = (amount: number) => amount / (whole ?? base.value);
  const [value, low, high] = [times(one.value), times(one.low), times(one.high)];
  return measured === 'rate' ? { value, low, high } : { value: 1 / value, low: 1 / high, high: 1 / low };
}

function entryOf(runner: Runner, figure: string, speed: Range, figures: ReadonlyMap<string, Measured>): Entry {
  const { text, bound, secondHand } = figureOf(figure, figures);
  return { runner, figure, speed, text, secondHand, ...(bound === undefined ? {} : { bound }) };
}

const SIDES: Readonly<Record<SideId, string>> = { log: 'published log', table: 'printed table' };

function disputeOf({ runner, says, sides, sources }: NonNullable<StudyRow['comparisons'][number]['dispute']>, base: Measured, measured: Comparison['measured'], figures: ReadonlyMap<string, Measured>): Dispute {
  const side = (id: SideId) => {
    const one = figureOf(sides[id], figures);
    return { id, name: SIDES[id], figure: sides[id], speed: speedOf(base, one, measured), text: one.text, secondHand: one.secondHand };
  };
  return { runner, says, sources, sides: [side('log'), side('table')] };
}
