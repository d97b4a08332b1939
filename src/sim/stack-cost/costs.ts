/**
 * What the parts of a stack cost in disk, memory and start-up time, as ranges that rest on figures.
 * It counts what an app's placement adds to a host that runs anyway; where no source was found it says so and never guesses.
 */
import { kernelOf, nodesOf, type StackNode } from '../domain.ts';
import { SimError } from '../errors.ts';
import type { Figures } from '../model.ts';
import { PLACEMENT_IDS, PROGRAMS, roleOf, type Placement, type Program, type Role } from './placements.ts';

export interface Range {
  readonly low: number;
  readonly high: number;
  /** Ids of the figures that it rests on. */
  readonly figures: readonly string[];
}

/** A range of measured values, with words for what was measured. Times are in ms, sizes in MB. */
export interface Reading extends Range {
  readonly what: string;
}

/**
 * What one part costs: a range, or the reason why it has none. `host`: belongs to the host's installation, not counted.
 * `shared`: stored already for another app. `within`: counted in another part, as a guest's kernel is in its VMM's memory.
 * `unknown`: no source found.
 */
export type Cost = Reading | 'host' | 'shared' | 'within' | 'unknown';

/** Disk in MB (10^6 bytes) as downloaded, that is compressed; idle memory in MB (10^6 bytes). */
export interface Bill {
  readonly disk: Cost;
  readonly memory: Cost;
}
export type Resource = keyof Bill;

/** A sum over parts: a range over those that have a figure, and what it leaves out for want of one. */
export interface Total extends Range {
  readonly items: readonly Item[];
  readonly unknown: readonly string[];
}

/** Parts that cost the same: the total is the sum of `times` × `each`. */
export interface Item {
  readonly times: number;
  readonly what: string;
  readonly each: Range;
}

/** Measurements that bear on one more app of a placement. The first start is the one that the model counts with; the others stand beside it. */
export type Readings = Readonly<Record<'start' | Resource, readonly Reading[]>>;

interface ReadingRule {
  readonly what: string;
  readonly figures: readonly string[];
  /** `spread`: from the lowest low to the highest high. `values`: from the lowest to the highest value, where those are medians. */
  readonly take: 'spread' | 'values';
}

type CostRule = Exclude<Cost, Reading | 'shared'> | { readonly figure: string; readonly what: string; readonly oncePerKernel?: true };
type BillRule = Readonly<Record<Resource, CostRule>>;

const HOST: BillRule = { disk: 'host', memory: 'host' };
const WITHIN: BillRule = { disk: 'within', memory: 'within' };

/**
 * A guest's memory belongs to its VMM's process, so the whole of it is billed there; its kernel and userland lie on one
 * virtual disk, billed to the virtual hardware. The sandbox is billed to the image's part, which stands at its foot; an
 * engine, and there is one for each kernel, stores an image once. The program itself has no figure in any placement.
 */
const BILLS: Readonly<Record<Role, BillRule>> = {
  'hardware': HOST, 'firmware': HOST, 'kernel': HOST, 'userland': HOST,
  'qemu': { disk: 'host', memory: { figure: 'mem.rss.qemu', what: 'QEMU with a minimal guest of 128 MB to 8 GB, resident' } },
  'firecracker': { disk: 'host', memory: { figure: 'mem.rss.fc', what: 'Firecracker with a minimal guest of 128 MB to 8 GB, resident' } },
  'vm': { disk: { figure: 'vmimg.debian13', what: 'Debian 13 cloud image, compressed' }, memory: 'within' },
  'microvm': { disk: 'unknown', memory: 'within' },
  'vm-firmware': WITHIN, 'guest-kernel': WITHIN, 'guest-userland': WITHIN,
  'image': {
    disk: { figure: 'img.debian-slim.compressed', what: 'base layer debian:trixie-slim, compressed, once for each engine', oncePerKernel: true },
    memory: { figure: 'gvisor.density.empty.runc', what: 'a container of runc that only sleeps' },
  },
  'app': { disk: 'unknown', memory: 'unknown' },
};

const fc2020 = (test: string) => ['m5d.metal', 'rn.haswell', 'rn.nehalem'].map((host) => `start.fc2020.${host}.boot-serial-${test}.e2e`);

