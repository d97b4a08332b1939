/** A drawing as it stands on a page: the figure and, after it, the same in words. It knows markup, not how pages are made. */
import { keyOf } from './cache.ts';
import type { Drawing } from './draw.ts';
import { ID_PREFIX } from './svg/emit.ts';

/** One element, split so that it can become a JSX element or plain HTML. */
export interface PageElement {
  readonly tag: string;
  readonly class: string;
  /** What stands in it. */
  readonly html: string;
}

/** The reading column (38rem) less the padding and border of the figure, in px: a wider picture may use the full width of the page. */
const COLUMN = 574;

/**
 * The figure scrolls sideways where the page is much narrower than the picture, so that its text stays legible; therefore it
 * can be focused and has a name. The style sheet needs the picture's own width to know how far it may shrink. `nth` counts equal diagrams on a page from 1, for ids that are stable and unique on it.
 */
export function pageElements(fence: string, { svg, width, words }: Drawing, nth: number): [PageElement, PageElement] {
  const prefix = `d${keyOf(fence).slice(0, 6)}${nth > 1 ? `-${nth}` : ''}-`;
  const scroll = `<div class="diagram-scroll" role="group" aria-label="Diagram; scrolls sideways where it is wider than the page" tabindex="0" style="--natural: ${width}px">`;
  return [
    { tag: 'figure', class: width > COLUMN ? 'diagram diagram-wide' : 'diagram', html: `${scroll}${svg.replaceAll(ID_PREFIX, prefix)}</div>` },
    { tag: 'details', class: 'diagram-text', html: words },
  ];
}

export function elementMarkup({ tag, class: className, html }: PageElement): string {
  return `<${tag} class="${className}">${html}</${tag}>`;
}
