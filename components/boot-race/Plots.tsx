/** How the times are spread: for each clock one plot, with the lanes that share it. */
import { Component } from 'preact';
import type { LaneView } from '../../src/sim/race/types.ts';
import { Button } from '../kit/Button.tsx';
import { DASHES, Marker } from './Marker.tsx';
import type { PlotToSave } from './save-svg.ts';
import { curvePath, plotsOf, readOff, STEPS, type Drawn } from './spread.ts';
import { count, ticksOf, timeText } from './view.ts';

interface Props {
  readonly lanes: readonly LaneView[];
  readonly ready: boolean;
  /** Begins the ids of its parts. */
  readonly id: string;
  /** Saves the plot of a clock; absent in print and without a script, where nothing can be operated. */
  readonly save?: (svg: SVGSVGElement, plot: PlotToSave) => void;
}

const TOP = 14;
const HEIGHT = 150;

export class Plots extends Component<Props, { readonly place: number }> {
  override state = { place: STEPS / 2 };

  override render({ lanes, ready, id, save }: Props, { place }: { readonly place: number }) {
    const plots = plotsOf(lanes);
    if (plots.flat().every(({ total }) => total === 1)) return null;
    const text = readOff(plots.flat(), place);
    return (
      <div class="br-plots" role="group" aria-label="How the times are spread">
        {plots.map((sharing, i) => <Plot lanes={sharing} place={place} ready={ready} id={`${id}-plot-${i + 1}`} save={save} />)}
        {plots.length > 1 && <p class="br-apart">Drawn apart, because the clocks start and stop at different things. A point on one axis has no place on the other.</p>}
        {/* The slider says its value itself: a live region beside it would say everything twice. */}
        {save && <label class="br-read">Read off <input type="range" min={0} max={STEPS} value={place} disabled={!ready} aria-valuetext={text} onInput={(event) => this.setState({ place: Number(event.currentTarget.value) })} /> <output aria-live="off">{text}.</output></label>}
      </div>
    );
  }
}

interface PlotProps extends Pick<Props, 'ready' | 'id'> {
  readonly lanes: readonly Drawn[];
  readonly place: number;
  readonly save: Props['save'] | undefined;
}

function Plot({ lanes, place, ready, id, save }: PlotProps) {
  const [{ clock, interval, plotUs }] = lanes as [Drawn, ...Drawn[]];
  // A little more than the slowest needs, so that its mark is whole.
  const span = plotUs * 1.04;
  const share = (us: number) => `${(100 * us) / span}%`;
  const high = (part: number) => String(TOP + HEIGHT * (1 - part));
  return (
    <figure class="br-plot">
      <figcaption><b>How many percent are ready within …</b> The clock runs {clock}.</figcaption>
      <svg role="img" aria-labelledby={`${id}-title ${id}-desc`} width="100%" height={TOP + HEIGHT + 34 + 40 * lanes.length}>
        <title id={`${id}-title`}>Distribution of the times of {lanes.map(({ title }) => title).join(', ')}</title>
        <desc id={`${id}-desc`}>{lanes.map(wordsOf).join(' ')}</desc>
        {[0, 0.5, 1].map((part) => <><line class="br-grid" x1="0" x2="100%" y1={high(part)} y2={high(part)} /><text class="br-share" x="2" y={Number(high(part)) - 3}>{100 * part} %</text></>)}
        {ticksOf(span).map((tick) => <text x={share(tick)} y={TOP + HEIGHT + 17} text-anchor={tick === 0 ? 'start' : tick > span * 0.9 ? 'end' : 'middle'}>{tick === 0 ? '0' : timeText(tick)}</text>)}
        {save && <line class="br-cursor" data-unsaved x1="0" x2="100%" y1={high(place / STEPS)} y2={high(place / STEPS)} />}
        <svg y={TOP} width="100%" height={HEIGHT} viewBox="0 0 1000 1000" preserveAspectRatio="none" overflow="visible">
          {lanes.map(({ index, spread }) => <path class="br-line" vector-effect="non-scaling-stroke" d={curvePath(spread.curveUs, span)} stroke-dasharray={DASHES[index]} />)}
        </svg>
        {lanes.map(({ index, spread }) => (
          <>
            <Marker index={index} x={share(spread.p50Us)} y={high(0.5)} />
            <Marker index={index} x={share(spread.p99Us)} y={high(0.99)} hollow />
          </>
        ))}
        {lanes.map((lane, i) => (
          <>
            <Marker index={lane.index} x="17" y={String(TOP + HEIGHT + 46 + 40 * i)} line />
            <text class="br-name" x="42" y={TOP + HEIGHT + 44 + 40 * i}>{lane.title}</text>
            <text x="42" y={TOP + HEIGHT + 60 + 40 * i}>median {timeText(lane.spread.p50Us)}, 99 % within {timeText(lane.spread.p99Us)}</text>
          </>
        ))}
      </svg>
      {save && <Button ready={ready} onPress={() => save(document.getElementById(`${id}-title`)?.parentNode as SVGSVGElement, { clock, interval, lines: lanes })}>Save as SVG</Button>}
    </figure>
  );
}

function wordsOf({ title, ready, spread }: Drawn): string {
  return `${title}: ${count(ready)} ready, from ${timeText(spread.minUs)} to ${timeText(spread.maxUs)}, median ${timeText(spread.p50Us)}, 99 % within ${timeText(spread.p99Us)}.`;
}
