/** Tags in prose: that they exist, and that their props and ids are right. */
import type { ZodObject } from 'zod';
import { nearest } from '../../facts/nearest.ts';
import type { Problem } from '../../facts/problem.ts';
import { attributeAt, type Attribute, type Document, type Tag } from '../document.ts';
import { htmlTags, proseComponents, type IdKind, type ProseComponent } from '../prose-components.ts';
import { inWords, mistakesIn, type Mistake } from '../schema-mistakes.ts';
import type { World } from '../world.ts';
import { excerpt, problemAt, type Finding, type Rule } from './rule.ts';

/** Unknown tags, wrong props, unknown ids, and content where there must be none or some. */
export const tags: Rule = ({ document }, world) => document.tags.flatMap((tag) => problemsOf(document, tag, world));

function problemsOf(document: Document, tag: Tag, world: World): readonly Problem[] {
  const component = componentNamed(tag.name, world);
  const html = Object.hasOwn(htmlTags, tag.name) ? htmlTags[tag.name] : undefined;
  if (!component && !html) return [problemAt(document, tag.at, unknownTag(tag.name, world))];
  const own = component ? [...propProblems(document, tag, component.props), ...idProblems(document, tag, component, world), ...contentProblems(document, tag, component)] : [];
  return [...codeProblems(document, tag), ...own, ...htmlProblems(document, tag, html)];
}

function componentNamed(name: string, { playgrounds }: World): ProseComponent | undefined {
  if (Object.hasOwn(proseComponents, name)) return proseComponents[name];
  const playground = Object.hasOwn(playgrounds, name) ? playgrounds[name] : undefined;
  return playground && { props: playground.props, content: 'none' };
}

const MARKDOWN_FOR: Readonly<Record<string, string>> = {
  a: '[text](address)', img: '![what it shows](file)', b: '**text**', strong: '**text**', i: '*text*', em: '*text*', code: '`text`',
  pre: 'lines between ```', p: 'a paragraph with an empty line around it', h1: '## Heading', h2: '## Heading', h3: '### Heading', ul: '- item', ol: '1. item', li: '- item', table: '| cell | cell |', blockquote: '> text',
};

function unknownTag(name: string, { playgrounds }: World): Finding {
  const markdown = Object.hasOwn(MARKDOWN_FOR, name) ? MARKDOWN_FOR[name] : undefined;
  if (markdown) return { found: `HTML <${name}>`, expected: `Markdown: ${markdown}`, todo: 'write it in Markdown' };
  const components = [...Object.keys(playgrounds), ...Object.keys(proseComponents)];
  const near = nearest(name, [...components, ...Object.keys(htmlTags)]);
  return { found: `unknown tag <${name}>`, expected: inWords(components), todo: near ? `rename it to <${near}>` : 'use one of these, or remove it' };
}

/** Attributes whose value would have to be run. */
function codeProblems(document: Document, tag: Tag): readonly Problem[] {
  const expected = 'a plain value such as {8}, {true}, "text" or {[\'a\', \'b\']}';
  return [
    ...tag.spreads.map((spread) => problemAt(document, tag.at, { found: `{${excerpt(spread)}} on <${tag.name}>`, expected: 'each prop by its name', todo: 'write the props one by one' })),
    ...tag.attributes.filter(isCode).map(({ name, written }) =>
      problemAt(document, attributeAt(document, tag, name), { found: `code: ${name}=${excerpt(written)}`, expected, todo: 'write the value itself' })),
  ];
}

function isCode({ value }: Attribute): boolean {
  return value === undefined;
}

function propProblems(document: Document, tag: Tag, schema: ZodObject): readonly Problem[] {
  const unread = new Set(tag.attributes.filter(isCode).map(({ name }) => name));
  const values = Object.fromEntries(tag.attributes.map(({ name, value }) => [name, value]));
  return mistakesIn(schema, values)
    .filter(({ name }) => !unread.has(name))
    .map((mistake) => problemAt(document, mistake.kind === 'together' ? tag.at : attributeAt(document, tag, mistake.name), explainProp(tag, mistake)));
}

function explainProp(tag: Tag, { kind, name, expected, near }: Mistake): Finding {
  if (kind === 'unknown') return { found: `unknown prop ${name} on <${tag.name}>`, expected, todo: near ? `rename it to ${near}` : 'remove it' };
  if (kind === 'missing') return { found: `<${tag.name}> without ${name}`, expected, todo: `add ${name}="…"` };
  if (kind === 'together') return { found: `props of <${tag.name}> that do not fit together (${expected})`, expected: 'props as the README beside the playground has them', todo: 'correct them' };
  const attribute = tag.attributes.find((each) => each.name === name);
  return { found: `${attribute?.written === name ? name : `${name}=${excerpt(attribute?.written ?? '')}`} on <${tag.name}>`, expected, todo: correction(name, attribute, near) };
}

function correction(name: string, attribute: Attribute | undefined, near: string | undefined): string {
  if (near !== undefined) return `write ${name}="${near}"`;
  const isNumberInQuotes = typeof attribute?.value === 'string' && /^-?\d+(\.\d+)?$/.test(attribute.value);
  return isNumberInQuotes ? `write ${name}={${String(attribute.value)}}, with braces` : `correct ${name}`;
}

const REGISTERS: Readonly<Record<IdKind, { readonly ids: (world: World) => ReadonlySet<string>; readonly place: string }>> = {
  figure: { ids: ({ figures }) => figures, place: 'content/facts' },
  claim: { ids: ({ claims }) => claims, place: 'content/claims' },
  source: { ids: ({ sources }) => sources, place: 'content/sources' },
  'recorded result': { ids: ({ recorded }) => recorded, place: 'content/linux-lab' },
};

function idProblems(document: Document, tag: Tag, component: ProseComponent, world: World): readonly Problem[] {
  const id = tag.attributes.find(({ name }) => name === 'id')?.value;
  if (!component.id || typeof id !== 'string' || id === '') return [];
  const { ids, place } = REGISTERS[component.id];
  if (ids(world).has(id)) return [];
  const near = nearest(id, ids(world));
  const todo = near ? `write id="${near}"` : `pick one from ${place}, or add it there`;
  return [problemAt(document, attributeAt(document, tag, 'id'), { found: `unknown ${component.id} "${id}"`, expected: `the id of a ${component.id} in ${place}`, todo })];
}

function contentProblems(document: Document, { at, name, hasContent }: Tag, { content }: ProseComponent): readonly Problem[] {
  if (content === 'none' && hasContent) return [problemAt(document, at, { found: `text inside <${name}>`, expected: `<${name} … /> with nothing inside`, todo: 'move the text out' })];
  if (content === 'needed' && !hasContent) return [problemAt(document, at, { found: `<${name}> with nothing inside`, expected: `the explanation between <${name} …> and </${name}>`, todo: 'write why the answer is right' })];
  return [];
}

function htmlProblems(document: Document, tag: Tag, allowed: readonly string[] | undefined): readonly Problem[] {
  if (!allowed) return [];
  return tag.attributes
    .filter(({ name }) => !allowed.includes(name))
    .map(({ name }) => problemAt(document, attributeAt(document, tag, name), { found: `${name} on <${tag.name}>`, expected: allowed.length > 0 ? inWords(allowed) : 'no attributes', todo: 'remove it' }));
}
