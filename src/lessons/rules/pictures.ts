/** Images and diagrams: that somebody who cannot see them is told what they show, and that the files are there. */
import type { Problem } from '../../facts/problem.ts';
import type { Document, Fence, Image } from '../document.ts';
import { imageFile, type World } from '../world.ts';
import { problemAt, type Rule } from './rule.ts';

/** Images without alternative text or without a file, and diagrams without a title. */
export const pictures: Rule = ({ document }, world) => [
  ...document.images.flatMap((image) => [...withoutText(document, image), ...withoutFile(document, image, world)]),
  ...diagramsOf(document).filter((diagram) => !hasTitle(diagram)).map(({ at }) => problemAt(document, at, {
    found: 'a diagram without accTitle', expected: 'a line "accTitle: …" that says what the diagram shows', todo: 'add it below the diagram\'s first line',
  })),
];

/** The Mermaid fences of a document. */
export function diagramsOf(document: Document): readonly Fence[] {
  return document.fences.filter(({ lang }) => lang === 'mermaid');
}

/** Whether a diagram says what it shows. */
export function hasTitle({ value }: Fence): boolean {
  return /^\s*accTitle\s*:\s*\S/m.test(value);
}

function withoutText(document: Document, { at, alt }: Image): readonly Problem[] {
  if (alt.trim() !== '') return [];
  return [problemAt(document, at, { found: 'an image without alternative text', expected: '![what it shows](file)', todo: 'say between the brackets what a reader who cannot see it needs to know' })];
}

function withoutFile(document: Document, { at, url }: Image, world: World): readonly Problem[] {
  if (url === undefined) return [];
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(url)) return [problemAt(document, at, { found: `an image from elsewhere, ${url}`, expected: 'a file of this project: pages ask no other site for anything', todo: 'put the file beside the lesson, with its licence' })];
  const file = imageFile(document.file, url);
  if (world.exists(file)) return [];
  return [problemAt(document, at, { found: `image "${url}"`, expected: `the file ${file}`, todo: 'add the file or correct the name' })];
}
