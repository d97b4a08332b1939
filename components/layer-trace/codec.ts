/** A trace as link text: `1~read-container-cold~1~s*4`. */
import type { Action, Config } from '../../src/sim/layer-trace/types.ts';
import { recipeCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever.
const programs = wordsFor<Config['program']>({ 'read-file': 'read', 'send-packet': 'send', 'allocate-memory': 'allocate', 'print': 'print', 'read-clock': 'clock' });
const stacks = wordsFor<Config['stack']>({ 'metal': 'metal', 'vm': 'vm', 'container': 'container', 'container-in-vm': 'nested', 'microvm': 'microvm' });
const caches = wordsFor<Required<Config>['cache']>({ cold: 'cold', warm: 'warm' });

export const codec = recipeCodec<Config, Action>({
  version: 1,
  config: ({ program, stack, cache = 'cold' }) => [programs.write(program), stacks.write(stack), caches.write(cache)].join('-'),
  readConfig: (text) => {
    const [first = '', second = '', third = '', ...rest] = text.split('-');
    const [program, stack, cache] = [programs.read(first), stacks.read(second), caches.read(third)];
    return program && stack && cache && rest.length === 0 ? { program, stack, cache } : null;
  },
  action: () => 's',
  readAction: (text) => (text === 's' ? { type: 'step' } : null),
});
