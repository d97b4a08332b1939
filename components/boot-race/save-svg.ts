/** A plot as a file of its own: colors and type that the page's styles give are written into it, and the clock above it. */
import { offerFile } from '../kit/download.ts';
import { escaped, inlined } from '../kit/svg.ts';

const LINE = 18;
const MARGIN = 12;

/** Offers `svg` as it looks now. `says` stands above it, broken into lines. */
export function saveSvg(svg: SVGSVGElement, says: string, name: string): void {
  offerFile(name, 'image/svg+xml', standalone(svg, says));
}

/** The text of an SVG file that needs nothing from the page. */
export function standalone(svg: SVGSVGElement, says: string): string {
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const lines = broken(says, Math.floor(width / 6.6));
  const above = MARGIN + lines.length * LINE;
  const paper = getComputedStyle(svg.closest('.pg') ?? svg).backgroundColor;
  const copy = inlined(svg, { x: String(MARGIN), y: String(above), width: String(Math.round(width)), height: String(Math.round(height)) });
  const said = lines.map((line, i) => `<text x="${MARGIN}" y="${MARGIN + LINE * (i + 0.7)}" font-family="${escaped(style.fontFamily)}" font-size="13" fill="${style.color}">${escaped(line)}</text>`).join('');
  const [title, desc] = ['title', 'desc'].map((tag) => {
    const element = copy.querySelector(tag);
    element?.remove();
    return `<${tag}>${escaped(element?.textContent ?? '')}</${tag}>`;
  });
  const [wide, high] = [Math.round(width) + 2 * MARGIN, Math.round(height) + above + MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}">${title}${desc}<rect width="100%" height="100%" fill="${paper}"/>${said}${new XMLSerializer().serializeToString(copy)}</svg>\n`;
}

/** Words in lines of at most `most` characters. */
function broken(text: string, most: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
