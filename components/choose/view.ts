/** The candidates in rows and groups: cards and table read the same state. It draws nothing. */
import type { CandidateId, CandidateView, Criterion, State, Verdict } from '../../src/sim/choosing/types.ts';
import type { Table } from '../kit/playground.ts';

export const VERDICTS: Readonly<Record<Verdict, string>> = { stands: 'Stands', unsaid: 'Cannot be said', beaten: 'Beaten by another', struck: 'Struck out by what is asked', cannot: 'Cannot do it' };

export const CRITERIA_WORDS: Readonly<Record<Criterion, string>> = {
  start: 'Start of one', many: 'Start of all at once', memory: 'Memory that it adds', speed: 'Speed at such work', disk: 'Disk', wall: 'Wall', falls: 'Falls with its kernel', kernels: 'Kernels to keep up to date', takes: 'Programs',
};
const CRITERIA = Object.keys(CRITERIA_WORDS) as Criterion[];

/** What the matrix of those that stand shows. */
export const MATRIX_WORDS: Readonly<Partial<Record<Criterion, string>>> = { start: 'Start', memory: 'Memory', wall: 'Wall', takes: 'Programs' };

export function standingOf({ candidates }: State): readonly CandidateView[] {
  return candidates.filter(({ verdict }) => verdict === 'stands');
}

/** Conditions that all of them have. */
export function commonOf(standing: readonly CandidateView[]): readonly string[] {
  return (standing[0]?.conditions ?? []).filter((condition) => standing.every(({ conditions }) => conditions.includes(condition)));
}

/** As a lesson shows it: verdicts with their reasons in short. */
export function briefTableOf({ asked, candidates }: State): Table {
  return {
    caption: asked,
    head: ['Candidate', 'Verdict', 'Why', 'As long as'],
    rows: candidates.map(({ title, verdict, says, line, conditions }) => [title, VERDICTS[verdict], verdict === 'stands' ? says : line, conditions.join('; ') || '–']),
  };
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

/** What stands on what in each candidate, from the top. A box is a wall with what stands in it. */
export type Slab = 'application' | 'userland' | 'kernel' | 'firmware' | 'hypervisor' | 'hardware' | readonly ['sandbox' | 'machine', ...Slab[]];

const HOST: readonly Slab[] = ['kernel', 'hardware'];
const VMM: readonly Slab[] = ['hypervisor', ...HOST];
const PROGRAM: readonly Slab[] = ['application', 'userland'];

export const STACKS: Readonly<Record<CandidateId, readonly Slab[]>> = {
  process: [...PROGRAM, ...HOST],
  container: [['sandbox', ...PROGRAM], ...HOST],
  gvisor: [['sandbox', ...PROGRAM, 'kernel'], ...HOST],
  kata: [['machine', ['sandbox', ...PROGRAM], 'kernel'], ...VMM],
  microvm: [['machine', ...PROGRAM, 'kernel'], ...VMM],
  vm: [['machine', ...PROGRAM, 'kernel', 'firmware'], ...VMM],
  unikernel: [['machine', 'application', 'kernel'], ...VMM],
};
