/** What a reader is told: best at what, pays with what, as long as what holds, and which change would turn it. Computed, never written down. */
import { compare, judge, mostIn, wallAsked, type Judged } from './rank.ts';
import { readingsOf, type Reading } from './readings.ts';
import { CANDIDATES_TABLE, WORK_NAMES } from './tables.ts';
import { CODES, NEEDS, STARTS, type Candidate, type CandidateId, type Change, type Config, type Finding, type Ranked, type Tables } from './types.ts';
import { WORKS } from '../overheads/types.ts';
import { about, against, changeInWords, duration, grouped, inWords, list, machineInWords, sentence, WALL_WORDS, workInWords } from './words.ts';

const COUNTS: readonly number[] = [1, 10, 100, 1000, 10_000];
const MEMORIES: readonly number[] = [4, 16, 64, 256, 1024];

const nameOf = (id: CandidateId) => CANDIDATES_TABLE[id].name;
const namesOf = (ids: readonly CandidateId[], last?: string) => list(ids.map(nameOf), last);
export const standingIn = (judged: readonly Judged[]): readonly CandidateId[] => judged.filter(({ verdict }) => verdict === 'stands').map(({ id }) => id);

/** Every single change of the work or the machine, and the one of what is asked that people ask most. */
function singleChanges({ memoryGib, ...config }: Config): readonly Partial<Config>[] {
  const others = <K extends 'code' | 'count' | 'starts' | 'work' | 'needs'>(key: K, values: readonly Config[K][]) => values.filter((value) => value !== config[key]).map((value) => ({ [key]: value }) as Partial<Config>);
  return [
    ...others('code', CODES), ...others('needs', NEEDS), { kvm: !config.kvm }, { rebuild: !config.rebuild },
    ...(config.wall === 'hardware' ? [] : [{ wall: 'hardware' as const }]),
    ...others('starts', STARTS), ...others('count', COUNTS), ...others('work', WORKS),
    ...MEMORIES.filter((gib) => gib !== memoryGib).map((gib) => ({ memoryGib: gib })),
  ];
}

/** A single change with who stands after it. */
export interface Tried {
  readonly to: Partial<Config>;
  readonly standing: readonly CandidateId[];
}

/** What came of trying each single change. */
export function tryAll(tables: Tables, config: Config): readonly Tried[] {
  return singleChanges(config).map((to) => ({ to, standing: standingIn(judge(tables, { ...config, ...to })) }));
}

/** The changes that change who stands, those with the same outcome and setting once: the nearest. */
export function changesOf(tried: readonly Tried[], now: readonly CandidateId[], config: Config): readonly Change[] {
  const turned = tried.filter(({ standing }) => standing.join() !== now.join());
  const seen = new Set<string>();
  return turned.toSorted((a, b) => distance(a.to, config) - distance(b.to, config)).filter(({ to, standing }) => {
    const setting = Object.keys(to)[0] as keyof Config;
    const direction = typeof to[setting] === 'number' ? Math.sign(Number(to[setting]) - Number(config[setting])) : '';
    const key = `${setting} ${direction} ${standing.join()}`;
    return seen.has(key) ? false : seen.add(key);
  }).map(({ to, standing }) => ({ if: changeInWords(to), to, back: Object.fromEntries(Object.keys(to).map((key) => [key, config[key as keyof Config]])), then: turn(now, standing), stands: standing.length === 0 ? 'None stands.' : `${sentence(namesOf(standing))} ${standing.length === 1 ? 'stands' : 'stand'}.` }));
}

/** Numbers that are nearer come first; other settings keep their order. */
function distance(to: Partial<Config>, config: Config): number {
  const [[key, value] = ['', 0]] = Object.entries(to) as [keyof Config, unknown][];
  return typeof value === 'number' ? Math.abs(Math.log(value / Number(config[key as keyof Config]))) : 0;
}

function turn(before: readonly CandidateId[], after: readonly CandidateId[]): string {
  const [more, less] = [after.filter((id) => !before.includes(id)), before.filter((id) => !after.includes(id))];
  if (after.length === 0) return 'None would stand.';
  return [
    more.length > 0 ? `${sentence(namesOf(more))} would stand${less.length > 0 && less.length === before.length ? ' instead' : ' too'}.` : '',
    less.length > 0 ? `${sentence(namesOf(less))} would fall.` : '',
  ].filter((text) => text !== '').join(' ');
}

