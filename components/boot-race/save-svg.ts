/** A plot as a file of its own: colors and type that the page's styles give are written into it, and the clock above it. */
import { offerFile } from '../kit/download.ts';

const TAKEN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight'];
const LINE = 18;
const MARGIN = 12;

/** Offers `svg` as it looks now. `says` stands above it, broken into lines. */
export function saveSvg(svg: SVGSVGElement, says: string, name: string): void {
  offerFile(name, 'image/svg+xml', standalone(svg, says));
}

/** The text of an SVG file that needs nothing from the page. */
export function standalone(svg: SVGSVGElement, says: string): string {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll('*')]) as [Element[], Element[]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const property of TAKEN) to[i]?.setAttribute(property, style.getPropertyValue(property));
    to[i]?.removeAttribute('class');
  });
  // The file has a title and a description of its own.
  for (const attribute of ['role', 'aria-labelledby']) copy.removeAttribute(attribute);
  const style = getComputedStyle(svg);
  const lines = broken(says, Math.floor(width / 6.6));
  const above = MARGIN + lines.length * LINE;
  const paper = getComputedStyle(svg.closest('.pg') ?? svg).backgroundColor;
  for (const [attribute, value] of Object.entries({ x: MARGIN, y: above, width: Math.round(width), height: Math.round(height) })) copy.setAttribute(attribute, String(value));
  const said = lines.map((line, i) => `<text x="${MARGIN}" y="${MARGIN + LINE * (i + 0.7)}" font-family="${escaped(style.fontFamily)}" font-size="13" fill="${style.color}">${escaped(line)}</text>`).join('');
  const [title, desc] = ['title', 'desc'].map((tag) => {
    const element = copy.querySelector(tag);
    element?.remove();
    return `<${tag}>${escaped(element?.textContent ?? '')}</${tag}>`;
  });
  const [wide, high] = [Math.round(width) + 2 * MARGIN, Math.round(height) + above + MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}">${title}${desc}<rect width="100%" height="100%" fill="${paper}"/>${said}${new XMLSerializer().serializeToString(copy)}</svg>\n`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Words in lines of at most `most` characters. */
function broken(text: string, most: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
