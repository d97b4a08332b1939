/**
 * How SVG sets a `text` element: the pen, anchored chunks, collapsing white space, inherited style. It refuses to know style
 * sheets: what sets text (size, weight, anchor, baseline) must stand in attributes or `style`, so diagram.css sets none of it.
 */
import { plainText } from '../text.ts';
import type { Fonts } from './fonts.ts';

/** Size of text that says nothing of its size, in px: the size that diagram.css gives diagrams. */
export const FONT_SIZE = 16;

/** What text is measured with. */
export interface Ruler {
  readonly fonts: Fonts;
  /** See Measurer. */
  readonly centerNodeLabels: boolean;
}

export interface TextStyle {
  readonly size: number;
  readonly weight: number;
  readonly anchor: string;
  readonly baseline: string;
}

/** A piece of text on one line: its element, where its baseline starts, how wide it is. */
export interface Run {
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

/** The runs of an element; those of a `tspan` are laid out with the whole text, as its place depends on what stands before it. */
export function runsOf(element: Element, ruler: Ruler): Run[] {
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
    const [x, y, dx, dy] = ['x', 'y', 'dx', 'dy'].map((name) => lengthOf(element.getAttribute(name), style.size));
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

const DECLARATION = /(?:^|;)\s*(font-size|font-weight|font-style|text-anchor|dominant-baseline|alignment-baseline)\s*:\s*([^;!]+)/g;
const NOTHING: ReadonlyMap<string, string> = new Map();

/** What the `style` of an element says of its text. */
export function declarations(element: Element): ReadonlyMap<string, string> {
  const style = element.getAttribute('style');
  if (!style) return NOTHING;
  return new Map([...style.matchAll(DECLARATION)].map(([, name = '', value = '']) => [name, value.trim()]));
}

/** The style inside an element, from its attributes and, stronger, its `style`. */
function inherit(outer: TextStyle, element: Element): TextStyle {
  const declared = declarations(element);
  const get = (name: string): string | null => declared.get(name) ?? element.getAttribute(name);
  const size = lengthOf(get('font-size'), outer.size) ?? outer.size;
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
export function baselineShift({ baseline, size }: TextStyle, { ascent, descent, xHeight }: Fonts): number {
  return size * (BASELINES[baseline]?.(ascent, descent, xHeight) ?? 0);
}

/** How far below its nominal place a baseline lies, as a share of the font size. */
export const BASELINES: Readonly<Record<string, (ascent: number, descent: number, xHeight: number) => number>> = {
  central: (ascent, descent) => (ascent - descent) / 2,
  middle: (_ascent, _descent, xHeight) => xHeight / 2,
  hanging: (ascent) => ascent * 0.8,
  'text-before-edge': (ascent) => ascent,
  'text-after-edge': (_ascent, descent) => -descent,
};

/** The element and its ancestors below the outermost `svg`. */
export function ancestry(element: Element): Element[] {
  const list: Element[] = [];
  for (let node: Element | null = element; node && node.localName !== 'svg'; node = node.parentElement) list.push(node);
  return list;
}

/** A length in px; `undefined` when there is none. Percentages are not used inside diagrams. */
export function lengthOf(value: string | null, em: number): number | undefined {
  if (!value) return undefined;
  const parsed = Number.parseFloat(value);
  if (!Number.isFinite(parsed)) return undefined;
  return value.trimEnd().endsWith('em') ? parsed * em : parsed;
}
