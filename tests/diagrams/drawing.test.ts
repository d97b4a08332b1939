/** What a drawn diagram looks like, without looking: frames, order, classes, textures, names. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artist, Drawing } from '../../src/diagrams/draw.ts';
import { ID_PREFIX } from '../../src/diagrams/svg/emit.ts';
import { theArtist } from './artist.ts';
import { LAYERS, OBJECTS, PROCESS, READ, SAMPLES, STACK } from './samples.ts';

let artist: Artist;
const drawings = new Map<string, Drawing>();
beforeAll(async () => {
  artist = await theArtist();
  for (const [name, source] of Object.entries(SAMPLES)) drawings.set(name, await artist.draw(source));
});
const svgOf = (name: keyof typeof SAMPLES): string => drawings.get(name)!.svg;

/** Center and half-size of every node that has a rectangle, by label. */
function nodes(svg: string): Map<string, { x: number; y: number; halfWidth: number; halfHeight: number }> {
  const pattern = /transform="translate\(([-\d.]+),\s?([-\d.]+)\)"><rect[^>]* x="-([\d.]+)" y="-([\d.]+)"[^>]*\/><g[^>]*>(?:<rect class="plate"[^>]*\/>)?<text[^>]*>(.*?)<\/text>/g;
  return new Map([...svg.matchAll(pattern)].map(([, x, y, halfWidth, halfHeight, text = '']) => [text.replace(/<[^>]*>/g, ''), { x: Number(x), y: Number(y), halfWidth: Number(halfWidth), halfHeight: Number(halfHeight) }]));
}

