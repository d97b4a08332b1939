/** A built page as the sections that search finds: each heading with an address, its text, and the page that it is on. */

export interface Section {
  /** Address of the section, without the base path. */
  readonly url: string;
  readonly title: string;
  /** Title of the page. */
  readonly page: string;
  /** What stands between this heading and the next. Tags that a neighbor closes may be left open. */
  readonly html: string;
}

/** Controls, drawings and their equivalents without script: their words would drown those of the prose. */
const NOT_PROSE = /<(astro-island|noscript|script|style|svg)\b[\s\S]*?<\/\1>/g;

/** Headings of lists that the layout adds to every lesson. */
const ADDED = /^lesson-/;

const HEADING = /<h([1-3])\b([^>]*)>([\s\S]*?)<\/h\1>/g;

/**
 * The sections of a page from its `data-pagefind-body` to the end of `<main>`; none when it has no such mark. The first section
 * also holds the page's description. Throws when a marked page has no h1.
 */
export function sectionsOf(html: string, url: string): readonly Section[] {
  const start = /<[a-z]+\b[^>]*\sdata-pagefind-body\b[^>]*>/.exec(html);
  if (!start) return [];
  const content = html.slice(start.index, html.indexOf('</main>', start.index)).replaceAll(NOT_PROSE, ' ');
  const headings = [...content.matchAll(HEADING)].flatMap((match) => headingOf(match) ?? []);
  const first = headings.find(({ level }) => level === '1');
  if (!first) throw new Error(`${url} has no h1 within data-pagefind-body, so search cannot name it.`);
  const description = /<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return headings.flatMap(({ id, title, from }, i) => {
    const text = content.slice(from, headings[i + 1]?.at);
    if (ADDED.test(id) || (id !== '' && isBlank(text))) return [];
    const intro = id === '' ? `<p>${description}</p>` : '';
    return { url: id === '' ? url : `${url}#${id}`, title, page: first.title, html: intro + text };
  });
}

/** Nothing but tags: a heading that another follows at once. */
const isBlank = (html: string): boolean => html.replaceAll(/<[^>]*>?/g, '').trim() === '';

interface Heading {
  readonly level: string;
  /** Empty for the h1, which is the page itself. */
  readonly id: string;
  readonly title: string;
  /** Where the heading begins, and where the text after it does. */
  readonly at: number;
  readonly from: number;
}

/** Null for a heading without an id: it belongs to the section that it stands in. */
function headingOf(match: RegExpExecArray): Heading | null {
  const [whole, level = '', attributes = '', inner = ''] = match;
  const id = level === '1' ? '' : (/\sid="([^"]+)"/.exec(attributes)?.[1] ?? null);
  if (id === null) return null;
  return { level, id, title: inner.replaceAll(/<[^>]+>/g, '').trim(), at: match.index, from: match.index + whole.length };
}
