/** A plot as a file of its own: what it shows, where it was measured and where it comes from stand around it; colors and type of the page are written into it. */
import type { State } from '../../src/sim/race/types.ts';
import { offerFile } from '../kit/download.ts';
import { linkTo } from '../kit/link.ts';
import { escaped, inlined } from '../kit/svg.ts';
import type { RaceSession } from './BootRace.tsx';

const LINE = 18;
const MARGIN = 24;
const count = (value: number) => value.toLocaleString('en-US');
/** Width of a letter of the notes, on average, in a wide typeface: whoever opens the file may not have the page’s. */
const LETTER = 7.6;

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

/** The text of an SVG file that needs nothing from the page: the plot's title, sentences above it and below it. */
export function standalone(svg: SVGSVGElement, above: readonly string[], below: readonly string[]): string {
  const { width, height } = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const most = Math.floor(width / LETTER);
  const copy = inlined(svg, {});
  // The line of the slider that is not in the file.
  const line = [...svg.querySelectorAll('*')].findIndex((element) => element.matches('.br-cursor'));
  if (line >= 0) copy.querySelectorAll('*')[line]?.remove();
  const [title = '', desc = ''] = ['title', 'desc'].map((tag) => {
    const element = copy.querySelector(tag);
    element?.remove();
    return escaped(element?.textContent ?? '');
  });
  const text = (line: string, y: number, weight: number) => `<text x="${MARGIN}" y="${Math.round(y)}" font-family="${escaped(style.fontFamily)}" font-size="${weight > 400 ? 15 : 13}" font-weight="${weight}" fill="${style.color}">${escaped(line)}</text>`;
  // The title is escaped once already, as it stands in its own tag.
  const head = [...broken(svg.querySelector('title')?.textContent ?? '', Math.floor(most * 0.82)).map((line) => [line, 650] as const), ...above.flatMap((line) => broken(line, most)).map((line) => [line, 400] as const)];
  const foot = below.flatMap((line) => broken(line, most));
  const top = MARGIN + head.length * LINE + 10;
  const bottom = top + Math.round(height) + 12;
  const [wide, high] = [Math.round(width) + 2 * MARGIN, bottom + foot.length * LINE + MARGIN];
  for (const [name, value] of Object.entries({ x: MARGIN, y: top, width: Math.round(width), height: Math.round(height), overflow: 'visible' })) copy.setAttribute(name, String(value));
  const said = [...head.map(([line, weight], i) => text(line, MARGIN + LINE * (i + 0.7), weight)), ...foot.map((line, i) => text(line, bottom + LINE * (i + 0.7), 400))].join('');
  const paper = getComputedStyle(svg.closest('.pg') ?? svg).backgroundColor;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}"><title>${title}</title><desc>${desc}</desc><rect width="100%" height="100%" fill="${paper}"/>${said}${new XMLSerializer().serializeToString(copy)}</svg>\n`;
}

/** Words in lines of at most `most` characters; a word that is longer is cut. */
function broken(text: string, most: number): readonly string[] {
  const words = text.split(' ').flatMap((word) => word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []);
  return words.reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}