const CONTAINER_START: readonly ReadingRule[] = [
  { what: 'from the engine’s start event to the end of hello-world; client, creation and pull not counted', figures: ['start.uk2021.docker-min'], take: 'spread' },
  { what: 'from the request until the container runs, engine included, on an idle host', figures: ['start.docker.lightvm'], take: 'values' },
  { what: 'the run step of containerd and runc alone; creation comes before it', figures: ['start.containerd.runc'], take: 'values' },
  { what: 'creation and start, engine included, on an idle host', figures: ['start.docker.cadden'], take: 'values' },
  { what: 'docker run of an empty container to its end, in a cloud VM', figures: ['gvisor.startup.empty.runc'], take: 'values' },
];
const CONTAINER_MEMORY: readonly ReadingRule[] = [
  { what: 'smallest memory limit under which hello, Redis, nginx and SQLite still run', figures: ['mem.uk2021.min.docker'], take: 'spread' },
];

const READINGS: Readonly<Record<Placement, Readonly<Record<keyof Readings, readonly ReadingRule[]>>>> = {
  'metal': { start: [], disk: [], memory: [] },
  'container': { start: CONTAINER_START, disk: [], memory: CONTAINER_MEMORY },
  'container-in-vm': { start: CONTAINER_START, disk: [], memory: CONTAINER_MEMORY },
  'vm': {
    start: [
      { what: 'from the request to the first command in an Ubuntu cloud image, network up', figures: ['start.vm.ubuntu.cloud'], take: 'spread' },
      { what: 'the same, tuned: own init, no cloud-init; median and 90th percentile', figures: ['start.vm.ubuntu.tuned'], take: 'spread' },
      { what: 'from the start of QEMU with SeaBIOS to a minimal init; medians of three hosts', figures: fc2020('qemu'), take: 'values' },
    ],
    disk: [],
    memory: [{ what: 'QEMU’s own data beside the guest’s memory, not all of it resident', figures: ['mem.vmm.qemu'], take: 'spread' }],
  },
  'microvm': {
    start: [
      { what: 'from the start of Firecracker to a minimal init; medians of three hosts', figures: fc2020('fc-api'), take: 'values' },
      { what: 'Alpine on Firecracker, to a service that OpenRC starts; CPU time of the VMM', figures: ['start.uk2021.alpine-vm'], take: 'spread' },
      { what: 'from the start of Cloud Hypervisor to a minimal init; medians of three hosts', figures: fc2020('chv'), take: 'values' },
    ],
    disk: [],
    memory: [
      { what: 'Firecracker’s own data beside the guest’s memory', figures: ['mem.vmm.fc'], take: 'spread' },
      { what: 'the most that Firecracker’s tests allow it beside the guest’s memory', figures: ['mem.fc.spec'], take: 'values' },
      { what: 'smallest guest memory with which hello, Redis, nginx and SQLite still run', figures: ['mem.uk2021.min.microvm'], take: 'spread' },
    ],
  },
};

/** What was measured with the program in its container; stands after the readings of the placement. */
const WITH_PROGRAM: Readonly<Record<Program, Readonly<Record<keyof Readings, readonly ReadingRule[]>>>> = {
  nginx: {
    start: [],
    disk: [{ what: 'nginx image with its base layer, unpacked', figures: ['img.nginx.disk'], take: 'values' }],
    memory: [],
  },
  node: {
    start: [{ what: 'docker run until a Node.js server answers its first request, in a cloud VM', figures: ['gvisor.startup.node.runc'], take: 'values' }],
    disk: [{ what: 'node:18-slim image with its base layer, compressed', figures: ['img.node-slim.compressed'], take: 'values' }],
    memory: [{ what: 'one container with a Node.js server', figures: ['gvisor.density.node.runc'], take: 'values' }],
  },
};

const KINDS = ['start', 'disk', 'memory'] as const;

/** Ids of every figure that this model computes with. */
export function stackCostFigures(): readonly string[] {
  const tables = [...PLACEMENT_IDS.map((id) => READINGS[id]), ...PROGRAMS.map((id) => WITH_PROGRAM[id])];
  const read = tables.flatMap((rules) => KINDS.flatMap((kind) => rules[kind].flatMap(({ figures }) => figures)));
  const billed = Object.values(BILLS).flatMap(({ disk, memory }) => [disk, memory].flatMap((rule) => (typeof rule === 'string' ? [] : [rule.figure])));
  return [...new Set([...billed, ...read])];
}

