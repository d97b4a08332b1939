/** How the times are spread: for each clock one plot, with the lanes that share it. */
import { Component } from 'preact';
import type { LaneView } from '../../src/sim/race/types.ts';
import { Button } from '../kit/Button.tsx';
import { count, curvePath, plotsOf, readOff, ticksOf, timeText, type Drawn } from './view.ts';

interface Props {
  readonly lanes: readonly LaneView[];
  readonly ready: boolean;
  /** Begins the ids of its parts. */
  readonly id: string;
}

/** Steps of the curves: one reads off between 0 and this. */
const STEPS = 40;
const HALF = STEPS / 2;
const TOP = 14;
const HEIGHT = 150;
/** What a lane is known by beside its name: how its line is broken, and the shape on it. */
const DASHES = ['', '9 5', '2 4', '12 4 2 4'];
const SHAPES = ['M-5 0A5 5 0 1 0 5 0 5 5 0 1 0-5 0Z', 'M-4.5-4.5h9v9h-9Z', 'M0-6 6 4.5H-6Z', 'M0-6.5 6.5 0 0 6.5-6.5 0Z'];

interface MarkerProps {
  readonly index: number;
  readonly x: string;
  readonly y: string;
  readonly line?: boolean;
  /** Filled at the median, hollow at the 99th percentile. */
  readonly hollow?: boolean;
}

/** A lane's shape, and a piece of its line behind it where asked. */
export function Marker({ index, x, y, line, hollow }: MarkerProps) {
  return (
    <svg x={x} y={y} overflow="visible" class="br-marker">
      {line && <path class="br-line" d="M-16 0H16" stroke-dasharray={DASHES[index]} />}
      <path class={hollow ? 'br-hollow' : 'br-full'} d={SHAPES[index]} />
    </svg>
  );
}

export class Plots extends Component<Props, { readonly place: number }> {
  override state = { place: HALF };

  override render({ lanes, ready, id }: Props, { place }: { readonly place: number }) {
    const plots = plotsOf(lanes);
    if (plots.length === 0) return null;
    if (plots.flat().every(({ total }) => total === 1)) return <p class="br-single">One of each has no spread. Set “Of each” to 100 to see one.</p>;
    const text = readOff(plots.flat(), place);
    return (
      <div class="br-plots" role="group" aria-label="How the times are spread">
        {plots.map((sharing, i) => <Plot lanes={sharing} place={place} ready={ready} id={`${id}-plot-${i + 1}`} />)}
        {plots.length > 1 && <p class="br-apart">Drawn apart, because the clocks start and stop at different things. A point on one axis has no place on the other.</p>}
        <label class="br-read">Read off <input type="range" min={0} max={STEPS} value={place} disabled={!ready} aria-valuetext={text} onInput={(event) => this.setState({ place: Number(event.currentTarget.value) })} /> <output>{text}.</output></label>
      </div>
    );
  }
}

interface PlotProps {
  readonly lanes: readonly Drawn[];
  readonly place: number;
  readonly ready: boolean;
  readonly id: string;
}

function Plot({ lanes, place, ready, id }: PlotProps) {
  const [{ clock, plotUs }] = lanes as [Drawn, ...Drawn[]];
  // A little more than the slowest needs, so that its mark is whole.
  const span = plotUs * 1.04;
  const share = (us: number) => `${(100 * us) / span}%`;
  const high = (part: number) => String(TOP + HEIGHT * (1 - part));
  const save = async () => {
    const svg = document.getElementById(`${id}-title`)?.closest('svg');
    if (svg) (await import('./save-svg.ts')).saveSvg(svg, `Its clock runs ${clock}.`, `${id.toLowerCase()}.svg`);
  };
  return (
    <figure class="br-plot">
      <figcaption><b>Of 100, how many are ready within …</b> The clock runs {clock}.</figcaption>
      <svg role="img" aria-labelledby={`${id}-title ${id}-desc`} width="100%" height={TOP + HEIGHT + 34 + 40 * lanes.length}>
        <title id={`${id}-title`}>Distribution of the times of {lanes.map(({ title }) => title).join(', ')}</title>
        <desc id={`${id}-desc`}>{lanes.map(wordsOf).join(' ')}</desc>
        {[0, 0.5, 1].map((part) => <><line class="br-grid" x1="0" x2="100%" y1={high(part)} y2={high(part)} /><text class="br-share" x="2" y={Number(high(part)) - 3}>{100 * part}</text></>)}
        {ticksOf(span).map((tick) => <text x={share(tick)} y={TOP + HEIGHT + 17} text-anchor={tick === 0 ? 'start' : tick > span * 0.93 ? 'end' : 'middle'}>{tick === 0 ? '0' : timeText(tick)}</text>)}
        <line class="br-cursor" x1="0" x2="100%" y1={high(place / STEPS)} y2={high(place / STEPS)} />
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
            <text x="42" y={TOP + HEIGHT + 60 + 40 * i}>median {timeText(lane.spread.p50Us)}, 99 of 100 within {timeText(lane.spread.p99Us)}</text>
          </>
        ))}
      </svg>
      <Button ready={ready} onPress={() => void save()}>Save as SVG</Button>
    </figure>
  );
}

function wordsOf({ title, ready, spread }: Drawn): string {
  return `${title}: ${count(ready)} ready, from ${timeText(spread.minUs)} to ${timeText(spread.maxUs)}, median ${timeText(spread.p50Us)}, 99 of 100 within ${timeText(spread.p99Us)}.`;
}
