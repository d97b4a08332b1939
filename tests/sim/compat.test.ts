/** The rules of `compat`, read as sentences: what runs where, by which chain, what is missing where nothing does. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compat } from '../../src/compat/index.ts';
import { playMatrix, planFor } from '../../src/conformance/matrix.ts';
import type { Case } from '../../src/conformance/case.ts';
import { faultsOf, kernelOf, nodesOf } from '../../src/sim/index.ts';
import { canRun, examine, expanded, isCurrent, lookupIn, specOf, stackOf, withConsequences, type Chain, type Condition, type FactName, type Host, type Mechanism, type Question, type Test, type Value, type Workload } from '../../src/sim/compat/index.ts';

const knowledge = compat();
const matrix = JSON.parse(readFileSync('tests/cases/matrix.json', 'utf8')) as readonly (Case & { host: Host; workload: Workload; expected: { runs: boolean }; source: string })[];

const LINUX_IMAGE: Workload = { kind: 'image', os: 'linux', arch: ['amd64'] };
const ask = (host: Host, workload: Workload = LINUX_IMAGE, rest: Partial<Question> = {}) => canRun(knowledge, { host: expanded(host, knowledge), workload, ...rest });
const ids = (chain: Chain | undefined) => chain?.mechanisms.map(({ id }) => id).join(' > ');
const unmet = (chain: Chain | undefined) => chain?.findings.filter(({ status }) => status === 'unmet').map(({ condition }) => condition.name ?? condition.fact);

describe('the cheapest chain', () => {
  test('on Linux is no chain at all: a sandbox on the kernel that runs', () => {
    expect(ids(ask({ os: 'linux', arch: 'amd64', kernel: '6.1' }).chains[0])).toBe('native');
  });

  test('on a Mac with Apple silicon, for an x86-64 image, holds a hidden machine and a translator', () => {
    const plan = ask({ os: 'macos', version: '14.5', arch: 'arm64' }, LINUX_IMAGE, { tool: { id: 'docker-desktop' } });
    expect(ids(plan.chains[0])).toBe('docker-desktop-apple > rosetta > native');
    expect(plan.chains.map(ids)).toContain('docker-desktop-apple > qemu-user > native');
  });

  test('for an older Windows image on a newer server is a machine for each container', () => {
    const plan = ask({ os: 'windows-server', version: '2022', arch: 'amd64' }, { kind: 'image', os: 'windows', arch: ['amd64'], build: '17763' });
    expect(plan.chains.map(ids)).toEqual(['hyperv-isolation']);
    expect(plan.misses.map(ids)).toContain('process-isolation');
  });

  test('never counts what the reader must set up alone, but names it', () => {
    const plan = ask({ os: 'windows-server', version: '2022', arch: 'amd64' });
    expect(plan.runs).toBe(false);
    expect(plan.byHand.map(ids)).toContain('wsl2 > native');
    expect(ask({ os: 'windows-server', version: '2022', arch: 'amd64' }, LINUX_IMAGE, { tool: { id: 'wsl2' } }).runs).toBe(true);
  });
});

describe('the nearest miss', () => {
  test('names the rule, the layer and the message that the reader would see', () => {
    const plan = ask({ os: 'windows', version: '7', arch: 'amd64', firmwareVirtualization: false }, LINUX_IMAGE, { date: '2018-06' });
    const [miss] = plan.misses;
    expect(ids(miss)).toBe('docker-toolbox > native');
    expect(unmet(miss)).toEqual(['virtualbox-needs-vt-x']);
    const [finding] = miss?.findings.filter(({ status }) => status === 'unmet') ?? [];
    expect(finding?.layer).toBe('hardware-virtualization');
    expect(finding?.condition.error).toBe("This computer doesn't have VT-X/AMD-v enabled. Enabling it in the BIOS is mandatory");
    expect(finding?.condition.sources).toContain('docker-machine-virtualbox');
  });

  test('of a Windows image on Linux is another kernel, not a detail', () => {
    const [miss] = ask({ os: 'linux', arch: 'amd64' }, { kind: 'image', os: 'windows', arch: ['amd64'], build: '20348' }).misses;
    expect(miss?.findings.find(({ status }) => status === 'unmet')?.layer).toBe('kernel-family');
  });

  test('in another year names the mechanism that there was', () => {
    const plan = ask({ os: 'windows-server', version: '2022', arch: 'amd64', hyperv: true }, LINUX_IMAGE, { tool: { id: 'lcow' } });
    expect(plan.runs).toBe(false);
    expect(plan.outOfDate.map(({ id }) => id)).toEqual(['lcow']);
  });
});

describe('what is not stated', () => {
  test('is presumed where machines are mostly alike, and says so', () => {
    const [miss] = ask({ os: 'linux', arch: 'amd64' }, { kind: 'image', os: 'linux', arch: ['arm64'] }).misses;
    const binfmt = miss?.findings.find(({ condition }) => condition.fact === 'binfmt');
    expect(binfmt).toMatchObject({ status: 'unmet', presumed: true });
  });

  test('stays open where machines differ, and the chain counts as working', () => {
    const plan = ask({ os: 'windows', version: '10', arch: 'amd64' }, LINUX_IMAGE, { tool: { id: 'docker-desktop-wsl2' } });
    expect(plan.runs).toBe(true);
    expect(plan.chains[0]?.findings.find(({ condition }) => condition.fact === 'build')?.status).toBe('open');
  });

  test('a less exact version leaves a limit open instead of deciding it', () => {
    const status = (build: string) => ask({ os: 'windows', build, arch: 'amd64' }, LINUX_IMAGE, { tool: { id: 'docker-desktop-wsl2' }, date: '2020-09' });
    expect(status('18363.1049').runs).toBe(true);
    expect(status('18363.720').runs).toBe(false);
    expect(status('18363').chains[0]?.findings.find(({ condition }) => condition.name === 'wsl-2-builds')?.status).toBe('open');
  });
});

describe('the stack of a chain', () => {
  const stackFor = (host: Host, workload: Workload, rest: Partial<Question> = {}) => {
    const facts = expanded(host, knowledge);
    const [chain] = canRun(knowledge, { host: facts, workload, ...rest }).chains;
    if (!chain) throw new Error('The test needs a chain.');
    return stackOf(chain, withConsequences(facts), workload);
  };

  test('shows the hidden machine of Docker Desktop on a Mac: two kernels, and the program calls the inner one', () => {
    const stack = stackFor({ os: 'macos', version: '14.5', arch: 'arm64' }, { ...LINUX_IMAGE, arch: ['arm64'] }, { tool: { id: 'docker-desktop-apple' } });
    expect(nodesOf(stack).filter(({ part }) => part.layer === 'kernel').map(({ part }) => part.name)).toEqual(['XNU', 'Linux (LinuxKit)']);
    expect(kernelOf(stack, 'app')?.id).toBe('docker-desktop-apple/kernel');
  });

  test('puts the kernel of Windows itself on a hypervisor of type 1', () => {
    const stack = stackFor({ os: 'windows', build: '22631', arch: 'amd64' }, LINUX_IMAGE, { tool: { id: 'docker-desktop-wsl2' } });
    const hypervisor = nodesOf(stack).find(({ part }) => part.layer === 'hypervisor');
    expect(hypervisor?.on.map(({ id }) => id)).toEqual(['host/kernel', 'docker-desktop-wsl2/machine']);
  });

  test('shows the hypervisor around a host that is itself virtual', () => {
    const stack = stackFor({ os: 'linux', arch: 'amd64', isVm: true }, LINUX_IMAGE);
    expect(nodesOf(stack).map(({ id }) => id)).toEqual(['outer/hardware', 'outer/hypervisor', 'host/hardware', 'host/firmware', 'host/kernel', 'image', 'app']);
  });
});

/** Hosts and workloads as they may be stated, most facts left open. */
const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const hosts = fc
  .record({
    os: fc.constantFrom('windows', 'windows-server', 'macos', 'linux', 'freebsd'),
    arch: option(fc.constantFrom('amd64', 'arm64', '386')),
    version: option(fc.constantFrom('7', '10', '11', '2016', '2022', '10.11', '10.15.7', '13', '14.5', '22.04', '14.2')),
    build: option(fc.constantFrom('14393', '17763', '18362.1049', '18363.1', '19045', '20348', '22631', '26100')),
    edition: option(fc.constantFrom('home', 'pro', 'enterprise', 'education')),
    firmwareVirtualization: option(fc.boolean()),
    hyperv: option(fc.boolean()),
    isVm: option(fc.boolean()),
    nested: option(fc.boolean()),
    binfmt: option(fc.boolean()),
    kernel: option(fc.constantFrom('2.6.32', '3.10', '4.4', '6.1')),
    cgroup: option(fc.constantFrom('1', '2')),
    memoryMib: option(fc.constantFrom(1024, 4096, 16384)),
    cpuLevel: option(fc.constantFrom('1', '2', '3')),
  })
  .map((host) => Object.fromEntries(Object.entries(host).filter(([, value]) => value !== undefined)) as Host);
