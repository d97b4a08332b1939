/** Free text, as people describe a machine: systems, versions, devices, tools, and features that are on or off. It knows how people write, not what follows. */
import type { ErrorLayer } from '../../decoder/layers.ts';
import type { Host, PlaceFact, Value } from '../facts.ts';
import type { Knowledge, Platform, Release, Tool } from '../knowledge.ts';
import { archOf } from './arch.ts';
import type { Draft } from './draft.ts';
import { mentionsIn, namesIn, type Mention } from './names.ts';
import { distributionIn, editionOf, kernelOf, macosOf, mebibytesOf } from './outputs.ts';
import { tokensOf, wordsOf, type Token } from './tokens.ts';

const BY = 'free text';

/** A text of which the line is known. */
export interface Passage {
  readonly text: string;
  readonly line: number;
  /** True for a line about tools: an instruction set there is that of the tool's build. */
  readonly isTool?: true;
}

/** Reads a passage. Returns whether anything in it was understood. */
export function readWords({ text, line, isTool }: Passage, draft: Draft, knowledge: Knowledge): boolean {
  const before = draft.recognised.length;
  const tokens = tokensOf(text);
  const found = mentionsIn(tokens, namesIn(knowledge));
  const guest = guestAt(tokens);
  for (const mention of found) if (!isGuestName(mention, guest, tokens)) readMention(mention, tokens, draft, line, knowledge);
  readVersions(text, tokens, draft, line, knowledge);
  if (isTool !== true || draft.host['arch'] === undefined) readProcessor(tokens, draft, line);
  readMachine(tokens, found, draft, line);
  readFeatures(tokens, draft, line);
  readMemory(text, draft, line);
  return draft.recognised.length > before;
}

/** A name sets its facts; a number behind it is its version. */
function readMention({ named, to, from }: Mention, tokens: readonly Token[], draft: Draft, line: number, knowledge: Knowledge): void {
  if (isNot(tokens, from)) return;
  if (named.kind === 'tool') return readTool(named.tool, to, tokens, draft, line);
  if (named.kind === 'release') return readRelease(named.platform, named.release, tokens, { from, to }, draft, line);
  readPlatform(named.platform, draft, line, versionBehind(tokens, to), knowledge);
}

function readTool({ id, implies, engine }: Tool, to: number, tokens: readonly Token[], draft: Draft, line: number): void {
  const version = versionBehind(tokens, to);
  draft.tool({ id, ...(version === undefined ? {} : { version }) }, line, BY);
  for (const [name, value] of Object.entries(implies)) {
    if (name === 'hypervisors') (value as readonly string[]).forEach((one) => draft.add('hypervisors', one, line, BY));
    else draft.ofHost(name as PlaceFact, value, line, BY);
  }
  if (engine && version !== undefined) draft.ofHost('engine', version, line, BY);
  if (id === 'virtualbox') draft.ofHost('virtualboxVersion', version, line, BY);
  if (id === 'vmware') draft.ofHost('vmwareVersion', version, line, BY);
}

function readRelease(platform: Platform, release: Release, tokens: readonly Token[], { from, to }: { readonly from: number; readonly to: number }, draft: Draft, line: number): void {
  // A bare year or codename counts only beside the system that it belongs to.
  const word = tokens[from]?.word ?? '';
  const isNumber = /^\d{4}$|^\d\dh[12]$/.test(word) && to === from + 1;
  if (isNumber && !(draft.host['os'] === platform.facts.os || tokens.some(({ word: other }) => platform.names.some((name) => wordsOf(name).includes(other))))) return;
  draft.hostFacts(platform.facts, line, BY);
  draft.hostFacts(release.facts, line, BY, platform.facts.os === undefined);
  if (release.version !== undefined && platform.facts.os !== undefined && release.facts.version === undefined) draft.ofHost('version', release.version, line, BY);
  const deeper = platform.ordered ? versionBehind(tokens, to) : undefined;
  if (deeper !== undefined && release.version !== undefined && deeper.startsWith(`${release.version}.`)) draft.ofHost('version', deeper, line, BY);
}

