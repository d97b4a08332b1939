/** What relies on a source: figures, claims, the playgrounds that compute with the figures, and what models are told. It knows nothing of lessons. */
import { catalog } from '../../components/catalog.ts';
import { known } from '../known/index.ts';
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
  const { boot, comparisons } = known();
  const starts = Object.values(boot.technologies).some(({ figures }) => figures.includes(figure)) ? ['BootRace'] : [];
  const compared = comparisons.some(({ entries, dispute }) => [...entries, ...(dispute?.sides ?? [])].some((entry) => entry.figure === figure)) ? ['Overheads'] : [];
  return [...Object.values(catalog).filter(({ figures }) => figures.includes(figure)).map(({ name }) => name), ...starts, ...compared];
}

/** What models are told on the word of a source, by kind, each entry by its title. */
export interface Told {
  readonly kind: 'mechanism' | 'host' | 'rule' | 'tool' | 'image' | 'machine' | 'change' | 'start' | 'comparison';
  readonly title: string;
}

/** Mechanisms, hosts, rules, tools, images, moments of history, starts and comparisons that cite a source, wherever in the entry. */
export function toldBy(source: string): readonly Told[] {
  return citations().get(source) ?? [];
}

let found: ReadonlyMap<string, readonly Told[]> | undefined;

function citations(): ReadonlyMap<string, readonly Told[]> {
  if (found) return found;
  const { compat: { mechanisms, platforms, rules, tools, images }, history: { machines, changes }, boot, comparisons } = known();
  const lists = { mechanism: mechanisms, host: platforms, rule: rules, tool: tools, image: images, machine: machines, change: changes, start: Object.values(boot.technologies), comparison: comparisons } satisfies Record<Told['kind'], readonly { readonly id: string }[]>;
  const all = new Map<string, Told[]>();
  for (const [kind, entries] of Object.entries(lists)) {
    for (const entry of entries) {
      const told = { kind: kind as Told['kind'], title: 'title' in entry ? String(entry.title) : entry.id };
      for (const id of new Set(citedIn(entry))) all.set(id, [...(all.get(id) ?? []), told]);
    }
  }
  found = all;
  return all;
}

/** Every id under a key `sources`, however deep. */
function citedIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'sources' && Array.isArray(inner) ? inner.map(String) : citedIn(inner)));
}
