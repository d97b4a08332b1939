/**
 * Writes Mermaid's picture anew: small, themable, and made of nothing but what the tables below allow. It copies no markup:
 * elements, attributes, classes and values that are not in a table do not exist here, and all text is escaped. So what a
 * hostile label smuggles past Mermaid cannot reach the page. It refuses to know colors; diagram.css gives them to classes.
 */
import { LAYERS, texturePattern } from '../layers.ts';
import { DiagramMistake } from '../mistake.ts';
import { escapeHtml, plainText } from '../text.ts';
import type { Measurer } from './measure.ts';
import { plainOutline } from './outline.ts';
import type { Box } from './transform.ts';

/** Stands for the prefix of all ids; a private-use character, which is taken out of text. The page puts its own prefix there. */
export const ID_PREFIX = '\uE000';

/** The fill that marks a shape as solid; stage.ts gives it to Mermaid as the color of lines and borders. */
export const SOLID = '#010101';

/** Text smaller than this, in px, is set at this size. */
const SMALLEST_TEXT = 14;

export interface PictureOptions {
  readonly title: string;
  readonly description: string;
  /** Where Mermaid puts the labels of nodes: centered on their place, or starting there although meant to be centered. */
  readonly nodeLabels: 'middle' | 'recenter' | 'start';
  /** Whether the picture's frame is drawn anew around its content: Mermaid lets the lifelines of sequences run on. */
  readonly crop: boolean;
  /** The classes that may be written. */
  readonly classes: ReadonlySet<string>;
  readonly measurer: Measurer;
}

export interface Picture {
  readonly svg: string;
  /** Natural size in px, at which text has the size of the page's text. */
  readonly width: number;
  readonly height: number;
}

interface Writer extends PictureOptions {
  /** Ids that something points at, with their new names. */
  readonly ids: ReadonlyMap<string, string>;
  /** Layers whose texture is needed. */
  readonly textures: Set<string>;
}

/** Where the writer is: inside which node, of which layer. */
interface Place {
  readonly inNode: boolean;
  readonly inLabel: boolean;
  readonly layer: string | null;
}

/** The picture as markup. Throws DiagramMistake when it holds what a picture here cannot show. */
export function writePicture(svg: Element, options: PictureOptions): Picture {
  const { x, y, width, height } = options.crop ? croppedFrame(svg, options.measurer) : frameOf(svg);
  if (!(width > 0 && height > 0)) throw new DiagramMistake(1, 'a diagram without parts', 'at least one part', 'add one, or remove the fence');
  const writer: Writer = { ...options, ids: referredIds(svg), textures: new Set() };
  const body = writeChildren(svg, writer, { inNode: false, inLabel: false, layer: null });
  const size = { width: Math.ceil(width), height: Math.ceil(height) };
  const box = [x, y, width, height].map(round).join(' ');
  const open = `<svg class="${classesOf(svg, writer)}" viewBox="${box}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="${ID_PREFIX}t" aria-describedby="${ID_PREFIX}d">`;
  const names = `<title id="${ID_PREFIX}t">${escapeText(options.title)}</title><desc id="${ID_PREFIX}d">${escapeText(options.description)}</desc>`;
  const patterns = [...writer.textures].map((layer) => texturePattern(layer, textureId(layer))).join('');
  return { svg: `${open}${names}${patterns && `<defs>${patterns}</defs>`}${body}</svg>`.replace(' class=""', ''), ...size };
}

function frameOf(svg: Element): Box {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  return { x, y, width, height };
}

/** Room around a cropped picture, in px: for half a line, an arrowhead, a step's number. */
const MARGIN = 10;

/** The frame around everything but the lifelines, which are cut off at its bottom. */
function croppedFrame(svg: Element, { getBBox }: Measurer): Box {
  const lifelines = [...svg.querySelectorAll('.actor-line')];
  for (const line of lifelines) line.setAttribute('y2', line.getAttribute('y1') ?? '0');
  const { x, y, width, height } = getBBox(svg);
  for (const line of lifelines) line.setAttribute('y2', String(y + height + MARGIN));
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}

/** Markers that lines point at, renamed in order: Mermaid's own names come from counters that run over all diagrams. */
function referredIds(svg: Element): Map<string, string> {
  const ids = new Map<string, string>();
  for (const element of svg.querySelectorAll('[marker-start],[marker-end]')) {
    for (const name of MARKERS) {
      const id = referenceOf(element.getAttribute(name));
      if (id && !ids.has(id)) ids.set(id, `${ID_PREFIX}m${ids.size}`);
    }
  }
  return ids;
}

