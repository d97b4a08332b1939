/** A YAML file with its places: every value can be traced to the line that an author wrote. It knows YAML, not what is in it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isCollection, isMap, isScalar, LineCounter, parseDocument, Scalar, visit, type Document, type Node, type YAMLParseError } from 'yaml';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface YamlFile {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly data: unknown;
  /** Why it is not YAML. */
  readonly faults: readonly { readonly message: string; readonly place: Place }[];
  /** Unquoted texts that a comment follows on the same line. */
  readonly comments: readonly Place[];
  /** Where a value stands; for a value that is not there, where the nearest record or list around it begins. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Where a key stands. */
  placeOfKey(path: readonly PropertyKey[]): Place;
}

/** Reads a YAML file. Faults in it are listed, not thrown. */
export function readYaml(root: string, file: string): YamlFile {
  return parseYaml(file, readFileSync(resolve(root, file), 'utf8'));
}

/** The same for a text that has been read. */
export function parseYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: 'core' });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // What follows the first fault is mostly its consequence.
  const faults = document.errors.slice(0, 1).map((error) => faultOf(error, text)).map(({ message, offset }) => ({ message, place: place(offset) }));
  return {
    file,
    faults,
    comments: commentedIn(document).map(place),
    data: faults.length > 0 ? undefined : document.toJS(),
    placeOf: (path) => place(nodeNear(document, path)?.range?.[0] ?? 0),
    placeOfKey: (path) => place(keyAt(document, path)?.range?.[0] ?? nodeNear(document, path)?.range?.[0] ?? 0),
  };
}

/** Where an unquoted text begins that a comment follows. */
function commentedIn(document: Document): readonly number[] {
  const found: number[] = [];
  visit(document, { Scalar: (key, { type, comment, value, range }) => void (key !== 'key' && type === Scalar.PLAIN && typeof value === 'string' && comment && range && found.push(range[0])) });
  return found;
}

/** What the parser says of the commonest slips, in an author's words. */
const IN_WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Nested mappings are not allowed/, 'a text that holds a colon and a space needs quotes around it; a new key needs the indentation of its neighbors'],
  [/^Map keys must be unique/, 'this key stands twice in one entry; remove one, or begin a new entry with "- "'],
  [/^Implicit (?:keys need|map keys? need)/, 'this line has no "key:"; put the text before it in quotes, or indent it under its key'],
  [/^All (?:mapping|collection) items must start at the same column/, 'this line is indented unlike its neighbors'],
];

/** A fault in an author's words, where the parser's own lead astray. */
function faultOf({ message, pos }: YAMLParseError, text: string): { readonly message: string; readonly offset: number } {
  const tab = /^ *\t/m.exec(text);
  if (tab) return { message: 'a tab indents this line; put two spaces in its place', offset: tab.index + tab[0].length - 1 };
  return { message: IN_WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? message, offset: pos[0] };
}

function nodeNear(document: Document, path: readonly PropertyKey[]): Node | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isScalar(node) || isCollection(node)) return node;
  }
  return document.contents ?? undefined;
}

function keyAt(document: Document, path: readonly PropertyKey[]): Node | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isScalar(pair?.key) ? pair.key : undefined;
}
