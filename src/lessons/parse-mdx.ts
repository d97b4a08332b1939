/**
 * Reads MDX that may be broken: each place where the parser stops is noted and blanked, and the rest is read all the same, so
 * that an author sees every mistake at once. It knows where the parser stops, not what to tell an author.
 */
import { mdxToMdast, type MdastNode } from 'satteri';

/** Where the parser stopped, as an offset in the file, and what it said. */
export interface SyntaxFault {
  readonly at: number;
  readonly message: string;
}

export interface Parsed {
  /** Undefined when nothing can be made of the file. */
  readonly root: MdastNode | undefined;
  readonly faults: readonly SyntaxFault[];
}

export const FEATURES = { wikilinks: true } as const;

/** More than any author makes between two looks at the page. */
const MOST_FAULTS = 20;

/** The tree of a lesson, without the pieces that no parser can read. Never throws. */
export function parseMdx(text: string): Parsed {
  const faults: SyntaxFault[] = [];
  let readable = text;
  while (faults.length < MOST_FAULTS) {
    try {
      return { root: mdxToMdast(readable, { features: FEATURES }), faults };
    } catch (error) {
      const fault = faultFrom(error, readable);
      const next = withoutFault(readable, fault);
      faults.push(fault);
      if (next === readable) break;
      readable = next;
    }
  }
  return { root: undefined, faults };
}

/** The parser throws `line:column: message (code)`. */
function faultFrom(error: unknown, text: string): SyntaxFault {
  const said = error instanceof Error ? error.message : String(error);
  const match = /^(\d+):(\d+): (.*?)(?: \([\w-]+:[\w-]+\))?$/s.exec(said);
  if (!match) return { at: 0, message: said };
  const message = match[3] as string;
  const at = offsetAt(text, Number(match[1]), Number(match[2]));
  // Inside braces the parser stops where it lost the thread; an author looks for where they open.
  return { at: isInsideExpression(message) ? Math.max(text.lastIndexOf('{', at), 0) : at, message };
}

function offsetAt(text: string, line: number, column: number): number {
  const before = text.split('\n', line - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

/** The text with spaces in place of what the parser stopped at, so that every offset stays. */
function withoutFault(text: string, { at, message }: SyntaxFault): string {
  // A closing tag that belongs to no opening one: the parser names the one that it waited for, which is blanked with it.
  const waiting = /^Unexpected closing tag .* \((\d+):(\d+)\)$/.exec(message);
  const rest = waiting ? blankPiece(text, offsetAt(text, Number(waiting[1]), Number(waiting[2]))) : text;
  return blankPiece(rest, isInsideExpression(message) ? beginningOfTag(text, at) : at);
}

function isInsideExpression(message: string): boolean {
  return message.startsWith('Could not parse expression');
}

/** The beginning of the tag around an offset; the offset itself when no tag of its paragraph is open there. */
function beginningOfTag(text: string, at: number): number {
  const paragraph = text.lastIndexOf('\n\n', at) + 1;
  const tag = text.slice(paragraph, at).search(/<[A-Za-z][^>]*$/);
  return tag >= 0 ? paragraph + tag : at;
}

/** A comment or a tag as a whole, or the one character that began it, becomes spaces. */
function blankPiece(text: string, at: number): string {
  const paragraph = text.slice(at).split(/\n[ \t]*\r?\n/, 1)[0] ?? '';
  const piece = /^(?:<!--[\s\S]*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|\{[^{}]*\})/.exec(paragraph)?.[0] ?? text.charAt(at);
  return text.slice(0, at) + piece.replace(/\S/g, ' ') + text.slice(at + piece.length);
}

