/** The outputs that are read word by word: one small reader a command. They know formats; what follows from a value is for the model. */
import type { Platform, Knowledge } from '../knowledge.ts';
import { archOf, platformOf } from './arch.ts';
import type { Draft } from './draft.ts';
import { labelled, type Line } from './lines.ts';

export interface Reader {
  readonly id: string;
  /** As the reader of the page knows it. */
  readonly title: string;
  read(lines: readonly Line[], draft: Draft, knowledge: Knowledge): void;
}

type Setter = (value: string, draft: Draft, line: number) => void;

/** Reads lines with these labels, once a signature has been seen. */
function byLabels(id: string, title: string, signature: (label: string, line: string) => boolean, setters: Readonly<Record<string, Setter>>): Reader {
  return {
    id,
    title,
    read: (lines, draft) => {
      const parts = lines.map((line) => ({ ...line, part: labelled(line.text) }));
      if (!parts.some(({ part, text }) => part !== undefined && signature(part.label, text))) return;
      for (const { number, part } of parts) {
        const setter = part && Object.hasOwn(setters, part.label) ? setters[part.label] : undefined;
        if (part && setter) {
          draft.understood(number);
          setter(part.value, draft, number);
        }
      }
      // The other lines of such an output describe the machine too: none of them is an image or a command.
      for (const { number, text, part } of parts) if (COLUMNS.test(text) ? !SPOKEN.test(part?.label ?? '') : OF_MACHINES.test(part?.label ?? '')) draft.understood(number);
    },
  };
}

/** A label, and its value in a column of its own; or only the latter, where a value goes on or is one of several. */
const COLUMNS = /^[^:\t]{2,60}:(?:[ \t]{2,}|\t)\S|^\s{20,}\S|^\s{0,60}\[\d\d\]:/;
/** Labels that readers themselves write beside such an output, and one whose value is read as words. */
const SPOKEN = /image|command|^cmd$|^run$|^from$|container|^steps?$|^model/;
/** Labels of such outputs, known also where a form has taken the columns away. */
const OF_MACHINES = /^(?:bios version|host name|os (?:manufacturer|configuration|build type)|registered |product id|original install|system (?:boot|manufacturer|directory|locale)|processor\(s\)|windows directory|boot device|input locale|time zone|available physical|virtual memory|domain$|logon server|hotfix|network card|page file|vulnerabilit|numa|l\d\w? cache|bogomips|byte order|address sizes|on-line cpu)/;

