/** Indexes the built site for search. It knows Pagefind; which pages are found they say themselves (`data-pagefind-body`). */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { minify } from 'vite';
import { builtPages } from '../hosting/built-pages.ts';
import { sectionsOf, type Section } from './sections.ts';
import { smallChunks, type IndexFile } from './small-chunks.ts';

/** What the dialog loads. Pagefind also writes interfaces, a worker and a reader for other languages. */
const USED = /^(?:pagefind\.js|pagefind-entry\.json|wasm\.en\.pagefind|[^/]+\.pf_meta|(?:index|fragment)\/.+)$/;

/**
 * Weights of a title and of the text below it, by the beginning of the address. Pagefind's own are 7 and 1. The lists of error
 * messages and of sources name every subject in their titles, so they would stand above the lessons on it; who seeks a message
 * wants its entry before a thread that is cited somewhere.
 */
const WEIGHTS: readonly (readonly [address: string, weights: { readonly title: number; readonly text: number }])[] = [
  ['/errors/', { title: 4, text: 0.4 }],
  ['/sources/', { title: 1, text: 0.2 }],
  ['/', { title: 7, text: 1 }],
];

/** Words for the same thing. A section is also found by those that belong to its title, though they stand nowhere in it. */
const ALSO: readonly (readonly [inTitle: RegExp, words: string])[] = [
  [/\bvirtual machines?\b/i, 'VM VMs'],
  [/\bVMs?\b/, 'virtual machine'],
  [/\blight\b/i, 'small lightweight'],
];

/** Pagefind ends a sentence where a paragraph, an item or a cell ends, but runs these into what follows. */
const UNENDED = /([^\s.?!:])(<\/(?:dt|dd|summary|legend|label)>)/g;

/** An Astro integration that writes `pagefind/` into the built site. Fails the build when Pagefind reports an error or no page is marked. */
export function pagefind(): AstroIntegration {
  return {
    name: 'layerlab:pagefind',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        try {
          logger.info(`${await writeIndex(fileURLToPath(dir))} sections indexed for search`);
        } finally {
          await close();
        }
      },
    },
  };
}

/** How many sections the index holds. */
async function writeIndex(site: string): Promise<number> {
  const pages = await Promise.all(builtPages(site).map(async (file) => sectionsOf(await readFile(file, 'utf8'), addressOf(site, file))));
  const sections = pages.flat();
  if (sections.length === 0) throw new Error('No page marks its content with data-pagefind-body, so search would find nothing.');
  const { index, errors } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error(`Pagefind did not start: ${errors.join(' ')}`);
  await addSections(index, sections);
  const { files, errors: problems } = await index.getFiles();
  refuse(problems);
  const used = files.map(({ path, content }) => ({ path: path.split(sep).join('/'), content })).filter(({ path }) => USED.test(path));
  await Promise.all(smallChunks(used).map((file) => writeInto(join(site, 'pagefind'), file)));
  return sections.length;
}

async function addSections(index: PagefindIndex, sections: readonly Section[]): Promise<void> {
  for (const { errors } of await Promise.all(sections.map((section) => index.addHTMLFile({ url: section.url, content: documentOf(section) })))) refuse(errors);
}

/** A section as a page of its own. Titles come from HTML and go back into it as they are. */
function documentOf({ url, title, page, html }: Section): string {
  const weight = (WEIGHTS.find(([address]) => url.startsWith(address)) as (typeof WEIGHTS)[number])[1];
  return [
    '<html lang="en"><body><main data-pagefind-body>',
    `<p data-pagefind-meta="page" data-pagefind-ignore>${page}</p>`,
    `<p data-pagefind-meta="also" data-pagefind-ignore>${ALSO.filter(([inTitle]) => inTitle.test(title)).map(([, words]) => words).join(' ')}</p>`,
    `<h1 data-pagefind-weight="${weight.title}">${title}</h1>`,
    `<div data-pagefind-weight="${weight.text}">${html.replaceAll(UNENDED, '$1. $2')}</div>`,
    '</main></body></html>',
  ].join('');
}

async function writeInto(folder: string, { path, content }: IndexFile): Promise<void> {
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  const small = path === 'pagefind.js' ? (await minify(path, Buffer.from(content).toString('utf8'), { module: true })).code : content;
  await writeFile(target, small);
}

function addressOf(site: string, file: string): string {
  return `/${relative(site, file).split(sep).join('/').replace(/index\.html$/, '')}`;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`Pagefind could not index the site: ${problems.join(' ')}`);
}
