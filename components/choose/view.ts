/** The candidates in rows and groups: cards and table read the same state. It draws nothing. */
import type { CandidateView, Criterion, State, Verdict } from '../../src/sim/choosing/types.ts';
import type { Table } from '../kit/playground.ts';

export const VERDICTS: Readonly<Record<Verdict, string>> = { stands: 'Stands', unsaid: 'Cannot be said', beaten: 'Beaten by another', struck: 'Struck out by what is asked', cannot: 'Cannot do it' };

export const CRITERIA_WORDS: Readonly<Record<Criterion, string>> = {
  start: 'Start of one', many: 'Start of all at once', memory: 'Memory that it adds', speed: 'Speed at such work', disk: 'Disk', wall: 'Wall', falls: 'Falls with its kernel', kernels: 'Kernels to keep up to date', takes: 'Programs',
};
const CRITERIA = Object.keys(CRITERIA_WORDS) as Criterion[];

export function standingOf({ candidates }: State): readonly CandidateView[] {
  return candidates.filter(({ verdict }) => verdict === 'stands');
}

/** Conditions that all of them have. */
export function commonOf(standing: readonly CandidateView[]): readonly string[] {
  return (standing[0]?.conditions ?? []).filter((condition) => standing.every(({ conditions }) => conditions.includes(condition)));
}

/** As a lesson shows it: its first columns, verdicts with reasons and conditions. */
export function briefTableOf(state: State): Table {
  const { caption, head, rows } = tableOf(state);
  return { caption, head: head.slice(0, 4), rows: rows.map((row) => row.slice(0, 4)) };
}

/** A row for each candidate: verdict, reason, conditions, and every criterion with clock, hardware and year. */
export function tableOf({ asked, candidates }: State): Table {
  return {
    caption: asked,
    head: ['Candidate', 'Verdict', 'Why', 'As long as', ...CRITERIA.map((criterion) => CRITERIA_WORDS[criterion])],
    rows: candidates.map(({ title, verdict, says, conditions, thin, cells }) => [
      title, VERDICTS[verdict], [says, ...thin].join(' '), conditions.join('; ') || '–',
      ...CRITERIA.map((criterion) => cells.filter((cell) => cell.criterion === criterion).map(({ value, note }) => (note === '' ? value : `${value} (${note})`)).join('')),
    ]),
  };
}
