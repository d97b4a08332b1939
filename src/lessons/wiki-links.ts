/**
 * A Sätteri plugin that makes links in prose work: `[[name]]` finds its page, and addresses inside the site get its base path.
 * It knows how links stand in the tree; what a name means is in links.ts.
 */
import { posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineMdastPlugin, type MdastNode } from 'satteri';
import { formatProblem } from '../facts/problem.ts';
import { content, contentRoot } from './content.ts';
import { isWikiLink, wikiName } from './document.ts';
import { pageNamed } from './links.ts';
import { unresolved } from './rules/links.ts';

export interface WikiLinkOptions {
  /** The site's base path, as in Astro's configuration: `/` or `/layerlab/`. */
  readonly base: string;
}

/**
 * For `satteri({ mdastPlugins: [wikiLinks({ base })], features: { wikilinks: true } })`. A name that nothing answers to is an
 * Error with `line` and `column`; its message says file, place, what was expected and what to do.
 */
export function wikiLinks({ base }: WikiLinkOptions) {
  const inSite = (path: string): string => posix.join('/', base, path);
  return defineMdastPlugin({
    name: 'wiki-links',
    options: { position: true },
    link(node, context) {
      if (isWikiLink(node, context.source)) context.setProperty(node, 'url', inSite(urlOf(node, context.fileURL)));
      else if (isInternal(node.url)) context.setProperty(node, 'url', inSite(node.url));
    },
    definition(node, context) {
      if (isInternal(node.url)) context.setProperty(node, 'url', inSite(node.url));
    },
  });
}

function isInternal(url: string): boolean {
  return url.startsWith('/') && !url.startsWith('//');
}

function urlOf(node: Readonly<Extract<MdastNode, { type: 'link' }>>, fileURL: URL | undefined): string {
  const { names } = content();
  const name = wikiName(node.url);
  const page = pageNamed(content(), name);
  if (page) return page.url;
  const { line = 1, column = 1 } = node.position?.start ?? {};
  const file = fileURL ? relative(contentRoot(), fileURLToPath(fileURL)).replaceAll('\\', '/') : 'unknown file';
  throw Object.assign(new Error(formatProblem({ file, line, column, ...unresolved(name, names.keys()) })), { line, column });
}
