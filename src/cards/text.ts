/** Text as outlines from the site's own typeface, so that a card looks the same on every machine. It knows no layout but lines. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fontkit from 'fontkit';

export type Weight = 400 | 700;

interface Glyph {
  readonly id: number;
  readonly path: { toSVG(): string };
}

/** The part of fontkit's font that outlines need; the package has no types. */
interface Font {
  readonly unitsPerEm: number;
  layout(text: string): { readonly advanceWidth: number; readonly glyphs: readonly Glyph[]; readonly positions: readonly { readonly xAdvance: number }[] };
}

/** A word in font units. */
interface Word {
  readonly advance: number;
  readonly letters: number;
  /** Its outlines as SVG, starting at 0. */
  readonly svg: (tracking: number) => string;
}

const fonts = new Map<Weight, Font>();
const words = new Map<string, Word>();
const outlines = new Map<string, string>();

/** The static cut of the face: fontkit does not apply variations to a WOFF2 file. */
function font(weight: Weight): Font {
  const known = fonts.get(weight);
  if (known) return known;
  const file = import.meta.resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff2`);
  const opened = fontkit.create(readFileSync(fileURLToPath(file))) as unknown as Font;
  fonts.set(weight, opened);
  return opened;
}

/** Shaping is the dear part, and cards share their words. Letters are kerned within a word, not across a space. */
function wordOf(text: string, weight: Weight): Word {
  const key = `${weight}/${text}`;
  const known = words.get(key);
  if (known) return known;
  const { advanceWidth, glyphs, positions } = font(weight).layout(text);
  const svg = (tracking: number) => {
    let at = 0;
    return glyphs.map((glyph, i) => {
      const drawn = `<path transform="translate(${at} 0)" d="${outlineOf(weight, glyph)}"/>`;
      at += (positions[i]?.xAdvance ?? 0) + tracking;
      return drawn;
    }).join('');
  };
  const made = { advance: advanceWidth, letters: glyphs.length, svg };
  words.set(key, made);
  return made;
}

function outlineOf(weight: Weight, glyph: Glyph): string {
  const key = `${weight}/${glyph.id}`;
  const known = outlines.get(key);
  if (known !== undefined) return known;
  const made = glyph.path.toSVG();
  outlines.set(key, made);
  return made;
}

/** The width of a line in pixels, without tracking. */
export function widthOf(text: string, size: number, weight: Weight): number {
  const parts = text.split(' ');
  const units = parts.reduce((sum, part) => sum + wordOf(part, weight).advance, (parts.length - 1) * wordOf(' ', weight).advance);
  return (units * size) / font(weight).unitsPerEm;
}

/** A line as an SVG group whose baseline starts at x, y; `tracking` in em is added after each letter. */
export function lineSvg(text: string, x: number, y: number, size: number, weight: Weight, color: string, tracking = 0): string {
  const { unitsPerEm } = font(weight);
  const extra = tracking * unitsPerEm;
  let at = 0;
  const drawn = text.split(' ').map((part) => {
    const word = wordOf(part, weight);
    const group = `<g transform="translate(${at} 0)">${word.svg(extra)}</g>`;
    at += word.advance + word.letters * extra + wordOf(' ', weight).advance + extra;
    return group;
  });
  const scale = size / unitsPerEm;
  return `<g fill="${color}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${drawn.join('')}</g>`;
}

/** The text in lines no wider than `width`; what exceeds `most` lines is cut at a word, with an ellipsis. */
export function wrap(text: string, size: number, weight: Weight, width: number, most: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const last = (lines[most - 1] ?? '').split(' ');
  while (last.length > 1 && widthOf(`${last.join(' ')}…`, size, weight) > width) last.pop();
  return [...lines.slice(0, most - 1), `${last.join(' ').replace(/[.,;:]$/, '')}…`];
}
