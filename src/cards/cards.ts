/**
 * Writes the social card of every built page that names one in `og:image`. The page's own head says what goes on it; cards
 * are kept by content in .cache/cards, so that a build draws only what has changed (about 15 ms of CPU each).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtPages } from '../hosting/built-pages.ts';
import { cardPainter, type CardText } from './card.ts';

interface Card {
  /** Path below the site's root, for instance `cards/lessons/what-an-os-is.png`. */
  readonly path: string;
  readonly text: CardText;
}

/** What pages of these folders are. */
const KINDS: Readonly<Record<string, string>> = { lessons: 'Lesson', playgrounds: 'Playground' };

/** An Astro integration that draws the cards after the build. */
export function socialCards(): AstroIntegration {
  let base = '/';
  let cache = '';
  return {
    name: 'layerlab:cards',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
        cache = fileURLToPath(new URL('.cache/cards/', config.root));
      },
      'astro:build:done': async ({ dir, logger }) => {
        const site = fileURLToPath(dir);
        const cards = builtPages(site).flatMap((page) => cardOf(readFileSync(page, 'utf8'), base) ?? []);
        const drawn = await writeCards(cards, site, cache);
        logger.info(`${cards.length} social cards, ${drawn} of them drawn anew`);
      },
    },
  };
}

/** The card that a page's head asks for, or null. Throws when `og:image` points elsewhere than below `cards/`. */
export function cardOf(html: string, base: string): Card | null {
  const image = meta(html, 'og:image');
  if (image === null) return null;
  const path = decodeURI(new URL(image).pathname).slice(base.length);
  if (!path.startsWith('cards/') || path.includes('..')) throw new Error(`A page names ${image} as its og:image; social cards lie below ${base}cards/.`);
  const [, folder = '', name] = path.replace(/\.png$/, '').split('/');
  const title = meta(html, 'og:title') ?? '';
  const summary = meta(html, 'og:description') ?? '';
  const home = title === meta(html, 'og:site_name');
  return { path, text: { title: home ? summary : title, summary: home ? '' : summary, kind: name ? (KINDS[folder] ?? '') : '' } };
}

function meta(html: string, property: string): string | null {
  const content = new RegExp(`<meta property="${property}" content="([^"]*)"`).exec(html)?.[1];
  return content === undefined ? null : decodeEntities(content);
}

/** The entities that Astro writes into attributes. */
function decodeEntities(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&#38;', '&').replaceAll('&amp;', '&');
}

/** Writes each card into the site and leaves in the cache what this build used. Answers how many had to be drawn. */
async function writeCards(cards: readonly Card[], site: string, cache: string): Promise<number> {
  mkdirSync(cache, { recursive: true });
  const look = lookOf();
  const used = new Set<string>();
  let paint: Awaited<ReturnType<typeof cardPainter>> | undefined;
  let drawn = 0;
  for (const { path, text } of cards) {
    const name = `${createHash('sha256').update(JSON.stringify([look, text])).digest('hex')}.png`;
    used.add(name);
    const kept = join(cache, name);
    if (!existsSync(kept)) {
      paint ??= await cardPainter();
      writeFileSync(kept, await paint(text));
      drawn += 1;
    }
    const target = join(site, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(kept));
  }
  for (const file of readdirSync(cache)) if (!used.has(file)) rmSync(join(cache, file));
  return drawn;
}

/** Changes whenever the drawing code, the colors or the typeface do. */
function lookOf(): string {
  const files = ['./card.ts', './picture.ts', './text.ts', '../styles/tokens.css'];
  const font = fileURLToPath(import.meta.resolve('@fontsource/atkinson-hyperlegible-next/package.json'));
  const hash = createHash('sha256');
  for (const file of [...files.map((name) => fileURLToPath(new URL(name, import.meta.url))), font]) hash.update(readFileSync(file));
  return hash.digest('hex');
}
