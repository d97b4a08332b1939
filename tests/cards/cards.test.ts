/** Social cards: what is read from a page's head, how text is broken, and that a drawn card has the right size and text. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cardPainter } from '../../src/cards/card.ts';
import { cardOf } from '../../src/cards/cards.ts';
import { CARD, lightColors, pictureSvg } from '../../src/cards/picture.ts';
import { widthOf, wrap } from '../../src/cards/text.ts';

const head = (title: string, image: string) =>
  `<meta property="og:site_name" content="Layerlab"><meta property="og:title" content="${title}"><meta property="og:description" content="A &quot;b&quot; &#38; c"><meta property="og:image" content="${image}">`;

describe('the head of a page', () => {
  test('gives the path, the text and the kind of its card', () => {
    expect(cardOf(head('Who&#39;s there', 'https://x.test/layerlab/cards/lessons/who.png'), '/layerlab/')).toEqual({
      path: 'cards/lessons/who.png',
      text: { title: "Who's there", summary: 'A "b" & c', kind: 'Lesson' },
    });
  });

  test('gives no kind to a list of lessons, and the description as title to the home page', () => {
    expect(cardOf(head('Lessons', 'https://x.test/cards/lessons.png'), '/')?.text.kind).toBe('');
    expect(cardOf(head('Layerlab', 'https://x.test/cards/home.png'), '/')?.text).toEqual({ title: 'A "b" & c', summary: '', kind: '' });
  });

  test('may ask for no card, and for none outside of cards/', () => {
    expect(cardOf('<title>x</title>', '/')).toBeNull();
    expect(() => cardOf(head('T', 'https://x.test/other.png'), '/')).toThrow('below /cards/');
  });
});

describe('lines', () => {
  const text = 'What a container shares with its neighbors, what a virtual machine carries along';

  test('fit their width and lose no word', () => {
    const lines = wrap(text, 29, 400, 500, 9);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe(text);
    expect(Math.max(...lines.map((line) => widthOf(line, 29, 400)))).toBeLessThanOrEqual(500);
  });

  test('end in an ellipsis where there is no room', () => {
    const lines = wrap(text, 29, 400, 500, 1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\w…$/);
    expect(widthOf(lines[0] ?? '', 29, 400)).toBeLessThanOrEqual(500);
  });
});

describe('a card', () => {
  test('is a PNG of the size that networks expect, and differs with its title', async () => {
    const paint = await cardPainter();
    const [one, other] = await Promise.all([paint({ title: 'One', summary: 's', kind: '' }), paint({ title: 'Other', summary: 's', kind: '' })]);
    const { width, height, format } = await sharp(one).metadata();
    expect({ width, height, format }).toEqual({ width: CARD.width, height: CARD.height, format: 'png' });
    expect(one.equals(other ?? Buffer.alloc(0))).toBe(false);
    expect(one.equals(await paint({ title: 'One', summary: 's', kind: '' }))).toBe(true);
  });

  test('keeps its picture below the text', () => {
    const tops = [...pictureSvg(lightColors()).matchAll(/<rect x="[^"]+" y="([\d.]+)"/g)].map((match) => Number(match[1])).filter((y) => y > 0);
    expect(tops.length).toBeGreaterThan(10);
    expect(Math.min(...tops)).toBeGreaterThan(CARD.pictureTop);
  });

  test('takes its colors from the site, and says which one is missing', () => {
    expect(lightColors('--paper: light-dark(#fff, #000);')['paper']).toBe('#fff');
    expect(() => lightColors('')['paper']).toThrow('no light-dark color --paper');
  });
});