const workloads = fc
  .record({
    kind: fc.constantFrom('image', 'vm'),
    os: fc.constantFrom('linux', 'windows', 'macos'),
    arch: fc.constantFrom(['amd64'], ['arm64'], ['386'], ['amd64', 'arm64']),
    build: option(fc.constantFrom('14393', '17763', '20348', '26100')),
    isolation: option(fc.constantFrom('process', 'hyperv')),
    cpuLevel: option(fc.constantFrom('2', '3')),
    avx: option(fc.boolean()),
  })
  .map((workload) => Object.fromEntries(Object.entries(workload).filter(([, value]) => value !== undefined)) as Workload);
const dates = option(fc.constantFrom('2014-06', '2016-10', '2018-03', '2020-06', '2021-05', '2023-02', '2025-07', '2026-02'));
const questions = fc.record({ host: hosts, workload: workloads, date: dates });
type Asked = { readonly host: Host; readonly workload: Workload; readonly date: string | undefined };
const planOf = ({ host, workload, date }: Asked) => ask(host, workload, date === undefined ? {} : { date });

/** What a host can gain, from less to more. */
const GAINS: readonly (readonly [fact: keyof Host, less: Value, more: Value])[] = [
  ['firmwareVirtualization', false, true], ['hyperv', false, true], ['nested', false, true], ['binfmt', false, true], ['slat', false, true], ['kvm', false, true],
  ['avx', false, true], ['seccomp', false, true], ['memoryCgroup', false, true], ['userNamespaces', false, true], ['engineRunning', false, true],
  ['memoryMib', 1024, 65_536], ['cpuLevel', '1', '4'], ['kernel', '2.6.32', '6.12'], ['libseccomp', '2.3', '2.5.5'], ['engine', '1.11', '28.0'],
];