const MARKERS = ['marker-start', 'marker-end'] as const;

function referenceOf(value: string | null): string | undefined {
  return /^url\(["']?#([^"')]+)["']?\)$/.exec(value ?? '')?.[1];
}

function textureId(layer: string): string {
  return `${ID_PREFIX}${layer}`;
}

type Write = (element: Element, writer: Writer, place: Place) => string;

const WRITERS: Readonly<Record<string, Write>> = {
  g: writeGroup,
  marker: (element, writer, place) => (writer.ids.has(element.id) ? wrap(element, writer, writeChildren(element, writer, place)) : ''),
  text: writeText,
  rect: (element, writer, place) => (Number(element.getAttribute('width')) > 0 && Number(element.getAttribute('height')) > 0 ? writeShape(element, writer, place) : ''),
  circle: writeShape,
  ellipse: writeShape,
  polygon: writeShape,
  polyline: writeShape,
  line: writeShape,
  path: (element, writer, place) => (isSecondOutline(element) || !element.getAttribute('d') ? '' : writeShape(element, writer, place)),
  // Links are refused before (source.ts); what they enclose is drawn.
  a: (element, writer, place) => writeChildren(element, writer, place),
  defs: (element, writer, place) => writeChildren(element, writer, place),
};

const UNUSED: ReadonlySet<string> = new Set(['style', 'filter', 'linearGradient', 'symbol', 'title', 'desc']);

function write(element: Element, writer: Writer, place: Place): string {
  const name = element.localName;
  if (UNUSED.has(name)) return '';
  const writeElement = WRITERS[name];
  if (writeElement) return writeElement(element, writer, place);
  throw new DiagramMistake(1, `a diagram that needs <${name}>`, 'shapes, lines and text', 'leave out pictures, icons and formulas');
}

function writeChildren(element: Element, writer: Writer, place: Place): string {
  let markup = '';
  for (let child = element.firstElementChild; child; child = child.nextElementSibling) markup += write(child, writer, place);
  return markup;
}

function writeGroup(element: Element, writer: Writer, place: Place): string {
  const classes = (element.getAttribute('class') ?? '').split(/\s+/);
  const isNode = classes.includes('node');
  const inside: Place = {
    inNode: place.inNode || isNode,
    inLabel: place.inLabel || (place.inNode && classes.includes('label')),
    layer: isNode ? (classes.find((name) => Object.hasOwn(LAYERS, name)) ?? null) : place.layer,
  };
  const body = writeChildren(element, writer, inside);
  if (body === '') return '';
  const centered = inside.inLabel && !place.inLabel && writer.nodeLabels !== 'start';
  return wrap(element, writer, body, centered ? centering(element, writer) : '');
}

/** Mermaid leaves it to its own style sheet to center the labels of nodes, and forgets to do so for states. */
function centering(element: Element, { nodeLabels }: Writer): string {
  if (nodeLabels === 'middle') return ' text-anchor="middle"';
  const y = /,\s*(-?[\d.]+)/.exec(element.getAttribute('transform') ?? '')?.[1] ?? '0';
  element.setAttribute('transform', `translate(0,${y})`);
  return ' text-anchor="middle"';
}

/** A group that says nothing is left out. */
function wrap(element: Element, writer: Writer, body: string, extra = ''): string {
  const attributes = writeAttributes(element, writer) + extra;
  if (element.localName === 'g' && attributes === '') return body;
  return `<${element.localName}${attributes}>${body}</${element.localName}>`;
}

function writeShape(element: Element, writer: Writer, place: Place): string {
  if (element.classList.contains('edge-thickness-invisible')) return '';
  return `<${element.localName}${writeAttributes(element, writer, roleOf(element, writer, place))}/>`;
}

interface Role {
  readonly class?: string;
  readonly attribute?: string;
}

/** What a shape is besides its own classes: the textured body of a layer's node, or a solid mark. */
function roleOf(element: Element, { textures }: Writer, { inNode, inLabel, layer }: Place): Role {
  if (element.getAttribute('fill') === SOLID) return { class: 'solid' };
  if (!inNode || inLabel || !layer || !LAYERS[layer] || element.getAttribute('fill') === 'none') return {};
  textures.add(layer);
  return { class: 'textured', attribute: ` fill="url(#${textureId(layer)})"` };
}

/** roughjs draws an area and its border as two paths; one path can have both. */
function isSecondOutline(element: Element): boolean {
  return element.getAttribute('fill') === 'none' && element.previousElementSibling?.getAttribute('stroke') === 'none' && element.previousElementSibling.localName === 'path';
}

