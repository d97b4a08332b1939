/** The rules of `overheads`, read as sentences: what a ratio is made of, what is never put into one, and what does not rank. */
import { describe, expect, test } from 'vitest';
import { facts } from '../../src/facts/index.ts';
import { parseYaml } from '../../src/facts/yaml.ts';
import { checkStudies } from '../../src/overheads/check.ts';
import { comparisons as known, measuredOf } from '../../src/overheads/index.ts';
import { studySchema, type StudyFile } from '../../src/overheads/schema.ts';
import { SimError } from '../../src/sim/index.ts';
import { baseOf, comparisonsOf, isStated, overheads, OVERHEADS_DEFAULTS, RUNNERS, WORKS, type Comparison, type Config, type Row, type Runner, type State } from '../../src/sim/overheads/index.ts';

const comparisons = known();
const { figures, sources } = facts();
const model = overheads(comparisons);
const shown = (to: Partial<Config> = {}): State => model.init({ ...OVERHEADS_DEFAULTS, ...to }, 1);
const of = (id: string) => comparisons.find((comparison) => comparison.id === id) as Comparison;
const speed = (id: string, runner: Runner) => of(id).entries.find((entry) => entry.runner === runner)?.speed.value;
const rowsOf = (state: State): readonly Row[] => state.groups.flatMap(({ rows }) => rows);
const number = (id: string) => Number(figures.get(id)?.value);

describe('golden numbers', () => {
  test.each([
    ['felter-linpack', 'container', 290.87 / 290.83],
    ['felter-linpack', 'vm', 130.28 / 290.83],
    ['felter-linpack', 'vm-tuned', 284.2 / 290.83],
    ['felter-tcp-round', 'vm', 37.58 / 67.94],
    ['felter-tcp-round', 'container-bridge', 0.5],
    ['felter-redis-10', 'container-bridge', 70.3 / 106.4],
    ['gvisor-syscall', 'gvisor-ptrace', 1939 / 38219],
    ['gvisor-syscall', 'gvisor-kvm', 1939 / 763],
    ['gvisor-httpd-25', 'gvisor-ptrace', 961.03 / 4964.14],
    ['systrap-getpid', 'gvisor-systrap', 239 / 1017],
    ['ant-getpid', 'gvisor-kvm', 62 / 830],
    ['fc-read-4k-32', 'microvm-firecracker', 12880 / 301182],
    ['fc-write-128k-32', 'microvm-firecracker', 13583 / 6255],
    ['fc-net-rx-haswell', 'microvm-firecracker', 38.47 / 52.52],
    ['unikraft-nginx', 'unikernel', 291780 / 175556],
    ['unikraft-syscall', 'unikernel', 222 / 84],
    ['fc-promise', 'microvm-firecracker', 0.95],
  ] as const)('%s: %s', (id, runner, expected) => {
    expect(speed(id, runner)).toBeCloseTo(expected, 6);
  });

  test('the disputed machine has both numbers, each against the native run', () => {
    expect(of('felter-linpack').dispute?.sides.map((side) => side.speed.value)).toEqual([130.28 / 290.83, 241.3 / 290.83]);
    expect(of('felter-linpack').dispute?.sides.map(({ secondHand }) => secondHand)).toEqual([false, true]);
  });
});

describe('every ratio', () => {
  test('is the quotient of two figures of the register, or one that its study states', () => {
    for (const { base, entries, measured } of comparisons) {
      const from = number(entries[0]?.figure as string);
      for (const { figure, speed: { value } } of entries.slice(1)) {
        const { unit = '' } = figures.get(figure) ?? {};
        const to = number(figure);
        const times = unit === '%' ? to / 100 : unit === 'x' ? to : to / from;
        expect({ figure, value }).toEqual({ figure, value: measured === 'rate' ? times : 1 / times });
      }
      expect(entries[0]?.runner).toBe(base);
      expect(entries[0]?.speed.value).toBe(1);
    }
  });

  test('has both terms from one study and in one unit', () => {
    for (const { study, entries } of comparisons) {
      const cited = entries.map(({ figure }) => figures.get(figure)?.source as string);
      // The paper of 2015 reports the data of 2014: one study, two sources.
      expect(cited.filter((source) => source !== study && `${study}` !== `${source}-data`)).toEqual([]);
      const units = new Set(entries.map(({ figure }) => figures.get(figure)?.unit as string).filter((unit) => !isStated(unit)));
      expect(units.size).toBeLessThanOrEqual(1);
    }
  });

  test('has its range from the runner’s own figure', () => {
    for (const { entries, spread } of comparisons) {
      for (const { speed: { low, value, high } } of entries) expect(low <= value && value <= high).toBe(true);
      expect(entries.some(({ speed: { low, high } }) => low !== high)).toBe(spread !== undefined);
    }
  });

  test('is shorter time when time was measured: a longer time is a lower speed', () => {
    for (const { measured, entries } of comparisons) {
      const [base, ...others] = entries;
      for (const { figure, speed: { value } } of others) {
        if (isStated(figures.get(figure)?.unit ?? '')) continue;
        const more = number(figure) > number(base?.figure as string);
        if (value !== 1) expect(value > 1).toBe(measured === 'rate' ? more : !more);
      }
    }
  });
});

