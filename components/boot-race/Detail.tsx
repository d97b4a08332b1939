/** What lies behind a lane: its first instances one by one, cores and memory over the same time, and how it was measured. Loaded when a reader opens it. */
import { DRAWN, type State } from '../../src/sim/race/types.ts';
import { Cited } from './Cited.tsx';
import { Axis, Instance, Legend } from './Lanes.tsx';
import { areaPath, count, evidenceOf, memoryText, type Shown } from './view.ts';

export interface DetailProps {
  readonly state: State;
  readonly lanes: readonly Shown[];
  readonly base: string;
  readonly sources: Readonly<Record<string, string>>;
}

export function Detail({ state, lanes, base, sources }: DetailProps) {
  return (
    <div class="br-details">
      {lanes.filter(({ gap }) => gap === undefined).map((lane) => (
        <article class="br-detail" aria-label={lane.title}>
          <div>
            <p class="br-title"><b>{lane.title}</b></p>
            <p class="br-notes">{evidenceOf(lane)} {lane.notes.join(' ')} <Cited ids={lane.sources} base={base} sources={sources} /></p>
            <p class="br-notes">{lane.eachMib === undefined ? 'Memory: there is no figure, so it is not counted.' : `Memory of one: ${memoryText(lane.eachMib)} (${lane.eachMeans}).`}</p>
          </div>
          {lane.axisUs > 0 && <Course lane={lane} state={state} />}
        </article>
      ))}
    </div>
  );
}

/** What happens, over the time since the race began: the first instances one by one, then all of them. */
function Course({ lane, state }: { readonly lane: Shown; readonly state: State }) {
  const { total, axisUs, bars } = lane;
  return (
    <div>
      {total > DRAWN && <p class="br-notes">The first {DRAWN} of {count(total)}, since the race began:</p>}
      <div class="br-time" aria-hidden="true">
        {Array.from({ length: Math.min(total, DRAWN) }, (_, i) => <Instance bar={bars[i]} axisUs={axisUs} />)}
        <Axis axisUs={axisUs} />
      </div>
      <Legend lanes={[lane]} />
      <Strips lane={lane} state={state} />
    </div>
  );
}

function Strips({ lane, state: { cores, machineMib } }: { readonly lane: Shown; readonly state: State }) {
  const { load, memoryMib, memoryMost, eachMib, slices, workKnown } = lane;
  const rows: readonly (readonly [name: string, values: readonly number[], most: number, text: string])[] = [
    workKnown ? ['Cores', load, 1000, `now ${Math.round((load.at(-1) ?? 0) / 10)}% of ${cores} cores`] : ['Cores', [], 1, 'not measured'],
    ...(eachMib === undefined ? [] : [['Memory', memoryMib, machineMib !== undefined && memoryMost * 4 > machineMib ? machineMib : memoryMost * 1.25, memoryText(memoryMib.at(-1) ?? 0)] as const]),
  ];
  return (
    <div class="br-strips">
      {rows.map(([name, values, most, text]) => (
        <div>
          <span>{name}</span>
          <svg viewBox={`0 0 ${slices} 1000`} preserveAspectRatio="none" aria-hidden="true"><path d={areaPath(values, most)} /></svg>
          <span class="br-value">{text}</span>
        </div>
      ))}
    </div>
  );
}