describe.each(Object.keys(SAMPLES) as (keyof typeof SAMPLES)[])('%s', (name) => {
  it('is an image with a name and a description', () => {
    const svg = svgOf(name);
    expect(svg).toMatch(new RegExp(`^<svg [^>]*role="img" aria-labelledby="${ID_PREFIX}t" aria-describedby="${ID_PREFIX}d">`));
    expect(svg).toMatch(new RegExp(`<title id="${ID_PREFIX}t">[^<]+</title><desc id="${ID_PREFIX}d">[^<]+</desc>`));
  });

  it('has no color, style or script of its own', () => {
    expect(svgOf(name)).not.toMatch(/style=|<style|<script|foreignObject|#[\da-f]{3,8}\b(?!\))|rgb|hsl|stroke=| on\w+=/i);
  });

  it('fills areas by class, or with a texture that it brings along', () => {
    for (const [, id] of svgOf(name).matchAll(/url\(#([^)]+)\)/g)) expect(svgOf(name)).toContain(` id="${id}"`);
    expect([...svgOf(name).matchAll(/ fill="([^"]*)"/g)].every(([, value]) => value!.startsWith('url(#'))).toBe(true);
  });

  it('gives ids only to what is referred to, each once, and all with the prefix', () => {
    const ids = [...svgOf(name).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.startsWith(ID_PREFIX))).toBe(true);
  });

  it('has no text below 14 px', () => {
    for (const [, size] of svgOf(name).matchAll(/font-size="([^"]+)"/g)) expect(Number(size)).toBeGreaterThanOrEqual(14);
  });

  it('stays small: less than 12 kB of markup', () => {
    expect(svgOf(name).length).toBeLessThan(12_000);
  });

  it('is well-formed', () => {
    const parsed = new DOMParser().parseFromString(svgOf(name), 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
  });

  it('comes out the same when it is drawn again after others', async () => {
    await artist.draw(READ);
    await artist.draw(PROCESS);
    expect(await artist.draw(SAMPLES[name])).toEqual(drawings.get(name));
  });
});

describe('a flowchart', () => {
  it('keeps every node inside its frame and none on another', () => {
    const [, x, y, width, height] = /viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"/.exec(svgOf('STACK'))!.map(Number);
    const all = [...nodes(svgOf('STACK')).values()];
    expect(all).toHaveLength(10);
    for (const node of all) {
      expect(node.x - node.halfWidth).toBeGreaterThanOrEqual(x!);
      expect(node.x + node.halfWidth).toBeLessThanOrEqual(x! + width!);
      expect(node.y + node.halfHeight).toBeLessThanOrEqual(y! + height!);
      const overlapping = all.filter((other) => other !== node && Math.abs(other.x - node.x) < other.halfWidth + node.halfWidth && Math.abs(other.y - node.y) < other.halfHeight + node.halfHeight);
      expect(overlapping).toEqual([]);
    }
  });

  it('sets siblings in the order of the source, in groups too', () => {
    const at = nodes(svgOf('STACK'));
    expect(at.get('nginx')!.x).toBeLessThan(at.get('redis')!.x);
    expect(at.get('Debian files')!.x).toBeLessThan(at.get('Alpine files')!.x);
  });

  it('draws layers with class, texture and a plate under the label; applications are plain', () => {
    const svg = svgOf('STACK');
    expect(svg).toContain(`<pattern id="${ID_PREFIX}kernel" class="kernel"`);
    expect(svg.match(new RegExp(`fill="url\\(#${ID_PREFIX}kernel\\)"`, 'g'))).toHaveLength(2);
    expect(svg.match(/class="plate"/g)).toHaveLength(7);
    expect(svg).toMatch(/class="application"[^>]*><rect x=/);
  });

  it('draws walls around groups', () => {
    expect(svgOf('STACK').match(/class="cluster machine"/g)).toHaveLength(2);
    expect(svgOf('STACK').match(/class="cluster sandbox"/g)).toHaveLength(2);
  });

  it('takes the class of a group in either form that Mermaid has', async () => {
    const { svg } = await artist.draw('flowchart TB\n accTitle: T\n subgraph a["A"]\n  b\n end\n subgraph c["C"]\n  d\n end\n a:::machine\n class c sandbox');
    expect(svg).toContain('cluster machine');
    expect(svg).toContain('cluster sandbox');
  });

  it('is as wide as its text needs, in the site\'s font', async () => {
    const width = async (label: string) => nodes((await artist.draw(`flowchart TB\n accTitle: T\n a["${label}"]`)).svg).get(label)!.halfWidth * 2;
    // Padding of 30 on each side; 35.92 is what Chromium measures for "owns" at 16 px, 57.52 for "memory".
    expect(await width('memory')).toBeCloseTo(57.52 + 60, 0);
    expect((await width('memory memory')) - (await width('memory'))).toBeCloseTo(57.52 + 4.48, 0);
  });
});

describe('other kinds', () => {
  it('a sequence ends where its lifelines end', () => {
    const svg = svgOf('READ');
    const [, , y, , height] = /viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
    const ends = [...svg.matchAll(/class="actor-line"[^>]* y2="([\d.]+)"/g)].map(([, end]) => Number(end));
    expect(ends).toHaveLength(3);
    for (const end of ends) expect(end).toBeCloseTo(y! + height!, 0);
  });

  it('the labels of states are centered on them', () => {
    expect(svgOf('PROCESS')).toMatch(/<g transform="translate\(0,-?[\d.]+\)" text-anchor="middle">/);
  });

  it('a block may belong to a layer', () => {
    expect(svgOf('LAYERS')).toContain(`fill="url(#${ID_PREFIX}hardware)"`);
  });

  it('the name of a class is bold', () => {
    expect(svgOf('OBJECTS')).toMatch(/font-weight="700"[^>]*>.*?task_struct/);
  });
});

describe('text in labels', () => {
  it.each([
    ['a < b & c > "d" = e', 'a["a #lt; b #amp; c #gt; #quot;d#quot; = e"]', 'a &lt; b &amp; c &gt; &quot;d&quot; = e'],
    ['a numeric entity', 'a["one #215; two"]', 'one × two'],
    ['line breaks as lines', 'a["one<br/>two"]', '<tspan x="0" y="-0.1em" dy="1.1em">one</tspan><tspan x="0" y="1em" dy="1.1em">two</tspan>'],
    ['Markdown emphasis', 'a["`**one** two`"]', '<tspan font-weight="700">one</tspan> two'],
  ])('shows %s', async (_name, part, expected) => {
    expect((await artist.draw(`flowchart TB\n accTitle: T\n ${part}`)).svg).toContain(expected);
  });

  it('reports characters that the font lacks', async () => {
    expect((await artist.draw('flowchart TB\n accTitle: T\n a["a → b"]')).missingGlyphs).toEqual(['→']);
    expect((await artist.draw(STACK)).missingGlyphs).toEqual([]);
  });
});

describe('diagram.css', () => {
  const css = readFileSync(new URL('../../src/diagrams/diagram.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const tokens = readFileSync(new URL('../../src/styles/tokens.css', import.meta.url), 'utf8');

  it('takes every color from a token of the site', () => {
    expect(css).not.toMatch(/#[\da-f]{3,8}\b|rgb|hsl|oklch|\b(?:white|black|red|blue)\b/i);
    for (const [, name] of css.matchAll(/var\((--(?!layer|natural|fade)[\w-]+)/g)) expect(tokens).toContain(`${name}:`);
  });

  it('sets no size, weight or anchor of text beyond the one that was measured', () => {
    const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, selector]) => !selector!.includes('diagram-text'));
    const setting = rules.filter(([, , body]) => /font|letter-spacing|text-anchor|baseline/.test(body!));
    expect(setting.map(([, selector]) => selector!.trim())).toEqual(['.diagram svg']);
    expect(setting[0]![2]).toContain('font: 400 16px/');
  });
});

it('every sample is drawn', () => {
  expect([STACK, READ, PROCESS, LAYERS, OBJECTS]).toHaveLength(drawings.size);
});
