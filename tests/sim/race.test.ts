/** The rules of `race`, read as sentences: what a reader arranges, bets and sees, and what is never put on one axis. */
import { describe, expect, test } from 'vitest';
import { bootTables } from '../../src/boot/index.ts';
import { bootRace } from '../../src/sim/boot-race/index.ts';
import { SimError } from '../../src/sim/index.ts';
import { FRAMES, race, SCENE_IDS, SCENES, sceneOf, type Config, type SceneId, type State } from '../../src/sim/race/index.ts';

const tables = bootTables();
const model = race(tables);
const scene = (id: SceneId, rest: Partial<Config> = {}): State => model.init({ ...SCENES[id].to, bet: null, frame: FRAMES, ...rest }, 1);
const measured = (state: State) => model.measure(state);

describe('a race', () => {
  test('ends as `boot-race` says: each lane is a run of its own on such a machine', () => {
    const state = scene('hundred');
    state.config.lanes.forEach((lane, i) => {
      const boot = bootRace(tables);
      const config = { ...boot.defaults, afterReady: 'exit' as const, lanes: [{ ...lane, count: 1000, atOnce: 100 }] };
      const alone = boot.measure(boot.step(boot.init(config, 1), { type: 'finish' }).state);
      expect(state.lanes[i]?.spread?.p50Us).toBe(Math.round(Number(alone['medianMs1']) * 1000));
      expect(state.lanes[i]?.spread?.p99Us).toBe(Math.round(Number(alone['p99Ms1']) * 1000));
    });
  });

  test('shows nothing before the start, and at each instant no fewer ready than before', () => {
    expect(scene('hundred', { frame: 0 }).lanes.every(({ ready, bars, axisUs }) => ready === 0 && bars.length === 0 && axisUs === 0)).toBe(true);
    const counts = [40, 80, 120, 160, 200, FRAMES].map((frame) => scene('hundred', { frame }).lanes.map(({ ready }) => ready));
    for (const lane of [0, 1, 2]) expect(counts.every((each, i) => i === 0 || (each[lane] as number) >= (counts[i - 1]?.[lane] as number))).toBe(true);
    expect(counts.at(-1)).toEqual([1000, 1000, 1000]);
  });

  test('counts, before the end, among those that are ready so far', () => {
    const state = scene('hundred', { frame: 40 });
    expect(state.says).toContain(`${state.lanes[0]?.ready} of 1,000 ready, half of those so far within`);
    expect(scene('hundred').says).toContain('1,000 of 1,000 ready, half of them within');
  });

  test('says how many boot at the same moment: fewer than were let on their way, because one launcher starts them', () => {
    const { lanes, says } = scene('hundred');
    for (const { together = 0 } of lanes) expect(together).toBeLessThan(90);
    expect(says).toContain(`Its clock ran for at most ${lanes[0]?.together} at the same moment.`);
    expect(lanes[0]?.notes.join(' ')).toContain('One launcher starts them one after the other');
    expect(scene('docker-sixteen').lanes[0]?.together).toBe(16);
  });

  test('cites a source for what was measured, and none for what the model infers', () => {
    const { reasons } = scene('hundred');
    expect(reasons.map(({ rule }) => rule)).toContain('coresShared');
    expect(reasons.flatMap(({ sources, figures }) => [...sources, ...figures])).toEqual([]);
  });

  test('draws sixteen at once as the study did: each takes the mean that was published, not half of it', () => {
    expect(measured(scene('docker-sixteen'))['medianMs1']).toBeCloseTo(8500, -2);
  });

  test('draws an instance’s pieces end to end, and its clock is what it was ready after', () => {
    const { lanes: [lane] } = scene('firmware');
    const pieces = lane?.bars[0]?.segments ?? [];
    expect(pieces.map(([filling]) => filling)).toEqual(['launch', 'vmm', 'kernel']);
    expect(pieces.every(([, from], i) => i === 0 || from === pieces[i - 1]?.[2])).toBe(true);
    expect((pieces.at(-1)?.[2] as number) - (pieces[1]?.[1] as number)).toBe(lane?.spread?.p50Us);
  });

  test('shows who queues for Docker’s engine, and that its queue costs no core', () => {
    const { lanes: [docker] } = scene('docker-sixteen');
    expect(docker?.bars.map(({ segments }) => segments.map(([filling]) => filling))).toEqual([['engine', 'runtime'], ...Array.from({ length: 5 }, () => ['queue', 'engine', 'runtime'])]);
    expect(Math.max(...docker?.load ?? [1])).toBe(0);
  });

  test('shows starts that memory refused as refused', () => {
    const state = scene('memory');
    expect(Number(measured(state)['refused2'])).toBeGreaterThan(Number(measured(state)['refused1']));
    expect(state.says).toContain('refused, because memory had ended');
    expect(state.reasons.map(({ rule }) => rule)).toContain('startsRefused');
  });

  test('passes time faster toward the end where one lane takes much longer', () => {
    expect(scene('docker-sixteen').stretched).toBe(true);
    expect(scene('hundred').stretched).toBe(false);
    expect(scene('docker-sixteen', { frame: FRAMES / 2 }).nowUs).toBe(Math.round(scene('docker-sixteen').nowUs / 4));
  });

  test('is small enough to stand in a page, whatever it holds', () => {
    const sizes = SCENE_IDS.map((id) => JSON.stringify(scene(id)).length);
    expect(Math.max(...sizes)).toBeLessThan(14_000);
    expect(JSON.stringify(model.init(model.defaults, 1)).length).toBeLessThan(4000);
  });

  test('knows which ready race it is', () => {
    for (const id of SCENE_IDS) expect(sceneOf(scene(id).config)).toBe(id);
    expect(scene('hundred', { count: 99 }).scene).toBeNull();
  });
});

