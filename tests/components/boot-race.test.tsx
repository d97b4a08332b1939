/** BootRace as authors and readers meet it: props, links, tables, plots and the first frame. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import BootRace from '../../components/boot-race/BootRace.tsx';
import { laneFor } from '../../components/boot-race/lane-for.ts';
import { codec } from '../../components/boot-race/codec.ts';
import { bootRace as playground } from '../../components/boot-race/playground.ts';
import { bootRaceProps } from '../../components/boot-race/props.ts';
import { areaPath, curvePath, curvesOf, FILLINGS, onSharedAxes, memoryText, plotsOf, readOff, tableOf, ticksOf, timeText } from '../../components/boot-race/view.ts';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { bootTables } from '../../src/boot/index.ts';
import type { Interval } from '../../src/sim/boot-race/index.ts';
import { FRAMES, race, SCENE_IDS, SCENES, type Config, type SceneId } from '../../src/sim/race/index.ts';

const tables = bootTables();
const model = race(tables);
const configOf = (id: SceneId, rest: Partial<Config> = {}): Config => ({ ...SCENES[id].to, bet: null, frame: FRAMES, ...rest });
const at = (id: SceneId, rest: Partial<Config> = {}) => model.init(configOf(id, rest), 1);
const clocks = Object.fromEntries(Object.values(tables.technologies).map((technology) => [technology.id, Object.keys(technology.clocks) as Interval[]]));

describe('props', () => {
  test('need a caption and nothing else', () => {
    const props = bootRaceProps.parse({ caption: 'Bet.' });
    expect(props).toEqual({ caption: 'Bet.', seed: 1, scene: 'firmware', at: 0 });
    expect(playground.recipe(props)).toEqual({ config: { ...SCENES.firmware.to, bet: null, frame: 0 }, seed: 1, actions: [] });
  });

  test('change a scene', () => {
    const { config } = playground.recipe(bootRaceProps.parse({ caption: 'x', scene: 'hundred', machine: 'm5d.metal', count: 7, atOnce: 3, afterReady: 'exit', at: 240 }));
    expect(config).toMatchObject({ machine: 'm5d.metal', count: 7, atOnce: 3, afterReady: 'exit', frame: 240, lanes: SCENES.hundred.to.lanes });
  });

  test('say what they would have accepted', () => {
    expect(() => parseProps('BootRace', bootRaceProps, { caption: 'x', count: 20_000, machine: 'laptop' })).toThrowErrorMatchingInlineSnapshot(`
      [Error: <BootRace> does not fit its props:
        machine: Invalid option: expected one of "rn.haswell"|"i7i.metal"|"m5d.metal"|"uk2021"|"gvisor2020"|"rn.nehalem"
        count: Too big: expected number to be <=10000
      See the README beside BootRace.tsx for the props and examples.]
    `);
  });
});

describe('a link', () => {
  test('keeps its words for ever', () => {
    const recipe = { config: configOf('docker-microvm', { bet: { lane: 1, factor: 2, sure: 0 }, frame: 12, whenFull: 'swap', image: 'on-disk', afterReady: 'exit' }), seed: 7, actions: [] };
    const text = codec.encode(recipe);
    expect(text).toBe(sealed('1~rn.haswell*1*0*esd*docker.request-to-running*fc-api.vmm-to-init*120.12~7~'));
    expect(codec.decode(text)).toEqual(recipe);
  });

  test('keeps every ready race', () => {
    for (const id of SCENE_IDS) {
      const recipe = { config: configOf(id), seed: 1, actions: [] };
      expect(codec.decode(codec.encode(recipe))).toEqual(recipe);
    }
  });

  test('keeps where the reader came to, not the way', () => {
    const text = codec.encode({ config: configOf('firmware', { frame: 0 }), seed: 1, actions: [{ type: 'arrange', to: { count: 9 } }, { type: 'bet', bet: { lane: 0, factor: 1, sure: 2 } }, { type: 'show', frame: 33 }] });
    expect(codec.decode(text)?.config).toEqual(configOf('firmware', { count: 9, bet: { lane: 0, factor: 1, sure: 2 }, frame: 33 }));
  });

  test.each(['rn.haswell*1*0*src*chv.vmm-to-init', 'rn.haswell*1*0*sr*chv.vmm-to-init*x0', 'rn.haswell*1*0*src*x0', 'rn.haswell*01*0*src*chv.vmm-to-init*x0', 'rn.haswell*1*0*src*chv.constructor*x0', 'rn.haswell*1*0*src*chv*x0', 'rn.haswell*1*0*src*chv.vmm-to-init*12.0', '*1*0*src*chv.vmm-to-init*x0'])('is refused when it is damaged: %s', (text) => {
    expect(codec.decode(sealed(`1~${text}~1~`))).toBeNull();
  });
});

describe('the view', () => {
  test('says times and memory to three digits', () => {
    expect([540, 1480, 126_734, 1_193_100, 531_000_000].map(timeText)).toEqual(['540 µs', '1.48 ms', '127 ms', '1.19 s', '531 s']);
    expect([3.9, 91.6, 11_590].map(memoryText)).toEqual(['3.9 MiB', '91.6 MiB', '11.3 GiB']);
  });

  test('has a row a lane, and says that a gap is one', () => {
    const { head, rows } = tableOf(at('hundred'));
    expect(rows.map(([lane, , ready, refused, , median]) => [lane, ready, refused, median])).toEqual([
      ['Cloud Hypervisor', '100 of 100', '0', '476 ms'],
      ['Firecracker 0.20, configured over its API', '100 of 100', '0', '759 ms'],
      ['QEMU 4.2 with SeaBIOS', '100 of 100', '0', '1.39 s'],
    ]);
    expect(tableOf(at('gaps')).rows.every((row) => row.length === head.length && row[1] === 'no evidence')).toBe(true);
  });

  test('puts lanes into one plot when they share a clock, and never otherwise', () => {
    expect(plotsOf(at('hundred').lanes).map((lanes) => lanes.length)).toEqual([3]);
    expect(plotsOf(at('docker-sixteen').lanes).map((lanes) => lanes.map(({ technology }) => technology))).toEqual([['docker'], ['fc-api']]);
    expect(plotsOf(at('hundred', { frame: 0 }).lanes)).toEqual([]);
  });

  test('puts races that are compared on one axis where the clock is the same', () => {
    const [few, many] = onSharedAxes([at('hundred'), at('hundred-48')]);
    expect(many?.[0]?.axisUs).toBe(few?.[0]?.axisUs);
    expect(many?.[0]?.plotUs).toBe(few?.[0]?.plotUs);
    expect(few?.[0]?.slices).toBe(80);
    expect(many?.[0]?.slices).toBeGreaterThan(300);
    expect(onSharedAxes([at('docker-sixteen', { frame: 0 })])[0]?.every(({ slices }) => Number.isFinite(slices))).toBe(true);
  });

  test('draws a curve from the fastest to the slowest, and a strip up to now', () => {
    expect(curvePath([0, 50, 100], 100)).toBe('M0 1000L500 500L1000 0');
    expect(areaPath([0, 500], 1000)).toBe('M0 1000V1000H1V500H2V1000Z');
    expect(areaPath([], 1000)).toBe('');
    expect(ticksOf(530)).toEqual([0, 200, 400]);
    expect(ticksOf(1_950_000).length).toBeLessThanOrEqual(6);
  });

  test('gives the curves as a table with each lane’s clock, and reads them off', () => {
    const [table] = curvesOf(at('docker-sixteen'));
    expect(table?.rows).toHaveLength(22);
    expect(table?.rows[0]?.[1]).toContain('from the request to the engine');
    expect(readOff(at('hundred').lanes, 20)).toBe('50 of 100 are ready within: Cloud Hypervisor 476 ms; Firecracker 0.20, configured over its API 759 ms; QEMU 4.2 with SeaBIOS 1.39 s');
    expect(curvesOf(at('hundred', { frame: 0 }))).toEqual([]);
  });

  test('takes a clock that another lane has, and else the first', () => {
    const others = [{ technology: 'fc-api', interval: 'instance-to-init' }] as const;
    expect(laneFor('fc-file', others, clocks).interval).toBe('instance-to-init');
    expect(laneFor('docker', others, clocks).interval).toBe('request-to-running');
    expect(laneFor('crun', others, clocks).interval).toBe('instance-to-init');
    expect(laneFor('crun', [], clocks).interval).toBe('vmm-to-init');
  });

  test('has a word for everything that fills an instance’s time', () => {
    const met = SCENE_IDS.flatMap((id) => at(id).lanes.flatMap(({ fillings }) => fillings));
    expect(met.filter((filling) => FILLINGS[filling][0] === '')).toEqual([]);
  });
});

describe('the page', () => {
  const titles = (entries: Readonly<Record<string, { readonly title: string }>>) => Object.fromEntries(Object.entries(entries).map(([id, { title }]) => [id, title]));
  const drawn = (id: SceneId, rest: Partial<Config> = {}) => {
    const config = configOf(id, rest);
    return render(<BootRace instance="BootRace-1" question={playground.question} caption="Bet." recipe={{ config, seed: 1, actions: [] }} first={model.init(config, 1)} address="/data/boot.json" base="/" scenes={SCENES} machines={titles(tables.machines)} technologies={titles(tables.technologies)} clocks={clocks} sources={{ 'agache-2020-data': 'Firecracker paper, data, 2020' }} />);
  };

  test('asks for the bet before the start and not after', () => {
    expect(drawn('hundred', { frame: 0 })).toContain('Bet first: whose median is shortest?');
    expect(drawn('docker-microvm', { frame: 0 })).toContain('Bet first: whose median is shortest, each by its own clock?');
    expect(drawn('hundred')).not.toContain('Bet first');
    expect(drawn('gaps', { frame: 0 })).not.toContain('Bet first');
  });

  test('names each phase with its layer', () => {
    const html = drawn('firmware');
    for (const [layer, word] of [['hypervisor', 'VMM'], ['kernel', 'guest kernel'], ['firmware', 'firmware']]) expect(html).toMatch(new RegExp(`class="br-sample layer ${layer}"></span>${word}`));
  });

  test('says when clocks differ, and draws their plots apart', () => {
    const html = drawn('docker-sixteen');
    expect(html.match(/A clock and an axis of its own/g)).toHaveLength(2);
    expect(html).toContain('Drawn apart, because the clocks start and stop at different things.');
    expect(html.match(/<figure/g)).toHaveLength(2);
    expect(drawn('hundred').match(/<figure/g)).toHaveLength(1);
  });

  test('describes a plot to those who do not see it', () => {
    expect(drawn('hundred')).toMatch(/<svg role="img" aria-labelledby="BootRace-1-1-plot-1-title BootRace-1-1-plot-1-desc"[^>]*><title[^>]*>Distribution of the times of Cloud Hypervisor/);
    expect(drawn('hundred')).toContain('aria-valuetext="50 of 100 are ready within: Cloud Hypervisor 476 ms;');
  });

  test('shows a gap as one, in words', () => {
    expect(drawn('gaps').match(/No evidence\.<\/b>/g)).toHaveLength(4);
  });
});
