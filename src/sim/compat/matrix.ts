/**
 * The matrix: machines that people have × images that they start, a word and a sentence a cell. It knows how a plan becomes one
 * cell; what runs where is the planner's business, and which machines and images are asked about is told.
 */
import type { ErrorLayer } from '../decoder/layers.ts';
import { todoAt } from './condition.ts';
import { COSTS, type CostId, type Knowledge, type Mechanism } from './knowledge.ts';
import { focusOf, limitsOf } from './limits.ts';
import type { Chain, Plan } from './plan.ts';
import { outSince } from './platforms.ts';
import { planOf, situationOf, type PlainSituation, type Situation } from './situation.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  /** The month in which it came out, where no platform tells. */
  readonly from?: string;
}

/** Facts in plain words, as `PlainSituation` has them. */
export type PlainFacts = Readonly<Record<string, unknown>>;

export interface MatrixHost extends Entry {
  readonly host: PlainFacts;
}

export interface MatrixImage extends Entry {
  readonly workload: PlainFacts;
}

export interface MatrixAxes {
  readonly hosts: readonly MatrixHost[];
  readonly images: readonly MatrixImage[];
}

/** How well it goes, from best to worst, with the word for it and what the word means. */
export const CELL_VERDICTS = {
  'runs': { word: 'Runs', says: 'runs on the kernel that the machine has' },
  'vm': { word: 'With a VM', says: 'runs, carried by a virtual machine with one more kernel' },
  'emulated': { word: 'Emulated', says: 'runs, though made for another instruction set: QEMU or Rosetta translates it' },
  'by-hand': { word: 'By hand', says: 'runs once you set it up; no product does that for you' },
  'no': { word: 'No', says: 'something does not fit, and nothing known gets around it' },
} as const;
export type CellVerdict = keyof typeof CELL_VERDICTS;

export interface Cell {
  /** Ids of the host and the image. */
  readonly host: string;
  readonly image: string;
  readonly verdict: CellVerdict;
  /** Titles of the mechanisms that decide: what carries it, and what translates it. Empty where nothing carries it. */
  readonly mechanisms: readonly string[];
  /** Titles of what carries it at the same cost. */
  readonly also: readonly string[];
  /** A sentence or two. */
  readonly why: string;
  /** What would change a “no”. */
  readonly todo?: string;
  /** The layer of the first unmet condition of a “no”. */
  readonly layer?: ErrorLayer;
  readonly situation: Situation;
}

export interface Matrix {
  readonly rows: readonly { readonly id: string; readonly title: string }[];
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  /** Row by row. */
  readonly cells: readonly Cell[];
  /** Titles of the hosts and images that were not out yet. */
  readonly later: readonly string[];
}

/**
 * The matrix in a month (YYYY-MM; without one, at present), with a tool or with any. Hosts and images that were not out yet are
 * left out. Throws an Error for a tool that nobody knows.
 */
export function matrixOf(knowledge: Knowledge, { hosts, images }: MatrixAxes, date?: string, tool?: string): Matrix {
  const asked = (words: PlainSituation): Situation => situationOf({ ...words, ...(date === undefined ? {} : { date }), ...(tool === undefined ? {} : { tool }) }, knowledge);
  const isOut = (from: string | undefined): boolean => date === undefined || from === undefined || from <= date;
  const hostIsOut = ({ host, from }: MatrixHost): boolean => isOut(from ?? outSince(situationOf({ host }, knowledge).host, knowledge));
  const rows = hosts.filter(hostIsOut);
  const columns = images.filter(({ from }) => isOut(from));
  const cells = rows.flatMap((row) => columns.map((column) => cellOf(knowledge, row.id, column.id, asked({ host: row.host, workload: column.workload }))));
  const later = [...hosts.filter((one) => !rows.includes(one)), ...images.filter((one) => !columns.includes(one))].map(({ title }) => title);
  const named = ({ id, title }: Entry) => ({ id, title });
  return { rows: rows.map(named), columns: columns.map(named), cells, later };
}

function cellOf(knowledge: Knowledge, host: string, image: string, situation: Situation): Cell {
  const plan = planOf(situation, knowledge);
  const base = { host, image, situation };
  const [chain] = plan.chains;
  if (chain) return { ...base, verdict: verdictOf(chain), ...carriedBy(chain, plan.chains) };
  const [own] = plan.byHand;
  return own ? { ...base, verdict: 'by-hand', ...carriedBy(own, plan.byHand) } : { ...base, verdict: 'no', mechanisms: [], also: [], ...missOf(plan, situation.date) };
}

