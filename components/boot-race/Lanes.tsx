/** Lanes of a race: what each instance goes through, and under it arrivals, cores and memory over the same time. */
import { DRAWN, type Bar, type LaneView, type State } from '../../src/sim/race/types.ts';
import { Cited } from './Cited.tsx';
import { Marker } from './Plots.tsx';
import { areaPath, count, FILLINGS, memoryText, ticksOf, timeText, type Shown } from './view.ts';

interface Props {
  readonly state: State;
  readonly lanes: readonly Shown[];
  readonly base: string;
  readonly sources: Readonly<Record<string, string>>;
}

export function Lanes({ state, lanes, base, sources }: Props) {
  const mixed = new Set(lanes.map(({ interval }) => interval)).size > 1;
  return (
    <div class="br-lanes">
      {lanes.map((lane, i) => (
        <article class="br-lane" aria-label={lane.title}>
          <div>
            <p class="br-title"><svg width="34" height="14" aria-hidden="true"><Marker index={i} x="17" y="7" line /></svg> <b>{lane.title}</b></p>
            {lane.gap === undefined && <Numbers lane={lane} mixed={mixed} />}
            {lane.notes.length + lane.sources.length > 0 && <p class="br-notes">{lane.notes.join(' ')} <Cited ids={lane.sources} base={base} sources={sources} /></p>}
          </div>
          {lane.gap === undefined ? <Course lane={lane} state={state} /> : <p class="br-gap"><b>No evidence.</b> {lane.gap}</p>}
        </article>
      ))}
    </div>
  );
}

function Numbers({ lane: { spread, clock, ready, total, refused }, mixed }: { readonly lane: LaneView; readonly mixed: boolean }) {
  return (
    <>
      <dl class="br-numbers">
        <div><dt>median</dt><dd>{spread ? timeText(spread.p50Us) : '–'}</dd></div>
        <div><dt>99 of 100 within</dt><dd>{spread ? timeText(spread.p99Us) : '–'}</dd></div>
        <div><dt>ready</dt><dd>{count(ready)} of {count(total)}</dd></div>
        {refused > 0 && <div><dt>refused</dt><dd>{count(refused)}</dd></div>}
      </dl>
      <p class="br-clock">{mixed && <b>A clock and an axis of its own. </b>}Its clock runs {clock}.</p>
    </>
  );
}

/** What happens, over time: the first instances one by one, then all of them. */
function Course({ lane, state }: { readonly lane: Shown; readonly state: State }) {
  const { total, axisUs, bars, fillings } = lane;
  return (
    <div>
      <div class="br-time" aria-hidden="true">
        {Array.from({ length: Math.min(total, DRAWN) }, (_, i) => <Instance bar={bars[i]} axisUs={axisUs} few={total <= 3} />)}
        {axisUs > 0 && <div class="br-axis">{ticksOf(axisUs).map((tick) => <span style={{ left: `${(100 * tick) / axisUs}%` }}>{tick === 0 ? '0' : timeText(tick)}</span>)}</div>}
      </div>
      <ul class="br-fillings">
        {total > DRAWN && <li>the first {DRAWN} of {count(total)}:</li>}
        {fillings.map((filling) => <li><span class={`br-sample ${look(filling)}`} />{FILLINGS[filling][0]}</li>)}
      </ul>
      <Strips lane={lane} state={state} />
    </div>
  );
}

const look = (filling: keyof typeof FILLINGS) => (FILLINGS[filling][1] === '' ? `br-${filling}` : `layer ${FILLINGS[filling][1]}`);

interface InstanceProps {
  readonly bar: Bar | undefined;
  readonly axisUs: number;
  /** With few instances there is room for words. */
  readonly few: boolean;
}

function Instance({ bar, axisUs, few }: InstanceProps) {
  return (
    <div class={few ? 'br-bar-row br-few' : 'br-bar-row'}>
      {bar?.segments.map(([filling, from, to]) => {
        const part = (100 * (to - from)) / axisUs;
        return <span class={`br-seg ${look(filling)}`} style={{ left: `${(100 * from) / axisUs}%`, width: `${part}%` }}>{few && part > 22 && <b class="plate">{FILLINGS[filling][0]}</b>}</span>;
      })}
      {bar && bar.end !== 'going' && <i class={`br-${bar.end}`} style={{ left: `${(100 * (bar.segments.at(-1)?.[2] ?? 0)) / axisUs}%` }} />}
    </div>
  );
}

function Strips({ lane, state: { cores, machineMib } }: { readonly lane: Shown; readonly state: State }) {
  const { arrived, load, memoryMib, memoryMost, eachMib, eachMeans, slices } = lane;
  const rows: readonly (readonly [name: string, values: readonly number[], most: number, text: string])[] = [
    ['Ready', arrived, 1000, `${Math.round((arrived.at(-1) ?? 0) / 10)}%`],
    ['Cores', load, 1000, `${Math.round((load.at(-1) ?? 0) / 10)}% of ${cores} cores`],
    ...(eachMib === undefined ? [] : [['Memory', memoryMib, machineMib !== undefined && memoryMost * 4 > machineMib ? machineMib : memoryMost * 1.25, memoryText(memoryMib.at(-1) ?? 0)] as const]),
  ];
  return (
    <>
      <div class="br-strips">
        {rows.map(([name, values, most, text]) => (
          <div>
            <span>{name}</span>
            <svg viewBox={`0 0 ${slices} 1000`} preserveAspectRatio="none" aria-hidden="true"><path d={areaPath(values, most)} /></svg>
            <span class="br-value">{text}</span>
          </div>
        ))}
      </div>
      <p class="br-memory">{eachMib === undefined ? 'Memory: there is no figure, so it is not counted.' : `Memory of one: ${memoryText(eachMib)} (${eachMeans}).`}</p>
    </>
  );
}
