/** What a lesson rests on: the figures, claims and sources that its text and its playgrounds use. It knows ids, not values. */
import type { Document } from './document.ts';
import { proseComponents, type IdKind } from './prose-components.ts';

export interface Citation {
  readonly kind: IdKind;
  readonly id: string;
}

/** What a playground computes with, by its name. */
export type FiguresOf = (playground: string) => readonly string[];

/** The facts as this module needs them. */
export interface Registers {
  readonly figures: ReadonlyMap<string, { readonly source: string }>;
  readonly claims: ReadonlyMap<string, { readonly sources: readonly string[]; readonly figures: readonly string[] }>;
}

/** Everything that a document cites, in the order in which it appears; repeats included. */
export function citationsIn({ tags }: Document, figuresOf: FiguresOf): readonly Citation[] {
  return tags.flatMap(({ name, attributes }) => {
    const kind = Object.hasOwn(proseComponents, name) ? proseComponents[name]?.id : undefined;
    const id = attributes.find((attribute) => attribute.name === 'id')?.value;
    if (kind) return typeof id === 'string' ? [{ kind, id }] : [];
    return figuresOf(name).map((figure) => ({ kind: 'figure', id: figure }) as const);
  });
}

/** The ids of the sources behind citations, each once, in order of first use. Unknown ids are the check's business. */
export function sourcesBehind(citations: readonly Citation[], { figures, claims }: Registers): readonly string[] {
  const ofFigure = (id: string): readonly string[] => {
    const figure = figures.get(id);
    return figure ? [figure.source] : [];
  };
  return [...new Set(citations.flatMap(({ kind, id }) => {
    if (kind === 'source') return [id];
    if (kind === 'figure') return ofFigure(id);
    if (kind === 'recorded result') return [];
    const claim = claims.get(id);
    return claim ? [...claim.sources, ...claim.figures.flatMap(ofFigure)] : [];
  }))];
}
