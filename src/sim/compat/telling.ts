/**
 * What a plan comes to, in sentences and rows. It tells what the search has found; it decides nothing, but for which of the open
 * conditions are worth a reader's answer.
 */
import { behind } from './changes.ts';
import { labelOf, nameOf, nameOfFact, platformOf, releaseLabel, valueText, type Control } from './choices.ts';
import { isByAllowance, todoAt } from './condition.ts';
import { specOf, type FactName, type Host, type Value, type Workload } from './facts.ts';
import { COSTS, type CostId, type Knowledge, type Mechanism } from './knowledge.ts';
import { limitsOf } from './limits.ts';
import type { Chain, Traced } from './plan.ts';
import type { Situation } from './situation.ts';
import type { ErrorLayer } from '../decoder/layers.ts';

/** `presumed`: nobody says, and the usual holds. `tight`: met with nothing to spare. `depends`: met only once another link works, which does not. */
export type RowStatus = 'met' | 'tight' | 'presumed' | 'depends' | 'open' | 'unmet';

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
  /** The fact that it hangs on. */
  readonly fact: FactName;
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
    if (!isOpen || finding.risk < WORTH_ASKING || isInside(chain, finding) || isChosen(chain, finding)) return [];
    const control = behind(finding.condition.fact).find((each) => unstated.has(each));
    return control === undefined ? [] : [{ finding, control }];
  });
  return found.toSorted((a, b) => Number(a.finding.presumed) - Number(b.finding.presumed) || b.finding.risk - a.finding.risk);
}

/** True for the build of a system that the reader is yet to install. */
function isChosen({ byHand, place, mechanisms }: Chain, { condition: { fact } }: Traced): boolean {
  return byHand && /^link\.(?:build|revision)$/.test(fact) && place.build === undefined && mechanisms.some(({ kind }) => kind === 'machine');
}

/** Questions to the reader, one a control. */
export function asksOf(deciding: ReturnType<typeof decidingIn>): readonly Ask[] {
  const asks = deciding.map(({ control }): Ask => ({ control, question: specOf((control.startsWith('host.') ? control.slice(5) : control.replace('workload.', 'image.')) as FactName).question }));
  return asks.filter(({ control }, i) => asks.findIndex((one) => one.control === control) === i);
}

/** True where a condition asks how the image fits a machine that the chain makes, not the reader's own. */
function isOfMachine(chain: Chain, { of, ofRule, condition: { fact } }: Traced, { rules }: Pick<Knowledge, 'rules'>): boolean {
  const machine = chain.mechanisms.find(({ kind }) => kind === 'machine');
  return machine !== undefined && fact.startsWith('link.') && (ofRule ? rules.find(({ id }) => id === of)?.at === 'place' : of !== machine.id);
}

/** What is asked, as a sentence that says where. */
function askedIn(chain: Chain, finding: Traced, knowledge: Pick<Knowledge, 'rules'>): string {
  const { says, fact } = finding.condition;
  const asked = says ?? specOf(fact).question;
  return isOfMachine(chain, finding, knowledge) ? `For the ${guestFamily(chain)} inside the virtual machine: ${lowered(asked)}` : asked;
}

function guestFamily({ mechanisms }: Chain): string {
  return FAMILIES[mechanisms.find(({ kind }) => kind === 'machine')?.pieces.kernel?.family ?? 'linux'] ?? 'Linux';
}

/** A sentence for the middle of another: names keep their capital. */
export const lowered = (text: string): string => (/^(?:The|It|A|An|On|In|Images?|Many|Virtualization|At)\b/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);

