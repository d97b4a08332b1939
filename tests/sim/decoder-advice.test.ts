/** What the decoder advises for messages that once got the wrong advice: commands that cannot help, and words that hid a cause. */
import { describe, expect, test } from 'vitest';
import { loadErrors } from '../../src/errors/load.ts';
import { compileKnowledge, decode, type Answer } from '../../src/sim/decoder/index.ts';

const { families, translations } = loadErrors();
const knowledge = compileKnowledge(families, translations);
const answerTo = (text: string): Answer => decode(text, knowledge);
const familyOf = (text: string): string | undefined => answerTo(text).first?.family;
/** All that the first answer advises, as one text. */
const adviceFor = (text: string): string => (answerTo(text).first?.fixes ?? []).flatMap((fix) => [fix.text, ...(fix.commands ?? [])]).join('\n');

const TOO_OLD = 'Error response from daemon: client version 1.24 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version';
const LEGACY = "failed to create NAT chain DOCKER: iptables failed: iptables -t nat -N DOCKER: iptables v1.8.7 (legacy): can't initialize iptables table `nat': Table does not exist (do you need to insmod?)";
const ON_A_MAC = 'Error Domain=VZErrorDomain Code=2 Description="Invalid virtual machine configuration. Virtualization is not available on this hardware."';
const SOCKET = 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.24/containers/json": dial unix /var/run/docker.sock: connect: permission denied';
const NO_LOADER = 'rosetta error: failed to open elf at /lib64/ld-linux-x86-64.so.2';

describe('advice', () => {
  test('for a client that is too old names no version below the minimum to the client, and one to the engine', () => {
    const asked = [...adviceFor(TOO_OLD).matchAll(/DOCKER_API_VERSION=1\.(\d+)/g)].map(([, minor]) => Number(minor));
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(44);
    expect(adviceFor(TOO_OLD)).toContain('min-api-version');
  });

  test('for a client that is too new steps down', () => {
    expect(adviceFor('Error response from daemon: client version 1.43 is too new. Maximum supported API version is 1.41')).toContain('DOCKER_API_VERSION=1.41');
  });

  test('for iptables that is legacy already does not switch to it', () => {
    expect(adviceFor(LEGACY)).toContain('modprobe -a');
    expect(adviceFor(LEGACY)).not.toContain('iptables-legacy');
  });

  test('for a Mac names no switch of a PC', () => {
    expect(adviceFor(ON_A_MAC)).toContain('sysctl kern.hv_support');
    expect(adviceFor(ON_A_MAC)).not.toMatch(/bcdedit|systeminfo|VT-x/);
  });

  test('for Rosetta that runs does not install Rosetta', () => {
    expect(adviceFor(NO_LOADER)).toContain('--platform linux/amd64');
    expect(adviceFor(NO_LOADER)).not.toContain('softwareupdate');
    expect(adviceFor('/usr/local/bin/docker: Bad CPU type in executable')).toContain('softwareupdate');
  });

  test('for a heap or a number of memory areas changes that limit', () => {
    expect(adviceFor('FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory')).toContain('--max-old-space-size');
    expect(adviceFor('max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]')).toContain('sysctl -w vm.max_map_count');
    expect(adviceFor('web exited with code 137')).not.toContain('--max-old-space-size');
  });

  test('has no command of two shells at once, and no module as the parameter of another', () => {
    const commands = families.flatMap(({ fixes }) => fixes.flatMap(({ commands: all = [] }) => all));
    expect(commands.filter((command) => /printf|>>/.test(command) && /%\w+%/.test(command))).toEqual([]);
    expect(commands.filter((command) => /modprobe (?!-a|-r)\w+ \w/.test(command))).toEqual([]);
  });
});

describe('what a message is not', () => {
  test.each([
    ['npm ERR! code ERESOLVE\nnpm ERR! ERESOLVE unable to resolve dependency tree', 'package-conflict'],
    ['Your requirements could not be resolved to an installable set of packages.', 'package-conflict'],
    ['Unable to resolve module ./App from /app/index.js', undefined],
    ['fork/exec /usr/bin/tool: bad address', undefined],
    ['   at Docker.Backend.BackendNamedPipeServer.<Run>b__8_2(Object[] args)', undefined],
    ["wget: bad address 'example.com'", 'name-resolution'],
    ["Failed to resolve 'pypi.org' ([Errno -3] Temporary failure in name resolution)", 'name-resolution'],
    ["The remote name could not be resolved: 'api.nuget.org'", 'name-resolution'],
  ])('%s', (text, family) => {
    expect(familyOf(text)).toBe(family);
  });

  test('a refused socket is not made doubtful by its own path', () => {
    const { first } = answerTo(SOCKET);
    expect(first).toMatchObject({ family: 'engine-socket-permission', layer: 'namespace-permission' });
    expect(first?.confidence).toBe(families.find(({ id }) => id === 'engine-socket-permission')?.sure);
  });

  test('an invalid signature has three causes, none of them sure', () => {
    const { first, others } = answerTo('W: GPG error: http://deb.debian.org/debian buster InRelease: At least one invalid signature was encountered.');
    expect(first?.confidence).toBeLessThan(0.5);
    expect([first?.layer, ...others.map(({ layer }) => layer)]).toEqual(expect.arrayContaining(['disk-space', 'seccomp', 'network']));
    expect(answerTo('raspberrypi: W: GPG error: http://raspbian.raspberrypi.org buster InRelease: At least one invalid signature was encountered.').first?.layer).toBe('seccomp');
  });
});

describe('a message of Windows in another language leads where its English twin leads', () => {
  test.each([
    ["'X' konnte nicht gestartet werden, weil eine der Hyper-V-Komponenten nicht ausgeführt wird.", "Failed to start the virtual machine 'X' because one of the Hyper-V components is not running."],
    ['L’ordinateur virtuel ne démarre pas car une fonctionnalité requise n’est pas installée', 'The virtual machine could not be started because a required feature is not installed.'],
    ['Der Vorgang konnte nicht gestartet werden, da ein erforderliches Feature nicht installiert ist.', 'The operation could not be started because a required feature is not installed.'],
    ['Das Betriebssystem des Containers entspricht nicht dem Betriebssystem des Hosts.', 'The operating system of the container does not match the operating system of the host.'],
    ["ハイパーバイザーが実行されていないため、仮想マシン 'X' を起動できませんでした", "The virtual machine 'X' could not be started because the hypervisor is not running"],
  ])('%s', (localized, english) => {
    expect(answerTo(localized).first).toMatchObject({ family: familyOf(english), layer: answerTo(english).first?.layer });
  });
});
