/** How a reader's choices become steps of the run: what belongs to one choice, and where the focus goes. It knows no rule. */
import type { Action } from '../../src/sim/compat/act.ts';
import type { Asking } from './WillItRun.tsx';

/** Values of one control that follow each other faster than this were passed on the way to the last one: by typing, or with arrow keys. */
const PASSING_MS = 1500;

let last: { readonly action: Action; readonly time: number } | undefined;

/** Takes a choice; it replaces the one before where that was passed only. */
export function choose({ run, seek, act }: Asking, action: Action): void {
  const before = run.recipe.actions[run.cursor - 1];
  const time = Date.now();
  if (before && before === last?.action && controlOf(before) === controlOf(action) && time - last.time < PASSING_MS) seek(run.cursor - 1);
  last = { action, time };
  act(action);
}

const controlOf = (action: Action): string => (action.type === 'set' ? action.of + action.fact : action.type);

/** Leads the focus to the answer, for a control that goes with what it changes. To be called while the control has the focus. */
export function toVerdict(): () => void {
  const playground = document.activeElement?.closest('.pg');
  return () => playground?.querySelector<HTMLElement>('.wr-verdict[data-active=true]')?.focus();
}
