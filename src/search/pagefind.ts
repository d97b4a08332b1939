/** Indexes the built site for search. It knows Pagefind; what is indexed the pages say themselves (`data-pagefind-body`). */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

/** Files of Pagefind's own interfaces, which this site does not use. */
const UNUSED = [
  'pagefind-component-ui.css',
  'pagefind-component-ui.js',
  'pagefind-highlight.js',
  'pagefind-modular-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-ui.css',
  'pagefind-ui.js',
  'pagefind-worker.js',
  'wasm.unknown.pagefind',
];

/** Controls and drawings: their words would drown those of the prose. */
const NOT_TEXT = ['astro-island', 'svg'];

/** An Astro integration that writes `pagefind/` into the built site. Fails the build when Pagefind reports an error or finds no page. */
export function pagefind(): AstroIntegration {
  return {
    name: 'layerlab:pagefind',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        try {
          const pages = await writeIndex(site);
          logger.info(`${pages} pages indexed for search`);
        } finally {
          await close();
        }
      },
    },
  };
}

async function writeIndex(site: string): Promise<number> {
  const output = join(site, 'pagefind');
  const { index, errors } = await createIndex({ forceLanguage: 'en', excludeSelectors: NOT_TEXT });
  if (!index) throw new Error(`Pagefind did not start: ${errors.join(' ')}`);
  const added = await index.addDirectory({ path: site });
  const written = await index.writeFiles({ outputPath: output });
  const problems = [...added.errors, ...written.errors];
  if (problems.length > 0) throw new Error(`Pagefind could not index the site: ${problems.join(' ')}`);
  if (added.page_count === 0) throw new Error('Pagefind found no page to index: does the layout still mark its content with data-pagefind-body?');
  await Promise.all(UNUSED.map((file) => rm(join(output, file), { force: true })));
  return added.page_count;
}
