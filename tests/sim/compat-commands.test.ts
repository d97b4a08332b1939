/** Which commands are printed: those of the host, the month and the tool, with the guest's instruction set in them. */
import { describe, expect, test } from 'vitest';
import { compat } from '../../src/compat/index.ts';
import { mechanismSchema } from '../../src/compat/schema.ts';
import { planOf, situationOf, type PlainSituation } from '../../src/sim/compat/index.ts';
import { commandsOf } from '../../src/sim/compat/telling.ts';

const knowledge = compat();

function bestOf(words: PlainSituation) {
  const situation = situationOf(words, knowledge);
  const { chains, byHand } = planOf(situation, knowledge);
  const chain = chains[0] ?? byHand[0];
  if (!chain) throw new Error(`Nothing carries ${JSON.stringify(words)}.`);
  return { ids: chain.mechanisms.map(({ id }) => id), commands: commandsOf(chain, situation) };
}

const AMD64 = { kind: 'image', os: 'linux', arch: ['amd64'] };
const LINUX = { os: 'linux', arch: 'amd64', kernel: '6.8' };
const HOME = { os: 'windows', edition: 'home', arch: 'amd64', firmwareVirtualization: true };

describe('the accelerator is that of the host, and QEMU that of the guest', () => {
  test.each([
    ['Linux', LINUX, 'amd64', 'qemu-system-x86_64 -accel kvm …'],
    ['Linux, a guest for Arm', LINUX, 'arm64', 'qemu-system-aarch64 -accel tcg …'],
    ['Windows 11', { os: 'windows', version: '25H2', edition: 'pro', arch: 'amd64' }, 'amd64', 'qemu-system-x86_64 -accel whpx …'],
    ['Windows 7', { os: 'windows', version: '7', arch: 'amd64', firmwareVirtualization: true }, 'amd64', 'VBoxManage startvm NAME'],
    ['Apple silicon', { os: 'macos', version: '26', arch: 'arm64' }, 'arm64', 'qemu-system-aarch64 -accel hvf …'],
    ['Apple silicon, a guest for x86-64', { os: 'macos', version: '26', arch: 'arm64' }, 'amd64', 'qemu-system-x86_64 -accel tcg …'],
  ])('%s', (_, host, arch, command) => {
    expect(bestOf({ host, workload: { kind: 'vm', os: 'linux', arch: [arch] } }).commands).toEqual([command]);
  });
});

describe('the engine is the one that was named', () => {
  test.each([
    [undefined, undefined, 'docker run --rm IMAGE'],
    ['podman', undefined, 'podman run --rm IMAGE'],
    ['nerdctl', undefined, 'nerdctl run --rm IMAGE'],
    ['kubernetes', undefined, 'kubectl run NAME --image=IMAGE'],
    ['apptainer', undefined, 'apptainer run docker://IMAGE'],
    ['apptainer', '2019-06', 'singularity run docker://IMAGE'],
  ])('%s, %s', (tool, date, command) => {
    expect(bestOf({ host: LINUX, workload: AMD64, ...(tool ? { tool } : {}), ...(date ? { date } : {}) }).commands).toEqual([command]);
  });
});

describe('WSL is installed as it was in that month', () => {
  test('by hand before July 2021, with one command since', () => {
    expect(bestOf({ host: { ...HOME, version: '20H2' }, workload: AMD64, date: '2020-10' }).commands.slice(0, 4)).toEqual([
      expect.stringContaining('dism.exe'), expect.stringContaining('dism.exe'), 'msiexec /i wsl_update_x64.msi', 'wsl --set-default-version 2',
    ]);
    expect(bestOf({ host: { ...HOME, version: '25H2' }, workload: AMD64 }).commands[0]).toBe('wsl --install');
  });
});

describe('foreign programs', () => {
  test('on plain Linux QEMU is registered by hand first', () => {
    expect(bestOf({ host: LINUX, workload: { ...AMD64, arch: ['arm64'] } })).toEqual({
      ids: ['qemu-user-by-hand', 'native'],
      commands: ['docker run --privileged --rm tonistiigi/binfmt --install all', 'docker run --platform linux/arm64 --rm IMAGE'],
    });
  });

  test('where a product registers QEMU, nothing is registered', () => {
    const { ids, commands } = bestOf({ host: { ...HOME, version: '25H2' }, workload: { ...AMD64, arch: ['arm64'] } });
    expect(ids).toContain('qemu-user');
    expect(commands.filter((command) => command.includes('binfmt'))).toEqual([]);
    expect(commands.at(-1)).toBe('docker run --platform linux/arm64 IMAGE');
  });

  test('the platform goes with the engine of the machine', () => {
    expect(bestOf({ host: { os: 'macos', version: '26', arch: 'arm64' }, workload: AMD64, tool: 'podman' }).commands.at(-1)).toBe('podman run --platform linux/amd64 IMAGE');
  });
});

describe('isolation of Windows containers', () => {
  const image = (build: string) => ({ kind: 'image', os: 'windows', arch: ['amd64'], build });

  test('that nobody asks for is the default, and no open question', () => {
    const situation = situationOf({ host: { os: 'windows-server', version: '23H2', arch: 'amd64' }, workload: image('25398') }, knowledge);
    const [chain] = planOf(situation, knowledge).chains;
    expect(chain?.mechanisms.map(({ id }) => id)).toEqual(['process-isolation']);
    expect(chain?.findings.filter(({ status, risk }) => status === 'open' && risk >= 0.1)).toEqual([]);
    expect(bestOf({ host: situation.host, workload: situation.workload }).commands).toEqual(['docker run IMAGE']);
  });

  test('on a client process isolation is asked for', () => {
    expect(bestOf({ host: { os: 'windows', version: '25H2', edition: 'pro', arch: 'amd64', hyperv: true }, workload: image('26100') }).commands).toEqual(['docker run --isolation=process IMAGE']);
  });
});

describe('32-bit Arm on 64-bit Arm', () => {
  const run = (aarch32?: boolean) => bestOf({ host: { os: 'linux', arch: 'arm64', kernel: '6.1', ...(aarch32 === undefined ? {} : { aarch32 }) }, workload: { ...AMD64, arch: ['arm'] } }).ids;

  test('runs where the processor has AArch32, and is emulated where it has not', () => {
    expect([run(true), run(), run(false)]).toEqual([['native'], ['native'], ['qemu-user-by-hand', 'native']]);
  });
});

describe('a command in a file', () => {
  const { commands } = mechanismSchema.shape;

  test('is text, or text with months and conditions', () => {
    expect(commands.parse(['a', { text: 'b', from: '2021-07', when: [{ os: 'linux' }] }])).toEqual([{ text: 'a' }, { text: 'b', from: '2021-07', when: [{ fact: 'os', test: { is: 'linux' } }] }]);
  });

  test('with another key or a month that is none is refused', () => {
    expect(commands.safeParse([{ text: 'a', on: 'linux' }]).success).toBe(false);
    expect(commands.safeParse([{ text: 'a', from: 'July' }]).success).toBe(false);
  });
});