function readPlatform({ facts, names }: Platform, draft: Draft, line: number, version: string | undefined, { platforms }: Knowledge): void {
  // The first system that is named is the host; a distribution named after Windows or macOS is a guest or lives in WSL.
  if (draft.host['os'] !== undefined && facts.os !== draft.host['os']) return;
  draft.hostFacts(facts, line, BY);
  if (version === undefined) return;
  const release = releaseNamed(platforms, names, version);
  draft.hostFacts(release?.facts ?? {}, line, BY);
  draft.ofHost('version', version, line, BY);
}

/** `Windows Server` and then `2019`: the release whose name is both. */
function releaseNamed(platforms: readonly Platform[], names: readonly string[], version: string): Release | undefined {
  return platforms.filter((platform) => platform.names === names).flatMap(({ releases }) => releases).find((release) => release.version?.toLowerCase() === version);
}

/** A version within two tokens behind a name, in the same clause or in brackets: `Ubuntu 22.04`, `macOS (10.15.7)`, `VirtualBox v6.1`. */
function versionBehind(tokens: readonly Token[], to: number): string | undefined {
  for (const token of tokens.slice(to, to + 3)) {
    const plain = token.word.replace(/^v(?=\d)/, '');
    if (/^\d{1,4}(?:\.[\dx]{1,6}){0,4}\+?$/.test(plain) && !/^\d{4,}\.?$/.test(plain.replace(/^20\d\d$/, ''))) return plain.replace(/[.+x]+$/, '');
    if (/^\d/.test(plain) && /^\d{1,3}(?:\.\d{1,4}){1,3}/.test(plain)) return /^[\d.]+\d/.exec(plain)?.[0];
    if (!BETWEEN.has(token.word) || token.before.includes(',')) return undefined;
  }
  return undefined;
}

const BETWEEN = new Set(['version', 'v', 'ver', 'lts', 'linux', 'server', 'gnu', 'release', 'os', 'stable', 'community', 'edge', 'ce', 'desktop', 'kernel']);

/** "Not Windows", "no Linux". */
function isNot(tokens: readonly Token[], at: number): boolean {
  return NEGATIONS.has(tokens[at - 1]?.word ?? '') && tokens[at - 1]?.clause === tokens[at]?.clause;
}

const NEGATIONS = new Set(['no', 'not', 'without', 'non', "isn't", "doesn't", "can't", 'never', 'cannot']);

/** Versions that follow from no name: builds, kernels, editions. */
function readVersions(text: string, tokens: readonly Token[], draft: Draft, line: number, knowledge: Knowledge): void {
  readWindowsVersion(text, tokens, draft, line);
  readUnixVersion(text, draft, line, knowledge);
  const libseccomp = /\blibseccomp2?\D{0,12}(\d\.\d(?:\.\d)?)/i.exec(text);
  if (libseccomp) draft.ofHost('libseccomp', libseccomp[1], line, BY);
  else if (/\b(?:old|outdated|older|ancient)\b[^.;]{0,40}\blibseccomp/i.test(text)) draft.ofHost('libseccomp', '2.0..2.4.1', line, BY);
}

function readWindowsVersion(text: string, tokens: readonly Token[], draft: Draft, line: number): void {
  const isWindows = String(draft.host['os'] ?? '').startsWith('windows');
  if (isWindows || tokens.some(({ word }) => word === 'build' || word === 'insider')) {
    const build = /\b(?:10\.0\.)?(\d{5}\.\d{1,6}|(?:10240|10586|1[0-9]\d{3}|2[0-9]\d{3}))\b/.exec(text)?.[1];
    if (build !== undefined && (isWindows || tokens.some(({ word }) => word === 'insider'))) draft.ofHost('build', build, line, BY);
    if (tokens.some(({ word }) => word === 'insider')) draft.ofHost('os', 'windows', line, BY);
  }
  if (isWindows || tokens.some(({ word }) => word.startsWith('win'))) {
    const edition = editionOf(text);
    if (edition !== undefined && draft.host['os'] === 'windows') draft.ofHost('edition', edition, line, BY);
    if (/\b(?:32[- ]?bit|x32)\b/i.test(text)) draft.ofHost('arch', '386', line, BY);
    else if (/\b(?:64[- ]?bit)\b/i.test(text)) draft.ofHost('arch', 'amd64', line, BY);
  }
}

