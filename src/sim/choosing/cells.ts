/** One candidate's row: each criterion with its value, what was measured and where, or an honest gap. It tells and does not judge. */
import type { Many } from './many.ts';
import { diskOf, kernelsOf, memoryOf, needOf, promisesOf, quantityOf, speedsOf, startReading, TAKES, type Reading } from './readings.ts';
import type { Candidate, Cell, Criterion, Config, Tables } from './types.ts';
import { duration, grouped, published, sentence, size, spanOf, WALL_SHORT } from './words.ts';

export const GAP = 'no published figure found';
/** Comparisons that a cell tells; the rest stand in the playground of overheads. */
const MOST_TOLD = 3;

/** The row, in the order of the criteria. */
export function cellsOf(tables: Tables, candidate: Candidate, config: Config, many: Many | undefined): readonly Cell[] {
  return [startCell(tables, candidate), manyCell(tables, candidate, config, many), memoryCell(tables, candidate, config), speedCell(tables, candidate, config), diskCell(tables, candidate), ...wallCells(candidate, config)];
}

const gap = (criterion: Criterion, note: string): Cell => ({ criterion, value: GAP, note, gap: true, sources: [] });
const sourcesOf = (readings: readonly Reading[]) => [...new Set(readings.flatMap(({ sources }) => sources))];

function startCell(tables: Tables, { starts, startGap = '' }: Candidate): Cell {
  const readings = starts.map((reading) => startReading(tables, reading));
  const [first, ...others] = readings;
  if (!first) return { ...gap('start', startGap), short: ['none found', ''] };
  const also = others.map(({ text, on }) => ` Also ${text}: ${on}.`).join('');
  return { criterion: 'start', value: first.text, short: [first.text, first.by], note: `${sentence(first.on)}.${also}`, sources: sourcesOf(readings) };
}

/** Nothing is said beyond the number that was published, and all of it on one clock: from the first request until the last is ready. */
function manyCell(tables: Tables, candidate: Candidate, { count: asked, cores }: Config, ran: Many | undefined): Cell {
  const { many, together, manyGap = '' } = candidate;
  if (asked === 1) return { criterion: 'many', value: 'only one', note: 'Nothing starts beside it.', sources: [] };
  if (together) return { criterion: 'many', value: `${together.says} ${published(quantityOf(tables, together.figure).value)}`, note: `${together.on}. More than these we did not find.`, sources: [together.source, ...together.also] };
  if (!many || !ran) return gap('many', manyGap);
  const { count, ready, refused, allMs } = ran;
  const beyond = asked > count ? ` Of more than ${count} at once we found nothing, so nothing is said of ${grouped(asked)}.` : '';
  const kept = refused > 0 ? ` ${grouped(refused)} were refused for want of memory.` : '';
  const value = ready === 0 ? 'none fits' : `${grouped(count)} at once: all ready after ${duration(allMs)}`;
  const note = `Computed, from the first request until the last is ready, waiting for the launcher or the engine included; ${cores} cores like those of a Xeon E3-1226 v3; ${many.says}.${beyond}${kept}`;
  return { criterion: 'many', value, note, sources: tables.boot.technologies[many.technology]?.sources ?? [] };
}

function memoryCell(tables: Tables, candidate: Candidate, { count, memoryGib }: Config): Cell {
  const need = needOf(tables, candidate);
  const readings = memoryOf(tables, candidate);
  const [first, ...others] = readings;
  if (!first || !need) return { ...gap('memory', ''), short: ['none found', ''] };
  if (first.value === 0) return { criterion: 'memory', value: 'adds nothing', short: ['nothing', ''], note: `${sentence(first.on)}.`, sources: [] };
  const told = others.filter(({ figures }) => figures.length > 0);
  const also = told.map(({ text, on }) => ` Also ${text}: ${on}.`).join('');
  const each = spanned(size(need.low), size(need.value));
  const all = count === 1 ? each : `${grouped(count)} × ${each} = ${spanned(size(count * need.low), size(count * need.value))}`;
  const by = need.readings.length > 1 ? 'guest of 256 MiB: what it cannot give back, and resident' : first.by;
  return { criterion: 'memory', value: `${all} of ${grouped(memoryGib)} GiB`, short: [each, by], note: `${sentence(first.on)}. What the program itself takes is not in it.${also}`, sources: sourcesOf([first, ...told]) };
}

/** Two amounts with their unit once where it is the same: `69.5–170.7 MiB`. */
function spanned(low: string, high: string): string {
  const [number = '', unit] = low.split(' ');
  return low === high ? low : high.endsWith(` ${unit}`) ? `${number}–${high}` : `${low} to ${high}`;
}

function speedCell(tables: Tables, { id, plain }: Candidate, config: Config): Cell {
  if (plain) return { criterion: 'speed', value: 'native', note: 'It is what the others are measured against.', sources: [] };
  // A candidate that is only ever the base of comparisons has no speed of its own.
  const speeds = speedsOf(tables, id, config).filter(({ text }) => text.includes(' of '));
  if (speeds.length === 0) return gap('speed', ['We found no published measurement of this kind of work in it.', ...promisesOf(tables, id, config)].join(' '));
  const told = speeds.toSorted((a, b) => Number(b.comparison.lead) - Number(a.comparison.lead)).slice(0, MOST_TOLD);
  const rest = speeds.length > told.length ? ` And ${speeds.length - told.length} more.` : '';
  return { criterion: 'speed', value: spanOf(speeds.map(({ text }) => text)), note: `${told.map(({ text, on }) => `${text}: ${on}`).join('. ')}.${rest}`, sources: sourcesOf(told) };
}

function diskCell(tables: Tables, candidate: Candidate): Cell {
  const [reading] = diskOf(tables, candidate);
  if (!reading) return gap('disk', candidate.diskGap ?? '');
  return { criterion: 'disk', value: reading.value === 0 ? 'adds nothing' : reading.text, note: `${sentence(reading.on)}.`, sources: reading.sources };
}

function wallCells(candidate: Candidate, config: Config): readonly Cell[] {
  const { stands, interface: open, falls, takes, takesSays, kernelsSays, wall } = candidate;
  const all = config.count === 1 ? 'the host and it' : `the host and all ${grouped(config.count)}`;
  const one = config.count === 1 ? 'it alone' : `one of ${grouped(config.count)}`;
  return [
    { criterion: 'wall', value: stands.text, short: [WALL_SHORT[wall], ''], note: open.text, sources: [...new Set([...stands.sources, ...open.sources])] },
    { criterion: 'falls', value: sentence(falls.all ? all : one), note: falls.text, sources: falls.sources },
    { criterion: 'kernels', value: grouped(kernelsOf(candidate, config)), note: kernelsSays, sources: [] },
    { criterion: 'takes', value: takesSays.text, short: [TAKES[takes], ''], note: '', sources: takesSays.sources },
  ];
}
