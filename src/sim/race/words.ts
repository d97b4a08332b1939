/** What is said of a race: before it, at an instant, at its end. It knows words for what the state holds, no rules. */
import { spoken } from '../boot-race/facts.ts';
import { FACTORS, FRAMES, SURE, type Bet, type Config, type LaneView, type State } from './types.ts';

const each = (count: number) => count.toLocaleString('en-US');

/** A list as people say it. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The lanes that run, in order of their medians; those with nothing to show are left out. */
function ranked(lanes: readonly LaneView[]): readonly (LaneView & { readonly median: number; readonly index: number })[] {
  return lanes.flatMap((lane, index) => (lane.spread ? [{ ...lane, median: lane.spread.p50Us, index }] : [])).toSorted((a, b) => a.median - b.median);
}

/** What the state says in a few sentences; the verdict comes first. */
export function says({ config, lanes, machine, nowUs, verdict }: Omit<State, 'says'>): string {
  const evident = lanes.filter(({ gap }) => gap === undefined);
  const gaps = lanes.flatMap(({ title, gap }) => (gap === undefined ? [] : [`${title}: no evidence, so nothing is started. ${gap}`]));
  if (config.frame === 0) return [evident.length > 0 ? setting(config, evident, machine) : '', ...gaps, evident.length > 1 ? asked(config.bet, lanes) : ''].filter((text) => text !== '').join(' ');
  const told = evident.length > 0 ? [`After ${spoken(nowUs)}: ${evident.map(laneInWords).join(' ')}`] : [];
  return [verdict, ...told, ...gaps].filter((text) => text !== '').join(' ');
}

function setting({ count, atOnce }: Config, evident: readonly LaneView[], machine: string): string {
  const many = count === 1 ? 'One each' : `${each(count)} each`;
  const pace = count === 1 ? '' : atOnce === 0 || atOnce >= count ? ', all at once' : `, ${each(atOnce)} at a time`;
  const what = evident.length === 1 ? `${each(count)} of ${evident[0]?.title}` : `${many} of ${listed(evident.map(({ title }) => title))}`;
  return `${what}${pace}, ${evident.length === 1 ? 'on a machine' : 'each kind on a machine of its own'}: ${machine}.`;
}

function asked(bet: Bet | null, lanes: readonly LaneView[]): string {
  return bet === null ? 'Which median will be the shortest, and by what factor? Bet, then start.' : `${betInWords(bet, lanes)} Start the race.`;
}

function betInWords({ lane, factor, sure }: Bet, lanes: readonly LaneView[]): string {
  return `Your bet: ${lanes[lane]?.title ?? 'a lane that is gone'} is shortest, the slowest takes ${FACTORS[factor]} (${SURE[sure]}).`;
}

function laneInWords({ title, ready, total, refused, swapped, spread }: LaneView): string {
  const took = spread === undefined ? '' : total === 1 ? ` after ${spoken(spread.p50Us)} on its clock` : `, half of them within ${spoken(spread.p50Us)} and 99 of 100 within ${spoken(spread.p99Us)}`;
  const extra = [refused > 0 ? ` ${each(refused)} refused, because memory had ended.` : '', swapped > 0 ? ` ${each(swapped)} waited until memory was written to disk.` : ''];
  const count = total === 1 ? (ready === 1 ? 'ready' : 'on its way') : `${each(ready)} of ${each(total)} ready`;
  return `${title}: ${count}${took}.${extra.join('')}`;
}

/** Below this ratio nobody would call one slower. */
const EQUAL = 1.05;

/** Who was shortest, by how much, on which clocks, and what the bet was worth. Empty before the end, and where nobody can win. */
export function verdictOn(config: Config, lanes: readonly LaneView[]): string {
  const order = ranked(lanes);
  const [first] = order;
  const last = order.at(-1);
  if (config.frame < FRAMES || !first || !last || first === last) return '';
  const ratio = last.median / first.median;
  const equal = ratio < EQUAL;
  const times = `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} times`;
  const mixed = new Set(order.map(({ interval }) => interval)).size > 1;
  const fact = mixed
    ? `Each by its own clock: ${first.title} ${spoken(first.median)}, ${last.title} ${spoken(last.median)}, ${times} as much. The clocks measure different things: two numbers, not two starts.`
    : `Shortest median: ${first.title}, ${spoken(first.median)}. ${last.title} took ${equal ? 'nearly the same time' : `${times} as long`}, on the same clock.`;
  return [fact, ...(config.bet ? [judged(config.bet, first.index, ratio)] : [])].join(' ');
}

/** Upper ends of FACTORS. */
const ENDS = [2, 5, 20, Infinity];

function judged({ lane, factor, sure }: Bet, winner: number, ratio: number): string {
  const [whoRight, factorRight] = [lane === winner, ENDS.findIndex((end) => ratio < end) === factor];
  if (whoRight && factorRight) return 'Your bet was right on both counts.';
  const miss = whoRight ? 'You bet on the right one, but not on the right factor.' : factorRight ? 'Your factor was right, but not the one that you bet on.' : 'Your bet was wrong on both counts.';
  return sure === 2 ? `${miss} You were certain: a belief held that firmly is the one worth replacing.` : miss;
}
