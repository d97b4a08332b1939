/** Elliptical arcs of SVG paths as cubic curves (SVG 2, appendix B.2 "Elliptical arc parameterization"). Numbers only. */
import type { Point, Segment } from './path.ts';

/** The numbers of an `A` command, after its starting point. */
export interface Arc {
  readonly rx: number;
  readonly ry: number;
  /** In degrees. */
  readonly rotation: number;
  readonly large: boolean;
  readonly sweep: boolean;
  readonly to: Point;
}

/** The arc as one cubic per quarter turn; a line when a radius is 0, nothing when it ends where it starts. */
export function arcSegments(from: Point, arc: Arc): Segment[] {
  const { to } = arc;
  if (from.x === to.x && from.y === to.y) return [];
  if (arc.rx === 0 || arc.ry === 0) return [{ from, to }];
  const { start, turn, place } = ellipseOf(from, arc);
  const count = Math.max(1, Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9));
  const step = turn / count;
  const reach = (4 / 3) * Math.tan(step / 4);
  return Array.from({ length: count }, (_, index) => quarter(start + index * step, step, reach, place));
}

type Place = (x: number, y: number) => Point;

function quarter(angle: number, step: number, reach: number, place: Place): Segment {
  const [cos0, sin0] = [Math.cos(angle), Math.sin(angle)];
  const [cos1, sin1] = [Math.cos(angle + step), Math.sin(angle + step)];
  return {
    from: place(cos0, sin0),
    c1: place(cos0 - reach * sin0, sin0 + reach * cos0),
    c2: place(cos1 + reach * sin1, sin1 - reach * cos1),
    to: place(cos1, sin1),
  };
}

/** From endpoints to center: where on which ellipse the arc starts and how far it turns. Radii that are too small grow. */
function ellipseOf(from: Point, arc: Arc): { start: number; turn: number; place: Place } {
  const angle = (arc.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [dx, dy] = [(from.x - arc.to.x) / 2, (from.y - arc.to.y) / 2];
  const [x, y] = [cos * dx + sin * dy, cos * dy - sin * dx];
  const grow = Math.max(1, Math.sqrt((x / arc.rx) ** 2 + (y / arc.ry) ** 2));
  const [rx, ry] = [Math.abs(arc.rx) * grow, Math.abs(arc.ry) * grow];
  const around = (rx * y) ** 2 + (ry * x) ** 2;
  const far = (arc.large === arc.sweep ? -1 : 1) * Math.sqrt(Math.max(0, (rx * ry) ** 2 / around - 1));
  const [cx, cy] = [(far * rx * y) / ry, (-far * ry * x) / rx];
  const start = Math.atan2((y - cy) / ry, (x - cx) / rx);
  const end = Math.atan2((-y - cy) / ry, (-x - cx) / rx);
  const middle = { x: (from.x + arc.to.x) / 2 + cos * cx - sin * cy, y: (from.y + arc.to.y) / 2 + sin * cx + cos * cy };
  const place: Place = (u, v) => ({ x: middle.x + cos * rx * u - sin * ry * v, y: middle.y + sin * rx * u + cos * ry * v });
  return { start, turn: turnOf(end - start, arc.sweep), place };
}

function turnOf(difference: number, sweep: boolean): number {
  if (sweep && difference < 0) return difference + 2 * Math.PI;
  if (!sweep && difference > 0) return difference - 2 * Math.PI;
  return difference;
}
