/** Recipes of StackBuilder as text for links: `1~nginx-03000~1~av.m2u.r1.Ac`. */
import { PLACEMENT_IDS, PROGRAMS, type Action, type Config, type Placement, type Program } from '../../src/sim/stack-cost/index.ts';
import { recipeCodec } from '../kit/codec.ts';

/** One letter a placement. Links rest on them: never give a letter another meaning. */
const LETTERS: Readonly<Record<Placement, string>> = { 'metal': 'm', 'container': 'c', 'vm': 'v', 'container-in-vm': 'i', 'microvm': 'u' };
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
  action: (action) => {
    if (action.type === 'remove') return `r${action.id}`;
    if (action.type === 'move') return `m${action.id}${LETTERS[action.placement]}`;
    return `${action.type === 'add' ? 'a' : 'A'}${LETTERS[action.placement]}`;
  },
  readAction: (text) => {
    const [, verb, digits, letter] = /^([armA])(\d{0,3})([a-z]?)$/.exec(text) ?? [];
    const id = Number(digits);
    const placement = placementOf(letter);
    if (verb === 'r' && digits !== '' && letter === '') return { type: 'remove', id };
    if (placement === undefined) return null;
    if (verb === 'm' && digits !== '') return { type: 'move', id, placement };
    return digits === '' && (verb === 'a' || verb === 'A') ? { type: verb === 'a' ? 'add' : 'moveAll', placement } : null;
  },
});
