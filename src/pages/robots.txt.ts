/** Tells crawlers where the sitemap is. Everything may be read; embeds ask not to be listed in their own head. */
import type { APIRoute } from 'astro';
import { withBase } from '../layouts/url.ts';

export const GET: APIRoute = ({ site }) => new Response(`User-agent: *\nAllow: /\n\nSitemap: ${new URL(withBase('/sitemap-index.xml'), site).href}\n`);
