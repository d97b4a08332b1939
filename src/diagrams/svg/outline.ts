/** Hand-drawn outlines made plain. Some shapes come from roughjs, which writes every straight line as a cubic and an arc as 50 of them. */
import { segmentsOf, type Point, type Segment } from './path.ts';

/** How far, in px, a simplified outline may lie from the original: a tenth of what the eye sees on a dense screen. */
const TOLERANCE = 0.06;

/** The same outline with lines for straight cubics and without the points that make no difference. Curves stay curves; an area is closed. */
export function plainOutline(data: string, area: boolean): string {
  let path = '';
  let line: Point[] = [];
  const flush = (): void => {
    path += thinned(line).slice(1).map(({ x, y }) => `L${x} ${y}`).join('');
    line = [];
  };
  let pen: Point | null = null;
  for (const segment of segmentsOf(data)) {
    if (!pen || distance(pen, segment.from) > TOLERANCE) {
      flush();
      path += `M${segment.from.x} ${segment.from.y}`;
    }
    pen = segment.to;
    if (distance(segment.from, segment.to) === 0) continue;
    if (isStraight(segment)) {
      if (line.length === 0) line.push(segment.from);
      line.push(segment.to);
    } else {
      flush();
      path += `C${[segment.c1, segment.c2, segment.to].map((point) => `${point!.x} ${point!.y}`).join(' ')}`;
    }
  }
  flush();
  return area ? `${path}Z` : path;
}

/** Keeps a point only when the straight line past it would miss one of the points left out. */
function thinned(points: readonly Point[]): Point[] {
  const kept = points.slice(0, 1);
  let start = 0;
  for (let end = 2; end < points.length; end += 1) {
    const fits = points.slice(start + 1, end).every((point) => offLine(point, points[start]!, points[end]!) <= TOLERANCE);
    if (fits) continue;
    start = end - 1;
    kept.push(points[start]!);
  }
  return points.length > 1 ? [...kept, points.at(-1)!] : kept;
}

function isStraight({ from, c1, c2, to }: Segment): boolean {
  return !c1 || !c2 || (offLine(c1, from, to) <= TOLERANCE && offLine(c2, from, to) <= TOLERANCE);
}

/** Distance of a point from the segment between two others. */
function offLine(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
  return distance(point, { x: a.x + share * dx, y: a.y + share * dy });
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
