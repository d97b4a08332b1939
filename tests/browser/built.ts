/** The built site as files: where it lies and which pages it has. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

export const DIST = resolve(import.meta.dirname, '../../dist');

/** Every page that the sitemap lists, as paths. */
export function sitemapPaths(): readonly string[] {
  const files = globSync('sitemap-[0-9]*.xml', { cwd: DIST });
  const addresses = files.flatMap((file) => [...readFileSync(join(DIST, file), 'utf8').matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] as string));
  return addresses.map((address) => new URL(address).pathname).sort();
}

/** Every HTML file of the built site, as the path at which it is served. */
export function builtPaths(): readonly string[] {
  const files = globSync('**/*.html', { cwd: DIST }).map((file) => `/${file.split(sep).join('/')}`);
  return files.map((file) => file.replace(/index\.html$/, '')).sort();
}

export function readBuilt(path: string): string {
  return readFileSync(join(DIST, path.endsWith('/') ? `${path}index.html` : path), 'utf8');
}
