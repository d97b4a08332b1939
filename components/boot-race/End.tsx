/** How the race ends, without anything to operate: for paper, and for readers without a script. */
import type { Panel } from '../../src/sim/race/sweep.ts';
import type { State } from '../../src/sim/race/types.ts';
import { Lanes } from './Lanes.tsx';
import { Plots } from './Plots.tsx';
import { Sweep } from './Sweep.tsx';
import { shortTableOf } from './spread.ts';
import { onSharedAxes } from './view.ts';

interface Props {
  readonly state: State;
  readonly panels: readonly Panel[];
  /** Begins the ids of its parts. */
  readonly id: string;
}

export function End({ state, panels, id }: Props) {
  const [lanes = []] = onSharedAxes([state]);
  const { caption, head, rows } = shortTableOf(state);
  const isRun = lanes.some(({ gap }) => gap === undefined);
  return (
    <div class="br-end" data-pagefind-ignore>
      <p class="br-notice">Without JavaScript nothing can be started here. {isRun && 'This is how the race ends:'}</p>
      {isRun && <p>{state.verdict || state.says}</p>}
      <p class="br-machine"><b>{state.machine}</b>, {state.cores} cores</p>
      <Lanes state={state} lanes={lanes} />
      {state.config.count > 1 ? <Plots lanes={lanes} ready={false} id={id} /> : isRun && <Sweep panels={panels} machine={state.machine} batch={state.config.atOnce === 0} id={id} ready={false} />}
      {isRun && (
        <div class="scroll-x" tabIndex={0} role="group" aria-label={`The end: ${caption}`}>
          <table>
            <caption>{caption}</caption>
            <thead><tr>{head.map((cell) => <th scope="col">{cell}</th>)}</tr></thead>
            <tbody>{rows.map(([first, ...rest]) => <tr><th scope="row">{first}</th>{rest.map((cell) => <td>{cell}</td>)}</tr>)}</tbody>
          </table>
        </div>
      )}
    </div>
  );
}
