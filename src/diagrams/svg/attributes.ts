/**
 * The attributes that a picture may have, and the form of their values. Whatever is not in these tables is not written, and
 * every value is made of numbers, known words or new ids; so no value can carry anything else.
 */
import { plainOutline } from './outline.ts';
import { BASELINES, declarations, FONT_SIZE } from './text-layout.ts';

/** What may be named in a picture. */
export interface Names {
  /** Ids that something points at, with their new names. */
  readonly ids: ReadonlyMap<string, string>;
  /** The classes that may be written. */
  readonly classes: ReadonlySet<string>;
}

/** What an element gets besides its own attributes. */
export interface Role {
  readonly class?: string;
  readonly attribute?: string;
}

/** Text smaller than this, in px, is set at this size. */
const SMALLEST_TEXT = 14;

/** The id in `url(#id)`. */
export function referenceOf(value: string | null): string | undefined {
  return /^url\(["']?#([^"')]+)["']?\)$/.exec(value ?? '')?.[1];
}

/** Numbers, path data and transforms; nothing else fits. */
const GEOMETRY = /^[-+\w\s.,()]*$/;
const FRACTION = /-?\d*\.\d+(?:e[-+]?\d+)?/gi;

/** One decimal is enough: a tenth of a pixel. */
export function round(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

function geometry(value: string): string | null {
  if (!GEOMETRY.test(value) || value === '') return null;
  return value.includes('em') ? value : value.replace(FRACTION, (number) => round(Number(number))).replace(/\s+/g, ' ').trim();
}

type WriteValue = (value: string, element: Element, names: Names) => string | null;

function fontSize(value: string): string | null {
  const size = Number.parseFloat(value);
  return size === FONT_SIZE || !Number.isFinite(size) || !/^[\d.]+(px)?$/.test(value) ? null : String(Math.max(SMALLEST_TEXT, size));
}

const reference: WriteValue = (value, _element, { ids }) => {
  const id = ids.get(referenceOf(value) ?? '');
  return id ? `url(#${id})` : null;
};

/** roughjs marks its paths by a `stroke` or `fill` of `none`; those are simplified. */
const pathData: WriteValue = (value, element) => {
  const area = element.getAttribute('stroke') === 'none';
  return geometry(area || element.getAttribute('fill') === 'none' ? plainOutline(value, area) : value);
};

const GEOMETRIC = [
  'x', 'y', 'dx', 'dy', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'points', 'transform',
  'viewBox', 'refX', 'refY', 'markerWidth', 'markerHeight', 'markerUnits', 'orient',
];

const ATTRIBUTES: ReadonlyMap<string, WriteValue> = new Map<string, WriteValue>([
  ['id', (value, _element, { ids }) => ids.get(value) ?? null],
  ['d', pathData],
  ['marker-start', reference],
  ['marker-end', reference],
  ...GEOMETRIC.map((name): [string, WriteValue] => [name, geometry]),
]);

/** What text may say, in attributes or in `style`. */
const TEXT_ATTRIBUTES: ReadonlyMap<string, WriteValue> = new Map<string, WriteValue>([
  ['font-size', fontSize],
  ['font-weight', (value) => (value === 'bold' || value === 'bolder' ? '700' : /^[5-9]00$/.test(value) ? value : null)],
  ['font-style', (value) => (value === 'italic' ? value : null)],
  ['text-anchor', (value) => (value === 'middle' || value === 'end' ? value : null)],
  ['dominant-baseline', (value) => (Object.hasOwn(BASELINES, value) ? value : null)],
]);

const HOLDS_TEXT = /^(?:text|tspan|g)$/;

/** All attributes of an element that may be written, class first. */
export function writeAttributes(element: Element, names: Names, role: Role = {}): string {
  let markup = attribute('class', [classesOf(element, names), role.class].filter(Boolean).join(' '));
  for (const { name, value } of element.attributes) markup += attribute(name, ATTRIBUTES.get(name)?.(value, element, names));
  if (HOLDS_TEXT.test(element.localName)) markup += textAttributes(element, names);
  return markup + (role.attribute ?? '');
}

function attribute(name: string, value: string | null | undefined): string {
  return value ? ` ${name}="${value}"` : '';
}

function textAttributes(element: Element, names: Names): string {
  const declared = declarations(element);
  let markup = '';
  for (const [name, writeValue] of TEXT_ATTRIBUTES) {
    const value = declared.get(name) ?? element.getAttribute(name);
    if (value) markup += attribute(name, writeValue(value, element, names));
  }
  return markup;
}

/** The classes of an element that may be written. */
export function classesOf(element: Element, { classes }: Names): string {
  const names = (element.getAttribute('class') ?? '').split(/\s+/);
  return [...new Set(names)].filter((name) => classes.has(name)).join(' ');
}
