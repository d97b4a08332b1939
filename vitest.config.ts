/** Four groups of tests: `unit` needs nothing but Node, `embeds` compiles .astro files, `linux` boots machines, `browser` needs the built site and a Chromium. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Unit tests import .ts and .tsx only, so Vite needs no Astro; islands compile as Preact.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      'tests/embeds/vitest.config.ts',
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/browser/**', 'tests/embeds/**', 'tests/linux/**'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: { name: 'linux', include: ['tests/linux/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/browser/setup.ts',
          // A browser on a busy machine may need more than the usual second until the page shows what is waited for.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
