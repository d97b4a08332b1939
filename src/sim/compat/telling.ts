/**
 * What a plan comes to, in sentences and rows. It tells what the search has found; it decides nothing, but for which of the open
 * conditions are worth a reader's answer.
 */
import { behind } from './changes.ts';
import { labelOf, type Control } from './choices.ts';
import { specOf, type FactName, type Host, type Value, type Workload } from './facts.ts';
import { COSTS, type CostId, type Knowledge, type Mechanism } from './knowledge.ts';
import { limitsOf } from './limits.ts';
import type { Chain, Traced } from './plan.ts';
import type { Situation } from './situation.ts';
import type { ErrorLayer } from '../decoder/layers.ts';

/** `presumed`: nobody says, and the usual holds. `tight`: met with nothing to spare. */
export type RowStatus = 'met' | 'tight' | 'presumed' | 'open' | 'unmet';

/** One thing that the way asks for. */
export interface Row {
  readonly asked: string;
  /** The fact that is asked about. */
  readonly fact: FactName;
  readonly have: string;
  readonly status: RowStatus;
  /** True for what hardly ever decides: said for completeness. */
  readonly minor: boolean;
  readonly layer: ErrorLayer;
  /** Id of the mechanism or rule that asks, with the name of the condition where it has one. */
  readonly rule: string;
  readonly by: string;
  readonly sources: readonly string[];
}

/** What stops the reader first. */
export interface Missing {
  readonly says: string;
  readonly layer: ErrorLayer;
  /** What the reader sees, word for word; not known for every condition. */
  readonly error?: string;
  readonly todo?: string;
  readonly sources: readonly string[];
  /** How many more conditions are not met. */
  readonly others: number;
  readonly presumed: boolean;
}

export interface Ask {
  readonly question: string;
  /** The control that answers it, as `host.build`. */
  readonly control: string;
}

/** Open conditions that are this unlikely to stop anybody are not asked about. */
const WORTH_ASKING = 0.1;

const clean = (rule: string): string => rule.replace(/\.$/, '');

/** True for a condition on a machine that a product makes and looks after: nothing that a reader could answer. */
export function isInside(chain: Chain, { of, ofRule, condition: { fact } }: Traced): boolean {
  const machine = chain.mechanisms.find(({ kind }) => kind === 'machine');
  return machine !== undefined && (ofRule || of !== machine.id) && !fact.includes('.');
}

/** Conditions that are open, or met or unmet by presumption only, and that a control of the reader can settle; open ones first. */
export function decidingIn(chain: Chain, controls: readonly Control[]): readonly { readonly finding: Traced; readonly control: string }[] {
  const unstated = new Set(controls.filter(({ value }) => value === undefined).map(({ of, fact }) => `${of}.${fact}`));
  const found = chain.findings.flatMap((finding) => {
    const isOpen = finding.status === 'open' || finding.presumed;
    if (!isOpen || finding.risk < WORTH_ASKING || isInside(chain, finding)) return [];
    const control = behind(finding.condition.fact).find((each) => unstated.has(each));
    return control === undefined ? [] : [{ finding, control }];
  });
  return found.toSorted((a, b) => Number(a.finding.presumed) - Number(b.finding.presumed) || b.finding.risk - a.finding.risk);
}

/** Questions to the reader, one a control. */
export function asksOf(deciding: ReturnType<typeof decidingIn>): readonly Ask[] {
  const asks = deciding.map(({ control }): Ask => ({ control, question: specOf((control.startsWith('host.') ? control.slice(5) : control.replace('workload.', 'image.')) as FactName).question }));
  return asks.filter(({ control }, i) => asks.findIndex((one) => one.control === control) === i);
}

/** What is missing first in a chain that does not work. */
export function missingIn(chain: Chain, situation: Situation): Missing | undefined {
  const unmet = limitsOf(chain).flatMap(({ finding }) => (finding?.status === 'unmet' ? [finding] : []));
  // Of several on one layer, the one whose error is known tells the reader most.
  const first = unmet.find((each) => each.layer === unmet[0]?.layer && each.condition.error !== undefined) ?? unmet[0];
  if (!first) return undefined;
  const { condition: { says, error, todo, fact, sources = [] }, layer, presumed } = first;
  const distinct = new Set(unmet.map(({ condition }) => condition.says ?? condition.fact));
  return {
    says: says ?? specOf(fact).question, layer, presumed, sources, others: distinct.size - 1,
    ...(error === undefined ? {} : { error: filled(error, chain.place, situation.workload) }),
    ...(todo === undefined ? {} : { todo }),
  };
}

