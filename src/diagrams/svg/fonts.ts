/** How wide text is in the site's own font files, the ones that readers download. It knows nothing of SVG, lines or pages. */
import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';

export interface Fonts {
  /** Width of a line of text in the unit of `size`, kerning included. White space counts as written. */
  width(text: string, size: number, weight: number): number;
  /** Above and below the baseline, as shares of the font size. */
  readonly ascent: number;
  readonly descent: number;
  /** Height of a lower-case x, as a share of the font size. */
  readonly xHeight: number;
  /** The characters that no file has a glyph for and that were measured since the last call. */
  takeMissing(): string[];
}

/** A font file at one weight. */
interface Face {
  readonly font: fontkit.Font;
  /** Advance of one character or of two neighbors, in shares of the font size. */
  readonly advances: Map<string, number>;
}

// A character without a glyph is drawn in a font that the reader's system chooses: wide scripts fill the em, others about 0.6 of it.
const GUESS = { narrow: 0.6, wide: 1, firstWide: 0x2e80 } as const;

/**
 * Reads variable font files, in the order in which the page falls back from one to the next (the Latin subset first).
 * Throws what the file system or the font parser throws when a file cannot be read.
 */
export function loadFonts(files: readonly string[]): Fonts {
  const bytes = files.map((file) => readFileSync(file));
  const weights = new Map<number, readonly Face[]>();
  const missing = new Set<string>();
  const facesAt = (weight: number): readonly Face[] => {
    const faces = weights.get(weight) ?? bytes.map((file) => ({ font: instance(file, weight), advances: new Map() }));
    weights.set(weight, faces);
    return faces;
  };
  const width = (text: string, size: number, weight: number): number => size * lineWidth(text, facesAt(weight), missing);
  return { width, ...verticalMetrics(facesAt(400)), takeMissing: () => take(missing) };
}

/**
 * One weight of a variable font. `getVariation` of fontkit 2.0.4 cannot read WOFF2 (it parses the compressed directory as
 * TrueType), and decoding composite glyphs fails once a weight is set. So: decode first, at the default weight, then set it.
 */
function instance(bytes: Buffer, weight: number): fontkit.Font {
  const font = fontkit.create(bytes);
  if (!font.variationAxes['wght']) return font;
  Object.defineProperty(font, '_variationProcessor', { value: null, configurable: true });
  font.getGlyph(0);
  Reflect.deleteProperty(font, '_variationProcessor');
  font.variationCoords = [weight];
  return font;
}

function verticalMetrics(faces: readonly Face[]): Pick<Fonts, 'ascent' | 'descent' | 'xHeight'> {
  const font = faces[0]?.font;
  if (!font) throw new Error('No font file was given: name at least one, the one that the page uses.');
  const em = font.unitsPerEm;
  return { ascent: font.ascent / em, descent: -font.descent / em, xHeight: font.xHeight / em };
}

/** Sums single advances and the kerning of each pair: the same as shaping the whole line, as the site's font has no ligatures. */
function lineWidth(text: string, faces: readonly Face[], missing: Set<string>): number {
  let sum = 0;
  let [charBefore, faceBefore]: [string, Face | undefined] = ['', undefined];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const face = faces.find(({ font }) => font.hasGlyphForCodePoint(code));
    if (!face) {
      missing.add(char);
      sum += code >= GUESS.firstWide ? GUESS.wide : GUESS.narrow;
    } else {
      sum += face === faceBefore ? advance(face, charBefore + char) - advance(face, charBefore) : advance(face, char);
    }
    [charBefore, faceBefore] = [char, face];
  }
  return sum;
}

function advance({ font, advances }: Face, text: string): number {
  const known = advances.get(text);
  if (known !== undefined) return known;
  const width = font.layout(text).advanceWidth / font.unitsPerEm;
  advances.set(text, width);
  return width;
}

function take(set: Set<string>): string[] {
  const list = [...set];
  set.clear();
  return list;
}
