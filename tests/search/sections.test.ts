/** What search finds: the sections of a marked page, each with an address that leads to it. */
import { describe, expect, test } from 'vitest';
import { sectionsOf } from '../../src/search/sections.ts';

const page = (content: string) =>
  `<html><head><meta name="description" content="About walls."></head><body><header><h2 id="menu">Menu</h2></header><main><article class="x" data-pagefind-body>${content}</article></main><footer>foot</footer></body></html>`;

describe('the sections of a page', () => {
  test('are its beginning and each heading that has an address', () => {
    const sections = sectionsOf(page('<h1>Walls &amp; <em>names</em></h1><p>First.</p><h2 id="kernel">The kernel</h2><p>Second.</p><h3>Aside</h3><p>Third.</p>'), '/lessons/walls/');
    expect(sections.map(({ url, title, page: on }) => ({ url, title, on }))).toEqual([
      { url: '/lessons/walls/', title: 'Walls &amp; names', on: 'Walls &amp; names' },
      { url: '/lessons/walls/#kernel', title: 'The kernel', on: 'Walls &amp; names' },
    ]);
    expect(sections[0]?.html).toContain('About walls.');
    expect(sections[0]?.html).toContain('First.');
    expect(sections[1]?.html).toContain('Third.');
    expect(sections.map(({ html }) => html).join()).not.toMatch(/Menu|foot/);
  });

  test('hold prose only: no controls, drawings, scripts', () => {
    const [section] = sectionsOf(page('<h1>T</h1><astro-island x="1"><section><h2 id="inside">Press</h2></section></astro-island><svg><text>node</text></svg><noscript>every step</noscript><p>Prose.</p>'), '/t/');
    expect(section?.html).toContain('Prose.');
    expect(section?.html).not.toMatch(/Press|node|every step/);
  });

  test('leave out the lists that the layout adds to a lesson', () => {
    const sections = sectionsOf(page('<h1>T</h1><p>a</p><h2 id="lesson-sources">Sources</h2><p>b</p>'), '/t/');
    expect(sections.map(({ url }) => url)).toEqual(['/t/']);
    expect(sections[0]?.html).not.toContain('b</p>');
  });

  test('leave out a heading that another follows at once', () => {
    const sections = sectionsOf(page('<h1>T</h1><section><h2 id="group">Group</h2><article id="x"><h3 id="one">One</h3><p>a</p></article></section>'), '/t/');
    expect(sections.map(({ url }) => url)).toEqual(['/t/', '/t/#one']);
  });

  test('are none on a page that is not marked, and an error on one without a title', () => {
    expect(sectionsOf('<main><h1>T</h1></main>', '/t/')).toEqual([]);
    expect(() => sectionsOf(page('<p>x</p>'), '/t/')).toThrow('/t/ has no h1');
  });
});
