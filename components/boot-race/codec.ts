/** A race as link text: `1~rn.haswell*1*0*src*chv.vmm-to-init*…*x0~1~`, with the bet and the instant in its last field. The way there is not part of it. */
import { INTERVALS, type Interval } from '../../src/sim/boot-race/intervals.ts';
import { configAfter } from '../../src/sim/race/model.ts';
import { MOST_SIDE_BY_SIDE, type Action, type Bet, type Choice, type Config } from '../../src/sim/race/types.ts';
import { configCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever. Machines and technologies are written by their ids in content/boot.
const after = wordsFor<Config['afterReady']>({ exit: 'e', stay: 's' });
const full = wordsFor<Config['whenFull']>({ refuse: 'r', swap: 's' });
const image = wordsFor<Config['image']>({ cached: 'c', 'on-disk': 'd', absent: 'a' });

const laneText = ({ technology, interval }: Choice) => `${technology}.${interval}`;
const betText = (bet: Bet | null) => (bet === null ? 'x' : `${bet.lane}${bet.factor}${bet.sure}.`);

function readLane(text: string): Choice | null {
  const [technology, interval, ...rest] = text.split('.');
  return technology === undefined || interval === undefined || rest.length > 0 || !Object.hasOwn(INTERVALS, interval) ? null : { technology, interval: interval as Interval };
}

function readBet(text: string): Pick<Config, 'bet' | 'frame'> | null {
  const parts = /^(?:x|(\d)(\d)(\d)\.)(0|[1-9]\d{0,2})$/.exec(text);
  if (!parts) return null;
  const [, lane, factor, sure, frame] = parts;
  return { bet: lane === undefined ? null : { lane: Number(lane), factor: Number(factor), sure: Number(sure) }, frame: Number(frame) };
}

const whole = (text: string | undefined) => (text !== undefined && /^(0|[1-9]\d{0,4})$/.test(text) ? Number(text) : undefined);

function readConfig(text: string): Config | null {
  const [machine, count, atOnce, rules = '', ...rest] = text.split('*');
  const lanes = rest.slice(0, -1).map(readLane);
  const last = readBet(rest.at(-1) ?? '');
  const [a, f, i] = [after.read(rules[0]), full.read(rules[1]), image.read(rules[2])];
  const [many, once] = [whole(count), whole(atOnce)];
  if (!machine || rules.length !== 3 || a === undefined || f === undefined || i === undefined || many === undefined || once === undefined || !last) return null;
  if (lanes.length < 1 || lanes.length > MOST_SIDE_BY_SIDE || lanes.includes(null)) return null;
  return { machine, lanes: lanes as Choice[], count: many, atOnce: once, afterReady: a, whenFull: f, image: i, ...last };
}

export const codec = configCodec<Config, Action>({
  version: 1,
  config: ({ machine, lanes, count, atOnce, afterReady, whenFull, image: place, bet, frame }) =>
    [machine, count, atOnce, `${after.write(afterReady)}${full.write(whenFull)}${image.write(place)}`, ...lanes.map(laneText), `${betText(bet)}${frame}`].join('*'),
  readConfig,
  settle: ({ config, actions }) => actions.reduce(configAfter, config),
});
