/**
 * Who can do the work, who is struck out by what is asked, and who is beaten by whom. It compares like with like only, weighs
 * nothing and adds nothing up: a candidate is beaten when another is better in something and worse in nothing that was measured for both.
 */
import { better } from './kinds.ts';
import { baseName, needOf, readingsOf, speedsOf, startsOf, type Reading } from './readings.ts';
import { CANDIDATES_TABLE, ENOUGH, RULES, WALL_FOR, WALL_REASONS } from './tables.ts';
import { CANDIDATES, type Candidate, type CandidateId, type Cited, type Config, type Finding, type Ranked, type Tables, type Verdict, type WallAsked } from './types.ts';
import { duration, grouped, list, size } from './words.ts';

const MEASURED: ReadonlySet<Ranked> = new Set(['start', 'memory', 'speed', 'disk']);
/** With less in common, two candidates are not compared. */
const LEAST_IN_COMMON = 2;
const MIB_PER_GIB = 1024;

export interface Judged {
  readonly id: CandidateId;
  readonly verdict: Verdict;
  readonly reasons: readonly Cited[];
  /** What is asked and met only under a condition. */
  readonly provisos: readonly string[];
  readonly by?: { readonly id: CandidateId; readonly on: readonly Finding[] };
}

/** The least wall that is let through, with `asked` resolved. */
export function wallAsked({ wall, code }: Config): Exclude<WallAsked, 'asked'> {
  return wall === 'asked' ? WALL_FOR[code] : wall;
}

/** The verdict on each candidate, in their order. */
export function judge(tables: Tables, config: Config): readonly Judged[] {
  const checked = CANDIDATES.map((id) => check(tables, CANDIDATES_TABLE[id], config));
  const fit = checked.filter(({ verdict }) => verdict === 'stands').map(({ id }) => id);
  // Read once: each is compared with all others.
  const readings = Object.fromEntries(fit.map((id) => [id, readingsOf(tables, CANDIDATES_TABLE[id], config)]));
  const against = (one: CandidateId, other: CandidateId) => compared(readings[one] ?? [], readings[other] ?? []);
  const beats = new Map(fit.map((id) => [id, fit.filter((other) => other !== id && beatsIt(against(other, id)))]));
  const standing = undominated(beats);
  return checked.map((one) => {
    // One that stands says more than one that is beaten too.
    const [strongest] = (beats.get(one.id) ?? []).map((id) => ({ id, on: against(id, one.id) })).toSorted((a, b) => Number(standing.has(b.id)) - Number(standing.has(a.id)) || wins(b.on) - wins(a.on));
    return one.verdict !== 'stands' || standing.has(one.id) || !strongest ? one : { ...one, verdict: 'beaten' as const, by: strongest };
  });
}

const wins = (on: readonly Finding[]) => on.filter(({ sign }) => sign === 1).length;

/**
 * Those whom nobody beats. With gaps in the evidence "beats" may run in a circle: whoever is beaten only from within one stands,
 * because nothing speaks for the others in it.
 */
export function undominated(beats: ReadonlyMap<CandidateId, readonly CandidateId[]>): ReadonlySet<CandidateId> {
  const above = new Map([...beats.keys()].map((id) => [id, allAbove(id, beats)]));
  return new Set([...beats.keys()].filter((id) => [...(above.get(id) ?? [])].every((other) => above.get(other)?.has(id))));
}

/** Who beats it, and who beats those, and so on. */
function allAbove(id: CandidateId, beats: ReadonlyMap<CandidateId, readonly CandidateId[]>): ReadonlySet<CandidateId> {
  const found = new Set<CandidateId>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const fresh = (beats.get(next) ?? []).filter((other) => !found.has(other));
    fresh.forEach((other) => found.add(other));
    open.push(...fresh);
  }
  return found;
}