describe('turning', () => {
  test('by work shows each comparison of that work once, those of most runners first and then the newest', () => {
    for (const work of WORKS) {
      const { groups, measured } = shown({ work });
      expect(groups.map(({ id }) => id).sort()).toEqual(comparisons.filter((one) => one.work === work).map(({ id }) => id).sort());
      const order = groups.map(({ id, rows }) => rows.length * 10_000 + (measured[id]?.year as number));
      expect(order).toEqual(order.toSorted((a, b) => b - a));
    }
  });

  test('by runner shows that runner alone, and each comparison in which it is not the base', () => {
    for (const runner of Object.keys(shown().choices.runners) as Runner[]) {
      const rows = rowsOf(shown({ view: 'by-runner', runner }));
      expect(new Set(rows.map((row) => row.runner))).toEqual(new Set([runner]));
      expect(rows.map(({ comparison }) => comparison).sort()).toEqual(comparisons.filter(({ base, entries }) => base !== runner && entries.some((entry) => entry.runner === runner)).map(({ id }) => id).sort());
    }
  });

  test('what the answer names is drawn at once, for every question', () => {
    const law = model.invariants['what the answer names is drawn at once'] as (state: State) => boolean;
    for (const work of WORKS) expect(law(shown({ work }))).toBe(true);
    for (const runner of Object.keys(shown().choices.runners) as Runner[]) {
      const { says, groups } = shown({ view: 'by-runner', runner });
      const drawn = groups.filter(({ lead }) => lead).flatMap(({ rows }) => rows.map(({ label }) => label));
      expect(drawn.some((title) => says.includes(`(${title}, `))).toBe(says.includes('Slowest'));
      for (const { rows } of groups.filter(({ lead }) => !lead)) expect(rows.filter(({ label }) => says.includes(`(${label}, `))).toEqual([]);
    }
  });

  test('by runner begins with the work that was asked for', () => {
    expect(shown({ view: 'by-runner', runner: 'vm', work: 'disk' }).groups[0]?.id).toBe('disk');
  });

  test('reading as time says the same the other way round', () => {
    expect(rowsOf(shown({ work: 'system-calls', only: 'systrap-getpid' })).map(({ words }) => words)).toEqual(['base', '1.6% of the speed', '24% of the speed']);
    expect(rowsOf(shown({ work: 'system-calls', only: 'systrap-getpid', read: 'time' })).map(({ words }) => words)).toEqual(['base', '64 times as long', '4.3 times as long']);
  });

  test('a limit turns round with it: at least this speed is at most this time', () => {
    const words = (read: Config['read']) => rowsOf(shown({ only: 'fc-promise', read })).at(-1)?.words;
    expect(words('speed')).toBe('at least 95% of the speed');
    expect(words('time')).toBe('at most 1.05 times as long');
  });

  test('another base divides by what the same study measured for it', () => {
    const rows = rowsOf(shown({ work: 'system-calls', against: 'native-kpti', only: 'ant-getpid' }));
    expect(rows[0]?.runner).toBe('native-kpti');
    expect(rows.find(({ runner }) => runner === 'gvisor-kvm')?.marks[0]?.speed.value).toBeCloseTo(236 / 830, 9);
  });

  test('a base that the study does not have leaves the study’s own, and says so', () => {
    const [group] = shown({ against: 'vm', only: 'unikraft-redis' }).groups;
    expect(group?.rows[0]?.runner).toBe('native');
    expect(group?.sub).toContain('this study does not offer your base');
  });

  test('a disputed number is nobody’s base', () => {
    expect(baseOf(of('felter-linpack'), 'vm')).toBe('native');
    expect(shown({ only: 'felter-linpack' }).choices.against).not.toHaveProperty('vm');
  });

  test('one comparison gives way as soon as the reader turns', () => {
    const { state } = model.step(shown({ only: 'felter-linpack' }), { type: 'turn', to: { work: 'memory' } });
    expect(state.groups.map(({ id }) => id)).toContain('felter-stream');
    expect(state.config.only).toBe('');
  });

  test.each([
    [{ work: 'games' }, 'There is no kind of work "games".'],
    [{ runner: 'native' }, 'Nobody measured "native" against a base.'],
    [{ only: 'felter-games' }, 'There is no comparison "felter-games".'],
    [{ view: 'by-runner', runner: 'unikernel', only: 'felter-linpack' }, 'The comparison "felter-linpack" does not measure Unikernel in a VM against a base.'],
    [{ side: 'mean' }, 'Of two numbers, both are shown, or that of the log, or that of the table.'],
  ])('%j is refused', (to, message) => {
    expect(() => shown(to as Partial<Config>)).toThrow(new SimError(message));
  });
});

