/** Serves the search dialog as a module of its own at an address that pages can name without loading it. */
import type { APIRoute } from 'astro';
import { minify, transformWithOxc } from 'vite';
import source from '../../search/dialog.ts?raw';

export const GET: APIRoute = async () => {
  const { code } = await transformWithOxc(source, 'dialog.ts');
  const { code: small } = await minify('dialog.js', code);
  return new Response(small, { headers: { 'Content-Type': 'text/javascript; charset=utf-8' } });
};
