/** Back, forward, play and scrub through a run. The run never waits for it: it only moves the cursor. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FactBase } from '../../src/sim/index.ts';
import { seek } from '../../src/sim/run.ts';
import type { Session } from './useRun.ts';

/** Slow enough to read a crossing's sentence begin; the reader sets the pace by stepping. */
const PLAY_EVERY_MS = 1400;

interface Props<C, S, A, F extends FactBase> {
  readonly session: Session<C, S, A, F>;
  /** Words for the two buttons, for instance `['Back', 'Step']` or `['Undo', 'Redo']`. */
  readonly words: readonly [back: string, forward: string];
  /** What the slider counts, for instance `Step`. */
  readonly unit: string;
  readonly play?: boolean;
}

export function Transport<C, S, A, F extends FactBase>({ session, words, unit, play }: Props<C, S, A, F>) {
  const { runs, ready } = session;
  const length = Math.max(...runs.map((run) => run.recipe.actions.length));
  const cursor = Math.max(...runs.map((run) => run.cursor));
  // Side by side, runs move together; each stops at its own end.
  const moveTo = (to: number) => (play ? session.each((run) => seek(run, to)) : session.seek(to));
  const at = play ? cursor : session.run.cursor;
  const end = play ? length : session.run.recipe.actions.length;
  const player = usePlayer(at < end, () => moveTo(at + 1));
  // At either end a button is only marked as disabled: one that really were would lose the reader's focus.
  return (
    <div class="pg-transport" role="group" aria-label="Move through the run" ref={player.element}>
      <button type="button" disabled={!ready} aria-disabled={at === 0} onClick={() => at > 0 && moveTo(at - 1)}>{words[0]}</button>
      <button type="button" class={play ? 'primary' : undefined} disabled={!ready} aria-disabled={at >= end} onClick={() => at < end && moveTo(at + 1)}>{words[1]}</button>
      {play && (
        <button type="button" aria-pressed={player.playing} disabled={!ready} aria-disabled={at >= end} onClick={() => at < end && player.toggle()}>
          {player.playing ? 'Pause' : 'Play'}
        </button>
      )}
      <label class="pg-scrub">
        <span>{unit} {at} of {end}</span>
        <input type="range" min={0} max={Math.max(end, 1)} value={at} disabled={!ready || end === 0}
          onInput={(event) => moveTo(Number(event.currentTarget.value))} />
      </label>
    </div>
  );
}

/** A timer that ticks while playing, and stops at the end, off screen and in a hidden tab. */
function usePlayer(more: boolean, tick: () => void) {
  const [playing, setPlaying] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (!playing) return undefined;
    if (!more) {
      setPlaying(false);
      return undefined;
    }
    const timer = setInterval(() => latest.current(), PLAY_EVERY_MS);
    const watcher = new IntersectionObserver((seen) => seen.some((entry) => !entry.isIntersecting) && setPlaying(false));
    if (element.current) watcher.observe(element.current);
    return () => {
      clearInterval(timer);
      watcher.disconnect();
    };
  }, [playing, more]);
  return { playing, element, toggle: () => setPlaying((now) => !now) };
}
