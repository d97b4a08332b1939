import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig } from 'astro/config';
import { socialCards } from './src/cards/cards.ts';
import { mermaidDiagrams } from './src/diagrams/index.ts';
import { contentSecurityPolicy } from './src/hosting/csp.ts';
import { lessonHeadings } from './src/hosting/lesson-headings.ts';
import { smallScripts } from './src/hosting/small-scripts.ts';
import { authorCheck } from './src/lessons/integration.ts';
import { wikiLinks } from './src/lessons/wiki-links.ts';
import { pagefind } from './src/search/pagefind.ts';

// Where the site is served from: a host's root by default, or a folder of it (GitHub Pages: /layerlab/).
const base = process.env.BASE_PATH ?? '/';

export default defineConfig({
  site: process.env.SITE_URL ?? 'https://layerlab.github.io',
  base,
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  markdown: {
    processor: satteri({ mdastPlugins: [wikiLinks({ base }), mermaidDiagrams().plugin], features: { wikilinks: true } }),
    shikiConfig: { themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' }, defaultColor: 'light-dark()' },
  },
  integrations: [authorCheck(), preact(), mdx(), sitemap({ filter: (page) => !page.includes('/embed/') }), pagefind(), socialCards(), lessonHeadings(), contentSecurityPolicy()],
  vite: {
    ...smallScripts,
    build: {
      target: 'es2023',
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      // Astro's content modules carry a directive that rolldown reports for each lesson (withastro/astro issue 18087).
      rolldownOptions: { onLog: (level, log, handler) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && handler(level, log) },
    },
  },
});
