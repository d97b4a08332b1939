/** One candidate's row: each criterion with its value, what was measured and where, or an honest gap. It tells and does not judge. */
import { CLOCKS } from './kinds.ts';
import type { Many } from './many.ts';
import { diskOf, kernelsOf, memoryOf, promisesOf, speedsOf, startReading, type Reading } from './readings.ts';
import type { Candidate, Cell, Criterion, Config, Tables } from './types.ts';
import { duration, grouped, sentence, size, spanOf } from './words.ts';

export const GAP = 'no published figure found';
/** Comparisons that a cell tells; the rest stand in the playground of overheads. */
const MOST_TOLD = 3;

/** The row, in the order of the criteria. */
export function cellsOf(tables: Tables, candidate: Candidate, config: Config, many: Many | undefined): readonly Cell[] {
  return [startCell(tables, candidate), manyCell(candidate, config, many), memoryCell(tables, candidate, config), speedCell(tables, candidate, config), diskCell(tables, candidate), ...wallCells(candidate, config)];
}

const gap = (criterion: Criterion, note: string): Cell => ({ criterion, value: GAP, note, gap: true, sources: [] });
const sourcesOf = (readings: readonly Reading[]) => [...new Set(readings.flatMap(({ sources }) => sources))];

function startCell(tables: Tables, { starts, startGap = '' }: Candidate): Cell {
  const readings = starts.map((reading) => startReading(tables, reading));
  const [first, ...others] = readings;
  if (!first) return gap('start', startGap);
  const also = others.map(({ text, on }) => ` Also ${text}: ${on}.`).join('');
  return { criterion: 'start', value: first.text, note: `${sentence(first.on)}.${also}`, sources: sourcesOf(readings) };
}

function manyCell({ many, manyGap = '', memory: [held] }: Candidate, { count, cores }: Config, ran: Many | undefined): Cell {
  if (count === 1) return { criterion: 'many', value: 'only one', note: 'Nothing starts beside it.', sources: [] };
  if (!many || !ran) return gap('many', manyGap);
  const refused = ran.refused > 0 ? ` ${sentence(grouped(ran.refused))} were refused for want of memory.` : '';
  const value = ran.ready === 0 ? 'none fits' : `99 of 100 within ${duration(ran.slowMs)}`;
  const note = `Computed for ${grouped(count)} at once on ${cores} cores like those of a Xeon E3-1226 v3; half within ${duration(ran.halfMs)}; ${CLOCKS[many.clock]}; ${many.says}.${count > many.upTo ? ` Nobody published more than ${many.upTo} at once: beyond them the model goes on alone.` : ''}${refused}`;
  return { criterion: 'many', value, note, sources: held ? [held.source] : [] };
}

function memoryCell(tables: Tables, candidate: Candidate, { count, memoryGib }: Config): Cell {
  const readings = memoryOf(tables, candidate);
  const [first, ...others] = readings;
  if (!first) return gap('memory', '');
  if (first.value === 0) return { criterion: 'memory', value: 'adds nothing', note: `${sentence(first.on)}.`, sources: [] };
  const also = others.map(({ text, on }) => ` Also ${text}: ${on}.`).join('');
  const value = count === 1 ? `${first.text} of ${grouped(memoryGib)} GiB` : `${grouped(count)} × ${first.text} = ${size(count * first.value)} of ${grouped(memoryGib)} GiB`;
  return { criterion: 'memory', value, note: `${sentence(first.on)}. What the program itself takes is not in it.${also}`, sources: sourcesOf(readings) };
}

function speedCell(tables: Tables, { id, plain }: Candidate, config: Config): Cell {
  if (plain) return { criterion: 'speed', value: 'native', note: 'It is what the others are measured against.', sources: [] };
  // A candidate that is only ever the base of comparisons has no speed of its own.
  const speeds = speedsOf(tables, id, config).filter(({ text }) => text.includes(' of '));
  if (speeds.length === 0) return gap('speed', ['Nobody published this kind of work in it.', ...promisesOf(tables, id, config)].join(' '));
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
  const { stands, interface: open, falls, takesSays, kernelsSays } = candidate;
  const all = config.count === 1 ? 'the host and it' : `the host and all ${grouped(config.count)}`;
  const one = config.count === 1 ? 'it alone' : `one of ${grouped(config.count)}`;
  return [
    { criterion: 'wall', value: stands.text, note: open.text, sources: [...new Set([...stands.sources, ...open.sources])] },
    { criterion: 'falls', value: sentence(falls.all ? all : one), note: falls.text, sources: falls.sources },
    { criterion: 'kernels', value: grouped(kernelsOf(candidate, config)), note: kernelsSays, sources: [] },
    { criterion: 'takes', value: takesSays.text, note: '', sources: takesSays.sources },
  ];
}
