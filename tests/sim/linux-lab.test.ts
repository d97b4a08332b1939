/** The notebook of LinuxLab: how answers are judged, what counts as a result, and what is kept. Machines take no part here. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labOf } from '../../src/linux-lab/load.ts';
import { SimError } from '../../src/sim/index.ts';
import {
  answersOf, conditionOf, fitting, isValue, judge, KEPT_KEY, keptResults, keptText, linuxLab, measured, valueText,
  type Condition, type Experiment, type Values,
} from '../../src/sim/linux-lab/index.ts';

const lab = labOf();
const model = linuxLab(lab);
const open = (experiment: string) => model.init({ experiment, results: {} }, 1);
const experiment = (id: string) => lab.experiments.find((each) => each.id === id) as Experiment;

const key = fc.stringMatching(/^[ab]\.[a-z]{1,4}$/);
const value = fc.oneof(fc.double(), fc.integer(), fc.string());
const answers: fc.Arbitrary<Values> = fc.dictionary(key, value);
const condition: fc.Arbitrary<Condition> = fc.record({
  key,
  is: fc.constantFrom('=', '!=', '>', '<', 'has'),
  than: fc.oneof(fc.record({ key }), fc.record({ value })),
});

describe('answers', () => {
  test('are the lines that say key=value, with the machine in front', () => {
    expect(answersOf('a', 'kernel=6.1.192-lab\r\nup=1.90\nnoise\n=x\n killed=3 \nempty=\nup too=1')).toEqual({ 'a.kernel': '6.1.192-lab', 'a.up': 1.9, 'a.killed': 3, 'a.empty': '' });
  });

  test('never throw and hold no number that is none, whatever a machine prints', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const read = answersOf('a', `x=${text}\n${text}`);
      expect(Object.keys(read).every((name) => name.startsWith('a.'))).toBe(true);
      expect(Object.values(read).every((each) => typeof each === 'string' || Number.isFinite(each))).toBe(true);
    }));
    expect(answersOf('a', `x=${'9'.repeat(400)}`)['a.x']).toBe('9'.repeat(400));
    expect(Object.keys(answersOf('a', '__proto__=1\nconstructor=2'))).toEqual(['a.constructor']);
  });
});

describe('conditions', () => {
  test.each<[string, Condition]>([
    ['a.status = 137', { key: 'a.status', is: '=', than: { value: 137 } }],
    ['a.inside = a.kernel', { key: 'a.inside', is: '=', than: { key: 'a.kernel' } }],
    ['b.witness != alive', { key: 'b.witness', is: '!=', than: { value: 'alive' } }],
    ['a.printed has docker:', { key: 'a.printed', is: 'has', than: { value: 'docker:' } }],
    ['clock.boot.a > 0.5', { key: 'clock.boot.a', is: '>', than: { value: 0.5 } }],
  ])('%s is read', (text, read) => {
    expect(conditionOf(text)).toEqual(read);
  });

  test.each(['', 'a.status', 'a.status == 1', 'status = 1', 'a.status >= 1', 'a.status = 1 2', 'x.y = 1'])('%j is none', (text) => {
    expect(conditionOf(text)).toBeNull();
  });

  test('are read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      expect([null, 'object']).toContain(conditionOf(text) === null ? null : typeof conditionOf(text));
    }));
  });
});

/** Something that is said when conditions hold, or until they do. */
const said = () => fc.record({ when: fc.array(condition, { minLength: 1 }), says: fc.string() });
const criterion = (...when: readonly Condition[]) => ({ when, says: 'something' });

