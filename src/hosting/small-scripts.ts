/**
 * Keeps the scripts of a page small: what the bundler and the framework would add, and no island here uses, stays out. It knows
 * their file names; where a later version uses others, what they bring by themselves stays and nothing breaks.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minify, transformWithOxc, type Plugin, type UserConfig } from 'vite';

const KIT = new URL('../../components/kit/', import.meta.url);

/** Vite wraps each dynamic import in a preloader of 2 kB. The few imports here load on a press, have no styles and need none. */
const plainImports: Plugin = {
  name: 'plain-imports',
  configEnvironment: (name) => (name === 'client' ? { build: { modulePreload: false } } : undefined),
  transform: (_, id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined),
};

/** JSX calls Preact's own `h`, which is in the page anyway; preact/jsx-runtime makes the same nodes in code of its own. */
const plainJsx: Plugin = {
  name: 'plain-jsx',
  enforce: 'pre',
  async transform(source, id) {
    if (!id.endsWith('.tsx')) return undefined;
    const { code, map } = await transformWithOxc(source, id, { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } });
    return { code: `import { h, Fragment } from 'preact'; ${code}`, map: map ?? null };
  },
};

/** Puts components/kit/island.ts where Astro's own script for islands would stand. */
const smallIslands: Plugin = {
  name: 'small-islands',
  async transform(_, id) {
    if (!id.endsWith('/astro-island.prebuilt.js')) return undefined;
    const { code } = await transformWithOxc(readFileSync(new URL('island.ts', KIT), 'utf8'), 'island.ts');
    const small = await minify('island.js', code, { module: true });
    return `export default ${JSON.stringify(`{${small.code}}`)};`;
  },
};

/** What islands share travels in one file: fewer requests, and it compresses better together. */
const SHARED = /node_modules\/(preact|@astrojs\/preact)\/|components\/kit\/(?!download|link|codec|picture|situation-link|svg|Late)|src\/sim\/(?!random)\w+\.ts$/;

/** For Astro's `vite` option. */
export const smallScripts: UserConfig = {
  plugins: [plainImports, plainJsx, smallIslands],
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'kit', test: SHARED }] } } } } } },
  resolve: { alias: { '@astrojs/preact/client.js': fileURLToPath(new URL('hydrate.ts', KIT)) } },
};
