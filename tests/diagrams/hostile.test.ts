/** Whatever a diagram says, nothing but shapes and text reaches the page. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artist } from '../../src/diagrams/draw.ts';
import { mistakeOf, theArtist } from './artist.ts';

let artist: Artist;
beforeAll(async () => {
  artist = await theArtist();
});

const ELEMENTS = new Set(['svg', 'title', 'desc', 'defs', 'pattern', 'marker', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polygon', 'polyline', 'text', 'tspan', 'div', 'summary', 'p', 'ul', 'ol', 'li']);
const ATTRIBUTES = /^(?:class|id|d|x|y|dx|dy|x1|y1|x2|y2|cx|cy|r|rx|ry|width|height|points|transform|viewBox|refX|refY|markerWidth|markerHeight|markerUnits|orient|marker-start|marker-end|fill|font-size|font-weight|font-style|text-anchor|dominant-baseline|patternUnits|role|aria-labelledby|aria-describedby)$/;

/** Parses as a browser would and lists everything that is not plain. */
function strangeThings(html: string): string[] {
  const root = document.createElement('div');
  root.innerHTML = html;
  return [...root.querySelectorAll('*')].flatMap((element) => [
    ...(ELEMENTS.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...[...element.attributes].filter(({ name, value }) => !ATTRIBUTES.test(name) || /javascript:|data:|https?:|expression|@import/i.test(value)).map(({ name, value }) => `${name}="${value}"`),
  ]);
}

const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</text></svg><script>alert(1)</script>',
  '<a href=javascript:alert(1)>x</a>',
  '<svg onload=alert(1)>',
  '<iframe srcdoc=x></iframe>',
  '#lt;script#gt;alert(1)#lt;/script#gt;',
  '&lt;img src=x onerror=alert(1)&gt;',
  '<style>*{display:none}</style>',
  'ﬂ°lt¶ßscriptﬂ°gt¶ß',
  '\uE000x" onload="alert(1)',
  '${alert(1)} {{7*7}} {alert(1)}',
];

describe.each(PAYLOADS)('the label %s', (payload) => {
  const quoted = payload.replaceAll('"', '#quot;');
  it.each([
    ['a node', `flowchart TB\n accTitle: T\n a["${quoted}"]`],
    ['an edge', `flowchart TB\n accTitle: T\n a -- "${quoted}" --> b`],
    ['a group', `flowchart TB\n accTitle: T\n subgraph a["${quoted}"]\n b\n end`],
    ['Markdown', `flowchart TB\n accTitle: T\n a["\`${quoted}\`"]`],
    ['a message', `sequenceDiagram\n accTitle: T\n participant A as ${payload.replaceAll(';', '')}\n A->>B: ${payload.replaceAll(';', '')}`],
    ['a state', `stateDiagram-v2\n accTitle: T\n state "${quoted}" as a\n [*] --> a`],
    ['a block', `block\n accTitle: T\n a["${quoted}"]`],
    ['the title', `flowchart TB\n accTitle: ${payload}\n accDescr: ${payload}\n a`],
  ])('of %s stays text, or is refused', async (_place, source) => {
    const drawing = await artist.draw(source).catch((error: unknown) => error as Error);
    if (drawing instanceof Error) return expect(drawing.name).toBe('DiagramMistake');
    expect(strangeThings(drawing.svg)).toEqual([]);
    expect(strangeThings(drawing.words)).toEqual([]);
  });
});

describe('settings and links', () => {
  it.each([
    ['a directive', '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart TB\n accTitle: T\n a', 1],
    ['a later directive', 'flowchart TB\n accTitle: T\n a\n %%{init: {"themeCSS": "* { display: none }"}}%%', 4],
    ['front matter', '---\nconfig:\n  securityLevel: loose\n---\nflowchart TB\n accTitle: T\n a', 1],
    ['a script link', 'flowchart TB\n accTitle: T\n a\n click a "javascript:alert(1)"', 4],
    ['a link with href', 'flowchart TB\n accTitle: T\n a\n click a href "https://example.org" _blank', 4],
    ['a callback', 'flowchart TB\n accTitle: T\n a\n click a call alert(1)', 4],
    ['links of a participant', 'sequenceDiagram\n accTitle: T\n participant A\n links A: {"x": "javascript:alert(1)"}\n A->>A: x', 4],
    ['a link of a class', 'classDiagram\n accTitle: T\n class A\n link A "javascript:alert(1)"', 4],
  ])('%s is refused, with its line', async (_name, source, line) => {
    expect((await mistakeOf(source)).line).toBe(line);
  });

  it('a direct style on a part through metadata leaves nothing behind', async () => {
    const { svg } = await artist.draw('flowchart TB\n accTitle: T\n a@{ shape: rect, label: "x" } --> b');
    expect(strangeThings(svg)).toEqual([]);
  });

  it('a picture by address is refused', async () => {
    const outcome = await artist.draw('flowchart TB\n accTitle: T\n a@{ img: "https://example.org/x.png", label: "x", w: 60, h: 60 }').catch((error: unknown) => error as Error);
    expect(outcome).toMatchObject({ name: 'DiagramMistake' });
  });
});
