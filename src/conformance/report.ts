/** The scores of decoder, checker and planner on the cases of tests/cases, played anew for each report. It knows how to count, not how to play. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ERROR_LAYERS, type ErrorLayer } from '../sim/decoder/index.ts';
import { readCases, type Case } from './case.ts';
import { wordsOf } from './host-check.ts';
import { play, type Result } from './play.ts';

const CASES = 'tests/cases';
const ABOUT = 'about.json';

/** How the cases of a file came together. */
export const COLLECTED = {
  'given': 'The first rules were written for these.',
  'own': 'Collected with the rules, which were improved on them.',
  'hold-out': 'Collected last; nothing was tuned on them.',
} as const;
export type Collected = keyof typeof COLLECTED;

export interface About {
  /** The file in tests/cases, with its ending. */
  readonly file: string;
  readonly title: string;
  readonly collected: Collected;
  /** A sentence that says what the cases are. */
  readonly what: string;
}

interface Played {
  readonly one: Case;
  readonly result: Result;
}

export interface FileScore extends About {
  readonly kind: string;
  readonly passed: number;
  readonly played: number;
}

export interface LayerScore {
  readonly layer: ErrorLayer;
  /** By kind of case, those of which this is the cause, and how many of them passed. */
  readonly kinds: Readonly<Record<string, { readonly passed: number; readonly played: number }>>;
}

/** A case on which the project and its source disagree. */
export interface Disagreement {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly url?: string;
  readonly title?: string;
  readonly year?: number;
  /** Error lines, or the words about the machine. */
  readonly text: string;
  readonly expected: string;
  readonly got: string;
  /** Why it is left so, once somebody has written it down. */
  readonly reason?: string;
}

export interface Report {
  readonly files: readonly FileScore[];
  readonly layers: readonly LayerScore[];
  /** Of the matrix cases, how many expect a “runs”. */
  readonly matrix: { readonly played: number; readonly positive: number };
  /** The answer that is right most often when it is always given, by kind of case. */
  readonly baselines: Readonly<Record<string, { readonly answer: string; readonly right: number; readonly played: number }>>;
  readonly disagreements: readonly Disagreement[];
}

/** Plays every file of cases below `root`. Throws an Error for a file that about.json does not name. */
export function report(root: string = process.cwd()): Report {
  const files = describedFiles(root).map((about) => ({ about, played: readCases(resolve(root, CASES, about.file)).map((one): Played => ({ one, result: play(one) })) }));
  const all = files.flatMap(({ played }) => played);
  const reasons = reasonsIn(root);
  const positive = all.filter(({ one }) => one.kind === 'matrix' && expectsRuns(one)).length;
  return {
    files: files.map(({ about, played }) => ({ ...about, kind: played[0]?.one.kind ?? 'none', ...score(played) })),
    layers: layersOf(all),
    matrix: { played: all.filter(({ one }) => one.kind === 'matrix').length, positive },
    baselines: baselinesOf(all),
    disagreements: files.flatMap(({ about, played }) => played.filter(({ result }) => !result.pass).map((failed) => disagreementOf(about.file, failed, reasons))),
  };
}

/** The files of cases, by name: every list in the folder but the reasons of disagreements. */
export function caseFiles(root: string): readonly string[] {
  return readdirSync(resolve(root, CASES)).filter((name) => name.endsWith('.json') && name !== ABOUT && !name.endsWith('disagreements.json')).sort();
}

/** What is said of each file of cases. */
export function aboutCases(root: string): readonly About[] {
  return read(root, ABOUT) as readonly About[];
}

/** The files of cases with what is said of them, in the order in which it is said. */
function describedFiles(root: string): readonly About[] {
  const [files, abouts] = [caseFiles(root), aboutCases(root)];
  const silent = files.find((file) => !abouts.some((about) => about.file === file));
  if (silent !== undefined) throw new Error(`${CASES}/${ABOUT} says nothing of ${silent}. Add { "file": "${silent}", "title": …, "collected": ${Object.keys(COLLECTED).map((word) => `"${word}"`).join(' | ')}, "what": … }.`);
  return abouts.filter(({ file }) => files.includes(file));
}

function read(root: string, name: string): unknown {
  return JSON.parse(readFileSync(resolve(root, CASES, name), 'utf8'));
}

function reasonsIn(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(resolve(root, CASES)).filter((name) => name.endsWith('disagreements.json'));
  const entries = files.flatMap((name) => read(root, name) as readonly { readonly id: string; readonly reason: string }[]);
  return new Map(entries.map(({ id, reason }) => [id, reason]));
}

function score(played: readonly Played[]): { readonly passed: number; readonly played: number } {
  return { passed: played.filter(({ result }) => result.pass).length, played: played.length };
}

function expectsRuns({ expected }: Case): boolean {
  return (expected as { readonly runs?: unknown } | undefined)?.runs === true;
}

/** By the layer that the case names first; layers without a case are left out. */
function layersOf(all: readonly Played[]): readonly LayerScore[] {
  return ERROR_LAYERS.flatMap((layer) => {
    const own = all.filter(({ one }) => one['layer'] === layer);
    const kinds = [...new Set(own.map(({ one }) => one.kind))];
    return own.length === 0 ? [] : [{ layer, kinds: Object.fromEntries(kinds.map((kind) => [kind, score(own.filter(({ one }) => one.kind === kind))])) }];
  });
}

/** What is gained by thinking: the score of whoever gives the same answer to everything. */
function baselinesOf(all: readonly Played[]): Report['baselines'] {
  const kinds = [...new Set(all.map(({ one }) => one.kind))];
  return Object.fromEntries(kinds.map((kind) => {
    const cases = all.map(({ one }) => one).filter((one) => one.kind === kind);
    const answers = kind === 'matrix' ? ['runs', 'does not run'] : ERROR_LAYERS;
    const right = (answer: string): number => cases.filter((one) => (kind === 'matrix' ? expectsRuns(one) === (answer === 'runs') : acceptedBy(one).includes(answer))).length;
    const answer = answers.toSorted((a, b) => right(b) - right(a))[0] as string;
    return [kind, { answer, right: right(answer), played: cases.length }];
  }));
}

function acceptedBy(one: Case): readonly unknown[] {
  return [one['layer'], ...(Array.isArray(one['alsoAccept']) ? one['alsoAccept'] : [])];
}

function disagreementOf(file: string, { one, result }: Played, reasons: ReadonlyMap<string, string>): Disagreement {
  const reason = reasons.get(one.id);
  const { url, title, year, errorText } = one;
  return {
    id: one.id, kind: one.kind, file,
    ...(reason === undefined ? {} : { reason }),
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof title === 'string' ? { title } : {}),
    ...(typeof year === 'number' ? { year } : {}),
    text: one.kind === 'error' ? [errorText ?? ''].flat().join('\n') : one.kind === 'host-check' ? wordsOf(one) : JSON.stringify({ host: one['host'], workload: one['workload'], tool: one['tool'], date: one['date'] }),
    expected: String(result.expected),
    got: String(result.got),
  };
}

/**
 * The range in which a share lies with 95 % confidence when the cases are a random sample of their kind (Wilson 1927, score
 * interval), as shares from 0 to 1.
 */
export function wilson(passed: number, played: number): { readonly low: number; readonly high: number } {
  const z = 1.96;
  const share = passed / played;
  const center = share + z ** 2 / (2 * played);
  const spread = z * Math.sqrt((share * (1 - share)) / played + z ** 2 / (4 * played ** 2));
  const scale = 1 + z ** 2 / played;
  return { low: (center - spread) / scale, high: (center + spread) / scale };
}
