/** `choosing` whole, with its laws and measures: what tests, claims and the build use. */
import type { Figures, Model } from '../model.ts';
import { WORKS, type Comparison } from '../overheads/types.ts';
import type { Tables as BootTables } from '../boot-race/types.ts';
import { choosingInvariants } from './invariants.ts';
import { measure } from './measure.ts';
import { choosingIn } from './model.ts';
import { CANDIDATES_TABLE, CHOOSING_DEFAULTS } from './tables.ts';
import { CODES, NEEDS, PRESETS, STARTS, WALLS, type Action, type Config, type Fact, type State, type Tables } from './types.ts';

export { choosingIn, configAfter, LIMITS, presetOf } from './model.ts';
export { CANDIDATES_TABLE, CHOOSING_DEFAULTS, choosingFigures, choosingSources, PRESET_TABLE } from './tables.ts';
export * from './types.ts';

/** What the model computes with: these figures (`choosingFigures()` lists their ids), the comparisons, and the starts of the technologies that it runs. */
export function choosingTables(figures: Figures, comparisons: readonly Comparison[], boot: BootTables): Tables {
  const run = new Set(Object.values(CANDIDATES_TABLE).flatMap(({ many }) => (many ? [many.technology] : [])));
  const technologies = Object.fromEntries(Object.entries(boot.technologies).filter(([id]) => run.has(id)));
  return { figures, comparisons, boot: { ...boot, technologies } };
}

const COUNTS = [1, 10, 100, 1000];
const CORES = [4, 48];
const MEMORIES = [16, 256];
const WITHIN = [0, 100, 1000];
const LOSSES = [100, 10, 50];

/** The model over these tables. Throws SimError when a figure is missing. */
export function choosing(tables: Tables): Model<Config, State, Action, Fact> {
  return {
    ...choosingIn(tables),
    defaults: CHOOSING_DEFAULTS,
    legal: ({ config }) => {
      const other = <K extends keyof Config>(key: K, values: readonly Config[K][]): readonly Action[] => values.filter((value) => value !== config[key]).map((value) => ({ type: 'set', to: { [key]: value } }));
      const flip = (key: 'rebuild' | 'kvm' | 'fits'): Action => ({ type: 'set', to: { [key]: !config[key] } });
      return [
        ...PRESETS.map((preset): Action => ({ type: 'take', preset })),
        ...other('code', CODES), ...other('starts', STARTS), ...other('work', WORKS), ...other('needs', NEEDS), ...other('wall', WALLS),
        ...other('count', COUNTS), ...other('cores', CORES), ...other('memoryGib', MEMORIES), ...other('startWithinMs', WITHIN), ...other('slowdown', LOSSES),
        flip('rebuild'), flip('kvm'), flip('fits'),
      ];
    },
    isDone: () => false,
    measure,
    invariants: choosingInvariants,
  };
}
