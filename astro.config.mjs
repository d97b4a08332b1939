import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'astro/config';
import { socialCards } from './src/cards/cards.ts';
import { mermaidDiagrams } from './src/diagrams/index.ts';
import { contentSecurityPolicy } from './src/hosting/csp.ts';
import { authorCheck } from './src/lessons/integration.ts';
import { wikiLinks } from './src/lessons/wiki-links.ts';
import { pagefind } from './src/search/pagefind.ts';

// Where the site is served from: a host's root by default, or a folder of it (GitHub Pages: /layerlab/).
const base = process.env.BASE_PATH ?? '/';

const SHARED = /node_modules\/(preact|@astrojs\/preact)\/|components\/kit\/(?!download|link|codec)|src\/sim\/\w+\.ts$/;

/** Vite wraps each dynamic import in a preloader of 2 kB. The few imports here load on a press, have no styles and need none. */
const plainImports = {
  name: 'plain-imports',
  transform: (_, id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
};

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://layerlab.github.io',
  base,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  markdown: {
    processor: satteri({ mdastPlugins: [wikiLinks({ base }), mermaidDiagrams().plugin], features: { wikilinks: true } }),
    shikiConfig: { themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' }, defaultColor: 'light-dark()' },
  },
  integrations: [authorCheck(), preact(), mdx(), sitemap({ filter: (page) => !page.includes('/embed/') }), pagefind(), socialCards(), contentSecurityPolicy()],
  vite: {
    plugins: [plainImports],
    // What islands share travels in one file: fewer requests, and it compresses better together.
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', test: SHARED }] } } } } } },
    resolve: { alias: { '@astrojs/preact/client.js': fileURLToPath(new URL('./components/kit/hydrate.ts', import.meta.url)) } },
    build: {
      target: 'es2023',
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      // Astro's content modules carry a directive that rolldown reports for each lesson (withastro/astro issue 18087).
      rolldownOptions: { onLog: (level, log, handler) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handler(level, log) },
    },
  },
});
