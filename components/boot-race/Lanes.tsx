/** The race in one block: a lane is its numbers and one bar. What lies behind them is shown on demand, in `Detail`. */
import { FRAMES, type Bar, type State } from '../../src/sim/race/types.ts';
import { Marker } from './Marker.tsx';
import { areaPath, count, legendOf, look, ticksOf, timeText, wordsFor, type Shown } from './view.ts';

interface Props {
  readonly state: State;
  readonly lanes: readonly Shown[];
}

export function Lanes({ state: { config, betOn }, lanes }: Props) {
  const clocks = new Set(lanes.flatMap(({ gap, clock }) => (gap === undefined ? [clock] : [])));
  const isOn = config.frame > 0;
  const clock = <p class="br-clock">The clock runs {[...clocks]}.</p>;
  return (
    <div class="br-lanes">
      {clocks.size === 1 && !isOn && clock}
      {/* Before the start, the bet names them already. */}
      {lanes.map((lane, i) => (isOn || betOn !== 'median' || !lane.here || lane.gap !== undefined) && (
        <div class="br-lane" role="group" aria-label={lane.title}>
          <div>
            <p class="br-title"><svg width="34" height="14" aria-hidden="true"><Marker index={i} x="17" y="7" line /></svg> <b>{lane.title}</b></p>
            {lane.gap === undefined && (clocks.size > 1 || !lane.here) && <p class="br-clock">{clocks.size > 1 && <><b>A clock and an axis of its own:</b> {lane.clock}. </>}{!lane.here && `Measured on ${lane.measuredOn}.`}</p>}
            {isOn && lane.gap === undefined && <Numbers lane={lane} />}
          </div>
          {lane.gap !== undefined ? <p class="br-gap"><b>No evidence.</b> {lane.gap}</p> : isOn && <Course lane={lane} axis={clocks.size > 1 || i === lanes.length - 1} />}
        </div>
      ))}
      {/* Of one each, it tells before the start already what a start consists of. */}
      {config.count === 1 && <Legend lanes={lanes} />}
      {isOn && clocks.size === 1 && clock}
      {isOn && config.count > 1 && clocks.size > 0 && <p class="br-clock">Bars run from the start of the race. The times in numbers are each instance’s own, from its own start{config.frame < FRAMES && ', of those that are ready so far'}.</p>}
    </div>
  );
}

function Numbers({ lane: { spread, ready, total, refused } }: { readonly lane: Shown }) {
  const time = (us: number | undefined) => (us === undefined ? '–' : timeText(us));
  return (
    <dl class="br-numbers">
      {total === 1 ? <div><dt>its clock</dt><dd>{time(spread?.p50Us)}</dd></div> : (
        <>
          <div><dt>median</dt><dd>{time(spread?.p50Us)}</dd></div>
          <div><dt>99 % within</dt><dd>{time(spread?.p99Us)}</dd></div>
          <div><dt>ready, of {count(total)}</dt><dd>{count(ready)}</dd></div>
        </>
      )}
      {refused > 0 && <div><dt>refused</dt><dd>{count(refused)}</dd></div>}
    </dl>
  );
}

/** One instance and what fills its time; of many, how many are ready. */
function Course({ lane: { total, axisUs, bars, arrived, slices }, axis }: { readonly lane: Shown; readonly axis: boolean }) {
  return (
    <div class="br-time" aria-hidden="true">
      {total === 1 ? <Instance bar={bars[0]} axisUs={axisUs} words /> : <svg class="br-arrived" viewBox={`0 0 ${slices} 1000`} preserveAspectRatio="none"><path d={areaPath(arrived, 1000)} /></svg>}
      {axis && <Axis axisUs={axisUs} />}
    </div>
  );
}

export function Axis({ axisUs }: { readonly axisUs: number }) {
  return axisUs === 0 ? null : <div class="br-axis">{ticksOf(axisUs).map((tick) => <span class={tick > 0.8 * axisUs ? 'br-left' : undefined} style={{ left: `${(100 * tick) / axisUs}%` }}>{tick === 0 ? '0' : timeText(tick)}</span>)}</div>;
}

/** Words and samples of what fills the bars. */
export function Legend({ lanes }: { readonly lanes: readonly Shown[] }) {
  const met = legendOf(lanes);
  return met.length === 0 ? null : <ul class="br-fillings">{met.map(([filling, said]) => <li><span class={`br-sample ${look(filling)}`} />{said}</li>)}</ul>;
}

interface InstanceProps {
  readonly bar: Bar | undefined;
  readonly axisUs: number;
  /** Where there is room for words. */
  readonly words?: boolean;
}

export function Instance({ bar, axisUs, words }: InstanceProps) {
  return (
    <div class={words ? 'br-bar-row br-few' : 'br-bar-row'}>
      {bar?.segments.map(([filling, from, to]) => {
        const part = (100 * (to - from)) / axisUs;
        return <span class={`br-seg ${look(filling)}`} style={{ left: `${(100 * from) / axisUs}%`, width: `${part}%` }}>{words && part > 22 && <b class="plate">{wordsFor(filling, bar.segments.map(([each]) => each))}</b>}</span>;
      })}
      {bar && bar.end !== 'going' && <i class={`br-${bar.end}`} style={{ left: `${(100 * (bar.segments.at(-1)?.[2] ?? 0)) / axisUs}%` }} />}
    </div>
  );
}
