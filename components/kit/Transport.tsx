/** Back, forward, play and scrub through a run. The run never waits for it: it only moves the cursor. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FactBase } from '../../src/sim/index.ts';
import { seek } from '../../src/sim/run.ts';
import { Button } from './Button.tsx';
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
  const { run, ready } = session;
  // Runs that play move together; each stops at its own end.
  const moved = play ? session.runs : [run];
  const at = Math.max(...moved.map(({ cursor }) => cursor));
  const end = Math.max(...moved.map(({ recipe }) => recipe.actions.length));
  const moveTo = (to: number) => (play ? session.each((each) => seek(each, to)) : session.seek(to));
  const player = usePlayer(at < end, () => moveTo(at + 1));
  return (
    <div class="pg-transport" role="group" aria-label="Move through the run" ref={player.element}>
      <Button ready={ready} idle={at === 0} onPress={() => moveTo(at - 1)}>{words[0]}</Button>
      <Button ready={ready} idle={at >= end} onPress={() => moveTo(at + 1)} class={play ? 'primary' : undefined}>{words[1]}</Button>
      {play && <Button ready={ready} idle={at >= end} onPress={player.toggle} aria-pressed={player.playing}>{player.playing ? 'Pause' : 'Play'}</Button>}
      <label class="pg-scrub">
        <span aria-hidden="true">{unit} {at} of {end}</span>
        <input type="range" aria-label={unit} aria-valuetext={`${at} of ${end}`} min={0} max={Math.max(end, 1)} value={at} disabled={!ready || end === 0}
          onInput={(event) => moveTo(Number(event.currentTarget.value))} />
      </label>
    </div>
  );
}

/** Ticks while there is more to play, and stops at the end, off screen and in a hidden tab. */
function usePlayer(more: boolean, tick: () => void) {
  const [playing, setPlaying] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  // Each tick changes the run, which draws the controls again and so sets the timer for the next.
  useEffect(() => {
    if (!playing) return undefined;
    const stop = () => setPlaying(false);
    const timer = more ? setTimeout(() => (document.hidden ? stop() : tick()), PLAY_EVERY_MS) : setTimeout(stop);
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting || stop());
    watcher.observe(element.current as HTMLDivElement);
    return () => {
      clearTimeout(timer);
      watcher.disconnect();
    };
  });
  return { playing, element, toggle: () => setPlaying((now) => !now) };
}
