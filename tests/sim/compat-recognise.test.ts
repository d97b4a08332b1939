/** What readers paste, and what is understood of it; and that no text, however hostile, does harm. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compat } from '../../src/compat/index.ts';
import { checkUp, recognise } from '../../src/sim/compat/index.ts';

const knowledge = compat();
const read = (text: string) => recognise(text, knowledge);
const hostOf = (text: string) => read(text).host;
const imageOf = (text: string) => read(text).workload;

describe('outputs of commands', () => {
  test('docker version on Windows: client, server, engine', () => {
    const text = `Client:
 Version:           20.10.7
 API version:       1.41
 Go version:        go1.16.4
 OS/Arch:           windows/amd64
 Context:           default

Server: Docker Engine - Community
 Engine:
  Version:          20.10.7
  API version:      1.41 (minimum version 1.12)
  OS/Arch:          linux/amd64
 containerd:
  Version:          1.4.6`;
    expect(hostOf(text)).toMatchObject({ os: 'windows', arch: 'amd64', engine: '20.10.7', containerMode: 'linux' });
    expect(read(text).notRecognised).toEqual([]);
  });

  test('docker version with Docker Desktop names the tool and, by its version, the month', () => {
    expect(read('Client:\n OS/Arch: darwin/arm64\n Context: desktop-linux\nServer: Docker Desktop 4.25.0 (126437)\n Engine:\n  Version: 24.0.6\n  OS/Arch: linux/arm64').tools).toEqual([{ id: 'docker-desktop', version: '4.25.0', from: '2023-10' }]);
  });

  test('docker version without a server says that the engine does not run', () => {
    expect(hostOf('Client:\n OS/Arch: linux/amd64\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?').engineRunning).toBe(false);
  });

  test('docker info on Linux tells kernel, cgroups, memory and engine', () => {
    const text = ` Server Version: 20.10.21
 Storage Driver: overlay2
 Cgroup Driver: systemd
 Cgroup Version: 2
 Kernel Version: 5.15.0-91-generic
 Operating System: Ubuntu 22.04.3 LTS
 OSType: linux
 Architecture: x86_64
 Total Memory: 7.66GiB`;
    expect(hostOf(text)).toMatchObject({ os: 'linux', distro: 'ubuntu', version: '22.04.3', kernel: '5.15.0', cgroup: '2', arch: 'amd64', memoryMib: 7844, engine: '20.10.21' });
  });

  test('docker info inside a hidden machine tells the tool, not the host', () => {
    const { host, tools } = read(' Server Version: 24.0.6\n Kernel Version: 6.4.16-linuxkit\n Operating System: Docker Desktop\n OSType: linux\n Architecture: aarch64');
    expect(tools).toEqual([{ id: 'docker-desktop' }]);
    expect(host.kernel).toBeUndefined();
  });

  test('docker info of a Windows engine', () => {
    expect(hostOf(' Server Version: 20.10.7\n Default Isolation: process\n Kernel Version: 10.0 20348 (20348.1.amd64fre.fe_release.210507-1500)\n Operating System: Windows Server 2022 Datacenter Version 2009 (OS Build 20348.524)\n OSType: windows\n Architecture: x86_64'))
      .toMatchObject({ os: 'windows-server', version: '2022', build: '20348.524', arch: 'amd64' });
  });

  test.each([
    ['{"manifests":[{"platform":{"architecture":"amd64","os":"linux"}},{"platform":{"architecture":"arm64","os":"linux","variant":"v8"}}]}', { os: 'linux', arch: ['amd64', 'arm64'] }],
    ['[{"Descriptor":{"platform":{"architecture":"amd64","os":"windows","os.version":"10.0.20348.2227"}}}]', { os: 'windows', arch: ['amd64'], build: '20348.2227' }],
    ['Name:      docker.io/library/alpine:latest\nManifests:\n  Name:        docker.io/library/alpine:latest@sha256:1\n  Platform:    linux/amd64\n\n  Platform:    linux/arm/v7', { os: 'linux', arch: ['amd64', 'arm'] }],
    ['[{"Id":"sha256:1","Architecture":"arm64","Os":"linux"}]', { os: 'linux', arch: ['arm64'] }],
  ])('a manifest: %s', (text, expected) => {
    expect(imageOf(text)).toMatchObject(expected);
  });

  test.each([
    ['Linux nas 3.10.108 #42962 SMP Tue Oct 18 15:07:03 CST 2022 x86_64 GNU/Linux synology_avoton_1515+', { os: 'linux', distro: 'synology', kernel: '3.10.108', arch: 'amd64' }],
    ['$ uname -a\nLinux box 3.10.0-1160.el7.x86_64 #1 SMP Mon Oct 19 16:18:59 UTC 2020 x86_64 x86_64 x86_64 GNU/Linux', { os: 'linux', distro: 'rhel', version: '7', kernel: '3.10.0', arch: 'amd64' }],
    ['Linux pc 5.15.90.1-microsoft-standard-WSL2 #1 SMP Fri Jan 27 02:56:13 UTC 2023 x86_64 GNU/Linux', { os: 'windows', wsl: '2', arch: 'amd64' }],
    ['Linux pc 4.4.0-19041-Microsoft #1237-Microsoft Sat Sep 11 14:32:00 PST 2021 x86_64 GNU/Linux', { os: 'windows', wsl: '1', build: '19041..19045' }],
    ['Linux pc 4.4.0-18362-Microsoft #836-Microsoft Mon May 05 16:04:00 PST 2020 x86_64 x86_64 x86_64 GNU/Linux', { os: 'windows', wsl: '1', build: '18362..18363' }],
    ['Linux pc 4.4.0-17763-Microsoft #379-Microsoft Wed Mar 06 19:16:00 PST 2019 x86_64 x86_64 x86_64 GNU/Linux', { os: 'windows', wsl: '1', build: '17763' }],
    ['Darwin mac.local 23.5.0 Darwin Kernel Version 23.5.0: Wed May  1 20:12:58 PDT 2024; root:xnu-10063/RELEASE_ARM64_T6000 arm64', { os: 'macos', version: '14', arch: 'arm64' }],
    ['Darwin mac 17.7.0 Darwin Kernel Version 17.7.0: root:xnu-4570/RELEASE_X86_64 x86_64', { os: 'macos', version: '10.13.6', arch: 'amd64' }],
    ['Linux raspberrypi 5.10.17-v7+ #1403 SMP Mon Feb 22 11:29:51 GMT 2021 armv7l GNU/Linux', { os: 'linux', distro: 'raspbian', arch: 'arm' }],
    ['MINGW64_NT-10.0-19045 pc 3.4.9-be826601.x86_64 2023-09-07 12:36 UTC x86_64 Msys', { os: 'windows', build: '19045' }],
  ])('uname -a: %s', (text, expected) => {
    expect(hostOf(text)).toMatchObject(expected);
  });

  test.each([
    ['English', 'OS Name:                   Microsoft Windows 10 Home\nOS Version:                10.0.19045 N/A Build 19045\nSystem Type:               x64-based PC\nTotal Physical Memory:     16,246 MB\nHyper-V Requirements:      VM Monitor Mode Extensions: Yes\n                           Virtualization Enabled In Firmware: No\n                           Second Level Address Translation: Yes', { os: 'windows', version: '10', edition: 'home', build: '19045', arch: 'amd64', memoryMib: 16246, firmwareVirtualization: false, slat: true }],
    ['German', 'Betriebssystemname:                            Microsoft Windows 11 Pro\nBetriebssystemversion:                         10.0.22631 Nicht zutreffend Build 22631\nSystemtyp:                                     x64-based PC\nGesamter physischer Speicher:                  32.509 MB\nAnforderungen für Hyper-V:                     Erweiterungen für den VM-Überwachungsmodus: Ja\n                                               Virtualisierung in Firmware aktiviert: Ja\n                                               Adressübersetzung der zweiten Ebene: Ja', { os: 'windows', version: '11', edition: 'pro', build: '22631', memoryMib: 32509, firmwareVirtualization: true, slat: true }],
    ['French', 'Nom du système d’exploitation:              Microsoft Windows 10 Famille\nVersion du système:                         10.0.19044 N/A version 19044\nType du système:                            x64-based PC\nMémoire physique totale:                    8 073 Mo\nConfiguration requise pour Hyper-V:         Extensions de mode du moniteur d’ordinateur virtuel : Oui\n                                            Virtualisation activée dans le microprogramme : Non', { os: 'windows', version: '10', edition: 'home', build: '19044', memoryMib: 8073, firmwareVirtualization: false }],
    ['Spanish', 'Nombre del sistema operativo:              Microsoft Windows 11 Pro\nVersión del sistema operativo:             10.0.22631 N/D Compilación 22631\nTipo de sistema:                           x64-based PC\nRequisitos Hyper-V:                        Se detectó un hipervisor. No se mostrarán las características necesarias para Hyper-V.', { os: 'windows', version: '11', edition: 'pro', build: '22631', hyperv: true }],
    ['German, with a hypervisor', 'Betriebssystemname:                            Microsoft Windows 11 Home\nSystemtyp:                                     x64-basierter PC\nAnforderungen für Hyper-V:                     Es wurde ein Hypervisor erkannt. Für die Ausführung von Hyper-V erforderliche Funktionen werden nicht angezeigt.', { os: 'windows', edition: 'home', arch: 'amd64', firmwareVirtualization: true }],
    ['French, with a hypervisor', 'Nom du système d’exploitation:              Microsoft Windows 10 Éducation\nConfiguration requise pour Hyper-V:         Un hyperviseur a été détecté. Les fonctionnalités nécessaires à Hyper-V ne seront pas affichées.', { os: 'windows', edition: 'education', hyperv: true }],
    ['Spanish, word by word', 'Nombre del sistema operativo:              Microsoft Windows 10 Home\nRequisitos Hyper-V:                        Extensiones de modo de monitor de VM: Sí\n                                           Se habilitó la virtualización en el firmware: Sí\n                                           Traducción de direcciones de segundo nivel: Sí', { os: 'windows', firmwareVirtualization: true, slat: true }],
    ['Chinese', '主机名:           PC\nOS 名称:          Microsoft Windows 11 家庭中文版\nOS 版本:          10.0.22621 暂缺 Build 22621\n系统类型:         x64-based PC\n物理内存总量:     24,441 MB\nHyper-V 要求:     虚拟机监视器模式扩展: 是\n                  固件中已启用虚拟化: 否\n                  二级地址转换: 是\n                  数据执行保护可用: 是', { os: 'windows', version: '11', edition: 'home', build: '22621', arch: 'amd64', memoryMib: 24441, firmwareVirtualization: false, slat: true }],
    ['Chinese, with a hypervisor', 'OS 名称:          Microsoft Windows 10 专业版\nOS 版本:          10.0.18363 暂缺 Build 18363\n系统型号:         VMware7,1\nHyper-V 要求:     已检测到虚拟机监控程序。将不显示 Hyper-V 所需的功能。', { os: 'windows', edition: 'pro', build: '18363', isVm: true, hyperv: true }],
    ['Japanese', 'OS 名:                  Microsoft Windows 10 Home\nOS バージョン:          10.0.18363 N/A ビルド 18363\nシステムの種類:         x64-based PC\n物理メモリの合計:       16,027 MB\nHyper-V の要件:         VM モニター モード拡張機能: はい\n                        ファームウェアで仮想化が有効になっています: はい\n                        第 2 レベルのアドレス変換: はい', { os: 'windows', edition: 'home', build: '18363', arch: 'amd64', memoryMib: 16027, firmwareVirtualization: true, slat: true }],
    ['Japanese, with a hypervisor', 'OS 名:                  Microsoft Windows 10 Pro\nHyper-V の要件: ハイパーバイザーが検出されました。Hyper-V に必要な機能は表示されません。', { os: 'windows', edition: 'pro', hyperv: true }],
  ])('systeminfo in %s', (_, text, expected) => {
    expect(hostOf(text)).toMatchObject(expected);
  });

  test.each([
    ['Microsoft Windows [Version 10.0.17763.316]', { os: 'windows', build: '17763.316' }],
    ['Microsoft Windows [Versión 10.0.19045.3930]', { os: 'windows', build: '19045.3930' }],
    ['Windows 10 Pro\nVersion 22H2 (OS Build 19045.4239)', { os: 'windows', build: '19045.4239', edition: 'pro' }],
    ['Version 21H2 (Betriebssystembuild 19044.1706)', { os: 'windows', build: '19044.1706' }],
    ['ProductName:\t\tmacOS\nProductVersion:\t\t14.5\nBuildVersion:\t\t23F79', { os: 'macos', version: '14.5' }],
    ['Default Version: 2\nWindows Subsystem for Linux was last updated on 6/1/2021', { os: 'windows', wsl: '2' }],
    ['WSL version: 2.0.9.0\nKernel version: 5.15.133.1-1\nWindows version: 10.0.22631.3155', { os: 'windows', wslVersion: '2.0.9.0', build: '22631.3155' }],
    ['  NAME                   STATE           VERSION\n* Ubuntu-20.04           Running         1\n  docker-desktop         Stopped         2', { os: 'windows', wsl: '1' }],
  ])('%s', (text, expected) => {
    expect(hostOf(text)).toMatchObject(expected);
  });

  test('wsl.exe writes UTF-16: NULs between the letters change nothing', () => {
    const text = '  NAME            STATE           VERSION\r\n* Ubuntu          Running         2\r\n';
    expect(hostOf([...text].join('\0'))).toEqual(hostOf(text));
    expect(hostOf(text).wsl).toBe('2');
  });

  test('lscpu tells the level of x86-64 and whether a hypervisor is around', () => {
    const text = 'Architecture:        x86_64\nCPU op-mode(s):      32-bit, 64-bit\nModel name:          Common KVM processor\nHypervisor vendor:   KVM\nFlags:               fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm rep_good nopl hypervisor lahf_lm';
    expect(hostOf(text)).toMatchObject({ arch: 'amd64', isVm: true, cpuLevel: '1', avx: false });
  });
});

describe('free text, as people write it', () => {
  test.each([
    ['Windows 10 Home 1909 build 18363', { os: 'windows', version: '10', edition: 'home', build: '18363' }],
    ['Win10 10.0.19045', { os: 'windows', version: '10', build: '19045' }],
    ['Windows Server 2019 (VM)', { os: 'windows-server', version: '2019', build: '17763', isVm: true }],
    ['Windows (RS5)', { os: 'windows', build: '17763' }],
    ['macOS Big Sur M1', { os: 'macos', version: '11', arch: 'arm64' }],
    ['MacBook Pro Mid 2009, OS X 10.11.6', { os: 'macos', version: '10.11.6', slat: false }],
    ['Ubuntu 22.04 in a VM', { os: 'linux', distro: 'ubuntu', version: '22.04', isVm: true, cgroup: '2' }],
    ['Ubuntu (Hyper-V guest), nesting off', { os: 'linux', distro: 'ubuntu', isVm: true, nested: false }],
    ['CentOS 6.5, kernel 2.6.32-431.29.2.el6', { os: 'linux', distro: 'rhel', version: '6.5', kernel: '2.6.32' }],
    ['Raspberry Pi 4', { arch: 'arm64' }],
    ['Raspbian Buster, armv7l', { os: 'linux', distro: 'raspbian', arch: 'arm', libseccomp: '2.3.3' }],
    ['Synology DS218', { os: 'linux', distro: 'synology', arch: 'arm64' }],
    ['unprivileged LXC on Proxmox', { os: 'linux', inContainer: 'lxc' }],
    ['Hyper-V feature off; Virtual Machine Platform on', { hyperv: false, hypervisors: ['microsoft'] }],
    ['VT-x is disabled in the BIOS', { firmwareVirtualization: false }],
    ['kern.hv_support missing', { slat: false }],
    ['no KVM', { kvm: false }],
    ['4GB RAM', { memoryMib: 4096 }],
  ])('%s', (text, expected) => {
    expect(hostOf(text)).toMatchObject(expected);
  });

  test('what is not stated stays open', () => {
    expect(hostOf('Windows 10')).toEqual({ os: 'windows', version: '10', build: '10240..19045' });
    expect(checkUp(read('Windows 10\nDocker Desktop'), knowledge).asks.length).toBeGreaterThan(2);
  });

  test('what is not understood is said so, line by line', () => {
    expect(read('Windows 11 Pro\nThe frobnicator hums.').notRecognised).toEqual([{ line: 2, text: 'The frobnicator hums.' }]);
  });

  test('a hypervisor around the machine is no tool on it', () => {
    expect(read('Ubuntu 20.04 (VirtualBox guest)').tools).toEqual([]);
    expect(read('Windows 10, VirtualBox 6.1').tools.map(({ id }) => id)).toEqual(['virtualbox']);
  });
});

describe('images and commands', () => {
  test.each([
    ['mcr.microsoft.com/windows/servercore:ltsc2022', { os: 'windows', build: '20348', arch: ['amd64'] }],
    ['mcr.microsoft.com/windows/nanoserver:ltsc2025-arm64', { os: 'windows', build: '26100', arch: ['arm64'] }],
    ['microsoft/nanoserver:1709', { os: 'windows', build: '16299' }],
    ['arm32v7/ubuntu', { os: 'linux', arch: ['arm'] }],
    ['centos:6', { os: 'linux', vsyscall: true }],
    ['centos:7', { os: 'linux', systemd: '219' }],
    ['mongo:5.0.13-focal', { avx: true }],
    ['rockylinux:9', { cpuLevel: '2' }],
  ])('%s', (reference, expected) => {
    expect(imageOf(`Image: ${reference}`)).toMatchObject(expected);
  });

  test.each([
    ['docker run --rm --platform linux/amd64 alpine uname -m', { arch: ['amd64'], os: 'linux' }],
    ['docker run -v /tmp/test:/data alpine', { mounts: ['/tmp/test'], wants: ['mount'] }],
    ['docker run -v "C:\\src\\app":/app node:20', { mounts: ['C:\\src\\app'] }],
    ['docker run --isolation=hyperv mcr.microsoft.com/windows/servercore:ltsc2019', { isolation: 'hyperv', build: '17763' }],
    ['podman run -it --systemd=true --privileged centos:7 /sbin/init', { wants: ['systemd'], systemd: '219' }],
    ['docker run --net host nginx', { wants: ['host-network'] }],
    ['limactl start --vm-type=vz --arch=x86_64 template://debian-11', { kind: 'vm', arch: ['amd64'] }],
    ['sudo apt-get update', { wants: ['network'] }],
    ['podman info', { wants: ['engine'] }],
    ['unshare --user --map-root-user --mount -- whoami', { wants: ['userns'] }],
    ['docker-compose up --build', { wants: ['build', 'compose'] }],
  ])('%s', (command, expected) => {
    expect(imageOf(`Command: ${command}`)).toMatchObject(expected);
  });

  test('a ping of the container itself asks for no network', () => {
    expect(imageOf('Command: docker run busybox ping localhost').wants).toBeUndefined();
  });
});

describe('no text does harm', () => {
  /** Random letters, beginnings that a parser goes on from, and names that every object has; joined by what parsers split at. */
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('constructor', '__proto__', 'toString', 'linux/', 'windows', 'ubuntu:', 'build', '1909', '99999999999999999999', 'Image:', 'Command:', '--platform', 'podman', '{"', '"', '}', '['),
    fc.constantFrom('docker run -v', 'OS/Arch: linux/', 'Architecture:', '{"architecture":', 'Platform: linux/', 'Hyper-V Requirements: Hyper-V Requirements: x', 'Microsoft Windows [', '<script>alert(1)</script>', 'Windows 10 '.repeat(30), '"'.repeat(200), '\\'.repeat(300)),
  );
  const hostile = fc.array(fc.tuple(piece, fc.constantFrom('', ' ', '\n', ': ')), { maxLength: 30 }).map((pieces) => pieces.flat().join(''));

  test('any text is read, and asked about, without an exception', () => {
    fc.assert(fc.property(hostile, (text) => {
      const recognition = read(text);
      checkUp(recognition, knowledge);
      expect(recognition.recognised.every(({ line }) => line >= 1)).toBe(true);
    }), { numRuns: 1000 });
  });

  test.each(['__proto__', 'constructor: x', 'docker run --platform linux/constructor x', 'Architecture: __proto__'])('%s is no name that we know', (text) => {
    expect(Object.keys(read(text).host)).toEqual([]);
    expect(() => checkUp(read(text), knowledge)).not.toThrow();
  });

  test('reading twice gives the same', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => {
      expect(read(text)).toEqual(read(text));
    }), { numRuns: 100 });
  });

  test.each([
    ['random letters', () => Array.from({ length: 1_000_000 }, (_, i) => String.fromCharCode(32 + ((i * 7919 + (i >> 3) * 31) % 95))).join('')],
    ['one long line of words', () => 'windows 10 hyper-v off '.repeat(43_000)],
    ['one long line of digits and dots', () => '10.0.19045.'.repeat(90_000)],
    ['many short lines', () => 'docker run -v /a:/b x\n'.repeat(45_000)],
    ['quotes that are never closed', () => `docker run ${'"a '.repeat(330_000)}`],
    ['open brackets', () => `${'[{'.repeat(400_000)}"architecture":`],
    ['a deep manifest', () => `${'{"a":'.repeat(100_000)}{"architecture":"amd64","os":"linux"}${'}'.repeat(100_000)}`],
    ['colons', () => 'OS: '.repeat(250_000)],
    ['NULs', () => '\0W'.repeat(500_000)],
  ])('1 MB of %s is read in time that grows with its length', (_, make) => {
    const text = make();
    const time = (part: string) => {
      const before = performance.now();
      read(part);
      return performance.now() - before;
    };
    time(text.slice(0, 20_000));
    const small = Math.min(time(text.slice(0, 100_000)), time(text.slice(0, 100_000)));
    const whole = time(text);
    // 50 ms for 100 kB on an idle machine; the tests run beside others.
    expect(small).toBeLessThan(250);
    expect(whole).toBeLessThan(40 * Math.max(small, 20));
  });
});
