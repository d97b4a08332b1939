/**
 * A scene: the host, the place where the workload would run, and the workload. It knows how facts follow from each other and
 * what is presumed where nobody says; which mechanism makes which place is for plan.ts.
 */
import { PLACE_FACTS, WORKLOAD_FACTS, specOf, type FactName, type Host, type LinkFact, type PlaceFact, type Value, type Workload, type WorkloadFact } from './facts.ts';
import type { Known, Lookup } from './condition.ts';
import { intervalOf, numbersOf } from './version.ts';

export interface ToolInUse {
  readonly id: string;
  readonly version?: string;
  /** The month in which that version came out. */
  readonly from?: string;
}

export interface Scene {
  readonly host: Host;
  /** Where the workload stands: the host itself, or a virtual machine on it. */
  readonly place: Host;
  readonly workload: Workload;
  readonly tool?: ToolInUse;
}

/** Which kernel a system has. */
const FAMILIES: Readonly<Record<string, string>> = { 'windows': 'windows-nt', 'windows-server': 'windows-nt', 'macos': 'xnu', 'linux': 'linux', 'freebsd': 'freebsd' };

/** The kernel family that an image or guest of a system is made for. */
const IMAGE_FAMILIES: Readonly<Record<string, string>> = { linux: 'linux', windows: 'windows-nt', macos: 'xnu', freebsd: 'freebsd' };

/**
 * Programs of which instruction sets a processor runs by itself (AMD64 manual vol. 2, 1.3: compatibility mode; Arm DDI 0487:
 * AArch32 at EL0 is optional, so 32-bit Arm is added where a platform says so).
 */
const RUNS: Readonly<Record<string, readonly string[]>> = { amd64: ['amd64', '386'], 386: ['386'], arm64: ['arm64'], arm: ['arm'] };

/** What a table says of a name; nothing for a name that only every object has (`constructor`). */
function entry<T>(table: Readonly<Record<string, T>>, name: Value | undefined): T | undefined {
  return Object.hasOwn(table, String(name)) ? table[String(name)] : undefined;
}

/** What follows from stated facts with the same certainty. */
export function withConsequences(stated: Host): Host {
  const found: Record<string, Value> = {};
  const has = (name: PlaceFact): Value | undefined => found[name] ?? stated[name];
  const set = (name: PlaceFact, value: Value | undefined): void => {
    if (value !== undefined && has(name) === undefined) found[name] = value;
  };
  set('family', entry(FAMILIES, stated.os));
  // Every Mac with a processor of Intel that these tools were made for is a 64-bit one.
  set('arch', stated.os === 'macos' && stated.cpuVendor === 'intel' ? 'amd64' : undefined);
  if (has('arch') === 'arm64' && stated.aarch32 === true) set('runs', ['arm64', 'arm']);
  set('runs', entry(RUNS, has('arch')) ?? (has('arch') === undefined ? undefined : [String(has('arch'))]));
  // Apple's processors have no AArch32, and a macOS that is a guest on them cannot start machines: nesting is for guests with Linux
  // (apple/container issue 191, UTM issue 7024).
  const isAppleSilicon = stated.os === 'macos' && has('arch') === 'arm64';
  set('aarch32', isAppleSilicon ? false : undefined);
  set('hwVirt', isAppleSilicon && stated.isVm === true ? false : undefined);
  set('cpuVendor', stated.os === 'macos' && stated.arch === 'arm64' ? 'apple' : undefined);
  if (stated.cpuLevel !== undefined) set('avx', Number(stated.cpuLevel) >= 3 ? true : Number(stated.cpuLevel) < 2 ? false : undefined);
  // A kernel that runs under Microsoft's hypervisor has shown that the processor can.
  if (stated.hyperv === true && stated.isVm !== true) set('firmwareVirtualization', true);
  if (stated.kvm === true) set('hwVirt', true);
  if (stated.firmwareVirtualization === false || stated.kvm === false) set('hwVirt', false);
  else if (stated.isVm === true) set('hwVirt', stated.nested);
  else set('hwVirt', has('firmwareVirtualization'));
  if (has('family') === 'linux') set('kvm', has('hwVirt'));
  return { ...stated, ...found };
}

/** A search asks about the same places again and again. */
const presumptions = new WeakMap<Host, Host>();

/** What is presumed of a place beyond what is stated. */
function presumptionsFor(facts: Host): Host {
  const known = presumptions.get(facts) ?? presumed(facts);
  presumptions.set(facts, known);
  return known;
}

const USUAL = (Object.keys(PLACE_FACTS) as PlaceFact[]).flatMap((name) => {
  const usual = specOf(name).presumed;
  return usual === undefined ? [] : [[name, usual] as const];
});

function presumed(facts: Host): Host {
  const found: Record<string, Value> = {};
  for (const [name, usual] of USUAL) {
    if (facts[name] === undefined) found[name] = usual;
  }
  // Containers are at home on Linux: so is an engine of which nothing else is said.
  if (facts.os === undefined && facts.family === undefined) Object.assign(found, { os: 'linux', family: 'linux' });
  // Whoever does not say which Windows has one that is in use today.
  if (facts.os === 'windows' && facts.version === undefined && facts.build === undefined) found['version'] = '10';
  if (facts.isVm === true && facts.nested === undefined && facts.hwVirt === undefined) Object.assign(found, { hwVirt: false, kvm: false });
  if (facts.arch === undefined && facts.runs === undefined && facts.family !== 'xnu') Object.assign(found, { arch: 'amd64', runs: RUNS['amd64'] });
  return found;
}

/** Every mechanism asks a scene for much the same. */
const lookups = new WeakMap<Scene, Lookup>();