/** The first word of `x86_64` and `x64-based PC`; in `x64-basierter PC` and `基于 x64 的电脑` the name within. */
const archIn = (value: string): string | undefined => archOf(value.split(/[\s(]/)[0] ?? '') ?? archOf(/\b(?:x64|x86|arm64)\b/i.exec(value.slice(0, 60))?.[0] ?? '');
const arch = (id: string): Setter => (value, draft, line) => draft.ofHost('arch', archIn(value), line, id);
const memory = (id: string): Setter => (value, draft, line) => draft.ofHost('memoryMib', mebibytesOf(value), line, id);
const nothing: Setter = () => undefined;

/** `7.66GiB`, `16.384 MB`, `8 GB`, `16 384 Mo`; undefined for anything else. */
export function mebibytesOf(text: string): number | undefined {
  const match = /(\d[\d.,\s\u00A0\u202F]{0,20})\s?(k|m|g|t)(?:i?b|o)\b/i.exec(text.slice(0, 120));
  if (!match) return undefined;
  const [, digits = '', unit = ''] = match;
  const plain = digits.replaceAll(/[\s\u00A0\u202F]/g, '');
  // A group of three digits after a mark is a thousand, anything else a fraction.
  const number = Number(/[.,]\d{3}$/.test(plain) && unit.toLowerCase() !== 'g' ? plain.replaceAll(/[.,]/g, '') : plain.replace(',', '.'));
  return Number.isFinite(number) ? Math.round(number * ({ k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024 }[unit.toLowerCase()] ?? 1)) : undefined;
}

/** A build in `10.0.19045.3930`, `10.0.19045 N/A Build 19045` or `OS Build 19045.3930`. */
export function buildOf(text: string): string | undefined {
  const full = /\b(?:10\.0|6\.[1-4])\.(\d{4,5})(?:\.(\d{1,6}))?/.exec(text.slice(0, 300));
  const short = /\b(?:build|compilaci[oó]n|builds?|compila[cç][aã]o)\D{0,24}(\d{4,5})(?:\.(\d{1,6}))?/i.exec(text.slice(0, 300));
  const match = full?.[2] === undefined && short?.[2] !== undefined ? short : (full ?? short);
  return match ? [match[1], match[2]].filter((part) => part !== undefined).join('.') : undefined;
}

/** The edition in a name such as `Microsoft Windows 10 Pro`, in English, German, French, Spanish and Chinese; Japanese uses the English words. */
export function editionOf(text: string): string | undefined {
  return EDITIONS.find(([pattern]) => pattern.test(text))?.[1];
}

const EDITIONS: readonly (readonly [RegExp, string])[] = [
  [/\bhome\b|\bfamille\b|\bhogar\b|\bcore\s+single|家庭|家用/i, 'home'],
  [/\benterprise\b|\bentreprise\b|\bempresa\b|\bltsc\b|\bltsb\b|企业/i, 'enterprise'],
  [/\beducation\b|éducation\b|\beducaci[oó]n\b|教育/i, 'education'],
  [/\bpro\b|\bprofessional\b|\bprofessionnel\b|\bprofesional\b|专业|專業/i, 'pro'],
];

/** Sets system, version and edition of a Windows by its full name. */
function windowsName(value: string, draft: Draft, line: number, by: string): void {
  if (!/windows/i.test(value)) return;
  const server = /windows\s+server\s+(\d{4}(?:\s+r2)?)/i.exec(value);
  draft.ofHost('os', server || /server/i.test(value) ? 'windows-server' : 'windows', line, by);
  draft.ofHost('version', server?.[1] ?? /windows\s+(\d{1,2}(?:\.1)?)\b/i.exec(value)?.[1], line, by);
  if (!server) draft.ofHost('edition', editionOf(value), line, by);
  draft.ofHost('build', buildOf(value), line, by);
}

// A word boundary would not do: it knows unaccented letters only, and "Sí" and "是" end in none.
const yes = /^(?:yes|ja|oui|s[ií]|sim|да|是|はい)(?!\p{L})/iu;
const firmware: Setter = (value, draft, line) => draft.ofHost('firmwareVirtualization', yes.test(value), line, 'systeminfo');
const slat: Setter = (value, draft, line) => draft.ofHost('slat', yes.test(value), line, 'systeminfo');
const underHypervisor = /hypervisor has been detected|hypervisor (?:wurde )?erkannt|hyperviseur (?:a été )?d[ée]tect|detect[óo] un hipervisor|hipervisor detectado|检测到虚拟机监控程序|ハイパーバイザーが検出されました/i;
const hypervRequirements: Setter = (value, draft, line) => {
  // Windows Home has no Hyper-V feature; there, the hypervisor is that of WSL 2, and only the processor's part is certain.
  if (underHypervisor.test(value)) draft.ofHost(draft.host['edition'] === 'home' ? 'firmwareVirtualization' : 'hyperv', true, line, 'systeminfo');
  // The first of the requirements stands on the line of the label.
  const part = labelled(value);
  if (part && Object.hasOwn(SYSTEMINFO, part.label)) SYSTEMINFO[part.label]?.(part.value, draft, line);
};

/** Labels of `systeminfo` in English, German, French, Spanish, Chinese and Japanese, as far as outputs were found. */
const SYSTEMINFO: Readonly<Record<string, Setter>> = {
  ...sameFor(['os name', 'betriebssystemname', "nom du système d'exploitation", 'nombre del sistema operativo', 'os 名称', 'os 名'], (value, draft, line) => windowsName(value, draft, line, 'systeminfo')),
  ...sameFor(['os version', 'betriebssystemversion', 'version du système', 'versión del sistema operativo', 'os 版本', 'os バージョン'], (value, draft, line) => draft.ofHost('build', buildOf(value), line, 'systeminfo')),
  ...sameFor(['system type', 'systemtyp', 'type du système', 'tipo de sistema', '系统类型', 'システムの種類'], arch('systeminfo')),
  ...sameFor(['total physical memory', 'gesamter physischer speicher', 'mémoire physique totale', 'cantidad total de memoria física', '物理内存总量', '物理メモリの合計'], memory('systeminfo')),
  ...sameFor(['system model', 'systemmodell', 'modèle du système', 'modelo el sistema', 'modelo del sistema', '系统型号', 'システム モデル'], (value, draft, line) => {
    if (/virtual ?machine|virtualbox|vmware|kvm|qemu|parallels|hvm domu/i.test(value)) draft.ofHost('isVm', true, line, 'systeminfo');
  }),
  ...sameFor(['hyper-v requirements', 'anforderungen für hyper-v', 'configuration requise pour hyper-v', 'requisitos hyper-v', 'requisitos de hyper-v', 'hyper-v 要求', 'hyper-v の要件'], hypervRequirements),
  ...sameFor(['vm monitor mode extensions', 'erweiterungen für den vm-überwachungsmodus', 'extensions de mode du moniteur d\'ordinateur virtuel', 'extensiones de modo de monitor de vm', '虚拟机监视器模式扩展', 'vm モニター モード拡張機能'], (value, draft, line) => {
    if (!yes.test(value)) draft.ofHost('firmwareVirtualization', false, line, 'systeminfo');
  }),
  ...sameFor(['virtualization enabled in firmware', 'virtualisierung in firmware aktiviert', 'virtualisation activée dans le microprogramme', 'se habilitó la virtualización en el firmware', 'virtualización habilitada en el firmware', '固件中已启用虚拟化', 'ファームウェアで仮想化が有効になっています'], firmware),
  ...sameFor(['second level address translation', 'adressübersetzung der zweiten ebene', "traduction d'adresse de second niveau", 'traducción de direcciones de segundo nivel', '二级地址转换', '第 2 レベルのアドレス変換'], slat),
};

function sameFor(labels: readonly string[], setter: Setter): Readonly<Record<string, Setter>> {
  return Object.fromEntries(labels.map((label) => [label, setter]));
}

const systeminfo = byLabels('systeminfo', 'systeminfo', (label) => ['os name', 'betriebssystemname', "nom du système d'exploitation", 'nombre del sistema operativo', 'os 名称', 'os 名', 'os version', 'hyper-v requirements', 'anforderungen für hyper-v', 'configuration requise pour hyper-v', 'requisitos hyper-v', 'hyper-v 要求', 'hyper-v の要件'].includes(label), SYSTEMINFO);

const swVers = byLabels('sw_vers', 'sw_vers', (label) => label === 'productversion', {
  productname: (_, draft, line) => draft.ofHost('os', 'macos', line, 'sw_vers'),
  productversion: (value, draft, line) => {
    draft.ofHost('os', 'macos', line, 'sw_vers');
    draft.ofHost('version', /^[\d.]+/.exec(value)?.[0], line, 'sw_vers');
  },
  buildversion: nothing,
});

const lscpu = byLabels('lscpu', 'lscpu', (label, line) => label === 'cpu op-mode(s)' || (label === 'model name' && /^model name/i.test(line.trim())), {
  'architecture': arch('lscpu'),
  'cpu op-mode(s)': nothing,
  'vendor id': (value, draft, line) => draft.ofHost('cpuVendor', /amd/i.test(value) ? 'amd' : /intel/i.test(value) ? 'intel' : undefined, line, 'lscpu'),
  'vendor_id': (value, draft, line) => draft.ofHost('cpuVendor', /amd/i.test(value) ? 'amd' : /intel/i.test(value) ? 'intel' : undefined, line, 'lscpu'),
  'hypervisor vendor': (_, draft, line) => draft.ofHost('isVm', true, line, 'lscpu'),
  'virtualization': (_, draft, line) => draft.ofHost('firmwareVirtualization', true, line, 'lscpu'),
  'virtualization type': (value, draft, line) => {
    if (/full|para/i.test(value)) draft.ofHost('isVm', true, line, 'lscpu');
  },
  'flags': (value, draft, line) => readFlags(value, draft, line),
});

/** Levels of x86-64 by the flags that /proc/cpuinfo shows for them (x86-64 psABI, section 3.1.1). */
const LEVEL_FLAGS: readonly (readonly [level: string, flags: readonly string[]])[] = [
  ['4', ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl']],
  ['3', ['avx', 'avx2', 'bmi1', 'bmi2', 'f16c', 'fma', 'movbe']],
  ['2', ['cx16', 'lahf_lm', 'popcnt', 'sse4_1', 'sse4_2', 'ssse3']],
];

function readFlags(value: string, draft: Draft, line: number): void {
  const flags = new Set(value.toLowerCase().split(/\s+/));
  // A list that was cut short proves nothing about what is missing.
  if (flags.size < 20) return;
  const has = (wanted: readonly string[]): boolean => wanted.every((flag) => flags.has(flag));
  const level = LEVEL_FLAGS.findIndex((_, i) => LEVEL_FLAGS.slice(i).every(([, wanted]) => has(wanted)));
  draft.ofHost('cpuLevel', level < 0 ? '1' : LEVEL_FLAGS[level]?.[0], line, 'lscpu');
  draft.ofHost('avx', flags.has('avx'), line, 'lscpu');
  if (flags.has('hypervisor')) draft.ofHost('isVm', true, line, 'lscpu');
  if (flags.has('vmx') || flags.has('svm')) draft.ofHost(flags.has('hypervisor') ? 'nested' : 'firmwareVirtualization', true, line, 'lscpu');
}

const wslStatus = byLabels('wsl --status', 'wsl --status, wsl --version', (label) => ['default version', 'standardversion', 'version par défaut', 'versión predeterminada', 'wsl version', 'wsl-version'].includes(label), {
  ...sameFor(['default version', 'standardversion', 'version par défaut', 'versión predeterminada'], (value, draft, line) => {
    draft.ofHost('os', 'windows', line, 'wsl --status');
    draft.ofHost('wsl', /^[12]/.exec(value)?.[0], line, 'wsl --status');
  }),
  ...sameFor(['wsl version', 'wsl-version', 'version wsl', 'versión de wsl'], (value, draft, line) => {
    draft.ofHost('os', 'windows', line, 'wsl --status');
    draft.ofHost('wslVersion', /^[\d.]+/.exec(value)?.[0], line, 'wsl --status');
  }),
  ...sameFor(['windows version', 'windows-version', 'version de windows', 'versión de windows'], (value, draft, line) => draft.ofHost('build', buildOf(value), line, 'wsl --status')),
  ...sameFor(['kernel version', 'kernelversion', 'version du noyau', 'versión del kernel', 'default distribution', 'standarddistribution', 'wslg version', 'wslg-version', 'direct3d version', 'msrdc version', 'dxcore version'], nothing),
});

const DISTRIBUTION_ROW = /^\s*(\*)?\s*[\w.-]{1,60}\s{2,}[\p{L} ]{3,30}?\s{2,}([12])\s*$/u;

const wslList: Reader = {
  id: 'wsl -l -v',
  title: 'wsl -l -v',
  read: (lines, draft) => {
    const rows = lines.map((line) => ({ line, row: DISTRIBUTION_ROW.exec(line.text) })).filter(({ row }) => row !== null);
    if (rows.length === 0 || !lines.some(({ text }) => /\bNAME\s+STATE\s+VERSION\b|\bNAME\s+STATUS\s+VERSION\b|NOM\s+|NOMBRE\s+/i.test(text.slice(0, 200)))) return;
    const first = rows.find(({ row }) => row?.[1] === '*') ?? rows[0];
    for (const { line } of rows) draft.understood(line.number);
    draft.ofHost('os', 'windows', first?.line.number ?? 1, 'wsl -l -v');
    draft.ofHost('wsl', first?.row?.[2], first?.line.number ?? 1, 'wsl -l -v');
  },
};

/** `ver`, `cmd` at its start, and the sentence of `winver`, in the languages of Windows: the brackets and numbers are the same. */
const ver: Reader = {
  id: 'ver',
  title: 'ver, winver',
  read: (lines, draft) => {
    for (const { number, text } of lines) {
      const cmd = /^\s*Microsoft Windows \[[^\]\d]{0,20}([\d.]{5,30})\]/.exec(text);
      const winver = cmd ? null : /\b(?:version|versión)\s+(\d\dH[12]|\d{4})\s+\([^)\d]{3,60}(\d{5}(?:\.\d{1,6})?)\)/i.exec(text.slice(0, 300));
      if (!cmd && !winver) continue;
      if (winver) windowsName(text, draft, number, 'ver');
      draft.ofHost('os', 'windows', number, 'ver');
      draft.ofHost('build', cmd ? buildOf(cmd[1] as string) : winver?.[2], number, 'ver');
    }
  },
};

