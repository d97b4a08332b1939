/**
 * One diagram, from its source to markup. It knows the order of the steps and what is checked between them; it refuses to
 * know files, pages and caches. Runs where a stage is: in the worker, or in a test.
 */
import { readFileSync } from 'node:fs';
import { AUTHOR_CLASSES } from './layers.ts';
import { DiagramMistake } from './mistake.ts';
import { readSource, type Source } from './source.ts';
import { openStage, type ParsedDiagram, type Stage } from './stage.ts';
import { classesIn } from './svg/classes.ts';
import { writePicture } from './svg/emit.ts';
import { loadFonts } from './svg/fonts.ts';
import { syntaxMistake } from './syntax.ts';
import { plainText } from './text.ts';
import { summaryOf, wordsMarkup, type ClassedPart, type Words } from './words/lists.ts';

/** A drawn diagram. Ids in `svg` begin with ID_PREFIX, which the page replaces. */
export interface Drawing {
  readonly title: string;
  readonly svg: string;
  /** Natural width in px. */
  readonly width: number;
  /** The inside of a `details` element. */
  readonly words: string;
  /** Characters that the site's font lacks: their width is a guess. */
  readonly missingGlyphs: readonly string[];
}

export interface Artist {
  /** Throws DiagramMistake. */
  draw(fence: string): Promise<Drawing>;
  /** Parses only. Throws DiagramMistake. */
  check(fence: string): Promise<void>;
}

interface Reading {
  readonly source: Source;
  readonly diagram: ParsedDiagram;
  readonly words: Words;
  readonly title: string;
  readonly description: string | null;
}

/** Sets up drawing in this thread: see stage.ts for what that does to its global object. */
export async function createArtist(fontFiles: readonly string[]): Promise<Artist> {
  const fonts = loadFonts(fontFiles);
  const stage = await openStage(fonts);
  const classes = new Set([...classesIn(readFileSync(new URL('./diagram.css', import.meta.url), 'utf8')), ...AUTHOR_CLASSES]);
  return {
    check: async (fence) => void (await read(stage, fence)),
    draw: async (fence) => {
      const { source, diagram, words, title, description } = await read(stage, fence);
      const { nodeLabels, crop } = source.kind;
      stage.measurer.centerNodeLabels = nodeLabels === 'middle';
      fonts.takeMissing();
      const options = { title, description: description ?? summaryOf(words.sections), nodeLabels, crop, classes, measurer: stage.measurer };
      const picture = await drawing(source, () => stage.draw(diagram, (svg) => writePicture(svg, options)));
      return { title, svg: picture.svg, width: picture.width, words: wordsMarkup(description, words.sections), missingGlyphs: fonts.takeMissing() };
    },
  };
}

async function read(stage: Stage, fence: string): Promise<Reading> {
  const source = readSource(fence);
  const diagram = await stage.parse(source.text).catch((error: unknown) => {
    throw syntaxMistake(error, source);
  });
  const titles = source.kind.knowsTitles ? titlesOf(diagram) : source;
  const title = titles.title;
  if (!title) throw untitled();
  const words = source.kind.wordsOf(diagram.db);
  checkClasses(words.classed, fence);
  return { source, diagram, words, title, description: titles.description };
}

function untitled(): DiagramMistake {
  const todo = 'add a line `accTitle: …` below the first line, and `accDescr: …` with what the picture shows';
  return new DiagramMistake(1, 'a diagram without a title', '`accTitle: …`, which screen readers announce', todo);
}

interface TitledDb {
  getAccTitle?(): string | undefined;
  getAccDescription?(): string | undefined;
}

function titlesOf({ db }: ParsedDiagram): { title: string | null; description: string | null } {
  const { getAccTitle, getAccDescription } = db as TitledDb;
  const clean = (text = ''): string | null => plainText(text).replace(/\s+/g, ' ').trim() || null;
  return { title: clean(getAccTitle?.()), description: clean(getAccDescription?.()) };
}

/** An unknown class would draw nothing, so a slip of the pen would go unseen. */
function checkClasses(parts: readonly ClassedPart[], fence: string): void {
  for (const { label, classes } of parts) {
    const unknown = classes.find((name) => name !== 'default' && !AUTHOR_CLASSES.includes(name));
    if (unknown === undefined) continue;
    const line = fence.split('\n').findIndex((text) => new RegExp(`(?:class\\b.*[\\s,]|:::\\s*)${unknown.replace(/[^\w-]/g, '\\$&')}\\b`).test(text));
    throw new DiagramMistake(line + 1 || 1, `the class \`${unknown}\` at "${label}"`, `one of ${AUTHOR_CLASSES.join(', ')}`, 'use one of these or none');
  }
}

/** A fault of Mermaid's while it draws is reported as the author's to avoid: nothing else helps at that moment. */
async function drawing<T>({ skipped }: Source, draw: () => Promise<T>): Promise<T> {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof DiagramMistake) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const found = `a diagram that Mermaid reads but cannot draw (${reason})`;
    throw new DiagramMistake(skipped + 1, found, 'one that it can draw', 'take out the newest part and try again');
  }
}
