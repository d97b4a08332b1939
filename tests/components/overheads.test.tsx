/** What Overheads shows: places on the axis, labels, tables, and the page that is made of them. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { codec } from '../../components/overheads/codec.ts';
import Overheads from '../../components/overheads/Overheads.tsx';
import { citedBy, overheadsPlayground as playground } from '../../components/overheads/playground.ts';
import { describeGroup, placeOf, sharedAxis, tableOf, ticksOf, valueOf } from '../../components/overheads/view.ts';
import { toCsv } from '../../components/kit/download.ts';
import { facts } from '../../src/facts/index.ts';
import { comparisons as known } from '../../src/overheads/index.ts';
import { overheads, OVERHEADS_DEFAULTS, type Config } from '../../src/sim/overheads/index.ts';

const comparisons = known();
const model = overheads(comparisons);
const at = (to: Partial<Config> = {}) => model.init({ ...OVERHEADS_DEFAULTS, ...to }, 1);

describe('the axis', () => {
  test('is logarithmic: halving is as far to the left as doubling is to the right', () => {
    const axis = { low: 0.1, high: 10 };
    expect([placeOf(0.1, axis), placeOf(1, axis), placeOf(10, axis)]).toEqual([0, 50, 100]);
    expect(50 - placeOf(0.5, axis)).toBeCloseTo(placeOf(2, axis) - 50, 5);
  });

  test('has round places, and only tens where it is long', () => {
    expect(ticksOf({ low: 0.2, high: 2 }, 'speed').map(({ label }) => label)).toEqual(['20%', '50%', '100%', '200%']);
    expect(ticksOf({ low: 0.2, high: 2 }, 'time').map(({ label }) => label)).toEqual(['5×', '2×', '1×', '0.5×']);
    expect(ticksOf({ low: 0.005, high: 5 }, 'speed').map(({ label }) => label)).toEqual(['1%', '10%', '100%']);
  });

  test('is shared by what is compared', () => {
    expect(sharedAxis([at(), at({ work: 'system-calls' })])).toEqual({ low: 0.005, high: 5 });
  });
});

describe('words', () => {
  test('a value stands beside its name: one, two, a limit, or one that does not rank', () => {
    const values = (to: Partial<Config>) => at(to).groups.flatMap(({ rows }) => rows.map(valueOf));
    expect(values({ only: 'felter-linpack' })).toEqual(['base, 100%', '100%', '45% or 83%', '98%']);
    expect(values({ only: 'fc-promise' })).toEqual(['base, 100%', 'at least 95%, unranked']);
    expect(values({ only: 'gvisor-syscall' })).toEqual(['base, 100%', '5.1%', '254%, unranked']);
  });

  test('marks of one axis share one unit: percent as speed, multiples as time', () => {
    for (const read of ['speed', 'time'] as const) {
      const { groups, axis } = at({ work: 'disk', read });
      const labels = [...groups.flatMap(({ rows }) => rows.flatMap(({ marks }) => marks.map(({ short }) => short))), ...ticksOf(axis, read).map(({ label }) => label)];
      expect(labels.filter((label) => !(read === 'speed' ? /^[\d.]+%$/ : /^[\d.]+×$/).test(label))).toEqual([]);
    }
  });

  test('a drawing is described with its ranges', () => {
    const { groups: [group], config } = at({ only: 'felter-redis-10' });
    expect(describeGroup(group as never, config)).toContain('Container behind a bridge: 66% of the speed, range 0.555 to 0.807');
  });
});

describe('the table', () => {
  test('has each measurement with both figures, study, year and machine', () => {
    const { head, rows } = tableOf(at({ only: 'systrap-getpid' }));
    expect(head).toHaveLength(11);
    expect(rows.at(-1)).toEqual(['One getpid call', 'gVisor on Systrap', '0.235', 'not published', 'Native Linux', '1,017\u00a0ns', '239\u00a0ns', '2023', 'gVisor Systrap post', expect.stringContaining('n2-standard-4'), 'none']);
  });

  test('has two rows for two numbers', () => {
    const disputed = tableOf(at({ only: 'felter-linpack' })).rows.filter((row) => row[1] === 'VM on QEMU and KVM');
    expect(disputed.map((row) => row[2])).toEqual(['0.448', '0.830']);
    expect(disputed[1]?.at(-1)).toContain('disputed: printed table. second-hand');
  });

  test('holds folded measurements too, and makes a CSV', () => {
    const table = tableOf(at({ work: 'disk' }));
    expect(table.rows.length).toBe(at({ work: 'disk' }).groups.flatMap(({ rows }) => rows).length);
    expect(toCsv(table).split('\r\n')).toHaveLength(table.rows.length + 2);
  });
});

describe('links', () => {
  test('hold what is shown', () => {
    const recipe = playground.recipe(playground.props.parse({ caption: 'Look.', view: 'by-runner', runner: 'unikernel', read: 'time', against: 'native' }) as never);
    expect(codec.encode(recipe)).toMatch(/^1~r\*compute\*unikernel\*native\*t\*b\*~1~~/);
    expect(codec.decode(codec.encode(recipe))).toEqual(recipe);
  });
});

describe('the page', () => {
  const drawn = (to: Partial<Config> = {}) => {
    const config = { ...OVERHEADS_DEFAULTS, ...to };
    return render(<Overheads instance="Overheads-1" question={playground.question} caption="Look." recipe={{ config, seed: 1, actions: [] }} first={model.init(config, 1)} address="/data/overheads.json" base="/" sources={{ 'felter-2015-data': 'Felter et al., data' }} />);
  };

  test('draws the walls in their manner', () => {
    const html = drawn();
    expect(html).toMatch(/<line class="ov-bar ov-kernel"/);
    expect(html).toMatch(/<line class="ov-bar ov-hardware"/);
  });

  test('shows a dispute as two marks with a bracket and a choice', () => {
    expect(drawn().match(/class="ov-bracket"/g)).toHaveLength(3);
    expect(drawn()).toContain('Two numbers.');
    expect(drawn({ side: 'log' })).not.toContain('ov-bracket');
    expect(drawn({ side: 'log' })).toMatch(/aria-pressed="true"[^>]*>The log’s/);
  });

  test('describes each drawing to those who do not see it', () => {
    expect(drawn()).toMatch(/<svg role="img" aria-labelledby="Overheads-1-1-felter-linpack-title Overheads-1-1-felter-linpack-desc"[^>]*><title[^>]*>Linpack/);
  });

  test('folds what is not shown at once, and counts it', () => {
    expect(drawn()).toContain('3 measurements more');
    expect(drawn({ only: 'gvisor-cpu' })).not.toContain('more</summary>');
  });

  test('shows a base of its own only where its runs spread', () => {
    const labels = (only: string) => drawn({ only }).match(/class="ov-label"[^>]*>[^<]+/g)?.map((text) => text.replace(/^[^>]*>/, ''));
    expect(labels('systrap-getpid')).toEqual(['gVisor on ptrace', 'gVisor on Systrap']);
    expect(labels('unikraft-nginx')?.[0]).toBe('Native Linux');
  });

  test('asks in both directions', () => {
    expect(drawn()).toContain('Work <select');
    expect(drawn({ view: 'by-runner', runner: 'vm' })).toContain('Runner <select');
  });

  test('knows the short name of every source that it may cite', () => {
    expect([...citedBy(comparisons)].filter((id) => !facts().sources.has(id))).toEqual([]);
  });
});
