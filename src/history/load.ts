/** Reads the history of machines and changes below a root. It knows the folders and how entries refer to each other, not what they mean. */
import { citedIn, missing, twice } from '../compat/check.ts';
import { listEntries, read, sourceIds, valuesOf, wholeFile, type Read } from '../compat/load.ts';
import { nameOf, problemAt, type Entry } from '../facts/mistakes.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import type { Change, History, Machine, Trace } from '../sim/history/index.ts';
import { changeSchema, machineSchema, reviewedSchema, traceSchema } from './schema.ts';

export interface LoadedHistory {
  readonly history: History;
  readonly problems: readonly Problem[];
}

const MACHINES = 'content/machines';
const CHANGES = 'content/history';
/** The month up to which sources were read. It stands beside the changes, in a file of its own. */
const REVIEWED = 'content/history/reviewed.yaml';
/** What readers find written down, and where it leads. */
const TRACES = 'content/history/traces.yaml';

/** What entries may refer to. */
export interface Around {
  readonly sources: ReadonlySet<string>;
  readonly mechanisms: ReadonlySet<string>;
}

/** Reads and checks everything below `root`. Entries with mistakes are left out. */
export function loadHistory(root: string, mechanisms: ReadonlySet<string>, sources: ReadonlySet<string> = sourceIds(root)): LoadedHistory {
  const machines = read(root, MACHINES, machineSchema, wholeFile);
  const reviewed = read(root, REVIEWED, reviewedSchema, wholeFile);
  const changes = read(root, CHANGES, changeSchema, (file) => ([REVIEWED, TRACES].includes(file.file) ? [] : listEntries(file)));
  const traces = read(root, TRACES, traceSchema, listEntries);
  const month = reviewed.entries[0]?.value.month;
  const around = { sources, mechanisms };
  return {
    history: { reviewed: month ?? '', machines: valuesOf<Machine>(machines.entries), changes: valuesOf<Change>(changes.entries).toSorted((a, b) => (a.month < b.month ? -1 : Number(a.month > b.month))), traces: valuesOf<Trace>(traces.entries), titles: {} },
    problems: inReadingOrder([
      ...[machines, reviewed, changes, traces].flatMap(({ problems }: Read<unknown>) => problems),
      ...machines.entries.flatMap((entry) => [...cited(entry, around), ...outOfOrder(entry), ...entry.value.usual.flatMap(({ mechanism }, i) => missing(entry, mechanism, ['usual', i, 'mechanism'], mechanisms, 'mechanism'))]),
      ...changes.entries.flatMap((entry) => [...cited(entry, around), ...misdated(entry, month)]),
      ...traces.entries.flatMap((entry) => cited(entry, around)),
      ...twice(changes.entries),
      ...twice(traces.entries),
      ...(machines.entries.length > 0 && month === undefined && reviewed.problems.length === 0 ? [UNDATED] : []),
    ]),
  };
}

const UNDATED: Problem = { file: REVIEWED, line: 1, column: 1, found: 'no such file', expected: 'the month up to which sources were read', todo: 'write the two lines "id: reviewed" and "month: 2026-11"' };

function cited(entry: Entry<{ readonly sources: readonly string[] }>, { sources }: Around): readonly Problem[] {
  return citedIn(entry.value, []).flatMap(([id, path]) => missing(entry, id, path, sources, 'source'));
}

/** Dated lists run forward. */
function outOfOrder({ value, file }: Entry<{ readonly systems: readonly { readonly from: string }[]; readonly usual: readonly { readonly from: string }[] }>): readonly Problem[] {
  return (['systems', 'usual'] as const).flatMap((key) => value[key].flatMap(({ from }, i) => {
    const before = value[key][i - 1]?.from;
    if (before === undefined || before < from) return [];
    return [problemAt(file, file.placeOf([key, i, 'from']), `"from" ${from} after ${before}`, 'entries in the order of their months', 'move it up')];
  }));
}

/** A change stands in the file of its year, and not in the future. */
function misdated({ value: { month }, file, path }: Entry<{ readonly month: string }>, reviewed: string | undefined): readonly Problem[] {
  const at = file.placeOf([...path, 'month']);
  if (!month.startsWith(nameOf(file))) return [problemAt(file, at, `the month ${month}`, `a month of ${nameOf(file)}, the name of the file`, `move the change to ${CHANGES}/${month.slice(0, 4)}.yaml`)];
  if (reviewed !== undefined && month > reviewed) return [problemAt(file, at, `the month ${month}`, `a month up to ${reviewed}, to which ${REVIEWED} says that sources were read`, `correct the month, or ${REVIEWED}`)];
  return [];
}
