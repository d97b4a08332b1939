/**
 * `choosing`: which wall, for this work? It holds seven candidates against rules, against what is asked and against each other, and
 * names conditions. It knows published figures and rules; it refuses to weigh, to add up, and to compare by unlike clocks.
 */
import { SimError } from '../errors.ts';
import type { Playable, Reason } from '../model.ts';
import { WORKS } from '../overheads/types.ts';
import { cellsOf } from './cells.ts';
import { manyIn } from './many.ts';
import { judge, type Judged } from './rank.ts';
import { CANDIDATES_TABLE, PRESET_TABLE } from './tables.ts';
import { answer, askedInWords, bestAndWorst, changesOf, conditionsOf, defeat, defeatInShort, standingIn, thinness, tryAll, type Tried } from './tell.ts';
import { CODES, NEEDS, PRESETS, STARTS, WALLS, type Action, type CandidateId, type CandidateView, type Cited, type Config, type Fact, type Finding, type PresetId, type State, type Tables } from './types.ts';
import { list, sentence } from './words.ts';

export const LIMITS = { count: 10_000, memoryGib: 4096, cores: 256, startWithinMs: 3_600_000, slowdown: 100 } as const;

/** The model over these tables, as far as a page plays it. */
export function choosingIn(tables: Tables): Playable<Config, State, Action, Fact> {
  const stateOf = stateIn(tables);
  return {
    id: 'choosing',
    init: stateOf,
    step: (before, action) => {
      const state = stateOf(configAfter(before.config, action));
      return { state, facts: factsBetween(before, state) };
    },
    describe: ({ says }) => says,
    why: reasonsFor,
  };
}

/** The work that an action leads to: what a link keeps. */
export function configAfter(config: Config, action: Action): Config {
  if (action.type === 'set') return { ...config, ...action.to };
  if (!Object.hasOwn(PRESET_TABLE, action.preset)) throw new SimError(`There is no ready work "${action.preset}".`);
  return PRESET_TABLE[action.preset].to;
}

function stateIn(tables: Tables): (config: Config) => State {
  const manyOf = manyIn(tables.boot);
  return (config) => {
    checkConfig(config);
    const judged = judge(tables, config);
    const tried = tryAll(tables, config);
    const standing = standingIn(judged);
    const candidates = judged.map((one) => viewOf(tables, one, { config, judged, tried, standing }, manyOf(CANDIDATES_TABLE[one.id], config)));
    const first = candidates.find(({ id }) => id === standing[0]);
    return { config, preset: presetOf(config), near: nearOf(config), says: answer(judged, first?.conditions ?? []), asked: askedInWords(config), candidates, changes: changesOf(tried, standing, config) };
  };
}

interface Context {
  readonly config: Config;
  readonly judged: readonly Judged[];
  readonly tried: readonly Tried[];
  readonly standing: readonly CandidateId[];
}

function viewOf(tables: Tables, one: Judged, { config, judged, tried, standing }: Context, many: Parameters<typeof cellsOf>[3]): CandidateView {
  const { id, verdict, reasons, by } = one;
  const candidate = CANDIDATES_TABLE[id];
  const base = { id, title: candidate.title, verdict, reasons, line: '', conditions: [], thin: [], cells: cellsOf(tables, candidate, config, many) };
  if (verdict === 'beaten' && by) return { ...base, by: { id: by.id, on: mostTelling(by.on) }, says: defeat(id, by.id, by.on), line: defeatInShort(by.id, by.on) };
  if (verdict !== 'stands') return { ...base, says: reasons.map(({ text }) => text).join(' '), line: lineOf(reasons) };
  const peers = standing.filter((other) => other !== id);
  const rivals = peers.length > 0 ? peers : judged.filter((other) => other.by?.id === id).map((other) => other.id);
  return { ...base, says: bestAndWorst(tables, id, rivals, config), conditions: conditionsOf(tables, one, tried, config), thin: thinness(tables, id, peers, config) };
}

/** Why one is out, in as few words as its reasons have. */
function lineOf(reasons: readonly Cited[]): string {
  const shorts = reasons.flatMap(({ short }) => (short === undefined ? [] : [short]));
  return shorts.length === reasons.length ? `${sentence(list(shorts))}.` : reasons.map(({ text }) => text).join(' ');
}

/** Comparisons of speed that the page carries for a defeat, half of them those that say least for it. The sentence counts them all, and names what is even without being measured. */
const MOST_SPEEDS = 4;

