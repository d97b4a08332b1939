/** What a reader may do next in `stack-cost`. Tests draw from it; the page offers the same by its controls. */
import { MOST_APPS, PLACEMENT_IDS, type Action, type State } from './model.ts';

/** Every action that `step` accepts now. */
export function legal({ apps }: State): readonly Action[] {
  const remove = apps.map(({ id }): Action => ({ type: 'remove', id }));
  return [...remove, ...PLACEMENT_IDS.flatMap((placement): readonly Action[] => {
    const elsewhere = apps.filter((app) => app.placement !== placement);
    const actions: Action[] = elsewhere.map(({ id }) => ({ type: 'move', id, placement }));
    if (elsewhere.length > 0) actions.push({ type: 'moveAll', placement });
    if (apps.length < MOST_APPS) actions.push({ type: 'add', placement });
    return actions;
  })];
}
