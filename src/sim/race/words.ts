/** What is said of a race: before it, at an instant, at its end. It knows words for what the state holds, no rules. */
import { spoken } from '../boot-race/facts.ts';
import { COMPANY, FACTORS, FRAMES, SURE, type Bet, type Config, type LaneView, type State } from './types.ts';

const each = (count: number) => count.toLocaleString('en-US');

/** A list as people say it. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The lanes that run, in order of their medians; those with nothing to show are left out. */
function ranked(lanes: readonly LaneView[]): readonly (LaneView & { readonly median: number; readonly index: number })[] {
  return lanes.flatMap((lane, index) => (lane.spread ? [{ ...lane, median: lane.spread.p50Us, index }] : [])).toSorted((a, b) => a.median - b.median);
}

/** What the state says in a few sentences; the verdict comes first. */
export function says({ config, lanes, machine, nowUs, verdict, betOn }: Omit<State, 'says'>): string {
  const evident = lanes.filter(({ gap }) => gap === undefined);
  const gaps = lanes.flatMap(({ title, gap }) => (gap === undefined ? [] : [`${title}: no evidence, so nothing is started. ${gap}`]));
  if (config.frame === 0) return [evident.length > 0 ? setting(config, evident, machine) : '', absent(lanes), evident.length > 1 ? asked(config, lanes, betOn) : ''].filter((text) => text !== '').join(' ');
  const told = evident.length > 0 ? [`After ${spoken(nowUs)}: ${evident.map(laneInWords).join(' ')}`] : [];
  return [verdict, ...told, ...gaps].filter((text) => text !== '').join(' ');
}

function setting({ count, atOnce }: Config, evident: readonly LaneView[], machine: string): string {
  const many = count === 1 ? 'One each' : `${each(count)} each`;
  const pace = count === 1 ? '' : atOnce === 0 || atOnce >= count ? ', all at once' : `, ${each(atOnce)} at once, the next when one is done`;
  return `${evident.length === 1 ? `${each(count)} of ${evident[0]?.title}` : many}${pace}, on ${evident.length === 1 ? 'a machine' : 'machines'} like this: ${machine}.`;
}

/** Lanes without evidence, in short: their reasons stand in the lanes. */
function absent(lanes: readonly LaneView[]): string {
  const titles = lanes.flatMap(({ title, gap }) => (gap === undefined ? [] : [title]));
  return titles.length === 0 ? '' : `No evidence, so nothing is started: ${listed(titles)}.`;
}

function asked(config: Config, lanes: readonly LaneView[], betOn: State['betOn']): string {
  if (betOn === null) return 'Their clocks measure different things, so there is no winner to bet on. Start, and read each by its own clock.';
  if (config.bet !== null) return `${betInWords(config, config.bet, lanes, betOn)} Start the race.`;
  return betOn === 'median' ? 'Which median will be the shortest, and by what factor? Bet, then start.' : `Which median grows most from one alone to ${each(company(config))} at once, and by what factor? Bet, then start.`;
}

/** Up to how many at once a growth is told. */
export const company = ({ count, atOnce }: Pick<Config, 'count' | 'atOnce'>) => (count === 1 ? COMPANY : atOnce === 0 ? count : Math.min(count, atOnce));

function betInWords(config: Config, { lane, factor, sure }: Bet, lanes: readonly LaneView[], betOn: State['betOn']): string {
  const title = lanes[lane]?.title ?? 'a lane that is gone';
  return betOn === 'median' ? `Your bet: ${title} is shortest, the slowest takes ${FACTORS[factor]} (${SURE[sure]}).` : `Your bet: ${title} grows most and takes ${FACTORS[factor]} with ${each(company(config))} at once as alone (${SURE[sure]}).`;
}

function laneInWords({ title, ready, total, refused, swapped, spread, together }: LaneView): string {
  const took = spread === undefined ? '' : total === 1 ? ` after ${spoken(spread.p50Us)} on its clock` : `, half of ${ready + refused < total ? 'those so far' : 'them'} within ${spoken(spread.p50Us)} and 99 of 100 within ${spoken(spread.p99Us)}`;
  const extra = [refused > 0 ? ` ${each(refused)} refused, because memory had ended.` : '', swapped > 0 ? ` ${each(swapped)} waited until memory was written to disk.` : '', total > 1 && together !== undefined && ready + refused === total ? ` Its clock ran for at most ${each(together)} at the same moment.` : ''];
  const count = total === 1 ? (ready === 1 ? 'ready' : 'on its way') : `${each(ready)} of ${each(total)} ready`;
  return `${title}: ${count}${took}.${extra.join('')}`;
}

/** Below this ratio nobody would call one slower. */
export const EQUAL = 1.05;

/** A ratio as people say it. */
export const times = (ratio: number) => `${ratio < 10 ? ratio.toFixed(1) : each(Math.round(ratio))} times`;

/** Who was shortest, by how much, on which clock, and what the bet was worth; on unlike clocks nobody is. Empty before the end, and where nothing is compared. */
export function verdictOn(config: Config, lanes: readonly LaneView[], betOn: State['betOn']): string {
  const order = ranked(lanes);
  const [first] = order;
  const last = order.at(-1);
  if (config.frame < FRAMES || !first || !last || first === last) return '';
  if (new Set(order.map(({ interval }) => interval)).size > 1) return apart(config, lanes, betOn);
  const ratio = last.median / first.median;
  const fact = `Shortest median: ${first.title}, ${spoken(first.median)}. ${last.title} took ${ratio < EQUAL ? 'nearly the same time' : `${times(ratio)} as long`}, on the same clock.`;
  return [fact, ...(config.bet ? [judged(config.bet, first.index, ratio)] : [])].join(' ');
}

/** What can be said of lanes whose clocks differ: each one's own time, and how it grows with company. */
function apart(config: Config, lanes: readonly LaneView[], betOn: State['betOn']): string {
  const own = lanes.flatMap(({ title, spread }) => (spread ? [`${title} ${spoken(spread.p50Us)}`] : []));
  const fact = `Each by its own clock: ${listed(own)}. The clocks start and stop at different things, so neither number beats the other.`;
  const grown = lanes.flatMap(({ title, grown: growth }, index) => (growth ? [{ title, index, ratio: growth.togetherUs / growth.aloneUs }] : [])).toSorted((a, b) => b.ratio - a.ratio);
  const [most] = grown;
  if (betOn !== 'growth' || !most) return fact;
  const told = `With ${each(company(config))} at once, the model’s median is ${listed(grown.map(({ title, ratio }) => `${times(ratio)} as long as alone for ${title}`))}.`;
  return [fact, told, ...(config.bet ? [judged(config.bet, most.index, most.ratio)] : [])].join(' ');
}

/** Upper ends of FACTORS. */
const ENDS = [2, 5, 20, Infinity];

function judged({ lane, factor, sure }: Bet, winner: number, ratio: number): string {
  const [whoRight, factorRight] = [lane === winner, ENDS.findIndex((end) => ratio < end) === factor];
  if (whoRight && factorRight) return 'Your bet was right on both counts.';
  const miss = whoRight ? 'You bet on the right one, but not on the right factor.' : factorRight ? 'Your factor was right, but not the one that you bet on.' : 'Your bet was wrong on both counts.';
  return sure === 2 ? `${miss} You were certain: a belief held that firmly is the one worth replacing.` : miss;
}
