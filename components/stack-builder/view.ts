/** What StackBuilder shows, as words and rows: the drawing, the figures and the table all read these. It draws nothing. */
import { nodesOf, pathTo, type StackNode } from '../../src/sim/index.ts';
import { appsByKernel, roleOf, type Bill, type Cost, type Placement, type Range, type Reading, type Role, type State, type Total } from '../../src/sim/stack-cost/index.ts';
import type { Table } from '../kit/playground.ts';
import type { Mark } from '../kit/CrossSection.tsx';

export const QUESTION = 'What is duplicated?';
export const NO_SOURCE = 'no source found';

/** Names of the placements: of all apps in a row of buttons, of one app, and of one more. */
export const NAMES: Readonly<Record<Placement, { readonly all: string; readonly one: string; readonly more: string }>> = {
  'metal': { all: 'On metal', one: 'on metal', more: 'one on metal' },
  'container': { all: 'Containers', one: 'container', more: 'a container' },
  'vm': { all: 'VMs', one: 'VM', more: 'a VM' },
  'container-in-vm': { all: 'Containers in a VM', one: 'container in the VM', more: 'a container in the VM' },
  'microvm': { all: 'MicroVMs', one: 'microVM', more: 'a microVM' },
};

const BIGGER = { MB: 'GB', ms: 's' } as const;

/** `37–86 ms`, `7–9 s`, `4.1 MB`, `0.43–1.2 GB`: one unit for both ends, two digits or whole numbers. */
export function rangeText({ low, high }: Pick<Range, 'low' | 'high'>, unit: 'MB' | 'ms'): string {
  const big = high >= 1000;
  const digits = (value: number) => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
  const [from, to] = [low, high].map((end) => digits(big ? end / 1000 : end)) as [string, string];
  return `${from === to ? to : `${from}–${to}`} ${big ? BIGGER[unit] : unit}`;
}

/** A line under a figure: what was measured or counted, and the figures that it rests on. */
export interface Line {
  readonly value?: string;
  readonly what: string;
  readonly figures: readonly string[];
}

/** One quantity beside the drawing. */
export interface FigureRow {
  readonly label: string;
  readonly value: string;
  readonly lines: readonly Line[];
  /** Other measurements of the same, with other conditions; never merged into the value. */
  readonly others: readonly Line[];
}

/** The quantities beside the drawing, in the order of reading. */
export function figureRows(state: State): readonly FigureRow[] {
  const { apps, placement, readings } = state;
  const [start, ...otherStarts] = readings.start;
  return [
    ...countRows(state),
    {
      label: `Start of ${NAMES[placement].more}`,
      value: start ? rangeText(start, 'ms') : NO_SOURCE,
      lines: start ? [{ what: start.what, figures: start.figures }, ...waits(state)] : [],
      others: otherStarts.map((reading) => lineOf(reading, 'ms')),
    },
    { label: 'Memory, idle', value: totalText(state.memory, apps.length), lines: totalLines(state.memory), others: readings.memory.map((reading) => lineOf(reading, 'MB')) },
    { label: 'Disk, as downloaded', value: totalText(state.disk, apps.length), lines: totalLines(state.disk), others: readings.disk.map((reading) => lineOf(reading, 'MB')) },
  ];
}

function countRows(state: State): readonly FigureRow[] {
  const { stack, apps } = state;
  const layers = (layer: string) => nodesOf(stack).filter(({ part }) => part.layer === layer).length;
  const most = Math.max(...appsByKernel(state).values());
  const row = (label: string, value: string, what: string): FigureRow => ({ label, value, lines: what === '' ? [] : [{ what, figures: [] }], others: [] });
  const n = apps.length;
  return [
    row('Kernels running', String(layers('kernel')), n === 0 ? '' : n === 1 ? '' : most === n ? `one answers all ${n} apps` : `none answers more than ${most} of ${n} apps`),
    row('Userlands under the apps', String(layers('userland')), ''),
    row('Falls if the host’s kernel does', `${n} of ${n}`, layers('hypervisor') > 0 ? 'virtual machines stand on it too' : ''),
  ];
}

/** A container in a VM starts in its own time only if the VM is there. */
function waits({ apps, placement }: State): readonly Line[] {
  if (placement !== 'container-in-vm') return [];
  const running = apps.some((app) => app.placement === placement);
  return [{ what: running ? 'the virtual machine runs already' : 'after the virtual machine has booted', figures: [] }];
}

const lineOf = (reading: Reading, unit: 'MB' | 'ms'): Line => ({ value: rangeText(reading, unit), what: reading.what, figures: reading.figures });

function totalText({ low, high, items, unknown }: Total, apps: number): string {
  if (apps === 0) return 'nothing added';
  if (items.length === 0) return NO_SOURCE;
  // A whole part without a figure makes the sum a lower bound; the program is left out of every placement alike.
  const partial = unknown.some((what) => what.includes('disk'));
  return `${partial ? 'over ' : ''}${rangeText({ low, high }, 'MB')}`;
}

