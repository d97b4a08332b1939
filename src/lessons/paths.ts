/** What a lesson's path says: its chapter, its place and its address. It knows the file's name and refuses to know what is in it. */

/** Content files as the project names them: relative to its root, with forward slashes. */
export const LESSONS_FOLDER = 'content/lessons';
export const GLOSSARY_FOLDER = 'content/glossary';

export interface LessonPath {
  readonly file: string;
  /** Folder of the chapter, for instance `01-layers`. */
  readonly folder: string;
  readonly chapterNumber: number;
  readonly chapterSlug: string;
  readonly number: number;
  readonly slug: string;
}

const LESSON = /^content\/lessons\/((\d+)-([a-z0-9]+(?:-[a-z0-9]+)*))\/(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)\.mdx$/;

/** What the path of a lesson says, or undefined when it is not `content/lessons/<NN-chapter>/<NN-slug>.mdx`. */
export function lessonPath(file: string): LessonPath | undefined {
  const match = LESSON.exec(file);
  if (!match) return undefined;
  const [, folder = '', chapterNumber, chapterSlug = '', number, slug = ''] = match;
  return { file, folder, chapterNumber: Number(chapterNumber), chapterSlug, number: Number(number), slug };
}

/** Lessons in reading order: by chapter number, then by lesson number, then by name where numbers are equal. */
export function inOrder<T extends LessonPath>(lessons: readonly T[]): readonly T[] {
  return lessons.toSorted((a, b) => a.chapterNumber - b.chapterNumber || a.number - b.number || a.file.localeCompare(b.file, 'en'));
}

/** Address of a lesson, without the site's base path. */
export function lessonUrl(slug: string): string {
  return `/lessons/${slug}/`;
}

/** Address of a glossary entry, without the site's base path. */
export function glossaryUrl(slug: string): string {
  return `/glossary/#${slug}`;
}

/** Slug of a glossary entry: its file name. Undefined when the name is not `content/glossary/<kebab-case>.md`. */
export function glossarySlug(file: string): string | undefined {
  return /^content\/glossary\/([a-z0-9]+(?:-[a-z0-9]+)*)\.md$/.exec(file)?.[1];
}

export interface Neighbors<T> {
  readonly previous?: T;
  readonly next?: T;
}

/** The lessons before and after one, across chapters. Both are missing when the slug is unknown. */
export function neighborsIn<T extends { readonly slug: string }>(ordered: readonly T[], slug: string): Neighbors<T> {
  const at = ordered.findIndex((lesson) => lesson.slug === slug);
  if (at < 0) return {};
  const [previous, next] = [ordered[at - 1], ordered[at + 1]];
  return { ...(previous && { previous }), ...(next && { next }) };
}