/** Every criterion on which there is something of one kind for both, with who is better. The first candidate is `ours`. */
export function compare(tables: Tables, one: CandidateId, other: CandidateId, config: Config): readonly Finding[] {
  return compared(readingsOf(tables, CANDIDATES_TABLE[one], config), readingsOf(tables, CANDIDATES_TABLE[other], config));
}

function compared(ours: readonly Reading[], theirs: readonly Reading[]): readonly Finding[] {
  return ours.flatMap((our) => theirs.filter(({ type }) => type === our.type).map((their) => finding(our, their)));
}

function finding(ours: Reading, theirs: Reading): Finding {
  const across = ours.study !== '' && theirs.study !== '' && ours.study !== theirs.study;
  return {
    criterion: ours.criterion, sign: inEachWay(ours, theirs, across), of: ours.criterion === 'speed' ? ours.by : '',
    ours: sideOf(ours), theirs: sideOf(theirs),
    on: ours.study === '' ? theirs.on : across && ours.criterion !== 'speed' ? `${ours.on}, and ${theirs.on}` : theirs.of === undefined || theirs.of === ours.of ? ours.on : `${ours.on}; against ${theirs.of}`,
    sources: [...new Set([...ours.sources, ...theirs.sources])],
  };
}

const sideOf = ({ type, text, by }: Reading): Finding['ours'] => ({ type, text, by });

/** Better or worse only where it is so in some way of setting both up and in no way the reverse. */
function inEachWay(ours: Reading, theirs: Reading, across: boolean): Finding['sign'] {
  const signs = (ours.ways ?? [ours]).flatMap((our) => (theirs.ways ?? [theirs]).map((their) => better(our, their, across)));
  return signs.includes(1) === signs.includes(-1) ? 0 : signs.includes(1) ? 1 : -1;
}

/** Better in something that was measured, worse in nothing, and enough in common to say so. */
export function beatsIt(findings: readonly Finding[]): boolean {
  const better = findings.some(({ criterion, sign }) => sign === 1 && MEASURED.has(criterion));
  return better && findings.every(({ sign }) => sign >= 0) && new Set(findings.map(({ criterion }) => criterion)).size >= LEAST_IN_COMMON;
}

type Must = (tables: Tables, candidate: Candidate, config: Config) => { readonly fails?: Cited; readonly unsaid?: Cited; readonly proviso?: string };

function check(tables: Tables, candidate: Candidate, config: Config): Judged {
  const { id } = candidate;
  const rules = RULES.flatMap(({ applies, out, sources }): readonly Cited[] => (applies(config) && out[id] !== undefined ? [{ text: out[id], sources }] : []));
  if (rules.length > 0) return { id, verdict: 'cannot', reasons: rules, provisos: [] };
  const asked = [wallMust, memoryMust, startMust, speedMust].map((must) => must(tables, candidate, config));
  const fails = asked.flatMap(({ fails: reason }) => (reason ? [reason] : []));
  const unsaid = asked.flatMap(({ unsaid: reason }) => (reason ? [reason] : []));
  const verdict = fails.length > 0 ? 'struck' : unsaid.length > 0 ? 'unsaid' : 'stands';
  return { id, verdict, reasons: fails.length > 0 ? fails : unsaid, provisos: asked.flatMap(({ proviso }) => (proviso === undefined ? [] : [proviso])) };
}

const wallMust: Must = (_, { wall }, config) => {
  const asked = wallAsked(config);
  return ENOUGH[asked].includes(wall) ? {} : { fails: WALL_REASONS[asked] };
};

/** How many fit into the machine as they were measured, and if each gives back what it does not use. Infinity where nothing is added. */
export function mostIn(tables: Tables, candidate: Candidate, { memoryGib }: Config): { readonly asMeasured: number; readonly atLeast: number } {
  const { low = 0, value = 0 } = needOf(tables, candidate) ?? {};
  const fit = (mib: number) => (mib > 0 ? Math.floor((memoryGib * MIB_PER_GIB) / mib) : Infinity);
  return { asMeasured: fit(value), atLeast: fit(low) };
}

