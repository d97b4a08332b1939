/** One machine’s power: what it does now, and the buttons for it; and the step that can be typed next. */
import { Component } from 'preact';
import type { MachineId, Step } from '../../src/sim/linux-lab/types.ts';
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
      <h3>{name} <span>{standing(power, bootMs)}{power === 'booting' && <Seconds />}</span></h3>
      <div role="group" aria-label={`Power of machine ${machine.toUpperCase()}`}>
        <Button ready idle={isBusy || !isOff} onPress={() => void start(machine)} class={isOff ? 'primary' : undefined}>Boot machine {machine.toUpperCase()}</Button>
        <Button ready idle={isOff} onPress={() => void off(machine)}>Power off</Button>
      </div>
    </div>
  );
}

/** The seconds that pass while a machine boots. They are seen, not said: what it does is said by the status of all machines. */
class Seconds extends Component<object, { readonly past: number }> {
  override state = { past: 0 };
  private readonly timer = setInterval(() => this.setState(({ past }) => ({ past: past + 1 })), 1000);

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  override render(_: object, { past }: { readonly past: number }) {
    return <span aria-hidden="true">, {past} s</span>;
  }
}

interface NextProps {
  readonly machine: MachineId;
  readonly steps: readonly Step[];
  readonly typed: number;
  readonly isDone: boolean;
  readonly isOn: boolean;
  /** Something runs that would have got what was to be typed. */
  readonly isRefused: boolean;
  readonly onPress: () => void;
}

/** The next step, where it is to be typed on this machine; and after its last one, where to look. */
export function Next({ machine, steps, typed, isDone, isOn, isRefused, onPress }: NextProps) {
  const next = steps[typed];
  if (next?.on !== machine && steps[typed - 1]?.on !== machine) return null;
  const number = `${typed + 1} of ${steps.length}`;
  return (
    <div class="lx-next">
      {next?.on === machine && <Button ready idle={!isOn} onPress={onPress}>Type step {number}</Button>}
      <p tabIndex={-1}>{next?.on === machine ? (isRefused ? 'Something runs, which would get what is typed. Ctrl-C ends it.' : next.says) : next ? `Step ${number} is for machine ${next.on.toUpperCase()}.` : ended(steps.length, isDone)}</p>
    </div>
  );
}

const ended = (steps: number, isDone: boolean) => (isDone ? 'Done. What it means, and the results, stand below.' : `${steps > 1 ? `All ${steps} steps are` : 'The step is'} typed. What came of it stands below.`);

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
