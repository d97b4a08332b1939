/**
 * A playground as a picture: what stands on the page, as an SVG file of boxes and text that needs nothing from the page.
 * It copies what the browser has laid out; it knows nothing of what is shown. Controls are left out.
 */
import { escaped, inlined } from './svg.ts';

/** What a picture holds, from the top down. */
const PARTS = ['.pg-question', '.pg-say', '.pg-body'] as const;
const CONTROLS = 'button, select, input, textarea, fieldset, label, :has(> select, > fieldset)';
const MARGIN = 16;
const GAP = 12;

interface Drawing {
  readonly marks: string[];
  /** Textures by their address, in the order of their numbers. */
  readonly textures: Map<string, number>;
  /** Added to what the browser says, so that the picture begins at 0. */
  readonly dx: number;
  readonly dy: number;
}

/** The text of an SVG file that shows the playground as it stands in `section`. */
export function pictureOf(section: Element): string {
  const parts = PARTS.flatMap((selector) => section.querySelector<HTMLElement>(selector) ?? []);
  const textures = new Map<string, number>();
  const left = Math.min(...parts.map((part) => part.getBoundingClientRect().left));
  const width = Math.max(...parts.map((part) => part.getBoundingClientRect().right)) - left;
  let y = MARGIN;
  const marks = parts.flatMap((part) => {
    const { top, height } = part.getBoundingClientRect();
    const drawing: Drawing = { marks: [], textures, dx: MARGIN - left, dy: y - top };
    draw(part, drawing);
    y += height + GAP;
    return drawing.marks;
  });
  const [wide, high] = [Math.ceil(width) + 2 * MARGIN, Math.ceil(y - GAP) + MARGIN];
  const [title, desc] = parts.map((part) => escaped((part.textContent ?? '').trim()));
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}"><title>${title}</title><desc>${desc}</desc><defs>${[...textures].map(pattern).join('')}</defs><rect width="100%" height="100%" fill="${getComputedStyle(section).backgroundColor}"/>${marks.join('')}</svg>\n`;
}

function draw(element: Element, drawing: Drawing): void {
  const style = getComputedStyle(element);
  // Not drawn, in a fold that is closed, or there for screen readers alone.
  const isSeen = style.display === 'contents' || element.checkVisibility({ visibilityProperty: true });
  if (!isSeen || style.clipPath === 'inset(50%)' || element.matches(CONTROLS)) return;
  if (element instanceof SVGSVGElement) return void drawing.marks.push(drawn(element, drawing));
  if (element instanceof HTMLElement) box(element, style, drawing);
  const clips = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth;
  if (clips) drawing.marks.push(clipped(element, drawing));
  for (const child of element.childNodes) {
    if (child instanceof Element) draw(child, drawing);
    else if (child instanceof Text) write(child, style, drawing);
  }
  if (clips) drawing.marks.push('</g>');
}

const number = (value: number) => String(Math.round(value * 10) / 10);

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

function placeOf(element: Element, { dx, dy }: Drawing): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + dx, y: top + dy, w: width, h: height };
}

const attributes = ({ x, y, w, h }: Box) => `x="${number(x)}" y="${number(y)}" width="${number(w)}" height="${number(h)}"`;

function clipped(element: Element, drawing: Drawing): string {
  const id = `clip-${drawing.textures.size}-${drawing.marks.length}-${Math.round(drawing.dy)}`;
  return `<clipPath id="${id}"><rect ${attributes(placeOf(element, drawing))}/></clipPath><g clip-path="url(#${id})">`;
}

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const;
const DASHES: Readonly<Record<string, string>> = { dashed: ' stroke-dasharray="6 4"', dotted: ' stroke-dasharray="2 3"' };

/** Background, texture and borders. */
function box(element: HTMLElement, style: CSSStyleDeclaration, drawing: Drawing): void {
  const place = placeOf(element, drawing);
  const round = `rx="${number(Math.min(parseFloat(style.borderTopLeftRadius) || 0, place.h / 2))}"`;
  if (!seeThrough(style.backgroundColor)) drawing.marks.push(`<rect ${attributes(place)} ${round} fill="${style.backgroundColor}"/>`);
  const texture = element.classList.contains('layer') ? /url\("?(data:image\/svg\+xml,.*?)"?\)$/.exec(style.getPropertyValue('--texture').trim())?.[1] : undefined;
  if (texture) {
    const key = `${getComputedStyle(element, '::before').backgroundColor} ${texture}`;
    if (!drawing.textures.has(key)) drawing.textures.set(key, drawing.textures.size);
    drawing.marks.push(`<rect ${attributes(place)} ${round} fill="url(#texture-${drawing.textures.get(key)})" opacity="0.3"/>`);
  }
  drawing.marks.push(...bordersOf(style, place, round));
}

