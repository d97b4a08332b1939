/** Starts, stops and scrubs the race. It only moves the instant that is shown; a race never waits for it. */
import { Component } from 'preact';
import { FRAMES } from '../../src/sim/race/types.ts';
import { Button } from '../kit/Button.tsx';
import type { RaceSession } from './BootRace.tsx';
import { show } from './show.ts';
import { count, timeText } from './view.ts';

/** How long a race is shown, whatever it took. */
const SHOWN_MS = 6000;

interface Props {
  readonly session: RaceSession;
  readonly playing: boolean;
  readonly onPlaying: (now: boolean, scrubbed?: boolean) => void;
}

export class Player extends Component<Props> {
  private next = 0;

  override componentDidUpdate({ playing: before }: Props): void {
    const { playing, session } = this.props;
    if (playing === before) return;
    cancelAnimationFrame(this.next);
    if (playing) this.run(session.run.state.config.frame % FRAMES, undefined);
  }

  override componentWillUnmount(): void {
    cancelAnimationFrame(this.next);
  }

  /** Shows the instant that is due, until the end, or until the reader has scrolled away. */
  private run(from: number, since: number | undefined): void {
    this.next = requestAnimationFrame((now) => {
      const began = since ?? now;
      const frame = Math.min(FRAMES, Math.max(1, from + Math.round(((now - began) * FRAMES) / SHOWN_MS)));
      const { session, onPlaying } = this.props;
      show(session, frame);
      const { top, bottom } = (this.base as HTMLElement).closest('.pg-stage')?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      if (frame === FRAMES || bottom < 0 || top > innerHeight) onPlaying(false);
      else this.run(from, began);
    });
  }

  /** Where the lanes are out of sight, brings the block from the sentence to the last lane into it. */
  private reveal(): void {
    requestAnimationFrame(() => {
      const room = (this.base as HTMLElement).closest('.pg');
      const { bottom = 0 } = room?.querySelector('.br-lanes')?.getBoundingClientRect() ?? {};
      if (bottom > innerHeight) room?.querySelector('.pg-say')?.scrollIntoView();
    });
  }

  override render({ session, playing, onPlaying }: Props) {
    const { ready, run: { state: { config: { frame, bet }, nowUs, lanes, stretched, betOn } } } = session;
    const runners = lanes.filter(({ gap }) => gap === undefined);
    const start = () => {
      if (playing) onPlaying(false);
      else if (matchMedia('(prefers-reduced-motion: reduce)').matches) show(session, FRAMES);
      else onPlaying(true);
      if (!playing) this.reveal();
    };
    const word = frame > 0 && frame < FRAMES ? 'Go on' : frame === FRAMES ? 'Once more' : bet || betOn === null ? 'Start' : 'Start without a bet';
    const arrived = runners.map(({ title, ready: done, total }) => `${title} ${count(done)} of ${count(total)}`).join(', ');
    const moment = frame === 0 ? 'before the start' : timeText(nowUs);
    return (
      <div class="br-player" role="group" aria-label="The race">
        <Button ready={ready} class="primary" idle={runners.length === 0} aria-pressed={playing} onPress={start}>{playing ? 'Pause' : word}</Button>
        <label class="br-scrub">
          <span class="br-now"><span class="sr-only">Time: </span>{moment}</span>
          <input type="range" aria-label="Time" min={0} max={FRAMES} value={frame} disabled={!ready || runners.length === 0} aria-valuetext={`${moment}; ready: ${arrived}`}
            onInput={(event) => {
              onPlaying(false, true);
              show(session, Number(event.currentTarget.value));
            }} />
        </label>
        {stretched && <small>Time passes faster toward the end, because one lane takes much longer than another.</small>}
      </div>
    );
  }
}