/** An error's text with the builds of this host and image in it. */
function filled(error: string, { build }: Host, workload: Workload): string {
  const exact = (value: Value | undefined): string => (value === undefined || String(value).includes('..') ? '…' : String(value));
  return error.replaceAll('{image.build}', exact(workload.build)).replaceAll('{build}', exact(build));
}

/** What stops stands before what may, and that before what is met. */
const RANKS: Readonly<Record<RowStatus, number>> = { unmet: 0, open: 1, presumed: 1, tight: 2, met: 3 };

/** All that a chain asks, what stops or decides first. What a product answers for its own machine is left out unless it is unmet. */
export function rowsOf(chain: Chain, situation: Situation, knowledge: Knowledge): readonly Row[] {
  const told = chain.findings.filter((each) => each.status === 'unmet' || !(isInside(chain, each) || isIdle(each))).toSorted((a, b) => b.risk - a.risk);
  const rows = told.map((finding) => rowOf(finding, chain, situation, knowledge));
  const distinct = rows.filter(({ asked, status }, i) => rows.findIndex((one) => one.asked === asked && one.status === status) === i);
  return distinct.toSorted((a, b) => Number(a.minor) - Number(b.minor) || RANKS[a.status] - RANKS[b.status]);
}

/** What is excluded is no news while nobody says that it is so. */
function isIdle({ status, condition: { test } }: Traced): boolean {
  return status === 'open' && test.not !== undefined && Object.keys(test).length === 1;
}

/** Met conditions without a name of their own are those that every machine of the kind meets. */
function isMinor({ status, presumed, tight, risk, condition: { name } }: Traced): boolean {
  if (status === 'unmet' || tight) return false;
  return status === 'open' || presumed ? risk < WORTH_ASKING : name === undefined;
}

function rowOf(finding: Traced, chain: Chain, situation: Situation, { mechanisms, rules }: Knowledge): Row {
  const { condition, of, layer } = finding;
  const by = mechanisms.find(({ id }) => id === of)?.title ?? rules.find(({ id }) => id === of)?.title ?? of;
  return { asked: condition.says ?? specOf(condition.fact).question, fact: condition.fact, have: haveOf(finding, chain, situation), status: statusOf(finding), minor: isMinor(finding), layer, rule: condition.name ?? of, by: clean(by), sources: condition.sources ?? [] };
}

function statusOf({ status, presumed, tight }: Traced): RowStatus {
  if (status === 'met') return presumed ? 'presumed' : tight ? 'tight' : 'met';
  return status === 'unmet' ? 'unmet' : 'open';
}

const NAMES: Readonly<Record<string, string>> = {
  'os': 'system', 'family': 'kernel', 'build': 'build', 'arch': 'instruction set', 'hwVirt': 'virtualization in hardware', 'slat': 'nested page tables', 'isVm': 'a virtual machine itself',
  'firmwareVirtualization': 'virtualization in the firmware', 'nested': 'virtualization passed on', 'hyperv': 'Hyper-V', 'memoryMib': 'memory in MiB', 'binfmt': 'QEMU in binfmt_misc', 'cpuLevel': 'x86-64 level',
  'wslVersion': 'version of WSL', 'wslKernel': 'kernel of WSL up to date', 'cgroup': 'cgroup version', 'kvm': '/dev/kvm', 'engine': 'engine', 'tool.id': 'tool', 'tool.version': 'version of the tool', 'image.isolation': 'isolation asked for',
  'cpuVendor': 'maker of the processor', 'containerMode': 'kind of containers', 'userNamespaces': 'user namespaces', 'memoryCgroup': 'memory controller',
};

const FAMILIES: Readonly<Record<string, string>> = { 'windows-nt': 'Windows', 'xnu': 'XNU', 'linux': 'Linux', 'freebsd': 'FreeBSD' };

/** What the reader has, as a cell of a table. */
function haveOf({ condition: { fact }, actual }: Traced, { place, mechanisms }: Chain, { workload }: Situation): string {
  if (actual === undefined) return 'not stated';
  const name = NAMES[fact.replace(/^host\./, '')] ?? fact.replace(/^(?:host|image)\./, '');
  const text = fact === 'link.arch' ? linkedArch(String(actual), place, workload, mechanisms.find(({ kind }) => kind === 'translator'))
    : fact === 'link.build' ? `image ${shown(workload.build)}, host ${shown(place.build)}: ${actual === 'same' ? 'the same' : `the image is ${String(actual)}`}`
      : fact.startsWith('link.') ? String(actual) : `${name}: ${fact === 'family' ? FAMILIES[String(actual)] ?? String(actual) : fact === 'os' || fact === 'host.os' ? labelOf(actual) : shown(actual)}`;
  return text;
}

