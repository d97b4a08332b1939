/** Headings of playgrounds in lessons. */
import { describe, expect, test } from 'vitest';
import { withLevels } from '../../src/hosting/lesson-headings.ts';

const question = (id: string) => `<h2 class="pg-question" id="${id}-question">Where?</h2><p id="${id}-caption">Look.</p>`;

describe('the question of a playground in a lesson', () => {
  test('is a heading of the third level under a section, and of the second before the first', () => {
    const html = withLevels(`<h1>Lesson</h1>${question('LayerTrace-1')}<h2 id="one">One</h2>${question('LayerLab-1')}`);
    expect(html).toBe(`<h1>Lesson</h1>${question('LayerTrace-1')}<h2 id="one">One</h2>${question('LayerLab-1').replace('<h2 ', '<h2 aria-level="3" ')}`);
  });

  test('is told apart by its caption where it stands several times', () => {
    const html = withLevels(`<h2 id="one">One</h2>${question('LayerLab-1')}${question('LayerLab-2')}${question('LayerTrace-1')}`);
    expect([...html.matchAll(/aria-labelledby="([^"]+)"/g)].map(([, ids]) => ids)).toEqual(['LayerLab-1-question LayerLab-1-caption', 'LayerLab-2-question LayerLab-2-caption']);
  });

  test('leaves all else as it is', () => {
    expect(withLevels('<h2 id="one">One</h2><h3>Two</h3>')).toBe('<h2 id="one">One</h2><h3>Two</h3>');
  });
});
