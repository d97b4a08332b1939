/** Links to sources, in short. */
interface Props {
  readonly ids: readonly string[];
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

export function Cited({ ids, base, sources }: Props) {
  return ids.length === 0 ? null : <small class="br-cited">{ids.map((id, i) => <>{i > 0 && ', '}<a href={`${base}sources/#${id}`}>{sources[id] ?? id}</a></>)}</small>;
}
