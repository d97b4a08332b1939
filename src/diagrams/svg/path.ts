/** Path data as segments: their bounding box and length. It knows SVG's path grammar and no elements. */
import { arcSegments } from './arc.ts';
import { NUMBER, type Box } from './transform.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line, or a cubic Bézier curve when it has control points. */
export interface Segment {
  readonly from: Point;
  readonly c1?: Point;
  readonly c2?: Point;
  readonly to: Point;
}

/** Where the pen is, where the subpath began, and the last control point with its kind of curve: a smooth curve mirrors its own kind. */
interface Pen {
  at: Point;
  start: Point;
  control: { readonly kind: 'cubic' | 'quadratic'; readonly at: Point } | null;
}

const COMMAND = /([mlhvcsqtaz])([^mlhvcsqtaz]*)/gi;
const ARC = new RegExp(['N', 'N', 'N', '[01]', '[01]', 'N', 'N'].map((part) => `(${part === 'N' ? NUMBER.source : part})`).join('[\\s,]*'), 'gi');
const ARGUMENTS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 };

/** All lines and curves of a path, with absolute coordinates. A move alone is a segment of length 0, as it counts for the box. */
export function segmentsOf(data: string): Segment[] {
  const pen: Pen = { at: { x: 0, y: 0 }, start: { x: 0, y: 0 }, control: null };
  const segments: Segment[] = [];
  for (const [, letter = '', body = ''] of data.matchAll(COMMAND)) {
    const command = letter.toLowerCase();
    for (const [index, values] of chunks(command, body).entries()) {
      const origin = letter === command ? pen.at : { x: 0, y: 0 };
      segments.push(...DRAW[command === 'm' && index > 0 ? 'l' : command]!(pen, values, origin));
    }
  }
  return segments;
}

/** The numbers of a command in portions of one drawing step each. Arc flags may lack separators: `a1 1 0 01 3 3`. */
function chunks(command: string, body: string): number[][] {
  if (command === 'z') return [[]];
  if (command === 'a') return [...body.matchAll(ARC)].map((match) => match.slice(1).map(Number));
  const numbers = (body.match(NUMBER) ?? []).map(Number);
  const size = ARGUMENTS[command]!;
  return Array.from({ length: Math.floor(numbers.length / size) }, (_, index) => numbers.slice(index * size, (index + 1) * size));
}

type Draw = (pen: Pen, values: readonly number[], origin: Point) => Segment[];

const DRAW: Readonly<Record<string, Draw>> = {
  m: (pen, v, o) => {
    pen.at = pen.start = point(v, 0, o);
    return line(pen, pen.at);
  },
  l: (pen, v, o) => line(pen, point(v, 0, o)),
  h: (pen, v, o) => line(pen, { x: v[0]! + o.x, y: pen.at.y }),
  v: (pen, v, o) => line(pen, { x: pen.at.x, y: v[0]! + o.y }),
  z: (pen) => line(pen, pen.start),
  c: (pen, v, o) => cubic(pen, point(v, 0, o), point(v, 2, o), point(v, 4, o)),
  s: (pen, v, o) => cubic(pen, mirrored(pen, 'cubic'), point(v, 0, o), point(v, 2, o)),
  q: (pen, v, o) => quadratic(pen, point(v, 0, o), point(v, 2, o)),
  t: (pen, v, o) => quadratic(pen, mirrored(pen, 'quadratic'), point(v, 0, o)),
  a: (pen, [rx = 0, ry = 0, rotation = 0, large, sweep, x = 0, y = 0], o) => {
    const to = { x: x + o.x, y: y + o.y };
    const segments = arcSegments(pen.at, { rx, ry, rotation, large: large === 1, sweep: sweep === 1, to });
    move(pen, to, null);
    return segments;
  },
};

function point(values: readonly number[], index: number, origin: Point): Point {
  return { x: values[index]! + origin.x, y: values[index + 1]! + origin.y };
}

function move(pen: Pen, to: Point, control: Pen['control']): void {
  pen.at = to;
  pen.control = control;
}

function mirrored({ at, control }: Pen, kind: 'cubic' | 'quadratic'): Point {
  return control?.kind === kind ? { x: 2 * at.x - control.at.x, y: 2 * at.y - control.at.y } : at;
}

function line(pen: Pen, to: Point): Segment[] {
  const from = pen.at;
  move(pen, to, null);
  return [{ from, to }];
}

function cubic(pen: Pen, c1: Point, c2: Point, to: Point): Segment[] {
  const from = pen.at;
  move(pen, to, { kind: 'cubic', at: c2 });
  return [{ from, c1, c2, to }];
}

function quadratic(pen: Pen, control: Point, to: Point): Segment[] {
  const toward = (end: Point): Point => ({ x: end.x + (2 / 3) * (control.x - end.x), y: end.y + (2 / 3) * (control.y - end.y) });
  const segment = { from: pen.at, c1: toward(pen.at), c2: toward(to), to };
  move(pen, to, { kind: 'quadratic', at: control });
  return [segment];
}

/** The tight box around a path; `null` for a path without segments. */
export function pathBox(data: string): Box | null {
  const segments = segmentsOf(data);
  if (segments.length === 0) return null;
  const [x0, x1] = rangeOf(segments, 'x');
  const [y0, y1] = rangeOf(segments, 'y');
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

function rangeOf(segments: readonly Segment[], axis: 'x' | 'y'): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { from, c1, c2, to } of segments) {
    const values = c1 && c2 ? extremes(from[axis], c1[axis], c2[axis], to[axis]) : [from[axis], to[axis]];
    low = Math.min(low, ...values);
    high = Math.max(high, ...values);
  }
  return [low, high];
}

/** Ends and turning points of one coordinate of a cubic. */
function extremes(p0: number, p1: number, p2: number, p3: number): number[] {
  const a = p3 - p0 + 3 * (p1 - p2);
  const b = 2 * (p0 - 2 * p1 + p2);
  const c = p1 - p0;
  const turns = rootsOf(a, b, c).filter((t) => t > 0 && t < 1);
  return [p0, p3, ...turns.map((t) => cubicAt(p0, p1, p2, p3, t))];
}

function rootsOf(a: number, b: number, c: number): number[] {
  if (Math.abs(a) < 1e-9) return Math.abs(b) < 1e-9 ? [] : [-c / b];
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return [];
  const root = Math.sqrt(discriminant);
  return [(-b + root) / (2 * a), (-b - root) / (2 * a)];
}

function cubicAt(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const m = 1 - t;
  return m * m * m * p0 + 3 * m * m * t * p1 + 3 * m * t * t * p2 + t * t * t * p3;
}

// Chords per curve when measuring its length: within 0.1 % on the arcs that diagrams draw.
const CHORDS = 32;

/** The length of a path, moves not counted. */
export function pathLength(data: string): number {
  return segmentsOf(data).reduce((sum, segment) => sum + segmentLength(segment), 0);
}

function segmentLength({ from, c1, c2, to }: Segment): number {
  if (!c1 || !c2) return Math.hypot(to.x - from.x, to.y - from.y);
  let sum = 0;
  let last = from;
  for (let chord = 1; chord <= CHORDS; chord += 1) {
    const t = chord / CHORDS;
    const next = { x: cubicAt(from.x, c1.x, c2.x, to.x, t), y: cubicAt(from.y, c1.y, c2.y, to.y, t) };
    sum += Math.hypot(next.x - last.x, next.y - last.y);
    last = next;
  }
  return sum;
}
