/**
 * What a reader downloads, in brotli: a lesson page before and after scrolling to its end, a page without a playground, and the
 * first search. Every byte is counted: the document, files, and (within the JavaScript) the scripts that stand in the document.
 */
import { constants, brotliCompressSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Response } from 'playwright-core';
import { chromium } from 'playwright-core';
import { launchChrome } from '../browser/chrome.ts';
import { DIST, builtPaths } from '../browser/built.ts';
import { serveSite } from '../browser/serve.ts';
import type { Measured } from './figures.ts';

const KINDS = ['document', 'script', 'stylesheet', 'font', 'image', 'other'] as const;
type Kind = (typeof KINDS)[number];

/** kB = 1,000 bytes. JavaScript is counted with inline scripts, styles with inline styles. */
const MOST = { script: 20, stylesheet: 12, font: 40, total: 100, requests: 6, search: 100 } as const;

interface Download {
  readonly address: string;
  readonly kind: Kind;
  readonly bytes: number;
}

/** Measures the built site in dist/. Throws when no lesson holds two playgrounds. */
export async function measurePages(): Promise<readonly Measured[]> {
  const site = await serveSite(DIST, '/');
  const { server } = await launchChrome();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const lesson = await heaviest(browser, site.address, pathsWith((html, path) => path.startsWith('/lessons/') && islandsIn(html) === 2));
    const plain = pathWith((html, path) => path !== '/404.html' && islandsIn(html) === 0);
    return [...(await lessonFigures(browser, site.address, lesson)), ...(await plainFigures(browser, site.address, plain)), ...(await searchFigures(browser, site.address, lesson))];
  } finally {
    await browser.close();
    await server.close();
    await site.close();
  }
}

async function lessonFigures(browser: Browser, address: string, path: string): Promise<readonly Measured[]> {
  const { context, downloads } = await load(browser, address, path);
  const group = `Heaviest lesson with two playgrounds (${path}), brotli`;
  const before = [...(await downloads())];
  await scrollToEnd(context);
  const after = await downloads();
  await context.close();
  return [
    { group, name: 'requests before scrolling', value: before.length, unit: '', atMost: MOST.requests },
    { group, name: 'all before scrolling', value: kilobytes(before), unit: 'kB' },
    { group, name: 'requests after scrolling to the end', value: after.length, unit: '' },
    ...byKind(group, path, after),
    { group, name: 'all after scrolling to the end', value: kilobytes(after), unit: 'kB', atMost: MOST.total },
  ];
}

function byKind(group: string, path: string, downloads: readonly Download[]): readonly Measured[] {
  const inline = { script: inlineBytes(path, 'script') / 1000, stylesheet: inlineBytes(path, 'style') / 1000 };
  return KINDS.flatMap((kind) => {
    const own = downloads.filter((download) => download.kind === kind);
    const value = kilobytes(own) + (kind === 'script' || kind === 'stylesheet' ? inline[kind] : 0);
    const most = kind === 'script' || kind === 'stylesheet' || kind === 'font' ? { atMost: MOST[kind] } : {};
    return value > 0 ? [{ group, name: `${kind}${kind in inline ? ', inline included' : ''}`, value, unit: 'kB', ...most }] : [];
  });
}

async function plainFigures(browser: Browser, address: string, path: string): Promise<readonly Measured[]> {
  const { context, downloads } = await load(browser, address, path);
  const files = (await downloads()).filter((download) => download.kind === 'script');
  await context.close();
  const group = `Page without a playground (${path}), brotli`;
  return [
    { group, name: 'script files', value: kilobytes(files), unit: 'kB', atMost: 0 },
    { group, name: 'inline script: theme and the way into search', value: inlineBytes(path, 'script') / 1000, unit: 'kB' },
  ];
}

async function searchFigures(browser: Browser, address: string, path: string): Promise<readonly Measured[]> {
  const { context, downloads } = await load(browser, address, path);
  const page = context.pages()[0];
  const before = (await downloads()).length;
  await page?.keyboard.press('Control+k');
  await page?.locator('.search-dialog input[type=search]').fill('kernel');
  await page?.locator('.search-dialog ol a').first().waitFor();
  await page?.waitForLoadState('networkidle');
  const search = (await downloads()).slice(before).filter(({ address: from }) => /\/(?:search|pagefind)\//.test(from));
  await context.close();
  const group = 'First search, brotli';
  return [
    { group, name: 'requests', value: search.length, unit: '' },
    { group, name: 'all files', value: kilobytes(search), unit: 'kB', atMost: MOST.search },
  ];
}

/** Opens a page in a fresh profile and collects what it downloads. */
async function load(browser: Browser, address: string, path: string): Promise<{ readonly context: BrowserContext; downloads(): Promise<readonly Download[]> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const pending: Promise<Download>[] = [];
  page.on('response', (response) => pending.push(downloadOf(response)));
  await page.goto(new URL(path, address).href, { waitUntil: 'networkidle' });
  return { context, downloads: () => Promise.all(pending) };
}

async function downloadOf(response: Response): Promise<Download> {
  const type = response.request().resourceType();
  const kind = KINDS.find((known) => known === type) ?? 'other';
  return { address: response.url(), kind, bytes: compressed(await response.body()) };
}

/** Bytes on the wire from a host that compresses in advance; files that are compressed already go as they are. */
function compressed(body: Buffer): number {
  return Math.min(body.length, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length);
}

function inlineBytes(path: string, tag: 'script' | 'style'): number {
  const blocks = [...htmlOf(path).matchAll(new RegExp(`<${tag}\\b(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map((match) => match[1]);
  const text = blocks.join('\n');
  return text === '' ? 0 : compressed(Buffer.from(text));
}

const kilobytes = (downloads: readonly Download[]) => downloads.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
const htmlOf = (path: string) => readFileSync(join(DIST, path.endsWith('/') ? `${path}index.html` : path), 'utf8');
const islandsIn = (html: string) => html.match(/<astro-island\b/g)?.length ?? 0;

function pathsWith(fits: (html: string, path: string) => boolean): readonly string[] {
  const found = builtPaths().filter((path) => fits(htmlOf(path), path));
  if (found.length === 0) throw new Error('dist/ holds no page of the kind that is measured. Run "npm run build" first.');
  return found;
}

const pathWith = (fits: (html: string, path: string) => boolean): string => pathsWith(fits)[0] as string;

/** The page that loads the most script once it has been scrolled to its end. */
async function heaviest(browser: Browser, address: string, paths: readonly string[]): Promise<string> {
  const weights = new Map<string, number>();
  for (const path of paths) {
    const { context, downloads } = await load(browser, address, path);
    await scrollToEnd(context);
    weights.set(path, kilobytes((await downloads()).filter(({ kind }) => kind === 'script')) + inlineBytes(path, 'script') / 1000);
    await context.close();
  }
  return paths.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0))[0] as string;
}

/** Lets every island come near the window, as a reader would. */
async function scrollToEnd(context: BrowserContext): Promise<void> {
  const page = context.pages()[0];
  await page?.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += 400) {
      window.scrollTo({ top, behavior: 'instant' });
      await new Promise((done) => setTimeout(done, 60));
    }
  });
  await page?.waitForLoadState('networkidle');
}
