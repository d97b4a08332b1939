/** Search, by keyboard only: it opens, finds, closes, gives focus back, and loads nothing before it is asked to. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { connect, open } from './site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connect();
});
afterAll(() => browser.close());

/** What may be loaded only once search has been opened. */
const SEARCH_FILES = /\/(?:search|pagefind)\//;

async function onHome(work: (page: Page, requests: readonly string[], troubles: readonly string[]) => Promise<void>): Promise<void> {
  const { page, context, troubles } = await open(browser, '/');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  try {
    await work(page, requests, troubles);
  } finally {
    await context.close();
  }
}

const field = (page: Page) => page.locator('.search-dialog input[type=search]');
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

describe('search', () => {
  test('loads nothing before it is opened', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(inject('site'), { waitUntil: 'networkidle' });
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter((address) => SEARCH_FILES.test(address))).toEqual([]);
    await context.close();
  });

  test('opens with Ctrl-K, finds a word, closes with Escape and gives focus back', async () => {
    await onHome(async (page, requests, troubles) => {
      await page.keyboard.press('Tab');
      const before = await focusedText(page);
      expect(before).not.toBe('');
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      await page.keyboard.type('kernel');
      await page.locator('.search-dialog ol a').first().waitFor();
      expect(await page.locator('.search-dialog [role=status]').textContent()).toMatch(/found/);
      expect(await page.locator('.search-dialog mark').first().textContent()).toMatch(/kernel/i);
      expect(requests.some((address) => SEARCH_FILES.test(address))).toBe(true);
      await page.keyboard.press('Escape');
      await field(page).waitFor({ state: 'hidden' });
      expect(await focusedText(page)).toBe(before);
      expect(troubles).toEqual([]);
    });
  });

  test('answers a question: its small words do not count, and the claim that it asks about stands first', async () => {
    await onHome(async (page) => {
      await page.keyboard.press('Control+k');
      await field(page).fill('Is a container a small VM?');
      await page.locator('.search-dialog ol a').first().waitFor();
      expect(await page.locator('.search-dialog ol ul a').first().textContent()).toBe('“Containers are light virtual machines.”');
      const marked = await page.locator('.search-dialog mark').allTextContents();
      expect(marked.filter((text) => /^(?:a|an|and|is)$/i.test(text.trim()))).toEqual([]);
    });
  });

  test('walks through the results with the arrow keys and follows one with Enter', async () => {
    await onHome(async (page) => {
      await page.keyboard.press('/');
      await field(page).waitFor();
      await page.keyboard.type('kernel');
      await page.locator('.search-dialog ol a').first().waitFor();
      await page.keyboard.press('ArrowDown');
      const target = await page.evaluate(() => (document.activeElement as HTMLAnchorElement).href);
      expect(target).toMatch(/^http/);
      await page.keyboard.press('Enter');
      await page.waitForURL(target);
    });
  });

  test('says when nothing is found', async () => {
    await onHome(async (page) => {
      await page.keyboard.press('Control+k');
      await field(page).fill('zzqxv');
      await page.locator('.search-dialog [role=status]', { hasText: 'Nothing found' }).waitFor();
    });
  });

  test('leaves / alone in fields, and altogether once the reader has switched it off', async () => {
    await onHome(async (page) => {
      await page.keyboard.press('/');
      await field(page).waitFor();
      await page.keyboard.press('/');
      expect(await field(page).inputValue()).toBe('/');
      await page.locator('.search-dialog input[type=checkbox]').uncheck();
      await page.keyboard.press('Escape');
      await page.reload({ waitUntil: 'networkidle' });
      await page.keyboard.press('/');
      await page.waitForTimeout(300);
      expect(await page.locator('.search-dialog').count()).toBe(0);
      await page.keyboard.press('Control+k');
      await field(page).waitFor();
      expect(await page.locator('.search-dialog input[type=checkbox]').isChecked()).toBe(false);
    });
  });

  test('shows markup in an excerpt as text', async () => {
    await onHome(async (page) => {
      await page.keyboard.press('Control+k');
      await field(page).fill('kernel');
      await page.locator('.search-dialog ol a').first().waitFor();
      const kinds = await page.locator('.search-dialog ol p *').evaluateAll((nodes) => [...new Set(nodes.map((node) => node.nodeName))]);
      expect(kinds).toEqual(['MARK']);
    });
  });

  test('is not offered without JavaScript', async () => {
    const { page, context } = await open(browser, '/', { javaScriptEnabled: false });
    expect(await page.locator('[data-search-open]').isVisible()).toBe(false);
    await context.close();
  });
});
