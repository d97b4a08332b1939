/** Recipes of StackBuilder as text for links: `1~nginx-03000~1~av.m2u.r1.Ac`. */
import { PLACEMENT_IDS, PROGRAMS, type Action, type Config, type Placement, type Program } from '../../src/sim/stack-cost/model.ts';
import { recipeCodec } from '../kit/codec.ts';

/** One letter a placement. Links rest on them: never give a letter another meaning. */
const LETTERS: Readonly<Record<Placement, string>> = { 'metal': 'm', 'container': 'c', 'vm': 'v', 'container-in-vm': 'i', 'microvm': 'u' };
const VERBS: Readonly<Record<Action['type'], string>> = { add: 'a', move: 'm', remove: 'r', moveAll: 'A' };
const placementOf = (letter: string | undefined) => PLACEMENT_IDS.find((id) => LETTERS[id] === letter);

export const codec = recipeCodec<Config, Action>({
  version: 1,
  config: ({ app, start }) => `${app}-${PLACEMENT_IDS.map((id) => start[id] ?? 0).join('')}`,
  readConfig: (text) => {
    const [, app, digits] = /^([a-z]+)-([0-8]{5})$/.exec(text) ?? [];
    if (digits === undefined || !PROGRAMS.includes(app as Program)) return null;
    const counts = PLACEMENT_IDS.map((id, i) => [id, Number(digits[i])] as const).filter(([, many]) => many > 0);
    return { app: app as Program, start: Object.fromEntries(counts) };
  },
  action: (action) => VERBS[action.type] + ('id' in action ? action.id : '') + ('placement' in action ? LETTERS[action.placement] : ''),
  readAction: (text) => {
    const [, verb, digits, letter] = /^([aA](?=[a-z])|m(?=\d+[a-z])|r(?=\d+$))(\d{0,3})([a-z]?)$/.exec(text) ?? [];
    const placement = placementOf(letter);
    const id = Number(digits);
    if (verb === 'r') return { type: 'remove', id };
    if (placement === undefined) return null;
    return verb === 'm' ? { type: 'move', id, placement } : { type: verb === 'a' ? 'add' : 'moveAll', placement };
  },
});
