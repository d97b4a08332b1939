/** The history of a machine in rows and labels: strip, table and list read the same state. It draws nothing. */
import { kernelOf } from '../../src/sim/domain.ts';
import type { Heading, Line, State } from '../../src/sim/history/types.ts';
import { sealed } from '../kit/codec.ts';
import type { Table } from '../kit/playground.ts';

/** The machine's years as a table. */
export function tableOf({ rows, machines, config: { machine } }: State): Table {
  return {
    caption: `Linux containers on: ${machines[machine] ?? machine}`,
    head: ['Year', 'System in December', 'What ran them', 'Kernel that answered', 'Address of a port', 'Files of the host', 'What changed'],
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
  readonly lines: readonly (Line & { readonly when?: string; readonly title?: string; readonly answer?: string })[];
}

/** Headings under which the answer in a word comes first. */
const IN_A_WORD: ReadonlySet<Heading> = new Set(['address', 'files']);

/** The list beside the drawing, in the order in which a reader asks. */
export function entriesOf({ lines, changes, next }: State): readonly Entry[] {
  const told = (heading: Heading): Entry => ({
    heading: HEADINGS[heading],
    lines: (lines[heading] ?? []).map((line) => (line.short !== undefined && IN_A_WORD.has(heading) ? { ...line, answer: line.short } : line)),
  });
  const year = (broke: boolean) => changes.filter((change) => change.broke === broke);
  const entries: readonly Entry[] = [
    ...(['kernel', 'tool', 'cost', 'address', 'files'] as const).map(told),
    { heading: 'What broke that year', lines: year(true) },
    { heading: 'What changed that year', lines: year(false) },
    told('others'),
    told('not'),
    { heading: 'What comes next', lines: [{ text: next, sources: [] }] },
  ];
  return entries.filter((entry) => entry.lines.length > 0);
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
