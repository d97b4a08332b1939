/**
 * The search: which chains of mechanisms carry a workload on a host, what each costs, and what is missing where none does.
 * It knows how links are joined; it refuses to know any mechanism by name.
 */
import { examine, holds, isCurrent, statusOf, type Condition, type Finding, type Lookup } from './condition.ts';
import type { Host, Value, Workload } from './facts.ts';
import { COSTS, type Caveat, type Command, type CostId, type Knowledge, type Mechanism, type Rule, type Tool } from './knowledge.ts';
import { lookupIn, withConsequences, type Scene, type ToolInUse } from './scene.ts';

export interface Question {
  readonly host: Host;
  readonly workload: Workload;
  /** The tool that must be part of the chain. */
  readonly tool?: ToolInUse;
  /** A month, YYYY-MM; without one, the present. */
  readonly date?: string;
}

/** A finding with the mechanism or rule that asked. */
export interface Traced extends Finding {
  /** Id of the mechanism or rule. */
  readonly of: string;
  readonly ofRule: boolean;
}

export interface Chain {
  readonly mechanisms: readonly Mechanism[];
  /** All that was asked on the way, from the ground up. */
  readonly findings: readonly Traced[];
  /** Facts of the place where the workload stands in the end. */
  readonly place: Host;
  readonly costs: readonly CostId[];
  readonly weight: number;
  readonly caveats: readonly Caveat[];
  /** What to type, by the ids of the mechanisms. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** True when nothing that was asked is unmet. */
  readonly works: boolean;
  /** True when one of its mechanisms is set up by the reader, not by a product. */
  readonly byHand: boolean;
}

export interface Plan {
  /** Chains that work, cheapest first. */
  readonly chains: readonly Chain[];
  /** Chains that work but that no product sets up, cheapest first. */
  readonly byHand: readonly Chain[];
  /** Chains that do not, nearest miss first. */
  readonly misses: readonly Chain[];
  /** True when a product, or the tool that was named, carries the workload. */
  readonly runs: boolean;
  /** Mechanisms that would be candidates in another year. */
  readonly outOfDate: readonly Mechanism[];
}

/** Searches all chains. The host's facts are taken as stated; see platforms.ts for what follows from a system's name. */
export function canRun(knowledge: Knowledge, question: Question): Plan {
  const host = withConsequences(question.host);
  const scene: Scene = { host, place: host, workload: question.workload, ...(question.tool ? { tool: question.tool } : {}) };
  const search: Search = { knowledge, date: question.date, outOfDate: new Set() };
  const all = chainsFrom(search, scene, []).map((links) => chainOf(search, scene, links));
  const asked = all.filter((chain) => question.tool === undefined || usesTool(chain, question.tool));
  const byWeight = byWeightAmong(knowledge.tools);
  const works = asked.filter((chain) => chain.works).toSorted(byWeight);
  const chains = works.filter((chain) => !chain.byHand || (question.tool !== undefined && isByHandOf(chain, question.tool)));
  return {
    chains,
    byHand: works.filter((chain) => !chains.includes(chain)),
    misses: asked.filter((chain) => !chain.works).toSorted(byNearness(byWeight)),
    runs: chains.length > 0,
    outOfDate: [...search.outOfDate].filter((each) => question.tool === undefined || belongsTo(each, question.tool)),
  };
}

/** Whether a chain is the tool's: one of its mechanisms bears the name, or its machine comes with the tool, or without one the rest does. */
function usesTool({ mechanisms }: Chain, tool: ToolInUse): boolean {
  const machine = mechanisms.find(({ kind }) => kind === 'machine');
  return mechanisms.some(({ id }) => id === tool.id) || (machine ? [machine] : mechanisms).some((each) => belongsTo(each, tool));
}

/** Whether all that is set up by hand in a chain is what was named. */
function isByHandOf({ mechanisms }: Chain, tool: ToolInUse): boolean {
  return mechanisms.every((each) => !each.costs.includes('by-hand') || belongsTo(each, tool));
}

function belongsTo({ id, tools }: Mechanism, tool: ToolInUse): boolean {
  return id === tool.id || tools.includes(tool.id);
}

