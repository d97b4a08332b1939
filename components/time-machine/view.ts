/** The history of a machine in rows and labels: strip, table and list read the same state. It draws nothing. */
import { kernelOf } from '../../src/sim/domain.ts';
import { YEARS, type Heading, type Line, type State } from '../../src/sim/history/types.ts';
import { sealed } from '../kit/codec.ts';
import type { Table } from '../kit/playground.ts';

const HEAD = ['Year', 'System in December', 'What ran them', 'Kernel that answered', 'Address of a port', 'Files of the host', 'What changed'] as const;
/** The columns that a year is compared in with the one before; year and way are said by the slider. */
const COMPARED = [1, 3, 4, 5, 6] as const;

/** What is new in a year against the one before, for those who have just heard year and way from the slider. */
export function newsOf({ rows, config: { year } }: State): string {
  const [before = [], now = []] = [rows[year - YEARS.first - 1], rows[year - YEARS.first]];
  const news = COMPARED.filter((i) => now[i] !== before[i] && now[i] !== '–').map((i) => `${HEAD[i]}: ${now[i]}.`);
  return news.length > 0 ? `New: ${news.join(' ')}` : 'Nothing else is new.';
}

/** The machine's years as a table. */
export function tableOf({ rows, machines, config: { machine } }: State): Table {
  return {
    caption: `Linux containers on: ${machines[machine] ?? machine}`,
    head: HEAD,
    rows,
  };
}

const HEADINGS: Readonly<Record<Heading, string>> = {
  kernel: 'Kernel',
  tool: 'Tool',
  cost: 'Cost',
  address: 'Address',
  files: 'Files',
  others: 'Also possible',
  not: 'Why not another way',
};

/** One heading of the list with what stands under it. */
export interface Entry {
  readonly heading: string;
  /** Worth more of the reader's eye than others. */
  readonly stands?: boolean;
  readonly lines: readonly (Line & { readonly when?: string; readonly title?: string; readonly answer?: string })[];
}

/** Headings under which the answer in a word comes first. */
const IN_A_WORD: ReadonlySet<Heading> = new Set(['address', 'files']);

/** The list beside the drawing, in the order in which a reader asks. */
export function entriesOf(state: State): readonly Entry[] {
  return everyEntry(state).filter((entry) => entry.lines.length > 0);
}

/** The lists of two states, heading by heading, where at least one of them has something to say. */
export function pairsOf(states: readonly State[]): readonly { readonly heading: string; readonly cells: readonly Entry['lines'][] }[] {
  const [first = [], ...others] = states.map(everyEntry);
  return first.map(({ heading, lines }, i) => ({ heading, cells: [lines, ...others.map((entries) => entries[i]?.lines ?? [])] })).filter(({ cells }) => cells.some(({ length }) => length > 0));
}

/** Always the same headings. */
function everyEntry(state: State): readonly Entry[] {
  const { lines, changes, next } = state;
  const told = (heading: Heading): Entry => ({
    heading: HEADINGS[heading],
    lines: (lines[heading] ?? []).map((line) => (line.short !== undefined && IN_A_WORD.has(heading) ? { ...line, answer: line.short } : line)),
  });
  const year = (broke: boolean) => changes.filter((change) => change.broke === broke);
  return [
    ...(['kernel', 'tool', 'cost', 'address'] as const).map(told),
    { ...told('others'), stands: nearChange(state) },
    told('files'),
    { heading: 'What broke that year', lines: year(true) },
    { heading: 'What changed that year', lines: year(false) },
    told('not'),
    { heading: 'What comes next', lines: [{ text: next, sources: [] }] },
  ];
}

/** Whether the way changes within a year: both ways were in use then. */
function nearChange({ eras, era, config: { year } }: State): boolean {
  const { from = 0, to = 0 } = eras[era] ?? {};
  return (era > 0 && year <= from + 1) || (era < eras.length - 1 && year >= to - 1);
}

/** The part of the drawing that answers the program, by its id. */
export function answering({ stack }: State): string | undefined {
  return stack ? kernelOf(stack, 'app')?.id : undefined;
}

/** What a screen reader is told of the drawing. */
export function sectionLabel({ config, machines, way }: State): string {
  return `The stack: ${machines[config.machine] ?? config.machine}, ${config.year}, ${way.title}.`;
}

/** A year in words, for the slider: “2015: Docker Toolbox”. */
export function yearInWords({ config: { year }, eras, era }: State): string {
  return `${year}: ${eras[era]?.title ?? ''}`;
}

/** The year of the nearest change before or after this one; the state's own year when there is none. */
export function changeFrom({ eras, config: { year } }: State, step: -1 | 1): number {
  const changes = eras.map(({ from }) => from);
  return (step > 0 ? changes.find((from) => from > year) : changes.findLast((from) => from < year)) ?? year;
}

/** The address of WillItRun with the same machine and month. It is written as components/kit/situation-link.ts does, without the rules that module brings along. */
export function checkedAt(base: string, situation: string): string {
  return `${base}playgrounds/WillItRun/?WillItRun-1=${encodeURIComponent(sealed(`1~${situation}~1~`))}#WillItRun-1`;
}
