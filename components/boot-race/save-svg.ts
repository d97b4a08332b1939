/** A plot as a file of its own: what it shows, where it was measured and where it comes from stand around it; colors and type of the page are written into it. */
import type { State } from '../../src/sim/race/types.ts';
import { offerFile } from '../kit/download.ts';
import { linkTo } from '../kit/link.ts';
import { standalone } from '../kit/svg.ts';
import type { RaceSession } from './BootRace.tsx';

const count = (value: number) => value.toLocaleString('en-US');

export interface PlotToSave {
  readonly clock: string;
  readonly interval: string;
  readonly lines: readonly { readonly title: string }[];
}

interface Context {
  readonly state: State;
  readonly session: RaceSession;
  readonly instance: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Offers a plot as it looks now. */
export async function saveSvg(svg: SVGSVGElement, plot: PlotToSave, { state, session, instance, sources }: Context): Promise<void> {
  const address = await linkTo(instance, session);
  const isSweep = svg.closest('.br-sweep') !== null;
  const [above, below] = [[whatOf(state, isSweep), `The clock runs ${plot.clock}.`], [sourcesOf(state, plot, sources), `Layerlab, BootRace: ${address}`]];
  offerFile(fileName(state, plot, isSweep), 'image/svg+xml', standalone(svg, above, below));
}

export function fileName({ machine, config }: Pick<State, 'machine' | 'config'>, { interval }: Pick<PlotToSave, 'interval'>, isSweep: boolean): string {
  const what = isSweep ? '1-to-100-at-once' : `${config.count}-starts`;
  return `layerlab-bootrace-${what}-${machine}-${interval}.svg`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
}

function whatOf({ machine, cores, config: { count: many, atOnce } }: State, isSweep: boolean): string {
  const pace = atOnce === 0 || atOnce >= many ? 'all at once' : `${count(atOnce)} at once`;
  return `${isSweep ? '1 to 100 at once' : `${count(many)} of each, ${pace}`}, on ${machine}, ${cores} cores.`;
}

function sourcesOf({ lanes }: State, { lines }: PlotToSave, sources: Context['sources']): string {
  const shown = lanes.filter(({ title }) => lines.some((line) => line.title === title));
  const measured = [...new Set(shown.map(({ measuredOn }) => measuredOn))].join('; ');
  const cited = [...new Set(shown.flatMap((lane) => lane.sources))].map((id) => sources[id] ?? id).join('; ');
  return `Single starts were measured on ${measured} (${cited}). How many at once behave is computed by a model.`;
}
