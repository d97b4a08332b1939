/** Every playground in a browser: by keyboard, through its link, after a damaged link, without motion, without script, embedded. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { connect, open, playgroundNames } from './site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connect();
});
afterAll(() => browser.close());

/** Controls that change the run: not the tools that take it along. */
const CONTROLS = '.pg-bar :is(button, input, select), .pg-stage :is(button, input, select), .pg-transport :is(button, input, select)';

const said = (page: Page) => page.locator('.pg-say').first().innerText();
const rows = (page: Page) => page.locator('.pg-table table').first().evaluate((table) => table.textContent ?? '');

async function onPage(path: string, options: BrowserContextOptions, work: (page: Page, troubles: readonly string[]) => Promise<void>): Promise<void> {
  const { page, context, troubles } = await open(browser, path, options);
  try {
    await work(page, troubles);
  } finally {
    await context.close();
  }
}

/** Operates the focused control as its kind wants it, and answers whether the description changed. */
async function press(page: Page): Promise<boolean> {
  const before = await said(page);
  const kind = await page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    return element.tagName === 'BUTTON' || element.type === 'checkbox' || element.type === 'radio' ? ' ' : 'ArrowRight';
  });
  await page.keyboard.press(kind);
  await settled(page);
  return (await said(page)) !== before;
}

/** The page has drawn what came of an act, whose rules may have had to be fetched first. */
async function settled(page: Page): Promise<void> {
  const drawn = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await drawn();
  await page.waitForFunction(() => document.querySelector('.pg-late[aria-busy=true]') === null);
  await drawn();
}

/** Presses Tab until a control of the playground has the focus. Answers false when the end of the page comes first. */
async function tabToControl(page: Page): Promise<boolean> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((controls) => document.activeElement?.matches(controls) ?? false, CONTROLS)) return true;
  }
  return false;
}

/** Operates the playground by mouse until its description has changed; every press must be possible. */
async function change(page: Page): Promise<void> {
  const before = await said(page);
  for (const control of await page.locator('.pg').first().locator(`:is(${CONTROLS}):enabled`).all()) {
    if ((await said(page)) !== before) return;
    await control.focus();
    await press(page);
  }
  expect(await said(page)).not.toBe(before);
}

