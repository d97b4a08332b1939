/** One social card: a title, a summary and a kind above the shared picture. */
import sharp from 'sharp';
import { CARD, lightColors, markSvg, pictureSvg } from './picture.ts';
import { lineSvg, widthOf, wrap } from './text.ts';

export interface CardText {
  readonly title: string;
  readonly summary: string;
  /** What the page is: `Lesson`, `Playground`; empty for the site's own pages. */
  readonly kind: string;
}

const LEFT = 64;
const WIDTH = CARD.width - 2 * LEFT;
/** The longer the title, the smaller it is set. */
const TITLE_SIZES = [{ size: 72, most: 1 }, { size: 62, most: 2 }, { size: 50, most: 3 }] as const;
/** As tight as the headings on the pages, in em. */
const TITLE_TRACKING = -0.02;
const SUMMARY_SIZE = 29;

/** A function that draws cards as PNG. The picture, the same on each, is drawn once; the text lies above it, so pixels are only copied. */
export async function cardPainter(): Promise<(text: CardText) => Promise<Buffer>> {
  const ink = lightColors();
  const picture = await pixels(pictureSvg(ink));
  return async (text) => {
    const card = Buffer.from(picture.data);
    (await pixels(textSvg(text, ink))).data.copy(card);
    const { width, height, channels } = picture.info;
    return sharp(card, { raw: { width, height, channels } }).png({ compressionLevel: 6 }).toBuffer();
  };
}

function pixels(svg: string) {
  return sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
}

function textSvg({ title, summary, kind }: CardText, ink: Readonly<Record<string, string>>): string {
  const { size, lines } = titleLines(title);
  const leading = Math.round(size * 1.1);
  const first = 120 + size;
  const below = first + (lines.length - 1) * leading;
  const summaryLines = wrap(summary, SUMMARY_SIZE, 400, WIDTH - 80, lines.length > 2 ? 1 : 2);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.pictureTop}">`,
    `<rect width="${CARD.width}" height="${CARD.pictureTop}" fill="${ink['paper']}"/>`,
    markSvg(ink),
    lineSvg('Layerlab', 118, 85, 34, 700, ink['ink'] ?? ''),
    kind && lineSvg(kind, CARD.width - LEFT - widthOf(kind, 28, 400), 84, 28, 400, ink['muted'] ?? ''),
    ...lines.map((line, i) => lineSvg(line, LEFT - 3, first + i * leading, size, 700, ink['ink'] ?? '', TITLE_TRACKING)),
    ...summaryLines.map((line, i) => lineSvg(line, LEFT, below + 54 + i * 39, SUMMARY_SIZE, 400, ink['muted'] ?? '')),
    '</svg>',
  ].join('');
}

function titleLines(title: string): { readonly size: number; readonly lines: readonly string[] } {
  const set = ({ size, most }: { size: number; most: number }) => ({ size, lines: wrap(title, size, 700, WIDTH, most) });
  const fits = TITLE_SIZES.find(({ size, most }) => wrap(title, size, 700, WIDTH, most + 1).length <= most);
  return set(fits ?? TITLE_SIZES[2]);
}
