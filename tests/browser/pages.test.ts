/** Every page of the built site, as each reader meets it: in both themes, on a phone, without JavaScript, under its policy. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { builtPaths, readBuilt, sitemapPaths } from './built.ts';
import { connect, inPool, open } from './site.ts';

const WIDTHS = [320, 768, 1440] as const;
const THEMES = ['light', 'dark'] as const;

interface Visit {
  readonly troubles: readonly string[];
  /** Accessibility violations by theme, with everything that folds open unfolded. */
  readonly violations: Readonly<Record<string, readonly string[]>>;
  /** Pixels by which the page is wider than the window, by window width. */
  readonly overflow: Readonly<Record<number, number>>;
  readonly withoutScript: { readonly heading: string; readonly text: number; readonly troubles: readonly string[] };
}

const paths = builtPaths();
const visits = new Map<string, Visit>();
let browser: Browser;

beforeAll(async () => {
  browser = await connect();
  await inPool(2, paths, async (path) => visits.set(path, await visit(path)));
}, 900_000);

afterAll(() => browser.close());

async function visit(path: string): Promise<Visit> {
  const { page, context, troubles } = await open(browser, path);
  try {
    const overflow: Record<number, number> = {};
    for (const width of WIDTHS) overflow[width] = await overflowAt(page, width);
    const violations: Record<string, readonly string[]> = {};
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const theme of THEMES) violations[theme] = await violationsIn(page, theme);
    return { troubles, violations, overflow, withoutScript: await visitWithoutScript(path) };
  } finally {
    await context.close();
  }
}

async function overflowAt(page: Page, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 800 });
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function violationsIn(page: Page, theme: (typeof THEMES)[number]): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`));
}

async function visitWithoutScript(path: string): Promise<Visit['withoutScript']> {
  const { page, context, troubles } = await open(browser, path, { javaScriptEnabled: false });
  try {
    const heading = await page.locator('main h1').first().textContent();
    const text = await page.locator('main').first().innerText();
    return { heading: heading?.trim() ?? '', text: text.replace(/\s+/g, ' ').length, troubles };
  } finally {
    await context.close();
  }
}

describe.each(paths)('%s', (path) => {
  const seen = () => {
    const found = visits.get(path);
    if (!found) throw new Error('The page was not visited.');
    return found;
  };

  test('loads without an error and without leaving its origin', () => {
    expect(seen().troubles).toEqual([]);
  });

  test.each(THEMES)('has no accessibility violation in the %s theme', (theme) => {
    expect(seen().violations[theme]).toEqual([]);
  });

  test.each(WIDTHS)('needs no horizontal scrolling at %i px', (width) => {
    expect(seen().overflow[width]).toBe(0);
  });

  test('can be read without JavaScript', () => {
    const { heading, text, troubles } = seen().withoutScript;
    expect(heading).not.toBe('');
    expect(text).toBeGreaterThan(60);
    expect(troubles).toEqual([]);
  });

  test('has a description, a canonical address and a policy', () => {
    const html = readBuilt(path);
    expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/);
    expect(html).toMatch(/<link rel="canonical" href="https:\/\/[^"]+"/);
    expect(html).toContain('<meta http-equiv="Content-Security-Policy" content="default-src \'self\'');
  });
});

describe('the sitemap', () => {
  test('lists every page but embeds and the page for missing addresses', () => {
    const meant = paths.filter((path) => path !== '/404.html' && !path.startsWith('/embed/'));
    expect(meant).not.toEqual([]);
    expect(sitemapPaths()).toEqual(meant);
  });
});

describe('a link to a figure', () => {
  test('lands on it, unfolded', async () => {
    const id = /id="(figure-[^"]+)"/.exec(readBuilt('/sources/'))?.[1];
    const { page, context } = await open(browser, '/about/');
    await page.goto(new URL(`sources/#${id}`, inject('site')).href);
    const figure = page.locator('dl > :target');
    expect(await figure.getAttribute('id')).toBe(id);
    expect(await figure.locator('dt').isVisible()).toBe(true);
    expect(await figure.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(800);
    await context.close();
  });
});

describe('an address that does not exist', () => {
  test('shows the page that helps on', async () => {
    const { page, context } = await open(browser, '/no/such/page/', { javaScriptEnabled: false });
    expect(await page.locator('main h1').textContent()).toContain('not here');
    await context.close();
  });
});
