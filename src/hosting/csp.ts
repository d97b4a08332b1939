/**
 * A Content-Security-Policy in every built page, since GitHub Pages sets no headers. It allows what the site is made of: its
 * own files and exactly the inline scripts of that page. Astro's own `security.csp` was tried: it leaves `is:inline` scripts
 * out and lists the hashes of all of the site's files in each page.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtPages } from './built-pages.ts';

/** Everything but scripts. Drawings and playgrounds set positions in style attributes, hence 'unsafe-inline' for styles. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
  // Without a network LinuxLab starts its machines from a copy of their script, and the emulator its timer, each from a blob of the page's own.
  "worker-src 'self' blob:",
];

/** Types of `<script>` that hold data, which no policy concerns. */
const DATA = /\btype=["']?(?:application\/(?:ld\+)?json|speculationrules|text\/plain)/i;

/** An Astro integration that adds the policy to each page after the build. Fails the build on a page without `<meta charset>`. */
export function contentSecurityPolicy(): AstroIntegration {
  return {
    name: 'layerlab:csp',
    hooks: {
      'astro:build:done': ({ dir }) => {
        for (const page of builtPages(fileURLToPath(dir))) writeFileSync(page, withPolicy(readFileSync(page, 'utf8'), page));
      },
    },
  };
}

/** The page with its policy right after the charset, so that it stands before every script. `page` names it in errors. */
export function withPolicy(html: string, page: string): string {
  const charset = /<meta charset="?utf-8"?\s*\/?>/i.exec(html);
  if (!charset) throw new Error(`${page} has no <meta charset="utf-8">, after which the Content-Security-Policy goes.`);
  const end = charset.index + charset[0].length;
  if (/<script\b/i.test(html.slice(0, end))) throw new Error(`${page} has a script before <meta charset="utf-8">: no policy would cover it.`);
  return `${html.slice(0, end)}<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}">${html.slice(end)}`;
}

/** `wasm-unsafe-eval` lets Pagefind compile its index reader; it allows no JavaScript to be made from text. */
function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/gi)].filter(([, attributes = '']) => !/\bsrc=/i.test(attributes) && !DATA.test(attributes));
  const hashes = new Set(inline.map(([, , code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`));
  return [...POLICY, ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(' ')].join('; ');
}
