/** How the files of content/overheads refer to figures and sources. It knows that a ratio has both its terms from one study, in one unit. */
import { problemAt, type Entry } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import type { Problem } from '../facts/problem.ts';
import type { Figure, Source } from '../facts/schema.ts';
import { isStated } from '../sim/overheads/comparisons.ts';
import type { StudyFile } from './schema.ts';

type Study = Entry<StudyFile>;
type Figures = ReadonlyMap<string, Figure>;

/** Every mistake that shows only when the files are read with the facts. */
export function checkStudies(studies: readonly Study[], figures: Figures, sources: ReadonlyMap<string, Source>): readonly Problem[] {
  const seen = new Set<string>();
  return studies.flatMap((study) => [
    ...sourceProblems(study, sources),
    ...study.value.comparisons.flatMap((comparison, i) => [
      ...idProblems(study, comparison.id, i, seen),
      ...entryProblems(study, i),
      ...figureProblems(study, i, figures),
    ]),
  ]);
}

function at({ file }: Study, path: readonly PropertyKey[], found: string, expected: string, todo: string): Problem {
  return problemAt(file, file.placeOf(path), found, expected, todo);
}

function idProblems(study: Study, id: string, i: number, seen: Set<string>): readonly Problem[] {
  const taken = seen.has(id);
  seen.add(id);
  return taken ? [at(study, ['comparisons', i, 'id'], `the id "${id}" for the second time`, 'an id of its own', 'rename it')] : [];
}

function sourceProblems(study: Study, known: ReadonlyMap<string, Source>): readonly Problem[] {
  const { value } = study;
  const named: readonly (readonly [path: readonly PropertyKey[], ids: readonly string[]])[] = [
    [['study'], [value.study]],
    [['also'], value.also ?? []],
    [['dated', 'sources'], value.dated?.sources ?? []],
    ...value.comparisons.flatMap(({ dispute, trap }, i) => [[['comparisons', i, 'dispute', 'sources'], dispute?.sources ?? []], [['comparisons', i, 'trap', 'sources'], trap?.sources ?? []]] as const),
  ];
  return named.flatMap(([path, ids]) => ids.filter((id) => !known.has(id)).map((id) => {
    const near = nearest(id, known.keys());
    return at(study, path, `the unknown source "${id}"`, 'the id of a source in content/sources', near ? `write "${near}"` : 'add the source');
  }));
}

/** A comparison needs two, and what is said of a runner needs that runner. */
function entryProblems(study: Study, i: number): readonly Problem[] {
  const { entries, notes = {}, unranked = [], dispute, trap } = study.value.comparisons[i] as StudyFile['comparisons'][number];
  const runners = Object.keys(entries);
  const few = runners.length < 2 ? [at(study, ['comparisons', i, 'entries'], `${runners.length} runner`, 'at least two: the base, and what is compared with it', 'add one')] : [];
  const strange = [...Object.keys(notes), ...(dispute ? [dispute.runner] : []), ...(trap?.runners ?? []), ...(trap?.about ?? []), ...unranked].filter((runner) => !runners.includes(runner));
  return [...few, ...strange.map((runner) => at(study, ['comparisons', i], `words about "${runner}"`, `a runner of this comparison: ${runners.join(', ')}`, 'correct the runner'))];
}

function figureProblems(study: Study, i: number, figures: Figures): readonly Problem[] {
  const { entries, dispute, spread } = study.value.comparisons[i] as StudyFile['comparisons'][number];
  const named: readonly (readonly [path: readonly PropertyKey[], id: string])[] = [
    ...Object.entries(entries).map(([runner, id]) => [['comparisons', i, 'entries', runner], id as string] as const),
    ...Object.entries(dispute?.sides ?? {}).map(([side, id]) => [['comparisons', i, 'dispute', 'sides', side], id] as const),
  ];
  const [base] = named.map(([, id]) => figures.get(id));
  const wrong = named.flatMap(([path, id]) => figureProblem(study, path, id, base, figures));
  const ranged = named.some(([, id]) => {
    const { low, high } = figures.get(id) ?? {};
    return low !== high;
  });
  if (wrong.length > 0 || ranged === (spread !== undefined)) return wrong;
  return [at(study, ['comparisons', i], ranged ? 'figures with ranges, and no "spread"' : 'a "spread", and no figure with a range', 'words on what the ranges are, where there are any', ranged ? 'add "spread"' : 'remove "spread"')];
}

function figureProblem(study: Study, path: readonly PropertyKey[], id: string, base: Figure | undefined, figures: Figures): readonly Problem[] {
  const figure = figures.get(id);
  if (!figure) {
    const near = nearest(id, figures.keys());
    return [at(study, path, `the unknown figure "${id}"`, 'the id of a figure in content/facts', near ? `write "${near}"` : 'add the figure')];
  }
  const own = [study.value.study, ...(study.value.also ?? [])];
  if (typeof figure.value !== 'number') return [at(study, path, `"${id}", which is no number`, 'a figure to compute with', 'choose another')];
  if (!own.includes(figure.source)) return [at(study, path, `"${id}" from "${figure.source}"`, `a figure from ${own.join(' or ')}`, 'compare within one study')];
  if (base && figure.unit !== base.unit && !isStated(figure.unit)) return [at(study, path, `"${id}" in ${figure.unit}`, `the base’s unit, ${base.unit}`, 'compare like with like')];
  return [];
}