function linkedArch(relation: string, { runs, arch }: Host, { arch: published }: Workload, translator: Mechanism | undefined): string {
  return relation === 'same' ? `published for ${shown(published)}, which ${translator ? `${shortTitle(translator)} starts` : 'starts'} there` : `published for ${shown(published)}; only ${shown(runs ?? arch)} starts there`;
}

function shown(value: Value | undefined): string {
  if (value === undefined) return 'not stated';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.join(', ');
  return String(value).replace(/^(\d[\w.]*)\.\.$/, '$1 or later').replace(/^(\d[\w.]*)\.\.(\d[\w.]*)$/, '$1 to $2');
}

/** A value of a statement, as a list of statements shows it. */
export function valueText(value: Value): string {
  return typeof value === 'boolean' ? shown(value) : typeof value === 'object' ? value.join(', ') : labelOf(value);
}

/** `Rosetta` of “Rosetta in a Linux virtual machine”. */
export function shortTitle({ title }: Mechanism): string {
  return title.split(/ in | for single /)[0] ?? title;
}

/** The way as a heading: its machine, or what runs the workload, and what translates. */
export function titleOf({ mechanisms }: Pick<Chain, 'mechanisms'>): string {
  const machine = mechanisms.find(({ kind }) => kind === 'machine');
  const translator = mechanisms.find(({ kind }) => kind === 'translator');
  const last = mechanisms.at(-1);
  const main = machine ?? last;
  const inner = machine && last && last.pieces.machine !== undefined ? ` with ${last.title.replace(/^A /, 'a ')}` : '';
  return [`${main?.title ?? 'No way'}${inner}`, ...(translator ? [shortTitle(translator)] : [])].join(', and ');
}

/** Costs in words, without the sandbox that every container has. */
export function costsIn({ costs }: Pick<Chain, 'costs'>): readonly string[] {
  const told = costs.filter((id) => id !== 'sandbox' || costs.length === 1);
  return [...new Set(told)].map((id) => COSTS[id].says);
}

/** What to type, from the ground up; of several commands that start the image, the most exact one. */
export function commandsOf({ mechanisms }: Pick<Chain, 'mechanisms'>, { workload }: Situation): readonly string[] {
  const all = [...new Set(mechanisms.flatMap(({ commands }) => commands))];
  const starts = all.filter((command) => /\brun\b.*\bIMAGE\b/.test(command));
  const translating = mechanisms.find(({ kind }) => kind === 'translator')?.commands.find((command) => starts.includes(command));
  const [start] = translating === undefined ? starts : [translating];
  const platform = `linux/${shown((workload.arch as readonly string[] | undefined)?.[0])}`;
  return all.filter((command) => !starts.includes(command) || command === start).map((command) => (workload.arch === undefined ? command : command.replace('PLATFORM', platform)));
}

/** How the workload runs in a chain, as the clause after “Yes”. */
export function howOf(chain: Chain, { workload }: Situation, { tools }: Knowledge): string {
  const machine = chain.mechanisms.find(({ kind }) => kind === 'machine');
  const translator = chain.mechanisms.find(({ kind }) => kind === 'translator');
  const published = shown((workload.arch as readonly string[] | undefined)?.[0]);
  const translated = translator ? `, and ${shortTitle(translator)} ${translator.costs.includes('emulation') ? 'emulates' : 'translates'} its ${published} programs` : '';
  const last = chain.mechanisms.at(-1);
  if (!machine) return `${clean(last?.summary ?? '')}${translated}.`;
  const product = tools.find(({ id }) => id === machine.tools[0])?.title ?? machine.title;
  const kernel = `a virtual machine with a ${FAMILIES[machine.pieces.kernel?.family ?? 'linux'] ?? 'Linux'} kernel`;
  if (chain.byHand) return `An engine in ${kernel}, set up by yourself, runs it${translated}.`;
  return `${product} runs it in ${kernel}${translated}.`;
}

/** Costs that a reader must not overlook. */
const MINDED: readonly CostId[] = ['partial', 'experimental', 'beta', 'unmaintained', 'nested'];

/** What to mind, as a sentence with a space before it; empty for most chains. */
export function mindIn({ costs }: Pick<Chain, 'costs'>): string {
  const said = MINDED.filter((id) => costs.includes(id)).map((id) => COSTS[id].says);
  return said.length === 0 ? '' : ` Mind: ${said.join(', and ')}.`;
}

const COUNTS = ['no', 'one', 'two', 'three', 'four'] as const;

/** How many kernels a chain adds, as a sentence. */
export function kernelsAdded(added: number, { costs }: Pick<Chain, 'costs'>): string {
  if (costs.includes('kernel-per-container')) return 'Each container adds a kernel of its own.';
  return added === 0 ? 'No kernel is added.' : `That adds ${COUNTS[added] ?? String(added)} kernel${added === 1 ? '' : 's'} to the machine’s own.`;
}
