/** The folder is the order: what the paths of lessons say, and nothing else. */
import { describe, expect, test } from 'vitest';
import { glossarySlug, inOrder, lessonPath, lessonUrl, neighborsIn } from '../../src/lessons/paths.ts';

const FILES = [
  'content/lessons/02-two-cuts/05-virtual-machines.mdx',
  'content/lessons/10-appendix/01-sources.mdx',
  'content/lessons/01-layers/10-userland.mdx',
  'content/lessons/01-layers/02-system-calls.mdx',
  'content/lessons/01-layers/01-what-an-os-is.mdx',
];
const ordered = inOrder(FILES.flatMap((file) => lessonPath(file) ?? []));

describe('a lesson\'s path', () => {
  test('says chapter, number and address', () => {
    expect(lessonPath('content/lessons/01-layers/02-system-calls.mdx')).toEqual({
      file: 'content/lessons/01-layers/02-system-calls.mdx', folder: '01-layers', chapterNumber: 1, chapterSlug: 'layers', number: 2, slug: 'system-calls',
    });
    expect(lessonUrl('system-calls')).toBe('/lessons/system-calls/');
  });

  test.each(['content/lessons/01-layers/system-calls.mdx', 'content/lessons/layers/01-a.mdx', 'content/lessons/01-layers/01-System.mdx', 'content/lessons/01-a.mdx', 'content/lessons/01-layers/01-a.md', 'content/lessons/01-layers/01-a--b.mdx'])(
    '%s is none', (file) => expect(lessonPath(file)).toBeUndefined(),
  );

  test('an entry\'s path says its address', () => {
    expect(glossarySlug('content/glossary/page-cache.md')).toBe('page-cache');
    expect(glossarySlug('content/glossary/Page Cache.md')).toBeUndefined();
    expect(glossarySlug('content/glossary/a/b.md')).toBeUndefined();
  });
});

describe('lessons', () => {
  test('are in the order of their numbers, not of their letters', () => {
    expect(ordered.map(({ slug }) => slug)).toEqual(['what-an-os-is', 'system-calls', 'userland', 'virtual-machines', 'sources']);
  });

  test('have neighbors across chapters', () => {
    const { previous, next } = neighborsIn(ordered, 'userland');
    expect([previous?.slug, next?.slug]).toEqual(['system-calls', 'virtual-machines']);
  });

  test('the first has none before it, the last none after it, an unknown one none at all', () => {
    expect(Object.keys(neighborsIn(ordered, 'what-an-os-is'))).toEqual(['next']);
    expect(Object.keys(neighborsIn(ordered, 'sources'))).toEqual(['previous']);
    expect(neighborsIn(ordered, 'nowhere')).toEqual({});
  });
});
