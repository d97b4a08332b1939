/**
 * A situation: a machine, a workload, perhaps a tool and a month. It knows how situations are written down, in the plain words of
 * files and props and in the short text of links; what comes of them is for the planner.
 */
import { PLACE_FACTS, WORKLOAD_FACTS, type FactSpec, type Host, type Value, type Workload } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { canRun, type Plan, type Question } from './plan.ts';
import { expanded } from './platforms.ts';
import type { ToolInUse } from './scene.ts';

export interface Situation {
  readonly host: Host;
  readonly workload: Workload;
  readonly tool?: ToolInUse;
  /** A month, YYYY-MM; without one, the present. */
  readonly date?: string;
}

/** A situation in plain words, as cases and content/errors write it. Words that are not known are left out. */
export interface PlainSituation {
  readonly host?: Readonly<Record<string, unknown>>;
  readonly workload?: Readonly<Record<string, unknown>>;
  /** Id or name of a tool, or id of a mechanism. */
  readonly tool?: unknown;
  readonly date?: unknown;
}

/** Understands plain words. Throws an Error for a tool that nobody knows. */
export function situationOf({ host = {}, workload = {}, tool, date }: PlainSituation, knowledge: Knowledge): Situation {
  const known = hostOf(host);
  const asked = workloadOf(workload);
  const inUse = toolOf(tool, known, asked, knowledge);
  return { host: known, workload: asked, ...(inUse ? { tool: inUse } : {}), ...(typeof date === 'string' ? { date } : {}) };
}

/** The planner's question, with what follows from the names of systems. */
export function questionOf({ host, ...rest }: Situation, knowledge: Pick<Knowledge, 'platforms'>): Question {
  return { ...rest, host: expanded(host, knowledge) };
}

/** What the planner says of a situation. */
export function planOf(situation: Situation, knowledge: Knowledge): Plan {
  return canRun(knowledge, questionOf(situation, knowledge));
}

type Fields = Readonly<Record<string, unknown>>;

function hostOf({ version, build, cgroup, cpuLevel, ...fields }: Fields): Host {
  return withoutUndefined({
    ...picked(fields, PLACE_FACTS),
    version: version === undefined ? undefined : versionOf(String(version)),
    build: build === undefined ? undefined : String(build).replace(/^10\.0\./, ''),
    cgroup: cgroup === undefined ? undefined : String(cgroup),
    cpuLevel: /\d/.exec(String(cpuLevel ?? ''))?.[0],
  });
}

/** `10 22H2` and `Windows 10 22H2` are 22H2; `2012 R2` stays. */
function versionOf(version: string): string {
  return /\b(\d\dH[12]|1[5-9]\d\d|2004)\b/i.exec(version)?.[1] ?? version.replace(/^(?:windows(?: server)?|macos|os x)\s+/i, '');
}

function workloadOf({ arch, build, ...fields }: Fields): Workload {
  return withoutUndefined({
    ...picked(fields, WORKLOAD_FACTS),
    arch: typeof arch === 'string' ? arch.split(/[\s,]+/).filter(Boolean) : arch as Value | undefined,
    build: build === undefined ? undefined : String(build).replace(/^10\.0\./, ''),
  });
}

/** The fields that are facts and whose values are of the fact's kind. Versions may be written as numbers. */
function picked(fields: Fields, specs: Readonly<Record<string, FactSpec>>): Readonly<Record<string, Value | undefined>> {
  return Object.fromEntries(Object.keys(fields).filter((name) => Object.hasOwn(specs, name)).map((name) => {
    const value = fields[name];
    const { kind } = specs[name] as FactSpec;
    return [name, kind === 'version' && typeof value === 'number' ? String(value) : isOfKind(kind, value) ? value : undefined];
  }));
}

function isOfKind(kind: FactSpec['kind'], value: unknown): value is Value {
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'amount') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'set') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return typeof value === 'string';
}

/** A mechanism or a tool by its id. A front decides nothing, except on Linux, where it is the engine itself. */
function toolOf(named: unknown, { os }: Host, workload: Workload, { mechanisms, tools }: Knowledge): ToolInUse | undefined {
  if (typeof named !== 'string') return undefined;
  const id = named.trim().toLowerCase();
  if (mechanisms.some((mechanism) => mechanism.id === id)) return { id };
  const tool = tools.find((each) => each.id === id || each.names.includes(id));
  if (!tool) throw new Error(`nobody knows the tool "${named}"`);
  if (!tool.front) return { id: tool.id };
  if (os === 'linux') return mechanisms.some((mechanism) => mechanism.tools.includes(tool.id)) ? { id: tool.id } : undefined;
  return tool.elsewhere !== undefined && (os === 'windows' || os === 'macos') && workload.os !== 'windows' ? { id: tool.elsewhere } : undefined;
}

