/** File names and the names that pages answer to: each leads to one place. */
import type { Problem } from '../../facts/problem.ts';
import { GLOSSARY_FOLDER, LESSONS_FOLDER } from '../paths.ts';
import type { Content, LessonPage } from '../content.ts';

const FORMS = {
  [LESSONS_FOLDER]: 'content/lessons/<NN-chapter>/<NN-lesson>.mdx, in small letters, digits and hyphens',
  [GLOSSARY_FOLDER]: 'content/glossary/<term>.md, in small letters, digits and hyphens',
} as const;

/** Files with a name that says nothing, lessons with the same address or number, and names that two pages claim. */
export function nameProblems(content: Content): readonly Problem[] {
  return [...content.strays.map(stray), ...sameAddress(content.lessons), ...sameNumber(content.lessons), ...clashes(content)];
}

function stray(file: string): Problem {
  const folder = file.startsWith(LESSONS_FOLDER) ? LESSONS_FOLDER : GLOSSARY_FOLDER;
  return { file, line: 1, column: 1, found: 'a file name that is not a lesson\'s or an entry\'s', expected: FORMS[folder], todo: 'rename or move the file' };
}

function sameAddress(lessons: readonly LessonPage[]): readonly Problem[] {
  return repeated(lessons, ({ slug }) => slug).map(([first, { file, url }]) => ({
    file, line: 1, column: 1, found: `the address ${url}, which ${first.file} has`, expected: 'an address of its own', todo: 'give the file another name after its number',
  }));
}

function sameNumber(lessons: readonly LessonPage[]): readonly Problem[] {
  return repeated(lessons, ({ folder, number }) => `${folder}/${number}`).map(([first, { file, number }]) => ({
    file, line: 1, column: 1, found: `number ${number}, which ${first.file} has`, expected: 'a number of its own in the chapter', todo: 'renumber one of them',
  }));
}

function repeated<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [first: T, again: T])[] {
  const seen = new Map<string, T>();
  return items.flatMap((item) => {
    const first = seen.get(key(item));
    if (first === undefined) seen.set(key(item), item);
    return first === undefined ? [] : [[first, item] as const];
  });
}

function clashes(content: Content): readonly Problem[] {
  const slugs = new Set(repeated(content.lessons, ({ slug }) => slug).map(([, { slug }]) => slug));
  return content.clashes
    .filter(({ name, page }) => page.document.kind === 'glossary' || !slugs.has(name))
    .map(({ name, page: { document }, other }) => ({
      file: document.file, ...(document.frontmatter?.placeOfKey([document.kind === 'lesson' ? 'title' : 'term']) ?? { line: 1, column: 1 }),
      found: `the name "${name}", which ${other.document.file} has`, expected: 'names that lead to one page', todo: 'choose another title, term or alias',
    }));
}