interface Search {
  readonly knowledge: Knowledge;
  readonly date: string | undefined;
  readonly outOfDate: Set<Mechanism>;
}

interface Link {
  readonly mechanism: Mechanism;
  /** Where the mechanism stands. */
  readonly scene: Scene;
  readonly findings: readonly Traced[];
}

/** At most one machine, then translators, then what runs the workload. */
function chainsFrom(search: Search, scene: Scene, before: readonly Link[]): readonly (readonly Link[])[] {
  const isInside = before.some(({ mechanism }) => mechanism.kind === 'machine');
  return search.knowledge.mechanisms.flatMap((mechanism) => {
    if (before.some((link) => link.mechanism === mechanism)) return [];
    if (mechanism.kind === 'machine' && (isInside || before.length > 0)) return [];
    if (mechanism.kind === 'translator' && before.some((link) => link.mechanism.kind === 'translator')) return [];
    const link = linkOn(search, scene, mechanism);
    if (!link) return [];
    if (mechanism.kind === 'sandbox' || mechanism.kind === 'guest') return [[...before, link]];
    return chainsFrom(search, { ...scene, place: placeAfter(mechanism, scene.place) }, [...before, link]);
  });
}

/** The mechanism on this place with what it asked; undefined where it is no candidate. A translator is one only where that is certain. */
function linkOn({ date, outOfDate }: Search, scene: Scene, mechanism: Mechanism): Link | undefined {
  const look = lookupIn(scene);
  const open: Condition[] = [];
  for (const condition of mechanism.on) {
    const status = statusOf(condition, look, undefined);
    if (status === 'unmet' || (status === 'open' && mechanism.kind === 'translator')) return undefined;
    if (status === 'open') open.push(condition);
  }
  if (!isCurrent(mechanism, date)) {
    outOfDate.add(mechanism);
    return undefined;
  }
  const asked = [...open.map((condition) => examine(condition, look, undefined)), ...mechanism.requires.map((condition) => examine(condition, look, date))];
  return { mechanism, scene, findings: traced(asked, mechanism.id, false) };
}

function traced(findings: readonly Finding[], of: string, ofRule: boolean): readonly Traced[] {
  return findings.filter(({ status }) => status !== 'off').map((finding) => ({ ...finding, of, ofRule }));
}

/** The place that a mechanism makes, or the same place with more instruction sets. */
function placeAfter({ kind, provides, keeps }: Mechanism, below: Host): Host {
  if (kind === 'translator') return { ...below, ...provides, runs: [...((below.runs as readonly string[] | undefined) ?? []), ...((provides.runs as readonly string[] | undefined) ?? [])] };
  const kept = Object.fromEntries(keeps.filter((name) => below[name] !== undefined).map((name) => [name, below[name]]));
  // What the processor can, it can in a machine too. Of a machine that a product makes nobody is asked: its QEMU does what the processor may not.
  return withConsequences({ aarch32: below.aarch32 ?? false, ...kept, ...provides });
}

/** A chain with the rules that bear on it, its cost and its caveats. */
function chainOf({ knowledge, date }: Search, start: Scene, links: readonly Link[]): Chain {
  const mechanisms = links.map(({ mechanism }) => mechanism);
  const last = (links.at(-1) as Link).scene;
  const looks = { host: lookupIn(start), place: lookupIn(last) };
  const speaking = knowledge.rules.filter(({ at, when }) => holds(when, looks[at], date));
  const findings = [...links.flatMap((link) => link.findings), ...speaking.flatMap((rule) => findingsOf(rule, looks[rule.at], date))];
  const costs = costsOf(mechanisms, last.host, date);
  return {
    mechanisms,
    findings,
    place: last.place,
    costs,
    weight: costs.reduce((sum, id) => sum + COSTS[id].weight, 0),
    caveats: [...mechanisms, ...speaking].flatMap(({ caveats }) => caveats.filter(({ when = [] }) => holds(when, looks.place, date))),
    // Worked out when it is asked for: a search for changes makes many chains, and shows one.
    get commands() {
      return Object.fromEntries(links.map((link) => [link.mechanism.id, commandsIn(link, date)]));
    },
    works: findings.every(({ status }) => status !== 'unmet'),
    byHand: mechanisms.some((each) => each.costs.includes('by-hand')),
  };
}