describe('laws of the search', () => {
  test('a capability never takes a chain away, unless a rule says so by name', () => {
    fc.assert(fc.property(questions, fc.constantFrom(...GAINS), ({ host, workload, date }, [fact, less, more]) => {
      const before = planOf({ host: { ...host, [fact]: less }, workload, date });
      const after = planOf({ host: { ...host, [fact]: more }, workload, date });
      const works = new Map([...after.chains, ...after.byHand, ...after.misses].map((chain) => [ids(chain), chain]));
      for (const chain of [...before.chains, ...before.byHand]) {
        const now = works.get(ids(chain));
        // A guest that needs no translation any more is no loss.
        if (now === undefined || now.works) continue;
        const lost = now.findings.filter(({ status }) => status === 'unmet').map(({ condition }) => condition.name);
        expect(lost, `${fact} from ${String(less)} to ${String(more)} takes ${ids(chain)}`).toEqual(lost.map(() => expect.stringMatching(/^hyper-v-excludes-/)));
      }
    }), { numRuns: 400 });
  });

  test('Hyper-V takes VirtualBox of that time away, by name', () => {
    const host: Host = { os: 'windows', version: '10', arch: 'amd64' };
    const tool = { id: 'docker-toolbox' };
    expect(ask({ ...host, hyperv: false }, LINUX_IMAGE, { tool }).runs).toBe(true);
    expect(unmet(ask({ ...host, hyperv: true }, LINUX_IMAGE, { tool }).misses[0])).toEqual(['hyper-v-excludes-virtualbox']);
  });

  test('the links of every chain fit: one machine at most, then a translator, then what runs the workload', () => {
    fc.assert(fc.property(questions, (question) => {
      const { chains, byHand, misses } = planOf(question);
      for (const { mechanisms } of [...chains, ...byHand, ...misses]) expect(mechanisms.map(({ kind }) => kind[0]).join('')).toMatch(/^m?t?[sg]$/);
      for (const chain of [...chains, ...byHand]) expect(chain.findings.filter(({ status }) => status === 'unmet')).toEqual([]);
    }), { numRuns: 300 });
  });

  test('no chain uses a mechanism outside its dates', () => {
    fc.assert(fc.property(questions, (question) => {
      const { chains, byHand, misses } = planOf(question);
      for (const { mechanisms } of [...chains, ...byHand, ...misses]) expect(mechanisms.filter((each) => !isCurrent(each, question.date))).toEqual([]);
    }), { numRuns: 300 });
  });

  test('every chain leaves a stack that can stand', () => {
    fc.assert(fc.property(questions, (question) => {
      const host = withConsequences(expanded(question.host, knowledge));
      for (const chain of planOf(question).chains) expect(faultsOf(stackOf(chain, host, question.workload))).toEqual([]);
    }), { numRuns: 200 });
  });

  test('chains come cheapest first, and every chain has its rules and sources', () => {
    fc.assert(fc.property(questions, (question) => {
      const { chains } = planOf(question);
      expect(chains.map(({ weight }) => weight)).toEqual(chains.map(({ weight }) => weight).toSorted((a, b) => a - b));
      for (const { findings } of chains) for (const { condition } of findings) expect(condition.sources?.length ?? 1, condition.says).toBeGreaterThan(0);
    }), { numRuns: 100 });
  });

  test('the question is not changed', () => {
    fc.assert(fc.property(questions, (question) => {
      const before = JSON.stringify(question);
      planOf(question);
      expect(JSON.stringify(question)).toBe(before);
    }), { numRuns: 50 });
  });
});

