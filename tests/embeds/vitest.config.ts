/** The embeds are .astro files: their tests compile them as the site's build does. */
import { getViteConfig } from 'astro/config';
import type { ViteUserConfig } from 'vitest/config';

const tests: ViteUserConfig = { test: { name: 'embeds', include: ['tests/embeds/**/*.test.ts'], testTimeout: 20_000 } };

export default getViteConfig(tests, { logLevel: 'error' });
