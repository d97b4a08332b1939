/** What relies on a source: figures, claims and the playgrounds that compute with the figures. It knows nothing of lessons. */
import { catalog } from '../../components/catalog.ts';
import { facts } from './index.ts';
import type { Claim, Figure } from './schema.ts';

export interface RelyingFigure {
  readonly figure: Figure;
  /** Names of the playgrounds whose models compute with it. */
  readonly playgrounds: readonly string[];
}

/** The figures that come from a source, in the order of content/facts. */
export function figuresFrom(source: string): readonly RelyingFigure[] {
  return [...facts().figures.values()].filter((figure) => figure.source === source).map((figure) => ({ figure, playgrounds: playgroundsWith(figure.id) }));
}

/** The claims that cite a source, or a figure from it. */
export function claimsOn(source: string): readonly Claim[] {
  const { claims, figures } = facts();
  return [...claims.values()].filter((claim) => claim.sources.includes(source) || claim.figures.some((id) => figures.get(id)?.source === source));
}

function playgroundsWith(figure: string): readonly string[] {
  return Object.values(catalog).filter(({ figures }) => figures.includes(figure)).map(({ name }) => name);
}
