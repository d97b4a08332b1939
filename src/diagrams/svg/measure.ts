/**
 * The four questions about layout that Mermaid asks the browser, answered for a DOM that has none. It knows the boxes of
 * shapes and groups; how text is set is told in text-layout.ts.
 */
import type { Fonts } from './fonts.ts';
import { pathBox, pathLength } from './path.ts';
import { ancestry, baselineShift, FONT_SIZE, lengthOf, runsOf, type Ruler } from './text-layout.ts';
import { mapBox, multiply, parseTransform, union, type Box, type Matrix } from './transform.ts';

export interface Measurer {
  /** Whether text in the labels of nodes is centered, as Mermaid's own style sheet says for some kinds. */
  centerNodeLabels: boolean;
  getBBox(element: Element): Box;
  getBoundingClientRect(element: Element): Box & { top: number; left: number; right: number; bottom: number };
  getComputedTextLength(element: Element): number;
  getTotalLength(element: Element): number;
}

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };
const NEVER_DRAWN: ReadonlySet<string> = new Set(['style', 'defs', 'marker', 'title', 'desc', 'clipPath', 'mask', 'pattern', 'linearGradient', 'filter', 'symbol']);

/** Measures with these fonts. */
export function createMeasurer(fonts: Fonts): Measurer {
  const ruler = { fonts, centerNodeLabels: false };
  const getBBox = (element: Element): Box => boxOf(element, ruler) ?? EMPTY;
  return Object.assign(ruler, {
    getBBox,
    getBoundingClientRect: (element: Element) => {
      const outward = ancestry(element).map((node) => parseTransform(node.getAttribute('transform')));
      return withEdges(outward.reduce(mapBox, getBBox(element)));
    },
    getComputedTextLength: (element: Element) => runsOf(element, ruler).reduce((sum, run) => sum + run.width, 0),
    getTotalLength: (element: Element) => pathLength(element.getAttribute('d') ?? ''),
  });
}

function withEdges(box: Box): ReturnType<Measurer['getBoundingClientRect']> {
  return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

function boxOf(element: Element, ruler: Ruler): Box | null {
  const name = element.localName;
  if (NEVER_DRAWN.has(name)) return null;
  const shape = SHAPES[name];
  if (shape) return shape(element);
  if (name === 'text' || name === 'tspan') return textBox(element, ruler);
  return childrenBox(element, ruler);
}

const SHAPES: Readonly<Record<string, (element: Element) => Box | null>> = {
  rect: rectangle,
  image: rectangle,
  use: rectangle,
  foreignObject: rectangle,
  circle: (element) => around(number(element, 'cx'), number(element, 'cy'), number(element, 'r'), number(element, 'r')),
  ellipse: (element) => around(number(element, 'cx'), number(element, 'cy'), number(element, 'rx'), number(element, 'ry')),
  line: (element) => pathBox(`M${['x1', 'y1', 'x2', 'y2'].map((name) => number(element, name)).join(' ')}`),
  path: (element) => pathBox(element.getAttribute('d') ?? ''),
  polygon: (element) => pathBox(`M${element.getAttribute('points') ?? ''}`),
  polyline: (element) => pathBox(`M${element.getAttribute('points') ?? ''}`),
};

function rectangle(element: Element): Box {
  return { x: number(element, 'x'), y: number(element, 'y'), width: number(element, 'width'), height: number(element, 'height') };
}

function around(cx: number, cy: number, rx: number, ry: number): Box {
  return { x: cx - rx, y: cy - ry, width: 2 * rx, height: 2 * ry };
}

function number(element: Element, attribute: string): number {
  return lengthOf(element.getAttribute(attribute), FONT_SIZE) ?? 0;
}

function childrenBox(element: Element, ruler: Ruler): Box | null {
  let box: Box | null = null;
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
    const own = boxOf(child, ruler);
    // A rectangle without width or height is not rendered, so browsers leave it out of the box of its group.
    if (!own || (child.localName === 'rect' && (own.width === 0 || own.height === 0))) continue;
    box = union(box, mapBox(own, placeOf(child)));
  }
  return box;
}

function placeOf(element: Element): Matrix {
  const transform = parseTransform(element.getAttribute('transform'));
  if (element.localName !== 'svg') return transform;
  return multiply(transform, [1, 0, 0, 1, number(element, 'x'), number(element, 'y')]);
}

/** Chromium rounds ascent and descent to whole pixels for each font size; so the height of a line is whole. */
function textBox(element: Element, ruler: Ruler): Box | null {
  const { fonts } = ruler;
  let box: Box | null = null;
  for (const { x, y, width, style } of runsOf(element, ruler)) {
    const ascent = Math.round(fonts.ascent * style.size);
    const height = ascent + Math.round(fonts.descent * style.size);
    box = union(box, { x, y: y + baselineShift(style, fonts) - ascent, width, height });
  }
  return box;
}