function readUnixVersion(text: string, draft: Draft, line: number, { platforms }: Knowledge): void {
  const kernel = /\bkernel\D{0,20}?(\d\.\d{1,3}(?:\.\d{1,4})?\S{0,40})/i.exec(text);
  if (kernel) {
    draft.ofHost('kernel', kernelOf(kernel[1] as string), line, BY);
    if (draft.host['os'] === undefined) draft.ofHost('os', 'linux', line, BY);
  }
  const darwin = /\bdarwin\D{0,10}(\d{2})\.(\d{1,2})/i.exec(text);
  if (darwin) {
    draft.ofHost('os', 'macos', line, BY);
    draft.ofHost('version', macosOf(Number(darwin[1]), Number(darwin[2])), line, BY);
  }
  if (/\.el\d|\.fc\d\d|-lqx|-synology/i.test(text)) {
    draft.ofHost('os', 'linux', line, BY);
    distributionIn(text, draft, line, BY);
  }
  const enterprise = /\bel\s?(\d{1,2})\b/i.exec(text);
  if (enterprise && platforms.some(({ facts }) => facts.distro === 'rhel')) {
    draft.hostFacts({ os: 'linux', distro: 'rhel', version: enterprise[1] as string }, line, BY);
  }
}

/** Instruction sets, where they are not part of an image's name. */
function readProcessor(tokens: readonly Token[], draft: Draft, line: number): void {
  const index = tokens.findIndex(({ word }) => archOf(word) !== undefined);
  if (index < 0) return;
  // Who writes x86 beside a product means Intel's family; a 32-bit system is called so.
  const isFamily = tokens[index]?.word === 'x86' && !/^32/.test(tokens[index + 1]?.word ?? '');
  const { word } = tokens[index] as Token;
  draft.ofHost('arch', isFamily ? 'amd64' : archOf(word), line, BY);
  draft.ofHost('armVersion', /^arm(?:32)?v([67])/.exec(word)?.[1], line, BY);
}

/** Words for a machine that is itself virtual. */
const GUESTS = new Set(['vm', 'guest', 'virtualized', 'virtualised', 'vps', 'vdi']);

/** Whether the machine is a virtual machine or a container: `(VM)`, `guest of Hyper-V`, `VirtualBox guest`, `unprivileged LXC`. */
function readMachine(tokens: readonly Token[], found: readonly Mention[], draft: Draft, line: number): void {
  const guest = guestAt(tokens);
  if (guest !== undefined) draft.ofHost('isVm', true, line, BY);
  for (const mention of found) if (isAround(mention, tokens, guest)) dropHypervisor(mention, draft, line);
  if (tokens.some(({ word }) => word === 'rootless')) draft.ofHost('rootless', true, line, BY);
  if (tokens.some(({ word }, i) => word === 'unprivileged' && tokens.slice(i, i + 3).some((token) => token.word === 'lxc' || token.word === 'container'))) draft.ofHost('inContainer', 'lxc', line, BY);
  if (tokens.some(({ word }, i) => word === 'git' && tokens[i + 1]?.word === 'for' && tokens[i + 2]?.word === 'windows') || tokens.some(({ word }) => /(?:^|\.)autocrlf$|^crlf$/.test(word))) draft.ofHost('checkout', 'crlf', line, BY);
}

/** Index of the word that says so. "Run VMs" and "Lima VM" are about other machines. */
function guestAt(tokens: readonly Token[]): number | undefined {
  const at = tokens.findIndex(({ word }, i) => (GUESTS.has(word) && !(OTHERS.has(tokens[i - 1]?.word ?? '') && tokens[i - 1]?.clause === tokens[i]?.clause)) || (word === 'virtual' && tokens[i + 1]?.word === 'machine' && tokens[i + 2]?.word !== 'platform' && /^(?:in|inside|a|is|as)$/.test(tokens[i - 1]?.word ?? '')));
  return at < 0 ? undefined : at;
}

