/** Moves a session's runs to an instant. It knows runs, not what is seen there. */
import { act, seek } from '../../src/sim/run.ts';
import type { RaceSession } from './BootRace.tsx';

/** Shows an instant in every run. A second move in a row replaces the first, so that dragging leaves one step to undo. */
export function show(session: RaceSession, frame: number): void {
  session.each((run) => {
    if (run.state.config.frame === frame) return run;
    const moved = run.recipe.actions[run.cursor - 1]?.type === 'show';
    return act(moved ? seek(run, run.cursor - 1) : run, { type: 'show', frame });
  });
}
