/**
 * Writes Mermaid's picture anew: small, themable, and made of nothing but what the tables below allow. It copies no markup:
 * elements, attributes, classes and values that are not in a table do not exist here, and all text is escaped. So what a
 * hostile label smuggles past Mermaid cannot reach the page. It refuses to know colors; diagram.css gives them to classes.
 */
import { LAYERS, texturePattern } from '../layers.ts';
import { DiagramMistake } from '../mistake.ts';
import { escapeHtml, plainText } from '../text.ts';
import { referenceOf, round, writeAttributes, type Names, type Role } from './attributes.ts';
import { croppedFrame, frameOf } from './frame.ts';
import type { Measurer } from './measure.ts';

/** Stands for the prefix of all ids; a private-use character, which is taken out of text. The page puts its own prefix there. */
export const ID_PREFIX = '\uE000';

/** The fill that marks a shape as solid; stage.ts gives it to Mermaid as the color of lines and borders. */
export const SOLID = '#010101';

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

interface Writer extends PictureOptions, Names {
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
  const frame = `viewBox="${[x, y, width, height].map(round).join(' ')}" width="${size.width}" height="${size.height}"`;
  const named = `role="img" aria-labelledby="${ID_PREFIX}t" aria-describedby="${ID_PREFIX}d"`;
  return { svg: `<svg ${frame} ${named}>${namesOf(options)}${texturesOf(writer)}${body}</svg>`, ...size };
}

function namesOf({ title, description }: PictureOptions): string {
  return `<title id="${ID_PREFIX}t">${escapeText(title)}</title><desc id="${ID_PREFIX}d">${escapeText(description)}</desc>`;
}

function texturesOf({ textures }: Writer): string {
  const patterns = [...textures].map((layer) => texturePattern(layer, textureId(layer))).join('');
  return patterns && `<defs>${patterns}</defs>`;
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

function textureId(layer: string): string {
  return `${ID_PREFIX}${layer}`;
}

type Write = (element: Element, writer: Writer, place: Place) => string;

const WRITERS: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['g', writeGroup],
  ['marker', (element, writer, place) => (writer.ids.has(element.id) ? wrap(element, writer, writeChildren(element, writer, place)) : '')],
  ['text', writeText],
  ['rect', (element, writer, place) => (hasArea(element) ? writeShape(element, writer, place) : '')],
  ['circle', writeShape],
  ['ellipse', writeShape],
  ['polygon', writeShape],
  ['polyline', writeShape],
  ['line', writeShape],
  ['path', (element, writer, place) => (isSecondOutline(element) || !element.getAttribute('d') ? '' : writeShape(element, writer, place))],
  // Links are refused before (source.ts); what they enclose is drawn.
  ['a', writeChildren],
  ['defs', writeChildren],
]);

const UNUSED: ReadonlySet<string> = new Set(['style', 'filter', 'linearGradient', 'symbol', 'title', 'desc']);

function write(element: Element, writer: Writer, place: Place): string {
  const name = element.localName;
  if (UNUSED.has(name)) return '';
  const writeElement = WRITERS.get(name);
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

/** What a shape is besides its own classes: a solid mark, a line without area, or the textured body of a layer's node. */
function roleOf(element: Element, { textures }: Writer, { inNode, inLabel, layer }: Place): Role {
  const fill = element.getAttribute('fill');
  if (fill === SOLID) return { class: 'solid' };
  if (fill === 'none') return { class: 'open' };
  if (!inNode || inLabel || !layer || !LAYERS[layer]) return {};
  textures.add(layer);
  return { class: 'textured', attribute: ` fill="url(#${textureId(layer)})"` };
}

function hasArea(element: Element): boolean {
  return Number(element.getAttribute('width')) > 0 && Number(element.getAttribute('height')) > 0;
}

/** roughjs draws an area and its border as two paths; one path can have both. */
function isSecondOutline(element: Element): boolean {
  const before = element.previousElementSibling;
  return element.getAttribute('fill') === 'none' && before?.localName === 'path' && before.getAttribute('stroke') === 'none';
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