/** A page of somebody else: another port is another origin. */
async function servePage(html: string): Promise<{ readonly address: string; close(): void }> {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

describe.each(playgroundNames)('%s', (name) => {
  const path = `/playgrounds/${name}/`;

  test('is reached and operated by keyboard alone, and keeps the focus', async () => {
    await onPage(path, {}, async (page, troubles) => {
      let changed = false;
      let reached = 0;
      while (!changed && reached < 12 && (await tabToControl(page))) {
        reached += 1;
        const before = await page.evaluate(() => (document.activeElement as HTMLElement).outerHTML.slice(0, 40));
        changed = await press(page);
        const inside = await page.evaluate(() => document.activeElement?.closest('.pg') !== null && document.activeElement !== document.body);
        expect({ control: before, focusInside: inside }).toEqual({ control: before, focusInside: true });
      }
      expect(reached).toBeGreaterThan(0);
      expect(changed).toBe(true);
      expect(troubles).toEqual([]);
    });
  });

  test('restores its state from the link that it copies', async () => {
    await onPage(path, {}, async (page) => {
      await change(page);
      await page.getByRole('button', { name: 'Copy link' }).first().click();
      await page.waitForFunction(() => location.search !== '');
      const link = new URL(page.url());
      expect(link.hash).toBe(`#${name}-1`);
      const [text, table] = [await said(page), await rows(page)];
      await onPage(link.pathname + link.search + link.hash, {}, async (fresh, troubles) => {
        expect(await said(fresh)).toBe(text);
        expect(await rows(fresh)).toBe(table);
        expect(await fresh.locator('.pg [role=alert]').count()).toBe(0);
        expect(troubles).toEqual([]);
      });
    });
  });

  test('is saved as a picture that needs nothing from the page', async () => {
    await onPage(path, {}, async (page) => {
      await page.locator('.pg-menu summary').first().click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG', exact: true }).click()]);
      expect(download.suggestedFilename()).toBe(`${name.toLowerCase()}-1.svg`);
      const svg = await text(await download.createReadStream());
      const drawn = await page.evaluate((source) => {
        const file = new DOMParser().parseFromString(source, 'image/svg+xml');
        return { fails: file.querySelector('parsererror')?.textContent ?? '', title: file.querySelector('title')?.textContent, texts: file.querySelectorAll('text').length, shapes: file.querySelectorAll('rect, path, line, circle').length, words: [...file.querySelectorAll('text')].map((line) => line.textContent).join(' ') };
      }, svg);
      expect(drawn.fails).toBe('');
      expect(drawn.title).toBe((await page.locator('.pg-question').first().innerText()).trim());
      expect(drawn.words).toContain((await said(page)).split(/\s+/).slice(0, 3).join(' '));
      expect([drawn.texts > 5, drawn.shapes > 5]).toEqual([true, true]);
      expect(svg.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|<script|foreignObject|class="/);
    });
  });

  test('shows its first state and says so when its link is damaged', async () => {
    let first = '';
    await onPage(path, {}, async (page) => {
      first = await said(page);
    });
    await onPage(`${path}?${name}-1=1~%00~x~__proto__#${name}-1`, {}, async (page, troubles) => {
      expect(await said(page)).toBe(first);
      expect(await page.locator('.pg [role=alert]').first().innerText()).toContain('damaged');
      expect(troubles).toEqual([]);
    });
  });

  test('moves nothing for readers who ask for less motion', async () => {
    await onPage(path, { reducedMotion: 'reduce' }, async (page) => {
      await change(page);
      const moving = await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 50).length);
      expect(moving).toBe(0);
    });
  });

  test('shows its first frame without JavaScript: description, table, controls that are disabled', async () => {
    await onPage(path, { javaScriptEnabled: false }, async (page) => {
      expect(await said(page)).toMatch(/\w+.*[.?]/);
      expect((await rows(page)).length).toBeGreaterThan(20);
      expect(await page.locator('.pg :is(button, input, select)').count()).toBeGreaterThan(2);
      expect(await page.locator('.pg :is(button, input, select):enabled').count()).toBe(0);
    });
  });

  test('offers its embed code, which takes up the state that a link holds', async () => {
    await onPage(path, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      const source = async () => /src="([^"]+)"/.exec(await page.locator('#embed-code').innerText())?.[1] ?? '';
      expect(new URL(await source()).search).toBe('');
      await page.getByRole('button', { name: 'Copy link' }).click();
      await page.waitForFunction((key) => new URLSearchParams(location.search).has(key), `${name}-1`);
      await page.locator('#embed-copy').click();
      const linked = new URL(page.url()).searchParams.get(`${name}-1`);
      const embedded = new URL(await source());
      expect(embedded.pathname).toMatch(new RegExp(`/embed/${name}/$`));
      expect(embedded.searchParams.get(`${name}-1`)).toBe(linked);
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await page.locator('#embed-code').textContent());
    });
  });

  test('tells its height to a page of another origin that embeds it', async () => {
    const source = new URL(`embed/${name}/`, inject('site')).href;
    const host = await servePage(`<!doctype html><script>addEventListener('message', (event) => { window.told = event.data; });</script><iframe src="${source}" style="width:800px;height:3000px" title="embedded"></iframe>`);
    const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
    try {
      const page = await context.newPage();
      await page.goto(host.address, { waitUntil: 'networkidle' });
      const told = await page.waitForFunction(() => (window as unknown as { told?: { layerlab: string; height: number } }).told);
      const { layerlab, height } = await told.jsonValue() ?? { layerlab: '', height: 0 };
      const content = await page.frames()[1]?.evaluate(() => document.body.getBoundingClientRect().height);
      expect(layerlab).toBe('height');
      expect(height).toBeGreaterThan(150);
      expect(Math.abs(height - (content ?? 0))).toBeLessThan(40);
    } finally {
      await context.close();
      await host.close();
    }
  });
});