describe('a judgement', () => {
  test('never throws, whatever was answered', () => {
    fc.assert(fc.property(fc.array(said(), { minLength: 1 }), fc.array(said()), answers, (done, hints, values) => {
      const judged = judge({ done, hints }, values);
      expect(judged.done).toBe(judged.open.length === 0);
      expect(judged.done ? judged.hint : '').toBe('');
      // What is open is said in the author’s words and order.
      expect(done.map(({ says }) => says).filter((says) => judged.open.includes(says)).length).toBeGreaterThanOrEqual(judged.open.length);
    }));
  });

  test('takes silence for no proof: what a condition asks about has to be answered', () => {
    fc.assert(fc.property(fc.array(condition, { minLength: 1 }), answers, (when, values) => {
      const unanswered = when.some(({ key: asked, than }) => values[asked] === undefined || ('key' in than && values[than.key] === undefined));
      if (unanswered) expect(judge({ done: [criterion(...when)], hints: [{ when, says: 'hint' }] }, values)).toEqual({ done: false, open: ['something'], hint: '' });
    }));
  });

  test.each(lab.experiments.map(({ id }) => id))('of %s: neither done nor hinted at when all machines are silent', (id) => {
    expect(judge(experiment(id), {})).toEqual({ done: false, open: experiment(id).done.map(({ says }) => says), hint: '' });
    const silent = Object.fromEntries(experiment(id).needs.map((machine) => [`${machine}.silent`, 1]));
    expect(judge(experiment(id), silent).done).toBe(false);
  });

  test('compares words with words and numbers with numbers', () => {
    const holds = (text: string, values: Values) => judge({ done: [criterion(conditionOf(text) as Condition)], hints: [] }, values).done;
    expect(holds('a.x > 3', { 'a.x': 'many' })).toBe(false);
    expect(holds('a.x < b.x', { 'a.x': 1, 'b.x': 'z' })).toBe(false);
    expect(holds('a.x != b.x', { 'a.x': 1, 'b.x': 'z' })).toBe(true);
    expect(holds('a.x < b.x', { 'a.x': 1, 'b.x': 2 })).toBe(true);
    expect(holds('a.x has in', { 'a.x': 'within' })).toBe(true);
    expect(holds('a.x has in', { 'a.x': 'out' })).toBe(false);
  });

  test('says the first hint that fits', () => {
    const hints = [{ when: [conditionOf('a.x = 2') as Condition], says: 'two' }, { when: [conditionOf('a.x > 0') as Condition], says: 'some' }, { when: [conditionOf('a.x > 1') as Condition], says: 'more' }];
    expect([1, 2, 3].map((x) => judge({ done: [criterion(conditionOf('a.y = 1') as Condition)], hints }, { 'a.x': x }).hint)).toEqual(['some', 'two', 'some']);
  });
});

describe('what was measured', () => {
  const measures = (...from: readonly string[]) => ({ measures: from.map((each, i) => ({ id: 'abc'[i] as string, title: '', unit: '', from: each, model: '', figures: [] })) });

  test('is rounded where it is no count, and left out where nothing was answered', () => {
    expect(measured(measures('a.n', 'a.t', 'a.gone'), { 'a.n': 123_456, 'a.t': 101.26 })).toEqual({ a: 123_456, b: 101 });
    expect(measured(measures('a.x / a.y', 'a.x / a.zero', 'a.x / a.word'), { 'a.x': 1890, 'a.y': 90, 'a.zero': 0, 'a.word': 'w' })).toEqual({ a: 21 });
  });

  test('can always be noted: a machine may call itself anything', () => {
    expect(measured(measures('a.name'), { 'a.name': '<b>händ</b> & more' })).toEqual({ a: '_b_h_nd__b____more' });
    fc.assert(fc.property(answers, (said) => {
      const noted = measured(measures(...Object.keys(said).slice(0, 3)), said);
      expect(Object.values(noted).every(isValue)).toBe(true);
    }));
    for (const each of lab.experiments) {
      const said = Object.fromEntries(each.measures.filter(({ unit }) => unit === '').map(({ from }) => [from, '"; <script>']));
      const noted = measured(each, said);
      if (Object.keys(noted).length > 0) expect(model.init({ experiment: each.id, results: { [each.id]: noted } }, 1).done).toEqual([each.id]);
    }
  });

  test.each<[number | string | undefined, string, string]>([
    [1890, 'ms', '1.89 s'], [101.26, 'ms', '101 ms'], [3.5, 'ms', '3.50 ms'], [23, '×', '23×'], [19, '%', '19%'], [16_777_216, 'bytes', '16,777,216 bytes'], ['alive', '', 'alive'], [0, '', '0'], [undefined, 'ms', ''],
  ])('%s in %j reads %j', (noted, unit, text) => {
    expect(valueText(noted, unit)).toBe(text);
  });
});