/** What is missing first in a chain that does not work. */
export function missingIn(chain: Chain, situation: Situation, knowledge: Pick<Knowledge, 'rules'>): Missing | undefined {
  const unmet = limitsOf(chain).flatMap(({ finding }) => (finding?.status === 'unmet' ? [finding] : []));
  // Of several on one layer, the one whose error is known tells the reader most.
  const first = unmet.find((each) => each.layer === unmet[0]?.layer && each.condition.error !== undefined) ?? unmet[0];
  if (!first) return undefined;
  const { condition: { error, fact, sources = [] }, layer, presumed } = first;
  const todo = todoAt(first.condition, situation.date);
  const distinct = new Set(unmet.map(({ condition }) => condition.says ?? condition.fact));
  return {
    says: askedIn(chain, first, knowledge), fact, layer, presumed, sources, others: distinct.size - 1,
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
const RANKS: Readonly<Record<RowStatus, number>> = { unmet: 0, depends: 1, open: 1, presumed: 1, tight: 2, met: 3 };

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
function isMinor({ status, presumed, tight, risk, condition, actual }: Traced): boolean {
  const { name } = condition;
  if (status === 'unmet' || tight || isByAllowance(condition, actual)) return false;
  return status === 'open' || presumed ? risk < WORTH_ASKING : name === undefined;
}

function rowOf(finding: Traced, chain: Chain, situation: Situation, knowledge: Knowledge): Row {
  const { condition, of, layer } = finding;
  const { mechanisms, rules } = knowledge;
  const on = linkBehind(finding, chain, knowledge);
  const by = mechanisms.find(({ id }) => id === of)?.title ?? rules.find(({ id }) => id === of)?.title ?? of;
  return { asked: askedIn(chain, finding, knowledge), fact: condition.fact, have: haveOf(finding, chain, situation, on), status: on ? 'depends' : statusOf(finding), minor: !on && isMinor(finding), layer, rule: condition.name ?? of, by: clean(by), sources: condition.sources ?? [] };
}

/**
 * The link that a met condition has to thank for it, where that link does not work itself: the translator that makes an image of
 * another instruction set fit, the machine that makes a build or a folder fit.
 */
function linkBehind({ status, of, ofRule, condition: { fact } }: Traced, chain: Chain, { rules }: Pick<Knowledge, 'rules'>): Mechanism | undefined {
  if (status !== 'met' || (ofRule && rules.find(({ id }) => id === of)?.at === 'host')) return undefined;
  const isAfter = (at: number): boolean => ofRule || chain.mechanisms.findIndex(({ id }) => id === of) > at;
  const fails = ({ id }: Mechanism): boolean => chain.findings.some((each) => each.status === 'unmet' && each.of === id);
  const gives = ({ kind }: Mechanism): boolean => (kind === 'translator' ? fact === 'link.arch' || fact === 'runs' : kind === 'machine' && fact.startsWith('link.') && fact !== 'link.arch');
  return chain.mechanisms.find((mechanism, at) => gives(mechanism) && isAfter(at) && fails(mechanism));
}

function statusOf({ status, presumed, tight, condition, actual }: Traced): RowStatus {
  if (status === 'met') return presumed ? 'presumed' : tight || isByAllowance(condition, actual) ? 'tight' : 'met';
  return status === 'unmet' ? 'unmet' : 'open';
}

const FAMILIES: Readonly<Record<string, string>> = { 'windows-nt': 'Windows', 'xnu': 'XNU', 'linux': 'Linux', 'freebsd': 'FreeBSD' };

/** What the reader has, as a cell of a table. `on` is the link that it hangs on, where that one does not work. */
function haveOf(finding: Traced, chain: Chain, { workload }: Situation, on: Mechanism | undefined): string {
  const { condition, actual } = finding;
  const { fact } = condition;
  const { place, mechanisms } = chain;
  if (actual === undefined) return isChosen(chain, finding) ? chosenBuild(workload, chain) : 'not stated';
  if (fact === 'link.arch') return linkedArch(String(actual), place, workload, mechanisms.find(({ kind }) => kind === 'translator'), on !== undefined);
  const once = on ? `, once this works: ${on.title}` : '';
  if (fact === 'link.build') return `image ${shown(workload.build)}, host ${shown(place.build)}: ${actual === 'same' ? 'the same' : `the image is ${String(actual)}`}${once}`;
  if (fact.startsWith('link.')) return `${String(actual)}${once}`;
  const text = fact === 'family' ? FAMILIES[String(actual)] ?? String(actual) : fact.endsWith('os') ? labelOf(actual) : typeof actual === 'number' ? valueText(actual, fact) : shown(actual);
  return `${nameOfFact(fact)}: ${text}${isByAllowance(condition, actual) ? `, which counts as ${Number(condition.test.atLeast) / 1024} GB: firmware and graphics keep a part to themselves` : ''}`;
}

/** Whoever makes the machine chooses the system in it. */
function chosenBuild({ build }: Workload, chain: Chain): string {
  return `you choose that ${guestFamily(chain)}${build === undefined ? '' : `; one of build ${shown(build)} fits`}`;
}

function linkedArch(relation: string, { runs, arch }: Host, { arch: published }: Workload, translator: Mechanism | undefined, hangs: boolean): string {
  if (relation !== 'same') return `published for ${shown(published)}; only ${shown(runs ?? arch)} starts there`;
  return `published for ${shown(published)}, which ${translator ? `${shortTitle(translator)} ${hangs ? 'would start' : 'starts'}` : 'starts'} there`;
}

function shown(value: Value | undefined): string {
  if (value === undefined) return 'not stated';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.join(', ');
  return String(value).replace(/^(\d[\w.]*)\.\.$/, '$1 or later').replace(/^(\d[\w.]*)\.\.(\d[\w.]*)$/, '$1 to $2');
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

/** What to type, from the ground up; of several commands that start the image, that of the outermost mechanism. */
export function commandsOf({ mechanisms, commands }: Pick<Chain, 'mechanisms' | 'commands'>, { workload }: Situation): readonly string[] {
  const all = [...new Set(mechanisms.flatMap(({ id }) => commands[id] ?? []))];
  const starts = all.filter((command) => /\brun\b.*\bIMAGE\b/.test(command));
  const platform = `linux/${shown((workload.arch as readonly string[] | undefined)?.[0])}`;
  const isForeign = mechanisms.some(({ kind }) => kind === 'translator') && workload.arch !== undefined;
  const withPlatform = (start: string): string => (isForeign ? start.replace(/^(docker|podman|nerdctl|lima nerdctl|container) run /, `$1 run --platform ${platform} `) : start);
  return all.filter((command) => !starts.includes(command) || command === starts[0]).map((command) => (command === starts[0] ? withPlatform(command) : command));
}

/** What a reader does who sets the way up alone, in order, and the commands that no step holds. Code stands between backticks. */
export function stepsOf(chain: Chain, situation: Situation, knowledge: Pick<Knowledge, 'platforms'>): { readonly steps: readonly string[]; readonly commands: readonly string[] } {
  const all = commandsOf(chain, situation);
  const own = chain.mechanisms.flatMap(({ steps = [] }) => steps);
  if (own.length === 0) return { steps: [], commands: all };
  const inGuest = all.filter((command) => FOR_ENGINES.test(command));
  const outside = all.filter((command) => !inGuest.includes(command) && !own.some((step) => step.includes(command)));
  const isTold = own.some((step) => step.includes('{commands}'));
  const told = own.filter((step) => outside.length > 0 || !step.includes('{commands}'));
  const filledIn = told.map((step) => step.replace('{guest}', guestOf(situation, chain, knowledge)).replace('{commands}', outside.map((command) => `\`${command}\``).join(', then ')));
  return { steps: [...filledIn, ...inGuest.map((command) => `There, ${/\bIMAGE\b/.test(command) ? 'start the image' : 'type'}: \`${command}\`.`)], commands: isTold ? [] : outside };
}

/** Commands to an engine: they are typed where it stands. */
const FOR_ENGINES = /^(?:sudo )?(?:docker|podman|nerdctl) /;

/** The system that a machine of one's own must have for the image, with its build where that decides. */
function guestOf({ workload: { build } }: Situation, chain: Chain, { platforms }: Pick<Knowledge, 'platforms'>): string {
  const family = guestFamily(chain);
  if (family !== 'Windows') return `a ${family}, such as Ubuntu or Debian`;
  if (build === undefined) return 'a Windows Server that is as new as the image or newer';
  const named = platforms.flatMap(({ title, facts, releases }) => (facts.os === 'windows-server' ? releases.filter((release) => release.facts.build === build).map(({ version }) => `${title} ${version}`) : []));
  return `${named[0] ?? 'a Windows'} (build ${shown(build)}, that of the image)`;
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
  const kernel = `${chain.costs.includes('full-emulation') ? 'an emulated and very slow' : 'a'} virtual machine with a ${FAMILIES[machine.pieces.kernel?.family ?? 'linux'] ?? 'Linux'} kernel`;
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

/** Statements about a machine that stand in its line, and how. */
const PHRASES: readonly (readonly [keyof Host, (value: string) => string])[] = [
  ['build', (value) => `build ${value}`], ['hyperv', (value) => `Hyper-V ${value === 'yes' ? 'on' : 'off'}`], ['firmwareVirtualization', (value) => `virtualization ${value === 'yes' ? 'on' : 'off'}`],
  ['isVm', (value) => (value === 'yes' ? 'virtual machine' : 'physical')], ['nested', (value) => `${value === 'yes' ? '' : 'no '}nested virtualization`], ['kernel', (value) => `Linux ${value}`],
  ['cgroup', (value) => `cgroup v${value}`], ['binfmt', (value) => `QEMU ${value === 'yes' ? '' : 'not '}registered`], ['cpuLevel', (value) => `x86-64-v${value}`], ['memoryMib', (value) => `${value} of memory`],
];
const IN_LINE: ReadonlySet<string> = new Set(['os', 'distro', 'version', 'edition', 'arch', ...PHRASES.map(([name]) => name)]);
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** `June 2017` for 2017-06. */
export function monthName(date: string): string {
  const [year, month] = date.split('-');
  return `${MONTHS[Number(month) - 1]} ${year}`;
}

/** The whole situation in a line, in four parts: machine, workload, tool and month. */
export function lineOf({ host, workload, tool, date }: Situation, knowledge: Knowledge): readonly string[] {
  return [hostLine(host, knowledge), workloadLine(workload), tool ? [nameOf(tool, knowledge), ...(tool.version === undefined ? [] : [tool.version])].join(' ') : 'any tool', date === undefined ? 'today' : monthName(date)];
}

function hostLine(host: Host, { platforms }: Knowledge): string {
  const platform = platformOf(host, platforms);
  const release = platform?.releases.find(({ version }) => version === host.version);
  const version = release && platform ? releaseLabel(release, platform).replace(/, any release$/, '') : host.version;
  const system = [platform?.title ?? (host.os === undefined ? 'A machine' : labelOf(host.os)), version, host.edition && labelOf(host.edition)].filter(Boolean).join(' ');
  const cpu = host.arch === undefined ? [] : host.os === 'macos' ? [host.arch === 'arm64' ? 'Apple silicon' : 'Intel'] : [String(host.arch)];
  const others = PHRASES.flatMap(([name, says]) => (host[name] === undefined ? [] : [says(valueText(host[name], name))]));
  return [system, ...cpu, ...others, ...more(host, IN_LINE)].join(', ');
}

const OF_IMAGE: ReadonlySet<string> = new Set(['kind', 'os', 'arch', 'build', 'isolation', 'kernel']);

function workloadLine(workload: Workload): string {
  const { kind, os, arch, build, isolation, kernel } = workload;
  const what = [os === undefined ? '' : labelOf(os), kind === 'vm' ? 'virtual machine' : 'image', arch === undefined ? '' : `for ${labelOf((arch as readonly string[]).join(' and '))}`].filter(Boolean).join(' ').replace(/ \(.*?\)/g, '');
  const others = [...(build === undefined ? [] : [`build ${shown(build)}`]), ...(isolation === undefined ? [] : [`${labelOf(isolation)} isolation`]), ...(kernel === undefined ? [] : [`Linux ${shown(kernel)} or newer`])];
  return [`${what.charAt(0).toUpperCase()}${what.slice(1)}`, ...others, ...more(workload, OF_IMAGE)].join(', ');
}

/** How many statements have no place in the line. */
function more(facts: object, inLine: ReadonlySet<string>): readonly string[] {
  const count = Object.entries(facts).filter(([name, value]) => value !== undefined && !inLine.has(name)).length;
  return count === 0 ? [] : [`${count} more`];
}