describe('clocks that differ', () => {
  test('have no axis, no plot, no winner and no ratio in common', () => {
    const state = scene('docker-sixteen');
    const [docker, firecracker] = state.lanes;
    expect(docker?.axisUs).not.toBe(firecracker?.axisUs);
    expect(docker?.plotUs).not.toBe(firecracker?.plotUs);
    expect(measured(state)).toMatchObject({ winner: 'no shared clock', medianRatio: 'no shared clock' });
    expect(state.verdict).toContain('The clocks start and stop at different things, so neither number beats the other.');
  });

  test('and those that do not differ share them', () => {
    const state = scene('hundred');
    expect(new Set(state.lanes.map(({ axisUs }) => axisUs)).size).toBe(1);
    expect(new Set(state.lanes.map(({ plotUs }) => plotUs)).size).toBe(1);
    expect(measured(state)).toMatchObject({ winner: 'chv' });
    expect(state.verdict).toMatch(/^Shortest median: Cloud Hypervisor, 517 ms\. QEMU 4\.2 with qboot took 3\.3 times as long, on the same clock\.$/);
  });
});

describe('the point where containers stop winning is found in a ready race', () => {
  test('a microVM’s number is below Docker’s, one at a time and sixteen at once', () => {
    for (const id of ['docker-microvm', 'docker-sixteen'] as const) expect(Number(measured(scene(id))['medianMs2'])).toBeLessThan(Number(measured(scene(id))['medianMs1']));
  });

  test('a unikernel was given less memory than the smallest container', () => {
    const measures = measured(scene('unikernel'));
    expect(measures['eachMib2']).toBe(2);
    expect(measures['eachMib1']).toBe(6);
  });

  test('a hundred at once on 4 cores take several times as long as on 48', () => {
    expect(Number(measured(scene('hundred'))['medianMs1']) / Number(measured(scene('hundred-48'))['medianMs1'])).toBeGreaterThan(3);
  });
});

test('lanes without a common clock are judged on growth at any number that a race may have', () => {
  for (const atOnce of [1001, 10_000]) expect(scene('docker-microvm', { count: atOnce, atOnce }).betOn).toBe('growth');
});

describe('no evidence', () => {
  test('leaves the lane empty, and says why', () => {
    const state = scene('gaps');
    expect(state.lanes.every(({ total, gap }) => total === 0 && (gap ?? '').length > 20)).toBe(true);
    expect(measured(state)).toMatchObject({ evidence1: false, winner: 'none is ready' });
    expect(state.verdict).toBe('');
    expect(state.says).toMatch(/^crun: no evidence, so nothing is started\./);
  });
});

describe('a bet', () => {
  const bet = (lane: number, factor: number, sure: number) => scene('hundred', { bet: { lane, factor, sure } }).verdict;

  test('is judged on both counts', () => {
    expect(bet(0, 1, 0)).toContain('Your bet was right on both counts.');
    expect(bet(0, 3, 0)).toContain('on the right one, but not on the right factor');
    expect(bet(2, 1, 0)).toContain('Your factor was right, but not the one that you bet on.');
    expect(bet(2, 3, 2)).toContain('wrong on both counts. You were certain');
  });

  test('is placed before the start, and gone with another race', () => {
    const before = scene('hundred', { frame: 0 });
    const placed = model.step(before, { type: 'bet', bet: { lane: 1, factor: 0, sure: 1 } }).state;
    expect(placed.says).toContain('Your bet: Firecracker 0.20, configured by a file is shortest, the slowest takes less than twice as long (fairly sure).');
    expect(model.step(placed, { type: 'arrange', to: { count: 5 } }).state.config.bet).toBeNull();
    expect(() => model.step(scene('hundred'), { type: 'bet', bet: { lane: 1, factor: 0, sure: 1 } })).toThrow('A bet is placed before the start.');
  });
});

describe('what cannot be raced is refused with a sentence', () => {
  test.each<[string, Partial<Config>, string]>([
    ['too many lanes', { lanes: Array.from({ length: 5 }, () => ({ technology: 'chv', interval: 'vmm-to-init' as const })) }, 'A race has 1 to 4 lanes.'],
    ['an unknown machine', { machine: 'constructor' }, 'There is no machine "constructor".'],
    ['an unknown technology', { lanes: [{ technology: 'toString', interval: 'vmm-to-init' }] }, 'There is no technology "toString".'],
    ['a clock that nobody used', { lanes: [{ technology: 'chv', interval: 'run-to-exit' }] }, 'Cloud Hypervisor was not measured over the interval "run-to-exit".'],
    ['a count', { count: 10_001 }, 'A lane starts 1 to 10000 instances.'],
    ['an instant', { frame: 241 }, 'A race has the instants 0 to 240.'],
    ['a bet on a lane that is not there', { bet: { lane: 3, factor: 0, sure: 0 } }, 'The bet names a lane'],
    ['swapping to an unknown disk', { whenFull: 'swap' }, 'How fast the disk of this machine is was not recorded'],
    ['an image on an unknown disk', { image: 'on-disk' }, 'How fast the disk of Xeon E3-1226 v3 is was not recorded'],
  ])('%s', (_, wrong, sentence) => {
    const asked = () => scene('hundred', wrong);
    expect(asked).toThrow(SimError);
    expect(asked).toThrow(sentence);
  });
});