const OTHERS = new Set(['lima', 'colima', 'podman', 'linux', 'wsl', 'wsl2', 'macos', 'desktop', 'machine', 'docker', 'the', 'utility', 'moby', 'linuxkit', 'any']);

/** The name of a hypervisor beside the word guest, or behind "in" or "inside", is what is around the machine, not a tool on it. */
function isAround({ named, from, to }: Mention, tokens: readonly Token[], guest: number | undefined): boolean {
  if (named.kind !== 'tool' || !AROUND.has(named.tool.id)) return false;
  const isInside = WITHIN.has(tokens[from - 1]?.word ?? '') && tokens[from - 1]?.clause === tokens[from]?.clause;
  return isInside || (guest !== undefined && from - 3 <= guest && guest <= to + 2 && tokens[from]?.clause === tokens[guest]?.clause);
}

const WITHIN = new Set(['in', 'inside', 'under', 'within', 'by', 'via']);

function dropHypervisor({ named }: Mention, draft: Draft, line: number): void {
  if (named.kind !== 'tool') return;
  draft.ofHost('isVm', true, line, BY);
  const at = draft.tools.findIndex(({ id }) => id === named.tool.id);
  if (at >= 0) draft.tools.splice(at, 1);
  const left = ((draft.host['hypervisors'] as readonly string[] | undefined) ?? []).filter((one) => !(named.tool.implies.hypervisors as readonly string[] | undefined)?.includes(one));
  if (left.length > 0) draft.host['hypervisors'] = left;
  else delete draft.host['hypervisors'];
}

const AROUND = new Set(['virtualbox', 'vmware', 'hyper-v', 'qemu']);

/** A system named as the one around: `guest of Hyper-V on Windows Server 2012 R2`. */
function isGuestName({ from, named }: Mention, guest: number | undefined, tokens: readonly Token[]): boolean {
  if (named.kind === 'tool' || guest === undefined || from < guest) return false;
  return tokens.slice(guest, from).some(({ word }) => word === 'of' || word === 'on') && guest > 0;
}

/** A feature that can be on or off, by the words for it. */
interface Feature {
  readonly words: readonly (readonly string[])[];
  readonly fact: PlaceFact;
  readonly on: Value;
  readonly off: Value;
  /** Naming it alone says that it is in use. */
  readonly named?: true;
  readonly layer?: ErrorLayer;
}

const FEATURES: readonly Feature[] = [
  { words: [['nested', 'virtualization'], ['nested', 'virtualisation'], ['nesting'], ['nested', 'vt'], ['nested']], fact: 'nested', on: true, off: false, layer: 'hardware-virtualization' },
  { words: [['hyper', 'v'], ['hyperv']], fact: 'hyperv', on: true, off: false },
  { words: [['virtual', 'machine', 'platform'], ['virtualmachineplatform'], ['windows', 'hypervisor', 'platform'], ['memory', 'integrity'], ['core', 'isolation'], ['credential', 'guard'], ['device', 'guard'], ['vbs']], fact: 'hypervisors', on: ['microsoft'], off: [] },
  { words: [['vt', 'x'], ['vtx'], ['amd', 'v'], ['svm'], ['virtualization'], ['virtualisation'], ['intel', 'vt'], ['hardware', 'virtualization']], fact: 'firmwareVirtualization', on: true, off: false, layer: 'hardware-virtualization' },
  { words: [['kvm'], ['dev', 'kvm']], fact: 'kvm', on: true, off: false, layer: 'hardware-virtualization' },
  { words: [['kern.hv_support'], ['hv_support'], ['ept'], ['slat'], ['hypervisor', 'support']], fact: 'slat', on: true, off: false, layer: 'hardware-virtualization' },
  { words: [['avx'], ['avx2']], fact: 'avx', on: true, off: false, named: true, layer: 'cpu-architecture' },
  { words: [['binfmt'], ['binfmt_misc'], ['qemu', 'user', 'static'], ['qemu', 'user']], fact: 'binfmt', on: true, off: false, named: true },
  { words: [['user', 'namespaces'], ['user', 'namespace'], ['userns']], fact: 'userNamespaces', on: true, off: false, layer: 'namespace-permission' },
  { words: [['seccomp']], fact: 'seccomp', on: true, off: false, layer: 'seccomp' },
];

