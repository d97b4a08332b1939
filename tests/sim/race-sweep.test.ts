/** The sweep: how medians grow with the number at once, and where they cross, read as sentences. */
import { describe, expect, test } from 'vitest';
import { bootTables } from '../../src/boot/index.ts';
import { FRAMES, race, SCENES, swept, SWEPT, type Arrangement, type Config, type Line, type SceneId } from '../../src/sim/race/index.ts';
import type { Tables, Technology } from '../../src/sim/boot-race/index.ts';

const tables = bootTables();
const model = race(tables);
const sweepOf = (id: SceneId, rest: Partial<Arrangement> = {}, from: Tables = tables) => swept(from, { ...SCENES[id].to, ...rest }, 1);
const medians = ({ points }: Line) => points.map(({ p50Us }) => p50Us ?? NaN);

/** Docker beside another engine on the same clock, which takes `us` however many there are. */
function besideSteady(us: number): Tables {
  const docker = tables.technologies['docker'] as Technology;
  const steady: Technology = { ...docker, id: 'steady', title: 'Steady', phases: docker.phases.map(({ phase }, i) => ({ phase, workPermille: 0, lockPermille: i })), runs: { 'rn.haswell': [[us], [0]] } };
  return { ...tables, technologies: { ...tables.technologies, steady } };
}
const pair = { lanes: [{ technology: 'docker', interval: 'request-to-running' }, { technology: 'steady', interval: 'request-to-running' }] } as const;

describe('a sweep', () => {
  test('has a point for each number, with a median that a longer queue never shortens much', () => {
    for (const { lines } of sweepOf('hundred')) {
      for (const line of lines) {
        expect(line.points.map(({ count }) => count)).toEqual([...SWEPT]);
        expect(medians(line).every((median, i, all) => i === 0 || median > 0.9 * (all[i - 1] as number))).toBe(true);
      }
    }
  });

  test('puts lanes into one panel when they share a clock, and never otherwise', () => {
    expect(sweepOf('hundred').map(({ lines }) => lines.length)).toEqual([3]);
    expect(sweepOf('docker-sixteen').map(({ lines, crossing }) => [lines.length, crossing])).toEqual([[1, ''], [1, '']]);
    expect(sweepOf('gaps')).toEqual([]);
  });

  test('says from which number on another median is shorter', () => {
    const [panel] = sweepOf('docker-microvm', pair, besideSteady(2_000_000));
    expect(panel?.crossing).toMatch(/^From (4|8) at once on, Steady has a shorter median than Docker 18\.09\.$/);
    const from = Number(/\d+/.exec(panel?.crossing ?? '')?.[0]);
    const [docker, steady] = (panel?.lines ?? []).map(medians) as [number[], number[]];
    const place = SWEPT.findIndex((count) => count === from);
    expect(docker[place]).toBeGreaterThan(steady[place] as number);
    expect(docker[place - 1]).toBeLessThan(steady[place - 1] as number);
  });

  test('says when they do not cross', () => {
    expect(sweepOf('docker-microvm', pair, besideSteady(100_000))[0]?.crossing).toBe('They do not cross. At every number from 1 to 100, shortest median first: Steady; Docker 18.09.');
    expect(sweepOf('hundred')[0]?.crossing).toMatch(/^They do not cross\./);
  });

  test('says of what nobody measured in company that it is the worst case', () => {
    expect(sweepOf('full-guest').flatMap(({ growth }) => growth).every((sentence) => sentence.includes('worst case'))).toBe(true);
    expect(sweepOf('hundred').flatMap(({ growth }) => growth).some((sentence) => sentence.includes('worst case'))).toBe(false);
  });

  test('of three lanes takes less than a second even on a busy machine', () => {
    const began = performance.now();
    sweepOf('hundred');
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('unlike clocks', () => {
  const end = (id: SceneId, rest: Partial<Config> = {}) => model.init({ ...SCENES[id].to, bet: null, frame: FRAMES, ...rest }, 1);

  test('have no winner and no factor between them, with a bet or without', () => {
    for (const id of ['docker-microvm', 'docker-sixteen', 'full-guest', 'unikernel'] as const) {
      for (const bet of [null, { lane: 0, factor: 3, sure: 2 }]) {
        const { verdict } = end(id, { bet });
        expect(verdict).toContain('neither number beats the other');
        expect(verdict).not.toMatch(/[Ss]hortest|as much|took/);
      }
    }
  });

  test('are bet on by growth, each lane against itself', () => {
    const { lanes, verdict, betOn } = end('docker-sixteen');
    const [docker, microvm] = lanes.map(({ grown }) => (grown?.togetherUs ?? 0) / (grown?.aloneUs ?? 1)) as [number, number];
    expect(betOn).toBe('growth');
    expect(docker).toBeGreaterThan(2 * microvm);
    expect(verdict).toContain(`${Math.round(docker)} times as long as alone for Docker 18.09`);
    const ends = [2, 5, 20, Infinity];
    const right = { lane: 0, factor: ends.findIndex((most) => docker < most), sure: 0 };
    expect(end('docker-sixteen', { bet: right }).verdict).toContain('Your bet was right on both counts.');
    expect(end('docker-sixteen', { bet: { ...right, lane: 1 } }).verdict).toContain('not the one that you bet on');
  });

  test('offer no bet where nobody measured the growth', () => {
    expect(['full-guest', 'unikernel', 'gaps', 'namespaces'].map((id) => end(id as SceneId).betOn)).toEqual([null, null, null, null]);
    expect(end('full-guest', { bet: { lane: 0, factor: 1, sure: 0 } }).verdict).not.toContain('bet');
    expect(end('hundred').betOn).toBe('median');
  });
});
