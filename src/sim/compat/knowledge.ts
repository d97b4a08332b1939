/** What content/platforms, content/mechanisms and content/compat-rules say, as the model receives it. It knows shapes, not products. */
import type { Condition } from './condition.ts';
import type { ErrorLayer } from '../decoder/layers.ts';
import type { Host, PlaceFact, Value, Workload } from './facts.ts';

/** What a mechanism costs, in words that the search weighs. */
export const COSTS = {
  sandbox: { weight: 1, says: 'a sandbox: processes on a kernel that runs already' },
  kernel: { weight: 10, says: 'one more kernel, in a virtual machine that all containers share' },
  'kernel-per-container': { weight: 14, says: 'one more kernel for each container' },
  machine: { weight: 10, says: 'a virtual machine' },
  translation: { weight: 5, says: 'programs of another instruction set are translated ahead of time and while they run' },
  emulation: { weight: 12, says: 'programs of another instruction set are emulated, several times slower' },
  'full-emulation': { weight: 60, says: 'a whole machine is emulated, kernel included' },
  nested: { weight: 8, says: 'a virtual machine inside a virtual machine' },
  partial: { weight: 15, says: 'only part of the system calls is there' },
  beta: { weight: 6, says: 'its maker calls it a preview' },
  experimental: { weight: 20, says: 'its maker calls it experimental' },
  unmaintained: { weight: 30, says: 'nobody maintains it any more' },
  'by-hand': { weight: 25, says: 'you set up and maintain it yourself' },
} as const;
export type CostId = keyof typeof COSTS;

/** What works less well than the reader may expect, though it works. */
export interface Caveat {
  readonly text: string;
  readonly layer?: ErrorLayer;
  readonly when?: readonly Condition[];
  readonly risk?: number;
  readonly sources?: readonly string[];
}

/**
 * What the reader types. `ARCH` in it stands for QEMU's name of the machine's instruction set, `IMAGE` for the name of an image, and
 * `NAME` for one that the reader gives.
 */
export interface Command {
  readonly text: string;
  /** It is the right one only where all of these hold, stated or presumed, in the place where the mechanism stands. */
  readonly when?: readonly Condition[];
  readonly from?: string;
  readonly until?: string;
}

/** Pieces of the stack that a mechanism adds, from the ground up. */
export interface Pieces {
  readonly hypervisor?: { readonly name: string; readonly type: 1 | 2; readonly vmm: string };
  readonly machine?: string;
  readonly firmware?: string;
  readonly kernel?: { readonly name: string; readonly family: 'linux' | 'windows-nt' | 'xnu' | 'freebsd'; readonly version?: string };
  readonly userland?: string;
}

/**
 * `machine` makes a place with a kernel of its own; `translator` adds instruction sets to a place; `sandbox` runs an image in
 * a place; `guest` boots the image of a virtual machine.
 */
export type MechanismKind = 'machine' | 'translator' | 'sandbox' | 'guest';

/** What was so from a month on, until the next entry of its list. */
export interface Dated {
  /** Without it, from the mechanism's own first month on. */
  readonly from?: string;
  /** The same in a word or two. */
  readonly value?: string;
  readonly text: string;
  readonly sources: readonly string[];
}

/** What is told of mechanisms beside what the search needs. */
export const FACETS = ['address', 'files', 'memory', 'upkeep'] as const;
export type Facet = (typeof FACETS)[number];

export interface Mechanism {
  readonly id: string;
  readonly title: string;
  readonly kind: MechanismKind;
  readonly summary: string;
  /** Ids of the tools that bring it. */
  readonly tools: readonly string[];
  /** First month, and the first month in which it could no longer be had, as YYYY-MM. */
  readonly from: string;
  readonly until?: string;
  /** The month in which its maker stopped caring; it can still be had. */
  readonly unmaintained?: string;
  /** Where it is a candidate at all. Elsewhere it is not even a near miss. */
  readonly on: readonly Condition[];
  readonly requires: readonly Condition[];
  /** Facts of the place that it makes, or (translator) instruction sets that it adds as `runs`. */
  readonly provides: Host;
  /** Facts that the new place takes over from the one below. */
  readonly keeps: readonly PlaceFact[];
  readonly pieces: Pieces;
  readonly costs: readonly CostId[];
  readonly caveats: readonly Caveat[];
  readonly commands: readonly Command[];
  /** What a reader does who sets it up by hand, in order: code between backticks, `{guest}` for the system that the image needs, `{commands}` for the commands that no step writes out. */
  readonly steps?: readonly string[];
  /** Where a published port answers, seen from the host. */
  readonly address?: readonly Dated[];
  /** How a folder of the host gets into a container. */
  readonly files?: readonly Dated[];
  /** How much memory it takes by default. */
  readonly memory?: readonly Dated[];
  /** Who keeps its kernel up to date. */
  readonly upkeep?: readonly Dated[];
  readonly sources: readonly string[];
}

/** A rule about workloads on kernels that no single mechanism owns. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** `place`: where the workload ends up. `host`: the machine below all. */
  readonly at: 'place' | 'host';
  /** It speaks only where all of these hold, stated or presumed. */
  readonly when: readonly Condition[];
  readonly requires: readonly Condition[];
  readonly caveats: readonly Caveat[];
  readonly sources: readonly string[];
}

export interface Release {
  readonly version?: string;
  readonly names: readonly string[];
  /** The month in which it came out, YYYY-MM. */
  readonly from?: string;
  readonly facts: Host;
}

/** A system, a distribution, a device or a processor: names that people write, and what follows from them. */
export interface Platform {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  readonly facts: Host;
  /** False where a version that is not listed says nothing about the listed ones: 1909 is older than 20H2. */
  readonly ordered: boolean;
  readonly releases: readonly Release[];
  readonly sources: readonly string[];
}

/** A product as people name it, and when its versions came out. */
export interface Tool {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  /** Facts of the host that follow from its being in use. */
  readonly implies: Host;
  /** What the reader runs with it when nothing else is said. */
  readonly runs: Workload;
  /** A client or a helper, such as Docker Compose: it does not decide where containers run. */
  readonly front: boolean;
  /** Its version is that of the container engine. */
  readonly engine: boolean;
  /** The tool that it comes with on Windows and macOS. */
  readonly elsewhere?: string;
  /** Runs images of the host's own system: Windows images on Windows. */
  readonly native: boolean;
  readonly releases: readonly { readonly version: string; readonly from: string }[];
  readonly sources: readonly string[];
}

/** What follows from the name of an image. */
export interface ImageKind {
  readonly id: string;
  /** Repositories, without the registry where that is the usual one; `*` stands for any letters but a slash. */
  readonly names: readonly string[];
  /** Tags by their beginning or, as `from..to`, by version; without it, all. */
  readonly tags?: readonly string[];
  readonly facts: Workload;
  readonly sources: readonly string[];
}

export interface Knowledge {
  readonly mechanisms: readonly Mechanism[];
  readonly rules: readonly Rule[];
  readonly platforms: readonly Platform[];
  readonly tools: readonly Tool[];
  readonly images: readonly ImageKind[];
}

/** Facts with the later ones winning. */
export function merged<T extends Readonly<Record<string, Value | undefined>>>(...facts: readonly T[]): T {
  return Object.assign({}, ...facts) as T;
}
