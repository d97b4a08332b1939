/** What must hold in every state of `choosing`. Tests check it; a reader's browser need not carry it. */
import { CANDIDATES, type CandidateView, type State } from './types.ts';

const of = ({ candidates }: State, verdict: CandidateView['verdict']) => candidates.filter((one) => one.verdict === verdict);

export const choosingInvariants: Readonly<Record<string, (state: State) => boolean>> = {
  'every candidate has one verdict': ({ candidates }) => candidates.map(({ id }) => id).join() === CANDIDATES.join(),
  'whoever is excluded, struck out or open has a reason': (state) => [...of(state, 'cannot'), ...of(state, 'struck'), ...of(state, 'unsaid')].every(({ reasons, says }) => reasons.length > 0 && reasons.every(({ text }) => text !== '') && says !== ''),
  'whoever does not stand has a line': ({ candidates }) => candidates.every(({ verdict, line }) => verdict === 'stands' || line !== ''),
  'Kata does not fit where the bare microVM does not': ({ candidates, config }) => {
    const struckFor = (id: string) => candidates.some((one) => one.id === id && one.reasons.some(({ short = '' }) => short.includes('do not fit')));
    return !config.fits || !struckFor('microvm') || struckFor('kata') || candidates.some(({ id, verdict }) => id === 'kata' && verdict === 'cannot');
  },
  'nobody stands without a condition': (state) => of(state, 'stands').every(({ conditions }) => conditions.length > 0),
  'the only one that stands is told with a condition': (state) => of(state, 'stands').length !== 1 || state.says.includes('as long as'),
  'whoever is beaten is beaten by another that could do the work': (state) => of(state, 'beaten').every(({ id, by }) => by?.id !== id && [...of(state, 'stands'), ...of(state, 'beaten')].some((other) => other.id === by?.id)),
  'a defeat names something better and nothing worse': (state) => of(state, 'beaten').every(({ by }) => by !== undefined && by.on.some(({ sign }) => sign === 1) && by.on.every(({ sign }) => sign >= 0)),
  'only like types are compared': ({ candidates }) => candidates.every(({ by }) => (by?.on ?? []).every(({ ours, theirs }) => ours.type === theirs.type)),
  'somebody stands unless everybody is excluded or open': (state) => of(state, 'stands').length > 0 || of(state, 'beaten').length === 0,
  'every cell has a value or says that there is none': ({ candidates }) => candidates.every(({ cells }) => cells.every(({ value }) => value !== '')),
  'a change that is told changes who stands': ({ changes }) => changes.every(({ then }) => /would/.test(then)),
};
