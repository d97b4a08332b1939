/**
 * From what a reader pastes to a situation: what was understood, put beside what was stated before. It asks the recogniser what the
 * text says and the checker what it amounts to; it keeps no text, and it never moves the month in which the reader asks.
 */
import { joined, type Compare, type Lost, type Relation } from './act.ts';
import { checkUp } from './checkup.ts';
import { factLabel, nameOf, valueText } from './choices.ts';
import type { Host, Value, Workload } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { FIRST_MONTH } from './offers.ts';
import { expanded } from './platforms.ts';
import { recognise, type Recognised, type Recognition } from './recognise/index.ts';
import type { ToolInUse } from './scene.ts';
import type { Situation } from './situation.ts';
import { monthName } from './telling.ts';
import { isWithin } from './version.ts';

export interface Understood {
  readonly line: number;
  /** The fact by its label. */
  readonly what: string;
  readonly value: string;
}

/** A statement of before that the text has replaced, or ended where `now` is absent. */
export interface Replaced {
  readonly what: string;
  readonly before: string;
  readonly now?: string;
}

export interface Pasted {
  /** The situation with what was understood; absent where nothing was. */
  readonly situation?: Situation;
  readonly understood: readonly Understood[];
  readonly replaced: readonly Replaced[];
  /** What was stated before and still is, each as `System macOS`. */
  readonly kept: readonly string[];
  /** The month of a version that the text names, where the reader asks of another one: to be asked for, not taken. */
  readonly month?: { readonly date: string; readonly name: string };
  readonly unread: readonly { readonly line: number; readonly text: string }[];
  /** How many more lines there are that nobody understood. */
  readonly more: number;
}

/** Lines that are listed; a long log has thousands. */
const MOST_LINES = 40;
const LONGEST_LINE = 160;

/** Reads a paste beside the situation so far, which stays wherever the paste is silent. Lines count from `firstLine`. Never throws. */
export function readPaste(text: string, now: Situation, knowledge: Knowledge, firstLine = 1): Pasted {
  const recognition = recognise(text, knowledge);
  const lineOf = (line: number): number => line + firstLine - 1;
  const understood = distinct(recognition.recognised.map((one) => ({ line: lineOf(one.line), ...shown(one.what, settled(one, recognition), knowledge) })));
  const unread = recognition.notRecognised.slice(0, MOST_LINES).map(({ line, text: words }) => ({ line: lineOf(line), text: words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words }));
  const base: Pasted = { understood: understood.slice(0, MOST_LINES), replaced: [], kept: [], unread, more: recognition.notRecognised.length - unread.length + Math.max(0, understood.length - MOST_LINES) };
  return understood.length === 0 ? base : { ...base, ...beside(recognition, now, knowledge) };
}

/** What the text amounts to beside what was stated. */
function beside(recognition: Recognition, now: Situation, knowledge: Knowledge): Pick<Pasted, 'situation' | 'replaced' | 'kept' | 'month'> {
  const { tools, hasWorkload, recognised } = recognition;
  const host = withTools(recognition.host, tools.map(({ id }) => id).filter((id) => !isClient(id, knowledge)));
  const namesImage = recognised.some(({ what }) => what === 'image.kind');
  const workload = hasWorkload ? withoutPaths(recognition.workload) : {};
  const { situation: { date: asked, tool: before, ...both }, lost } = joined(now, { host, workload, namesImage }, compareOn(now.host, host, knowledge));
  const { question } = checkUp({ ...recognition, host: both.host }, knowledge);
  // What tools and systems imply of an image holds where nobody has stated it.
  const full = hasWorkload ? { ...withoutPaths(question.workload), ...both.workload } : both.workload;
  const kept = before && fits(before, both.host, knowledge) ? before : undefined;
  const tool = toolAfter(kept, question.tool, tools);
  const situation: Situation = { host: both.host, workload: full, ...(tool ? { tool } : {}), ...(asked === undefined ? {} : { date: asked }) };
  const month = question.date !== undefined && question.date !== asked && question.date >= FIRST_MONTH ? { date: question.date, name: monthName(question.date) } : undefined;
  return { situation, replaced: [...lost.map((one) => replacedOf(one, knowledge)), ...toolReplaced(before, tool, knowledge)], kept: keptOf(now, situation, { host, workload }, knowledge), ...(month ? { month } : {}) };
}

/** The tool that is named replaces the one before. One that only stands behind a client, as Docker Desktop behind `docker`, does not. */
function toolAfter(before: ToolInUse | undefined, said: ToolInUse | undefined, named: readonly ToolInUse[]): ToolInUse | undefined {
  if (said === undefined || (before !== undefined && (!named.some(({ id }) => id === said.id) || (before.id === said.id && said.version === undefined)))) return before;
  return { id: said.id, ...(said.version === undefined ? {} : { version: said.version }) };
}

