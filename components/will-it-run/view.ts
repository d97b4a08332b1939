/** What the answer looks like in words: verdicts, marks and the table, which the drawing and the export read alike. It draws nothing. */
import type { State, Verdict, Way } from '../../src/sim/compat/model.ts';
import type { RowStatus } from '../../src/sim/compat/telling.ts';
import type { Mark } from '../kit/CrossSection.tsx';
import type { Table } from '../kit/playground.ts';

export const VERDICTS: Readonly<Record<Verdict, string>> = { 'runs': 'It runs', 'runs-if': 'It runs, if', 'no': 'It does not run', 'by-hand': 'Only by hand' };
export const STATUSES: Readonly<Record<RowStatus, string>> = { met: 'fits', tight: 'fits, just', presumed: 'presumed', depends: 'would fit', open: 'not stated', unmet: 'does not fit' };
export const WAYS: Readonly<Record<Way['kind'], string>> = { 'works': 'works', 'by-hand': 'works, set up by hand', 'miss': 'does not work' };

/** Which parts the way adds: brought out where it works, held back where it would have to. */
export function marksOf({ added, ways, drawn }: State): Readonly<Record<string, Mark>> {
  const mark: Mark = ways[drawn]?.kind === 'miss' ? 'aside' : 'active';
  return Object.fromEntries(added.filter((id) => mark === 'aside' || id.endsWith('/kernel')).map((id) => [id, mark]));
}

/** What is drawn, for whoever comes to it without seeing it. */
export function labelOf(state: State): string {
  const way = state.ways[state.drawn];
  return way ? `Cross-section of the machine with this way: ${way.title}, which ${WAYS[way.kind].replace(/^works, set/, 'works when set')}` : 'Cross-section of the machine, without a way to run the workload';
}

/** A layer of conditions in words: `hardware-virtualization` is “hardware virtualization”. Conditions on none in particular have none. */
export const layerText = (layer: string): string => (layer === 'other' ? '' : layer.replaceAll('-', ' '));

/** The situation of one of the runs, part by part: where there are two, first the parts in which they differ. */
export function lineParts(states: readonly State[], at: number): readonly { readonly text: string; readonly differs: boolean }[] {
  const parts = (states[at]?.line ?? []).map((text, i) => ({ text, differs: states.some(({ line }) => line[i] !== text) }));
  return parts.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}

/** The answer with all that was asked, what would change it and the other ways. `name` tells one of two runs from the other. */
export function tableOf(state: State, name?: string): Table {
  const { verdict, says, rows, changes, ways, missing, line } = state;
  return {
    caption: `${name ? `${name}. ` : ''}${VERDICTS[verdict]}${verdict === 'runs-if' ? ' what is not stated fits' : ''}: what was asked, what would change the answer, and the ways`,
    head: ['Kind', 'What', 'Here', 'Layer or cost', 'Asked by'],
    rows: [
      ['Answer', says, VERDICTS[verdict], missing ? layerText(missing.layer) : '', ''],
      ['Situation', line.join(' · '), '', '', ''],
      ...(missing?.error === undefined ? [] : [['Error', missing.error, missing.todo ?? '', layerText(missing.layer), '']]),
      ...rows.map(({ asked, have, status, layer, by }) => ['Asked', asked, have === STATUSES[status] ? have : `${STATUSES[status]}; ${have}`, layerText(layer), by]),
      ...changes.map(({ says: order, byHand }) => ['Change', order, byHand ? 'then it runs, set up by hand' : 'then it runs', '', '']),
      ...ways.map(({ kind, title, costs, lacks }) => ['Way', title, lacks === undefined ? WAYS[kind] : `${WAYS[kind]}: ${lacks}`, costs, '']),
    ],
  };
}