/** Versions of Windows that are a switch in the version before carry its files, and so its WSL 1 with its number. */
const LAST_WITH_FILES_OF: Readonly<Record<string, string>> = { '18362': '18363', '19041': '19045', '22621': '22631', '26100': '26200' };

/** The builds that a Windows can have whose WSL 1 names this one. */
function buildsOf(named: string | undefined): string | undefined {
  const last = named === undefined ? undefined : LAST_WITH_FILES_OF[named];
  return last === undefined ? named : `${named}..${last}`;
}

/** Marks in the release of a Linux kernel, and what they tell. */
const KERNEL_MARKS: readonly (readonly [RegExp, (draft: Draft, line: number, release: string) => void])[] = [
  [/microsoft-standard|WSL2/i, (draft, line) => {
    draft.ofHost('os', 'windows', line, 'uname');
    draft.ofHost('wsl', '2', line, 'uname');
    draft.tool({ id: 'wsl2' }, line, 'uname');
  }],
  [/-Microsoft$/, (draft, line, release) => {
    draft.ofHost('os', 'windows', line, 'uname');
    draft.ofHost('wsl', '1', line, 'uname');
    draft.ofHost('build', buildsOf(/-(\d{5})-/.exec(release)?.[1]), line, 'uname');
  }],
  [/linuxkit/i, (draft, line) => draft.tool({ id: 'docker-desktop' }, line, 'uname')],
];