const memoryMust: Must = (tables, candidate, config) => {
  const { fits, count, memoryGib } = config;
  const need = needOf(tables, candidate);
  const { asMeasured, atLeast } = mostIn(tables, candidate, config);
  if (!fits || !need || asMeasured >= count) return {};
  if (atLeast >= count) return { proviso: `each keeps no more than ${size((memoryGib * MIB_PER_GIB) / count)} beside its program` };
  const [{ on, sources, figures }] = need.readings as readonly [Reading, ...Reading[]];
  return { fails: { text: `${grouped(count)} × ${size(need.low)} is more than the machine’s ${grouped(memoryGib)} GiB, the programs’ own memory not counted (${on}).`, short: `${grouped(count)} of it do not fit into memory`, sources, figures } };
};

/**
 * Only clocks in which no engine works can strike out: what Docker or containerd take, every runtime below them pays alike. And only
 * a clock that runs over the whole start can show that it is met.
 */
const startMust: Must = (tables, candidate, { startWithinMs }) => {
  if (startWithinMs === 0) return {};
  const readings = startsOf(tables, candidate);
  const limit = duration(startWithinMs);
  const below = readings.filter(({ value }) => value <= startWithinMs);
  const within = below.filter(({ less }) => !less);
  if (within.length > 0) return { proviso: `${limit} is meant ${list([...new Set(within.map(({ by }) => by))], 'or')}` };
  const cited = { sources: [...new Set(readings.flatMap(({ sources }) => sources))], figures: readings.flatMap(({ figures }) => figures) };
  const bare = readings.filter(({ engine }) => engine === undefined);
  const told = (of: readonly Reading[]) => of.map(({ text, on }) => `${text} (${on})`).join('; ');
  if (bare.length > 0 && below.length === 0) return { fails: { text: `It takes more than ${limit} by every clock in which no engine works: ${told(bare)}.`, short: `it takes more than ${limit}`, ...cited } };
  const engines = list([...new Set(readings.flatMap(({ engine }) => (engine === undefined ? [] : [engine])))]);
  const [why, short] = readings.length === 0 ? ['we found no published start', 'no published start']
    : below.length > 0 ? [`it does only by a clock that runs over less than a start: ${told(below)}`, 'below that only by a part of its start']
      : [`it was only timed together with ${engines}: ${told(readings)}`, `timed only together with ${engines}`];
  return { unsaid: { text: `Whether it starts within ${limit} cannot be said: ${why}.`, short, ...cited } };
};

const speedMust: Must = (tables, { id, plain }, config) => {
  const { slowdown } = config;
  if (slowdown === 100 || plain) return {};
  const speeds = speedsOf(tables, id, config);
  const floor = 1 - slowdown / 100;
  if (speeds.length === 0) return { unsaid: { text: `Whether it loses at most ${slowdown} % cannot be said: we found no published speed at this kind of work.`, short: 'no published speed at such work', sources: [] } };
  const enough = speeds.filter(({ value }) => value >= floor);
  const said = (of: typeof speeds) => of.map(({ text, on }) => `${text} (${on})`).join('; ');
  if (enough.length === 0) return { fails: { text: `It loses more than ${slowdown} %: ${said(speeds)}.`, short: `it loses more than ${slowdown} %`, sources: speeds.flatMap(({ sources }) => sources), figures: speeds.flatMap(({ figures }) => figures) } };
  const foreign = enough.filter(({ comparison: { base } }) => base !== 'native').map(({ comparison: { base } }) => baseName(base));
  if (enough.length < speeds.length) return { proviso: `the work is like that of ${said(enough)}, and not like that of ${said(speeds.filter((speed) => !enough.includes(speed)))}` };
  return foreign.length > 0 ? { proviso: `the loss is counted against ${list([...new Set(foreign)])}` } : {};
};
