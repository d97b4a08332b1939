/** What StackBuilder shows, as words and rows: the drawing, the figures and the table all read these. It draws nothing. */
import { countLayer, nodesOf, pathTo, processesByKernel } from '../../src/sim/domain.ts';
import { inImage, nodeOf, roleOf, type Bill, type Cost, type Placement, type Program, type Range, type Resource, type Role, type State, type Total } from '../../src/sim/stack-cost/model.ts';
import type { Table } from '../kit/playground.ts';
import type { Mark } from '../kit/CrossSection.tsx';

export const NO_SOURCE = 'no source found';

/** Names of the placements: of all apps in a row of buttons, of one app, and of one more. */
export const ALL: Readonly<Record<Placement, string>> = { 'metal': 'On metal', 'container': 'Containers', 'vm': 'VMs', 'container-in-vm': 'Containers in a VM', 'microvm': 'MicroVMs' };
export const ONE: Readonly<Record<Placement, string>> = { 'metal': 'metal', 'container': 'container', 'vm': 'VM', 'container-in-vm': 'in a VM', 'microvm': 'microVM' };
export const oneMore = (placement: Placement) => (placement === 'metal' ? 'one on metal' : `a ${placement === 'container-in-vm' ? 'container in the VM' : ONE[placement]}`);

const BIGGER = { MB: 'GB', ms: 's' } as const;

/** `37–86 ms`, `7–9 s`, `4.1 MB`, `0.43–1.2 GB`: one unit for both ends, two digits or whole numbers. */
export function rangeText({ low, high }: Pick<Range, 'low' | 'high'>, unit: 'MB' | 'ms'): string {
  const big = high >= 1000;
  const digits = (value: number) => String(value >= 100 ? Math.round(value) : Number(value.toPrecision(2)));
  const [from, to] = [low, high].map((end) => digits(big ? end / 1000 : end)) as [string, string];
  return `${span(from, to)} ${big ? BIGGER[unit] : unit}`;
}

const span = <End extends string | number>(low: End, high: End) => (low === high ? `${high}` : `${low}–${high}`);

