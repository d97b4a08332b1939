/**
 * From what a reader pastes to a situation: the part of it that was understood, put where the reader's own statements stood. It
 * asks the recogniser what the text says and the checker what it amounts to; it keeps no text.
 */
import { checkUp } from './checkup.ts';
import { specOf, isFactName, type Host, type Workload } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { recognise } from './recognise/index.ts';
import type { Situation } from './situation.ts';
import { valueText } from './telling.ts';

export interface Understood {
  readonly line: number;
  /** The question that the value answers. */
  readonly what: string;
  readonly value: string;
}

export interface Pasted {
  /** The situation with what was understood; absent where nothing was. */
  readonly situation?: Situation;
  readonly understood: readonly Understood[];
  readonly unread: readonly { readonly line: number; readonly text: string }[];
  /** How many more lines there are that nobody understood. */
  readonly more: number;
}

/** Lines that are listed; a long log has thousands. */
const MOST_LINES = 40;
const LONGEST_LINE = 160;

/** Reads a paste beside the situation so far. What the paste is silent about, machine or workload, stays. Never throws. */
export function readPaste(text: string, now: Situation, knowledge: Knowledge): Pasted {
  const recognition = recognise(text, knowledge);
  const understood = distinct(recognition.recognised.map(({ line, what, value }) => ({ line, what: questionOf(what), value: valueText(value) })));
  const unread = recognition.notRecognised.slice(0, MOST_LINES).map(({ line, text: words }) => ({ line, text: words.length > LONGEST_LINE ? `${words.slice(0, LONGEST_LINE)}…` : words }));
  const base: Pasted = { understood: understood.slice(0, MOST_LINES), unread, more: recognition.notRecognised.length - unread.length + Math.max(0, understood.length - MOST_LINES) };
  if (understood.length === 0) return base;
  const { question } = checkUp(recognition, knowledge);
  const hasHost = Object.keys(recognition.host).length > 0;
  const host: Host = hasHost ? withTools(recognition.host, recognition.tools.map(({ id }) => id).filter((id) => !isClient(id, knowledge))) : now.host;
  const workload: Workload = recognition.hasWorkload ? withoutPaths(question.workload) : now.workload;
  const { tool, date } = question;
  return { ...base, situation: { host, workload, ...(tool ? { tool: { id: tool.id, ...(tool.version === undefined ? {} : { version: tool.version }) } } : {}), ...(date === undefined ? {} : { date }) } };
}

function questionOf(what: string): string {
  if (what === 'tool') return 'Which tool is in use?';
  const name = what.replace(/^host\./, '');
  return isFactName(what) ? specOf(what).question : isFactName(name) ? specOf(name).question : what;
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

