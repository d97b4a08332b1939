/** A machine and a year as link text: `1~macintel-2015~1~`, with what led there, if that was a trace: `1~macintel-2015-toolbox~1~`. */
import type { Action, Config, MachineId } from '../../src/sim/history/types.ts';
import { configCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever.
const machines = wordsFor<MachineId>({
  'mac-intel': 'macintel', 'mac-apple': 'macapple', 'windows-home': 'winhome', 'windows-pro': 'winpro', 'windows-7': 'win7', 'windows-server': 'winserver', 'linux': 'linux',
});

export const codec = configCodec<Config, Action>({
  version: 1,
  config: ({ machine, year, trace }) => [machines.write(machine), year, ...(trace === undefined ? [] : [trace])].join('-'),
  readConfig: (text) => {
    const [, word, year, trace] = /^([a-z0-9]+)-(20\d\d)(?:-([a-z]{1,40}))?$/.exec(text) ?? [];
    const machine = machines.read(word);
    return machine === undefined ? null : { machine, year: Number(year), ...(trace === undefined ? {} : { trace }) };
  },
  settle: ({ config, actions }) => actions.reduce(settled, config),
});

function settled({ machine, year }: Config, action: Action): Config {
  if (action.type === 'follow') return { machine: action.machine, year: action.year, trace: action.trace };
  return action.type === 'go' ? { machine, year: action.year } : { machine: action.machine, year };
}
