/**
 * Mermaid fences become inline SVG at build time, themed, accessible and without script. This is the whole public side of
 * the room; how a diagram is drawn is told in draw.ts, what it looks like in diagram.css.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { MdastPluginEntry } from 'satteri';
import { DiagramMistake } from './mistake.ts';
import { diagramPlugin } from './plugin.ts';
import { openStudio, type Studio } from './studio.ts';

export { DiagramMistake } from './mistake.ts';

export interface DiagramOptions {
  /** Font files that the page uses, in the order in which it falls back from one to the next. By default the site's. */
  readonly fonts?: readonly string[];
  /** Where drawings are kept between builds; `null` keeps none. By default .cache/diagrams. */
  readonly cacheDir?: string | null;
  /** Is told of characters that the font lacks. By default `console.warn`. */
  readonly warn?: (message: string) => void;
}

export interface Diagrams {
  /** For `satteri({ mdastPlugins: [diagrams.plugin] })`. */
  readonly plugin: MdastPluginEntry;
  /** How many diagrams were drawn, and how many came from the cache. */
  readonly counts: Studio['counts'];
  /** Ends the drawing thread, which otherwise ends with the process. */
  close(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, '.cache', 'diagrams');

function siteFonts(): string[] {
  const { resolve } = createRequire(import.meta.url);
  const family = 'atkinson-hyperlegible-next';
  return ['latin', 'latin-ext'].map((subset) => resolve(`@fontsource-variable/${family}/files/${family}-${subset}-wght-normal.woff2`));
}

function studioOf({ fonts = siteFonts(), cacheDir = CACHE }: DiagramOptions): Studio {
  return openStudio({ fonts, cacheDir });
}

/**
 * Draws every ```mermaid fence of .md and .mdx. A mistake in a diagram throws an error with `loc`, and a message of the
 * form `file:line:1  found …; expected …; do: …`.
 */
export function mermaidDiagrams(options: DiagramOptions = {}): Diagrams {
  const studio = studioOf(options);
  return { plugin: diagramPlugin(studio, options.warn ?? console.warn), counts: studio.counts, close: () => studio.close() };
}

/** A mistake in a diagram; `line` counts from 1 at the line after the opening fence. */
export type DiagramProblem = Pick<DiagramMistake, 'line' | 'message' | 'found' | 'expected' | 'todo'>;

let checker: Studio | null = null;

/** The first mistake in the source of a diagram, or `null`. Parses only. Starts a thread that ends with the process. */
export async function checkDiagram(source: string): Promise<DiagramProblem | null> {
  checker ??= studioOf({});
  try {
    await checker.check(source);
    return null;
  } catch (error) {
    if (!(error instanceof DiagramMistake)) throw error;
    const { line, message, found, expected, todo } = error;
    return { line, message, found, expected, todo };
  }
}