/** Marks in the release of a kernel that name a distribution. */
const DISTRIBUTION_MARKS: readonly (readonly [RegExp, string])[] = [[/\.el(\d{1,2})/, 'rhel'], [/\.fc(\d{2})/, 'fedora'], [/-arch\d|-ARCH\b|-lqx|-zen|-MANJARO/, 'arch'], [/-generic\b|-lowlatency\b|-azure\b|-aws\b/, 'ubuntu'], [/synology/i, 'synology'], [/-v[78]\+?|-rpi|-raspi/, 'raspbian'], [/deb(\d{1,2})/, 'debian']];

const uname: Reader = {
  id: 'uname',
  title: 'uname -a',
  read: (lines, draft) => {
    for (const { number, text } of lines) {
      const linux = /\bLinux\s+\S{1,80}\s+(\d\.\d{1,3}\S{0,60})\s/.exec(text.slice(0, 400));
      if (linux) readLinuxRelease(linux[1] as string, text, draft, number);
      const darwin = linux ? null : /\bDarwin\s+(?:\S{1,80}\s+)?(?:Kernel Version\s+)?(\d{2})\.(\d{1,2})\.\d{1,2}/.exec(text.slice(0, 400));
      if (darwin) {
        draft.ofHost('os', 'macos', number, 'uname');
        draft.ofHost('version', macosOf(Number(darwin[1]), Number(darwin[2])), number, 'uname');
        draft.ofHost('arch', /arm64/i.test(text) ? 'arm64' : /x86_64/.test(text) ? 'amd64' : undefined, number, 'uname');
      }
      const windows = /\b(?:MINGW|MSYS|CYGWIN)\w{0,10}_NT-10\.0-(\d{5})/.exec(text.slice(0, 400));
      if (windows) {
        draft.ofHost('os', 'windows', number, 'uname');
        draft.ofHost('build', windows[1], number, 'uname');
      }
    }
  },
};

