/**
 * The four questions about layout that Mermaid asks the browser, answered for a DOM that has none. It knows SVG's boxes and
 * lines of text as Chromium computes them; it refuses to know style sheets: what sets text (size, weight, anchor, baseline)
 * must stand in attributes or `style`, which is why diagram.css sets none of it.
 */
import { plainText } from '../text.ts';
import type { Fonts } from './fonts.ts';
import { pathBox, pathLength } from './path.ts';
import { mapBox, multiply, parseTransform, union, type Box, type Matrix } from './transform.ts';

/** Size of text that says nothing of its size, in px: the size that diagram.css gives diagrams. */
export const FONT_SIZE = 16;

export interface Measurer {
  /** Whether text in the labels of nodes is centered, as Mermaid's own style sheet says for some kinds. */
  centerNodeLabels: boolean;
  getBBox(element: Element): Box;
  getBoundingClientRect(element: Element): Box & { top: number; left: number; right: number; bottom: number };
  getComputedTextLength(element: Element): number;
  getTotalLength(element: Element): number;
}

interface TextStyle {
  readonly size: number;
  readonly weight: number;
  readonly anchor: string;
  readonly baseline: string;
}

/** A piece of text on one line: its element, where its baseline starts, how wide it is. */
interface Run {
  readonly element: Element;
  x: number;
  y: number;
  width: number;
  text: string;
  readonly style: TextStyle;
}

/** Runs that are anchored together: everything from one absolute position to the next. */
interface Chunk {
  readonly anchor: string;
  readonly runs: Run[];
}

const PLAIN: TextStyle = { size: FONT_SIZE, weight: 400, anchor: 'start', baseline: 'auto' };
const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };
const NEVER_DRAWN: ReadonlySet<string> = new Set(['style', 'defs', 'marker', 'title', 'desc', 'clipPath', 'mask', 'pattern', 'linearGradient', 'filter', 'symbol']);

/** Measures with these fonts. */
export function createMeasurer(fonts: Fonts): Measurer {
  const ruler = { fonts, centerNodeLabels: false };
  const getBBox = (element: Element): Box => boxOf(element, ruler) ?? EMPTY;
  return Object.assign(ruler, {
    getBBox,
    getBoundingClientRect: (element: Element) => withEdges(ancestry(element).reduce((box, node) => mapBox(box, parseTransform(node.getAttribute('transform'))), getBBox(element))),
    getComputedTextLength: (element: Element) => runsOf(element, ruler).reduce((sum, run) => sum + run.width, 0),
    getTotalLength: (element: Element) => pathLength(element.getAttribute('d') ?? ''),
  });
}

interface Ruler {
  readonly fonts: Fonts;
  readonly centerNodeLabels: boolean;
}