function writeText(element: Element, writer: Writer, place: Place): string {
  const body = writeTextContent(element, writer);
  if (body.replace(/<[^>]*>/g, '').trim() === '') return '';
  const plate = place.inLabel && place.layer && LAYERS[place.layer] ? writePlate(element, writer) : '';
  return `${plate}<text${writeAttributes(element, writer)}>${body}</text>`;
}

/** A calm ground for a label on a texture. */
function writePlate(element: Element, { measurer, nodeLabels }: Writer): string {
  const { x, y, width, height } = measurer.getBBox(element);
  const left = nodeLabels === 'start' ? x : -width / 2;
  return `<rect class="plate" x="${round(left - 5)}" y="${round(y - 1)}" width="${round(width + 10)}" height="${round(height + 2)}" rx="4"/>`;
}

/** Text and its `tspan`s; one that says nothing about place or weight is left out. */
function writeTextContent(element: Element, writer: Writer): string {
  let markup = '';
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 3) markup += escapeText(plainText(node.nodeValue ?? ''));
    else if ((node as Element).localName === 'tspan') markup += writeSpan(node as Element, writer);
  }
  return markup;
}

function writeSpan(element: Element, writer: Writer): string {
  const body = writeTextContent(element, writer);
  const attributes = writeAttributes(element, writer);
  return attributes === '' || body === '' ? body : `<tspan${attributes}>${body}</tspan>`;
}

function escapeText(text: string): string {
  return escapeHtml(text.replaceAll(ID_PREFIX, ''));
}

/** Numbers, path data and transforms; nothing else fits. */
const GEOMETRY = /^[-+\w\s.,()]*$/;
const FRACTION = /-?\d*\.\d+(?:e[-+]?\d+)?/gi;

function round(value: number): string {
  return String(Math.round(value * 10) / 10 || 0);
}

function geometry(value: string): string | null {
  if (!GEOMETRY.test(value) || value === '') return null;
  return value.includes('em') ? value : value.replace(FRACTION, (number) => round(Number(number))).replace(/\s+/g, ' ').trim();
}

type WriteValue = (value: string, element: Element, writer: Writer) => string | null;

const unlessIn = (...defaults: readonly string[]): WriteValue => (value) => (defaults.includes(value) ? null : geometry(value));

function fontSize(value: string): string | null {
  const size = Number.parseFloat(value);
  return size === 16 || !Number.isFinite(size) || !/^[\d.]+(px)?$/.test(value) ? null : String(Math.max(SMALLEST_TEXT, size));
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

const ATTRIBUTES: Readonly<Record<string, WriteValue>> = {
  id: (value, _element, { ids }) => ids.get(value) ?? null,
  d: pathData,
  ...Object.fromEntries(
    ['x', 'y', 'dx', 'dy', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'points', 'transform', 'viewBox', 'refX', 'refY', 'markerWidth', 'markerHeight', 'markerUnits', 'orient'].map((name) => [name, geometry]),
  ),
  'marker-start': reference,
  'marker-end': reference,
};

/** What text may say, in attributes or in `style`. */
const TEXT_ATTRIBUTES: Readonly<Record<string, WriteValue>> = {
  'font-size': fontSize,
  'font-weight': (value) => (/^(?:bold|bolder|[67]00)$/.test(value) ? '700' : null),
  'font-style': (value) => (value === 'italic' ? value : null),
  'text-anchor': unlessIn('start', 'inherit'),
  'dominant-baseline': unlessIn('auto'),
};

function writeAttributes(element: Element, writer: Writer, role: Role = {}): string {
  let markup = '';
  const add = (name: string, value: string | null | undefined): void => {
    if (value) markup += ` ${name}="${value}"`;
  };
  add('class', [classesOf(element, writer), role.class].filter(Boolean).join(' '));
  for (const { name, value } of element.attributes) if (Object.hasOwn(ATTRIBUTES, name)) add(name, ATTRIBUTES[name]!(value, element, writer));
  if (/^(?:text|tspan|g)$/.test(element.localName)) {
    const style = element.getAttribute('style') ?? '';
    for (const [name, writeValue] of Object.entries(TEXT_ATTRIBUTES)) {
      const value = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]+)`).exec(style)?.[1] ?? element.getAttribute(name);
      if (value) add(name, writeValue(value.trim(), element, writer));
    }
  }
  return markup + (role.attribute ?? '');
}

function classesOf(element: Element, { classes }: Writer): string {
  const names = (element.getAttribute('class') ?? '').split(/\s+/);
  return [...new Set(names)].filter((name) => classes.has(name)).join(' ');
}
