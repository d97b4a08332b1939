/** Where a link in prose leads. It knows names and addresses; it refuses to know whether a page has been built. */
import type { ProseLink } from './document.ts';
import { fold, type Content, type Page } from './content.ts';

/** An address inside the site, without the base path. `anchor` is empty when there is none. */
export interface Address {
  readonly path: string;
  readonly anchor: string;
}

/** The page that `[[name]]` means, or undefined. */
export function pageNamed(content: Content, name: string): Page | undefined {
  return content.names.get(fold(name));
}

/** The address that a link written on the page `from` leads to; undefined when it leaves the site or cannot be read. */
export function addressOf(href: string, from: string): Address | undefined {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(href)) return undefined;
  const site = 'https://site.invalid';
  if (!URL.canParse(href, site + from)) return undefined;
  const url = new URL(href, site + from);
  return { path: decode(url.pathname), anchor: decode(url.hash.slice(1)) };
}

/** An address without percent signs where they can be read. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The page of lessons or the glossary that a link leads to: what backlinks are made of. */
export function linkedPage(content: Content, from: Page, link: ProseLink): Page | undefined {
  if (link.form === 'wiki') return pageNamed(content, link.target);
  const address = addressOf(link.target, from.url);
  return address && pagesByUrl(content).get(address.path.startsWith('/lessons/') ? address.path : `${address.path}#${address.anchor}`);
}

const byUrl = new WeakMap<Content, ReadonlyMap<string, Page>>();

function pagesByUrl(content: Content): ReadonlyMap<string, Page> {
  const known = byUrl.get(content) ?? new Map([...content.lessons, ...content.glossary].map((page) => [page.url, page]));
  byUrl.set(content, known);
  return known;
}

/** A page that links to another. */
export interface Backlink {
  readonly title: string;
  readonly url: string;
}

/**
 * Who links to each lesson and glossary entry, by the address of what is linked to, without the base path. Lessons come
 * first, in reading order, then entries. A page counts once, and never for itself. Drafts count only when asked for.
 */
export function backlinksIn(content: Content, drafts: boolean): ReadonlyMap<string, readonly Backlink[]> {
  const links = new Map<string, Backlink[]>();
  for (const page of [...content.lessons, ...content.glossary]) {
    if (page.draft && !drafts) continue;
    for (const target of targetsOf(content, page)) {
      const list = links.get(target.url) ?? [];
      list.push({ title: page.title, url: page.url });
      links.set(target.url, list);
    }
  }
  return links;
}

function targetsOf(content: Content, page: Page): ReadonlySet<Page> {
  const targets = new Set(page.document.links.flatMap((link) => linkedPage(content, page, link) ?? []));
  targets.delete(page);
  return targets;
}
