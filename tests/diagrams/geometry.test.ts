/** Measuring without a browser: numbers against SVG's definitions and against what Chromium measured. */
import { describe, expect, it } from 'vitest';
import { loadFonts } from '../../src/diagrams/svg/fonts.ts';
import { plainOutline } from '../../src/diagrams/svg/outline.ts';
import { pathBox, pathLength } from '../../src/diagrams/svg/path.ts';
import { mapBox, parseTransform } from '../../src/diagrams/svg/transform.ts';
import { FONTS } from './artist.ts';

const fonts = loadFonts(FONTS);

describe('text', () => {
  // getComputedTextLength() of Chromium 156 at 100 px, in thousandths of the font size.
  it.each([
    ['Hello', 400, 2295],
    ['AVATAR To Ty', 400, 5996.1],
    ['The quick brown fox, jumps over 1,234.50 lazy dogs', 400, 22591.1],
    ['VW. Ya. T.', 400, 4094.1],
    ['C library: open(), read(), write()', 600, 14099.4],
    ['AVATAR To Ty', 700, 6495.2],
    ['Hello', 700, 2452.5],
  ])('"%s" at weight %i is as wide as in Chromium', (text, weight, expected) => {
    expect(fonts.width(text, 1000, weight) / expected).toBeCloseTo(1, 3);
  });

  it('grows with its size and is wider when bold', () => {
    expect(fonts.width('kernel', 32, 400)).toBeCloseTo(2 * fonts.width('kernel', 16, 400), 9);
    expect(fonts.width('kernel', 16, 700)).toBeGreaterThan(fonts.width('kernel', 16, 400));
  });

  it('takes letters of the second file when the first lacks them', () => {
    expect(fonts.width('Łódź', 16, 400)).toBeGreaterThan(25);
    expect(fonts.takeMissing()).toEqual([]);
  });

  it('names the characters that no file has, once', () => {
    fonts.width('a → b → Ω', 16, 400);
    expect(fonts.takeMissing()).toEqual(['→', 'Ω']);
    expect(fonts.takeMissing()).toEqual([]);
  });
});

describe('paths', () => {
  it.each([
    ['M10,20 H30 V50 h-5 z', { x: 10, y: 20, width: 20, height: 30 }],
    ['m1 1 2 3 4 -1', { x: 1, y: 1, width: 6, height: 3 }],
    ['M0 0 C0 40 100 40 100 0', { x: 0, y: 0, width: 100, height: 30 }],
    ['M0 0 Q50 60 100 0 T200 0', { x: 0, y: -30, width: 200, height: 60 }],
    ['M0,8 a42,8 0,0,0 84,0 a42,8 0,0,0 -84,0 l0,30 a42,8 0,0,0 84,0 l0,-30', { x: 0, y: 0, width: 84, height: 46 }],
    ['M0 0a5 5 0 0110 0', { x: 0, y: -5, width: 10, height: 5 }],
    ['M0 0 A1 1 0 0 1 10 0', { x: 0, y: -5, width: 10, height: 5 }],
  ])('%s has a tight box', (data, box) => {
    const found = pathBox(data)!;
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(found[side], side).toBeCloseTo(box[side], 2);
  });

  it('a path without segments has no box', () => {
    expect(pathBox('')).toBeNull();
  });

  it('a circle is 2πr long', () => {
    expect(pathLength('M10 0 A10 10 0 1 1 -10 0 A10 10 0 1 1 10 0')).toBeCloseTo(20 * Math.PI, 1);
  });
});

describe('transforms', () => {
  it('apply from the inside out', () => {
    expect(mapBox({ x: 0, y: 0, width: 10, height: 20 }, parseTransform('translate(5, 6) scale(2)'))).toEqual({ x: 5, y: 6, width: 20, height: 40 });
  });

  it('a quarter turn about a point swaps width and height', () => {
    const box = mapBox({ x: 0, y: 0, width: 10, height: 20 }, parseTransform('rotate(90 5 10)'));
    expect([box.x, box.y, box.width, box.height].map((value) => Math.round(value * 1e6) / 1e6 + 0)).toEqual([-5, 5, 20, 10]);
  });
});

describe('outlines', () => {
  it('straight cubics become lines, and points on a line go', () => {
    expect(plainOutline('M0 0 C3 0, 6 0, 10 0 C10 3, 10 6, 10 10 L10 12 L10 20', true)).toBe('M0 0L10 0L10 20Z');
  });

  it('curves stay curves', () => {
    expect(plainOutline('M0 0 C0 40 100 40 100 0', false)).toBe('M0 0C0 40 100 40 100 0');
  });

  it('an arc of many points keeps its shape with fewer', () => {
    const points = Array.from({ length: 101 }, (_, index) => `${20 * Math.cos((Math.PI * index) / 100)} ${20 * Math.sin((Math.PI * index) / 100)}`);
    const outline = plainOutline(`M${points.join('L')}`, false);
    expect(outline.split('L').length).toBeLessThan(40);
    expect(pathBox(outline)!.height).toBeCloseTo(20, 1);
  });
});
