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