function withEdges(box: Box): ReturnType<Measurer['getBoundingClientRect']> {
  return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

/** The element and its ancestors below the outermost `svg`. */
function ancestry(element: Element): Element[] {
  const list: Element[] = [];
  for (let node: Element | null = element; node && node.localName !== 'svg'; node = node.parentElement) list.push(node);
  return list;
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
  return length(element.getAttribute(attribute), FONT_SIZE) ?? 0;
}

/** A length in px; `undefined` when there is none. Percentages are not used inside diagrams. */
function length(value: string | null, em: number): number | undefined {
  if (!value) return undefined;
  const parsed = Number.parseFloat(value);
  if (!Number.isFinite(parsed)) return undefined;
  return value.trimEnd().endsWith('em') ? parsed * em : parsed;
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

/** The runs of an element; those of a `tspan` are laid out with the whole text, as its place depends on what stands before it. */
function runsOf(element: Element, ruler: Ruler): Run[] {
  const text = element.closest('text') ?? element;
  const runs = layOut(text, ruler);
  return text === element ? runs : runs.filter((run) => element.contains(run.element));
}

function layOut(text: Element, { fonts, centerNodeLabels }: Ruler): Run[] {
  const line = new Line(fonts);
  line.add(text, styleOf(text, centerNodeLabels));
  return line.finish();
}

/** Sets a `text` element: the pen walks through it, absolute positions open chunks, white space collapses. */
class Line {
  readonly #fonts: Fonts;
  readonly #chunks: Chunk[] = [];
  #x = 0;
  #y = 0;
  #afterSpace = true;

  constructor(fonts: Fonts) {
    this.#fonts = fonts;
  }

  add(element: Element, style: TextStyle): void {
    this.#moveTo(element, style);
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (node.nodeType === 3) this.#write(element, node.nodeValue ?? '', style);
      else if ((node as Element).localName === 'tspan') this.add(node as Element, inherit(style, node as Element));
    }
  }

  finish(): Run[] {
    this.#trim();
    for (const { anchor, runs } of this.#chunks) {
      const width = runs.reduce((sum, run) => sum + run.width, 0);
      const shift = anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0;
      for (const run of runs) run.x -= shift;
    }
    return this.#chunks.flatMap((chunk) => chunk.runs);
  }

  #moveTo(element: Element, style: TextStyle): void {
    const [x, y, dx, dy] = ['x', 'y', 'dx', 'dy'].map((name) => length(element.getAttribute(name), style.size));
    if (x !== undefined || y !== undefined || this.#chunks.length === 0) {
      this.#trim();
      this.#afterSpace = true;
      this.#chunks.push({ anchor: style.anchor, runs: [] });
    }
    this.#x = (x ?? this.#x) + (dx ?? 0);
    this.#y = (y ?? this.#y) + (dy ?? 0);
  }

  #write(element: Element, raw: string, style: TextStyle): void {
    const collapsed = plainText(raw).replace(/[\t\n\r ]+/g, ' ');
    const text = this.#afterSpace ? collapsed.trimStart() : collapsed;
    if (text === '') return;
    this.#afterSpace = text.endsWith(' ');
    const width = this.#fonts.width(text, style.size, style.weight);
    this.#chunks.at(-1)?.runs.push({ element, x: this.#x, y: this.#y, width, text, style });
    this.#x += width;
  }

  /** A space at the end of a line takes no room. */
  #trim(): void {
    const last = this.#chunks.at(-1)?.runs.at(-1);
    if (!last?.text.endsWith(' ')) return;
    last.text = last.text.trimEnd();
    last.width = this.#fonts.width(last.text, last.style.size, last.style.weight);
  }
}

function styleOf(text: Element, centerNodeLabels: boolean): TextStyle {
  const path = ancestry(text);
  const plain = centerNodeLabels && isNodeLabel(path) ? { ...PLAIN, anchor: 'middle' } : PLAIN;
  return path.reduceRight(inherit, plain);
}

function isNodeLabel(path: readonly Element[]): boolean {
  const label = path.findIndex((element) => hasClass(element, 'label'));
  return label >= 0 && path.slice(label).some((element) => hasClass(element, 'node'));
}

function hasClass(element: Element, name: string): boolean {
  return ` ${element.getAttribute('class') ?? ''} `.includes(` ${name} `);
}

const DECLARED = /(?:^|;)\s*(font-size|font-weight|text-anchor|dominant-baseline|alignment-baseline)\s*:\s*([^;!]+)/g;

/** The style inside an element, from its attributes and, stronger, its `style`. */
function inherit(outer: TextStyle, element: Element): TextStyle {
  const declared = new Map<string, string>();
  for (const [, name = '', value = ''] of (element.getAttribute('style') ?? '').matchAll(DECLARED)) declared.set(name, value.trim());
  const get = (name: string): string | null => declared.get(name) ?? element.getAttribute(name);
  const size = length(get('font-size'), outer.size) ?? outer.size;
  const weight = get('font-weight');
  const alignment = element.localName === 'tspan' ? get('alignment-baseline') : null;
  return {
    size,
    weight: weight ? weightOf(weight, outer.weight) : outer.weight,
    anchor: get('text-anchor') ?? outer.anchor,
    baseline: alignment ?? get('dominant-baseline') ?? outer.baseline,
  };
}

/** CSS Fonts 4, 2.2.1: `bolder` in text of normal weight is 700. */
function weightOf(value: string, outer: number): number {
  if (value === 'bold' || value === 'bolder') return 700;
  if (value === 'normal') return 400;
  return Number(value) || outer;
}

/** How far below its nominal place a baseline lies, in px. */
function baselineShift({ baseline, size }: TextStyle, { ascent, descent, xHeight }: Fonts): number {
  return size * (BASELINES[baseline]?.(ascent, descent, xHeight) ?? 0);
}

const BASELINES: Readonly<Record<string, (ascent: number, descent: number, xHeight: number) => number>> = {
  central: (ascent, descent) => (ascent - descent) / 2,
  middle: (_ascent, _descent, xHeight) => xHeight / 2,
  hanging: (ascent) => ascent * 0.8,
  'text-before-edge': (ascent) => ascent,
  'text-after-edge': (_ascent, descent) => -descent,
};
