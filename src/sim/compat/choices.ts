/**
 * What a reader can choose for a situation: the controls that apply to it with their options, and the situations to start from.
 * It takes names from what is known of platforms, images and tools; it refuses to know what any choice leads to.
 */
import { isCurrent, statusOf, type Condition } from './condition.ts';
import { WORKLOAD_FACTS, PLACE_FACTS, type Host, type PlaceFact, type Value, type WorkloadFact } from './facts.ts';
import type { Knowledge, Mechanism, Platform, Release, Tool } from './knowledge.ts';
import { expanded } from './platforms.ts';
import { lookupIn, withConsequences, type ToolInUse } from './scene.ts';
import type { Situation } from './situation.ts';
import { compareVersions, intervalOf, startsWith } from './version.ts';

export interface Option {
  readonly value: Value;
  readonly label: string;
}

/** One fact that can be chosen. Every control also offers not to say. */
export interface Control {
  readonly of: 'host' | 'workload' | 'tool';
  /** The fact; for a tool, `tool`. */
  readonly fact: string;
  readonly label: string;
  /** True for what few need to say. */
  readonly rare: boolean;
  readonly options: readonly Option[];
  /** What is chosen now. */
  readonly value?: Value;
}

const LABELS: Readonly<Record<string, string>> = {
  'amd64': 'amd64 (Intel, AMD)', 'arm64': 'arm64 (Arm)', '386': '386 (32-bit Intel)', 'arm': 'arm (32-bit Arm)', 'amd64,arm64': 'amd64 and arm64',
  'windows': 'Windows', 'windows-server': 'Windows Server', 'macos': 'macOS', 'linux': 'Linux', 'freebsd': 'FreeBSD',
  'home': 'Home', 'pro': 'Pro', 'enterprise': 'Enterprise', 'education': 'Education',
  'image': 'container image', 'vm': 'virtual machine', 'process': 'process', 'hyperv': 'Hyper-V',
};

/** A value as the controls name it. */
export function labelOf(value: Value): string {
  return LABELS[String(value)] ?? (typeof value === 'object' ? value.join(' and ') : String(value));
}

/** A value of a fact with its unit, as lists of statements show it. */
export function valueText(value: Value, fact = ''): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return `${String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')}${UNITS[fact.replace(/^.*\./, '')] ?? ''}`;
  return typeof value === 'object' ? value.map(labelOf).join(', ') : labelOf(value);
}

const UNITS: Readonly<Record<string, string>> = { memoryMib: ' MiB', diskGb: ' GB' };

/** Facts by short names, as rows and lists call them; a fact with a control is called as that elsewhere. */
const NAMES: Readonly<Record<string, string>> = {
  'os': 'system', 'family': 'kernel', 'distro': 'distribution', 'build': 'build', 'arch': 'instruction set', 'armVersion': 'version of the Arm architecture', 'aarch32': 'programs for 32-bit Arm (AArch32)', 'runs': 'instruction sets of programs',
  'hwVirt': 'virtualization in hardware', 'slat': 'nested page tables', 'isVm': 'a virtual machine itself', 'firmwareVirtualization': 'virtualization in the firmware', 'nested': 'virtualization passed on',
  'kvm': '/dev/kvm', 'hyperv': 'Hyper-V', 'hypervisors': 'hypervisors installed', 'uses': 'tools in use', 'wsl': 'WSL', 'wslVersion': 'version of WSL', 'wslKernel': 'kernel of WSL up to date',
  'vmwareVersion': 'version of VMware', 'virtualboxVersion': 'version of VirtualBox', 'containerMode': 'kind of containers', 'memoryMib': 'memory', 'diskGb': 'free disk space', 'maxMapCount': 'vm.max_map_count',
  'binfmt': 'QEMU in binfmt_misc', 'cpuLevel': 'x86-64 level', 'cpuVendor': 'maker of the processor', 'avx': 'AVX', 'cgroup': 'cgroup version', 'memoryCgroup': 'memory controller', 'userNamespaces': 'user namespaces',
  'engine': 'engine', 'engineRunning': 'engine running', 'rootless': 'engine without root', 'inContainer': 'inside a container', 'kernelBuild': 'whose kernel', 'lacksModules': 'modules that the kernel lacks',
  'shared': 'folders that are shared', 'ownNetwork': 'a network of its own', 'libc': 'C library', 'vmm': 'program that runs the virtual machine', 'checkout': 'line endings of scripts', 'wants': 'asked for', 'mounts': 'folders mounted', 'isolation': 'isolation asked for',
  'tool.id': 'tool', 'tool.version': 'version of the tool',
};

