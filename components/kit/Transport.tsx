/** Back, forward, play and scrub through a run. The run never waits for it: it only moves the cursor. */
import { Component } from 'preact';
import type { FactBase } from '../../src/sim/index.ts';
import { seek } from '../../src/sim/run.ts';
import { Button } from './Button.tsx';
import type { Session } from './Runs.ts';

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

/** Plays by a timer, which stops at the end, off screen and in a hidden tab. */
export class Transport<C, S, A, F extends FactBase> extends Component<Props<C, S, A, F>, { readonly playing: boolean }> {
  override state = { playing: false };
  private rest = () => {};

  // Each tick changes the run, which draws the controls again and so sets the timer for the next.
  override componentDidUpdate(): void {
    this.rest();
    if (!this.state.playing) return;
    const stop = () => this.setState({ playing: false });
    const { at, end, moveTo } = reach(this.props);
    const timer = at < end ? setTimeout(() => (document.hidden ? stop() : moveTo(at + 1)), PLAY_EVERY_MS) : setTimeout(stop);
    const watcher = new IntersectionObserver(([seen]) => seen?.isIntersecting || stop());
    watcher.observe(this.base as HTMLElement);
    this.rest = () => {
      clearTimeout(timer);
      watcher.disconnect();
    };
  }

  override componentWillUnmount(): void {
    this.rest();
  }

  override render({ session, words, unit, play }: Props<C, S, A, F>, { playing }: { readonly playing: boolean }) {
    const { ready } = session;
    const { at, end, moveTo } = reach(this.props);
    // The bar of a run that plays may stick to the window's edge while the stage is out of sight: a press shows what it does.
    const press = (to: number) => {
      moveTo(to);
      const stage = play && (this.base as HTMLElement).closest('.pg')?.querySelector('.pg-stage');
      if (stage) stage.scrollIntoView({ block: stage.clientHeight > innerHeight ? 'start' : 'nearest' });
    };
    return (
      <div class="pg-transport" role="group" aria-label="Move through the run">
        <Button ready={ready} idle={at === 0} onPress={() => press(at - 1)}>{words[0]}</Button>
        <Button ready={ready} idle={at >= end} onPress={() => press(at + 1)} class={play ? 'primary' : undefined}>{words[1]}</Button>
        {play && <Button ready={ready} idle={at >= end} onPress={() => this.setState({ playing: !playing })} aria-pressed={playing}>{playing ? 'Pause' : 'Play'}</Button>}
        <label class="pg-scrub">
          <span aria-hidden="true">{unit} {at} of {end}</span>
          <input type="range" aria-label={unit} aria-valuetext={`${at} of ${end}`} min={0} max={Math.max(end, 1)} value={at} disabled={!ready || end === 0}
            onInput={(event) => moveTo(Number(event.currentTarget.value))} />
        </label>
      </div>
    );
  }
}

/** Where the runs stand, where they end, and the way to move them. Runs that play move together; each stops at its own end. */
function reach<C, S, A, F extends FactBase>({ session, play }: Props<C, S, A, F>) {
  const moved = play ? session.runs : [session.run];
  return {
    at: Math.max(...moved.map(({ cursor }) => cursor)),
    end: Math.max(...moved.map(({ recipe }) => recipe.actions.length)),
    moveTo: (to: number) => (play ? session.each((each) => seek(each, to)) : session.seek(to)),
  };
}
