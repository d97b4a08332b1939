/** What ran a Linux container on which machine in which year: golden years, and what holds in all of them. */
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compat } from '../../src/compat/index.ts';
import { historyOf } from '../../src/history/index.ts';
import { countLayer, faultsOf, kernelOf, SimError } from '../../src/sim/index.ts';
import { readSituation, planOf } from '../../src/sim/compat/index.ts';
import { almanacOf, MACHINES, monthOf, timeMachineIn, YEARS, type Config, type MachineId, type State } from '../../src/sim/history/index.ts';

const knowledge = compat();
const history = historyOf();
const almanac = almanacOf(knowledge, history);
const model = timeMachineIn(almanac);
const years = Array.from({ length: YEARS.last - YEARS.first + 1 }, (_, i) => YEARS.first + i);
const at = (machine: MachineId, year: number): State => model.init({ machine, year }, 1);
const measured = (machine: MachineId, year: number) => model.measure(at(machine, year));
const all: readonly Config[] = MACHINES.flatMap((machine) => years.map((year) => ({ machine, year })));

/** A machine's years in short: mechanism and address, once for each change of either. */
function story(machine: MachineId): string {
  const lines = years.map((year) => ({ year, says: `${measured(machine, year).mechanism} at ${measured(machine, year).address}` }));
  return lines.filter(({ says }, i) => says !== lines[i - 1]?.says).map(({ year, says }) => `\n    ${year} ${says}`).join('') + '\n  ';
}

const STORIES: Readonly<Record<MachineId, string>> = {
  'mac-intel': `
    2013 own-linux-vm at the address of your virtual machine
    2014 boot2docker at 192.168.59.103
    2015 docker-toolbox at 192.168.99.100
    2016 docker-desktop-hyperkit at localhost
    2022 docker-desktop-apple at localhost
  `,
  'mac-apple': `
    2013 none at none
    2020 own-linux-vm at the address of your virtual machine
    2021 docker-desktop-qemu at localhost
    2022 docker-desktop-apple at localhost
  `,
  'windows-home': `
    2013 own-linux-vm at the address of your virtual machine
    2014 boot2docker at 192.168.59.103
    2015 docker-toolbox at 192.168.99.100
    2020 docker-desktop-wsl2 at localhost
  `,
  'windows-pro': `
    2013 own-linux-vm at the address of your virtual machine
    2014 boot2docker at 192.168.59.103
    2015 docker-toolbox at 192.168.99.100
    2016 docker-desktop-hyperv at localhost
    2020 docker-desktop-wsl2 at localhost
  `,
  'windows-7': `
    2013 own-linux-vm at the address of your virtual machine
    2014 boot2docker at 192.168.59.103
    2015 docker-toolbox at 192.168.99.100
  `,
  'windows-server': `
    2013 own-linux-vm at the address of your virtual machine
    2017 lcow at the container’s own address
    2018 lcow at localhost
    2022 rancher-desktop at localhost
  `,
  'linux': `
    2013 native at localhost
  `,
};

