/** What a line under a figure says of the figure and of its source, made ready while the site is built. */
import type { FigureCard } from '../kit/playground.ts';

export interface Card {
  readonly id: string;
  /** What was measured, in a line; only for figures that the model counts with. */
  readonly short?: string | undefined;
  /** The same in the words of the figure, with its clock, or else with its conditions. */
  readonly full: string;
  /** Where the figure stands on the site, with its source. */
  readonly href: string;
  readonly source: string;
  readonly year: number;
  /** What a reader should know of the evidence before believing the value; empty for most. */
  readonly doubt: string;
}

/** Short for a line beside a drawing; a start says its clock, a guest its size. */
const SHORT: Readonly<Record<string, string>> = {
  'gvisor.startup.empty.runc': 'docker run until an empty container has ended',
  'start.vm.ubuntu.cloud': 'Ubuntu cloud image under Cloud Hypervisor: request until its first command',
  'start.fc2020.m5d.metal.boot-serial-fc-api.e2e': 'minimal Linux guest under Firecracker: VMM start until init',
  'gvisor.density.empty.runc': 'a container that sleeps',
  'mem.rss.qemu': 'minimal Linux guest under QEMU 4.2, of 128 MiB to 8 GiB',
  'mem.rss.fc': 'minimal Linux guest under Firecracker 0.20, of 128 MiB to 8 GiB',
  'img.debian-slim.compressed': 'base image: a userland without a kernel; shared, writes not counted',
  'vmimg.debian13': 'bootable image: userland, kernel, boot loader; shared, writes not counted',
};

/** What runs on the machine and is left out of the drawing. */
export const BESIDE = 'Not drawn unless an app stands on it: the host’s own userland, the one of the VM around containers (its disk is counted), and the Docker Engine that runs on such a userland beside the containers.';

const DOUBTS: Readonly<Record<string, string>> = { 'primary-blog': ', one report', 'secondary-note': ', second-hand', 'secondary-web': ', second-hand' };

/** The cards of figures, with links that start at `base`; `shortOf` gives the short title of a source, by its id. */
export function cardsFor(figures: readonly FigureCard[], base: string, shortOf: (sourceId: string) => string | undefined): readonly Card[] {
  return figures.map(({ id, quantity, interval, conditions, evidence, sourceId, sourceTitle, sourceYear }) => ({
    id, short: SHORT[id], full: `${quantity}; ${interval ?? conditions}`, href: `${base}sources/#figure-${id}`,
    source: shortOf(sourceId) ?? sourceTitle, year: sourceYear, doubt: DOUBTS[evidence] ?? '',
  }));
}