function totalLines({ items, unknown }: Total): readonly Line[] {
  const parts = items.map(({ times, what, each }): Line => ({ value: `${times} × ${rangeText(each, 'MB')}`, what, figures: each.figures }));
  const gaps: readonly Line[] = unknown.length === 0 ? [] : [{ what: `${items.length === 0 ? 'for' : 'without'} ${list(unknown)}${items.length === 0 ? '' : `: ${NO_SOURCE}`}`, figures: [] }];
  return [...parts, ...gaps];
}

const list = (words: readonly string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

/** Words under the names in the drawing: whom a kernel answers, what is shared, and where disk and memory go. */
export function notesOf(state: State): Readonly<Record<string, string>> {
  const kernels = [...appsByKernel(state)].map(([id, apps]) => [id, apps === 0 ? 'answers no app directly' : `answers ${apps} ${apps === 1 ? 'app' : 'apps'}`]);
  const costs = Object.entries(state.bills).flatMap(([id, bill]) => {
    const note = COST_NOTES[roleOf(id)]?.(bill);
    return note === undefined ? [] : [[id, note]];
  });
  const metal = state.apps.filter(({ placement }) => placement === 'metal').length;
  return Object.fromEntries([...kernels, ...costs, ['metal/userland', metal > 1 ? `shared by ${metal} apps` : '']]);
}

const COST_NOTES: Readonly<Partial<Record<Role, (bill: Bill) => string>>> = {
  image: ({ disk }) => (disk === 'shared' ? 'same files' : `${costText(disk)} on disk`),
  vm: ({ disk }) => `${costText(disk)} on disk`,
  qemu: ({ memory }) => costText(memory),
  firecracker: ({ memory }) => costText(memory),
};

/** Brings out the kernels that the last change added. */
export function marksOf(state: State): Readonly<Record<string, Mark>> {
  const placed = state.facts.flatMap((fact) => (fact.id === 'appPlaced' ? [fact.app] : []));
  const added = state.facts.some(({ id }) => id === 'kernelAdded' || id === 'kernelReplaced');
  const kernels = added ? placed.flatMap((id) => pathTo(state.stack, `app-${id}`)).filter(({ id }) => roleOf(id) === 'guest-kernel') : [];
  return Object.fromEntries(kernels.map(({ id }) => [id, 'active']));
}

/** What the drawing shows, for whoever comes to it without seeing it. */
export function labelOf({ apps, stack }: State): string {
  const kernels = nodesOf(stack).filter(({ part }) => part.layer === 'kernel').length;
  return `Cross-section of the machine: ${apps.length} ${apps.length === 1 ? 'app' : 'apps'} on ${kernels} ${kernels === 1 ? 'kernel' : 'kernels'}`;
}

const WORDS: Readonly<Record<Exclude<Cost, Reading>, string>> = { host: 'not counted', shared: 'stored already', within: 'counted below', unknown: NO_SOURCE };
const costText = (cost: Cost | undefined) => (cost === undefined ? '' : typeof cost === 'string' ? WORDS[cost] : rangeText(cost, 'MB'));

/** Every part of the drawing, from the ground up, with what it stands on and what it costs. */
export function tableOf(state: State): Table {
  const { stack, bills, apps, disk, memory } = state;
  const rows = nodesOf(stack).map((node) => {
    const path = pathTo(stack, node.id);
    const walls = path.flatMap(({ wall }) => (wall ? [wall.name] : []));
    const bill = bills[node.id];
    return [titleOf(node), node.part.layer, path.length > 1 ? titleOf(path.at(-2) as StackNode) : 'the ground', walls.join(', in ') || 'none', appsOn(node), costText(bill?.disk), costText(bill?.memory)];
  });
  return {
    caption: `${labelOf(state)}. Disk as downloaded, memory when idle.`,
    head: ['Part', 'Layer', 'Stands on', 'Behind the wall of', 'Apps on it', 'Disk', 'Memory'],
    rows: [...rows, ['Sum of what is known', '', '', '', String(apps.length), totalText(disk, apps.length), totalText(memory, apps.length)]],
  };
}

/** A part's name with its owner, so that no two rows read alike. */
function titleOf({ id, part }: StackNode): string {
  const owner = /^app-(\d+)\//.exec(id)?.[1];
  if (part.layer === 'application') return part.name;
  if (id.startsWith('container-in-vm/')) return `${part.name} of the shared VM`;
  return owner === undefined ? part.name : `${part.name} under app ${owner}`;
}

function appsOn(node: StackNode): string {
  return String(nodesOf(node).filter(({ part }) => part.layer === 'application').length);
}

/** A sentence in pieces, with the layers that it names. */
export function marked(text: string): readonly { readonly text: string; readonly layer?: string }[] {
  return text.split(/\b(kernels?|userlands?|firmware|hypervisors?)\b/i).filter((piece) => piece !== '').map((piece) => {
    const layer = LAYER_MARKS.find(([word]) => piece.toLowerCase().startsWith(word) && piece.length <= word.length + 1)?.[1];
    return layer === undefined ? { text: piece } : { text: piece, layer };
  });
}

const LAYER_MARKS = [['kernel', 'kn'], ['userland', 'ul'], ['firmware', 'fw'], ['hypervisor', 'hv']] as const;
