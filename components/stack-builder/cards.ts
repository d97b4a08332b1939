/** What a line under a figure says of the figure and of its source, made ready while the site is built. */
import type { FigureCard } from '../kit/playground.ts';

export interface Card {
  readonly id: string;
  readonly quantity: string;
  readonly interval?: string | undefined;
  /** Where the source stands on the site. */
  readonly href: string;
  readonly title: string;
  readonly year: number;
  /** What a reader should know of the evidence before believing the value; empty for most. */
  readonly doubt: string;
}

const DOUBTS: Readonly<Record<string, string>> = { 'primary-blog': ', one report', 'secondary-note': ', second-hand', 'secondary-web': ', second-hand' };

/** The cards of figures, with links that start at `base`. */
export function cardsFor(figures: readonly FigureCard[], base: string): readonly Card[] {
  return figures.map(({ id, quantity, interval, evidence, sourceId, sourceTitle, sourceYear }) => (
    { id, quantity, interval, href: `${base}sources/#${sourceId}`, title: sourceTitle, year: sourceYear, doubt: DOUBTS[evidence] ?? '' }
  ));
}
