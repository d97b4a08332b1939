/** A diagram in words, before it is markup: sections of plain lists. It knows nothing of Mermaid or of elements. */
import { escapeHtml } from '../text.ts';

export interface WordItem {
  readonly text: string;
  readonly items?: readonly WordItem[];
}

export interface WordSection {
  /** What the list holds: `Parts`. */
  readonly heading: string;
  /** Whether the order of the items is part of the meaning. */
  readonly ordered: boolean;
  readonly items: readonly WordItem[];
}

/** A part of a diagram that carries classes, so that they can be checked. */
export interface ClassedPart {
  readonly label: string;
  readonly classes: readonly string[];
}

/** What a kind of diagram says of one diagram. */
export interface Words {
  readonly sections: readonly WordSection[];
  readonly classed: readonly ClassedPart[];
}

/** The inside of a `details` element. The description comes first, as the picture's own description is for screen readers only. */
export function wordsMarkup(description: string | null, sections: readonly WordSection[]): string {
  const lead = description ? `<p>${escapeHtml(description)}</p>` : '';
  const lists = sections.filter(({ items }) => items.length > 0).map(({ heading, ordered, items }) => `<p>${escapeHtml(heading)}:</p>${list(items, ordered)}`);
  return `<summary>Diagram in words</summary>${lead}${lists.join('')}`;
}

function list(items: readonly WordItem[], ordered: boolean): string {
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map(({ text, items: inner = [] }) => `<li>${escapeHtml(text)}${inner.length > 0 ? list(inner, ordered) : ''}</li>`).join('')}</${tag}>`;
}

/** `5 parts`, `1 arrow`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** What the picture says when its author gave no description. */
export function summaryOf(sections: readonly WordSection[]): string {
  const filled = sections.filter(({ items }) => items.length > 0);
  return `${filled.map(({ heading, items }) => count(items.length, heading.toLowerCase().replace(/s$/, ''))).join(', ')}. The same in words follows the picture.`;
}