function readLinuxRelease(release: string, text: string, draft: Draft, line: number): void {
  const mark = KERNEL_MARKS.find(([pattern]) => pattern.test(release));
  draft.ofHost('arch', text.trim().split(/\s+/).map(archOf).findLast((found) => found !== undefined), line, 'uname');
  if (mark) {
    mark[1](draft, line, release);
    return;
  }
  draft.ofHost('os', 'linux', line, 'uname');
  draft.ofHost('kernel', kernelOf(release), line, 'uname');
  distributionIn(`${release} ${text}`, draft, line, 'uname');
}

/** Sets the distribution that a kernel's release names. */
export function distributionIn(text: string, draft: Draft, line: number, by: string): void {
  for (const [pattern, distro] of DISTRIBUTION_MARKS) {
    const match = pattern.exec(text.slice(0, 300));
    if (!match) continue;
    draft.ofHost('distro', distro, line, by);
    if (match[1] !== undefined) draft.ofHost('version', match[1], line, by);
    return;
  }
}

/** The numbers of a kernel's release: `3.10.0-229.el7.x86_64` is 3.10.0. */
export function kernelOf(release: string): string | undefined {
  return /^\d{1,2}\.\d{1,3}(?:\.\d{1,4})?/.exec(release)?.[0];
}