function mostTelling(on: readonly Finding[]): readonly Finding[] {
  const speeds = on.filter(({ criterion }) => criterion === 'speed').toSorted((a, b) => b.sign - a.sign);
  const carried = speeds.length <= MOST_SPEEDS ? speeds : [...speeds.slice(0, MOST_SPEEDS / 2), ...speeds.slice(-MOST_SPEEDS / 2)];
  const counted = (one: Finding) => one.sign === 0 && one.ours.by === '';
  return on.filter((one) => (one.criterion === 'speed' ? carried.includes(one) : !counted(one)));
}

/** The ready work that a configuration is, or null. */
export function presetOf(config: Config): PresetId | null {
  const same = (other: Config) => (Object.keys(other) as (keyof Config)[]).every((key) => other[key] === config[key]);
  return PRESETS.find((id) => same(PRESET_TABLE[id].to)) ?? null;
}

/** Settings in which a work may differ from a ready one and still be called after it. */
const NEAR = 3;

/** The ready work that it differs from in the fewest settings. */
function nearOf(config: Config): PresetId | null {
  const differs = (id: PresetId) => (Object.keys(config) as (keyof Config)[]).filter((key) => PRESET_TABLE[id].to[key] !== config[key]).length;
  const [nearest] = PRESETS.toSorted((a, b) => differs(a) - differs(b));
  return nearest !== undefined && differs(nearest) <= NEAR ? nearest : null;
}

function factsBetween(before: State, now: State): readonly Fact[] {
  const changed = now.candidates.flatMap(({ id, verdict }, i): readonly Fact[] => {
    const from = before.candidates[i]?.verdict ?? verdict;
    return from === verdict ? [] : [{ id: 'verdictChanged', candidate: id, from, to: verdict }];
  });
  return [{ id: 'workStated' }, ...changed];
}

const PARETO = 'A candidate is beaten when another is better in something that was measured and worse in nothing that was measured for both by one clock or one measure.';

function reasonsFor({ candidates }: State, fact: Fact): readonly Reason[] {
  if (fact.id === 'workStated') return [{ rule: 'workStated', text: 'Rules exclude first, then what is asked; the rest is compared like with like.' }];
  const { verdict = 'stands', reasons = [], by } = candidates.find(({ id }) => id === fact.candidate) ?? {};
  if (verdict === 'cannot' || verdict === 'struck' || verdict === 'unsaid') return reasons.map(({ text, sources, figures = [] }) => ({ rule: verdict, text, sources, figures }));
  return [{ rule: verdict, text: PARETO, sources: [...new Set((by?.on ?? []).flatMap(({ sources }) => sources))] }];
}

const isWhole = (value: unknown, least: number, most: number) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

/** Throws SimError for what is no work. */
function checkConfig(config: Config): void {
  const { code, count, starts, work, needs, rebuild, memoryGib, cores, kvm, wall, fits, startWithinMs, slowdown } = config;
  const oneOf = (name: string, value: string, values: readonly string[]) => {
    if (!values.includes(value)) throw new SimError(`"${value}" is no ${name}: there are ${values.join(', ')}.`);
  };
  oneOf('owner of code', code, CODES);
  oneOf('pace of starts', starts, STARTS);
  oneOf('kind of work', work, WORKS);
  oneOf('need', needs, NEEDS);
  oneOf('wall', wall, WALLS);
  if ([rebuild, kvm, fits].some((value) => typeof value !== 'boolean')) throw new SimError('Rebuilding, hardware virtualization and memory are asked for with yes or no.');
  if (!isWhole(count, 1, LIMITS.count)) throw new SimError(`From 1 to ${LIMITS.count} run at once.`);
  if (!isWhole(memoryGib, 1, LIMITS.memoryGib)) throw new SimError(`A machine has 1 to ${LIMITS.memoryGib} GiB here.`);
  if (!isWhole(cores, 1, LIMITS.cores)) throw new SimError(`A machine has 1 to ${LIMITS.cores} cores here.`);
  if (!isWhole(startWithinMs, 0, LIMITS.startWithinMs)) throw new SimError('A start is asked for within whole milliseconds, at most an hour.');
  if (!isWhole(slowdown, 0, LIMITS.slowdown)) throw new SimError('A loss of speed is asked for in whole percent, from 0 to 100.');
}
