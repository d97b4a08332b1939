/** The notices and licenses that must travel with the built site, as one text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIRoute } from 'astro';

/** What readers download that others wrote. */
const PACKAGES = ['@fontsource-variable/atkinson-hyperlegible-next/LICENSE', 'preact/LICENSE', 'pagefind/LICENSE/LICENSE', 'astro/LICENSE', '@xterm/xterm/LICENSE', '@xterm/addon-fit/LICENSE', 'v86/LICENSE'];

export const GET: APIRoute = () => {
  const read = (path: string) => readFileSync(join(process.cwd(), path), 'utf8').trim();
  const licenses = PACKAGES.map((path) => `${path.replace(/\/LICENSE.*/, '')}\n\n${read(`node_modules/${path}`)}`);
  return new Response(`${[read('NOTICE.md'), ...licenses].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
};