/** macOS by the version of its kernel: Darwin 17 is 10.13, Darwin 20 is 11, Darwin 25 is 26. */
export function macosOf(major: number, minor: number): string | undefined {
  if (major >= 25 && major < 60) return `${major + 1}`;
  if (major >= 20) return `${major - 9}`;
  return major >= 8 ? `10.${major - 4}.${minor > 0 ? minor - (major >= 19 ? 0 : 1) : 0}` : undefined;
}

/** `docker version`: a client and, where it runs, a server; each with `OS/Arch`. */
const dockerVersion: Reader = {
  id: 'docker version',
  title: 'docker version',
  read: (lines, draft) => {
    if (!lines.some(({ text }) => /^\s*OS\/Arch:\s/i.test(text.slice(0, 60)))) return;
    let side = '';
    let part = '';
    for (const { number, text } of lines) {
      const head = /^\s{0,2}(Client|Server)\b\s*:?\s*(.{0,120})$/.exec(text);
      if (head) {
        [side, part] = [head[1] as string, 'Engine'];
        draft.understood(number);
        const desktop = /Docker Desktop\s+([\d.]+)?/.exec(head[2] ?? '');
        if (desktop) draft.tool({ id: 'docker-desktop', ...(desktop[1] === undefined ? {} : { version: desktop[1] }) }, number, 'docker version');
        continue;
      }
      const found = labelled(text);
      if (!found || side === '') continue;
      if (found.value === '') part = found.label;
      readVersionLine({ side, part: part.toLowerCase(), label: found.label, value: found.value, draft, line: number });
    }
    const down = lines.find(({ text }) => /cannot connect to the docker daemon|error during connect|is the docker daemon running/i.test(text.slice(0, 400)));
    if (down) draft.ofHost('engineRunning', false, down.number, 'docker version');
  },
};

interface VersionLine {
  readonly side: string;
  readonly part: string;
  readonly label: string;
  readonly value: string;
  readonly draft: Draft;
  readonly line: number;
}

function readVersionLine({ side, part, label, value, draft, line }: VersionLine): void {
  const id = 'docker version';
  if (/^(?:version|api version|go version|git commit|built|os\/arch|experimental|context|cloud integration|gitcommit|engine|containerd|runc|docker-init)$/.test(label)) draft.understood(line);
  if (label === 'context' && /desktop|colima|orbstack|rancher/.test(value)) draft.tool({ id: value.includes('desktop-linux') ? 'docker-desktop' : value.includes('rancher') ? 'rancher-desktop' : value }, line, id);
  if (label === 'cloud integration') draft.tool({ id: 'docker-desktop' }, line, id);
  if (label === 'version' && side === 'Server' && part === 'engine') draft.ofHost('engine', /^[\d.]+/.exec(value)?.[0], line, id);
  const platform = label === 'os/arch' ? platformOf(value) : undefined;
  if (!platform) return;
  if (side === 'Client') {
    draft.ofHost('os', platform.os === 'darwin' ? 'macos' : platform.os, line, id);
    draft.ofHost('arch', platform.arch, line, id);
  } else if (draft.host['os'] === 'windows') draft.ofHost('containerMode', platform.os, line, id);
}

/** `docker info` and `podman info`: the engine's own view, which is that of the hidden virtual machine where there is one. */
const dockerInfo: Reader = {
  id: 'docker info',
  title: 'docker info',
  read: (lines, draft, knowledge) => {
    const parts = lines.map((line) => ({ ...line, part: labelled(line.text) }));
    const value = (label: string): { readonly value: string; readonly line: number } | undefined => {
      const found = parts.find(({ part }) => part?.label === label);
      return found?.part ? { value: found.part.value, line: found.number } : undefined;
    };
    if (!value('server version') && !value('cgroup driver') && !value('cgroupversion')) return;
    for (const { part, number } of parts) if (part && INFO_LABELS.has(part.label)) draft.understood(number);
    const system = value('operating system');
    const isHidden = /docker desktop|rancher desktop|orbstack|boot2docker|docker for/i.test(system?.value ?? '') || /linuxkit|microsoft-standard|orbstack|boot2docker/i.test(value('kernel version')?.value ?? '');
    if (isHidden) readHidden(system?.value ?? '', value('kernel version')?.value ?? '', system?.line ?? 1, draft);
    else readOpen(value, draft, knowledge);
    const osType = value('ostype');
    if (osType && isHidden) draft.ofHost('containerMode', osType.value, osType.line, 'docker info');
    const version = value('server version');
    if (version && !isHidden) draft.ofHost('engine', /^[\d.]+/.exec(version.value)?.[0], version.line, 'docker info');
    const rootless = parts.find(({ text }) => /^\s*(?:name=)?rootless\b/.test(text.slice(0, 60)));
    if (rootless) draft.ofHost('rootless', !/false/.test(rootless.text), rootless.number, 'docker info');
  },
};

