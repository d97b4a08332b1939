/** One group on the axis: a row a measurement, slower to the left of its base, faster to the right. */
import type { Config, Group, Mark, Row } from '../../src/sim/overheads/types.ts';
import { describeGroup, placeOf, ticksOf, valueOf, type Axis } from './view.ts';

interface Props {
  readonly group: Group;
  readonly axis: Axis;
  readonly config: Config;
  /** Begins the ids of its parts. */
  readonly id: string;
}

const TOP = 20;
const STEP = 46;
/** More room for a row that has a year and a base of its own. */
const SUB = 16;

export function Drawing({ group, axis, config, id }: Props) {
  const { title } = group;
  const rows = group.rows.filter(isDrawn);
  const room = rows.some(({ sub }) => sub !== undefined) ? SUB : 0;
  const step = STEP + room;
  const end = TOP + step * rows.length;
  return (
    <svg role="img" aria-labelledby={`${id}-title ${id}-desc`} width="100%" height={end + 22} overflow="visible" class="ov-drawing">
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{describeGroup(group, config)}</desc>
      {ticksOf(axis, config.read).map(({ at, isBase, label }) => (
        <>
          {rows.map((_, i) => <line class={isBase ? 'ov-one' : 'ov-grid'} x1={`${at}%`} x2={`${at}%`} y1={TOP + step * i + room + 20} y2={TOP + step * (i + 1) - 3} />)}
          <text class="ov-tick" x={`${at}%`} y={end + 13} text-anchor={at > 94 ? 'end' : at < 6 ? 'start' : 'middle'}>{label}</text>
        </>
      ))}
      <text class="ov-end" x="0" y="11">{config.read === 'speed' ? 'slower' : 'takes longer'}</text>
      <text class="ov-end" x="100%" y="11" text-anchor="end">{config.read === 'speed' ? 'faster' : 'less time'}</text>
      {rows.map((row, i) => <Line row={row} axis={axis} y={TOP + step * i} room={room} />)}
    </svg>
  );
}

/** The base is the line at 1; it has a row of its own where its runs spread. */
function isDrawn({ isBase, marks: [mark] }: Row): boolean {
  return !isBase || (mark !== undefined && mark.speed.low !== mark.speed.high);
}

interface LineProps {
  readonly row: Row;
  readonly axis: Axis;
  readonly y: number;
  /** Height of the line with year and base, if there is one. */
  readonly room: number;
}

function Line({ row, axis, y, room }: LineProps) {
  const { label, sub, marks, wall, isBase, unranked } = row;
  const middle = y + room + 31;
  const one = placeOf(1, axis);
  const places = marks.map(({ speed }) => placeOf(speed.value, axis));
  const nearest = places.toSorted((a, b) => Math.abs(a - one) - Math.abs(b - one))[0] as number;
  return (
    <>
      <text class="ov-label" x="0" y={y + 14}>{label}</text>
      {sub !== undefined && <text class="ov-end" x="0" y={y + room + 14}>{sub}</text>}
      <text class="ov-value" x="100%" y={y + room + 14} text-anchor="end">{valueOf(row)}</text>
      {!isBase && <line class={`ov-bar ov-${wall}${unranked ? ' ov-apart' : ''}`} x1={`${one}%`} x2={`${nearest}%`} y1={middle} y2={middle} />}
      {places.length > 1 && <Bracket places={places} marks={marks} y={middle} />}
      {marks.map((mark) => <Point mark={mark} axis={axis} y={middle} hollow={isBase || unranked || mark.secondHand} />)}
    </>
  );
}

/** Percent of the axis that a name needs beside a mark. */
const ROOMY = 16;

/** Two numbers for one thing: what lies between them nobody measured. */
function Bracket({ places, marks, y }: { readonly places: readonly number[]; readonly marks: readonly Mark[]; readonly y: number }) {
  const ordered = places.map((at, i) => ({ at, name: marks[i]?.name ?? '' })).toSorted((a, b) => a.at - b.at);
  const [from, to] = [ordered[0]?.at ?? 0, ordered.at(-1)?.at ?? 0];
  return (
    <>
      <line class="ov-bracket" x1={`${from}%`} x2={`${to}%`} y1={y - 11} y2={y - 11} />
      {ordered.map(({ at }) => <line class="ov-bracket" x1={`${at}%`} x2={`${at}%`} y1={y - 11} y2={y - 5} />)}
      {ordered.map(({ at, name }, i) => (i === 0 || to - from > ROOMY) && <text class="ov-name" x={`${at}%`} dx={at < ROOMY ? 8 : -8} y={y + 4} text-anchor={at < ROOMY ? 'start' : 'end'}>{name.split(' ').at(-1)}</text>)}
    </>
  );
}

interface PointProps {
  readonly mark: Mark;
  readonly axis: Axis;
  readonly y: number;
  readonly hollow: boolean;
}

/** A value, with the spread of its runs as a line with ends. */
function Point({ mark: { speed }, axis, y, hollow }: PointProps) {
  const [at, low, high] = [speed.value, speed.low, speed.high].map((value) => `${placeOf(value, axis)}%`) as [string, string, string];
  return (
    <>
      {low !== high && (
        <>
          <line class="ov-whisker" x1={low} x2={high} y1={y + 8} y2={y + 8} />
          {[low, high].map((end) => <line class="ov-whisker" x1={end} x2={end} y1={y + 5} y2={y + 11} />)}
        </>
      )}
      <circle class={hollow ? 'ov-point ov-hollow' : 'ov-point'} cx={at} cy={y} r="5" />
    </>
  );
}
