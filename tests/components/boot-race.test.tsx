/** BootRace as authors and readers meet it: props, links, tables, plots and the first frame. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import BootRace from '../../components/boot-race/BootRace.tsx';
import { laneFor } from '../../components/boot-race/lane-for.ts';
import { codec } from '../../components/boot-race/codec.ts';
import { bootRace as playground } from '../../components/boot-race/playground.ts';
import { bootRaceProps } from '../../components/boot-race/props.ts';
import { Detail } from '../../components/boot-race/Detail.tsx';
import { End } from '../../components/boot-race/End.tsx';
import { Plots } from '../../components/boot-race/Plots.tsx';
import { fileName } from '../../components/boot-race/save-svg.ts';
import { bothOf, curvePath, curvesOf, decadesOf, placeOf, plotsOf, readOff, shortTableOf, STEPS, sweepTables } from '../../components/boot-race/spread.ts';
import { computed, Sweep } from '../../components/boot-race/Sweep.tsx';
import { areaPath, FILLINGS, legendOf, look, wordsFor, onSharedAxes, memoryText, tableOf, ticksOf, timeText } from '../../components/boot-race/view.ts';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { bootTables } from '../../src/boot/index.ts';
import type { Interval } from '../../src/sim/boot-race/index.ts';
import { FRAMES, race, SCENE_IDS, SCENES, sweep, swept, type Config, type SceneId } from '../../src/sim/race/index.ts';

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

  test('has a row a lane, what is asked for most first, and says that a gap is one', () => {
    const state = at('hundred');
    const { head, rows } = tableOf(state);
    expect(head.slice(0, 4)).toEqual(['Lane', 'Median', '99 % within', 'Ready']);
    expect(rows.map((row) => row.slice(0, 4))).toEqual(state.lanes.map(({ title, spread, total }) => [title, timeText(spread?.p50Us ?? 0), timeText(spread?.p99Us ?? 0), `${total.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`]));
    expect(tableOf(at('gaps')).rows.every((row) => row.length === head.length && row[1] === 'no evidence')).toBe(true);
    expect(shortTableOf(state).head).toEqual(['Lane', 'Fastest', 'Median', '99 % within', 'Slowest']);
  });

  test('says where a lane was measured, and names no machine by its id', () => {
    const evidence = (id: SceneId, rest: Partial<Config> = {}) => tableOf(at(id, rest)).rows.map((row) => row.at(-1));
    expect(evidence('docker-microvm')[0]).toContain('Measured on a machine that was not recorded');
    expect(evidence('docker-microvm')[1]).toMatch(/^Single starts were measured on Xeon E3-1226 v3\./);
    expect(evidence('sandboxes', { machine: 'rn.haswell' })[0]).toContain('Measured on GCE n1-standard-4');
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
    expect(many?.[0]?.slices).toBeGreaterThan(80);
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
    expect(table?.rows).toHaveLength(STEPS + 2);
    expect(table?.rows[0]?.[1]).toContain('from the request to the engine');
    expect(table?.rows.slice(1).map(([share]) => share)).toEqual(Array.from({ length: STEPS + 1 }, (_, i) => `${5 * i} %`));
    const { lanes } = at('hundred');
    expect(readOff(lanes, STEPS / 2)).toBe(`50 % within: ${lanes.map(({ title, spread }) => `${title} ${timeText(spread?.p50Us ?? 0)}`).join('; ')}`);
    expect(curvesOf(at('hundred', { frame: 0 }))).toEqual([]);
  });

  test('says on the way of how many it speaks', () => {
    const { lanes } = at('hundred', { frame: 60 });
    const [first] = lanes;
    expect(first?.ready).toBeGreaterThan(0);
    expect(first?.ready).toBeLessThan(first?.total ?? 0);
    expect(readOff([first as NonNullable<typeof first>], 1)).toMatch(new RegExp(`^5 % within: Cloud Hypervisor .* \\(of the ${first?.ready} ready\\)$`));
  });

  test('tells neighbors in a bar apart even when they are of one layer', () => {
    for (const id of SCENE_IDS) for (const { fillings } of at(id).lanes) expect(new Set(fillings.map(look)).size).toBe(fillings.length);
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

  const beforeStart = (id: SceneId, rest: Partial<Config> = {}) => drawn(id, { frame: 0, ...rest });

  test('asks for the bet before the start and not after', () => {
    expect(beforeStart('hundred')).toContain('Bet: whose median is shortest?');
    expect(drawn('hundred')).not.toContain('Bet: ');
    expect(beforeStart('gaps')).not.toContain('Bet: ');
  });

  test('asks for growth where clocks differ, and for nothing where nobody knows it', () => {
    expect(beforeStart('docker-microvm')).toContain('Bet: whose median grows most, from one to 16 at once?');
    expect(beforeStart('docker-microvm')).not.toContain('shortest');
    expect(beforeStart('full-guest')).not.toContain('Bet: ');
    expect(beforeStart('full-guest')).toContain('there is no winner to bet on');
  });

  test('is compact before the start: no empty bars, no numbers, no plot, no sweep that gives the bet away', () => {
    const html = beforeStart('hundred');
    for (const part of ['br-time', 'br-numbers', 'br-strips', 'br-plot', 'Sweep 1 to 100', 'Move through the run']) expect(html).not.toContain(part);
    expect(drawn('hundred')).toContain('Sweep 1 to 100');
    expect(beforeStart('hundred')).not.toContain('br-fillings');
    expect(beforeStart('firmware')).toContain('br-fillings');
    expect(beforeStart('gaps')).not.toContain('br-fillings');
  });

  test('puts one sentence into the live region: the verdict at the end', () => {
    const say = (html: string) => /class="pg-say"[^>]*>(.*?)<\/div>/.exec(html)?.[1] ?? '';
    expect(say(drawn('hundred'))).toBe(`<p><b>${at('hundred').verdict}</b></p>`);
    expect(say(beforeStart('hundred')).length).toBeLessThan(220);
  });

  test('says of a lane that it was measured elsewhere', () => {
    expect(beforeStart('docker-microvm')).toContain('Measured on a machine that was not recorded.');
    expect(beforeStart('hundred')).not.toContain('Measured on');
  });

  test('names each phase with its layer', () => {
    const html = drawn('firmware');
    for (const [layer, word] of [['hypervisor', 'VMM'], ['kernel', 'guest kernel'], ['firmware', 'firmware']]) expect(html).toMatch(new RegExp(`class="br-sample layer ${layer} br-[a-z]+"></span>${word}`));
  });

  const plots = (id: SceneId) => render(<Plots lanes={at(id).lanes} ready id="x" save={() => {}} />);

  test('says when clocks differ, and draws their plots apart', () => {
    expect(drawn('docker-sixteen').match(/A clock and an axis of its own:/g)).toHaveLength(2);
    expect(plots('docker-sixteen')).toContain('Drawn apart, because the clocks start and stop at different things.');
    expect(plots('docker-sixteen').match(/<figure/g)).toHaveLength(2);
    expect(plots('hundred').match(/<figure/g)).toHaveLength(1);
    expect(plots('docker-microvm')).toBe('');
  });

  test('describes a plot to those who do not see it, and does not speak of itself', () => {
    expect(plots('hundred')).toMatch(/<svg role="img" aria-labelledby="x-plot-1-title x-plot-1-desc"[^>]*><title[^>]*>Distribution of the times of Cloud Hypervisor/);
    expect(plots('hundred')).toContain('aria-valuetext="50 % within: Cloud Hypervisor ');
    expect(plots('hundred')).toContain('<output aria-live="off">');
  });

  test('says that cores were not measured where nobody took a start apart', () => {
    const state = at('docker-sixteen');
    const [docker, microvm] = (onSharedAxes([state])[0] ?? []).map((lane) => render(<Detail state={state} lanes={[lane]} base="/" sources={{}} />));
    expect(docker).toContain('not measured');
    expect(microvm).not.toContain('not measured');
    expect(microvm).toMatch(/now \d+% of 4 cores/);
  });

  test('has its end in the page for paper and for readers without a script, with nothing to operate', () => {
    const ended = (id: SceneId) => render(<End state={at(id)} panels={swept(tables, SCENES[id].to, 1)} id="x" />);
    for (const id of ['hundred', 'docker-microvm'] as const) {
      expect(ended(id)).not.toMatch(/<(?:button|input|select)/);
      expect(ended(id)).toContain('This is how the race ends:');
      expect(ended(id).match(/<th scope="col"/g)).toHaveLength(5);
      expect(ended(id)).toContain('<figure');
    }
    expect(ended('gaps')).not.toContain('<table');
  });

  test('shows a gap as one, in words', () => {
    expect(drawn('gaps').match(/No evidence\.<\/b>/g)).toHaveLength(4);
  });
});

describe('two races', () => {
  test('stand in one table, a row a lane, with what the second takes against the first', () => {
    const { caption, head, rows } = bothOf([at('hundred'), at('hundred-48')]);
    expect(caption).toBe('Medians, each lane by the same clock. 1: Xeon E3-1226 v3, 4 cores. 2: EC2 m5d.metal, 48 cores.');
    expect(head).toEqual(['Lane', '1: 4 cores', '2: 48 cores', '2 against 1']);
    expect(rows).toHaveLength(3);
    const [few, many] = [at('hundred'), at('hundred-48')].map(({ lanes: [lane] }) => lane?.spread?.p50Us as number) as [number, number];
    expect(rows[0]).toEqual(['Cloud Hypervisor', timeText(few), timeText(many), `${(many / few).toPrecision(2)}×`]);
  });

  test('that share no lane, or of which one has not begun, claim no ratio', () => {
    for (const states of [[at('firmware'), at('docker-microvm')], [at('hundred'), at('hundred-48', { frame: 0 })]]) expect(bothOf(states).rows.some((row) => row.at(-1) === '–')).toBe(true);
    expect(bothOf([at('firmware'), at('firmware')]).rows.map((row) => row.at(-1))).toEqual(['nearly 1×', 'nearly 1×']);
  });
});

describe('what was not taken apart', () => {
  test('is the rest of a start beside its phases, and the whole of it alone', () => {
    expect(wordsFor('whole', ['launch', 'firmware', 'whole'])).toBe('the rest, not taken apart');
    expect(wordsFor('whole', ['queue', 'launch', 'whole'])).toBe('the whole start, not taken apart');
    expect(Object.fromEntries(legendOf([{ fillings: ['firmware', 'whole'] }, { fillings: ['whole'] }]))).toEqual({ firmware: 'firmware', whole: 'not taken apart' });
  });
});

describe('a sweep', () => {
  test('draws medians alone until the 99th percentiles are asked for', () => {
    const html = render(<Sweep panels={swept(tables, SCENES.hundred.to, 1)} machine="Xeon" batch={false} id="x" ready save={() => {}} />);
    expect(html).toContain('Draw “99 % within” too');
    expect(html).not.toContain('br-thin');
    expect(html).not.toContain('Hollow');
  });

  const panels = swept(tables, SCENES['docker-microvm'].to, 1);

  test('is computed piece by piece, and is the same as in one go', async () => {
    expect(await computed(sweep(tables, SCENES['docker-microvm'].to, 1))).toEqual(panels);
  });

  test('has a table a clock, with a row a number', () => {
    const [docker, microvm] = sweepTables(panels, 'Xeon');
    expect(docker?.caption).toContain('from the request to the engine');
    expect(docker?.head).toEqual(['At once', 'Docker 18.09: median', 'Docker 18.09: 99 %']);
    expect(microvm?.rows.map(([at1]) => at1)).toEqual(['1', '2', '4', '8', '16', '32', '64', '100']);
    for (const table of [docker, microvm]) expect(table?.rows.every((row) => row.length === table.head.length)).toBe(true);
  });

  test('is drawn on axes that grow by factors, with round values around the times', () => {
    expect([1, 10, 100].map((value) => placeOf(value, 1, 100))).toEqual([0, 0.5, 1]);
    expect(decadesOf(65_000, 1_700_000)).toEqual([50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000]);
    const wide = decadesOf(500, 60_000_000);
    expect(wide.length).toBeLessThanOrEqual(7);
    expect([(wide[0] ?? 0) <= 500, (wide.at(-1) ?? 0) >= 60_000_000]).toEqual([true, true]);
    expect(decadesOf(1000, 1000).length).toBeGreaterThan(1);
  });

  test('is saved under a name that tells what it is', () => {
    const state = at('hundred');
    expect(fileName(state, { interval: 'vmm-to-init' }, true)).toBe('layerlab-bootrace-1-to-100-at-once-xeon-e3-1226-v3-vmm-to-init.svg');
    expect(fileName(state, { interval: 'vmm-to-init' }, false)).toBe('layerlab-bootrace-1000-starts-xeon-e3-1226-v3-vmm-to-init.svg');
  });
});
