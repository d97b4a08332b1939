/** A drawing in the page as one that needs nothing from the page: the colors and type that styles give it are written into it. */

const TAKEN = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-family', 'font-size', 'font-weight'];

/** A copy of `svg` as it looks now, with these attributes. */
export function inlined(svg: SVGSVGElement, attributes: Readonly<Record<string, string>>): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [svg, copy].map((root) => [root, ...root.querySelectorAll('*')]) as [Element[], Element[]];
  from.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const property of TAKEN) to[i]?.setAttribute(property, style.getPropertyValue(property));
    to[i]?.removeAttribute('class');
  });
  // What names a drawing in a page has no place in a file that has a title of its own.
  for (const name of ['role', 'aria-labelledby', 'aria-hidden']) copy.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, value);
  return copy;
}

/** Text as it may stand in the file, between tags and in attributes. */
export const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const LINE = 18;
const MARGIN = 24;
/** Width of a letter of the notes, on average, in a wide typeface: whoever opens the file may not have the page’s. */
const LETTER = 7.6;

/** The text of an SVG file that needs nothing from the page: the plot's title, sentences above it and below it. */
export function standalone(svg: SVGSVGElement, above: readonly string[], below: readonly string[]): string {
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const most = Math.floor(width / LETTER);
  const copy = inlined(svg, {});
  // What belongs to the page’s own controls, such as the line of a slider.
  for (const part of copy.querySelectorAll('[data-unsaved]')) part.remove();
  const [title = '', desc = ''] = ['title', 'desc'].map((tag) => {
    const element = copy.querySelector(tag);
    element?.remove();
    return escaped(element?.textContent ?? '');
  });
  const text = (line: string, y: number, weight: number) => `<text x="${MARGIN}" y="${Math.round(y)}" font-family="${escaped(style.fontFamily)}" font-size="${weight > 400 ? 15 : 13}" font-weight="${weight}" fill="${style.color}">${escaped(line)}</text>`;
  // The title is escaped once already, as it stands in its own tag.
  const head = [...broken(svg.querySelector('title')?.textContent ?? '', Math.floor(most * 0.82)).map((line) => [line, 650] as const), ...above.flatMap((line) => broken(line, most)).map((line) => [line, 400] as const)];
  const foot = below.flatMap((line) => broken(line, most));
  const top = MARGIN + head.length * LINE + 10;
  const bottom = top + Math.round(height) + 12;
  const [wide, high] = [Math.round(width) + 2 * MARGIN, bottom + foot.length * LINE + MARGIN];
  for (const [name, value] of Object.entries({ x: MARGIN, y: top, width: Math.round(width), height: Math.round(height), overflow: 'visible' })) copy.setAttribute(name, String(value));
  const said = [...head.map(([line, weight], i) => text(line, MARGIN + LINE * (i + 0.7), weight)), ...foot.map((line, i) => text(line, bottom + LINE * (i + 0.7), 400))].join('');
  const paper = getComputedStyle(svg.closest('.pg') ?? svg).backgroundColor;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}"><title>${title}</title><desc>${desc}</desc><rect width="100%" height="100%" fill="${paper}"/>${said}${new XMLSerializer().serializeToString(copy)}</svg>\n`;
}

/** Words in lines of at most `most` characters; a word that is longer is cut. */
function broken(text: string, most: number): readonly string[] {
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []);
  return words.reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
