/** A few actions as a table, for readers who cannot act: what each part of the store takes before and after each. */
import { act } from '../../src/sim/run.ts';
import type { Table } from '../kit/playground.ts';
import type { LabRun } from './LayerLab.tsx';
import { STORE_NAMES, type Scene } from './scenes.ts';

/** The run as it stands and after each of these actions, and what is true at the end. */
export function stillFrom(run: LabRun, still: Scene['still']): { readonly table: Table; readonly says: string } {
  const runs = still.reduce<LabRun[]>((so, [, action]) => [...so, act(so.at(-1) ?? run, action)], [run]);
  const states = runs.map(({ state }) => state);
  const { config: { store }, shown: { parts, disksTotal } } = run.state;
  const row = (name: string, text: (shown: typeof run.state.shown) => string | undefined) => [name, ...states.map(({ shown }) => text(shown) ?? '')];
  return {
    table: {
      caption: `What each part takes on the disk; image store ${STORE_NAMES[store]}.`,
      head: ['Part', 'at first', ...still.map(([words]) => words)],
      rows: [
        ...parts.map(({ name }, i) => row(name, (shown) => shown.parts[i]?.text)),
        row('Total', ({ total }) => total.text),
        ...(disksTotal ? [row('Disk images of virtual machines', (shown) => shown.disksTotal)] : []),
      ],
    },
    says: states.at(-1)?.says ?? '',
  };
}