const OFF = new Set(['off', 'disabled', 'disable', 'missing', 'lacks', 'lacking', 'lack', 'absent', 'unavailable', 'unsupported', 'inactive', 'deaktiviert', 'désactivé', 'desactivado', '0', 'false']);
const ON = new Set(['on', 'enabled', 'enable', 'active', 'activated', 'available', 'supported', 'passed', 'exposed', 'usable', 'installed', 'used', 'present', 'yes', 'aktiviert', 'activé', 'activado', '1', 'true']);

function readFeatures(tokens: readonly Token[], draft: Draft, line: number): void {
  const taken = new Set<number>();
  for (const { words, fact, on, off, named, layer } of FEATURES) {
    const at = placeOf(words, tokens, taken);
    if (at === undefined) continue;
    if (layer !== undefined) draft.mentions.add(layer);
    const state = stateAt(tokens, at.from, at.to);
    const value = state === 'on' ? on : state === 'off' ? off : named ? on : undefined;
    for (let i = at.from; i < at.to; i += 1) taken.add(i);
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    if (fact === 'hypervisors') (value as readonly string[]).forEach((one) => draft.add('hypervisors', one, line, BY));
    else draft.ofHost(fact, value, line, BY);
  }
  readCgroup(tokens, draft, line);
  readKernelBuild(tokens, draft, line);
  // Lima's name for Apple's Virtualization framework.
  if (tokens.some(({ word }) => word === 'vz')) draft.ofHost('vmm', 'vz', line, BY);
  if (tokens.some(({ word }) => DISK_FILES.test(word))) draft.add('wants', 'disk', line, BY);
  for (const { word } of tokens) {
    const layer = Object.hasOwn(MENTIONS, word) ? MENTIONS[word] : undefined;
    if (layer !== undefined) draft.mentions.add(layer);
    // Whoever names what lies in the way of the network reports on the network.
    if (layer === 'network') draft.add('wants', 'network', line, BY);
  }
}

/** Files that hold the disk of a virtual machine. */
const DISK_FILES = /(?:^|\.)(?:qcow2|vhdx|vmdk)$|^docker\.raw$/;

/** What a kernel was built without: `without nf_tables`, `no overlay module`; and whose kernel it is: `custom kernel`, `self-compiled`. */
function readKernelBuild(tokens: readonly Token[], draft: Draft, line: number): void {
  tokens.forEach(({ word, clause }, i) => {
    if (!MODULES.has(word)) return;
    const near = [...tokens.slice(Math.max(0, i - 3), i), ...tokens.slice(i + 1, i + 4)].filter((token) => token.clause === clause);
    if (near.some((token) => WANTING.has(token.word))) draft.ofHost('lacksModules', [word], line, BY);
  });
  if (tokens.some(({ word }, i) => BUILT_BY_HAND.has(word) && tokens.slice(i + 1, i + 4).some((next) => next.word === 'kernel'))) draft.ofHost('kernelBuild', 'custom', line, BY);
}

/** What an engine needs of a kernel, by the names that people use. */
const MODULES = new Set(['nf_tables', 'nftables', 'ip_tables', 'iptables', 'iptable_nat', 'netfilter', 'overlay', 'overlayfs', 'bridge', 'br_netfilter', 'veth', 'modules', 'wireguard', 'tun', 'kvm_intel', 'kvm_amd']);
const WANTING = new Set(['without', 'no', 'missing', 'lacks', 'lacking', 'disabled', 'not']);
const BUILT_BY_HAND = new Set(['custom', 'compiled', 'vendor', 'self-compiled', 'patched', 'mainline', 'bsp', 'downstream', 'stripped', 'minimal']);

