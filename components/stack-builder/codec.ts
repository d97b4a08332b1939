/** Recipes of StackBuilder as text for links: `1~nginx-03000~1~av.m2u.r1.Ac`. */
import type { Action, Config, Placement, Program } from '../../src/sim/stack-cost/model.ts';
import { recipeCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a letter keeps its meaning for ever, and the counts of a start keep this order.
const placements = wordsFor<Placement>({ 'metal': 'm', 'container': 'c', 'vm': 'v', 'container-in-vm': 'i', 'microvm': 'u' });
const programs = wordsFor<Program>({ nginx: 'nginx', node: 'node' });
const VERBS: Readonly<Record<Action['type'], string>> = { add: 'a', move: 'm', remove: 'r', moveAll: 'A' };

export const codec = recipeCodec<Config, Action>({
  version: 1,
  config: ({ app, start }) => `${programs.write(app)}-${placements.ids.map((id) => start[id] ?? 0).join('')}`,
  readConfig: (text) => {
    const [, word, digits] = /^([a-z]+)-([0-8]{5})$/.exec(text) ?? [];
    const app = programs.read(word);
    if (digits === undefined || app === undefined) return null;
    const counts = placements.ids.map((id, i) => [id, Number(digits[i])] as const).filter(([, many]) => many > 0);
    return { app, start: Object.fromEntries(counts) };
  },
  action: (action) => VERBS[action.type] + ('id' in action ? action.id : '') + ('placement' in action ? placements.write(action.placement) : ''),
  readAction: (text) => {
    const [, verb, digits, letter] = /^([aA](?=[a-z])|m(?=\d+[a-z])|r(?=\d+$))(\d{0,3})([a-z]?)$/.exec(text) ?? [];
    const placement = placements.read(letter);
    const id = Number(digits);
    if (verb === 'r') return { type: 'remove', id };
    if (placement === undefined) return null;
    return verb === 'm' ? { type: 'move', id, placement } : { type: verb === 'a' ? 'add' : 'moveAll', placement };
  },
});