/** `10` after `22H2` is no other version where 22H2 is one of Windows 10; `18363.900` says more than `18363`, and that more than `18362..19045`. */
function compareOn(host: Host, saidHost: Host, knowledge: Knowledge): Compare {
  const isOtherBuild = host.build !== undefined && saidHost.build !== undefined && builds(String(host.build), String(saidHost.build)) === 'other';
  return (fact, before, now) => {
    const [old, said] = [String(before), String(now)];
    if (fact === 'build') return builds(old, said);
    if (old === said || old.startsWith(`${said}.`)) return 'same';
    if (said.startsWith(`${old}.`)) return 'finer';
    if (fact !== 'version' || isOtherBuild) return 'other';
    const family = (version: string, build?: Value): Value | undefined => expanded({ ...(host.os === undefined ? {} : { os: host.os }), version, ...(build === undefined ? {} : { build }) }, knowledge).version;
    if (family(old, host.build ?? saidHost.build) === said) return 'same';
    return family(said, saidHost.build ?? host.build) === old ? 'finer' : 'other';
  };
}

function builds(before: string, now: string): Relation {
  return isWithin(before, now) === 'yes' ? 'same' : isWithin(now, before) === 'yes' ? 'finer' : 'other';
}

/** A tool of another system goes with its machine. */
function fits(tool: ToolInUse, { os }: Host, { tools }: Knowledge): boolean {
  const needs = tools.find(({ id }) => id === tool.id)?.implies.os;
  return needs === undefined || os === undefined || needs === os;
}

/** What came of a statement in the end: another line of the text may have said it more exactly. Sets are shown word by word. */
function settled({ what, value }: Recognised, { host, workload }: Recognition): Value {
  const [prefix, fact = ''] = what.split('.', 2);
  const end = ((prefix === 'image' ? workload : host) as Readonly<Record<string, Value | undefined>>)[fact];
  return end === undefined || Array.isArray(end) !== Array.isArray(value) ? value : end;
}

function shown(what: string, value: Value, knowledge: Knowledge): Omit<Understood, 'line'> {
  if (what === 'tool') {
    const [id = '', ...version] = String(value).split(' ');
    return { what: 'Tool', value: [nameOf({ id }, knowledge), ...version].join(' ') };
  }
  const [prefix, fact = ''] = what.split('.', 2);
  const of = prefix === 'image' ? 'workload' : 'host';
  return { what: factLabel(of, fact), value: textOf(fact, value, knowledge) };
}

/** A value by its label: a distribution and tools by their titles. */
function textOf(fact: string, value: Value, knowledge: Knowledge): string {
  if (fact === 'distro') return knowledge.platforms.find(({ facts }) => facts.os === 'linux' && facts.distro === value)?.title ?? String(value);
  return fact === 'uses' ? [value].flat().map((id) => nameOf({ id: String(id) }, knowledge)).join(', ') : valueText(value, fact);
}

function replacedOf({ of, fact, before, now }: Lost, knowledge: Knowledge): Replaced {
  return { what: factLabel(of, fact), before: textOf(fact, before, knowledge), ...(now === undefined ? {} : { now: textOf(fact, now, knowledge) }) };
}

function toolReplaced(before: ToolInUse | undefined, tool: ToolInUse | undefined, knowledge: Knowledge): readonly Replaced[] {
  if (before === undefined || before.id === tool?.id) return [];
  return [{ what: 'Tool', before: nameOf(before, knowledge), ...(tool ? { now: nameOf(tool, knowledge) } : {}) }];
}

/** Statements of before that the text did not speak of. */
function keptOf(now: Situation, then: Situation, said: Pick<Situation, 'host' | 'workload'>, knowledge: Knowledge): readonly string[] {
  const from = (of: 'host' | 'workload'): readonly string[] => Object.keys(now[of]).flatMap((fact) => {
    const value = (then[of] as Readonly<Record<string, Value | undefined>>)[fact];
    return value === undefined || Object.hasOwn(said[of], fact) ? [] : [`${factLabel(of, fact)} ${textOf(fact, value, knowledge)}`];
  });
  return [...from('host'), ...from('workload')];
}

/** A client comes with whatever tool decides, so that it is no statement of its own. */
function isClient(id: string, { tools }: Knowledge): boolean {
  return tools.some((tool) => tool.id === id && tool.elsewhere !== undefined);
}

function withTools(host: Host, uses: readonly string[]): Host {
  return uses.length > 0 ? { ...host, uses } : host;
}

/** Folders lead to people: of each mounted folder only what decides stays, the home or the first two parts. */
function withoutPaths({ mounts, ...facts }: Workload): Workload {
  if (mounts === undefined) return facts;
  return { ...facts, mounts: [...new Set((mounts as readonly string[]).map(placeOf))] };
}

function placeOf(path: string): string {
  const plain = path.replaceAll('\\', '/');
  if (/^(?:~|\$|%|\.|`)|^(?:[a-z]:|\/[a-z])?\/(?:users|home)\//i.test(plain)) return '~';
  return plain.split('/').slice(0, 3).join('/');
}

function distinct(all: readonly Understood[]): readonly Understood[] {
  const seen = new Set<string>();
  return all.filter(({ what, value }) => {
    const key = `${what} ${value}`;
    return !seen.has(key) && Boolean(seen.add(key));
  });
}
