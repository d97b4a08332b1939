/** The model behind WillItRun: verdicts, what would have to change, what ends with a statement, what a paste amounts to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/known/index.ts';
import { countLayer, faultsOf, SimError } from '../../src/sim/index.ts';
import { changed, compatModel, FIRST_MONTH, monthsOffered, planOf, READY, readPaste, type Action, type Config, type State } from '../../src/sim/compat/index.ts';

const knowledge = known().compat;
const model = compatModel(knowledge);
const AMD64 = { kind: 'image', os: 'linux', arch: ['amd64'] } as const;
const answer = (config: Config): State => model.init(config, 1);
const ready = (words: string): Config => READY.find(({ title }) => title.includes(words))?.situation as Config;
const orders = ({ changes }: State) => changes.map(({ says }) => says);
const after = (state: State, actions: readonly Action[]) => actions.reduce((now, action) => model.step(now, action).state, state);

describe('a ready situation', () => {
  test.each([
    ['Apple silicon', 'runs', 'docker-desktop-apple+rosetta+native', 2],
    ['Windows 11 Home', 'runs-if', 'docker-desktop-wsl2+native', 2],
    ['Windows 10 Pro', 'runs', 'docker-desktop-hyperv+native', 2],
    ['Toolbox', 'runs', 'docker-toolbox+native', 2],
    ['Intel', 'no', 'none', 1],
    ['Linux server', 'by-hand', 'qemu-user-by-hand+native', 1],
    ['Server 2019', 'by-hand', 'own-windows-vm+process-isolation', 2],
    ['without nesting', 'no', 'none', 1],
    ['FreeBSD', 'runs', 'linuxulator', 1],
  ])('%s: %s by %s', (words, verdict, chain, kernels) => {
    const state = answer(ready(words));
    expect({ verdict: state.verdict, chain: state.measures['chain'], kernels: state.measures['kernels'] }).toEqual({ verdict, chain, kernels });
    expect(faultsOf(state.stack)).toEqual([]);
  });

  test('is small enough to stand in a page, and planned in a moment with all that would have to change', () => {
    const sizes = READY.map(({ situation }) => JSON.stringify(answer(situation)).length);
    expect(Math.max(...sizes)).toBeLessThan(16_000);
    const cpu = process.cpuUsage();
    const fresh = compatModel(knowledge);
    for (const { situation } of READY) fresh.init(situation, 1);
    expect(process.cpuUsage(cpu).user / 1000 / READY.length).toBeLessThan(30);
  });
});

describe('the answer comes first', () => {
  test('as a yes with the machine and the translator', () => {
    expect(answer(ready('Apple silicon')).says).toBe('Yes. Docker Desktop runs it in a virtual machine with a Linux kernel, and Rosetta translates its amd64 programs. That adds one kernel to the machine’s own.');
  });

  test('as a yes with what it hangs on, and asks for that', () => {
    const { says, asks } = answer(ready('Windows 11 Home'));
    expect(says).toMatch(/^Yes, if what is not stated fits\. .*It hangs on this: virtualization must be on/);
    expect(asks).toEqual([{ control: 'host.firmwareVirtualization', question: 'Is virtualization (VT-x, AMD-V) switched on in the firmware?' }]);
    const sure = after(answer(ready('Windows 11 Home')), [{ type: 'set', of: 'host', fact: 'firmwareVirtualization', value: true }]);
    expect([sure.verdict, sure.asks]).toEqual(['runs', []]);
  });

  test('as a no with the error that the reader would see, builds filled in', () => {
    const { missing } = answer(ready('Server 2019'));
    expect(missing).toMatchObject({ layer: 'windows-build', error: 'a Windows version 10.0.20348-based image is incompatible with a 10.0.17763 host' });
    expect(answer(ready('Linux server')).missing).toMatchObject({ layer: 'cpu-architecture', error: 'exec format error', presumed: true });
  });

  test('says when a tool is nothing for the machine, and draws the machine as it is', () => {
    const state = answer({ host: { os: 'windows', version: '25H2' }, workload: AMD64, tool: { id: 'orbstack' } });
    expect(state.says).toBe('No. OrbStack is nothing that could carry this workload on this machine.');
    expect([state.drawn, countLayer(state.stack, 'kernel'), countLayer(state.stack, 'application')]).toEqual([-1, 1, 0]);
    expect(orders(state)[0]).toBe('Use Docker Desktop');
  });

  test('warns of what must not be overlooked', () => {
    expect(answer(ready('FreeBSD')).says).toContain('Mind: only part of the system calls is there, and its maker calls it experimental.');
  });
});

describe('what would have to change', () => {
  test.each([
    ['Server 2019', ['Use an image based on ltsc2019 (build 17763)', 'Use Windows Server 2022 or newer']],
    ['Linux server', ['Register QEMU in binfmt_misc', 'Use an image for amd64']],
    ['without nesting', ['Let the hypervisor around the machine pass virtualization on', 'Use a physical machine']],
  ])('%s', (words, expected) => {
    expect(orders(answer(ready(words)))).toEqual(expected);
  });

  test('settles first what is missing first, and says what goes around it', () => {
    const home = answer({ host: { os: 'windows', version: '1703', edition: 'home', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' }, date: '2017-06' });
    expect(home.changes.map(({ says, settles }) => [says, settles])).toEqual([['Use the Pro edition', true], ['Use Docker Toolbox', false]]);
    const other = answer({ host: { os: 'linux', arch: 'amd64' }, workload: { kind: 'image', os: 'windows', arch: ['amd64'], build: '20348' } });
    expect(other.missing?.fact).toBe('family');
    expect(other.changes[0]).toMatchObject({ says: expect.stringMatching(/^Use a machine with Windows/), settles: true });
  });

  test('names the tool that then carries it, and the edition', () => {
    const home = answer({ host: { os: 'windows', version: '1703', edition: 'home', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' }, date: '2017-06' });
    expect(home.missing?.says).toBe('Windows Home has no Hyper-V.');
    expect(orders(home)).toEqual(expect.arrayContaining(['Use Docker Toolbox', 'Use the Pro edition']));
  });

  const wait = (config: Config) => orders(answer(config)).find((says) => says.startsWith('Wait'));
  test.each<[string, Config, string]>([
    ['Windows Server 2016', { host: { os: 'windows-server', version: '2016', arch: 'amd64' }, workload: { kind: 'image', os: 'windows', arch: ['amd64'] }, date: '2015-09' }, '2016-10'],
    ['a Mac with Apple silicon', { host: { os: 'macos', version: '11', arch: 'arm64' }, workload: AMD64, date: '2020-12' }, '2021-03'],
    ['a release that is yet to come out', { host: { os: 'windows', version: '11', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' }, date: '2014-06' }, '2021-10'],
  ])('is to wait for the first month in which it runs: %s', (_, config, month) => {
    expect(wait(config)).toBe(`Wait until ${month}`);
    expect(planOf({ ...config, date: month }, knowledge).runs).toBe(true);
    const [year, number] = month.split('-').map(Number) as [number, number];
    const before = Array.from({ length: 12 * (year - 2013) + number - 4 }, (_, i) => `${2013 + Math.floor((i + 3) / 12)}-${String((i + 3) % 12 + 1).padStart(2, '0')}`).filter((each) => each > String(config.date) && each < month);
    for (const each of before) expect(planOf({ ...config, date: each }, knowledge).runs && answer({ ...config, date: each }).doubts.length === 0, each).toBe(false);
  });

  test('names nothing to do that could not be done yet', () => {
    const home: Config = { host: { os: 'windows', version: '1803', edition: 'home', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' } };
    expect(answer({ ...home, date: '2018-06' }).missing).toMatchObject({ says: 'Windows Home has no Hyper-V.', todo: 'Use Docker Toolbox.' });
    const former = [...knowledge.mechanisms, ...knowledge.rules].flatMap(({ requires }) => requires.flatMap(({ todo, formerly }) => (formerly ? [{ todo, formerly }] : [])));
    expect(former.length).toBeGreaterThan(5);
    for (const { todo, formerly } of former) expect(todo).not.toBe(formerly.todo);
  });

  test('is two things at once where neither alone helps', () => {
    const state = answer({ host: { os: 'windows', version: '1803', edition: 'pro', arch: 'amd64', firmwareVirtualization: false }, workload: AMD64, tool: { id: 'docker-desktop-wsl2' } });
    const [first] = state.changes.filter(({ byHand }) => !byHand);
    expect(first?.actions).toHaveLength(2);
    expect(after(state, first?.actions.slice(0, 1) ?? []).verdict).toBe('no');
    expect(['runs', 'runs-if']).toContain(after(state, first?.actions ?? []).verdict);
  });

  test('never counts a statement that is too vague: “Windows 10, any release” is no way out', () => {
    const state = answer({ host: { os: 'windows', version: '7', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' } });
    expect(orders(state).join()).not.toContain('any release');
    expect(orders(state)).toContain('Use Windows 11 23H2 or newer');
  });

  test('holds wherever it is offered, and “or newer” holds for all newer ones', () => {
    const hosts = fc.record({ os: fc.constantFrom('windows', 'windows-server', 'macos', 'linux', 'freebsd'), arch: fc.constantFrom('amd64', 'arm64', '386'), version: fc.constantFrom('7', '10', '22H2', '2019', '2022', '10.10', '12', '14', '26') }, { requiredKeys: ['os'] });
    const workloads = fc.record({ kind: fc.constantFrom('image', 'vm'), os: fc.constantFrom('linux', 'windows', 'macos'), arch: fc.constantFrom(['amd64'], ['arm64'], ['amd64', 'arm64']) });
    const rest = fc.record({ tool: fc.constantFrom({ id: 'docker-desktop' }, { id: 'docker-toolbox' }, { id: 'lima' }), date: fc.constantFrom('2014-01', '2016-06', '2019-01', '2023-03') }, { requiredKeys: [] });
    fc.assert(fc.property(hosts, workloads, rest, (host, workload, others) => {
      const config = { host, workload, ...others } as Config;
      for (const { actions, byHand } of answer(config).changes) {
        const plan = planOf(actions.reduce(changed, config), knowledge);
        expect(byHand ? plan.byHand.length : plan.chains.length).toBeGreaterThan(0);
      }
    }), { numRuns: 150 });
  });
});

describe('a statement', () => {
  test('about another system ends what was said of the old one, and keeps the machine', () => {
    const state = answer({ ...ready('Windows 10 Pro'), host: { ...ready('Windows 10 Pro').host, isVm: false } });
    const { state: next, facts } = model.step(state, { type: 'set', of: 'host', fact: 'os', value: 'macos' });
    expect(next.situation.host).toEqual({ arch: 'amd64', isVm: false, os: 'macos' });
    const dropped = facts.filter(({ id }) => id === 'factDropped');
    expect(dropped.map((fact) => 'fact' in fact && fact.fact)).toEqual(['version', 'build', 'edition', 'hyperv']);
    expect(dropped.map((fact) => 'label' in fact && fact.label)).toEqual(['Version', 'Build (winver)', 'Edition', 'Hyper-V feature']);
    expect(model.why(next, dropped[0] as never)[0]?.text).toBe('It was said of something else: another system is stated now.');
  });

  test('is explained by the rules that ask for it, with their sources', () => {
    const { state, facts } = model.step(answer(ready('Apple silicon')), { type: 'set', of: 'host', fact: 'version', value: '15' });
    const reasons = model.why(state, facts[0] as never);
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.every(({ sources = [] }) => sources.length > 0)).toBe(true);
    expect(model.why(state, model.step(state, { type: 'set', of: 'host', fact: 'cpuVendor', value: 'apple' }).facts[0] as never)[0]?.rule).toBe('not-asked');
  });

  test('that leaves the answer as it was is told with the answer’s first words; one that changes it is not', () => {
    const still = (action: Action) => model.step(answer(ready('Apple silicon')), action).facts.flatMap((fact) => (fact.id === 'verdictReached' ? [fact.still] : []))[0];
    expect(still({ type: 'set', of: 'host', fact: 'memoryMib', value: 8192 })).toBe('Memory: 8,192 MiB. Still: Yes.');
    expect(still({ type: 'use', tool: 'docker-desktop' })).toBe('Tool: Docker Desktop. Still: Yes.');
    expect(still({ type: 'at', date: '2025-06' })).toBe('When: June 2025. Still: Yes.');
    expect(still({ type: 'set', of: 'workload', fact: 'arch', value: ['arm64'] })).toBeUndefined();
  });

  test('can be taken back', () => {
    const state = after(answer(ready('Apple silicon')), [{ type: 'set', of: 'host', fact: 'version' }]);
    expect(state.situation.host).toEqual({ os: 'macos', arch: 'arm64' });
    expect(state.verdict).toBe('runs-if');
  });

  test.each<[string, Config | Action]>([
    ['a fact that nobody can state', { host: { color: 'red' } as never, workload: {} }],
    ['a value of another kind', { host: { hyperv: 'on' }, workload: {} }],
    ['a month before Docker', { host: {}, workload: {}, date: '2012-01' }],
    ['a tool that nobody knows', { host: {}, workload: {}, tool: { id: 'dokcer' } }],
    ['a way that is not there', { host: {}, workload: {}, draw: 99 }],
  ])('%s is refused in a sentence', (_, config) => {
    expect(() => model.init(config as Config, 1)).toThrow(SimError);
  });

  test('that contradicts another is doubted', () => {
    expect(answer({ host: { os: 'macos', version: '10.13', arch: 'arm64' }, workload: AMD64 }).doubts).toEqual(['macOS 10.13 High Sierra was made for amd64 (Intel, AMD) only, so there is no such machine.']);
    expect(answer({ host: { os: 'windows', version: '11' }, workload: AMD64, date: '2017-06' }).doubts[0]).toContain('came out in 2021-10');
  });
});

describe('the controls', () => {
  const labels = (config: Config) => answer(config).controls.map(({ label }) => label);

  test('are those that matter for the system', () => {
    expect(labels(ready('Apple silicon'))).not.toContain('Hyper-V feature');
    expect(labels(ready('Windows 11 Home'))).toEqual(expect.arrayContaining(['Edition', 'Hyper-V feature', 'Virtualization in the firmware']));
    expect(labels(ready('Linux server'))).toEqual(expect.arrayContaining(['Distribution', 'cgroup version', 'QEMU registered in binfmt_misc']));
  });

  test('offer no tool and no release before its time', () => {
    const options = (config: Config, label: string) => answer(config).controls.find((one) => one.label === label)?.options.map((one) => one.label) ?? [];
    const then = { ...ready('Toolbox'), date: '2016-06' };
    expect(options(then, 'Tool')).toContain('Docker Toolbox');
    expect(options(then, 'Tool')).not.toContain('Rancher Desktop');
    expect(options(then, 'Version').at(-1)).toBe('10 1511');
  });

  test('tell the two builds of a release apart', () => {
    const { controls } = answer({ host: { os: 'windows', version: '22H2' }, workload: AMD64 });
    expect(controls.find(({ fact }) => fact === 'build')?.options.map(({ label }) => label)).toEqual(['19045 (10 22H2)', '22000 (11 21H2)', '22621 (11 22H2)']);
  });

  test('offer months that are known', () => {
    const months = monthsOffered('2013-06', '2026-01');
    expect(months[0]).toBe('2013-06');
    expect(months.filter((month) => month < FIRST_MONTH || month > '2026-01')).toEqual([]);
  });
});

describe('memory', () => {
  const laptop = (memoryMib: number): State => answer({ host: { os: 'windows', version: '22H2', build: '19045', edition: 'pro', arch: 'amd64', hyperv: true, memoryMib }, workload: AMD64 });
  const asked = (state: State) => state.rows.find(({ asked: words }) => words.includes('8 GB'));

  test('of 8 GB less what firmware and graphics keep counts as 8 GB, and the row says so', () => {
    const state = laptop(7968);
    expect(state.says).toMatch(/^Yes\. Docker Desktop runs it/);
    expect(asked(state)).toMatchObject({ status: 'tight', minor: false, have: 'memory: 7,968 MiB, which counts as 8 GB: firmware and graphics keep a part to themselves' });
    expect(laptop(7270).says).toBe(state.says);
  });

  test('of 7 GiB does not, and the second sentence says which widespread tool is left out, and why', () => {
    expect(laptop(7168).says).toMatch(/^Yes\. [^.]+\. Docker Desktop is left out: the manual of 2026 asks for 8 GB of memory\./);
    expect(answer({ ...laptop(7168).situation, tool: { id: 'rancher-desktop' } }).says).not.toContain('left out');
  });
});

describe('a situation in a line', () => {
  test.each<[Config, readonly string[]]>([
    [ready('Apple silicon'), ['macOS 26 Tahoe, Apple silicon', 'Linux image for amd64', 'any tool', 'today']],
    [ready('Toolbox'), ['Windows 7, amd64, virtualization on', 'Linux image for amd64', 'Docker Toolbox', 'June 2016']],
    [{ host: { os: 'linux', kernel: '5.15', memoryMib: 7968, uses: ['docker'], avx: true }, workload: { kind: 'vm', os: 'windows', arch: ['arm64'] } }, ['Linux, Linux 5.15, 7,968 MiB of memory, 2 more', 'Windows virtual machine for arm64', 'any tool', 'today']],
    [{ host: {}, workload: {} }, ['A machine', 'Image', 'any tool', 'today']],
  ])('%j', (config, line) => {
    expect(answer(config).line).toEqual(line);
  });
});

describe('a way', () => {
  test('that fails shows what only its failing link would make fit as hanging on that link', () => {
    const state = answer(ready('Linux server'));
    const hanging = state.ways.flatMap(({ kind }, chain) => (kind === 'miss' ? [after(state, [{ type: 'draw', chain }])] : [])).filter(({ rows }) => rows.some(({ status, rule }) => status === 'unmet' && rule === 'foreign-programs-need-binfmt'));
    expect(hanging.length).toBeGreaterThan(0);
    for (const { rows } of hanging) expect(rows.find(({ fact }) => fact === 'link.arch')).toMatchObject({ status: 'depends', have: expect.stringContaining('would start') });
    expect(answer(ready('Apple silicon')).rows.filter(({ status }) => status === 'depends')).toEqual([]);
  });

  test('by hand has its steps in order, with the system that the image needs, and tells the guest from the host', () => {
    const { steps, commands, rows } = answer(ready('Server 2019'));
    expect(steps.length).toBeGreaterThan(3);
    expect(steps[1]).toContain('Windows Server 2022 (build 20348');
    expect(steps.at(-1)).toMatch(/^There, start the image: `docker run .*IMAGE`\.$/);
    expect(steps.join()).not.toMatch(/[{}]/);
    expect(commands).toEqual([]);
    expect(rows.find(({ rule }) => rule === 'image-not-newer-than-host')).toMatchObject({ asked: 'For the Windows inside the virtual machine: an image cannot be newer than the Windows that it runs on.', have: 'you choose that Windows; one of build 20348 fits' });
    const wsl = answer({ host: { os: 'windows', version: '25H2', edition: 'home', arch: 'amd64', firmwareVirtualization: true }, workload: AMD64, tool: { id: 'wsl2' } });
    expect(wsl.steps.map((step) => step.includes('wsl --install')).slice(0, 1)).toEqual([true]);
  });

  test('can be drawn, misses included, without changing the answer', () => {
    const first = answer(ready('Apple silicon'));
    const at = first.ways.findIndex(({ kind }) => kind === 'miss');
    const state = after(first, [{ type: 'draw', chain: at }]);
    expect([state.verdict, state.drawn, state.measures]).toEqual([first.verdict, at, first.measures]);
    expect(state.says).toContain(`Drawn: ${first.ways[at]?.title}.`);
    expect(after(state, [{ type: 'draw', chain: 0 }])).toEqual(first);
  });
});

describe('a paste', () => {
  const MAC = 'ProductName: macOS\nProductVersion: 14.5\nDarwin mac 23.5.0 Darwin Kernel Version 23.5.0 arm64\nxyzzy plugh';

  test('fills what it speaks of and leaves the rest as it was; another system is another machine', () => {
    const { situation, understood, unread, replaced, kept } = readPaste(MAC, ready('Server 2019'), knowledge);
    expect(replaced).toEqual([{ what: 'System', before: 'Windows Server', now: 'macOS' }, { what: 'Version', before: '2019', now: '14.5' }, { what: 'CPU', before: 'amd64 (Intel, AMD)', now: 'arm64 (Arm)' }]);
    expect(kept).toEqual(['Kind container image', 'Made for Windows', 'Published for amd64 (Intel, AMD)', 'Windows base image 20348']);
    expect(situation).toEqual({ host: { os: 'macos', version: '14.5', arch: 'arm64' }, workload: ready('Server 2019').workload });
    expect(understood.map(({ line, value }) => [line, value])).toEqual(expect.arrayContaining([[1, 'macOS'], [2, '14.5'], [3, 'arm64 (Arm)']]));
    expect(unread).toEqual([{ line: 4, text: 'xyzzy plugh' }]);
  });

  const SYSTEMINFO = [
    'Host Name:                     LAPTOP', 'OS Name:                       Microsoft Windows 10 Pro', 'OS Version:                    10.0.19045 N/A Build 19045', 'System Type:                   x64-based PC',
    'BIOS Version:                  American Megatrends Inc. F.20, 01/01/2020', 'Page File Location(s):         C:\\pagefile.sys', 'Total Physical Memory:         7,968 MB',
    'Hotfix(s):                     2 Hotfix(s) Installed.', '                               [01]: KB5011048/x', 'Hyper-V Requirements:          A hypervisor has been detected. Features required for Hyper-V will not be displayed.',
  ].join('\n');
  const both = (texts: readonly string[], from: Config) => texts.reduce((now, text) => readPaste(text, now, knowledge).situation ?? now, from);

  test('below another one adds to it, in either order, and moves no month', () => {
    const texts = [SYSTEMINFO, 'Docker Desktop 4.35 on Windows 10 22H2', 'docker run mcr.microsoft.com/mssql/server'];
    const from: Config = { host: {}, workload: {}, date: '2023-06' };
    const there = both(texts, from);
    expect(there).toMatchObject({ host: { os: 'windows', version: '10', build: '19045', edition: 'pro', arch: 'amd64', memoryMib: 7968, hyperv: true }, workload: { os: 'linux' }, tool: { id: 'docker-desktop', version: '4.35' }, date: '2023-06' });
    expect(both(texts.toReversed(), from)).toEqual(there);
    const colima = both(['macOS 14\ncolima 0.7', 'docker run nginx'], ready('Apple silicon'));
    expect(colima.tool?.id).toBe('colima');
  });

  test('names what it replaces and what that ends, and offers the month of a version instead of taking it', () => {
    const { situation, replaced, month } = readPaste('Windows 10 1909\nDocker Desktop 4.35', { ...ready('Windows 10 Pro'), tool: { id: 'docker-toolbox' } }, knowledge);
    expect(replaced).toEqual(expect.arrayContaining([{ what: 'Version', before: '22H2', now: '10' }, { what: 'Build (winver)', before: '19045', now: '18363' }, { what: 'Tool', before: 'Docker Toolbox', now: 'Docker Desktop' }]));
    expect(situation?.host).toMatchObject({ edition: 'pro', hyperv: true, arch: 'amd64' });
    expect(situation?.date).toBeUndefined();
    expect(month).toEqual({ date: '2024-10', name: 'October 2024' });
    expect(readPaste('Docker Desktop 4.35', { ...ready('Windows 10 Pro'), date: '2024-10' }, knowledge).month).toBeUndefined();
  });

  test('that names another image ends what only the name of the former told', () => {
    const first = readPaste('docker run -v /srv/data:/d elasticsearch', ready('Apple silicon'), knowledge).situation as Config;
    expect(first.workload).toMatchObject({ memoryMib: 2100, mounts: ['/srv/data'] });
    const { situation, replaced } = readPaste('docker run example/app', first, knowledge);
    expect(situation?.workload).not.toHaveProperty('memoryMib');
    expect(situation?.workload.arch).toEqual(first.workload.arch);
    expect(replaced).toEqual(expect.arrayContaining([{ what: 'Memory', before: '2,100 MiB' }, { what: 'Folders mounted', before: '/srv/data' }]));
  });

  test('of outputs that describe a machine names no image, with columns or without', () => {
    const LSCPU = 'Architecture:            x86_64\nCPU op-mode(s):          32-bit, 64-bit\nModel name:              Intel(R) Core(TM) i5\nVulnerability Spectre v1: Mitigation; usercopy/swapgs barriers and __user pointer sanitization\nL1d cache: 128 KiB (4 instances)\nNUMA node0 CPU(s):       0-7';
    for (const text of [SYSTEMINFO, SYSTEMINFO.replaceAll(/ {2,}/g, ' '), LSCPU, MAC]) {
      const { situation, understood } = readPaste(text, { host: {}, workload: {} }, knowledge);
      expect(situation?.workload).toEqual({});
      expect(understood.length).toBeGreaterThan(1);
    }
    expect(readPaste(`${SYSTEMINFO}\nImage: nginx:1.25`, { host: {}, workload: {} }, knowledge).situation?.workload.kind).toBe('image');
  });

  test('shows labels, units and words', () => {
    const { understood } = readPaste(SYSTEMINFO, { host: {}, workload: {} }, knowledge);
    expect(understood.map(({ what, value }) => `${what}: ${value}`)).toEqual(expect.arrayContaining(['Memory: 7,968 MiB', 'Hyper-V feature: yes', 'System: Windows']));
    expect(readPaste('docker run --platform linux/arm64 nginx', { host: {}, workload: {} }, knowledge).understood.filter(({ what }) => what === 'Published for').map(({ value }) => value)).toEqual(['arm64 (Arm)']);
    expect(readPaste('a\nmacOS 14', { host: {}, workload: {} }, knowledge, 5).understood[0]?.line).toBe(6);
  });

  test('leaves no folder of the reader in the situation', () => {
    const { situation } = readPaste('docker run -v /Users/alice/secret:/data -v /srv/shop/customers:/c nginx', ready('Apple silicon'), knowledge);
    expect(situation?.workload.mounts).toEqual(['~', '/srv/shop']);
    expect(JSON.stringify(situation)).not.toMatch(/alice|secret|customers/);
  });

  test('of nothing that is known says so', () => {
    expect(readPaste('\u0000 lorem \n ipsum', ready('Apple silicon'), knowledge)).toMatchObject({ understood: [], unread: [{ line: 1 }, { line: 2 }], more: 0 });
    expect(readPaste('\u0000 lorem', ready('Apple silicon'), knowledge).situation).toBeUndefined();
  });

  test('is always a situation that the model takes', () => {
    const words = fc.constantFrom('Windows 10 Pro', 'macOS 12.6', 'docker run --platform linux/arm64 alpine', 'Docker Toolbox 1.12', 'uname -a', 'Linux host 3.10.0-1160.el7.x86_64', 'Hyper-V is disabled', 'mcr.microsoft.com/windows/servercore:ltsc2022', 'Ubuntu 20.04', '<script>alert(1)</script>', 'Raspberry Pi 4', 'QEMU', 'VirtualBox 5.2', 'wsl 2');
    fc.assert(fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 8 }), (lines) => {
      const { situation } = readPaste(lines.join('\n'), ready('Apple silicon'), knowledge);
      if (situation) expect(model.step(answer(ready('Apple silicon')), { type: 'fill', situation }).state.says).toMatch(/^(?:Yes|No|Only)/);
    }), { numRuns: 150 });
  });

  test('of a million letters is read at once', () => {
    const log = Array.from({ length: 12_000 }, (_, i) => `2024-01-01T00:00:00Z level=info msg="pulled layer ${i} of nginx" id=${i * 7919}`).join('\n').slice(0, 1_000_000);
    const cpu = process.cpuUsage();
    const { unread, more } = readPaste(log, ready('Apple silicon'), knowledge);
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(2000);
    expect(unread.length).toBeLessThanOrEqual(40);
    expect(more).toBeGreaterThanOrEqual(0);
  });
});