/** A value that makes a comparison come out as wanted; undefined where the fact is worked out and cannot be set alone. */
function valueFor(fact: FactName, wanted: Test, met: boolean): Value | undefined {
  const { kind } = specOf(fact);
  const set = (word: string): Value => (kind === 'set' ? [word] : word);
  if (wanted.is !== undefined) return met ? wanted.is : typeof wanted.is === 'boolean' ? !wanted.is : set('something-else');
  if (wanted.in) return met ? set(String(wanted.in[0])) : set('something-else');
  if (wanted.not) return met ? set('something-else') : set(String(wanted.not[0]));
  if (wanted.includes !== undefined) return met ? [wanted.includes] : ['something-else'];
  if (wanted.excludes !== undefined) return met ? ['something-else'] : [wanted.excludes];
  if (wanted.ranges) return met ? String(wanted.ranges[0]?.split('..')[0] || '1') : '0.0.1';
  const limit = wanted.atLeast ?? wanted.below;
  const isHigh = (wanted.atLeast !== undefined) === met;
  if (kind === 'amount') return isHigh ? 1_000_000 : 1;
  // Right at the limit for what must be high enough, so that two conditions on one fact can hold together.
  return limit === undefined ? undefined : !isHigh ? '0.0.1' : wanted.below === undefined ? String(limit) : '99999.9';
}

type Facts = Record<string, Value>;
interface Setting {
  readonly host: Facts;
  readonly place: Facts;
  readonly workload: Facts;
  readonly tool: { id: string; version?: string };
}

/** What makes a link come out as wanted. */
const LINKS: Readonly<Record<string, (setting: Setting, value: string) => void>> = {
  'link.arch': ({ place, workload }, value) => {
    Object.assign(place, { runs: ['amd64'] });
    Object.assign(workload, { arch: [value === 'same' ? 'amd64' : 's390x'] });
  },
  'link.build': ({ place, workload }, value) => {
    const build = Number(String(workload['build'] ?? place['build'] ?? '14393').split('.')[0]);
    Object.assign(workload, { build: String(build) });
    Object.assign(place, { build: String(build + ({ same: 0, older: 100 }[value] ?? -100)) });
  },
  'link.revision': ({ place, workload }, value) => {
    Object.assign(place, { build: '14393.100' });
    Object.assign(workload, { build: value === 'same' ? '14393.100' : '14393.200' });
  },
  'link.mounts': ({ place, workload }, value) => {
    Object.assign(place, { shared: ['/home'] });
    Object.assign(workload, { mounts: [value === 'inside' ? '/home/x' : '/opt/x'] });
  },
  'link.mode': ({ host, workload }, value) => {
    Object.assign(workload, { os: workload['os'] ?? 'linux' });
    Object.assign(host, { containerMode: value === 'same' ? workload['os'] : workload['os'] === 'linux' ? 'windows' : 'linux' });
  },
};

