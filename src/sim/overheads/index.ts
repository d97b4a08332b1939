/** `overheads` whole, with its laws and measures: what tests, claims and the catalog use. */
import type { Measures, Model } from '../model.ts';
import { overheadsIn } from './model.ts';
import { RUNNERS, WORKS, type Action, type Comparison, type Config, type Fact, type Row, type Runner, type State } from './types.ts';
import { endsOf, fastestOf, isHalved, isNear, ranked, slowestOf } from './words.ts';

export { comparisonsOf, isStated, speedOf } from './comparisons.ts';
export { baseOf, configAfter, overheadsIn } from './model.ts';
export { nameOf, WORK_NAMES } from './names.ts';
export * from './types.ts';

export const OVERHEADS_DEFAULTS: Config = { view: 'by-work', work: 'compute', runner: 'container', against: 'study', read: 'speed', side: 'both', only: '' };

/** The model over these comparisons. `init` throws SimError for what cannot be shown. */
export function overheads(comparisons: readonly Comparison[]): Model<Config, State, Action, Fact> {
  return {
    ...overheadsIn(comparisons),
    defaults: OVERHEADS_DEFAULTS,
    legal,
    // There is always another side to turn to.
    isDone: () => false,
    measure,
    invariants: INVARIANTS,
  };
}

/** Every turn that a page offers; of the bases, the first few. */
function legal({ choices, config }: State): readonly Action[] {
  const turns: readonly Partial<Config>[] = [
    { view: 'by-work' }, { view: 'by-runner' },
    ...WORKS.map((work) => ({ work })),
    ...(Object.keys(choices.runners) as Runner[]).map((runner) => ({ runner })),
    ...(Object.keys(choices.against) as Config['against'][]).slice(0, 4).map((against) => ({ against })),
    { read: config.read === 'speed' ? 'time' : 'speed' },
    { side: 'both' }, { side: 'log' }, { side: 'table' },
  ];
  return turns.map((to) => ({ type: 'turn', to }));
}

const NONE = 'nothing ranks';

/** `slowest` and `fastest` name a runner; its speed is in percent of the base’s. Where two numbers are shown, the lower counts as the slowest and the higher as the fastest. */
export function measure({ groups }: State): Measures {
  const rows = groups.flatMap((group) => group.rows);
  const counted = ranked(rows);
  const slowest = endsOf(rows)?.slowest;
  const fastest = counted.toSorted((a, b) => fastestOf(b) - fastestOf(a))[0];
  return {
    measurements: counted.length,
    near: counted.filter(isNear).length,
    halved: counted.filter(isHalved).length,
    unranked: rows.filter(({ unranked }) => unranked).length,
    slowest: slowest?.runner ?? NONE,
    slowestPercent: slowest ? 100 * slowestOf(slowest) : NONE,
    fastest: fastest?.runner ?? NONE,
    fastestPercent: fastest ? 100 * fastestOf(fastest) : NONE,
  };
}

const rowsOf = ({ groups }: State): readonly Row[] => groups.flatMap(({ rows }) => rows);

/** The laws of what is shown. */
const INVARIANTS: Readonly<Record<string, (state: State) => boolean>> = {
  'a base has the speed 1': (state) => rowsOf(state).filter(({ isBase }) => isBase).every(({ marks }) => marks.every(({ speed }) => speed.value === 1)),
  'a comparison has its base first, once': ({ config, groups }) => config.view === 'by-runner' || groups.every(({ rows }) => rows[0]?.isBase === true && rows.filter(({ isBase }) => isBase).length === 1),
  'every mark lies on the axis, within its range': (state) => rowsOf(state).every(({ marks }) => marks.every(({ speed: { value, low, high } }) => state.axis.low <= low && low <= value && value <= high && high <= state.axis.high)),
  'two numbers stay two': ({ config, groups }) => groups.every(({ rows }) => rows.every(({ marks }) => marks.length === 1 || (config.side === 'both' && marks.every(({ name }) => name !== undefined)))),
  'a group is one study, one machine and one year': ({ config, groups, measured }) => config.view === 'by-runner' || groups.every(({ id, rows }) => rows.every(({ comparison }) => comparison === id && measured[id] !== undefined)),
  'what does not rank says why': (state) => rowsOf(state).every(({ unranked, isBase, notes }) => !unranked || (!isBase && notes.some((note) => note.startsWith('Does not rank')))),
  'what the answer names is drawn at once': ({ groups, slowest }) => slowest === undefined || groups.some(({ lead, rows }) => lead && rows.some(({ runner }) => runner === slowest)),
  'every row names a runner that there is': (state) => rowsOf(state).every(({ runner, base }) => RUNNERS.includes(runner) && RUNNERS.includes(base)),
};
