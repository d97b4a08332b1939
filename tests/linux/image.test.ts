/** LinuxLab's machines as they are stored: that the manifest tells the truth, and that kernels and `box` do what README and lesson say. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, readPackages } from '../../src/linux-image/manifest.ts';
import { linuxFiles } from '../../src/linux-lab/files.ts';
import { Machine, manifest } from './machine.ts';

const STORED = fileURLToPath(new URL('../../public/linux/', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = join(ROOT, 'src/linux-image/');
const KERNELS = manifest.files.filter(({ role }) => role === 'kernel').map(({ name }) => name);
const text = (path: string) => readFileSync(path, 'utf8');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Headers of a "newc" archive: name, mode, owner and time of each entry. */
function* cpioEntries(archive: Buffer): Generator<{ name: string; uid: number; gid: number; mtime: number }> {
  const field = (at: number, n: number) => parseInt(archive.toString('latin1', at + 6 + 8 * n, at + 14 + 8 * n), 16);
  const padded = (length: number) => (length + 3) & ~3;
  for (let at = 0; ; ) {
    const [uid, gid, mtime, size, nameSize] = [field(at, 2), field(at, 3), field(at, 5), field(at, 6), field(at, 11)];
    const name = archive.toString('latin1', at + 110, at + 110 + nameSize - 1);
    if (name === 'TRAILER!!!') return;
    yield { name, uid, gid, mtime };
    at += padded(110 + nameSize) + padded(size);
  }
}

interface TarEntry { readonly name: string; readonly mode: number; readonly owner: string; readonly mtime: number; readonly content: Buffer }