describe('the notebook', () => {
  test('opens, notes and says what it came to', () => {
    const { state, facts } = model.step(open('start'), { type: 'record', experiment: 'boot', values: { boot: 1890, kernel: '6.1.192-lab' } });
    expect(facts).toEqual([{ id: 'resultRecorded', experiment: 'boot' }]);
    expect(state.open.id).toBe('boot');
    expect(state.says).toMatch(/^Experiment 1 of \d+: Boot a virtual machine\. Measured: Power on to prompt: 1\.89 s; Kernel: 6\.1\.192-lab\.$/);
    expect(model.measure(state)).toMatchObject({ 'done': 1, 'open': 'boot', 'boot.boot': 1890, 'boot.kernel': '6.1.192-lab', 'pid.inside': 'none' });
    expect(model.step(state, { type: 'open', experiment: 'pid' }).state.says).toMatch(/^Experiment 4 of \d+: /);
  });

  test('replaces what was measured again', () => {
    const once = model.step(open('boot'), { type: 'record', experiment: 'boot', values: { boot: 1890, kernel: 'x' } }).state;
    const twice = model.step(once, { type: 'record', experiment: 'boot', values: { boot: 900, kernel: 'x' } }).state;
    expect(twice.done).toEqual(['boot']);
    expect(twice.rows[0]?.yours).toBe('900 ms');
  });

  test('takes results of another day as they are, and none for a clean start', () => {
    const { state, facts } = model.step(open('uname'), { type: 'recall', results: lab.recording.results, date: '2026-11-22' });
    expect(facts).toEqual([{ id: 'resultsRecalled' }]);
    expect([state.open.id, state.done.length, model.isDone(state)]).toEqual(['uname', lab.experiments.length, true]);
    expect(model.step(state, { type: 'recall', results: {}, date: '' }).state).toEqual(open('uname'));
  });

  test.each<[string, Values]>([
    ['a measure that it does not have', { nothing: 1 }],
    ['no value', {}],
    ['a word for a time', { boot: 'fast' }],
    ['less than nothing', { boot: -1 }],
    ['no number', { boot: Number.NaN }],
    ['markup', { kernel: '<img src=x>' }],
    ['a word without an end', { kernel: 'x'.repeat(41) }],
  ])('refuses %s', (_, values) => {
    expect(() => model.step(open('boot'), { type: 'record', experiment: 'boot', values })).toThrow(SimError);
  });

  test('refuses experiments that it does not have', () => {
    expect(() => open('constructor')).toThrow('There is no experiment "constructor"; there are boot, start,');
    expect(() => model.init({ experiment: 'boot', results: { toString: { a: 1 } } }, 1)).toThrow(SimError);
  });

  test('shows beside each measure what was recorded and what the models say', () => {
    for (const row of open('boot').rows) expect({ ...row, recorded: row.recorded !== '', model: row.model !== '' }).toMatchObject({ recorded: true, model: true, yours: '' });
  });
});

describe('what a browser keeps', () => {
  const kept = { date: '2026-11-22', results: lab.recording.results };

  test('comes back as it was, under a name of its own', () => {
    expect(KEPT_KEY).toBe('layerlab:linux-lab');
    expect(keptResults(keptText(kept))).toEqual(kept);
    expect(keptText({ date: 'x', results: { b: { y: 1, x: 2 }, a: { z: 1 } } })).toBe(keptText({ date: 'x', results: { a: { z: 1 }, b: { x: 2, y: 1 } } }));
  });

  test('fits into its limit with all experiments done', () => {
    expect(keptText(kept).length).toBeLessThan(2000);
  });

  test.each<[string, string | null | undefined]>([
    ['nothing', null], ['nothing at all', undefined], ['an empty text', ''], ['no JSON', '{"version":1'], ['a list', '[1]'], ['null', 'null'], ['a number', '1'],
    ['another version', keptText(kept).replace('"version":1', '"version":2')],
    ['no date', JSON.stringify({ version: 1, results: kept.results })],
    ['markup for a date', keptText({ ...kept, date: '<b>2026</b>' })],
    ['no results', keptText({ ...kept, results: {} })],
    ['an experiment without values', keptText({ ...kept, results: { boot: {} } })],
    ['markup for a name', keptText({ ...kept, results: { '<b>': { boot: 1 } } })],
    ['markup for a value', keptText({ ...kept, results: { boot: { kernel: '<img src=x onerror=alert(1)>' } } })],
    ['a prototype', '{"version":1,"date":"2026-11-22","results":{"__proto__":{"boot":1}}}'],
    ['a value that is a record', '{"version":1,"date":"2026-11-22","results":{"boot":{"boot":{"x":1}}}}'],
    ['more than all experiments could say', keptText({ ...kept, results: Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`x${'abcdefghij'[i % 10]}${'abcdefghij'[Math.floor(i / 10) % 10]}${'klmnopqrst'[Math.floor(i / 100) % 10]}${i > 999 ? 'y' : 'z'}`, { a: 1 }])) })],
  ])('is ignored when it is %s', (_, text) => {
    expect(keptResults(text)).toBeNull();
  });

  test('is read or ignored, never thrown at, and holds values only', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.record({ version: fc.constant(1), date: fc.constant('2026-11-22'), results: fc.jsonValue() }).map((each) => JSON.stringify(each))), (text) => {
      const read = keptResults(text);
      if (read) expect(Object.values(read.results).flatMap((values) => Object.values(values)).every(isValue)).toBe(true);
    }));
  });

  test('is used as far as this lab has such experiments and measures', () => {
    const { boot } = lab.recording.results;
    expect(fitting(lab, { boot: boot as Values, gone: { x: 1 }, start: { start: 'fast' }, uname: { host: 'x', gone: 1 } })).toEqual({ boot });
    expect(fitting(lab, {})).toEqual({});
  });
});