/** The conditions under which a candidate goes on standing, found by trying each single change. */
export function conditionsOf(tables: Tables, judged: Judged, tried: readonly Tried[], config: Config): readonly string[] {
  const { id, provisos } = judged;
  const lost = tried.filter(({ standing }) => !standing.includes(id)).map(({ to }) => to);
  const losing = <K extends keyof Config>(key: K) => lost.flatMap((to) => (key in to ? [to[key] as Config[K]] : []));
  return [
    codeCondition(losing('code'), config),
    ...needsConditions(losing('needs'), config),
    losing('kvm').length > 0 ? (config.kvm ? 'the machine has hardware virtualization to give' : 'the machine has none to give to others') : '',
    losing('rebuild').length > 0 ? (config.rebuild ? 'the program can be rebuilt for it' : 'the program cannot be rebuilt') : '',
    losing('starts').length > 0 ? `it is not ${list(losing('starts').map((starts) => ({ 'rarely': 'started rarely', 'each-deploy': 'started with each deploy only', 'each-request': 'started for each request' })[starts]), 'or')}` : '',
    worksCondition(losing('work'), config),
    memoryCondition(tables, CANDIDATES_TABLE[id], config),
    ...provisos,
    CANDIDATES_TABLE[id].proviso?.text ?? '',
  ].filter((text) => text !== '');
}

function memoryCondition(tables: Tables, candidate: Candidate, config: Config): string {
  const { asMeasured, atLeast } = mostIn(tables, candidate, config);
  // The figures are of a small Linux guest.
  if (!config.fits || atLeast === Infinity || config.needs === 'windows') return '';
  const most = (count: number) => grouped(about(count));
  const wider = atLeast > asMeasured ? ` (${most(atLeast)} where each needs its least)` : '';
  return `no more than some ${most(asMeasured)} run at once in ${grouped(config.memoryGib)} GiB${wider}, the programs’ own memory not counted`;
}

function codeCondition(losing: readonly Config['code'][], { code }: Config): string {
  if (losing.length === 0) return '';
  if (losing.length === 2) return { mine: 'the code is yours alone', organization: 'the code is your organization’s', strangers: 'the code is strangers’ (other code asks for less)' }[code];
  return { mine: 'the code is not yours alone', organization: 'the code is not your organization’s', strangers: 'the code is not strangers’' }[losing[0] as Config['code']];
}

function needsConditions(losing: readonly Config['needs'][], { needs }: Config): readonly string[] {
  const words = { 'any-linux': 'any other Linux would not do', 'own-kernel': 'it needs no kernel version or module of its own', 'windows': 'it does not need Windows' } as const;
  if (needs === 'windows' && losing.length > 0) return ['it needs Windows'];
  if (losing.includes('own-kernel') && losing.includes('windows')) return ['it needs neither a kernel of its own nor Windows'];
  return losing.map((one) => words[one]);
}

function worksCondition(losing: readonly Config['work'][], { work }: Config): string {
  if (losing.length === 0) return '';
  if (losing.length === WORKS.length - 1) return `its time goes mostly to ${WORK_NAMES[work]}`;
  return `its time does not go mostly to ${list(losing.map((one) => WORK_NAMES[one]), 'or')}`;
}

const TOPICS: Readonly<Record<Ranked | 'wall', string>> = {
  start: 'start', memory: 'memory', speed: 'speed at such work', disk: 'disk', kernels: 'upkeep', takes: 'the programs that it takes', files: 'files', wall: 'its wall',
};