/** A line under a figure: a value and the figures that it rests on, or words of its own. */
export interface Line {
  readonly value?: string;
  readonly words?: string | undefined;
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

/** The quantities beside the drawing, in the order of reading. Beside another run a label must fit both, so it names no placement. */
export function figureRows(state: State, compared = false): readonly FigureRow[] {
  const { stack, apps, placement, readings, memory, disk } = state;
  const [start, ...otherStarts] = readings.start;
  const n = apps.length;
  const [host = 0, ...guests] = [...processesByKernel(stack).values()];
  const [least, most] = [Math.min(...guests), Math.max(...guests)];
  const rows = [
    row('Kernels running', String(countLayer(stack, 'kernel')), n < 2 ? [] : [said(Math.max(host, most) === n ? `one answers all ${n} apps` : `none answers more than ${Math.max(host, most)} of ${n} apps`)]),
    row('Userlands under the apps', String(countLayer(stack, 'userland'))),
    row('Falls with one kernel panic', `${span(Math.min(n, least), n)} of ${n}`, guests.length > 0 ? [said(`a guest’s kernel: ${span(least, most)} of ${n}; the host’s: ${n} of ${n}`)] : []),
    row(`Start of ${compared ? 'one more' : oneMore(placement)}`, start ? rangeText(start, 'ms') : NO_SOURCE, start ? [{ words: start.words, figures: start.figures }, ...waits(state)] : [], [...otherStarts, ...readings.steps], 'ms'),
    row('Memory, idle', totalText(memory, n), totalLines(memory), readings.memory),
    row('Disk, as downloaded', totalText(disk, n), [...totalLines(withoutLayers(state)), ...layers(state), ...copies(state)], readings.disk),
  ];
  return n > 0 || compared ? rows : rows.slice(0, 1);
}

const said = (words: string): Line => ({ words, figures: [] });

function row(label: string, value: string, lines: readonly Line[] = [], others: readonly Range[] = [], unit: 'MB' | 'ms' = 'MB'): FigureRow {
  return { label, value, lines, others: others.map((range) => ({ value: rangeText(range, unit), figures: range.figures })) };
}

/** VMs share the image of their disks unless each is given a copy. */
function copies({ bills }: State): readonly Line[] {
  const disks = Object.keys(bills).filter((id) => roleOf(id) === 'vm');
  return disks.length > 1 ? [said(`with a full copy for each VM: ${disks.length} × ${costText(bills[disks[0] as string]?.disk)}`)] : [];
}

/** A container in a VM starts in its own time only if the VM is there. */
function waits({ apps, placement }: State): readonly Line[] {
  if (placement !== 'container-in-vm') return [];
  return [said(apps.some((app) => app.placement === placement) ? 'the VM runs already' : 'once the VM has booted')];
}

function totalText(total: Total, apps: number): string {
  if (apps === 0) return 'nothing added';
  if (total.items.length === 0) return NO_SOURCE;
  // A whole part without a figure makes the sum a lower bound; the program is left out of every placement alike.
  return `${total.unknown.some((what) => what.includes('disk')) ? 'over ' : ''}${rangeText(total, 'MB')}`;
}

function totalLines({ items, unknown }: Total): readonly Line[] {
  const parts = items.map(({ times, each }): Line => ({ value: `${times} × ${rangeText(each, 'MB')}`, figures: each.figures }));
  const gaps = unknown.join(', ');
  if (gaps === '') return parts;
  return [...parts, said(parts.length > 0 ? `not in it, for want of a source: ${gaps}` : `for ${gaps}`)];
}

/** What an image adds for the program was measured only together with its base. */
const BASIS: Readonly<Record<Program, string>> = { nginx: 'unpacked and with the base image', node: 'with an older base image' };
const layersText = (app: Program, image: Range) => `measured only ${BASIS[app]} (${rangeText(image, 'MB')}), another basis`;

function layers({ app, programImages: [image] }: State): readonly Line[] {
  return image ? [{ words: `not in it: ${app}’s own layers, ${layersText(app, image)}`, figures: image.figures }] : [];
}

/** The disk's sum, of which the gaps name the program only where it stands in no container. */
function withoutLayers({ app, apps, disk, programImages }: State): Total {
  if (programImages.length === 0) return disk;
  const rest = apps.every(inImage) ? [] : [`${app} outside containers`];
  return { ...disk, unknown: disk.unknown.flatMap((what) => (what === `${app} itself` ? rest : what)) };
}

/** What is drawn where a VM stands; the measured systems are others. */
export function drawnAndMeasured({ stack }: State): string | undefined {
  const parts = nodesOf(stack).map(({ part }) => part);
  const vmms = [...new Set(parts.flatMap((part) => (part.layer === 'hypervisor' ? part.name.replace(' with KVM', '') : [])))];
  const guest = nodesOf(stack).some(({ id }) => roleOf(id) === 'guest-userland') ? 'Debian 13' : 'a Linux VM';
  return vmms.length > 0 ? `Drawn: ${guest} under ${vmms.join(' and ')}. Measured: as each line says.` : undefined;
}

/** Words under the names in the drawing: whom a kernel answers, what is shared, and where disk and memory go. */
export function notesOf(state: State): Readonly<Record<string, string>> {
  const kernels = [...processesByKernel(state.stack)].map(([id, apps]) => [id, apps > 0 ? `answers ${appsIn(apps)}` : state.apps.length > 0 ? 'answers no app directly' : '']);
  const costs = Object.entries(state.bills).map(([id, bill]) => [id, COST_NOTES[roleOf(id)]?.(bill)]);
  const metal = state.apps.filter(({ placement }) => placement === 'metal').length;
  return Object.fromEntries([...costs, ...kernels, ['metal/userland', metal > 1 ? `shared by ${metal} apps` : '']]);
}

const COST_NOTES: Readonly<Partial<Record<Role, (bill: Bill) => string>>> = {
  image: ({ disk }) => (disk === 'shared' ? 'same files' : `${costText(disk)} download`),
  vm: ({ disk }) => (disk === 'shared' ? 'same image' : `${costText(disk)} download`),
  qemu: ({ memory }) => costText(memory),
  firecracker: ({ memory }) => costText(memory),
};

/** Brings out the kernels that the last change added. */
export function marksOf({ facts }: State): Readonly<Record<string, Mark>> {
  if (!facts.some(({ id }) => id === 'kernelAdded' || id === 'kernelReplaced')) return {};
  const placed = facts.flatMap((fact) => (fact.id === 'appPlaced' ? [fact.as === 'container-in-vm' ? fact.as : nodeOf({ id: fact.app })] : []));
  return Object.fromEntries(placed.map((owner) => [`${owner}/guest-kernel`, 'active']));
}

/** What the drawing shows, for whoever comes to it without seeing it. */
export function labelOf({ apps, stack }: State): string {
  const kernels = countLayer(stack, 'kernel');
  return `Cross-section of the machine: ${appsIn(apps.length)} on ${kernels} ${kernels === 1 ? 'kernel' : 'kernels'}`;
}

const appsIn = (count: number) => `${count} ${count === 1 ? 'app' : 'apps'}`;

const WORDS: Readonly<Record<Exclude<Cost, Range>, string>> = { host: 'not counted', shared: 'stored already', within: 'counted elsewhere', unknown: NO_SOURCE };
const costText = (cost: Cost | undefined) => (cost === undefined ? '' : typeof cost === 'string' ? WORDS[cost] : rangeText(cost, 'MB'));

/** A cost in the table: a part that is counted in another names that one. */
function cellText(state: State, id: string, resource: Resource): string {
  const { stack, bills, app, apps, programImages: [image] } = state;
  const cost = bills[id]?.[resource];
  if (cost === 'within') {
    const counts = pathTo(stack, id).findLast((node) => !['within', 'host'].includes(bills[node.id]?.[resource] as string));
    const whole = counts && bills[counts.id]?.[resource];
    const name = counts?.part.layer === 'hardware' ? `the ${counts.part.name}` : `${counts?.part.name}`;
    return typeof whole === 'object' ? `in the ${costText(whole)} of ${name}` : `with ${name}: ${costText(whole)}`;
  }
  if (resource === 'disk' && roleOf(id) === 'vm-firmware') return `${costText(cost)} (ships with QEMU)`;
  const contained = image && apps.some((each) => nodeOf(each) === id && inImage(each));
  return resource === 'disk' && contained ? layersText(app, image) : costText(cost);
}

/** Every part of the drawing, from the ground up, with whom it serves and what it costs. `name` tells one of two runs from the other. */
export function tableOf(state: State, name?: string): Table {
  const { stack, app, apps, disk, memory } = state;
  const rows = nodesOf(stack).map((node) => {
    const { id, part } = node;
    const [owner = '', role] = id.split('/');
    const walls = pathTo(stack, id).flatMap(({ wall }) => wall?.name ?? []);
    const of = role === undefined ? '' : OWNERS[owner] ?? owner.replace('app-', `${app} `);
    return [part.name, part.layer, of, walls.join(', in ') || 'none', String(countLayer(node, 'application')), cellText(state, id, 'disk'), cellText(state, id, 'memory')];
  });
  return {
    caption: `${name ? `${name}. ` : ''}${labelOf(state)}, from the ground up. Disk as downloaded, memory when idle.`,
    head: ['Part', 'Layer', 'Belongs to', 'Behind the wall of', 'Apps on it', 'Disk', 'Memory'],
    rows: [...rows, ['Sum of what is known', '', '', '', String(apps.length), totalText(disk, apps.length), totalText(memory, apps.length)]],
  };
}

const OWNERS: Readonly<Record<string, string>> = { 'host': 'host', 'metal': 'host', 'container-in-vm': 'the shared VM' };

/** A sentence in pieces, with the layers that it names. */
export function marked(text: string): readonly { readonly text: string; readonly layer?: string }[] {
  return text.split(/\b(kernels?|userlands?|firmware)\b/).map((piece, i) => (i % 2 === 0 ? { text: piece } : { text: piece, layer: MARKS[piece.charAt(0)] as string }));
}

/** Classes of the marks, by the first letter of the layer's name. */
const MARKS: Readonly<Record<string, string>> = { k: 'kn', u: 'ul', f: 'fw' };
