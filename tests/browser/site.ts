/** Opens pages of the built site under watch, in the browser that the setup started. */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { catalog } from '../../components/catalog.ts';

export const playgroundNames: readonly string[] = Object.keys(catalog);

/** The browser that the setup started. Close it after use: that ends the connection, not the browser. */
export function connect(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}

/** A page and everything that went wrong on it. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the console, uncaught exceptions, failed requests and requests that leave the site's origin. */
  readonly troubles: string[];
}

/** Opens a page of the site in a context of its own and waits until it is idle. Close `context` afterwards. */
export async function open(browser: Browser, path: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  const origin = new URL(inject('site')).origin;
  page.on('console', (message) => message.type() === 'error' && troubles.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('request', (request) => !isOwn(request.url(), origin) && troubles.push(`leaves the origin: ${request.url()}`));
  page.on('response', (response) => response.status() >= 400 && troubles.push(`${response.status()}: ${response.url()}`));
  await page.goto(new URL(path, inject('site')).href, { waitUntil: 'load' });
  if (options.javaScriptEnabled !== false) await settle(page);
  return { page, context, troubles };
}

function isOwn(address: string, origin: string): boolean {
  return address.startsWith(`${origin}/`) || /^(?:data|blob|about):/.test(address);
}

/** Scrolls to the end and back, so that islands further down hydrate too, and waits until nothing more is loaded. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let top = 0; top < document.documentElement.scrollHeight; top += window.innerHeight / 2) {
      window.scrollTo({ top, behavior: 'instant' });
      await frame();
      await frame();
    }
    window.scrollTo({ top: 0, behavior: 'instant' });
  });
  await page.waitForLoadState('networkidle');
  // An island carries `ssr` until its script has taken over.
  await page.waitForFunction(() => document.querySelector('astro-island[ssr]') === null, undefined, { timeout: 15_000 });
}

/** Runs `work` over the items, at most `width` at a time; results in the items' order. */
export async function inPool<Item, Result>(width: number, items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as Item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