/** “Best at …; pays with …” against the others that stand, or, where none does, those that it beats. */
export function bestAndWorst(tables: Tables, id: CandidateId, others: readonly CandidateId[], config: Config): string {
  if (others.length === 0) return 'Nothing else is left to compare it with.';
  const all = others.map((other) => [...compare(tables, id, other, config), ...wallFinding(CANDIDATES_TABLE[id], CANDIDATES_TABLE[other])]);
  const topics = Object.keys(TOPICS) as (keyof typeof TOPICS)[];
  const signs = (topic: string) => all.flat().filter(({ criterion }) => criterion === topic).map(({ sign }) => sign);
  const best = topics.filter((topic) => signs(topic).includes(1) && !signs(topic).includes(-1));
  const pays = topics.filter((topic) => signs(topic).includes(-1));
  const value = (topic: keyof typeof TOPICS) => {
    const { text = '', by = '' } = all.flat().find(({ criterion, sign }) => criterion === topic && sign !== 0)?.ours ?? {};
    return by === '' ? text : `${text}, ${by}`;
  };
  const said = (some: readonly (keyof typeof TOPICS)[]) => list(some.map((topic) => `${TOPICS[topic]} (${value(topic)})`));
  const bestSaid = best.length > 0 ? `Best at ${said(best)}` : 'Best at nothing that was measured for another too';
  return `${bestSaid}; ${pays.length > 0 ? `pays with ${said(pays)}` : 'we found nothing measured that it pays with'}.`;
}

const HEIGHT = { none: 0, kernel: 1, sentry: 2, processor: 2 } as const;

/** Whose calls reach the host’s kernel. A software kernel and a processor do not rank. */
function wallFinding(one: Candidate, other: Candidate): readonly (Omit<Finding, 'criterion'> & { readonly criterion: 'wall' })[] {
  const sign = Math.sign(HEIGHT[one.wall] - HEIGHT[other.wall]) as Finding['sign'];
  const side = ({ wall }: Candidate) => ({ type: 'wall', text: WALL_WORDS[wall], by: '' });
  return [{ criterion: 'wall', sign, of: '', ours: side(one), theirs: side(other), on: '', sources: [] }];
}

/** What cannot be compared with the others that stand: no common clock or measure, or nothing published. */
export function thinness(tables: Tables, id: CandidateId, others: readonly CandidateId[], config: Config): readonly string[] {
  const mine = readingsOf(tables, CANDIDATES_TABLE[id], config);
  const has = (readings: readonly Reading[], topic: Ranked) => readings.some(({ criterion }) => criterion === topic);
  const apart = (['start', 'memory', 'speed'] as const).flatMap((topic) => {
    if (!has(mine, topic)) return [];
    const unlike = others.filter((other) => has(readingsOf(tables, CANDIDATES_TABLE[other], config), topic) && !compare(tables, id, other, config).some(({ criterion }) => criterion === topic));
    const own = mine.find(({ criterion }) => criterion === topic);
    return unlike.length === 0 || !own ? [] : [`${sentence(topic)}: ${own.text} (${own.by}), ${APART[topic]} with ${namesOf(unlike, 'or')}.`];
  });
  const missing = (['start', 'speed'] as const).filter((topic) => !has(mine, topic) && !(topic === 'start' && config.starts === 'rarely'));
  return [...apart, ...(missing.length > 0 ? [`We found no published ${list(missing.map((topic) => (topic === 'speed' ? 'speed at such work' : topic)), 'or')}.`] : [])];
}

const APART = { start: 'not on one clock', memory: 'not by one measure', speed: 'not in one study' } as const;

/** “Beaten by …: this against that; …” */
export function defeat(id: CandidateId, by: CandidateId, on: readonly Finding[]): string {
  const topics = (sign: number) => [...new Set(on.filter((one) => one.sign === sign).map(({ criterion }) => criterion))];
  const won = topics(1);
  const even = topics(0).filter((topic) => !won.includes(topic));
  const higher = HEIGHT[CANDIDATES_TABLE[id].wall] > HEIGHT[CANDIDATES_TABLE[by].wall];
  return [
    `Beaten by ${nameOf(by)}: ${won.map((topic) => `${TOPICS[topic]}, ${topic === 'speed' ? speedsInWords(on) : winsInWords(on, topic)}`).join('; ')}.`,
    even.length > 0 ? `Even in ${list(even.map((topic) => TOPICS[topic]))}.` : '',
    higher ? 'Only its wall is the stronger one, and more than is asked.' : 'Nothing that was found for both speaks for it.',
  ].filter((text) => text !== '').join(' ');
}

/** “Beaten by … at start and memory.” */
export function defeatInShort(by: CandidateId, on: readonly Finding[]): string {
  const won = [...new Set(on.filter(({ sign }) => sign === 1).map(({ criterion }) => criterion))];
  return `Beaten by ${nameOf(by)} at ${list(won.map((topic) => TOPICS[topic]))}.`;
}

