/** The quantities of `choosing` that claims compare. */
import type { Measures } from '../model.ts';
import type { CandidateView, Criterion, State } from './types.ts';

/**
 * `standing` (ids joined with `+`, or `none`), `stands` (how many), `changes`; for each candidate its verdict under its id, and
 * `<id>By` (who beats it, or `none`), `<id>Start`, `<id>Kernels` as in the table, `<id>Conditions` (how many).
 */
export function measure({ candidates, changes }: State): Measures {
  const standing = candidates.filter(({ verdict }) => verdict === 'stands').map(({ id }) => id);
  const each = candidates.flatMap((candidate) => Object.entries(ofOne(candidate)).map(([name, value]) => [`${candidate.id}${name}`, value] as const));
  return { stands: standing.length, standing: standing.join('+') || 'none', changes: changes.length, ...Object.fromEntries(each) };
}

function ofOne({ verdict, by, cells, conditions }: CandidateView): Measures {
  const value = (criterion: Criterion) => cells.find((cell) => cell.criterion === criterion)?.value ?? 'none';
  return { '': verdict, By: by?.id ?? 'none', Conditions: conditions.length, Start: value('start'), Kernels: Number(value('kernels').replaceAll(',', '')) };
}
