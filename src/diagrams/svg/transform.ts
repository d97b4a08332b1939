/** Boxes and affine transforms of SVG. It knows numbers only, no elements. */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** a, b, c, d, e, f as in SVG's `matrix()`. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

const CALL = /(\w+)\s*\(([^)]*)\)/g;
export const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi;

/** The matrix of a `transform` attribute; skews are not among what diagrams use and count as no transform. */
export function parseTransform(text: string | null): Matrix {
  if (!text) return IDENTITY;
  let result = IDENTITY;
  for (const [, name = '', body = ''] of text.matchAll(CALL)) result = multiply(result, matrixOf(name, (body.match(NUMBER) ?? []).map(Number)));
  return result;
}

function matrixOf(name: string, [a = 0, b, c, d = 0, e = 0, f = 0]: readonly number[]): Matrix {
  if (name === 'translate') return [1, 0, 0, 1, a, b ?? 0];
  if (name === 'scale') return [a, 0, 0, b ?? a, 0, 0];
  if (name === 'matrix') return [a, b ?? 0, c ?? 0, d, e, f];
  if (name === 'rotate') return rotate(a, b ?? 0, c ?? 0);
  return IDENTITY;
}

function rotate(degrees: number, x: number, y: number): Matrix {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** The upright box around a transformed box. */
export function mapBox(box: Box, [a, b, c, d, e, f]: Matrix): Box {
  const width = Math.abs(a) * box.width + Math.abs(c) * box.height;
  const height = Math.abs(b) * box.width + Math.abs(d) * box.height;
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  return { x: a * cx + c * cy + e - width / 2, y: b * cx + d * cy + f - height / 2, width, height };
}

/** The box around both; `null` is the empty box. */
export function union(one: Box | null, other: Box | null): Box | null {
  if (!one || !other) return one ?? other;
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}
