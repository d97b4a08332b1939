/** What history says in sentences. It knows how to put things, not what is so. */
import type { Chain, Host, Mechanism } from '../compat/index.ts';
import type { History, Machine, Way } from './types.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** `2015-08` as “August 2015”. */
export function monthInWords(month: string): string {
  return `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}

/** The month that a year stands for: its December, or the present one. */
export function monthOf(year: number, reviewed: string): string {
  return String(year) === reviewed.slice(0, 4) ? reviewed : `${year}-12`;
}

/** The titles of some sources, each once. */
export function titlesOf(ids: readonly string[], titles: History['titles']): History['titles'] {
  return Object.fromEntries([...new Set(ids)].sort().flatMap((id) => (titles[id] === undefined ? [] : [[id, titles[id]]])));
}

const KERNELS: Readonly<Record<string, string>> = { 'linux': 'Linux', 'windows-nt': 'Windows NT', 'xnu': 'XNU', 'freebsd': 'FreeBSD' };

/** The kernel of a host by name, with its version where one is stated. */
export function kernelOfHost({ family, kernel }: Host): string {
  const name = KERNELS[String(family)] ?? 'its own kernel';
  return kernel === undefined || String(kernel).includes('..') ? name : `${name} ${String(kernel)}`;
}

/** Whose kernel answers the container, and a short form of it. */
export function kernelLine({ mechanisms }: Chain, host: Host): { readonly text: string; readonly short: string } {
  const owner = mechanisms.find(({ kind }) => kind === 'machine');
  const own = kernelOfHost(host);
  if (!owner) return { text: `The host’s own: ${own}. None is added.`, short: `${own}, its own` };
  const name = owner.pieces.kernel?.name ?? 'Linux';
  const added = owner.costs.includes('kernel-per-container') ? 'One more for each container' : 'One more';
  return { text: `${added}: ${name}. Its machine: ${owner.pieces.machine ?? 'a virtual machine'}. The host’s own kernel, ${own}, never answers the container.`, short: `${name}, added` };
}

interface Told {
  readonly machine: Machine;
  readonly year: number;
  /** The month of the present, where the year is the present one. */
  readonly now: string | undefined;
  readonly way: Way;
  readonly decider: Mechanism | undefined;
  readonly address: string;
}

/** The answer in one or two sentences, the answer first. */
export function answerOf({ machine: { noun }, year, now, way, decider, address }: Told): string {
  const when = now === undefined ? `In ${year}` : `Today (${monthInWords(now)})`;
  const verb = (past: string, present: string): string => (now === undefined ? past : present);
  const port = `A published port ${verb('answered', 'answers')} at ${address}.`;
  if (way.kind === 'none') return `${when} nothing ${verb('ran', 'runs')} Linux containers on ${noun}.`;
  if (way.kind === 'own') return `${when} ${noun} ${verb('ran', 'runs')} Linux containers on the kernel that it ${verb('had', 'has')}: nothing ${verb('was', 'is')} added. ${port}`;
  if (way.kind === 'hand') return `${when} no product ${verb('ran', 'runs')} Linux containers on ${noun}. It ${verb('took', 'takes')} ${lowerFirst(way.title)}, set up and kept by hand.`;
  const added = decider?.costs.includes('kernel-per-container') ? 'a virtual machine with a Linux kernel for each container' : 'one virtual machine with a Linux kernel';
  const state = way.left ? `, though nobody ${verb('maintained', 'maintains')} it any more` : '';
  return `${when} ${way.title} ${verb('ran', 'runs')} Linux containers on ${noun}, in ${added}${state}. ${port}`;
}

/** The name of a way in a strip or a table. */
export function labelOf({ title, left }: Way): string {
  return left ? `${title}, unmaintained` : title;
}

/** What is said of years before a machine could be bought. */
export function absenceOf({ title, systems }: Machine, year: number): string {
  const first = systems[0]?.from;
  return `In ${year} there was no ${title}${first === undefined ? '' : `: the first came in ${monthInWords(first)}`}.`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