const TRANSLATED: readonly CostId[] = ['translation', 'emulation', 'full-emulation'];

function verdictOf({ costs, mechanisms }: Chain): CellVerdict {
  if (costs.some((cost) => TRANSLATED.includes(cost))) return 'emulated';
  return mechanisms.some(({ pieces }) => pieces.machine !== undefined) ? 'vm' : 'runs';
}

/** The machine of a chain or, without one, what runs the workload. */
function carrierOf({ mechanisms }: Chain): Mechanism {
  return mechanisms.find(({ kind }) => kind === 'machine') ?? (mechanisms.at(-1) as Mechanism);
}

/** Costs that a reader should hear of beside what the mechanism does. */
const WORTH_SAYING: readonly CostId[] = ['partial', 'beta', 'experimental', 'unmaintained', 'by-hand', 'nested'];

/** What nobody says and what is this likely to stop it belongs into the cell; a machine of one’s own is made to fit. */
const WORTH_A_CONDITION = 0.3;

function conditionsOf({ findings, byHand }: Chain): readonly string[] {
  const open = byHand ? [] : findings.filter(({ status, risk }) => status === 'open' && risk >= WORTH_A_CONDITION);
  return [...new Set(open.map(({ condition: { says = '' } }) => `On one condition: ${says}`))];
}

function carriedBy(chain: Chain, all: readonly Chain[]): Pick<Cell, 'mechanisms' | 'also' | 'why'> {
  const carrier = carrierOf(chain);
  const deciding = [carrier, ...chain.mechanisms.filter(({ kind }) => kind === 'translator')];
  const equals = all.filter(({ weight }) => weight === chain.weight).map(carrierOf).filter((one) => one !== carrier);
  const costs = chain.costs.filter((cost) => WORTH_SAYING.includes(cost)).map((cost) => sentence(COSTS[cost].says));
  return {
    mechanisms: deciding.map(({ title }) => title),
    also: [...new Set(equals.map(({ title }) => title))],
    why: [...deciding.map(({ summary }) => summary), ...new Set(costs), ...conditionsOf(chain)].join(' '),
  };
}

function missOf(plan: Plan, date: string | undefined): Pick<Cell, 'why' | 'todo' | 'layer'> {
  const focus = focusOf(plan);
  const unmet = focus ? limitsOf(focus).flatMap(({ finding }) => (finding?.status === 'unmet' ? [finding] : [])) : [];
  // Another kernel is farther away than anything else that may be missing.
  const finding = unmet.find(({ layer }) => layer === 'kernel-family') ?? unmet[0];
  if (focus && finding) {
    const { says = 'a condition is not met.' } = finding.condition;
    const todo = todoAt(finding.condition, date);
    const product = focus.mechanisms.find(({ id, kind }) => id === finding.of && kind === 'machine');
    return { why: product ? `Nearest is ${product.title}: ${says}` : sentence(says), layer: finding.layer, ...(todo === undefined ? {} : { todo: sentence(todo) }) };
  }
  const next = plan.outOfDate.filter(({ from }) => date !== undefined && from > date).toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
  return { why: next ? `${next.title} came in ${next.from}.` : 'Nothing that is known carries it.' };
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** The cells as lines of a file, the first line naming the columns. */
export function matrixLines({ rows, columns, cells }: Matrix): { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const titles = new Map([...rows, ...columns].map(({ id, title }) => [id, title]));
  return {
    head: ['machine', 'image', 'verdict', 'mechanism', 'as good', 'why', 'to do', 'layer'],
    rows: cells.map((cell) => [
      titles.get(cell.host) ?? cell.host, titles.get(cell.image) ?? cell.image, CELL_VERDICTS[cell.verdict].word,
      cell.mechanisms.join(' + '), cell.also.join('; '), cell.why, cell.todo ?? '', cell.layer ?? '',
    ]),
  };
}

/** The years that a matrix can be asked for: from the first engine for containers to the last change that is known. */
export function matrixYears({ mechanisms }: Pick<Knowledge, 'mechanisms'>): readonly number[] {
  const year = (month: string): number => Number(month.slice(0, 4));
  const first = Math.min(...mechanisms.filter(({ kind }) => kind === 'sandbox').map(({ from }) => year(from)));
  const changes = mechanisms.flatMap(({ from, requires }) => [from, ...requires.map((condition) => condition.from ?? from)]).map(year);
  return Array.from({ length: Math.max(...changes) - first + 1 }, (_, i) => first + i);
}
