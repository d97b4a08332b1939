/** Links inside the site: that the page, the anchor or the name they lead to is there. */
import { posix } from 'node:path';
import { nearest } from '../../facts/nearest.ts';
import type { Problem } from '../../facts/problem.ts';
import type { Page } from '../content.ts';
import type { ProseLink } from '../document.ts';
import { addressOf, linkedPage, pageNamed } from '../links.ts';
import { lessonPath, lessonUrl } from '../paths.ts';
import type { World } from '../world.ts';
import { problemAt, type Finding, type Rule } from './rule.ts';

/** Names that nothing answers to, addresses and anchors that are not there, and links from what is published to drafts. */
export const links: Rule = (page, world) => page.document.links.flatMap((link) => {
  const finding = (link.form === 'wiki' ? wikiFinding(link, world) : addressFinding(link, page, world)) ?? draftFinding(link, page, world);
  return finding ? [problemAt(page.document, link.at, finding)] : ([] as Problem[]);
});

/** What an author reads about a `[[name]]` that nothing answers to. */
export function unresolved(name: string, names: Iterable<string>): Finding {
  const near = nearest(name, names);
  return {
    found: `[[${name}]]`,
    expected: 'a glossary term or alias, or the title or slug of a lesson',
    todo: near ? `write [[${near}]], or [[${near}|${name}]] to keep the text` : 'add the term to content/glossary, or remove the brackets',
  };
}

function wikiFinding({ target }: ProseLink, { content }: World): Finding | undefined {
  return pageNamed(content, target) ? undefined : unresolved(target, content.names.keys());
}

function addressFinding({ target }: ProseLink, page: Page, world: World): Finding | undefined {
  if (target === '') return { found: 'a link without an address', expected: 'an address in the parentheses', todo: 'add the address' };
  const address = addressOf(target, page.url);
  if (!address) return undefined;
  const anchors = world.pages.get(address.path);
  if (!anchors) return world.exists(`public${address.path}`) ? undefined : deadPage(target, page, address.path, world);
  if (address.anchor === '' || anchors === 'any' || anchors.has(address.anchor)) return undefined;
  const near = nearest(address.anchor, anchors);
  return { found: `link to ${target}`, expected: `an anchor of ${address.path}`, todo: near ? `write #${near}` : 'link to one of its headings, or to the page' };
}

function deadPage(target: string, page: Page, path: string, world: World): Finding {
  const near = pageOfFile(target, page) ?? nearest(path, world.pages.keys());
  return { found: `link to ${target}`, expected: 'the address of a page of this site', todo: near && world.pages.has(near) ? `write ${near}` : 'correct the address or remove the link' };
}

/** The address of the lesson whose file an author linked to, as works in a file browser but not on the site. */
function pageOfFile(target: string, { document }: Page): string | undefined {
  const path = lessonPath(posix.join(posix.dirname(document.file), target.replace(/[?#].*$/, '')));
  return path && lessonUrl(path.slug);
}

function draftFinding(link: ProseLink, page: Page, { content }: World): Finding | undefined {
  const target = linkedPage(content, page, link);
  if (!target?.draft || page.draft) return undefined;
  return { found: `link to the draft ${target.document.file}`, expected: 'a lesson that is published', todo: 'publish it or remove the link' };
}
