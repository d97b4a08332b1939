/**
 * The source of a diagram before Mermaid reads it: its kind, its title where Mermaid's grammar has none, and what is refused.
 * It knows lines and first words; it refuses to parse diagrams, which is Mermaid's work.
 */
import { KINDS, type Kind } from './kinds.ts';
import { DiagramMistake } from './mistake.ts';

export interface Source {
  readonly kind: Kind;
  /** What Mermaid reads: as many lines as the fence, those that it must not see left empty. */
  readonly text: string;
  /** Lines of the fence before the first line of `text`. */
  readonly skipped: number;
  /** For kinds whose grammar has no titles. */
  readonly title: string | null;
  readonly description: string | null;
}

interface Refusal {
  /** The kinds that it applies to; all of them by default. */
  readonly kinds?: readonly string[];
  readonly line: RegExp;
  readonly found: string;
  readonly expected: string;
  readonly todo: string;
}

const KIND_NAMES = KINDS.map(({ name }) => name).join(', ');
const COMMENT = /^[ \t]*%%(?!\{).*$/gm;
const TITLE = /^[ \t]*accTitle[ \t]*:[ \t]*(.+)$/m;
const DESCRIPTION = /^[ \t]*accDescr[ \t]*(?::[ \t]*(.+)$|\{([^}]*)\})/m;

/** The site sets the look, a picture has no links that a keyboard could reach, and what Mermaid would pass over in silence is said. */
const REFUSALS: readonly Refusal[] = [
  {
    line: /^\s*%%\{/,
    found: 'a directive (%%{…}%%)',
    expected: 'a diagram without settings, as the site sets them for all',
    todo: 'remove the line',
  },
  {
    line: /^\s*---\s*$/,
    found: 'front matter',
    expected: 'a diagram without settings, as the site sets them for all',
    todo: 'remove it; write the title as `accTitle: …`',
  },
  {
    line: /^\s*(?:classDef|style|linkStyle)\s+\S+\s+\S/,
    found: 'fixed colors or lines',
    expected: 'classes that follow the theme',
    todo: 'remove the line and give parts a layer: `id:::kernel` (hardware, firmware, hypervisor, kernel, userland, application)',
  },
  {
    line: /^\s*(?:click|href|callback|link|links|properties|details)\s+[^\s:]+(?::\s|\s+)\S/,
    found: 'a link or a callback in a diagram',
    expected: 'a picture without controls',
    todo: 'remove the line and put the link into the text',
  },
  {
    kinds: ['sequenceDiagram'],
    line: /^\s*rect\s+\S/,
    found: 'a colored region',
    expected: 'messages, notes and blocks (loop, alt, opt, par)',
    todo: 'remove `rect` and its `end`, or use `box` for a group of participants',
  },
  {
    kinds: ['stateDiagram-v2'],
    line: /^\s*[\w-]+:::[\w-]+\s*$/,
    found: 'a class given by `:::` on a line of its own, which Mermaid passes over in state diagrams',
    expected: '`class id kernel`',
    todo: 'write it so',
  },
];

/** Throws DiagramMistake for a kind that is not drawn here and for statements that are refused. */
export function readSource(fence: string): Source {
  const text = fence.replace(/\r\n?/g, '\n').replace(COMMENT, '');
  const first = text.split('\n').findIndex((line) => line.trim() !== '');
  const opening = text.split('\n')[first]?.trim() ?? '';
  const kind = KINDS.find(({ keyword }) => keyword.test(opening));
  refuse(text, kind);
  if (!kind) throw unknownKind(opening, first);
  const rest = text.split('\n').slice(first).join('\n');
  if (kind.knowsTitles) return { kind, text: rest, skipped: first, title: null, description: null };
  return { kind, text: blank(blank(rest, TITLE), DESCRIPTION), skipped: first, ...titlesOf(rest) };
}

function refuse(text: string, kind: Kind | undefined): void {
  const refusals = REFUSALS.filter(({ kinds }) => !kinds || (kind && kinds.includes(kind.name)));
  for (const [index, line] of text.split('\n').entries()) {
    const refusal = refusals.find((candidate) => candidate.line.test(line));
    if (refusal) throw new DiagramMistake(index + 1, refusal.found, refusal.expected, refusal.todo);
  }
}

function unknownKind(opening: string, first: number): DiagramMistake {
  if (opening === '') return new DiagramMistake(1, 'an empty diagram', `a kind of diagram (${KIND_NAMES})`, 'write one, or remove the fence');
  const word = opening.split(/\s/)[0] ?? opening;
  const near = KINDS.find(({ name }) => name.toLowerCase().startsWith(word.toLowerCase().slice(0, 5)));
  const todo = near ? `write \`${near.name}\`` : 'use one of these, or a table or a list';
  return new DiagramMistake(first + 1, `\`${word}\`, a kind of diagram that is not drawn here`, `one of ${KIND_NAMES}`, todo);
}

function titlesOf(text: string): Pick<Source, 'title' | 'description'> {
  const description = DESCRIPTION.exec(text);
  return { title: TITLE.exec(text)?.[1]?.trim() ?? null, description: (description?.[1] ?? description?.[2])?.replace(/\s+/g, ' ').trim() ?? null };
}

/** Takes a statement out and keeps its lines. */
function blank(text: string, statement: RegExp): string {
  return text.replace(statement, (match) => match.replace(/[^\n]/g, ''));
}