/** QEMU's names of instruction sets, where they are others (its manual, system/targets). */
const QEMU_NAMES: Readonly<Record<string, string>> = { 'amd64': 'x86_64', 'arm64': 'aarch64', '386': 'i386', 'ppc64le': 'ppc64', 'mips64le': 'mips64el', 'loong64': 'loongarch64' };

/** The commands that are for this place and month; `ARCH` is the guest's instruction set, or the host's for a machine that takes it over. */
function commandsIn({ mechanism: { commands, kind }, scene }: Link, date: string | undefined): readonly string[] {
  const look = lookupIn(scene);
  const isRight = (command: Command): boolean => isCurrent(command, date) && holds(command.when ?? [], look, date);
  const published = kind === 'guest' ? ((scene.workload.arch ?? []) as readonly string[]) : [];
  const runs = (look('runs').value ?? []) as readonly string[];
  const arch = published.find((one) => runs.includes(one)) ?? published[0] ?? String(look('arch').value);
  return commands.filter(isRight).map(({ text }) => text.replaceAll('ARCH', QEMU_NAMES[arch] ?? arch));
}

function findingsOf(rule: Rule, look: Lookup, date: string | undefined): readonly Traced[] {
  return traced(rule.requires.map((condition) => examine(condition, look, date)), rule.id, true);
}

function costsOf(mechanisms: readonly Mechanism[], host: Host, date: string | undefined): readonly CostId[] {
  const isNested = host.isVm === true && mechanisms.some(({ kind, pieces }) => pieces.hypervisor !== undefined || kind === 'guest');
  return mechanisms.flatMap(({ costs, unmaintained }): readonly CostId[] => {
    const isLeft = unmaintained !== undefined && (date === undefined || unmaintained <= date);
    return isLeft ? [...costs, 'unmaintained'] : costs;
  }).concat(isNested ? ['nested'] : []);
}

type Order = (a: Chain, b: Chain) => number;

/**
 * The cheapest first. Of equal cost, the shorter; of equal length, what was cared for longest: Toolbox before the boot2docker that
 * it replaced; then as the tools stand in content/compat-rules/tools.yaml, where the widespread ones come first.
 */
function byWeightAmong(tools: readonly Tool[]): Order {
  const places = new Map(tools.map(({ id }, i) => [id, i]));
  const place = (chain: Chain): number => places.get(toolOf(chain) ?? '') ?? tools.length;
  return (a, b) => a.weight - b.weight || a.mechanisms.length - b.mechanisms.length || caredUntil(b).localeCompare(caredUntil(a)) || place(a) - place(b);
}

const STILL = '9999-12';
const caredUntil = ({ mechanisms }: Chain): string => mechanisms.reduce((least, { unmaintained = STILL }) => (unmaintained < least ? unmaintained : least), STILL);

/** The tool that brings a chain: that of its machine, or of what runs the workload. */
export function toolOf({ mechanisms }: Pick<Chain, 'mechanisms'>): string | undefined {
  return (mechanisms.find(({ kind }) => kind === 'machine') ?? mechanisms.at(-1))?.tools[0];
}

/** Fewest unmet conditions first, then the cheapest; what is set up by hand comes last. */
const byNearness = (byWeight: Order): Order => (a, b) => Number(a.byHand) - Number(b.byHand) || unmetIn(a) - unmetIn(b) || byWeight(a, b);

/** Another kernel is farther away than anything else that may be missing. */
const ANOTHER_KERNEL = 3;

function unmetIn({ findings }: Chain): number {
  const weight = ({ layer, presumed }: Traced): number => (layer === 'kernel-family' ? ANOTHER_KERNEL : presumed ? 0.9 : 1);
  return findings.reduce((sum, finding) => sum + (finding.status === 'unmet' ? weight(finding) : 0), 0);
}

/** A value as a reader reads it. */
export function shownValue(value: Value | undefined): string {
  if (value === undefined) return 'not stated';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