const seeThrough = (color: string) => color === 'transparent' || /^rgba\(.*, 0\)$|\/ 0\)$/.test(color);

function bordersOf(style: CSSStyleDeclaration, { x, y, w, h }: Box, round: string): readonly string[] {
  const sides = SIDES.map((side) => ({ wide: parseFloat(style[`border${side}Width`]), kind: style[`border${side}Style`], color: style[`border${side}Color`] })).map((side) => ({ ...side, wide: side.kind === 'none' || seeThrough(side.color) ? 0 : side.wide }));
  const stroke = ({ wide, kind, color }: (typeof sides)[number]) => `fill="none" stroke="${color}" stroke-width="${number(wide)}"${DASHES[kind] ?? ''}`;
  const [top] = sides as [(typeof sides)[number]];
  const same = sides.every((side) => side.wide === top.wide && side.kind === top.kind && side.color === top.color);
  if (same) return top.wide === 0 ? [] : [`<rect ${attributes({ x: x + top.wide / 2, y: y + top.wide / 2, w: w - top.wide, h: h - top.wide })} ${round} ${stroke(top)}/>`];
  const lines = [[x, y, x + w, y], [x + w, y, x + w, y + h], [x, y + h, x + w, y + h], [x, y, x, y + h]] as const;
  return sides.flatMap((side, i) => (side.wide === 0 ? [] : [`<path d="M${lines[i]?.map(number).join(' ')}" ${stroke(side)}/>`]));
}

/** A text as the lines into which the browser has broken it. */
function write(text: Text, style: CSSStyleDeclaration, { marks, dx, dy }: Drawing): void {
  const font = `font-family="${escaped(style.fontFamily)}" font-size="${number(parseFloat(style.fontSize))}" font-weight="${style.fontWeight}" font-style="${style.fontStyle}" fill="${style.color}"${style.textDecorationLine === 'none' ? '' : ` text-decoration="${style.textDecorationLine}"`}`;
  for (const { words, rect } of linesOf(text)) {
    // Of a line of text the browser gives the box; its letters stand about four fifths of the font's size below their top.
    const size = parseFloat(style.fontSize);
    const base = rect.top + (rect.height - size) / 2 + size * 0.82;
    marks.push(`<text x="${number(rect.left + dx)}" y="${number(base + dy)}" textLength="${number(rect.width)}" lengthAdjust="spacingAndGlyphs" ${font}>${escaped(words)}</text>`);
  }
}

function linesOf(text: Text): readonly { readonly words: string; readonly rect: DOMRect }[] {
  const range = document.createRange();
  const lines: { words: string; from: number; to: number; top: number }[] = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const { top, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.top - top) < 4) Object.assign(last, { words: last.words + word, to: index + word.trimEnd().length });
    else lines.push({ words: word, from: index, to: index + word.trimEnd().length, top });
  }
  return lines.map(({ words, from, to }) => {
    range.setStart(text, from);
    range.setEnd(text, to);
    return { words: words.trim().replace(/\s+/g, ' '), rect: range.getBoundingClientRect() };
  });
}

/** A drawing in the page, in its place. */
function drawn(svg: SVGSVGElement, drawing: Drawing): string {
  const { x, y, w, h } = placeOf(svg, drawing);
  return new XMLSerializer().serializeToString(inlined(svg, { x: number(x), y: number(y), width: number(w), height: number(h) }));
}

/** One texture of styles/layers.css as a pattern. */
function pattern([key, id]: readonly [string, number]): string {
  const [, line = 'black', address = ''] = /^(.*) (data:.*)$/s.exec(key) ?? [];
  const svg = new DOMParser().parseFromString(decodeURIComponent(address.slice(address.indexOf(',') + 1)), 'image/svg+xml').documentElement;
  const inner = [...svg.children].map((shape) => {
    for (const property of ['stroke', 'fill']) if (shape.getAttribute(property)?.startsWith('#')) shape.setAttribute(property, line);
    if (!shape.hasAttribute('stroke')) shape.setAttribute('fill', line);
    return new XMLSerializer().serializeToString(shape);
  });
  return `<pattern id="texture-${id}" patternUnits="userSpaceOnUse" width="${svg.getAttribute('width')}" height="${svg.getAttribute('height')}">${inner.join('')}</pattern>`;
}