/** The name of a fact for rows, whatever it is said of. */
export function nameOfFact(fact: string): string {
  const name = fact.replace(/^(?:host|image|workload)\./, '');
  return NAMES[name] ?? name;
}

/** The name of a fact as its control has it, or as rows have it where it has none: `Hyper-V feature`. */
export function factLabel(of: 'host' | 'workload', fact: string): string {
  const name = SPECS.find((spec) => spec.of === of && spec.fact === fact)?.label ?? nameOfFact(fact);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const plain = (...values: readonly Value[]): readonly Option[] => values.map((value) => ({ value, label: labelOf(value) }));
const flag = (yes: string, no: string): readonly Option[] => [{ value: true, label: yes }, { value: false, label: no }];

interface Spec {
  readonly of: 'host' | 'workload';
  readonly fact: PlaceFact | WorkloadFact;
  readonly label: string;
  readonly rare?: (situation: Situation) => boolean;
  readonly applies?: (situation: Situation) => boolean;
  readonly options: (situation: Situation, knowledge: Knowledge) => readonly Option[];
}

const ALWAYS = (): boolean => true;
const isWindows = ({ host: { os } }: Situation): boolean => os === 'windows' || os === 'windows-server';
const isImageOf = (system: string) => ({ workload: { kind, os } }: Situation): boolean => kind !== 'vm' && (os ?? 'linux') === system;

const SPECS: readonly Spec[] = [
  { of: 'host', fact: 'os', label: 'System', options: () => plain('windows', 'windows-server', 'macos', 'linux', 'freebsd') },
  { of: 'host', fact: 'distro', label: 'Distribution', applies: ({ host }) => host.os === 'linux', options: (_, { platforms }) => distributions(platforms) },
  { of: 'host', fact: 'version', label: 'Version', options: versions },
  { of: 'host', fact: 'edition', label: 'Edition', applies: ({ host }) => host.os === 'windows', options: () => plain('home', 'pro', 'enterprise', 'education') },
  { of: 'host', fact: 'arch', label: 'CPU', options: ({ host }) => (host.os === 'macos' ? [{ value: 'arm64', label: 'Apple silicon' }, { value: 'amd64', label: 'Intel' }] : plain('amd64', 'arm64', '386', 'arm')) },
  { of: 'host', fact: 'hyperv', label: 'Hyper-V feature', applies: isWindows, options: () => flag('on', 'off') },
  { of: 'host', fact: 'build', label: 'Build (winver)', applies: isWindows, rare: ALWAYS, options: builds },
  { of: 'host', fact: 'firmwareVirtualization', label: 'Virtualization in the firmware', applies: ({ host }) => host.os !== 'macos', rare: ALWAYS, options: () => flag('on', 'off') },
  { of: 'host', fact: 'isVm', label: 'Physical or virtual', rare: ({ host }) => host.isVm !== true, options: () => [{ value: false, label: 'physical' }, { value: true, label: 'virtual machine' }] },
  { of: 'host', fact: 'nested', label: 'Virtualization passed on to it', applies: ({ host }) => host.isVm === true, options: () => flag('yes', 'no') },
  { of: 'host', fact: 'kernel', label: 'Kernel (uname -r)', applies: ({ host }) => host.os === 'linux', rare: ALWAYS, options: kernels },
  { of: 'host', fact: 'cgroup', label: 'cgroup version', applies: ({ host }) => host.os === 'linux', rare: ALWAYS, options: () => plain('1', '2') },
  { of: 'host', fact: 'binfmt', label: 'QEMU registered in binfmt_misc', applies: ({ host }) => host.os === 'linux', rare: ALWAYS, options: () => flag('yes', 'no') },
  { of: 'host', fact: 'cpuLevel', label: 'x86-64 level of the CPU', applies: ({ host }) => host.arch === 'amd64', rare: ALWAYS, options: () => plain('1', '2', '3', '4') },
  { of: 'host', fact: 'aarch32', label: 'CPU also runs 32-bit Arm (AArch32)', applies: ({ host }) => host.os !== 'macos' && host.arch === 'arm64', rare: ALWAYS, options: () => flag('yes', 'no') },
  { of: 'workload', fact: 'kind', label: 'Kind', options: () => plain('image', 'vm') },
  { of: 'workload', fact: 'os', label: 'Made for', options: ({ workload }) => (workload.kind === 'vm' ? plain('linux', 'windows', 'macos', 'freebsd') : plain('linux', 'windows', 'freebsd')) },
  { of: 'workload', fact: 'arch', label: 'Published for', options: () => plain(['amd64'], ['arm64'], ['amd64', 'arm64'], ['386'], ['arm']) },
  { of: 'workload', fact: 'build', label: 'Windows base image', applies: isImageOf('windows'), options: baseImages },
  { of: 'workload', fact: 'isolation', label: 'Isolation asked for', applies: isImageOf('windows'), options: () => plain('process', 'hyperv') },
  { of: 'workload', fact: 'kernel', label: 'Oldest kernel it accepts', applies: isImageOf('linux'), rare: ALWAYS, options: (_, { images }) => byVersion(images.map(({ facts }) => facts.kernel)) },
  { of: 'workload', fact: 'cpuLevel', label: 'x86-64 level it needs', applies: isImageOf('linux'), rare: ALWAYS, options: () => plain('1', '2', '3', '4') },
];

/** The controls that apply to a situation, each with what is chosen among its options. */
export function controlsOf(situation: Situation, knowledge: Knowledge): readonly Control[] {
  const facts = SPECS.filter(({ applies, of, fact }) => (applies?.(situation) ?? true) || stated(situation, of, fact) !== undefined);
  const controls = facts.map(({ of, fact, label, rare, options }) => control({ of, fact, label, rare: rare?.(situation) ?? false, options: options(situation, knowledge) }, stated(situation, of, fact)));
  const tools = control({ of: 'tool', fact: 'tool', label: 'Tool', rare: false, options: toolsFor(situation, knowledge).map(({ id, title }) => ({ value: id, label: title })) }, situation.tool?.id, nameOf(situation.tool, knowledge));
  return [...controls, tools].filter(({ options }) => options.length > 0);
}

function stated({ host, workload }: Situation, of: 'host' | 'workload', fact: string): Value | undefined {
  return of === 'host' ? host[fact as PlaceFact] : workload[fact as WorkloadFact];
}

/** A control whose options hold what is chosen, even where it is none of the usual ones. */
function control(base: Omit<Control, 'value'>, value: Value | undefined, label = value === undefined ? '' : labelOf(value)): Control {
  if (value === undefined) return base;
  const isThere = base.options.some((option) => String(option.value) === String(value));
  return { ...base, options: isThere ? base.options : [...base.options, { value, label }], value };
}

/** The tool by its title. */
export function nameOf(tool: ToolInUse | undefined, { tools, mechanisms }: Knowledge): string {
  return tools.find(({ id }) => id === tool?.id)?.title ?? mechanisms.find(({ id }) => id === tool?.id)?.title ?? tool?.id ?? '';
}

function distributions(platforms: readonly Platform[]): readonly Option[] {
  return platforms.flatMap(({ facts, title }) => (facts.os === 'linux' && facts.distro !== undefined ? [{ value: facts.distro, label: title }] : []));
}

/** The platform that speaks of a host's system, or of its distribution. */
export function platformOf({ os, distro }: Host, platforms: readonly Platform[]): Platform | undefined {
  return platforms.find(({ facts }) => facts.os !== undefined && facts.os === os && facts.distro === (os === 'linux' ? distro : undefined));
}

/** Releases that were out by the month and that the processor can have run. */
function versions({ host, date }: Situation, { platforms }: Knowledge): readonly Option[] {
  if (host.os === 'freebsd') return plain(...FREEBSD);
  const platform = platformOf(host, platforms);
  const releases = (platform?.releases ?? []).filter(({ from, facts }) => (date === undefined || (from !== undefined && from <= date)) && (host.arch === undefined || facts.arch === undefined || facts.arch === host.arch));
  // Releases with a build are put in its order: the newest stands last, whatever it is called.
  const inOrder = releases.toSorted((a, b) => compareVersions(intervalOf(String(a.facts.build ?? '')).from, intervalOf(String(b.facts.build ?? '')).from));
  return inOrder.flatMap((release) => (release.version === undefined || (platform && isSameBuild(platform, release)) ? [] : [{ value: release.version, label: releaseLabel(release, platform as Platform) }]));
}

/** Below, at and above the first release that runs OCI images (content/mechanisms/linuxulator.yaml). */
const FREEBSD = ['13', '14.1', '14.2', '15'] as const;

/** A second name for a build, such as 1809 for Windows Server 2019, is no choice of its own. */
function isSameBuild({ releases }: Platform, release: Release): boolean {
  const first = releases.find(({ facts }) => facts.build !== undefined && facts.build === release.facts.build);
  return first !== undefined && first !== release;
}

/** `14 Sonoma`, `10 22H2`, `10, any release`, `amazon linux 2`. */
export function releaseLabel({ version = '', names, facts }: Release, { releases }: Pick<Platform, 'releases'>): string {
  const family = facts.version;
  if (family !== undefined && /^\d+$/.test(String(family)) && family !== version) return `${String(family)} ${version}`;
  if (releases.some((other) => other.facts.version === version && other.version !== version)) return `${version}, any release`;
  const [name = ''] = names;
  if (!/^\d/.test(version)) return /\d/.test(version) && name !== '' ? title(name) : version;
  return /^[a-z ]+$/.test(name) && !/windows|server/.test(name) ? `${version} ${title(name)}` : version;
}

function title(name: string): string {
  return name.replaceAll(/(^|\s)[a-z]/g, (letter) => letter.toUpperCase());
}

/** The builds that the stated version leaves open. */
function builds({ host }: Situation, { platforms }: Knowledge): readonly Option[] {
  const platform = platformOf(host, platforms);
  const { version: _, build: __, ...rest } = host;
  const range = host.version === undefined ? undefined : expanded({ ...rest, version: host.version }, { platforms }).build;
  const { from, to } = intervalOf(String(range ?? '0..'));
  const all = (platform?.releases ?? []).flatMap(({ facts }) => (facts.build === undefined ? [] : String(facts.build).split('..').filter(Boolean)));
  const fitting = [...new Set(all)].filter((build) => compareVersions(build, from) >= 0 && (to === '' || compareVersions(build, to) <= 0));
  return fitting.toSorted(compareVersions).map((build) => ({ value: build, label: `${build} (${buildName(build, platform as Platform)})` }));
}

/** `10 22H2` for 19045, by the most exact release that holds it. */
function buildName(build: string, { releases }: Platform): string {
  const holding = releases.filter(({ facts }) => String(facts.build ?? '').split('..').includes(build));
  const exact = holding.find(({ facts }) => facts.build === build) ?? holding[0];
  const family = releases.find(({ facts }) => facts.version !== undefined && isBetween(build, String(facts.build)))?.facts.version;
  const version = exact?.version === family ? holding.at(-1)?.version : exact?.version;
  return [family, version].filter((part, i, all) => part !== undefined && all.indexOf(part) === i).join(' ');
}

function isBetween(build: string, range: string): boolean {
  const { from, to } = intervalOf(range);
  return compareVersions(build, from) >= 0 && (to === '' || compareVersions(build, to) <= 0 || startsWith(build, to));
}

function kernels(_: Situation, { platforms }: Knowledge): readonly Option[] {
  return byVersion(platforms.flatMap(({ releases }) => releases.map(({ facts }) => facts.kernel)));
}

/** Versions without what ranges leave open, oldest first. */
function byVersion(values: readonly (Value | undefined)[]): readonly Option[] {
  const known = values.flatMap((value) => (value === undefined ? [] : [intervalOf(String(value)).from]));
  return plain(...[...new Set(known)].filter(Boolean).toSorted(compareVersions));
}

/** Base images of Windows by their tags, one a build. */
function baseImages(_: Situation, { images }: Knowledge): readonly Option[] {
  const tags = new Map<string, string>();
  for (const { facts, tags: [tag] = [] } of images) {
    if (facts.os === 'windows' && facts.build !== undefined && tag !== undefined && !tags.has(String(facts.build))) tags.set(String(facts.build), tag);
  }
  return [...tags].map(([build, tag]) => ({ value: build, label: `${tag} (build ${build})` })).toSorted((a, b) => compareVersions(a.value, b.value));
}

/** Tools that were there in the month and that can be set to the workload on this host, whether they carry it or not. */
export function toolsFor(situation: Situation, knowledge: Knowledge): readonly Tool[] {
  const host = withConsequences(expanded(situation.host, knowledge));
  const { workload, date } = situation;
  const fits = (conditions: readonly Condition[], tool?: ToolInUse): boolean => {
    const look = lookupIn({ host, place: host, workload, ...(tool ? { tool } : {}) });
    return conditions.every((one) => statusOf(one, look, date) !== 'unmet');
  };
  const here = knowledge.mechanisms.filter((mechanism) => mechanism.kind !== 'translator' && isCurrent(mechanism, date) && fits(withoutTools(mechanism)));
  const brings = (tool: Tool): boolean => here.some(({ id, tools, on }) => (id === tool.id || tools.includes(tool.id)) && fits(on.filter(asksTool), { id: tool.id }));
  return knowledge.tools.filter((tool) => (tool.implies.os === undefined || host.os === undefined || tool.implies.os === host.os) && brings(tool));
}

const asksTool = ({ fact }: Condition): boolean => fact.startsWith('tool.');

/** What a mechanism asks of the place beyond the tool: to be a candidate, and to have the right kernel. */
function withoutTools({ on, requires }: Mechanism): readonly Condition[] {
  return [...on.filter((one) => !asksTool(one)), ...requires.filter(({ layer, fact }) => layer === 'kernel-family' || fact === 'family')];
}

/** What is stated and has no control: it came with a link, a prop or a paste. */
export interface Aside {
  readonly of: 'host' | 'workload';
  readonly fact: string;
  /** The question that it answers. */
  readonly question: string;
  /** What was stated, with its unit. */
  readonly text: string;
}

export function asidesOf({ host, workload }: Situation, controls: readonly Control[]): readonly Aside[] {
  const has = (of: string, fact: string) => controls.some((one) => one.of === of && one.fact === fact);
  const from = (of: 'host' | 'workload', facts: object, specs: Readonly<Record<string, { readonly question: string }>>): readonly Aside[] =>
    Object.entries(facts).flatMap(([fact, value]) => (value === undefined || has(of, fact) ? [] : [{ of, fact, question: specs[fact]?.question ?? fact, text: valueText(value as Value, fact) }]));
  return [...from('host', host, PLACE_FACTS), ...from('workload', workload, WORKLOAD_FACTS)];
}
