/** The files of the built site: that links lead somewhere, cards exist, hosts' headers fit, and another base path works. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtPaths, DIST, readBuilt } from './built.ts';
import { headersFor, parseHeaders, serveSite } from './serve.ts';
import { connect } from './site.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MOVED = join(ROOT, '.cache', 'dist-moved');

/** Addresses in `href`, `src` and `srcset`-less media of a page, without what is not the site's own. */
function internalLinks(html: string): readonly string[] {
  const links = [...html.matchAll(/\s(?:href|src|component-url|renderer-url|data-search-module)="([^"]+)"/g)].map((match) => (match[1] as string).replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
  return links.filter((link) => !/^(?:[a-z]+:|\/\/)/i.test(link));
}

/** Links of a page that lead nowhere: no such file, or no such place on the page. */
function deadLinks(folder: string, base: string, path: string): readonly string[] {
  return internalLinks(readFileSync(join(folder, fileOf(path)), 'utf8')).flatMap((link) => {
    const target = new URL(link, `http://site${base}${path.slice(1)}`);
    if (!target.pathname.startsWith(base)) return [`${path} links to ${link}, outside of ${base}`];
    const file = join(folder, fileOf(decodeURI(`/${target.pathname.slice(base.length)}`)));
    if (!existsSync(file)) return [`${path} links to ${link}, which does not exist`];
    const place = decodeURIComponent(target.hash.slice(1));
    const found = place === '' || new RegExp(`\\s(?:id|name)="${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`).test(readFileSync(file, 'utf8'));
    return found ? [] : [`${path} links to ${link}, but that page has no place with this id`];
  });
}

/** The environment without what Vitest adds to it: a build would take BASE_URL and the mode from there. */
function outsideVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST.*|TEST|NODE_ENV|MODE|DEV|PROD|SSR|BASE_URL)$/.test(name)));
}

function fileOf(path: string): string {
  return path.endsWith('/') ? `${path}index.html` : path;
}

describe('links', () => {
  test('lead to a page and to a place on it', () => {
    expect(builtPaths().flatMap((path) => deadLinks(DIST, '/', path))).toEqual([]);
  });
});

describe('social cards', () => {
  const cards = builtPaths().flatMap((path) => /<meta property="og:image" content="([^"]+)"/.exec(readBuilt(path))?.[1] ?? []);

  test('exist for every page that names one, at the size that networks expect', async () => {
    expect(cards.length).toBeGreaterThan(5);
    for (const card of cards) {
      const { width, height, format } = await sharp(join(DIST, new URL(card).pathname)).metadata();
      expect({ card, width, height, format }).toEqual({ card, width: 1200, height: 630, format: 'png' });
    }
  });
});

describe('headers', () => {
  const rules = parseHeaders(readFileSync(join(DIST, '_headers'), 'utf8'));

  test.each(builtPaths())('say once who may frame %s', (path) => {
    const framing = path.startsWith('/embed/') ? 'frame-ancestors *' : "frame-ancestors 'self'";
    expect(headersFor(rules, path).get('Content-Security-Policy')).toBe(framing);
  });

  test('reach every page', () => {
    expect(headersFor(rules, '/lessons/x/').get('X-Content-Type-Options')).toBe('nosniff');
  });
});

describe('the site under /layerlab/', () => {
  beforeAll(() => {
    const env = { ...outsideVitest(), BASE_PATH: '/layerlab/', ASTRO_TELEMETRY_DISABLED: '1' };
    const { status, stdout, stderr } = spawnSync('npx astro build --outDir .cache/dist-moved', { cwd: ROOT, env, shell: true, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The build failed.\n${stdout}\n${stderr}`);
  }, 600_000);

  test('has no link that leaves the folder or leads nowhere', () => {
    const pages = globSync('**/*.html', { cwd: MOVED }).map((file) => `/${file.replaceAll('\\', '/').replace(/index\.html$/, '')}`);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.flatMap((path) => deadLinks(MOVED, '/layerlab/', path))).toEqual([]);
  });

  test('hydrates its playgrounds and finds something', async () => {
    const site = await serveSite(MOVED, '/layerlab/');
    const browser = await connect();
    const page = await browser.newPage();
    const failed: string[] = [];
    page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));
    await page.goto(site.address);
    await page.locator('.pg button:enabled').first().waitFor();
    await page.locator('[data-search-open]').click();
    await page.locator('.search-dialog input[type=search]').fill('kernel');
    await page.locator('.search-dialog ol a').first().waitFor();
    expect(new URL(await page.locator('.search-dialog ol a').first().evaluate((link: HTMLAnchorElement) => link.href)).pathname).toMatch(/^\/layerlab\//);
    expect(failed).toEqual([]);
    await browser.close();
    await site.close();
  });
});
