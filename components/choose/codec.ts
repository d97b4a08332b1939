/** A work, its machine and what must hold, as link text: `1~m-25-d-v-a-xhf-16-4-a-0-100~1~`. The way there is not part of it. */
import { configAfter } from '../../src/sim/choosing/model.ts';
import type { Action, Code, Config, Needs, Starts, WallAsked } from '../../src/sim/choosing/types.ts';
import type { Work } from '../../src/sim/overheads/types.ts';
import { configCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever.
const codes = wordsFor<Code>({ mine: 'm', organization: 'o', strangers: 's' });
const starts = wordsFor<Starts>({ 'rarely': 'r', 'each-deploy': 'd', 'each-request': 'q' });
const works = wordsFor<Work>({ 'compute': 'c', 'memory': 'm', 'system-calls': 's', 'disk': 'd', 'network': 'n', 'server': 'v' });
const needs = wordsFor<Needs>({ 'any-linux': 'a', 'own-kernel': 'k', 'windows': 'w' });
const walls = wordsFor<WallAsked>({ asked: 'a', none: 'n', kernel: 'k', apart: 'p', hardware: 'h' });

const flag = (letter: string, is: boolean) => (is ? letter : 'x');
const PATTERN = /^([a-z])-([1-9]\d{0,4})-([a-z])-([a-z])-([a-z])-([rx])([hx])([fx])-([1-9]\d{0,3})-([1-9]\d{0,2})-([a-z])-(0|[1-9]\d{0,6})-(0|[1-9]\d{0,2})$/;

function readConfig(text: string): Config | null {
  const [, c, count, s, w, n, r, h, f, memory, cores, a, within, slowdown] = PATTERN.exec(text) ?? [];
  const [code, pace, work, need, wall] = [codes.read(c), starts.read(s), works.read(w), needs.read(n), walls.read(a)];
  if (!code || !pace || !work || !need || !wall) return null;
  return {
    code, count: Number(count), starts: pace, work, needs: need, rebuild: r === 'r', kvm: h === 'h', fits: f === 'f',
    memoryGib: Number(memory), cores: Number(cores), wall, startWithinMs: Number(within), slowdown: Number(slowdown),
  };
}

export const codec = configCodec<Config, Action>({
  version: 1,
  config: ({ code, count, starts: pace, work, needs: need, rebuild, kvm, fits, memoryGib, cores, wall, startWithinMs, slowdown }) => [
    codes.write(code), count, starts.write(pace), works.write(work), needs.write(need), flag('r', rebuild) + flag('h', kvm) + flag('f', fits), memoryGib, cores, walls.write(wall), startWithinMs, slowdown,
  ].join('-'),
  readConfig,
  settle: ({ config, actions }) => actions.reduce(configAfter, config),
});
