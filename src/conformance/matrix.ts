/** Plays cases of the kind `matrix`: a host, a workload and perhaps a tool and a month go to the planner, and its verdict is compared. */
import { compat } from '../compat/index.ts';
import { canRun, expanded, type Host, type Knowledge, type Plan, type ToolInUse, type Value, type Workload } from '../sim/compat/index.ts';
import type { Case } from './case.ts';
import type { Outcome } from './play.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

type Fields = Readonly<Record<string, unknown>>;

/** Passes when `runs` agrees and `mechanism`, where given, is in one of the chains offered. Throws for a case that cannot be read. */
export function playMatrix(one: Case): Outcome {
  const expected = fieldsOf(one, 'expected');
  if (typeof expected['runs'] !== 'boolean') throw new Error('the case has no "expected.runs"');
  const plan = planFor(one, compat(ROOT));
  const wanted = expected['mechanism'];
  const offered = [...plan.chains, ...plan.byHand].flatMap(({ mechanisms }) => mechanisms.map(({ id }) => id));
  const pass = plan.runs === expected['runs'] && (typeof wanted !== 'string' || offered.includes(wanted));
  return { expected: said(expected['runs'], typeof wanted === 'string' ? [wanted] : []), got: said(plan.runs, [...new Set(offered)]), pass };
}

function said(runs: boolean, mechanisms: readonly string[]): string {
  return `${runs ? 'runs' : 'does not run'}${mechanisms.length > 0 ? ` (${mechanisms.join(', ')})` : ''}`;
}

/** The planner's answer to a case. */
export function planFor(one: Case, knowledge: Knowledge): Plan {
  const host = expanded(hostOf(fieldsOf(one, 'host')), knowledge);
  const workload = workloadOf(fieldsOf(one, 'workload'));
  const tool = toolOf(one['tool'], host, workload, knowledge);
  const date = typeof one['date'] === 'string' ? one['date'] : undefined;
  return canRun(knowledge, { host, workload, ...(tool ? { tool } : {}), ...(date === undefined ? {} : { date }) });
}

function fieldsOf(one: Case, key: string): Fields {
  const value = one[key];
  if (typeof value !== 'object' || value === null) throw new Error(`the case has no "${key}"`);
  return value as Fields;
}

function hostOf(fields: Fields): Host {
  const { os, version, build, edition, arch, firmwareVirtualization, hyperv, nested, isVm, kernel, cgroup, binfmt, cpuLevel } = fields;
  if (typeof os !== 'string') throw new Error('the case has no "host.os"');
  const level = /\d/.exec(String(cpuLevel ?? ''))?.[0];
  return withoutUndefined({
    os,
    arch: text(arch),
    version: version === undefined ? undefined : versionOf(String(version)),
    build: build === undefined ? undefined : String(build).replace(/^10\.0\./, ''),
    edition: text(edition),
    firmwareVirtualization: flag(firmwareVirtualization),
    hyperv: flag(hyperv),
    nested: flag(nested),
    isVm: flag(isVm),
    kernel: kernel === undefined ? undefined : String(kernel),
    cgroup: cgroup === undefined ? undefined : String(cgroup),
    binfmt: flag(binfmt),
    cpuLevel: level,
  });
}

/** `10 22H2` and `Windows 10 22H2` are 22H2; `2012 R2` stays. */
function versionOf(version: string): string {
  return /\b(\d\dH[12]|1[5-9]\d\d|2004)\b/i.exec(version)?.[1] ?? version.replace(/^(?:windows(?: server)?|macos|os x)\s+/i, '');
}

function workloadOf(fields: Fields): Workload {
  const { kind, os, arch, build, isolation } = fields;
  return withoutUndefined({
    kind: text(kind),
    os: text(os),
    arch: typeof arch === 'string' ? [arch] : undefined,
    build: build === undefined ? undefined : String(build).replace(/^10\.0\./, ''),
    isolation: text(isolation),
  });
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

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

function withoutUndefined<T extends object>(facts: Readonly<Record<string, Value | undefined>>): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
