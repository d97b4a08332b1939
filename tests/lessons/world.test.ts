/** What prose may link to: the addresses of pages, and the files of images. */
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { imageFile, routesIn, worldOf } from '../../src/lessons/world.ts';
import { draft, entry, LESSON, project, surroundings } from './sample.ts';

test('pages with a fixed address are read from src/pages', () => {
  const routes = routesIn(resolve(import.meta.dirname, '../..'));
  expect(routes).toEqual(expect.arrayContaining(['/', '/about/', '/glossary/', '/lessons/', '/playgrounds/', '/sources/', '/claims/', '/robots.txt']));
  expect(routes.filter((route) => route.includes('[') || route.startsWith('/404'))).toEqual([]);
});

test('a project without pages has no routes', () => {
  expect(routesIn(resolve(import.meta.dirname, 'nowhere'))).toEqual([]);
});

test('lessons, entries, facts and playgrounds have addresses and anchors', () => {
  const body = '## One door\n\n<BootRace caption="x" />\n\n<StackBuilder caption="x" />\n\n<BootRace caption="x" />';
  const { pages } = worldOf(project({ [LESSON]: draft(body), 'content/glossary/kernel.md': entry('kernel') }), surroundings);
  expect([...(pages.get('/lessons/what-an-os-is/') ?? [])]).toEqual(expect.arrayContaining(['one-door', 'BootRace-1', 'StackBuilder-1', 'BootRace-2', 'main']));
  expect([...(pages.get('/glossary/') ?? [])]).toEqual(['kernel']);
  expect([...(pages.get('/sources/') ?? [])]).toEqual(['man-vdso', 'figure-start.docker.engine', 'figure-start.vm.boot']);
  expect([...(pages.get('/claims/') ?? [])]).toEqual(['faster-always']);
  expect(pages.get('/playgrounds/BootRace/')).toBe('any');
  expect(pages.get('/embed/StackBuilder/')).toBe('any');
});

test('an image stands beside its lesson, or in public/', () => {
  expect(imageFile(LESSON, 'stack.png')).toBe('content/lessons/01-layers/stack.png');
  expect(imageFile(LESSON, '../shared/a%20b.png?w=2')).toBe('content/lessons/shared/a b.png');
  expect(imageFile(LESSON, '/favicon.svg')).toBe('public/favicon.svg');
});