function winsInWords(on: readonly Finding[], topic: Ranked): string {
  const found = on.filter(({ criterion, sign }) => criterion === topic && sign === 1);
  const clocks = [...new Set(found.map(({ ours }) => ours.by))];
  return list(clocks.map((by) => `${list(found.filter(({ ours }) => ours.by === by).map(({ ours, theirs }) => `${ours.text} against ${theirs.text}`))}${by === '' ? '' : ` (${by})`}`));
}

/** All comparisons of both, those that are even by name: a win counts beside them. */
function speedsInWords(on: readonly Finding[]): string {
  const all = on.filter(({ criterion }) => criterion === 'speed');
  const [won, even] = [all.filter(({ sign }) => sign === 1), all.filter(({ sign }) => sign === 0)];
  const pairs = (of: readonly Finding[]) => of.map(({ ours, theirs }) => [ours.text, theirs.text] as const);
  const counted = all.length === 1 ? '' : even.length === 0 ? ` in ${inWords(all.length)} comparisons` : ` in ${inWords(won.length)} of ${inWords(all.length)} comparisons`;
  const rest = even.length === 0 ? '' : `, even in ${list(even.slice(0, 2).map((one) => `“${one.of}” (${against(pairs([one]))})`))}${even.length > 2 ? ` and ${inWords(even.length - 2)} more` : ''}`;
  return `${against(pairs(won))}${counted}${rest}`;
}

const WALLS_ASKED = { none: 'no wall', kernel: 'a wall that the kernel keeps up', apart: 'that its calls stay off the host’s kernel', hardware: 'a wall that the processor enforces' } as const;

/** What is asked, in a sentence. */
export function askedInWords(config: Config): string {
  const { wall, fits, startWithinMs, slowdown, memoryGib } = config;
  const extra = [
    fits ? `what walls add fits into ${grouped(memoryGib)} GiB` : '',
    startWithinMs > 0 ? `a start within ${duration(startWithinMs)}` : '',
    slowdown < 100 ? `at most ${slowdown} % slower` : '',
  ].filter((text) => text !== '');
  return `${sentence(workInWords(config))}; ${machineInWords(config)}. Asked: ${WALLS_ASKED[wallAsked(config)]}${wall === 'asked' ? ', as goes with whose code it is' : ''}${extra.length > 0 ? `; ${extra.join('; ')}` : ''}.`;
}

/** The answer in a few sentences. `conditions` are those of the first that stands. */
export function answer(judged: readonly Judged[], conditions: readonly string[]): string {
  const standing = standingIn(judged);
  const [only] = standing;
  const head = !only
    ? 'None of the seven candidates fits this work.'
    : standing.length === 1
      ? `Of seven candidates only one stands: ${nameOf(only)}. It does as long as: ${conditions.slice(0, 2).join('; ')}${conditions.length > 2 ? `; and ${inWords(conditions.length - 2)} more` : ''}.`
      : `Of seven candidates ${inWords(standing.length)} stand, and none of these beats another: ${namesOf(standing)}.`;
  return [head, ...outInWords(judged)].join(' ');
}

function outInWords(judged: readonly Judged[]): readonly string[] {
  const of = (verdict: Judged['verdict']) => judged.filter((one) => one.verdict === verdict);
  const winners = [...new Set(of('beaten').map(({ by }) => by?.id))].filter((id) => id !== undefined);
  const beaten = winners.map((id) => `Beaten by ${nameOf(id)}: ${namesOf(of('beaten').filter(({ by }) => by?.id === id).map((one) => one.id))}.`);
  const [struck, cannot, unsaid] = [of('struck').map(({ id }) => id), of('cannot').map(({ id }) => id), of('unsaid').map(({ id }) => id)];
  return [
    ...(unsaid.length > 0 ? [`Of ${namesOf(unsaid)} it cannot be said.`] : []),
    ...beaten,
    ...(struck.length > 0 ? [`Struck out by what is asked: ${namesOf(struck)}.`] : []),
    ...(cannot.length > 0 ? [`Cannot do it: ${namesOf(cannot)}.`] : []),
  ];
}