/** Factors to MB and to ms. MB is 10^6 bytes, MiB 2^20. */
const FACTORS: Readonly<Record<string, number>> = { B: 1e-6, MB: 1, MiB: 1.048576, ms: 1, s: 1000 };

/** A figure in MB or ms. Throws SimError when it is missing or has another unit. */
function rangeOf(figures: Figures, ids: readonly string[], take: ReadingRule['take']): Range {
  const found = ids.map((id) => {
    const figure = figures[id];
    const factor = FACTORS[figure?.unit ?? ''];
    if (!figure) throw new SimError(`There is no figure "${id}".`);
    if (factor === undefined) throw new SimError(`The figure "${id}" is in ${figure.unit}, which is neither a size nor a time.`);
    const [low, high] = take === 'values' ? [figure.value, figure.value] : [figure.low, figure.high];
    return { low: low * factor, high: high * factor };
  });
  return { low: Math.min(...found.map(({ low }) => low)), high: Math.max(...found.map(({ high }) => high)), figures: ids };
}

/** All measurements that bear on one more app of each placement. Throws SimError when a figure is missing. */
export function readingsOf(figures: Figures, program: Program): Readonly<Record<Placement, Readings>> {
  const resolve = (rules: readonly ReadingRule[]) => rules.map(({ what, figures: ids, take }) => ({ what, ...rangeOf(figures, ids, take) }));
  const entries = PLACEMENT_IDS.map((placement) => {
    const contained = placement.startsWith('container');
    const of = (kind: keyof Readings) => resolve([...READINGS[placement][kind], ...(contained ? WITH_PROGRAM[program][kind] : [])]);
    return [placement, { start: of('start'), disk: of('disk'), memory: of('memory') }];
  });
  return Object.fromEntries(entries) as Record<Placement, Readings>;
}

/** What each part of a stack costs, by node id. Throws SimError when a figure is missing. */
export function billsOf(stack: StackNode, figures: Figures): Readonly<Record<string, Bill>> {
  const stored = new Set<string>();
  const cost = (node: StackNode, rule: CostRule): Cost => {
    if (typeof rule === 'string') return rule;
    const place = `${kernelOf(stack, node.id)?.id} ${rule.figure}`;
    if (rule.oncePerKernel && stored.has(place)) return 'shared';
    stored.add(place);
    return { what: rule.what, ...rangeOf(figures, [rule.figure], 'spread') };
  };
  return Object.fromEntries(nodesOf(stack).map((node) => {
    const rule = BILLS[roleOf(node.id)];
    return [node.id, { disk: cost(node, rule.disk), memory: cost(node, rule.memory) }];
  }));
}

/** The sum of one resource over a stack. `unknown` names what it leaves out. */
export function totalOf(bills: Readonly<Record<string, Bill>>, resource: Resource, program: Program): Total {
  const costs = Object.entries(bills).map(([node, bill]) => ({ role: roleOf(node), cost: bill[resource] }));
  const known = costs.flatMap(({ cost }) => (typeof cost === 'string' ? [] : [cost]));
  const items = itemsOf(known);
  const unknown = costs.flatMap(({ role, cost }) => (cost === 'unknown' ? [role === 'app' ? `${program} itself` : 'the microVM’s disk'] : []));
  if (resource === 'memory' && costs.some(({ role }) => role === 'image')) unknown.push('the container engine');
  return {
    low: items.reduce((sum, { times, each }) => sum + times * each.low, 0),
    high: items.reduce((sum, { times, each }) => sum + times * each.high, 0),
    figures: items.flatMap(({ each }) => each.figures),
    items,
    unknown: [...new Set(unknown)],
  };
}

function itemsOf(costs: readonly Reading[]): readonly Item[] {
  const kinds = [...new Map(costs.map((cost) => [cost.what, cost])).values()];
  return kinds.map(({ what, ...each }) => ({ times: costs.filter((cost) => cost.what === what).length, what, each }));
}
