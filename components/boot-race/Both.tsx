/** Two races in one table, a row a lane: what changed from one machine to the other. Arrives with the rules, since it needs results. */
import type { State } from '../../src/sim/race/types.ts';
import { bothOf } from './spread.ts';

export function Both({ states }: { readonly states: readonly State[] }) {
  const { caption, head, rows } = bothOf(states);
  return (
    <div class="br-both">
      <table>
        <caption>{caption}</caption>
        <thead><tr>{head.map((cell) => <th scope="col">{cell}</th>)}</tr></thead>
        <tbody>{rows.map(([first, ...rest]) => <tr><th scope="row">{first}</th>{rest.map((cell) => <td>{cell}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