describe('the years of a machine', () => {
  test.each(Object.entries(STORIES))('%s', (machine, expected) => {
    expect(story(machine as MachineId)).toBe(expected);
  });

  test('say so where no product did it', () => {
    expect(measured('windows-server', 2016)).toMatchObject({ runs: false, mechanism: 'own-linux-vm', kernels: 2, addedKernels: 1 });
    expect(at('windows-server', 2016).says).toMatchInlineSnapshot(`"In 2016 no product ran Linux containers on a Windows Server. It took a Linux virtual machine of your own, set up and kept by hand."`);
  });

  test('say so where there was no such machine', () => {
    expect(measured('mac-apple', 2015)).toEqual({ runs: false, mechanism: 'none', address: 'none', kernels: 0, addedKernels: 0 });
    expect(at('mac-apple', 2015).says).toBe('In 2015 there was no Mac with Apple silicon: the first came in November 2020.');
  });

  test('tell of the present in the present', () => {
    expect(at('linux', YEARS.last).says).toMatch(/^Today \(\w+ 20\d\d\) a Linux PC runs Linux containers on the kernel that it has: nothing is added\. A published port answers at localhost\.$/);
    expect(at('windows-home', 2017).says).toBe('In 2017 Docker Toolbox ran Linux containers on a Windows PC of the Home edition, in one virtual machine with a Linux kernel. A published port answered at 192.168.99.100.');
  });

  test('call what nobody maintains by that name, as a change of its own', () => {
    const { eras, says } = at('windows-7', 2020);
    expect(says).toContain('though nobody maintained it any more');
    expect(eras.map(({ from, title }) => `${from} ${title}`)).toEqual(['2013 A Linux virtual machine of your own', '2014 boot2docker', '2015 Docker Toolbox', '2020 Docker Toolbox, unmaintained']);
  });

  test('explain why Docker Desktop did not do it', () => {
    expect(at('windows-home', 2018).lines.not?.map(({ text }) => text)).toContain('Docker Desktop with Hyper-V: Windows Home has no Hyper-V.');
  });

  test('name what worked too, with the address at which it had ports', () => {
    const others = (machine: MachineId, year: number) => at(machine, year).lines.others?.map(({ text }) => text);
    for (const year of [2016, 2017]) expect(others('mac-intel', year)).toEqual(['Docker Toolbox. Ports at 192.168.99.100.']);
    expect(others('mac-intel', 2015)).toBeUndefined();
    expect(at('mac-intel', 2016).lines.others?.[0]?.sources).toEqual(['docker-machine-virtualbox']);
  });

  test('tell when folders came in and how', () => {
    const files = (machine: MachineId, year: number) => at(machine, year).lines.files?.[0]?.short;
    expect([2014, 2015, 2016, 2020, 2022, 2023].map((year) => files('mac-intel', year))).toEqual(['vboxsf, home folders', 'vboxsf, home folders', 'osxfs', 'gRPC FUSE', 'gRPC FUSE', 'VirtioFS']);
    expect([2016, 2019, 2020].map((year) => files('windows-pro', year))).toEqual(['SMB', 'SMB', '9P']);
  });
});

describe('every year of every machine', () => {
  test.each(all)('$machine $year is a drawing, a sentence, a row and nothing out of its time', (config) => {
    const state = model.init(config, 1);
    const broken = Object.entries(model.invariants).filter(([, holds]) => !holds(state)).map(([rule]) => rule);
    expect(broken).toEqual([]);
    expect(state.says).toMatch(/^(?:In 20\d\d|Today) .+\.$/);
    expect(state.rows[config.year - YEARS.first]?.[0]).toBe(String(config.year));
    if (state.stack) {
      expect(faultsOf(state.stack)).toEqual([]);
      expect(countLayer(state.stack, 'kernel')).toBe(model.measure(state).kernels);
      expect(kernelOf(state.stack, 'app')?.part).toMatchObject({ family: 'linux' });
    }
  });

  test('says what the planner says of the situation that its link carries', () => {
    for (const config of all) {
      const { situation, way, month } = model.init(config, 1);
      if (situation === undefined) continue;
      const read = readSituation(situation);
      expect(read?.date).toBe(month);
      const plan = planOf(read as NonNullable<typeof read>, knowledge);
      const [cheapest] = [...plan.chains, ...plan.byHand];
      const equal = [...plan.chains, ...plan.byHand].filter(({ weight }) => weight === cheapest?.weight);
      expect(equal.flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id))).toContain(way.mechanism);
    }
  });

  test('cites sources with titles only, and gives an address and files for every way', () => {
    for (const config of all) {
      const { lines, changes, titles, way } = model.init(config, 1);
      const cited = [...Object.values(lines).flat(), ...changes].flatMap(({ sources }) => sources);
      expect(cited.filter((id) => titles[id] === undefined)).toEqual([]);
      if (way.kind !== 'absent') expect({ ...config, address: lines.address?.length, files: lines.files?.length }).toEqual({ ...config, address: 1, files: 1 });
    }
  });
});

