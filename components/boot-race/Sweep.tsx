/** Median, and on demand 99th percentile, against the number at once: a panel a clock, so that a crossing is found where there can be one. Loaded when a reader asks for it. */
import { Component } from 'preact';
import type { Line, Panel } from '../../src/sim/race/sweep.ts';
import { Button } from '../kit/Button.tsx';
import { DASHES, Marker } from './Marker.tsx';
import type { PlotToSave } from './save-svg.ts';
import { decadesOf, placeOf } from './spread.ts';
import { timeText } from './view.ts';

export interface SweepProps {
  readonly panels: readonly Panel[];
  readonly machine: string;
  /** Started together; else whoever is ready makes room for the next. */
  readonly batch: boolean;
  readonly id: string;
  readonly ready: boolean;
  /** Absent in print and without a script. */
  readonly save?: (svg: SVGSVGElement, plot: PlotToSave) => void;
}

const TOP = 16;
const HEIGHT = 300;
/** Where the lines begin and how far they reach, in percent: times are written before them. */
const LEFT = 16;
const REACH = 78;

/** How long the page may stand still, in ms. */
const PATIENCE = 12;

/** Plays a sweep to its end, and lets the page draw in between. */
export async function computed(playing: Generator<undefined, readonly Panel[]>): Promise<readonly Panel[]> {
  for (;;) {
    const until = performance.now() + PATIENCE;
    while (performance.now() < until) {
      const { done, value } = playing.next();
      if (done) return value;
    }
    await new Promise((next) => setTimeout(next));
  }
}

/** Medians, and on demand the 99th percentiles: with both, lines of several lanes lie too close to be told apart. */
export class Sweep extends Component<SweepProps, { readonly tails: boolean }> {
  override state = { tails: false };

  override render({ panels, machine, batch, id, ready, save }: SweepProps, { tails }: { readonly tails: boolean }) {
    return (
      <div class="br-swept">
        <p class="br-apart">Median against the number at once, {machine}</p>
        {panels.length > 1 && <p class="br-notes">A panel a clock. Heights in two panels do not compare: the clocks measure different things. How steeply a line rises does.</p>}
        {save && <label><input type="checkbox" checked={tails} disabled={!ready} onChange={(event) => this.setState({ tails: event.currentTarget.checked })} /> Draw “99 % within” too</label>}
        <div class="br-plots">
          {panels.map((panel, i) => <Drawing panel={panel} id={`${id}-sweep-${i + 1}`} ready={ready} save={save} tails={tails} />)}
        </div>
        <p class="br-notes">Computed by the model: {batch ? 'so many are started at once, again and again until 400 have started' : 'so many are kept on their way, until 400 or ten times their number have started'}. Both axes grow by factors: equal steps are equal factors.</p>
      </div>
    );
  }
}

interface DrawingProps extends Pick<SweepProps, 'ready' | 'id'> {
  readonly panel: Panel;
  readonly save: SweepProps['save'] | undefined;
  /** Whether the 99th percentiles are drawn. */
  readonly tails: boolean;
}

function Drawing({ panel, id, ready, save, tails }: DrawingProps) {
  const { clock, lines, crossing, growth } = panel;
  const times = lines.flatMap(({ points }) => points.flatMap(({ p50Us, p99Us }) => [p50Us, tails ? p99Us : undefined].filter((us) => us !== undefined)));
  const ticks = decadesOf(Math.min(...times), Math.max(...times));
  const [low, high] = [ticks[0] as number, ticks.at(-1) as number];
  const up = (us: number) => TOP + HEIGHT * (1 - placeOf(us, low, high));
  const counts = lines[0]?.points.map(({ count }) => count) ?? [];
  const right = (count: number) => `${LEFT + REACH * placeOf(count, 1, counts.at(-1) as number)}%`;
  return (
    <figure class="br-plot">
      <figcaption>{crossing !== '' && <b>{crossing}</b>} The clock runs {clock}.</figcaption>
      <svg role="img" aria-labelledby={`${id}-title ${id}-desc`} width="100%" height={TOP + HEIGHT + 46 + 24 * lines.length}>
        <title id={`${id}-title`}>Median against the number at once: {lines.map(({ title }) => title).join(', ')}</title>
        <desc id={`${id}-desc`}>{[crossing, ...growth].join(' ')}</desc>
        {ticks.map((us) => <><line class="br-grid" x1={`${LEFT - 1}%`} x2="100%" y1={up(us)} y2={up(us)} /><text x={`${LEFT - 2}%`} y={up(us) + 4} text-anchor="end">{timeText(us)}</text></>)}
        {counts.map((count) => <text x={right(count)} y={TOP + HEIGHT + 18} text-anchor="middle">{count}</text>)}
        {lines.map((line) => <Curve line={line} right={right} up={up} tails={tails} />)}
        <text class="br-share" x={right(1)} y={TOP + HEIGHT + 36} dx="-4">on their way at once</text>
        {lines.map(({ title, index }, i) => <><Marker index={index} x="17" y={String(TOP + HEIGHT + 54 + 24 * i)} line /><text class="br-name" x="42" y={TOP + HEIGHT + 58 + 24 * i}>{title}</text></>)}
      </svg>
      {tails && <p class="br-notes">Filled: median. Hollow: 99 % within.</p>}
      <ul class="br-growth">{growth.map((sentence) => <li>{sentence}</li>)}</ul>
      {save && <Button ready={ready} onPress={() => save(document.getElementById(`${id}-title`)?.parentNode as SVGSVGElement, panel)}>Save as SVG</Button>}
    </figure>
  );
}

interface CurveProps {
  readonly line: Line;
  readonly right: (count: number) => string;
  readonly up: (us: number) => number;
  readonly tails: boolean;
}

function Curve({ line: { index, points }, right, up, tails }: CurveProps) {
  const drawn = points.flatMap(({ count, p50Us, p99Us }) => (p50Us === undefined || p99Us === undefined ? [] : [{ count, p50Us, p99Us }]));
  return (
    <>
      {drawn.map(({ count, p50Us, p99Us }, i) => {
        const next = drawn[i + 1];
        return next && <>
          <line class="br-line" x1={right(count)} x2={right(next.count)} y1={up(p50Us)} y2={up(next.p50Us)} stroke-dasharray={DASHES[index]} />
          {tails && <line class="br-line br-thin" x1={right(count)} x2={right(next.count)} y1={up(p99Us)} y2={up(next.p99Us)} stroke-dasharray={DASHES[index]} />}
        </>;
      })}
      {drawn.map(({ count, p50Us, p99Us }) => <>{tails && <Marker index={index} x={right(count)} y={String(up(p99Us))} hollow />}<Marker index={index} x={right(count)} y={String(up(p50Us))} /></>)}
    </>
  );
}