/** Words that only say what the text is about. */
const MENTIONS: Readonly<Record<string, ErrorLayer>> = { libseccomp: 'seccomp', cgroup: 'cgroup', cgroups: 'cgroup', cgroupv2: 'cgroup', selinux: 'filesystem-sharing', apparmor: 'namespace-permission', proxy: 'network', vpn: 'network', firewall: 'network', anyconnect: 'network', globalprotect: 'network', zscaler: 'network', musl: 'userland-abi', glibc: 'userland-abi' };

function placeOf(names: Feature['words'], tokens: readonly Token[], taken: ReadonlySet<number>): { readonly from: number; readonly to: number } | undefined {
  for (const name of names) {
    const from = tokens.findIndex((_, i) => !taken.has(i) && name.every((word, n) => tokens[i + n]?.word === word && !taken.has(i + n)));
    if (from >= 0) return { from, to: from + name.length };
  }
  return undefined;
}

/** Whether the words around a feature, in its clause, say that it is on or off. */
function stateAt(tokens: readonly Token[], from: number, to: number): 'on' | 'off' | undefined {
  const clause = tokens[from]?.clause;
  const near = (token: Token | undefined): token is Token => token !== undefined && token.clause === clause;
  const front = tokens.slice(Math.max(0, from - 3), from).filter(near).map(({ word }) => word);
  // “Hyper-V on Windows” says where, not that it is on.
  const back = tokens.slice(to, to + 5).filter(near).filter(({ word }, i, all) => word !== 'on' || all[i + 1] === undefined || STATES_AFTER.has(all[i + 1]?.word ?? '')).map(({ word }) => word);
  // `kern.hv_support: 0`: what stands behind a colon is the value.
  const value = tokens[to];
  if (value !== undefined && /^\s*[:=]\s*$/.test(value.before)) {
    if (ON.has(value.word)) return 'on';
    if (OFF.has(value.word) || value.word === 'no') return 'off';
  }
  const denied = [...front, ...back].some((word) => NEGATIONS.has(word));
  const [first] = back.filter((word) => ON.has(word) || OFF.has(word));
  const lead = front.findLast((word) => ON.has(word) || OFF.has(word));
  const word = first ?? lead;
  if (word === undefined) return denied ? 'off' : undefined;
  return ON.has(word) !== denied ? 'on' : 'off';
}

const STATES_AFTER = new Set(['in', 'at', 'by', 'but', 'and', 'for', 'now', 'already']);

function readCgroup(tokens: readonly Token[], draft: Draft, line: number): void {
  tokens.forEach(({ word }, i) => {
    if (!/^cgroups?(?:v?[12])?$/.test(word)) return;
    const version = /[12]$/.exec(word)?.[0] ?? /^v?([12])$/.exec(tokens[i + 1]?.word ?? '')?.[1];
    if (version !== undefined) draft.ofHost('cgroup', version, line, BY);
  });
}

/** Memory, where the text says that it is memory: `4GB RAM`, `RAM: 4 GB`. */
function readMemory(text: string, draft: Draft, line: number): void {
  const mapCount = /\bmax_map_count\D{0,12}(\d{4,8})/i.exec(text);
  if (mapCount) draft.ofHost('maxMapCount', Number(mapCount[1]), line, BY);
  const match = /(\d[\d.,]{0,8}\s?[gGmM]i?[bB])\s+(?:of\s+)?(?:ram|memory)\b|\b(?:ram|memory)\D{0,12}(\d[\d.,]{0,8}\s?[gGmM]i?[bB])/i.exec(text);
  const amount = match?.[1] ?? match?.[2];
  if (amount !== undefined) draft.ofHost('memoryMib', mebibytesOf(amount), line, BY);
}

/** True when a word of an image line speaks of a guest instead: `macOS guest`, `Windows VM`. */
export function guestImageIn(text: string): Host['os'] | undefined {
  const match = /\b(macos|os x|mac os|windows|linux|ubuntu|debian|freebsd)\b[^\n]{0,20}\b(?:guest|vm|virtual machine)\b/i.exec(text);
  if (!match) return undefined;
  const name = (match[1] as string).toLowerCase();
  return /mac|os x/.test(name) ? 'macos' : name === 'windows' ? 'windows' : name === 'freebsd' ? 'freebsd' : 'linux';
}
