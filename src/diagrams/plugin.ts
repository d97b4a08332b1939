/** The Markdown side: finds ```mermaid fences in .md and .mdx and puts figures in their place. It knows Sätteri's tree and files. */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MdastPluginDefinition, MdastPluginEntry, MdastVisitorContext } from 'satteri';
import { elementMarkup, pageElements, type PageElement } from './figure.ts';
import { DiagramMistake } from './mistake.ts';
import type { Studio } from './studio.ts';

type Warn = (message: string) => void;
type CodeVisitor = NonNullable<MdastPluginDefinition['code']>;
type Code = Parameters<CodeVisitor>[0];

/** An error as Astro shows it: with the place in the author's file. */
interface PlacedError extends Error {
  loc: { file: string; line: number; column: number };
  line: number;
  column: number;
}

/** A factory, as ids are numbered per document. Documents without the word are passed over. */
export function diagramPlugin(studio: Studio, warn: Warn): MdastPluginEntry {
  return ({ source }) => (source.includes('mermaid') ? documentPlugin(studio, warn) : null);
}

function documentPlugin(studio: Studio, warn: Warn): MdastPluginDefinition {
  const seen = new Map<string, number>();
  return {
    name: 'mermaid-diagrams',
    options: { position: true },
    async code(node, context) {
      if (node.lang !== 'mermaid') return;
      const nth = (seen.get(node.value) ?? 0) + 1;
      seen.set(node.value, nth);
      const drawing = await studio.draw(node.value).catch((error: unknown) => {
        throw placed(error, node, context);
      });
      if (drawing.missingGlyphs.length > 0) warn(`${placeOf(node, context)}  ${missing(drawing.missingGlyphs)}`);
      replace(node, context, pageElements(node.value, drawing, nth));
    },
  };
}

function missing(glyphs: readonly string[]): string {
  return `the site's font has no glyph for ${glyphs.join(' ')} in this diagram, so the width of its text is a guess; do: write it in letters`;
}

function replace(node: Code, context: MdastVisitorContext, elements: readonly PageElement[]): void {
  if (context.sourceFormat !== 'mdx') return context.replaceNode(node, { type: 'html', value: elements.map(elementMarkup).join('\n') });
  const attribute = (name: string, value: string) => ({ type: 'mdxJsxAttribute' as const, name, value });
  const jsx = ({ tag, class: className, html }: PageElement) => ({
    type: 'mdxJsxFlowElement' as const,
    name: tag,
    attributes: [attribute('class', className), attribute('set:html', html)],
    children: [],
  });
  context.replaceNode(node, elements.map(jsx));
}

/** `content/lessons/…/03-x.mdx:12` */
function placeOf(node: Code, { fileURL }: MdastVisitorContext, line = 0): string {
  return `${fileURL ? relative(process.cwd(), fileURLToPath(fileURL)).replaceAll('\\', '/') : 'unknown file'}:${(node.position?.start.line ?? 0) + line}`;
}

/** The mistake, at its line of the file: that of the opening fence plus the line inside the fence. */
function placed(error: unknown, node: Code, context: MdastVisitorContext): unknown {
  if (!(error instanceof DiagramMistake)) return error;
  const line = (node.position?.start.line ?? 0) + error.line;
  const file = context.fileURL ? fileURLToPath(context.fileURL) : 'unknown file';
  const message = `${placeOf(node, context, error.line)}:1  ${error.message}`;
  return Object.assign(new Error(message), { name: 'DiagramMistake', line, column: 1, loc: { file, line, column: 1 } }) satisfies PlacedError;
}
