/** Fences in .md and .mdx on their way through the Markdown processor that Astro uses. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { markdownToHtml, mdxToJs } from 'satteri';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkDiagram, mermaidDiagrams } from '../../src/diagrams/index.ts';
import { FONTS } from './artist.ts';
import { STACK } from './samples.ts';

const warnings: string[] = [];
const diagrams = mermaidDiagrams({ fonts: FONTS, cacheDir: null, warn: (message) => warnings.push(message) });
afterAll(() => diagrams.close());
beforeEach(() => void warnings.splice(0));

const FRONT_MATTER = '---\ntitle: Example\n---\n\n# Example\n\n';
const SMALL = 'flowchart TB\n  accTitle: A call\n  app["read(fd) {x}"]:::application --> kernel["Kernel"]:::kernel\n';
const fence = (source: string): string => `\`\`\`mermaid\n${source}\`\`\`\n`;
const options = (name: string) => ({ mdastPlugins: [diagrams.plugin], features: { frontmatter: true }, fileURL: pathToFileURL(join(process.cwd(), 'content', 'lessons', name)) });

const html = async (source: string): Promise<string> => (await markdownToHtml(source, options('example.md'))).html;
const js = async (source: string): Promise<string> => (await mdxToJs(source, options('example.mdx'))).code;

describe('in .md', () => {
  it('a fence becomes a figure, with its words after it', async () => {
    expect(await html(`${FRONT_MATTER}${fence(SMALL)}\nText.`)).toMatch(
      /<h1>Example<\/h1>\s*<figure class="diagram"><div class="diagram-scroll" role="group" aria-label="[^"]+" tabindex="0" style="--natural: [\d.]+px"><svg .*<\/svg><\/div><\/figure>\s*<details class="diagram-text"><summary>Diagram in words<\/summary>.*<\/details>\s*<p>Text\.<\/p>/s,
    );
  });

  it('a wide picture may leave the column', async () => {
    expect(await html(fence(STACK))).toContain('<figure class="diagram diagram-wide">');
  });

  it('other fences stay as they are', async () => {
    expect(await html('```js\nconst mermaid = 1;\n```')).toContain('<code class="language-js">const mermaid = 1;');
  });

  it('ids are unique on the page, stable between builds, and none is left open', async () => {
    const page = fence(SMALL) + fence(STACK) + fence(SMALL);
    const ids = [...(await html(page)).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^d[\da-f]{6}(-2)?-\w+$/.test(id))).toBe(true);
    expect(await html(page)).toBe(await html(page));
  });

  it('the ids of a diagram do not depend on what stands before it', async () => {
    const figure = (page: string): string => /<figure class="diagram">.*?<\/figure>/s.exec(page)![0];
    expect(figure(await html(fence(STACK) + fence(SMALL)))).toBe(figure(await html(fence(SMALL))));
  });
});

describe('in .mdx', () => {
  it('a fence becomes elements whose inside is set as HTML, braces and all', async () => {
    const code = await js(`${FRONT_MATTER}{1 + 1}\n\n${fence(SMALL)}`);
    expect(code).toMatch(/\.figure, \{\s*class: "diagram",\s*"set:html": "<div class=\\"diagram-scroll\\"/);
    expect(code).toMatch(/\.details, \{\s*class: "diagram-text",\s*"set:html": "<summary>/);
    expect(code).toContain('read(fd) {x}');
  });
});

describe('a mistake', () => {
  const broken = 'flowchart TB\n  accTitle: T\n  a --> --> b\n';
  it.each([
    ['.md', 'example.md', html],
    ['.mdx', 'example.mdx', js],
  ])('in %s stops the build at its line of the file', async (_kind, name, compile) => {
    const error = await compile(`${FRONT_MATTER}${fence(SMALL)}\n${fence(broken)}`).catch((thrown: unknown) => thrown);
    // 6 lines before the first fence, 5 of it, an empty one, the opening of the second, then its third line.
    expect(error).toMatchObject({ line: 16, column: 1, loc: { line: 16, column: 1 } });
    expect((error as Error).message).toMatch(new RegExp(`^content/lessons/${name.replace('.', '\\.')}:16:1  found .+; expected .+; do: .+$`));
  });

  it('is told by the check with its line in the fence', async () => {
    expect(await checkDiagram(broken)).toMatchObject({ line: 3, message: expect.stringMatching(/^found .+; expected .+; do: .+$/) });
    expect(await checkDiagram(SMALL)).toBeNull();
  });
});

it('a character that the font lacks is a warning with its place', async () => {
  await html(`${FRONT_MATTER}${fence('flowchart TB\n  accTitle: T\n  a["x → y"]\n')}`);
  expect(warnings).toEqual([expect.stringMatching(/^content\/lessons\/example\.md:7 {2}the site's font has no glyph for → .*do: /)]);
});