function satisfy(setting: Setting, { fact, test: wanted, when = [] }: Condition, met: boolean): void {
  when.forEach((part) => satisfy(setting, part, true));
  const [prefix, rest] = fact.includes('.') ? (fact.split('.', 2) as [string, string]) : ['place', fact];
  const limit = wanted.atLeast;
  if (typeof limit === 'string' && limit.startsWith('image.')) {
    const { kind } = specOf(fact);
    setting.workload[limit.slice(6)] = kind === 'amount' ? 100 : '5.5';
    setting.place[rest] = kind === 'amount' ? (met ? 1000 : 1) : met ? '9.9' : '0.1';
    return;
  }
  if (LINKS[fact]) return LINKS[fact](setting, String(met ? (wanted.is ?? wanted.in?.[0]) : fact === 'link.build' ? 'newer' : 'other'));
  const value = valueFor(fact, wanted, met);
  if (value === undefined) return;
  if (prefix === 'tool') Object.assign(setting.tool, { [rest]: value });
  else if (prefix === 'image') setting.workload[rest] = value;
  else (prefix === 'host' ? setting.host : setting.place)[rest] = value;
}

const newSetting = (): Setting => ({ host: {}, place: {}, workload: {}, tool: { id: 'none' } });
const look = ({ host, place, workload, tool }: Setting) => lookupIn({ host, place, workload, tool });

/** Every condition of the content, with what must hold around it. */
const asked = [
  ...knowledge.mechanisms.flatMap((each) => each.requires.map((condition, i) => ({ name: `${each.id} ${i}: ${condition.says ?? condition.fact}`, around: each.on, condition }))),
  ...knowledge.rules.flatMap((each) => each.requires.map((condition, i) => ({ name: `rule ${each.id} ${i}: ${condition.says ?? condition.fact}`, around: each.when, condition }))),
];

describe('every condition of the content', () => {
  test.each(asked)('$name', ({ around, condition }) => {
    const statusWhen = (met: boolean) => {
      const setting = newSetting();
      around.forEach((part) => satisfy(setting, part, true));
      satisfy(setting, condition, met);
      return examine(condition, look(setting), condition.from ?? (condition.until === undefined ? undefined : '2000-01')).status;
    };
    expect([statusWhen(true), statusWhen(false)]).toEqual(['met', 'unmet']);
  });

  test('has a sentence for the reader and a source', () => {
    expect(asked.filter(({ condition }) => condition.says === undefined || (condition.sources ?? []).length === 0).map(({ name }) => name)).toEqual([]);
  });

  test('with the same name has the same layer', () => {
    const layers = new Map<string, Set<string>>();
    for (const { condition } of asked) if (condition.name !== undefined) layers.set(condition.name, (layers.get(condition.name) ?? new Set()).add(condition.layer ?? specOf(condition.fact).layer));
    expect([...layers].filter(([, found]) => found.size > 1).map(([name]) => name)).toEqual([]);
  });
});

describe('the matrix of the sources', () => {
  test('holds at least 150 cases, each with its address, at least a third of them positive, and as many negative', () => {
    const runs = matrix.filter(({ expected }) => expected.runs).length;
    expect(matrix.length).toBeGreaterThanOrEqual(150);
    expect(Math.min(runs, matrix.length - runs)).toBeGreaterThanOrEqual(matrix.length / 3);
    expect(new Set(matrix.map(({ id }) => id)).size).toBe(matrix.length);
    expect(matrix.filter(({ source }) => !/^https:\/\//.test(source))).toEqual([]);
  });

  test('is reproduced in every cell', () => {
    const failed = matrix.map((one) => ({ id: one.id, ...playMatrix(one) })).filter(({ pass }) => !pass);
    expect(failed).toEqual([]);
  });

  test('is not passed by a planner that always says the same', () => {
    for (const answer of [true, false]) expect(matrix.filter(({ expected }) => expected.runs === answer).length / matrix.length).toBeLessThan(0.7);
  });

  test('reaches every mechanism that is no way out by hand', () => {
    const reached = new Set(matrix.flatMap((one) => {
      const { chains, byHand, misses } = planFor(one, knowledge);
      return [...chains, ...byHand, ...misses].flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id));
    }));
    const named = (mechanism: Mechanism) => mechanism.on.some(({ fact, when }) => fact === 'tool.id' && when === undefined);
    expect(knowledge.mechanisms.filter((each) => !reached.has(each.id) && !named(each)).map(({ id }) => id)).toEqual([]);
  });
});