const INFO_LABELS = new Set(['server version', 'storage driver', 'cgroup driver', 'cgroup version', 'kernel version', 'operating system', 'ostype', 'architecture', 'cpus', 'total memory', 'name', 'id', 'docker root dir', 'debug mode', 'registry', 'default isolation', 'containers', 'running', 'paused', 'stopped', 'images', 'logging driver', 'security options', 'runtimes', 'default runtime', 'init binary', 'experimental', 'live restore enabled', 'isolation', 'swarm', 'plugins', 'cgroupversion', 'client', 'server', 'context', 'volume', 'network', 'log']);

function readHidden(system: string, kernel: string, line: number, draft: Draft): void {
  const tool = /rancher/i.test(system) ? 'rancher-desktop' : /orbstack/i.test(`${system} ${kernel}`) ? 'orbstack' : /boot2docker/i.test(`${system} ${kernel}`) ? 'docker-toolbox' : 'docker-desktop';
  draft.tool({ id: tool }, line, 'docker info');
  if (/microsoft-standard/i.test(kernel)) draft.ofHost('os', 'windows', line, 'docker info');
}

type Find = (label: string) => { readonly value: string; readonly line: number } | undefined;

function readOpen(value: Find, draft: Draft, { platforms }: Knowledge): void {
  const id = 'docker info';
  const set = (label: string, use: (text: string, line: number) => void): void => {
    const found = value(label);
    if (found) use(found.value, found.line);
  };
  set('operating system', (text, line) => {
    if (/windows/i.test(text)) windowsName(text, draft, line, id);
    else readSystemName(text, draft, line, platforms, id);
  });
  set('ostype', (text, line) => draft.ofHost('os', text === 'linux' ? 'linux' : undefined, line, id));
  set('kernel version', (text, line) => {
    draft.ofHost('build', buildOf(text.replace(/^10\.0 (\d)/, '10.0.$1')), line, id);
    if (!/^10\.0/.test(text)) draft.ofHost('kernel', kernelOf(text), line, id);
  });
  set('architecture', (text, line) => draft.ofHost('arch', archOf(text), line, id));
  set('total memory', (text, line) => draft.ofHost('memoryMib', mebibytesOf(text), line, id));
  set('cgroup version', (text, line) => draft.ofHost('cgroup', /^[12]/.exec(text)?.[0], line, id));
  set('cgroupversion', (text, line) => draft.ofHost('cgroup', /[12]/.exec(text)?.[0], line, id));
}

/** A distribution by its full name, `Ubuntu 22.04.3 LTS`. */
function readSystemName(text: string, draft: Draft, line: number, platforms: readonly Platform[], by: string): void {
  const lower = text.toLowerCase();
  const platform = platforms.find(({ facts, names }) => facts.distro !== undefined && names.some((name) => lower.startsWith(name)));
  if (!platform) return;
  draft.hostFacts({ os: 'linux', ...(platform.facts.distro === undefined ? {} : { distro: platform.facts.distro }) }, line, by);
  draft.ofHost('version', /\d+(?:\.\d+)*/.exec(text.slice(0, 80))?.[0], line, by);
}

/** `/etc/os-release` and `lsb_release -a`. */
const osRelease: Reader = {
  id: 'os-release',
  title: '/etc/os-release, lsb_release -a',
  read: (lines, draft, { platforms }) => {
    for (const { number, text } of lines) {
      const match = /^\s*(?:PRETTY_NAME="?|Description:\s+)([^"\n]{3,80})"?\s*$/.exec(text);
      if (match) readSystemName(match[1] as string, draft, number, platforms, 'os-release');
    }
  },
};

/** The readers, in the order in which they are asked. */
export const READERS: readonly Reader[] = [systeminfo, swVers, lscpu, wslStatus, wslList, ver, uname, dockerVersion, dockerInfo, osRelease];
