/** What is read from a file: anchors as Astro makes them, words, and exact places. */
import { markdownToHtml } from 'satteri';
import { satteriHeadingIdsPlugin } from '@astrojs/markdown-satteri';
import { describe, expect, test } from 'vitest';
import { citationsIn, sourcesBehind } from '../../src/lessons/citations.ts';
import { attributeAt, countWords, readDocument } from '../../src/lessons/document.ts';

const read = (text: string, file = 'content/lessons/01-a/01-b.mdx'): ReturnType<typeof readDocument> => readDocument({ file, text });

describe('anchors', () => {
  test('are those that Astro gives to the same headings', async () => {
    const markdown = ['## What `--privileged` removes', '## "Small" -- really?', '### Don’t --- wait…', '## Twice', '## Twice', '## A *b* **c** [d](/e/)', '## Größe & 1.5'].join('\n\n');
    const data = { astro: { frontmatter: {}, headings: [], localImagePaths: new Set<string>(), remoteImagePaths: new Set<string>() } };
    const { html } = await markdownToHtml(markdown, { hastPlugins: [satteriHeadingIdsPlugin()], features: { smartPunctuation: true }, data });
    expect(read(markdown).headings.map(({ slug }) => slug)).toEqual([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  });
});

describe('places', () => {
  test('count in lines and UTF-16 columns, whatever stands before', () => {
    const document = read('---\r\ntitle: x\r\n---\r\n\r\né 😀 [[kernel]] and <Figure id="a" />\r\n');
    expect(document.links.map(({ at }) => document.placeAt(at))).toEqual([{ line: 5, column: 6 }]);
    expect(document.tags.map(({ at }) => document.placeAt(at))).toEqual([{ line: 5, column: 21 }]);
  });

  test('of props point at the name, not at its mention in a caption', () => {
    const document = read('<BootRace caption="Set vms=3 > 2"\n  vms={900} />');
    expect(document.tags.map((tag) => document.placeAt(attributeAt(document, tag, 'vms')))).toEqual([{ line: 2, column: 3 }]);
  });
});

test('words are prose: without code blocks, captions and frontmatter', () => {
  const text = '---\ntitle: One two three\n---\n\nOne *two* `rm -rf` <Figure id="x" /> – five.\n\n```sh\nnot these words\n```\n\n<BootRace caption="nor these" />\n\n| six |\n|---|\n| seven |\n';
  expect(countWords(read(text))).toBe(7);
});

test('a lesson\'s sources are those of its figures, claims, citations and playgrounds, each once', () => {
  const document = read('<Figure id="f1" /> <Source id="s9" /> <Claim id="c1" />\n\n<BootRace caption="x" />\n\n<Figure id="f1" /> <Figure id="unknown" />');
  const citations = citationsIn(document, (name) => (name === 'BootRace' ? ['f2', 'f1'] : []));
  expect(citations.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['figure f1', 'source s9', 'claim c1', 'figure f2', 'figure f1', 'figure f1', 'figure unknown']);
  const registers = {
    figures: new Map([['f1', { source: 's1' }], ['f2', { source: 's2' }], ['f3', { source: 's3' }]]),
    claims: new Map([['c1', { sources: ['s4'], figures: ['f3'] }]]),
  };
  expect(sourcesBehind(citations, registers)).toEqual(['s1', 's9', 's4', 's3', 's2']);
});
