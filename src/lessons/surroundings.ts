/** What stands around this project's prose: its playgrounds, its facts and its pages. The rules themselves never read these. */
import { z } from 'zod';
import { catalog } from '../../components/catalog.ts';
import { loadCompat } from '../compat/load.ts';
import { loadErrors } from '../errors/load.ts';
import { loadFacts } from '../facts/load.ts';
import type { Problem } from '../facts/problem.ts';
import { tryClaim } from '../facts/trial.ts';
import type { YamlFile } from '../facts/yaml.ts';
import { loadHistory } from '../history/load.ts';
import { loadLab, recordedIds } from '../linux-lab/load.ts';
import { loadOverheads } from '../overheads/load.ts';
import { existsIn, routesIn, type Surroundings } from './world.ts';

/** The surroundings in the project at `root`, and what is wrong with its facts and claims. An entry with mistakes is not known to the prose. */
export function surroundingsOf(root: string): { readonly surroundings: Surroundings; readonly problems: readonly Problem[] } {
  const { figures, claims, sources, claimFiles, problems: mistakes } = loadFacts(root);
  const { knowledge, problems: incompatible } = loadCompat(root);
  const past = loadHistory(root, new Set(knowledge.mechanisms.map(({ id }) => id)));
  const overheads = mistakes.length > 0 ? [] : loadOverheads(root, { figures, sources }).problems;
  const { lab, problems: untried } = loadLab(root, figures);
  const misknown = [...loadErrors(root).problems, ...incompatible, ...past.problems, ...overheads, ...(mistakes.length > 0 ? [] : untried)];
  // A claim can be played once the figures fit, and what the models are told.
  const contradicted = mistakes.length + misknown.length > 0 ? [] : [...claims].flatMap(([id, claim]) => tryClaim(claim, claimFiles.get(id) as YamlFile));
  const ids = (entries: ReadonlyMap<string, unknown>): ReadonlySet<string> => new Set(entries.keys());
  const surroundings = { playgrounds: withExperiments(lab.experiments.map(({ id }) => id)), figures: ids(figures), claims: ids(claims), sources: ids(sources), recorded: recordedIds(lab), routes: routesIn(root), exists: existsIn(root) };
  return { surroundings, problems: [...mistakes, ...contradicted, ...misknown] };
}

/** The playgrounds, of which LinuxLab opens with one of these. Where experiments have mistakes, which they are is not known. */
function withExperiments(ids: readonly string[]): Surroundings['playgrounds'] {
  const { LinuxLab } = catalog;
  if (!LinuxLab || ids.length === 0) return catalog;
  return { ...catalog, LinuxLab: { ...LinuxLab, props: LinuxLab.props.extend({ experiment: z.enum(ids as [string, ...string[]]).optional() }) } };
}
