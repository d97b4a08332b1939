/**
 * What stands in one lesson or glossary entry, and where: frontmatter, headings, links, tags, images, fences, prose.
 * It knows Markdown and MDX; it refuses to know which names exist and which mistakes matter.
 */
import Slugger from 'github-slugger';
import { markdownToMdast, type MdastNode } from 'satteri';
import type { Place } from '../facts/yaml.ts';
import { readFrontmatter, type Frontmatter } from './frontmatter.ts';
import { FEATURES, parseMdx, type Parsed, type SyntaxFault } from './parse-mdx.ts';
import { placesIn, type SourceText } from './source-text.ts';

/** Each thing keeps its offset in the file; `placeAt` of its document turns that into line and column. */
interface Located {
  readonly at: number;
}

export interface Heading extends Located {
  readonly depth: number;
  readonly text: string;
  /** The id that Astro gives it: its anchor. */
  readonly slug: string;
}

/** A link as written: `[[name]]` is a wiki link, everything else has an address. */
export interface ProseLink extends Located {
  readonly form: 'wiki' | 'address';
  readonly target: string;
}

/** `value` is undefined when the author wrote code where a plain value belongs. */
export interface Attribute {
  readonly name: string;
  readonly written: string;
  readonly value: unknown;
}

export interface Tag extends Located {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** `{...spread}` attributes, which no lesson may use. */
  readonly spreads: readonly string[];
  readonly hasContent: boolean;
}

export interface Image extends Located {
  readonly alt: string;
  readonly url: string | undefined;
}

export interface Fence extends Located {
  readonly lang: string;
  readonly value: string;
}

/** JavaScript in prose: an import or export, or an expression in braces that is not a comment. */
export interface Code extends Located {
  readonly kind: 'module' | 'expression';
  readonly value: string;
}

