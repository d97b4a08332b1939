/** How long what readers paste takes: 100 kB of several kinds of text through the decoder and the recogniser, and a plan. */
import { known } from '../../src/known/index.ts';
import { canRun, recognise, type Question } from '../../src/sim/compat/index.ts';
import { compileKnowledge, decode } from '../../src/sim/decoder/index.ts';
import type { Measured } from './figures.ts';

const SIZE = 100_000;
const MOST_MS = 50;
const ROUNDS = 9;

/** Texts of 100 kB, the same every time. */
const TEXTS: Readonly<Record<string, () => string>> = {
  'a log that ends in an error': () => `${'2026-11-22T10:00:00Z info  Step 7/12 : RUN make all\n'.repeat(2000)}exec /bin/sh: exec format error`,
  'letters at random': () => atRandom('abcdefghijklmnopqrstuvwxyz0123456789 .:/-_\n'),
  'brackets and quotes': () => '[{"a":"\\"<b>&lt;\\n'.repeat(6000),
  'one line without an end': () => 'error '.repeat(20_000),
};

/** Milliseconds: the first round, in which the engine still compiles, and the median of all. */
export function measureReaders(): readonly Measured[] {
  const { compat, errors } = known();
  const group = 'Reading 100 kB, one core';
  const compiling = timed(() => void compileKnowledge(errors.families, errors.translations));
  const knowledge = compileKnowledge(errors.families, errors.translations);
  const question: Question = { host: { os: 'macos', arch: 'arm64', version: '14' }, workload: { os: 'linux', arch: ['amd64'] } };
  return [
    { group, name: 'decoder: compiling its wordings', value: compiling, unit: 'ms' },
    ...Object.entries(TEXTS).flatMap(([name, text]) => {
      const pasted = text().slice(-SIZE);
      return [
        ...rounds(group, `decoder: ${name}`, () => void decode(pasted, knowledge)),
        ...rounds(group, `recogniser: ${name}`, () => void recognise(pasted, compat)),
      ];
    }),
    ...rounds('Planning', 'one situation', () => void canRun(compat, question)),
  ];
}

function rounds(group: string, name: string, work: () => void): readonly Measured[] {
  const times = Array.from({ length: ROUNDS }, () => timed(work));
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
  return [{ group, name, value: median, unit: 'ms', atMost: MOST_MS }, { group, name: '  the first time', value: times[0] as number, unit: 'ms' }];
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** A linear congruential generator (Numerical Recipes) picks the letters. */
function atRandom(letters: string): string {
  let seed = 1;
  return Array.from({ length: SIZE }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return letters[(seed >>> 8) % letters.length];
  }).join('');
}
