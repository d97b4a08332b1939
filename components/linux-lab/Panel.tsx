/** One machine’s power: what it does now, and the buttons for it. */
import type { MachineId } from '../../src/sim/linux-lab/types.ts';
import { Button } from '../kit/Button.tsx';
import { MACHINE_NAMES } from './view.ts';

export type Power = 'off' | 'booting' | 'on' | 'panicked' | 'halted';

interface Props {
  readonly machine: MachineId;
  readonly power: Power;
  readonly bootMs: number | undefined;
  readonly isBusy: boolean;
  readonly start: (machine: MachineId) => Promise<unknown>;
  readonly off: (machine: MachineId) => Promise<void>;
}

interface MoreProps extends Omit<Props, 'bootMs' | 'off'> {
  readonly hasKept: boolean;
  readonly keep: (machine: MachineId) => Promise<void>;
  readonly putBack: (machine: MachineId) => Promise<void>;
}

const STATES: Readonly<Record<Power, string>> = { off: 'off', booting: 'booting', on: 'running', panicked: 'has panicked', halted: 'has halted' };

/** What a machine does, in words. */
export const standing = (power: Power, bootMs: number | undefined) => `${STATES[power]}${power === 'on' && bootMs !== undefined ? `, booted in ${(bootMs / 1000).toFixed(2)} s` : ''}`;

export function Panel({ machine, power, bootMs, isBusy, start, off }: Props) {
  const name = MACHINE_NAMES[machine];
  const isOff = power === 'off';
  return (
    <div class="lx-panel">
      <h3>{name} <span>{standing(power, bootMs)}</span></h3>
      <div role="group" aria-label={`Power of machine ${machine.toUpperCase()}`}>
        <Button ready idle={isBusy || !isOff} onPress={() => void start(machine)} class={isOff ? 'primary' : undefined}>Boot machine {machine.toUpperCase()}</Button>
        <Button ready idle={isOff} onPress={() => void off(machine)}>Power off</Button>
      </div>
    </div>
  );
}

/** What few readers press: it stands folded under the terminal. */
export function More({ machine, power, hasKept, isBusy, start, keep, putBack }: MoreProps) {
  const isRunning = power === 'on' || power === 'panicked' || power === 'halted';
  return (
    <div class="lx-ways" role="group" aria-label={`State of machine ${machine.toUpperCase()}`}>
      <Button ready idle={isBusy || !isRunning} onPress={() => void start(machine)}>Reset</Button>
      <Button ready idle={power !== 'on'} onPress={() => void keep(machine)}>Snapshot</Button>
      <Button ready idle={!hasKept || !isRunning} onPress={() => void putBack(machine)}>Put back</Button>
    </div>
  );
}