describe('the almanac', () => {
  test('is worked out once', () => {
    expect(almanacOf(knowledge, history)).toBe(almanac);
  });

  test('fits into 15 kB on its way to the page', () => {
    expect(brotliCompressSync(JSON.stringify(almanac)).length).toBeLessThan(15_000);
  });

  test('takes December for a year, and the reviewed month for the present one', () => {
    expect(monthOf(2015, '2026-11')).toBe('2015-12');
    expect(monthOf(2026, '2026-11')).toBe('2026-11');
  });

  test('tells of at least 40 changes, of some in every year, and of what broke', () => {
    expect(history.changes.length).toBeGreaterThan(40);
    expect(years.filter((year) => !history.changes.some(({ month }) => month.startsWith(String(year))))).toEqual([]);
    expect(history.changes.filter(({ broke }) => broke).length).toBeGreaterThan(10);
  });

  test('ends where the playground ends', () => {
    expect(history.reviewed.slice(0, 4)).toBe(String(YEARS.last));
    expect(history.machines.map(({ id }) => id).sort()).toEqual([...MACHINES].sort());
  });

  test('breaks ties among the cheapest ways only', () => {
    const chosen = all.map((config) => model.init(config, 1).way.mechanism);
    const unusual = history.machines.flatMap(({ usual }) => usual.map(({ mechanism }) => mechanism)).filter((id) => !chosen.includes(id));
    expect(unusual).toEqual([]);
  });
});

describe('the model', () => {
  test('goes to a year and takes a machine', () => {
    const start = at('mac-intel', 2015);
    expect(model.step(start, { type: 'go', year: 2016 })).toEqual({ state: at('mac-intel', 2016), facts: [{ id: 'yearReached', year: 2016 }] });
    expect(model.step(start, { type: 'take', machine: 'linux' })).toEqual({ state: at('linux', 2015), facts: [{ id: 'machineTaken', machine: 'linux' }] });
  });

  test('follows what readers find written down to the machine and year in which it was at home', () => {
    const start = at('linux', 2020);
    const shown = new Map(history.traces.map((trace) => [trace.written, model.step(start, { type: 'follow', trace: trace.id, machine: trace.machine, year: trace.year }).state]));
    expect([...shown].map(([written, { config, way }]) => `${written}: ${config.machine} ${config.year}, ${way.mechanism}`)).toEqual([
      '192.168.59.103: mac-intel 2014, boot2docker',
      '192.168.99.100: mac-intel 2015, docker-toolbox',
      'docker-machine: windows-7 2016, docker-toolbox',
      'docker.local: mac-intel 2016, docker-desktop-hyperkit',
      'localhost: mac-intel 2017, docker-desktop-hyperkit',
      'host.docker.internal: mac-intel 2018, docker-desktop-hyperkit',
      '\\\\.\\pipe\\docker_engine: windows-pro 2016, docker-desktop-hyperv',
    ]);
    for (const [written, { trace, config, titles }] of shown) {
      expect(trace?.text).toContain(written);
      expect(trace?.sources.every((id) => titles[id] !== undefined)).toBe(true);
      expect(model.init(config, 1)).toEqual(shown.get(written));
    }
    for (const written of ['192.168.59.103', '192.168.99.100', 'localhost']) expect(model.measure(shown.get(written) as State).address).toBe(written);
  });

  test('forgets the trace when the reader goes on, and refuses one that leads elsewhere', () => {
    const followed = model.init({ machine: 'mac-intel', year: 2015, trace: 'toolbox' }, 1);
    expect(followed.trace?.id).toBe('toolbox');
    expect(model.step(followed, { type: 'go', year: 2016 }).state).toEqual(at('mac-intel', 2016));
    expect(() => model.init({ machine: 'mac-intel', year: 2016, trace: 'toolbox' }, 1)).toThrow(SimError);
    expect(() => model.init({ machine: 'mac-intel', year: 2015, trace: 'constructor' }, 1)).toThrow('There is no trace');
  });

  test('refuses years and machines that it does not have', () => {
    expect(() => at('mac-intel', 2012)).toThrow(SimError);
    expect(() => at('mac-intel', 2050)).toThrow('This history runs from 2013 to 2026; there is no year 2050 in it.');
    expect(() => at('constructor' as MachineId, 2015)).toThrow(SimError);
  });
});