describe('what must not be read into it', () => {
  const unranked = (to: Partial<Config>) => rowsOf(shown(to)).filter((row) => row.unranked).map(({ comparison, runner }) => `${comparison} ${runner}`);

  test('a call that the host’s kernel never sees does not rank, and neither does a write that nobody flushed', () => {
    expect(unranked({ work: 'system-calls' })).toEqual(['gvisor-syscall gvisor-kvm']);
    const writes = rowsOf(shown({ work: 'disk' })).filter(({ comparison, isBase }) => comparison.startsWith('fc-write') && !isBase);
    expect(unranked({ work: 'disk' }).sort()).toEqual(writes.map(({ comparison, runner }) => `${comparison} ${runner}`).sort());
    // Neither those that flatter the guest nor those that blame it.
    expect(writes.some(({ marks: [mark] }) => (mark?.speed.value ?? 1) > 2) && writes.some(({ marks: [mark] }) => (mark?.speed.value ?? 1) < 0.4)).toBe(true);
    expect(shown({ work: 'disk' }).says).toContain('12 more do not rank: read why.');
  });

  test('a write that does not rank is nobody’s base either', () => {
    const rows = rowsOf(shown({ against: 'vm', only: 'fc-write-4k-32' }));
    expect(rows.filter(({ unranked: apart }) => !apart).map(({ runner }) => runner)).toEqual(['vm']);
  });

  test('a promise is no measurement', () => {
    const computing = shown();
    expect(model.measure(computing)).toMatchObject({ measurements: 10, near: 3, unranked: 1 });
    expect(rowsOf(computing).find(({ comparison, isBase }) => comparison === 'fc-promise' && !isBase)?.notes.at(-1)).toBe('Does not rank: a limit that is promised, and no measurement.');
  });

  test('what touches no disk is told with system calls', () => {
    expect(rowsOf(shown({ work: 'disk' })).some(({ comparison }) => comparison.includes('tmpfs'))).toBe(false);
    expect(rowsOf(shown({ work: 'system-calls' })).some(({ comparison }) => comparison.includes('tmpfs'))).toBe(true);
  });

  test('random updates do not show that addresses are translated twice, and the rule says so', () => {
    expect(Math.abs((speed('felter-gups', 'vm') as number) - (speed('felter-gups', 'container') as number))).toBeLessThan(0.02);
    expect(shown({ work: 'memory' }).reasons.some(({ text }) => text.includes('the random updates that were measured here do not show it'))).toBe(true);
  });

  test('two platforms whose calls the same kernel answers do rank against each other', () => {
    expect(unranked({ work: 'system-calls', against: 'gvisor-ptrace' })).toEqual([]);
  });

  test('a unikernel’s lead ranks: it is faster, because it leaves a border out', () => {
    expect(unranked({ work: 'server' })).toEqual([]);
    expect(model.measure(shown({ work: 'server' }))).toMatchObject({ fastest: 'unikernel' });
  });

  test('the same server looks faster in the sandbox when connections are mixed, and is not at any one number', () => {
    expect(number('gvisor.httpd.c25.runsc')).toBeGreaterThan(number('gvisor.httpd.c1.runc'));
    for (const count of [1, 5, 10, 25]) expect(speed(`gvisor-httpd-${count}`, 'gvisor-ptrace')).toBeLessThan(0.51);
  });

  test('a bridge costs what the container does not', () => {
    for (const count of [1, 10, 100]) expect(speed(`felter-redis-${count}`, 'container-bridge')).toBeLessThan(speed(`felter-redis-${count}`, 'container') as number);
  });

  test('both disputed numbers stand, or one by its name, and never a mean', () => {
    const marks = (side: Config['side']) => rowsOf(shown({ side })).filter(({ comparison, runner }) => comparison === 'felter-linpack' && runner === 'vm').flatMap((row) => row.marks);
    expect(marks('both').map(({ short, name }) => `${short} ${name}`)).toEqual(['45% published log', '83% printed table']);
    expect(marks('log').map(({ short }) => short)).toEqual(['45%']);
    expect(marks('table').map(({ short }) => short)).toEqual(['83%']);
    expect(shown().says).toContain('45% of the speed by the published log, 83% of the speed by the printed table (second-hand)');
  });

  test('gVisor’s own numbers of 2020 name their base and say that they are old', () => {
    const { groups, remarks } = shown({ only: 'gvisor-cpu' });
    expect(groups[0]?.sub).toContain('2020, against container');
    expect(remarks.find(({ kind }) => kind === 'dated')?.says).toContain('mid-2023');
  });

  test('by runner, what is said names the rows that it is about, and no study of others has grown old', () => {
    const { groups, remarks } = shown({ view: 'by-runner', runner: 'vm', work: 'network' });
    const network = groups.find(({ id }) => id === 'network');
    expect(network?.remarks.map((place) => remarks[place]?.of)).toEqual(['Bulk TCP over 10 Gbit/s', 'iperf3 with the host, receive']);
    expect(remarks.filter(({ kind }) => kind === 'dated')).toEqual([]);
    expect(shown({ view: 'by-runner', runner: 'microvm-firecracker' }).remarks.filter(({ kind }) => kind === 'dated').map(({ of: study }) => study)).toEqual(['Firecracker paper, data, 2020']);
    expect(shown({ view: 'by-runner', runner: 'container' }).remarks.some(({ says }) => says.includes('unikernel'))).toBe(false);
  });

  test('a trap is told with the runners that it is about', () => {
    expect(shown({ view: 'by-runner', runner: 'vm' }).remarks.some(({ says }) => says.includes('a raw call'))).toBe(false);
    expect(shown({ view: 'by-runner', runner: 'gvisor-kvm' }).remarks.some(({ says }) => says.includes('a raw call'))).toBe(true);
  });
});