/** What conditions look up in a scene. */
export function lookupIn(scene: Scene): Lookup {
  const before = lookups.get(scene);
  if (before) return before;
  const look = lookupOf(scene);
  const found = new Map<FactName, Known>();
  const remembering: Lookup = (name) => {
    const known = found.get(name) ?? look(name);
    found.set(name, known);
    return known;
  };
  lookups.set(scene, remembering);
  return remembering;
}

function lookupOf(scene: Scene): Lookup {
  const place = withPresumed(scene.place);
  const host = scene.place === scene.host ? place : withPresumed(scene.host);
  return (name) => {
    const [prefix, rest] = name.includes('.') ? (name.split('.', 2) as [string, string]) : ['place', name];
    if (prefix === 'image') return workloadFact(scene.workload, rest as WorkloadFact);
    if (prefix === 'tool') return known(rest === 'version' ? scene.tool?.version : (scene.tool?.id ?? 'none'), true);
    if (prefix === 'link') return LINKS[rest as LinkFact](place, scene.workload, host);
    return (prefix === 'host' ? host : place)(rest as PlaceFact);
  };
}

type Facts = (name: PlaceFact) => Known;

function withPresumed(facts: Host): Facts {
  const usual = presumptionsFor(facts);
  return (name) => (facts[name] === undefined ? known(usual[name], false) : known(facts[name], true));
}

function known(value: Value | undefined, stated: boolean): Known {
  return { value, stated: value !== undefined && stated };
}

function workloadFact(workload: Workload, name: WorkloadFact): Known {
  const stated = workload[name];
  if (stated !== undefined) return known(stated, true);
  const spec: { readonly presumed?: Value } = WORKLOAD_FACTS[name];
  return known(spec.presumed, false);
}

/** How workload and place fit together. */
const LINKS: Readonly<Record<LinkFact, (place: Facts, workload: Workload, host: Facts) => Known>> = {
  arch: (place, { arch }) => {
    const runs = place('runs');
    if (arch === undefined || runs.value === undefined) return known(undefined, false);
    // Programs for 32-bit Arm are not foreign to a 64-bit Arm processor before it is known to lack AArch32; that is asked apart from this.
    const mayRun = (one: string): boolean => one === 'arm' && place('arch').value === 'arm64' && place('aarch32').value === undefined;
    const fits = (arch as readonly string[]).some((one) => (runs.value as readonly string[]).includes(one) || mayRun(one));
    return known(fits ? 'same' : 'foreign', runs.stated);
  },
  build: (place, { build }) => {
    const have = place('build');
    return build === undefined || have.value === undefined ? known(undefined, false) : known(relationOf(String(build), String(have.value)), have.stated);
  },
  revision: (place, { build }) => {
    const have = numbersOf(String(place('build').value ?? ''));
    const want = numbersOf(String(build ?? ''));
    if (have.length < 2 || want.length < 2) return known(undefined, false);
    return known(have[1] === want[1] ? 'same' : 'differs', true);
  },
  mounts: (place, { mounts }) => {
    const shared = place('shared');
    if (mounts === undefined) return known(undefined, false);
    if (shared.value === undefined) return known(undefined, false);
    const outside = (mounts as readonly string[]).filter((path) => !isShared(path, shared.value as readonly string[]));
    return known(outside.length === 0 ? 'inside' : 'outside', shared.stated);
  },
  mode: (_, workload, host) => {
    const mode = host('containerMode');
    const os = workloadFact(workload, 'os');
    if (mode.value === undefined || !os.stated) return known(undefined, false);
    return known(mode.value === os.value ? 'same' : 'other', mode.stated);
  },
};

/** Which kernel a workload needs. */
export function familyOf({ os }: Workload): string | undefined {
  return entry(IMAGE_FAMILIES, os);
}

/** The build of an image beside that of a host, which may be known only as a range. */
function relationOf(image: string, host: string): string | undefined {
  const { from, to } = intervalOf(host);
  const [build] = numbersOf(image);
  const [low] = numbersOf(from);
  const [high] = numbersOf(to);
  if (build === undefined || low === undefined) return undefined;
  if (high !== undefined && build > high) return 'newer';
  if (build < low) return 'older';
  return low === high ? 'same' : undefined;
}

/** True when a path of the host lies in one of the shared folders. `~` is the reader's home, `*` is everything. */
function isShared(path: string, shared: readonly string[]): boolean {
  const plain = normalPath(path);
  return shared.some((folder) => {
    const root = normalPath(folder);
    return root === '*' || plain === root || plain.startsWith(`${root}/`) || (HOMES.has(root) && /^~(?:\/|$)/.test(plain));
  });
}

/** Folders in which every home lies. */
const HOMES: ReadonlySet<string> = new Set(['/users', '/home', '/c/users']);

/** One spelling for a path: `C:\Users`, `//c/Users` and `/c/Users` are the same, and so are the ways to write a home folder. */
function normalPath(path: string): string {
  const slashes = path.trim().replaceAll('\\', '/').replaceAll(/\/{2,}/g, '/').toLowerCase();
  const drive = slashes.replace(/^([a-z]):\//, '/$1/').replace(/^\/(?:mnt\/|host_mnt\/)([a-z])\//, '/$1/');
  const home = drive.replace(/^(?:\$\{?home\}?|%userprofile%|\$env:userprofile|\$\{?pwd\}?|%cd%|\.{1,2}(?=\/|$)|\$\(pwd\)|`pwd`)/, '~').replace(/^\/(?:users|home|c\/users)\/[^/]+/, '~');
  return home.length > 1 ? home.replace(/\/$/, '') : home;
}
