/** choosing: rules that exclude, walls that are asked for, defeats by one clock only, and conditions that are computed. */
import { describe, expect, test } from 'vitest';
import { facts, figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
import { better, type Amount } from '../../src/sim/choosing/kinds.ts';
import { beatsIt, compare, undominated } from '../../src/sim/choosing/rank.ts';
import { NOTHING } from '../../src/sim/choosing/tables.ts';
import { CANDIDATES_TABLE, CHOOSING_DEFAULTS, CANDIDATES, choosing, choosingFigures, choosingSources, choosingTables, PRESETS, PRESET_TABLE, type CandidateId, type Config, type Finding, type State } from '../../src/sim/choosing/index.ts';

const { comparisons, boot } = known();
const tables = choosingTables(figuresFor(choosingFigures()), comparisons, boot);
const model = choosing(tables);
const state = (to: Partial<Config> = {}): State => model.init({ ...CHOOSING_DEFAULTS, ...to }, 1);
const standing = (to: Partial<Config> = {}) => String(model.measure(state(to))['standing']);
const one = (shown: State, id: CandidateId) => shown.candidates[CANDIDATES.indexOf(id)] as State['candidates'][number];
const cell = (shown: State, id: CandidateId, criterion: string) => one(shown, id).cells.find((each) => each.criterion === criterion);

const STRANGERS: Partial<Config> = { code: 'strangers', count: 100, starts: 'each-request', work: 'compute', memoryGib: 384, cores: 48 };

describe('a comparison', () => {
  const amount = (low: number, value: number, high: number, type = 'start/a/b'): Amount => ({ type, low, value, high, text: '' });

  test('refuses values by unlike clocks', () => {
    expect(() => better(amount(1, 1, 1), amount(2, 2, 2, 'start/another/b'))).toThrow('Not on one clock');
  });

  test('needs ranges apart, and more than a twentieth where there are none', () => {
    expect(better(amount(90, 100, 110), amount(120, 130, 140))).toBe(1);
    expect(better(amount(120, 130, 140), amount(90, 100, 110))).toBe(-1);
    expect(better(amount(90, 100, 125), amount(120, 130, 140))).toBe(0);
    expect(better(amount(100, 100, 100), amount(104, 104, 104))).toBe(0);
    expect(better(amount(100, 100, 100), amount(106, 106, 106))).toBe(1);
  });

  test('needs a factor of three across studies, and turns for what is better the more there is', () => {
    expect(better(amount(10, 10, 10), amount(29, 29, 29), true)).toBe(0);
    expect(better(amount(10, 10, 10), amount(31, 31, 31), true)).toBe(1);
    expect(better({ ...amount(2, 2, 2), more: 'better' }, { ...amount(1, 1, 1), more: 'better' })).toBe(1);
  });

  test('of a container and a microVM has no start in it, of a microVM and a full VM it has', () => {
    const topics = (a: CandidateId, b: CandidateId) => new Set(compare(tables, a, b, { ...CHOOSING_DEFAULTS }).map(({ criterion }) => criterion));
    expect(topics('container', 'microvm')).not.toContain('start');
    expect(topics('microvm', 'vm')).toContain('start');
    expect(topics('container', 'gvisor')).toContain('start');
  });

  test('of speeds that were set up in several ways holds in none of them the reverse', () => {
    const signs = compare(tables, 'container', 'vm', CHOOSING_DEFAULTS).filter(({ criterion }) => criterion === 'speed').map(({ of, sign }) => `${of}: ${sign}`);
    expect(signs).toEqual(['MySQL, best throughput, reads only: 1', 'redis SET, 1 connection: 1', 'redis SET, 10 connections: 1', 'redis SET, 100 connections: 0']);
  });

  test('leaves out what does not rank: a promise, and a write that nobody flushed', () => {
    const of = compare(tables, 'microvm', 'vm', { ...CHOOSING_DEFAULTS, work: 'disk' }).map(({ of: title }) => title);
    expect(of.filter((title) => /writes/.test(title))).toEqual([]);
    expect(of.filter((title) => /reads/.test(title))).not.toEqual([]);
  });

  test('makes a defeat only of something measured, nothing worse, and two criteria in common', () => {
    const finding = (criterion: Finding['criterion'], sign: Finding['sign']): Finding => ({ criterion, sign, of: '', ours: { type: '', text: '', by: '' }, theirs: { type: '', text: '', by: '' }, on: '', sources: [] });
    expect(beatsIt([finding('memory', 1), finding('kernels', 0)])).toBe(true);
    expect(beatsIt([finding('memory', 1)])).toBe(false);
    expect(beatsIt([finding('kernels', 1), finding('takes', 1)])).toBe(false);
    expect(beatsIt([finding('memory', 1), finding('speed', -1), finding('kernels', 1)])).toBe(false);
    expect(beatsIt([finding('memory', 0), finding('kernels', 0)])).toBe(false);
  });
});

describe('the rules', () => {
  test('leave a full virtual machine alone for Windows, under conditions', () => {
    const shown = model.init(PRESET_TABLE.windows.to, 1);
    expect(model.measure(shown)['standing']).toBe('vm');
    expect(shown.says).toMatch(/only one stands: a full virtual machine. It does as long as: it needs Windows; the machine has/);
    expect(standing({ ...PRESET_TABLE.windows.to, kvm: false })).toBe('none');
  });

  test('need hardware virtualization for four of seven', () => {
    const shown = state({ kvm: false, rebuild: true });
    expect(shown.candidates.filter(({ verdict }) => verdict === 'cannot').map(({ id }) => id)).toEqual(['kata', 'microvm', 'vm', 'unikernel']);
  });

  test('let only guests have a kernel of their own', () => {
    const shown = state({ needs: 'own-kernel', rebuild: true });
    expect(shown.candidates.filter(({ verdict }) => verdict === 'cannot').map(({ id }) => id)).toEqual(['process', 'container', 'gvisor', 'unikernel']);
  });

  test('let a unikernel in when the program can be rebuilt', () => {
    expect(one(state({ rebuild: false }), 'unikernel').verdict).toBe('cannot');
    expect(one(state({ rebuild: true }), 'unikernel').verdict).toBe('stands');
  });
});

describe('what is asked', () => {
  test('grows with whose code it is, unless the reader says otherwise', () => {
    expect(one(state({ code: 'mine' }), 'process').verdict).toBe('stands');
    expect(one(state({ code: 'organization' }), 'process').verdict).toBe('struck');
    expect(one(state({ code: 'strangers' }), 'container').verdict).toBe('struck');
    expect(one(state({ code: 'strangers', wall: 'none' }), 'container').verdict).toBe('stands');
  });

  test('lets a kernel in user space and a processor both keep strangers’ calls off the host, and only the latter when hardware is asked', () => {
    expect(standing(STRANGERS)).toBe('gvisor+kata+microvm');
    expect(standing({ ...STRANGERS, kvm: false })).toBe('gvisor');
    expect(standing({ ...STRANGERS, wall: 'hardware' })).toBe('kata+microvm');
  });

  test('of memory strikes out where low ends do not fit, with the sum', () => {
    const shown = state({ ...STRANGERS, count: 10_000 });
    expect(one(shown, 'microvm')).toMatchObject({ verdict: 'struck', line: '10,000 of it do not fit into memory.', says: expect.stringContaining('10,000 × 69.5 MiB') });
    expect(one(state({ ...STRANGERS, count: 10_000, fits: false }), 'microvm').verdict).toBe('stands');
  });

  test('of memory never lets Kata fit where the microVM inside it does not, and names what one may keep in between', () => {
    const order = (count: number) => ['kata', 'microvm'].map((id) => one(state({ ...STRANGERS, count }), id as CandidateId).verdict).join(' ');
    expect([2000, 3000, 3100, 5500, 5700, 10_000].map(order)).toEqual(['stands stands', 'stands stands', 'struck stands', 'struck stands', 'struck struck', 'struck struck']);
    expect(one(state({ ...STRANGERS, count: 3000 }), 'microvm').conditions.join()).toMatch(/each keeps no more than 131.1 MiB beside its program/);
  });

  test('of a start is met by the clock that is named, and struck out by none in which an engine works', () => {
    const shown = state({ ...STRANGERS, startWithinMs: 200 });
    expect(one(shown, 'microvm').conditions.join()).toContain('200 ms is meant from VMM process to init');
    expect(one(shown, 'gvisor')).toMatchObject({ verdict: 'unsaid', line: 'Timed only together with Docker.', says: expect.stringMatching(/cannot be said.*1,144.2 ms \(.*docker run.*2020\)/) });
    expect(one(shown, 'kata')).toMatchObject({ verdict: 'unsaid', says: expect.stringContaining('900 ms') });
    expect(shown.says).toContain('Of gVisor and Kata Containers it cannot be said.');
    expect(one(state({ ...STRANGERS, startWithinMs: 1200 }), 'gvisor').verdict).toBe('stands');
    expect(one(state({ ...STRANGERS, wall: 'none', startWithinMs: 100 }), 'container').verdict).toBe('unsaid');
    expect(one(state({ ...STRANGERS, startWithinMs: 100 }), 'vm')).toMatchObject({ verdict: 'struck', line: 'It takes more than 100 ms.' });
  });

  test('of a start is not met by a clock that runs over a part of it', () => {
    const shown = one(state({ ...STRANGERS, startWithinMs: 100 }), 'microvm');
    expect(shown).toMatchObject({ verdict: 'unsaid', says: expect.stringMatching(/16 ms \(Lupine.*CPU time/) });
  });

  test('of speed strikes out who lost more, and cannot be said of who was never measured', () => {
    const shown = state({ slowdown: 10, wall: 'none' });
    expect(one(shown, 'kata')).toMatchObject({ verdict: 'unsaid', says: expect.stringMatching(/we found no published speed/) });
    expect(one(shown, 'microvm').says).toMatch(/loses more than 10 %: 0.34 of native \(nginx/);
    expect(one(shown, 'process').verdict).toBe('stands');
  });
});

describe('who stands', () => {
  test('for one’s own web services: a process and a container; the rest is beaten by the container', () => {
    const shown = state();
    expect(model.measure(shown)).toMatchObject({ standing: 'process+container', gvisorBy: 'container', kataBy: 'container', microvmBy: 'container', vmBy: 'container' });
    expect(one(shown, 'microvm').says).toMatch(/memory, 3.9 MiB against 69.5 MiB \(cannot be given back\); speed at such work, .* in three comparisons/);
    expect(one(shown, 'vm').says).toContain('in three of four comparisons, even in “redis SET, 100 connections” (0.81–1 against 0.95 of native)');
    expect(one(shown, 'vm').by?.on.map(({ of }) => of)).toContain('redis SET, 100 connections');
    expect(one(shown, 'kata').says).toContain('memory, nothing against 160 MiB (as Kubernetes accounts it)');
  });

  test('a full VM is beaten by a microVM at computing, by one clock, and not at disk', () => {
    const shown = state(STRANGERS);
    expect(one(shown, 'vm').by?.id).toBe('microvm');
    expect(one(shown, 'vm').says).toMatch(/160.9 ms against 243.5 ms and .* \(from VMM process to init\); memory, .*170.7 MiB against 192.6 MiB \(resident, guest of 256 MiB\)/);
    expect(one(shown, 'vm').by?.on[0]?.on).toMatch(/not compressed.*EC2 m5d.metal, 2020; against a minimal guest whose kernel is compressed, after SeaBIOS/);
    expect(one(state({ ...STRANGERS, work: 'disk' }), 'vm').verdict).toBe('stands');
  });

  test('is told that starts are not on one clock', () => {
    expect(one(state(STRANGERS), 'gvisor').thin.join()).toContain('not on one clock with Kata Containers or a microVM');
    expect(one(state(STRANGERS), 'kata').thin.join()).toContain('Memory: 160 MiB (as Kubernetes accounts it), not by one measure with gVisor or a microVM');
  });

  test('does not turn on a start that is rare', () => {
    const config = { ...CHOOSING_DEFAULTS, ...STRANGERS, starts: 'rarely' as const };
    expect(compare(tables, 'microvm', 'vm', config).map(({ criterion }) => criterion)).not.toContain('start');
  });

  test('is everybody in a circle of defeats, and nobody whom one of them beats', () => {
    const circle = new Map<CandidateId, readonly CandidateId[]>([['vm', ['microvm']], ['microvm', ['unikernel']], ['unikernel', ['vm']], ['kata', ['vm']]]);
    expect([...undominated(circle)]).toEqual(expect.arrayContaining(['vm', 'microvm', 'unikernel']));
    expect([...undominated(new Map<CandidateId, readonly CandidateId[]>([['vm', ['microvm']], ['microvm', ['container']], ['container', []]]))]).toEqual(['container']);
    expect([...undominated(circle)]).not.toContain('kata');
  });
});

describe('conditions and changes', () => {
  test('name what would strike a candidate out', () => {
    expect(one(state(), 'container').conditions).toEqual(['the code is not strangers’', 'it needs neither a kernel of its own nor Windows', expect.stringMatching(/^no more than some 4,200 run at once in 16 GiB, the programs’ own/)]);
    expect(one(state(STRANGERS), 'microvm').conditions).toContain('the machine has hardware virtualization to give');
  });

  test('are true: each change that is told leads to what it says', () => {
    const names = (ids: string) => (ids === 'none' ? 0 : ids.split('+').length);
    for (const id of PRESETS) {
      const now = model.init(PRESET_TABLE[id].to, 1);
      const before = model.measure(now)['standing'];
      for (const { to, back, then, stands } of now.changes) {
        expect(model.step(model.step(now, { type: 'set', to }).state, { type: 'set', to: back }).state.config).toEqual(now.config);
        const after = String(model.measure(model.step(now, { type: 'set', to }).state)['standing']);
        expect(after).not.toBe(before);
        if (after === 'none') expect([then, stands]).toEqual(['None would stand.', 'None stands.']);
        else expect(stands.split(/, | and /)).toHaveLength(names(after));
      }
    }
  });
});

describe('the row of a candidate', () => {
  test('has a value or an honest gap for each criterion', () => {
    const shown = state();
    expect(cell(shown, 'kata', 'speed')).toMatchObject({ gap: true, value: 'no published figure found' });
    expect(cell(shown, 'kata', 'start')).toMatchObject({ value: '900 ms', short: ['900 ms', 'from crictl run until it is listed'] });
    expect(cell(shown, 'container', 'memory')?.value).toBe('25 × 3.9 MiB = 97.5 MiB of 16 GiB');
    expect(cell(shown, 'microvm', 'memory')).toMatchObject({ value: '25 × 69.5–170.7 MiB = 1.7–4.17 GiB of 16 GiB', note: expect.stringContaining('the VMM (2.2 MiB), the guest’s kernel') });
    expect(cell(shown, 'vm', 'kernels')?.value).toBe('26');
    expect(cell(shown, 'process', 'memory')?.value).toBe('adds nothing');
  });

  test('names clock, hardware and year with every start', () => {
    for (const { cells } of state().candidates) {
      const start = cells.find(({ criterion }) => criterion === 'start');
      if (!start?.gap) expect(start?.note).toMatch(/(from|over|by|boot timer).*20\d\d/i);
    }
  });

  test('has starts of many on one clock, from the first request to the last ready, and none beyond what was published', () => {
    expect(cell(state(), 'microvm', 'many')?.value).toMatch(/^25 at once: all ready after \d+ ms$/);
    expect(cell(state(), 'gvisor', 'many')?.gap).toBe(true);
    expect(cell(state({ count: 1000 }), 'microvm', 'many')).toMatchObject({ value: expect.stringMatching(/^100 at once: all ready after/), note: expect.stringContaining('nothing is said of 1,000') });
    const container = cell(state({ count: 100 }), 'container', 'many');
    expect(container?.value).toBe('16 at once: all ready after 8.5 s');
    expect(container?.note).toContain('Of more than 16 at once we found nothing');
    expect(cell(state({ count: 100 }), 'kata', 'many')?.value).toBe('50 at once: all run after 1,720 ms');
  });

  test('takes a promise for no measurement', () => {
    expect(cell(state(STRANGERS), 'microvm', 'speed')).toMatchObject({ gap: true, note: expect.stringContaining('promised and not measured') });
  });
});

describe('the tables', () => {
  const { sources, figures } = facts();

  test('cite sources that exist', () => {
    expect(choosingSources().filter((id) => !sources.has(id))).toEqual([]);
  });

  test('give each reading the year, source and evidence of its figure', () => {
    for (const { starts, memory, disk } of Object.values(CANDIDATES_TABLE)) {
      for (const reading of [...starts, ...memory, ...(disk ? [disk] : [])]) {
        if (reading.figure === NOTHING) continue;
        const figure = figures.get(reading.figure);
        expect({ id: reading.figure, source: reading.source, year: reading.year }).toEqual({ id: reading.figure, source: figure?.source, year: sources.get(figure?.source ?? '')?.year });
        if ('clock' in reading || 'kind' in reading) expect({ id: reading.figure, secondHand: reading.secondHand === true }).toEqual({ id: reading.figure, secondHand: figure?.evidence.startsWith('secondary') === true });
      }
    }
  });

  test('give readings of one clock the same interval as their figures', () => {
    const byClock = new Map<string, Set<string>>();
    for (const { starts } of Object.values(CANDIDATES_TABLE)) for (const { clock, figure } of starts) byClock.set(clock, (byClock.get(clock) ?? new Set()).add(figures.get(figure)?.interval ?? ''));
    expect([...byClock].filter(([, intervals]) => intervals.size > 1)).toEqual([]);
  });
});

test.each<Partial<Config>>([{ count: 0 }, { count: 10_001 }, { memoryGib: 0.5 }, { cores: 0 }, { slowdown: 101 }, { startWithinMs: -1 }, { code: 'nobody' as 'mine' }, { kvm: 'yes' as unknown as boolean }])('refuses what is no work: %j', (to) => {
  expect(() => state(to)).toThrow();
});
