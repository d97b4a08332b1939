/** Small words: a problem as a line, the nearest name, a figure with its range and unit. */
import { describe, expect, test } from 'vitest';
import { formatProblem, formatQuantity, nearest, type Figure } from '../../src/facts/index.ts';
import { findingInWords, nameInWords } from '../../src/facts/measures.ts';
import { inReadingOrder } from '../../src/facts/problem.ts';
import type { Finding } from '../../src/facts/trial.ts';

describe('a problem', () => {
  const problem = { file: 'content/a.yaml', line: 3, column: 5, found: 'x', expected: 'y', todo: 'write y' };

  test('is one line that editors can open', () => {
    expect(formatProblem(problem)).toBe('content/a.yaml:3:5  found x; expected y; do: write y');
  });

  test('comes in the order in which a file is read', () => {
    const [a, b, c, d] = [problem, { ...problem, column: 9 }, { ...problem, line: 20 }, { ...problem, file: 'content/b.yaml', line: 1 }] as const;
    expect(inReadingOrder([d, c, b, a])).toEqual([a, b, c, d]);
  });
});

describe('the nearest name', () => {
  test.each([
    ['StackBulder', 'StackBuilder'],
    ['stackbuilder', 'StackBuilder'],
    ['LayrTrace', 'LayerTrace'],
    ['Timeline', undefined],
    ['', undefined],
  ])('to %s is %s', (name, expected) => {
    expect(nearest(name, ['LayerTrace', 'StackBuilder'])).toBe(expected);
  });
});

describe('a figure in words', () => {
  const words = (figure: Pick<Figure, 'value' | 'unit'> & Partial<Figure>) => formatQuantity(figure).replaceAll('\u00a0', '_');

  test.each<[Pick<Figure, 'value' | 'unit'> & Partial<Figure>, string]>([
    [{ value: 541, low: 541, high: 8500, unit: 'ms' }, '541_ms (541–8,500)'],
    [{ value: 8.3, unit: 'MB' }, '8.3_MB'],
    [{ value: 8, low: 7, high: 9, unit: 's' }, '8_s (7–9)'],
    [{ value: 125, bound: 'most', unit: 'ms' }, 'at most_125_ms'],
    [{ value: 95, bound: 'least', unit: '%' }, 'at least_95%'],
    [{ value: 2, unit: 'x' }, '2×'],
    [{ value: 0.18, unit: 's' }, '0.18_s'],
    [{ value: 4, low: 4, high: 4, unit: 'ms' }, '4_ms'],
    [{ value: 45, unit: 'us' }, '45_µs'],
    [{ value: 2020, unit: 'year' }, '2020'],
    [{ value: '3.10', unit: 'version' }, '3.10'],
    [{ value: '192.168.99.100', unit: 'address' }, '192.168.99.100'],
    [{ value: 0.996, unit: 'ratio' }, '0.996'],
  ])('%o is %s', (figure, expected) => {
    expect(words(figure)).toBe(expected);
  });

  test.each([
    [3849738, '3.85_MB'],
    [433910272, '434_MB'],
    [2457629652, '2.46_GB'],
    [451, '451_B'],
    [1_000_000_000, '1_GB'],
    [999_999_999, '1,000_MB'],
  ])('%d bytes are %s', (value, expected) => {
    expect(words({ value, unit: 'B' })).toBe(expected);
  });

  test('keeps a range of bytes in the unit of its value', () => {
    expect(words({ value: 625612288, low: 597000000, high: 1_200_000_000, unit: 'B' })).toBe('626_MB (597–1,200)');
  });
});

describe('what a model found, in words', () => {
  const finding = (parts: Pick<Finding, 'measure' | 'found' | 'comparison' | 'than'> & Partial<Finding>) => findingInWords({ written: parts.than, holds: true, ...parts }).replaceAll('\u00a0', '_');

  test.each<[Pick<Finding, 'measure' | 'found' | 'comparison' | 'than'> & Partial<Finding>, string]>([
    [{ measure: 'two-userlands.kernels', found: 1, comparison: 'is', than: 1 }, 'kernels running: 1'],
    [{ measure: 'call.vmExits', found: 4, comparison: 'atLeast', than: 1 }, 'VM exits: 4, at least 1'],
    [{ measure: 'vm.startMsHigh', found: 8999.96, comparison: 'below', than: 60000 }, 'start, upper end: 9,000_ms, less than 60,000_ms'],
    [{ measure: 'call.answeringKernel', found: 'host-kernel', comparison: 'is', than: 'host-kernel' }, 'who answers: host kernel'],
    [{ measure: 'call.done', found: true, comparison: 'is', than: true }, 'the request was answered: yes'],
    [{ measure: 'container.crossings', found: 2, comparison: 'is', than: 2, written: 'metal.crossings' }, 'borders crossed: 2, the same as in “metal”'],
    [{ measure: 'container.diskMbHigh', found: 30, comparison: 'below', than: 200, written: 'hidden-vm.diskMbLow' }, 'disk, upper end: 30_MB, less than the 200_MB of “hidden VM” (disk, lower end)'],
    [{ measure: 'race.winnerOfAll', found: 3, comparison: 'is', than: 3 }, 'winner of all: 3'],
  ])('%o is “%s”', (parts, expected) => {
    expect(finding(parts)).toBe(expected);
  });

  test('names scenarios as words', () => {
    expect(['two-userlands', 'hidden-vm', 'microvms'].map(nameInWords)).toEqual(['two userlands', 'hidden VM', 'microVMs']);
  });
});
