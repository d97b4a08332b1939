/** A machine and a year as link text: `1~macintel-2015~1~`. The way there is not part of it. */
import type { Action, Config, MachineId } from '../../src/sim/history/types.ts';
import { configCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever.
const machines = wordsFor<MachineId>({
  'mac-intel': 'macintel', 'mac-apple': 'macapple', 'windows-home': 'winhome', 'windows-pro': 'winpro', 'windows-7': 'win7', 'windows-server': 'winserver', 'linux': 'linux',
});

export const codec = configCodec<Config, Action>({
  version: 1,
  config: ({ machine, year }) => `${machines.write(machine)}-${year}`,
  readConfig: (text) => {
    const [, word, year] = /^([a-z0-9]+)-(20\d\d)$/.exec(text) ?? [];
    const machine = machines.read(word);
    return machine === undefined ? null : { machine, year: Number(year) };
  },
  settle: ({ config, actions }) => actions.reduce((now, action) => (action.type === 'go' ? { ...now, year: action.year } : { ...now, machine: action.machine }), config),
});
