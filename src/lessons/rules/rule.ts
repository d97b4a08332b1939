/** What a rule of the check is: a question to one document, answered with problems. */
import type { Problem } from '../../facts/problem.ts';
import type { Page } from '../content.ts';
import type { Document } from '../document.ts';
import type { World } from '../world.ts';

/** The three parts of what an author reads. */
export interface Finding {
  readonly found: string;
  readonly expected: string;
  readonly todo: string;
}

export type Rule = (page: Page, world: World) => readonly Problem[];

/** A problem at an offset of a document. */
export function problemAt(document: Document, offset: number, finding: Finding): Problem {
  return { file: document.file, ...document.placeAt(offset), ...finding };
}

/** A problem of a document as a whole: it stands at its first line. */
export function problemOf(document: Document, finding: Finding): Problem {
  return { file: document.file, line: 1, column: 1, ...finding };
}

/** One line, at most 60 characters: enough to recognize what was written. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