/** Entries of a "ustar" archive without long names, folders included. */
function* tarEntries(archive: Buffer): Generator<TarEntry> {
  const field = (from: number, length: number) => archive.toString('latin1', from, from + length).replace(/\0[^]*$/, '');
  const octal = (from: number, length: number) => parseInt(field(from, length), 8);
  for (let at = 0; archive[at]; ) {
    const size = octal(at + 124, 12);
    const owner = [octal(at + 108, 8), octal(at + 116, 8), field(at + 265, 32), field(at + 297, 32)].join(' ').trim();
    yield { name: field(at, 100), mode: octal(at + 100, 8), owner, mtime: octal(at + 136, 12), content: archive.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

describe('the stored files', () => {
  test.each(manifest.files)('$name has the size and sum that the manifest states', ({ name, stored, unpacked }) => {
    const bytes = readFileSync(STORED + name);
    const content = gunzipSync(bytes);
    expect({ bytes: bytes.byteLength, sha256: sha256(bytes) }).toEqual(stored);
    expect({ bytes: content.byteLength, sha256: sha256(content) }).toEqual(unpacked);
  });

  test('are all in the manifest, which follows from them and from packages.tsv', () => {
    const others = ['SOURCE.txt', 'licenses', 'manifest.json'];
    expect(readdirSync(STORED).sort()).toEqual([...others, ...manifest.files.map(({ name }) => name)].sort());
    expect(manifestOf(STORED)).toEqual(manifest);
  });

  test('hold the emulator of the npm package, byte for byte', () => {
    const installed = readFileSync(fileURLToPath(new URL('../../node_modules/v86/build/v86.wasm', import.meta.url)));
    expect(gunzipSync(readFileSync(`${STORED}v86.wasm.gzip`)).equals(installed)).toBe(true);
    expect(JSON.parse(text(`${SOURCES}../../package.json`))).toMatchObject({ devDependencies: { v86: manifest.files.find(({ role }) => role === 'emulator')?.origin[0]?.version } });
  });

  test('a row of packages.tsv with a missing column is refused', () => {
    expect(() => readPackages('# comment\ntool\tgcc-12\tamd64\n')).toThrow('nine columns');
  });

  test('say of each package in them what it is there for and how to tell that one has the right one', () => {
    const locked = JSON.parse(text(`${ROOT}package-lock.json`)) as { readonly packages: Readonly<Record<string, { readonly integrity?: string }>> };
    for (const { package: name, architecture, use, sha256: sum, integrity } of manifest.files.flatMap(({ origin }) => origin)) {
      expect(use).toMatch(/\w{3}/);
      if (architecture === 'npm') expect({ sum, integrity }).toEqual({ sum: undefined, integrity: locked.packages[`node_modules/${name}`]?.integrity });
      else expect({ sum, integrity }).toEqual({ sum: expect.stringMatching(/^[0-9a-f]{64}$/), integrity: undefined });
    }
    expect(manifest.files.filter(({ origin }) => origin.length === 0).map(({ role }) => role)).toEqual(['scripts']);
  });

  // Whoever has the binaries has what builds them, so the archive may not fall behind: see "Build" in src/linux-image/README.md.
  test('have the folder src/linux-image with them, file for file, without a trace of who packed it', () => {
    const entries = [...tarEntries(gunzipSync(readFileSync(`${STORED}build-scripts.tar.gzip`)))];
    const packed = Object.fromEntries(entries.filter(({ name }) => !name.endsWith('/')).map(({ name, content }) => [name, content.toString('latin1')]));
    const found = readdirSync(SOURCES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(packed).toEqual(Object.fromEntries(found.map((path) => [relative(ROOT, path), readFileSync(path, 'latin1')])));
    expect(entries.filter(({ owner, mtime }) => owner !== '0 0' || mtime !== Date.UTC(2026, 10, 22) / 1000)).toEqual([]);
    expect(entries.filter(({ name, mode }) => mode !== (/\/$|build\.sh$/.test(name) ? 0o755 : 0o644))).toEqual([]);
    expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).sort());
  });

  test('are not all fetched by LinuxLab: it has no use for the scripts', () => {
    const { wasm, kernels, initramfs } = linuxFiles('/linux/', ROOT);
    const fetched = [kernels.a, kernels.b, initramfs, wasm].map(({ name }) => name);
    expect(manifest.files.filter(({ name }) => !fetched.includes(name)).map(({ name }) => name)).toEqual(['build-scripts.tar.gzip']);
  });

  test('name no user, machine or hour of their building', () => {
    const content = Object.fromEntries(manifest.files.map(({ name }) => [name, gunzipSync(readFileSync(STORED + name))]));
    for (const kernel of KERNELS) expect(content[kernel]?.toString('latin1')).toMatch(/Linux version \S+ \(layerlab@layerlab\) .* #1 2026-11-22/);
    const entries = [...cpioEntries(content['initramfs.cpio.gzip'] as Buffer)];
    expect(entries.length).toBeGreaterThan(200);
    expect(entries.filter(({ uid, gid, mtime }) => uid !== 0 || gid !== 0 || mtime !== Date.UTC(2026, 10, 22) / 1000)).toEqual([]);
  });

  test.each(KERNELS)('%s was configured with every line of the fragment that its series knows', (name) => {
    const config = text(`${SOURCES}kernel/${manifest.files.find((file) => file.name === name)?.config}`);
    const wanted = text(`${SOURCES}kernel/fragment.config`).match(/^CONFIG_\w+=.*$/gm) ?? [];
    const known = wanted.filter((line) => new RegExp(`\\b${line.slice(0, line.indexOf('='))}\\b`).test(config));
    expect(known.length).toBeGreaterThan(60);
    expect(known.filter((line) => !config.split('\n').includes(line))).toEqual([]);
  });

  test('come with the notices, the licenses and where the source is, at the versions used', () => {
    const source = text(`${STORED}SOURCE.txt`);
    expect(source).toBe(text(`${SOURCES}SOURCE.txt`));
    for (const { architecture, source: name, sourceVersion } of manifest.files.flatMap(({ origin }) => origin)) {
      expect(source).toContain(architecture === 'npm' ? `npm package ${name} ${sourceVersion}` : `https://snapshot.debian.org/package/${name}/${sourceVersion}/`);
    }
    for (const [, file] of source.matchAll(/licenses\/([\w.-]+\.txt)/g)) expect(text(`${STORED}licenses/${file}`).length).toBeGreaterThan(400);
    expect(text(`${STORED}licenses/GPL-2.0.txt`)).toContain('GNU GENERAL PUBLIC LICENSE');
    expect(text(`${STORED}licenses/GPL-2.0.txt`)).toContain('Version 2, June 1991');
    expect(text(`${STORED}licenses/LGPL-2.1.txt`)).toContain('Version 2.1, February 1999');
  });
});

const machines = new Map<string, Machine>();
const machine = (kernel: string): Machine => machines.get(kernel) as Machine;

beforeAll(async () => {
  for (const kernel of KERNELS) machines.set(kernel, await Machine.boot(kernel));
}, 60_000);

afterAll(async () => {
  for (const one of machines.values()) await one.powerOff();
});

test('each machine has its own kernel, the one that the manifest names', async () => {
  const releases = await Promise.all(KERNELS.map(async (kernel) => (await machine(kernel).run('uname -r')).output.trim()));
  expect(releases).toEqual(manifest.files.filter(({ role }) => role === 'kernel').map(({ release }) => release));
  expect(new Set(releases).size).toBe(2);
});

describe.each(KERNELS)('box on %s', (kernel) => {
  const run = (line: string, patience?: number) => machine(kernel).run(line, patience);
  const output = async (line: string) => (await run(line)).output;

  test('runs a command on the kernel of the machine, with the files of the image', async () => {
    const release = await output('uname -r');
    expect(await output('box run c tiny uname -r')).toBe(release);
    expect(await output('box run c tiny grep ^NAME /etc/os-release')).toBe('NAME="Tiny Linux"\n');
    expect(await output('box run c web grep ^NAME /etc/os-release')).toBe('NAME="Web Linux"\n');
    expect(await output('box run c base grep ^NAME /etc/os-release')).toBe('NAME="Base layer"\n');
    expect(await output('grep ^NAME /etc/os-release')).toBe('NAME="Lab host"\n');
  });

  test('gives its command process number 1, a host name, mounts and a network of its own', async () => {
    const seen = await output("box run c tiny sh -c 'echo $$; hostname; ps | wc -l; cat /proc/mounts; ls /sys/class; ip -o link'");
    const [one, name, processes, ...rest] = seen.split('\n');
    expect([one, name]).toEqual(['1', 'c']);
    expect(Number(processes)).toBeLessThanOrEqual(4);
    expect(rest.filter((line) => / \/\S* (overlay|proc|tmpfs|sysfs|cgroup2) /.test(line)).map((line) => line.split(' ')[1])).toEqual(['/', '/proc', '/proc/sys', '/proc/sysrq-trigger']);
    expect(rest.filter((line) => /^\d+: /.test(line)).map((line) => line.split(':')[1])).toEqual([' lo']);
  });

  test('starts a container in the background that the host sees as an ordinary process', async () => {
    expect(await run("box run -d s tiny sh -c 'echo said; exec sleep 1000'")).toMatchObject({ output: '', status: 0 });
    const pid = (await output('box pid s')).trim();
    await run(`until grep -q ^sleep /proc/${pid}/cmdline; do usleep 10000; done`);
    expect(await output(`tr '\\0' ' ' < /proc/${pid}/cmdline; grep NSpid /proc/${pid}/status; cat /proc/${pid}/cgroup`)).toBe(`sleep 1000 NSpid:\t${pid}\t1\n0::/box/s\n`);
    const spaces = await output(`for n in pid uts mnt net ipc user; do stat -L -c %i /proc/self/ns/$n /proc/${pid}/ns/$n | uniq | wc -l; done`);
    expect(spaces).toBe('2\n2\n2\n2\n2\n1\n');
    expect(await output('cat /run/box/s/log')).toBe('said\n');
    expect(await output('box ls')).toMatch(new RegExp(`^s +tiny +running, process ${pid}$`, 'm'));
    await run('box stop s');
    expect(await output(`ls -d /proc/${pid} /sys/fs/cgroup/box/s 2>&1 | grep -c 'No such'`)).toBe('2\n');
    expect(await output('box ls')).toMatch(/^s +tiny +ended, status 137$/m);
  });

  test('passes the exit status on, 128 + signal for a killed command', async () => {
    expect((await run("box run c tiny sh -c 'exit 7'")).status).toBe(7);
    expect((await run('box run c tiny sleep 1000 & until box pid c; do usleep 20000; done 2>/dev/null; kill -KILL $(box pid c); wait $!')).status).toBe(137);
  });

  test('notes the signal that ended a container, which its status does not tell', async () => {
    const notes = (name: string) => output(`(cd /run/box/${name} && echo $(cat status) $(cat signal))`);
    expect((await run("box run x tiny sh -c 'exit 137'")).status).toBe(137);
    expect(await notes('x')).toBe('137 0\n');
    await run('box run -d y tiny sleep 1000; box stop y');
    expect(await notes('y')).toBe('137 9\n');
    await run('box run -m 8M y tiny tail /dev/zero');
    expect(await notes('y')).toBe('137 9\n');
    await run('box run y tiny nope');
    expect(await notes('y')).toBe('125 0\n');
  });

  test('leaves in /run/box what the README lists', async () => {
    const rows = [...text(`${SOURCES}README.md`).matchAll(/^\| `([\w/]+)` \|.* \| (yes|no) \| (yes|no) \|$/gm)];
    const listed = (column: 2 | 3) => rows.filter((row) => row[column] === 'yes').map((row) => row[1]?.replace('/', '')).concat('root', 'work').sort().join(' ');
    expect(rows).toHaveLength(6);
    expect(await output('box run -d x tiny sleep 1000; echo $(ls /run/box/x); box stop x; echo $(ls /run/box/x)')).toBe(`${listed(2)}\n${listed(3)}\n`);
  });

  test('says how long the start took on the clock of the machine, and only with -t', async () => {
    const { output: said, ms } = await run('box run -t c tiny true');
    const inside = Number(/^box: c ready after ([\d.]+) ms on this machine's clock\n$/.exec(said)?.[1]);
    expect(inside).toBeGreaterThan(1);
    expect(inside).toBeLessThan(ms);
    expect(await output('box run c tiny true')).toBe('');
  });

  test.each([
    ['box run c nope true', "box: There is no image 'nope'. See: ls /images"],
    ['box run ../c tiny true', "box: '../c' cannot be a name: at most 31 characters, no slash, no dot in front."],
    ['box run c tiny nope', 'box: nope cannot be started from image tiny: No such file or directory.'],
    ['box run -d c tiny nope', 'box: nope cannot be started from image tiny: No such file or directory.'],
    ['box run -m lots c tiny true', "box: The kernel refuses 'lots' for memory.max (Invalid argument). It takes bytes, such as 8388608 or 8M."],
    ['box run -p -1 c tiny true', "box: The kernel refuses '-1' for pids.max (Invalid argument). It takes a number of processes, such as 10."],
    ['box run -c 101 c tiny true', "box: -c takes percent of the processor, 1 to 100, not '101'."],
    ['box pid nobody', "box: There is no container 'nobody'. See: box ls"],
    ['box stop ..', "box: There is no container '..'. See: box ls"],
    ['box run c tiny true; box stop c', 'box: c has ended; a container lives only as long as its command. See: box ls'],
    ['box', 'usage: box run [-d] [-t] [-u] [-m BYTES] [-p PROCESSES] [-c CPU%] [--privileged] NAME IMAGE COMMAND...'],
  ])('answers `%s` with a sentence and status 125', async (line, sentence) => {
    const answer = await run(line);
    expect(answer.output.split('\n')[0]).toBe(sentence);
    expect(answer.status).toBe(125);
    expect(await output('ls -d /sys/fs/cgroup/box/*/ 2>/dev/null')).toBe('');
  });

  test('refuses a name in use, and does not remove a container that runs', async () => {
    await run('box run -d busy tiny sleep 1000');
    expect(await run('box run busy tiny true')).toMatchObject({ output: 'box: A container busy is running. Take another name, or end it: box stop busy\n', status: 125 });
    expect(await run('box rm busy')).toMatchObject({ output: 'box: busy is running. End it first: box stop busy\n', status: 125 });
    expect(await run('box stop busy && box rm busy && ls /run/box/busy')).toMatchObject({ status: 1 });
  });

  test('keeps what a container wrote in its upper layer, and starts afresh when the name is used again', async () => {
    await run("box run c tiny sh -c 'echo mine > /etc/os-release; echo new > /root/note'");
    expect(await output('find /run/box/c/upper -type f | sort')).toBe('/run/box/c/upper/etc/os-release\n/run/box/c/upper/root/note\n');
    expect(await output('cat /run/box/c/upper/root/note; grep ^NAME /images/tiny/etc/os-release')).toBe('new\nNAME="Tiny Linux"\n');
    expect((await run('box run c tiny cat /root/note')).status).toBe(1);
    expect(await output('box run -d w tiny sleep 1000; echo from-outside > /run/box/w/upper/hello; nsenter -t $(box pid w) -m cat /hello; box stop w')).toBe('from-outside\n');
  });

  test('lets a memory limit kill what exceeds it and nothing else', async () => {
    await run('box run -d beside tiny sleep 1000');
    expect(await output("box run -d -m 8M c tiny sleep 1000; cat /sys/fs/cgroup/box/c/memory.max; box stop c")).toBe('8388608\n');
    const hog = await run('box run -m 8M hog tiny tail /dev/zero');
    expect(hog.status).toBe(137);
    expect(hog.output).toContain('box: hog ran out of memory; the kernel killed a process in it.\n');
    expect(await output('dmesg | grep -c oom_memcg=/box/hog')).toBe('1\n');
    expect((await run('kill -0 $(box pid beside) && box stop beside')).status).toBe(0);
  });

  test('lets a process limit end a fork bomb', async () => {
    const bomb = await run("box run -d -p 12 bomb tiny sh -c 'b() { b | b & }; b; exec sleep 1000'; sleep 1; cat /sys/fs/cgroup/box/bomb/pids.peak /sys/fs/cgroup/box/bomb/pids.max; box stop bomb; grep -c 't fork' /run/box/bomb/log");
    const [peak, limit, refused] = bomb.output.trim().split('\n').map(Number);
    expect([peak, limit]).toEqual([12, 12]);
    expect(refused).toBeGreaterThan(0);
  });

  test('lets a processor limit throttle, and leaves others alone', async () => {
    const spin = "tiny sh -c 'while :; do :; done'";
    const seen = await output(`box run -d -c 20 slow ${spin}; sleep 2; cat /sys/fs/cgroup/box/slow/cpu.max /sys/fs/cgroup/box/slow/cpu.stat; box stop slow`);
    const [max, ...stat] = seen.split('\n');
    const read = (key: string) => Number(stat.find((line) => line.startsWith(`${key} `))?.split(' ')[1]);
    expect(max).toBe('20000 100000');
    expect(read('nr_throttled')).toBeGreaterThan(5);
    expect(read('usage_usec') / (read('nr_periods') * 100_000)).toBeLessThan(0.3);
    expect(await output(`box run -d fast ${spin}; usleep 500000; grep throttled /sys/fs/cgroup/box/fast/cpu.stat; box stop fast`)).toBe('nr_throttled 0\nthrottled_usec 0\n');
  });

  test('takes from an unprivileged container every way to stop the kernel', async () => {
    const { output: said } = await run(`box run c tiny sh -c '${[
      'echo c > /proc/sysrq-trigger', 'echo 1 > /proc/sys/kernel/panic', 'reboot -f', 'mknod /dev/mem c 1 1', 'mount -t proc p /mnt', 'mount -o remount,rw /proc/sys',
      'umount /proc/sysrq-trigger', 'ip link set lo down', 'hostname other', 'unshare -m true',
    ].map((line) => `${line} && echo DONE`).join('; ')}; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status'`);
    expect(said).not.toContain('DONE');
    expect(said).toContain("can't create /proc/sysrq-trigger: Read-only file system");
    // chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, net_raw, sys_chroot, audit_write, setfcap
    expect(said).toMatch(/CapEff:\t00000000a00425fb\nCapBnd:\t00000000a00425fb\nNoNewPrivs:\t1\n/);
  });

  test('keeps the ways closed in a user namespace that the container makes for itself, and with -u', async () => {
    const doors = 'umount /proc/sysrq-trigger && echo DONE; mount -o remount,rw /proc/sysrq-trigger && echo DONE; mount -t proc p /mnt && echo DONE; echo c > /proc/sysrq-trigger && echo DONE';
    for (const start of ['box run c tiny unshare -U -r -m -p -f', 'box run -u c tiny unshare -m -p -f']) {
      const { output: said } = await run(`${start} sh -c '${doors}; mount -t tmpfs t /mnt && echo own mount'`);
      expect(said).not.toContain('DONE');
      expect(said).toContain('own mount');
    }
  });

  test('with -u, root inside is an ordinary user outside', async () => {
    expect(await output("box run -u c tiny sh -c 'id -u; touch /made'; stat -c %u /run/box/c/upper/made")).toBe('0\n100000\n');
    expect(await output('box run -u -d c tiny sleep 1000; stat -c %u /proc/$(box pid c); box stop c')).toBe('100000\n');
  });

  test('with --privileged, a container keeps every right', async () => {
    expect(await output("box run --privileged c tiny sh -c 'mount -t tmpfs t /mnt && echo mounted; grep CapEff /proc/self/status; test -w /proc/sysrq-trigger && echo open'")).toBe('mounted\nCapEff:\t000001ffffffffff\nopen\n');
  });

  test('serves a page that only its own network sees', async () => {
    await run('box run -d web web httpd -f -h /www');
    expect(await output('nsenter -t $(box pid web) -n wget -q -O - http://127.0.0.1/')).toContain('Served from a container.');
    expect((await run('wget -q -O - http://127.0.0.1/ 2>/dev/null')).status).not.toBe(0);
    await run('box stop web');
  });

  test('gives an interactive shell with job control: Ctrl-C ends its jobs, not the container', async () => {
    const one = machine(kernel);
    const from = one.transcript.length;
    one.type("box run i tiny sh\nsh -c 'echo asleep; exec sleep 1000'\n");
    await one.waitFor('asleep\r\n', from);
    one.type('\x03');
    const { output: said } = await run('echo awake in $(hostname), process $$');
    expect(said).toContain('awake in i, process 1\n');
    expect((await run('exit 5')).status).toBe(5);
  });

  test('ends a container in the foreground on Ctrl-C', async () => {
    const one = machine(kernel);
    const from = one.transcript.length;
    // Until it becomes sleep, the shell would end by itself.
    one.type("box run f tiny sh -c 'trap \"\" INT; echo up; exec sleep 1000'\n");
    await one.waitFor('up\r\n', from);
    one.type('\x03');
    expect(await output('box ls')).toMatch(/^f +tiny +ended, status 137$/m);
  });

  test('lets a container be ended whose own box was killed', async () => {
    expect(await output('box run -d orphan tiny sleep 1000; p=$(box pid orphan); kill -9 $(pidof box); box ls | grep -c "orphan.*running"; kill -9 $p; until box ls | grep -q "orphan.*ended"; do usleep 10000; done; box run orphan tiny echo again; box rm orphan')).toBe('1\nagain\n');
  });

  test('leaves nothing running and no cgroup behind after all this', async () => {
    expect(await output('ls -d /sys/fs/cgroup/box/*/ 2>/dev/null; ps | grep -c "[b]ox run"')).toBe('0\n');
  });
});

/** The lines of each shell block under a heading of the image's README. */
function readmeBlocks(heading: string): readonly (readonly string[])[] {
  const section = text(`${SOURCES}README.md`).split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block.trim().split('\n'));
}

const LESSON = text(join(ROOT, 'content/lessons/02-two-cuts/07-build-a-container-by-hand.mdx'));

interface Typed { readonly command: string; readonly output: string }

/** What lesson 7 types at a prompt of the lab, with what it says comes back: a list for each console block. */
function lessonBlocks(): readonly (readonly Typed[])[] {
  const fences = [...LESSON.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, fence = '']) => fence);
  return fences.map((fence) => [...fence.matchAll(/^(?:host|hand):\S*# (.*(?:\n> .*)*)\n((?:(?!host:|hand:).*\n)*)/gm)].map(([, typed = '', output = '']) => ({ command: typed.replaceAll('\n> ', '\n'), output })));
}

test('the lines of C in lesson 7 are those of container.c', () => {
  const source = text(`${SOURCES}box/container.c`).split('\n');
  const [, block = ''] = /^```c\n([^]*?)^```$/m.exec(LESSON) ?? [];
  const shown = block.split('\n').filter((line) => line !== '');
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((line) => !source.includes(line))).toEqual([]);
});

describe.each(KERNELS)('by hand on %s', (kernel) => {
  const type = async (lines: readonly string[]) => {
    const said: string[] = [];
    for (const line of lines) said.push((await machine(kernel).run(line)).output);
    return said.join('');
  };

  test('the lines of the README connect two containers', async () => {
    const [lines = []] = readmeBlocks('A network between two containers');
    expect(await type(lines)).toContain('1 packets transmitted, 1 packets received');
    expect(await type(['ip -o link | wc -l', 'box stop a; box stop b'])).toBe('1\n');
  });

  test('the lines of the README build a container with namespaces, layers and limits', async () => {
    const [build = [], clear = []] = readmeBlocks('A container by hand');
    await type(build);
    expect(await type(['echo $$ $(hostname); grep ^NAME /etc/os-release; cat /proc/self/cgroup; ls /mnt; awk \'$3 == "overlay" { print $2 }\' /proc/mounts'])).toBe('1 hand\nNAME="Tiny Linux"\n0::/hand\n/\n');
    expect(await type(['ps | grep -c "[i]nit"', 'ip -o link | wc -l'])).toBe('0\n1\n');
    expect((await machine(kernel).run('tail /dev/zero')).status).toBe(137);
    await type(['touch /made', 'exit', ...clear]);
    expect(await type(['hostname; ls /tmp/c/upper; ls -d /sys/fs/cgroup/hand 2>/dev/null; grep -c overlay /proc/mounts'])).toBe('host\nmade\n0\n');
  });
});

describe.each(KERNELS)('lesson 7 on %s', (kernel) => {
  const say = async (line: string) => (await machine(kernel).run(line)).output;
  const type = async (typed: readonly Typed[] = []) => {
    for (const { command, output } of typed) {
      const said = await say(command);
      if (output !== '') expect(said).toContain(output);
    }
  };

  test('builds a container in five steps, and prints what it says', async () => {
    const [budget, layer, names, root, look, rights = [], , outside] = lessonBlocks();
    for (const step of [budget, layer, outside, names, root, look, rights.slice(0, 1)]) await type(step);
    await say('exit');
    await say('exit');
    await type(rights.slice(1));
    expect(await say('hostname; umount /run/hand/root; rmdir /sys/fs/cgroup/hand; grep -c hand /proc/mounts')).toBe('host\n0\n');
  });

  test('pivot_root refuses what is shared and nothing else; here nothing is, and init has put a second mount over the first', async () => {
    const pivot = async (how: string) => say(`unshare -m ${how} sh -c 'mount --bind /images/base /mnt; cd /mnt; pivot_root . mnt 2>&1 && echo pivoted'`);
    expect(await say(`grep -c shared: /proc/self/mountinfo; awk '$5 == "/" { print $2 }' /proc/self/mountinfo`)).toBe('0\n1\n');
    for (const all of ['rprivate', 'rshared', 'rprivate']) {
      await say(`mount --make-${all} /`);
      for (const how of ['', '--propagation private', '--propagation slave']) expect(await pivot(how)).toBe('pivoted\n');
      expect(await pivot('--propagation shared')).toContain('Invalid argument');
    }
  });

  test('without a mount namespace of its own, the fourth step takes the files of the whole machine', async () => {
    const [budget = [], layer = [], , root = []] = lessonBlocks();
    const lost = await Machine.boot(kernel);
    expect((await lost.run('ls -d /proc/1/root/images /proc/1/root/bin/box')).status).toBe(0);
    for (const { command } of [budget, layer, root].flat()) await lost.run(command);
    expect((await lost.run('ls -d /proc/1/root/images /proc/1/root/bin/box | wc -l')).output).toMatch(/^0$/m);
    await lost.powerOff();
  });
});

test('a saved machine goes on from where it was, beside the one that was saved', async () => {
  const first = machine(KERNELS[0] as string);
  await first.run('box run -d kept tiny sleep 1000; echo before > /tmp/when');
  const state = await first.emulator.save_state();
  await first.run('echo after > /tmp/when');
  const second = await Machine.restored(state);
  expect(await second.run('cat /tmp/when; uname -r; kill -0 $(box pid kept) && box run c tiny echo new')).toMatchObject({ output: `before\n${manifest.files[0]?.release}\nnew\n`, status: 0 });
  expect((await first.run('cat /tmp/when; box stop kept')).output).toBe('after\n');
  await second.powerOff();
});

test('a panic from a privileged container ends one kernel with all its containers, and the other machine lives', async () => {
  const [broken, alive] = KERNELS.map(machine) as [Machine, Machine];
  for (const one of [broken, alive]) await one.run('box run -d bystander tiny sleep 1000');
  const from = broken.transcript.length;
  broken.type("box run --privileged evil tiny sh -c 'echo c > /proc/sysrq-trigger'\n");
  await broken.waitFor('---[ end Kernel panic - not syncing: sysrq triggered crash ]---', from);
  await expect(broken.run('echo anyone', 1500)).rejects.toThrow('after 1500 ms');
  expect(await alive.run('kill -0 $(box pid bystander) && box run c tiny echo alive')).toMatchObject({ output: 'alive\n', status: 0 });
});

test('poweroff halts the processor', async () => {
  const one = machine(KERNELS[1] as string);
  const from = one.transcript.length;
  one.type('poweroff\n');
  await one.waitFor('System halted', from);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const halted = one.emulator.get_instruction_counter();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(one.emulator.get_instruction_counter()).toBe(halted);
});
