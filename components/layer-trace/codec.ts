/** A trace as link text: `1~read-container-cold~1~s*4`. */
import { PROGRAMS, STACKS } from '../../src/sim/layer-trace/types.ts';
import type { Action, Config } from '../../src/sim/layer-trace/types.ts';
import { recipeCodec } from '../kit/codec.ts';
import type { Codec } from '../kit/playground.ts';

// Links outlive the code: words are only ever added at the end.
const PROGRAM_WORDS = ['read', 'send', 'allocate', 'print', 'clock'];
const STACK_WORDS = ['metal', 'vm', 'container', 'nested', 'microvm'];
const CACHE_WORDS = ['cold', 'warm'] as const;

export const layerTraceCodec: Codec<Config, Action> = recipeCodec<Config, Action>({
  version: 1,
  config: ({ program, stack, cache = 'cold' }) => [PROGRAM_WORDS[PROGRAMS.indexOf(program)], STACK_WORDS[STACKS.indexOf(stack)], cache].join('-'),
  readConfig: (text) => {
    const [first = '', second = '', third, ...rest] = text.split('-');
    const program = PROGRAMS[PROGRAM_WORDS.indexOf(first)];
    const stack = STACKS[STACK_WORDS.indexOf(second)];
    const cache = CACHE_WORDS.find((word) => word === third);
    return program && stack && cache && rest.length === 0 ? { program, stack, cache } : null;
  },
  action: () => 's',
  readAction: (text) => (text === 's' ? { type: 'step' } : null),
});
