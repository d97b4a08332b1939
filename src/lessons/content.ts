/**
 * All prose of the project, read once a process: lessons in order, glossary entries, chapters, and the names they answer to.
 * It knows which files there are and who links to whom; it refuses to know playgrounds, facts and pages.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml, type YamlFile } from '../facts/yaml.ts';
import { readDocument, type Document } from './document.ts';
import { valuesOf } from './frontmatter.ts';
import { GLOSSARY_FOLDER, LESSONS_FOLDER, glossarySlug, glossaryUrl, inOrder, lessonPath, lessonUrl, type LessonPath } from './paths.ts';
import type { SourceText } from './source-text.ts';

/** A lesson or a glossary entry with its address. Addresses carry no base path. */
export interface Page {
  readonly document: Document;
  readonly slug: string;
  readonly url: string;
  readonly title: string;
  readonly draft: boolean;
}

export interface LessonPage extends Page, LessonPath {}

/** Two pages that answer to one name in `[[…]]`: the first keeps it. */
export interface Clash {
  readonly name: string;
  readonly page: Page;
  readonly other: Page;
}

export interface Content {
  /** In reading order. */
  readonly lessons: readonly LessonPage[];
  /** In alphabetical order of their terms. */
  readonly glossary: readonly Page[];
  /** chapter.yaml files by the folder that they stand in. */
  readonly chapters: ReadonlyMap<string, YamlFile>;
  /** Files of the two folders that are neither a lesson, nor an entry, nor a chapter's description. */
  readonly strays: readonly string[];
  /** What `[[name]]` may say, folded by `fold`: terms, aliases, titles and slugs. Glossary entries come before lessons. */
  readonly names: ReadonlyMap<string, Page>;
  readonly clashes: readonly Clash[];
}

/** Names are compared without regard to letter case and to spaces around them. */
export function fold(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Everything that the given files say about each other. */
export function contentOf(sources: readonly SourceText[]): Content {
  const lessons = inOrder(sources.flatMap(({ file, text }) => lessonPage(file, text) ?? []));
  const glossary = sources.flatMap(({ file, text }) => entryPage(file, text) ?? []).toSorted((a, b) => a.title.localeCompare(b.title, 'en'));
  const chapters = new Map(sources.flatMap(({ file, text }) => chapterFile(file, text) ?? []));
  const read = new Set([...lessons.map(({ file }) => file), ...glossary.map(({ document }) => document.file), ...[...chapters.values()].map(({ file }) => file)]);
  const strays = sources.map(({ file }) => file).filter((file) => !read.has(file));
  return { lessons, glossary, chapters, strays, ...namesOf(glossary, lessons) };
}

function lessonPage(file: string, text: string): LessonPage | undefined {
  const path = lessonPath(file);
  if (!path) return undefined;
  const document = readDocument({ file, text });
  const { title, draft } = valuesOf(document.frontmatter);
  return { ...path, document, url: lessonUrl(path.slug), title: asText(title) ?? path.slug, draft: draft === true };
}

function entryPage(file: string, text: string): Page | undefined {
  const slug = glossarySlug(file);
  if (!slug) return undefined;
  const document = readDocument({ file, text });
  return { document, slug, url: glossaryUrl(slug), title: asText(valuesOf(document.frontmatter)['term']) ?? slug, draft: false };
}

function chapterFile(file: string, text: string): readonly [string, YamlFile][] | undefined {
  const folder = /^content\/lessons\/([^/]+)\/chapter\.yaml$/.exec(file)?.[1];
  return folder === undefined ? undefined : [[folder, parseYaml(file, text)]];
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The names that a page answers to, each once. */
export function namesFor(page: Page): readonly string[] {
  const aliases: unknown = valuesOf(page.document.frontmatter)['aliases'];
  const listed = Array.isArray(aliases) ? aliases.flatMap((alias) => asText(alias) ?? []) : [];
  return [...new Set([page.title, ...listed, page.slug].map(fold))];
}

function namesOf(glossary: readonly Page[], lessons: readonly Page[]): Pick<Content, 'names' | 'clashes'> {
  const names = new Map<string, Page>();
  const clashes: Clash[] = [];
  for (const page of [...glossary, ...lessons]) {
    for (const name of namesFor(page)) {
      const other = names.get(name);
      if (!other) names.set(name, page);
      // A lesson may be called like a term: the term has the name, the lesson still has its slug or its address.
      else if (other.document.kind === page.document.kind) clashes.push({ name, page, other });
    }
  }
  return { names, clashes };
}

/** Reads every file of the two folders. Paths are relative to `root`, with forward slashes. */
export function readSources(root: string): readonly SourceText[] {
  return [LESSONS_FOLDER, GLOSSARY_FOLDER].flatMap((folder) =>
    filesIn(root, folder)
      .filter((file) => /\.(mdx?|ya?ml)$/.test(file))
      .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8').replace(/^\uFEFF/, '') })),
  );
}

/** Files below a folder of the project, sorted; none when the folder does not exist. */
export function filesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${folder}${`${entry.parentPath.slice(join(root, folder).length)}/${entry.name}`.replaceAll('\\', '/')}`)
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

interface Kept {
  root: string;
  content: Content | undefined;
}

// Astro loads this module twice, once for its configuration and once inside the pages. Both must see the same state, so that
// a thousand lessons are parsed once and an edit in dev reaches both.
const shared = globalThis as { [key: symbol]: Kept | undefined };
const KEY = Symbol.for('layerlab.content');

function kept(): Kept {
  return (shared[KEY] ??= { root: process.cwd(), content: undefined });
}

/** The project's content, read on first use. */
export function content(): Content {
  const memory = kept();
  return (memory.content ??= contentOf(readSources(memory.root)));
}

/** Forgets what was read: after an edit, or to look at the project in another folder. */
export function forgetContent(root: string = kept().root): void {
  shared[KEY] = { root, content: undefined };
}

/** The folder that `content` reads. */
export function contentRoot(): string {
  return kept().root;
}