function withoutUndefined<T extends object>(facts: Readonly<Record<string, Value | undefined>>): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}

// Links outlive the code: the names of facts are part of the format, `host.os: macos` being `hos.macos`.
const LONGEST_VALUE = 80;
const MOST_FACTS = 60;

/** A situation as letters, digits, `_`, `.` and `-`: `hos.macos-harch.arm64-warch.amd64_2carm64-tool.lima-date.2017_2d06`. */
export function writeSituation({ host, workload, tool, date }: Situation): string {
  const facts = (letter: string, of: Host | Workload): readonly string[] => Object.entries(of).flatMap(([name, value]) => (value === undefined ? [] : [`${letter}${name}.${escaped(shown(value))}`]));
  const others = [['tool', tool?.id], ['toolversion', tool?.version], ['date', date]].flatMap(([name, value]) => (value === undefined ? [] : [`${name}.${escaped(value)}`]));
  return [...facts('h', host), ...facts('w', workload), ...others].join('-');
}

/** The situation of such a text, or null when it is not one. Never throws. */
export function readSituation(text: string): Situation | null {
  const fields = text === '' ? [] : text.split('-');
  if (fields.length > MOST_FACTS) return null;
  const parts: Record<'h' | 'w' | 'others', Record<string, Value>> = { h: {}, w: {}, others: {} };
  for (const field of fields) {
    const [, key = '', written = ''] = /^(\w+)\.([A-Za-z0-9_]+)$/.exec(field) ?? [];
    const value = unescaped(written);
    if (value === null || !put(parts, key, value)) return null;
  }
  const { tool, toolversion: version, date } = parts.others;
  if (version !== undefined && tool === undefined) return null;
  return {
    host: parts.h as Host,
    workload: parts.w as Workload,
    ...(tool === undefined ? {} : { tool: { id: String(tool), ...(version === undefined ? {} : { version: String(version) }) } }),
    ...(date === undefined ? {} : { date: String(date) }),
  };
}

const OTHERS: Readonly<Record<string, RegExp>> = { tool: /^[a-z0-9-]{1,40}$/, toolversion: /^\d[\w.+-]{0,20}$/, date: /^20\d\d-(?:0[1-9]|1[0-2])$/ };

function put(parts: Record<'h' | 'w' | 'others', Record<string, Value>>, key: string, text: string): boolean {
  const into = Object.hasOwn(OTHERS, key) ? 'others' : key.startsWith('h') ? 'h' : 'w';
  const name = into === 'others' ? key : key.slice(1);
  if (Object.hasOwn(parts[into], name)) return false;
  const value = into === 'others' ? ((OTHERS[key] as RegExp).test(text) ? text : undefined) : valueOf(into === 'h' ? PLACE_FACTS : WORKLOAD_FACTS, key, name, text);
  if (value === undefined) return false;
  parts[into][name] = value;
  return true;
}

function valueOf(specs: Readonly<Record<string, FactSpec>>, key: string, name: string, text: string): Value | undefined {
  if (!/^[hw]/.test(key) || !Object.hasOwn(specs, name)) return undefined;
  const { kind } = specs[name] as FactSpec;
  if (kind === 'flag') return text === 'yes' ? true : text === 'no' ? false : undefined;
  if (kind === 'amount') return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return kind === 'set' ? text.split(',') : text;
}

function shown(value: Value): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'object' ? value.join(',') : String(value);
}

/** Everything but letters and digits of ASCII as `_` with two digits of its code; what lies beyond Latin-1 is no value of a fact. */
function escaped(text: string): string {
  return [...text.slice(0, LONGEST_VALUE)].map((one) => (/[A-Za-z0-9]/.test(one) ? one : one.charCodeAt(0) > 255 ? '_3f' : `_${one.charCodeAt(0).toString(16).padStart(2, '0')}`)).join('');
}

function unescaped(text: string): string | null {
  if (text === '' || !/^(?:[A-Za-z0-9]|_[0-9a-f]{2})*$/.test(text)) return null;
  const plain = text.replaceAll(/_([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return plain.length > LONGEST_VALUE ? null : plain;
}

