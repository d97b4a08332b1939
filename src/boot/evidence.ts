/** The quantiles of a technology’s phases, from runs or from figures. It knows how durations are put together, and refuses to mix intervals. */
import type { Quantiles } from '../sim/boot-race/index.ts';
import type { MachinesFile, PhaseEntry, RunsFile, TechnologyEntry } from './schema.ts';

/** What is needed of a figure. */
export interface FigureValues {
  readonly value: number | string;
  readonly low?: number | string | undefined;
  readonly high?: number | string | undefined;
  readonly unit: string;
  readonly source: string;
  readonly quantity: string;
}

/** Thrown for a figure that is not there or is no duration or size; the loader’s check names it before. */
export class FigureError extends Error {
  override readonly name = 'FigureError';
  constructor(figure: string, expected: string) {
    super(`the figure "${figure}" is missing or is not in ${expected}`);
  }
}

export interface Evidence {
  readonly runs: Readonly<Record<string, readonly Quantiles[]>>;
  readonly figures: readonly string[];
  readonly sources: readonly string[];
}

const NOWHERE = 'a machine that was not recorded';

/** The rows of quantiles, one a phase, for each machine that has them. */
export function evidenceOf({ phases, on }: TechnologyEntry, runs: RunsFile, machines: MachinesFile, figures: ReadonlyMap<string, FigureValues>): Evidence {
  const [first] = phases;
  if (!first) return { runs: {}, figures: [], sources: [] };
  if (first.series !== undefined) {
    const rows = machines.flatMap(({ id }) => {
      const found = phases.map((phase) => seriesRow(phase, id, runs));
      return found.every((row) => row !== undefined) ? [[id, found as readonly Quantiles[]] as const] : [];
    });
    return { runs: Object.fromEntries(rows), figures: [], sources: [runs.source] };
  }
  const used = phases.flatMap(({ figure }) => (figure === undefined ? [] : [figure]));
  const sources = [...new Set(used.flatMap((id) => figures.get(id)?.source ?? []))];
  return { runs: { [on ?? NOWHERE]: phases.map((phase) => figureRow(phase, runs.levels, figures)) }, figures: [...new Set(used)], sources };
}

/** The quantiles of a series on a machine, less those of another where the phase is a difference. Undefined where one is missing. */
export function seriesRow({ series, interval, less }: PhaseEntry, machine: string, { runs }: RunsFile): Quantiles | undefined {
  const find = (name: string | undefined, over: string | undefined) => runs.find((run) => run.machine === machine && run.series === name && run.interval === over)?.us;
  const whole = find(series, interval);
  if (!less || !whole) return whole;
  const part = find(less.series, less.interval);
  return part && whole.map((us, i) => us - (part[i] as number));
}

const UNITS_US: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };

/** A figure’s value, or its range read as fastest, median and slowest run. */
function figureRow({ figure = '', spread, end = 'value', over = 1, minus }: PhaseEntry, levels: readonly number[], figures: ReadonlyMap<string, FigureValues>): Quantiles {
  const at = (id: string, key: 'value' | 'low' | 'high') => {
    const { unit = '', [key]: amount } = figures.get(id) ?? {};
    const factor = UNITS_US[unit];
    if (typeof amount !== 'number' || factor === undefined) throw new FigureError(id, 'µs, ms or s');
    return amount * factor;
  };
  const taken = minus ? at(minus.figure, minus.end) / minus.over : 0;
  const value = Math.round(at(figure, end) / over - taken);
  if (spread !== 'range') return [value];
  const [low, high] = [at(figure, 'low'), at(figure, 'high')];
  return levels.map((level) => Math.round(level <= 500 ? low + ((value - low) * level) / 500 : value + ((high - value) * (level - 500)) / 500));
}
