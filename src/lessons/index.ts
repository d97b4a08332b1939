/** Lessons as the pages see them: in order, with their neighbors, their sources and what links to them. No page reads content/ itself. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { catalog } from '../../components/catalog.ts';
import { facts } from '../facts/index.ts';
import { citationsIn, sourcesBehind } from './citations.ts';
import { content, type Content } from './content.ts';
import { valuesOf } from './frontmatter.ts';
import { backlinksIn, type Backlink } from './links.ts';
import { inOrder, lessonPath, lessonUrl, neighborsIn, type LessonPath, type Neighbors } from './paths.ts';

export type { Backlink, Neighbors };

/** A chapter without its lessons. */
export interface ChapterHeading {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
}

export interface Chapter extends ChapterHeading {
  readonly lessons: readonly Lesson[];
}

export interface Lesson {
  readonly slug: string;
  /** `/lessons/<slug>/`, without the base path. */
  readonly path: string;
  /** The lesson's file, relative to the project's root. */
  readonly file: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly misconceptions: readonly string[];
  /** Midnight UTC of the day. */
  readonly updated: Date;
  readonly draft: boolean;
  readonly chapter: ChapterHeading;
  readonly entry: CollectionEntry<'lessons'>;
}

// A build asks on every page and nothing changes meanwhile; in dev each answer is fresh.
function keptInBuild<T>(load: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (import.meta.env.PROD ? (kept ??= { value: load() }) : { value: load() }).value;
}

/** All lessons in reading order. Drafts are among them in dev only. */
export const lessons = keptInBuild(async (): Promise<readonly Lesson[]> => {
  const entries = await getCollection('lessons', ({ data }) => import.meta.env.DEV || !data.draft);
  const placed = entries.flatMap((entry) => {
    const path = lessonPath(entry.filePath ?? '');
    return path ? [{ ...path, entry }] : [];
  });
  return inOrder(placed).map((path) => lessonFrom(path, path.entry));
});

function lessonFrom(path: LessonPath, entry: CollectionEntry<'lessons'>): Lesson {
  const { updated, ...data } = entry.data;
  return { ...data, updated: new Date(updated), slug: path.slug, path: lessonUrl(path.slug), file: path.file, chapter: chapterOf(path), entry };
}

function chapterOf({ folder, chapterNumber, chapterSlug }: LessonPath): ChapterHeading {
  const { title, summary } = valuesOf(content().chapters.get(folder));
  return { number: chapterNumber, slug: chapterSlug, title: String(title ?? chapterSlug), summary: String(summary ?? '') };
}

/** The chapters that have lessons, in order. */
export const chapters = keptInBuild(async (): Promise<readonly Chapter[]> => {
  const groups = Map.groupBy(await lessons(), ({ chapter }) => chapter.slug);
  return [...groups.values()].flatMap((group) => (group[0] ? [{ ...group[0].chapter, lessons: group }] : []));
});

/** The lessons before and after one. */
export async function neighbors(slug: string): Promise<Neighbors<Lesson>> {
  return neighborsIn(await lessons(), slug);
}

/** The lesson in a file, by its path from the project's root. */
export async function lessonByFile(file: string): Promise<Lesson | undefined> {
  return (await lessons()).find((lesson) => lesson.file === file);
}

const linksOf = new WeakMap<Content, ReadonlyMap<string, readonly Backlink[]>>();

/** Who links to each lesson and entry, by address without the base path: `/lessons/<slug>/` or `/glossary/#<slug>`. */
export function backlinks(): ReadonlyMap<string, readonly Backlink[]> {
  const prose = content();
  const links = linksOf.get(prose) ?? backlinksIn(prose, import.meta.env.DEV);
  linksOf.set(prose, links);
  return links;
}

/** Ids of the sources behind a lesson's figures, claims, citations and playgrounds, each once, in order of first use. */
export function sourcesOf(file: string): readonly string[] {
  const lesson = content().lessons.find((each) => each.file === file);
  if (!lesson) return [];
  const { figures, claims } = facts();
  return sourcesBehind(citationsIn(lesson.document, (name) => catalog[name]?.figures ?? []), { figures, claims });
}
