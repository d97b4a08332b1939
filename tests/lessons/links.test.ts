/** `[[name]]`: where it leads, who is linked from where, and what the plugin writes into the page. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { markdownToHtml, mdxToJs } from 'satteri';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetContent } from '../../src/lessons/content.ts';
import { backlinksIn, pageNamed } from '../../src/lessons/links.ts';
import { wikiLinks } from '../../src/lessons/wiki-links.ts';
import { draft, entry, LESSON, project, type Files } from './sample.ts';

const OTHER = 'content/lessons/02-cuts/01-system-calls.mdx';
const files: Files = {
  [LESSON]: draft('The [[kernel]], the [[Core|core]], and [[System calls]] again [[system-calls]].'),
  [OTHER]: draft('Back to [lesson one](../what-an-os-is/#top) and [here](#x), see [PID 1](/glossary/#pid-1).', { title: 'System calls', draft: 'false' }),
  'content/glossary/kernel.md': entry('kernel', 'See [[kernel]] and [[init]].', ['core', 'system core']),
  'content/glossary/pid-1.md': entry('PID 1', 'A [process](/lessons/system-calls/).', ['init']),
};

describe('a name', () => {
  const content = project(files);
  test.each([
    ['kernel', '/glossary/#kernel'], ['Kernel', '/glossary/#kernel'], ['system  core', '/glossary/#kernel'], ['pid-1', '/glossary/#pid-1'], ['PID 1', '/glossary/#pid-1'],
    ['System calls', '/lessons/system-calls/'], ['system-calls', '/lessons/system-calls/'],
  ])('%s leads to %s', (name, url) => expect(pageNamed(content, name)?.url).toBe(url));

  test('that is a term and a title leads to the term', () => {
    const both = project({ ...files, 'content/glossary/system-call.md': entry('System calls') });
    expect(pageNamed(both, 'System calls')?.url).toBe('/glossary/#system-call');
    expect(pageNamed(both, 'system-calls')?.url).toBe('/lessons/system-calls/');
    expect(both.clashes).toEqual([]);
  });
});

describe('backlinks', () => {
  const titles = (drafts: boolean): Readonly<Record<string, readonly string[]>> =>
    Object.fromEntries([...backlinksIn(project(files), drafts)].map(([url, links]) => [url, links.map(({ title }) => title)]));

  test('name each page once, lessons first, never the page itself', () => {
    expect(titles(true)).toEqual({
      '/glossary/#kernel': ['What an operating system is'],
      '/glossary/#pid-1': ['System calls', 'kernel'],
      '/lessons/system-calls/': ['What an operating system is', 'PID 1'],
      '/lessons/what-an-os-is/': ['System calls'],
    });
  });

  test('leave drafts out of a build', () => {
    expect(titles(false)).toEqual({
      '/glossary/#pid-1': ['System calls', 'kernel'],
      '/lessons/system-calls/': ['PID 1'],
      '/lessons/what-an-os-is/': ['System calls'],
    });
  });
});

describe('the plugin', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lessons-'));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    forgetContent(root);
  });
  afterEach(() => {
    forgetContent(process.cwd());
    rmSync(root, { recursive: true });
  });

  const html = (markdown: string, base = '/'): string => markdownToHtml(markdown, { mdastPlugins: [wikiLinks({ base })], features: { wikilinks: true } }).html.trim();

  test('writes the address of the page and keeps the text', () => {
    expect(html('The [[Kernel]], the [[core|*very* core]] and [[System calls]].')).toBe(
      '<p>The <a href="/glossary/#kernel">Kernel</a>, the <a href="/glossary/#kernel"><em>very</em> core</a> and <a href="/lessons/system-calls/">System calls</a>.</p>',
    );
  });

  test('puts the base path before every address of the site, and before no other', () => {
    expect(html('[[kernel]] [a](/about/) [b][r] [c](../x/) [d](https://example.org/) [e](//example.org/) [f](#g)\n\n[r]: /claims/', '/layerlab/')).toBe(
      '<p><a href="/layerlab/glossary/#kernel">kernel</a> <a href="/layerlab/about/">a</a> <a href="/layerlab/claims/">b</a> <a href="../x/">c</a> '
      + '<a href="https://example.org/">d</a> <a href="//example.org/">e</a> <a href="#g">f</a></p>',
    );
  });

  test('works in tables, where the pipe is escaped, and leaves code alone', () => {
    expect(html('| a |\n|---|\n| [[kernel\\|core]] |')).toContain('<td><a href="/glossary/#kernel">core</a></td>');
    expect(html('`[[kernel]]`')).toBe('<p><code>[[kernel]]</code></p>');
  });

  test('works in MDX', () => {
    const { code } = mdxToJs('The [[kernel]].', { mdastPlugins: [wikiLinks({ base: '/layerlab/' })], features: { wikilinks: true } });
    expect(code).toContain('/layerlab/glossary/#kernel');
  });

  test('stops at a name that nothing answers to, with file, line, column and what to do', () => {
    const run = (): unknown => mdxToJs('Text.\n\nThe [[kernl]].', { mdastPlugins: [wikiLinks({ base: '/' })], features: { wikilinks: true }, fileURL: pathToFileURL(join(root, LESSON)) });
    expect(run).toThrowErrorMatchingInlineSnapshot(`[Error: content/lessons/01-layers/01-what-an-os-is.mdx:3:5  found [[kernl]]; expected a glossary term or alias, or the title or slug of a lesson; do: write [[kernel]], or [[kernel|kernl]] to keep the text]`);
    expect(run).toThrowError(expect.objectContaining({ line: 3, column: 5 }));
  });
});
