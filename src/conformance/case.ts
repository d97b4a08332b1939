/** What a conformance case is and how a file of them is read. It knows the shape of cases, not how they are played. */
import { readFileSync } from 'node:fs';

export interface Case {
  readonly id: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** Thrown for a file that holds no cases; the message is a sentence for whoever typed the command. */
export class CaseFileError extends Error {
  override readonly name = 'CaseFileError';
}

/** The cases of a file. Throws CaseFileError when it cannot be read or is not a JSON array of records with `id` and `kind`. */
export function readCases(path: string): readonly Case[] {
  const parsed = parse(path, read(path));
  if (!Array.isArray(parsed)) throw new CaseFileError(`${path} holds ${described(parsed)}; expected a JSON array of cases.`);
  const wrong = parsed.findIndex((entry) => !isCase(entry));
  if (wrong >= 0) throw new CaseFileError(`Entry ${wrong + 1} of ${path} is ${described(parsed[wrong])}; expected a record with the texts "id" and "kind".`);
  return parsed as readonly Case[];
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new CaseFileError(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}.`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CaseFileError(`${path} is not JSON: ${(error as Error).message}`);
  }
}

function isCase(entry: unknown): entry is Case {
  return typeof entry === 'object' && entry !== null && typeof (entry as Case).id === 'string' && typeof (entry as Case).kind === 'string';
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'a record without them' : `a ${typeof value}`;
}