/** One paragraph, heading or table cell as flat text. Inline code and components without content stand as `HOLE`. */
export interface Prose extends Located {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

interface Piece extends Located {
  /** Where the piece begins in the flat text. */
  readonly start: number;
}

/** Stands in flat text for what is not prose: one word, never a number. */
export const HOLE = '\uFFFC';

export interface Document {
  readonly file: string;
  readonly text: string;
  readonly kind: 'lesson' | 'glossary';
  /** Undefined when there is none. */
  readonly frontmatter: Frontmatter | undefined;
  /** Pieces that could not be read; what stands around them was. */
  readonly faults: readonly SyntaxFault[];
  readonly headings: readonly Heading[];
  readonly links: readonly ProseLink[];
  readonly tags: readonly Tag[];
  readonly images: readonly Image[];
  readonly fences: readonly Fence[];
  readonly code: readonly Code[];
  readonly html: readonly (Located & { readonly value: string })[];
  readonly prose: readonly Prose[];
  placeAt(offset: number): Place;
}

type Collected = {
  readonly [K in 'headings' | 'links' | 'tags' | 'images' | 'fences' | 'code' | 'html' | 'prose']: Document[K][number][];
} & { readonly source: string; readonly slugger: Slugger };

/** Reads a lesson (.mdx) or a glossary entry (.md). A broken lesson is a document with `faults`, never an exception. */
export function readDocument({ file, text }: SourceText): Document {
  const kind = file.endsWith('.mdx') ? 'lesson' : 'glossary';
  const { root, faults } = kind === 'lesson' ? parseMdx(text) : parseMarkdown(text);
  const found: Collected = { source: text, slugger: new Slugger(), headings: [], links: [], tags: [], images: [], fences: [], code: [], html: [], prose: [] };
  if (root) visit(root, found, false);
  const { source: _source, slugger: _slugger, ...rest } = found;
  return { file, text, kind, frontmatter: readFrontmatter({ file, text }), faults, ...rest, placeAt: placesIn(text) };
}

/** Every text is Markdown. */
function parseMarkdown(text: string): Parsed {
  return { root: markdownToMdast(text, { features: FEATURES }), faults: [] };
}

type NodeOf<T extends MdastNode['type']> = Extract<MdastNode, { type: T }>;
type Collectors = { readonly [T in MdastNode['type']]?: (node: NodeOf<T>, found: Collected) => void };

const COLLECTORS: Collectors = {
  heading: (node, found) => {
    const text = headingText(node);
    found.headings.push({ at: start(node), depth: node.depth, text: text.trim(), slug: found.slugger.slug(text) });
  },
  link: (node, found) => {
    const wiki = isWikiLink(node, found.source);
    found.links.push({ at: start(node), form: wiki ? 'wiki' : 'address', target: wiki ? wikiName(node.url) : node.url });
  },
  definition: (node, found) => void found.links.push({ at: start(node), form: 'address', target: node.url }),
  image: (node, found) => void found.images.push({ at: start(node), alt: node.alt ?? '', url: node.url }),
  imageReference: (node, found) => void found.images.push({ at: start(node), alt: node.alt ?? '', url: undefined }),
  code: (node, found) => void found.fences.push({ at: start(node), lang: node.lang ?? '', value: node.value }),
  html: (node, found) => void found.html.push({ at: start(node), value: node.value }),
  mdxjsEsm: (node, found) => void found.code.push({ at: start(node), kind: 'module', value: node.value }),
  mdxFlowExpression: collectExpression,
  mdxTextExpression: collectExpression,
  mdxJsxFlowElement: collectTag,
  mdxJsxTextElement: collectTag,
};

// A component's content is prose of its own where it stands on one line: `<Predict>Because …</Predict>`.
const BLOCKS: ReadonlySet<string> = new Set(['paragraph', 'heading', 'tableCell', 'mdxJsxFlowElement']);
const PHRASING: ReadonlySet<string> = new Set(['text', 'emphasis', 'strong', 'delete', 'link', 'linkReference', 'inlineCode', 'mdxJsxTextElement']);

function visit(node: MdastNode, found: Collected, inProse: boolean): void {
  (COLLECTORS[node.type] as ((node: MdastNode, found: Collected) => void) | undefined)?.(node, found);
  if (!('children' in node)) return;
  const opens = !inProse && BLOCKS.has(node.type) && node.children.some((child) => PHRASING.has(child.type));
  if (opens) found.prose.push(flatten(node));
  for (const child of node.children) visit(child, found, inProse || opens);
}

/** Whether a link node was written `[[…]]`: the parser yields the same node for both forms. */
export function isWikiLink(node: MdastNode, source: string): boolean {
  return source.startsWith('[[', start(node));
}

/** The name in `[[name|text]]`: spaces folded, and without the backslash that a pipe needs inside a table. */
export function wikiName(url: string): string {
  return url.replace(/\\$/, '').replace(/\s+/g, ' ').trim();
}

function start(node: MdastNode): number {
  return node.position?.start.offset ?? 0;
}

function collectExpression(node: NodeOf<'mdxFlowExpression' | 'mdxTextExpression'>, found: Collected): void {
  const isComment = /^\s*(\/\*[\s\S]*?\*\/\s*)*$/.test(node.value);
  if (!isComment) found.code.push({ at: start(node), kind: 'expression', value: node.value });
}

function collectTag(node: NodeOf<'mdxJsxFlowElement' | 'mdxJsxTextElement'>, found: Collected): void {
  const attributes: Attribute[] = [];
  const spreads: string[] = [];
  for (const attribute of node.attributes) {
    if (attribute.type === 'mdxJsxExpressionAttribute') spreads.push(attribute.value);
    else attributes.push(readAttribute(attribute.name, attribute.value));
  }
  found.tags.push({ at: start(node), name: node.name ?? '', attributes, spreads, hasContent: node.children.length > 0 });
}

function readAttribute(name: string, value: string | { readonly value: string } | null | undefined): Attribute {
  if (value === null || value === undefined) return { name, written: name, value: true };
  if (typeof value === 'string') return { name, written: JSON.stringify(value), value };
  return { name, written: `{${value.value}}`, value: literal(value.value) };
}

/** The value of `8`, `true`, `"text"`, `'text'` or `[1, 'a']`; undefined for anything that would have to be run. */
function literal(code: string): unknown {
  const json = code.replace(/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/g, (all, inner?: string) => (inner === undefined ? all : JSON.stringify(inner)));
  try {
    const value: unknown = JSON.parse(json);
    return value === null || (typeof value === 'object' && !Array.isArray(value)) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** A heading's text as Astro reads it for the id: smart punctuation has turned `--` outside code into a dash, which ids drop. */
function headingText(node: MdastNode): string {
  if (node.type === 'text') return node.value.replace(/-{2,3}/g, '\u2013');
  if (node.type === 'inlineCode') return node.value;
  return 'children' in node ? node.children.map(headingText).join('') : '';
}

function flatten(block: MdastNode): Prose {
  const pieces: Piece[] = [];
  let text = '';
  const append = (node: MdastNode): void => {
    if (node.type === 'text') {
      pieces.push({ at: start(node), start: text.length });
      text += node.value;
    } else if ('children' in node && node.children.length > 0) node.children.forEach(append);
    else if (node.type === 'break') text += ' ';
    else if (node.type !== 'mdxTextExpression') text += HOLE;
  };
  if ('children' in block) block.children.forEach(append);
  return { at: start(block), text, pieces };
}

/**
 * Where a part of a paragraph's flat text stands in the file. Exact, unless the author wrote the same characters in another
 * way earlier in that piece (an escape or an entity); then it is the piece's beginning.
 */
export function offsetOf(document: Document, { text, pieces, at }: Prose, index: number, part: string): number {
  const piece = pieces.findLast(({ start: begin }) => begin <= index);
  if (!piece) return at;
  const guess = piece.at + (index - piece.start);
  if (document.text.startsWith(part, guess)) return guess;
  const later = document.text.indexOf(part, piece.at);
  return later >= 0 && later < guess + text.length ? later : piece.at;
}

/** Words of prose: what a reader reads, without code blocks, captions and frontmatter. */
export function countWords(document: Document): number {
  return document.prose.reduce((sum, { text }) => sum + (text.match(/\S*[\p{L}\p{N}\uFFFC]\S*/gu)?.length ?? 0), 0);
}

/** Where an attribute's name stands, for a message that points at it; the tag's beginning when it is not found. */
export function attributeAt(document: Document, tag: Tag, name: string): number {
  const opening = document.text.slice(tag.at, endOfOpening(document.text, tag.at));
  // Strings are blanked, so that a caption that mentions a prop's name is not taken for it.
  const blanked = opening.replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length));
  const match = new RegExp(`(?<=\\s)${name.replace(/[^\w-]/g, '\\$&')}(?=[\\s=/>])`).exec(blanked);
  return match ? tag.at + match.index : tag.at;
}

/** The end of an opening tag: the first `>` outside quotes and braces. */
function endOfOpening(text: string, from: number): number {
  const token = /"[^"]*"|'[^']*'|\{|\}|>/g;
  token.lastIndex = from;
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth++;
    else if (match[0] === '}') depth--;
    else if (match[0] === '>' && depth === 0) return match.index + 1;
  }
  return text.length;
}