describe('the first frame', () => {
  test('is small enough to stand in a page', () => {
    expect(JSON.stringify(shown()).length).toBeLessThan(14_000);
  });

  test('finds evidence for each runner that has a name', () => {
    const measured = new Set(comparisons.flatMap(({ entries }) => entries.map(({ runner }) => runner)));
    expect(RUNNERS.filter((runner) => !measured.has(runner))).toEqual([]);
  });
});

describe('the check', () => {
  const STUDY = `study: felter-2015-data
year: 2014
machine: a machine
comparisons:
  - id: one
    work: compute
    title: Linpack
    measured: rate
    spread: something
    entries: { native: felter.linpack.native, vm: FIGURE }
`;
  const problems = (text: string) => {
    const file = parseYaml('content/overheads/x.yaml', text);
    const entry = { value: studySchema.parse(file.data) as StudyFile, file, path: [] };
    return checkStudies([entry], figures, sources).map(({ line, found }) => `${line} ${found}`);
  };

  test('takes a comparison within a study', () => {
    expect(problems(STUDY.replace('FIGURE', 'felter.linpack.docker'))).toEqual([]);
  });

  test.each([
    ['a figure of another study', 'cpu.uk2021.nginx.docker', '10 "cpu.uk2021.nginx.docker" from "kuenzer-2021-data"'],
    ['a figure in another unit', 'felter.stream.triad.kvm', '10 "felter.stream.triad.kvm" in GB/s'],
    ['a figure that is not there', 'felter.linpack.dockre', '10 the unknown figure "felter.linpack.dockre"'],
  ])('refuses %s', (_, figure, found) => {
    expect(problems(STUDY.replace('FIGURE', figure))).toEqual([found]);
  });

  test('wants words on ranges, and only where there are any', () => {
    expect(problems(STUDY.replace('FIGURE', 'felter.linpack.docker').replace('    spread: something\n', ''))).toEqual(['5 figures with ranges, and no "spread"']);
  });

  test('a comparison of a missing figure throws, so that nothing is made up', () => {
    const rows = [{ study: 'x', year: 2020, machine: 'y', comparisons: [{ id: 'a', work: 'compute', title: 'A', measured: 'rate', entries: { native: 'a', vm: 'b' } }] }] as const;
    expect(() => comparisonsOf(rows, new Map([['a', measuredOf(figures.get('felter.linpack.native') as never)]]))).toThrow('There is no figure "b" to compare with.');
  });
});
