/**
 * When an experiment is looked at, and which answers count. It knows timers and the order of things; it refuses to know how
 * machines are asked and what the page makes of the answer.
 */
import { judge, measured } from '../../src/sim/linux-lab/judge.ts';
import type { Experiment, MachineId, Values } from '../../src/sim/linux-lab/types.ts';

/** A look waits until the machines have been quiet for so long, but no longer than `LATEST_MS` where they never are. */
export const QUIET_MS = 700;
export const LATEST_MS = 4000;
/** What happens silently, such as a count that rises, is found by so many looks more, so far apart. Then the machines are left alone until they print. */
export const AGAIN_MS = 4000;
export const AGAIN_TIMES = 2;
export const CATCH_UP_MS = 1000;

export interface Sought {
  readonly experiment: Experiment;
  /** Changes with everything that makes an answer old: another experiment, a machine that was reset or put back. */
  readonly mark: string;
}

export interface Found {
  readonly experiment: Experiment;
  readonly done: boolean;
  /** What is still to be so. */
  readonly open: readonly string[];
  readonly hint: string;
  /** The machine that the hint wants reset. */
  readonly reset?: MachineId | undefined;
  /** What was measured; complete when it is done. */
  readonly values: Values;
}

export interface Asks {
  /** What to look for now; undefined when there is nothing. */
  readonly sought: () => Sought | undefined;
  readonly look: (experiment: Experiment) => Promise<Values>;
  /** Times what the experiment wants timed. */
  readonly time: (experiment: Experiment) => Promise<Values>;
  readonly tell: (found: Found) => void;
}

const UNSAID = 'The machine did not answer all that was asked of it, so nothing was noted. Press “Measure again”.';

export class Watch {
  private readonly asks: Asks;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When a look is due that is being put off. */
  private due: number | undefined;
  private isLooking = false;
  private looking = Promise.resolve();
  private hasStirred = false;
  private left = 0;

  constructor(asks: Asks) {
    this.asks = asks;
  }

  /** Something has happened that may have changed the answer. */
  stir(): void {
    this.left = AGAIN_TIMES;
    this.hasStirred = true;
    if (this.isLooking) return;
    const now = performance.now();
    this.due ??= now + LATEST_MS;
    this.after(Math.max(0, Math.min(QUIET_MS, this.due - now)));
  }

  /** Resolves when all that has happened has been looked at, or after `CATCH_UP_MS`: some looks count for seconds, and nobody waits for those. */
  async catchUp(): Promise<void> {
    const all = this.looking.then(() => (this.due === undefined ? undefined : this.look()));
    await Promise.race([all, new Promise((done) => setTimeout(done, CATCH_UP_MS))]);
  }

  /** Looks at once. */
  readonly look = (): Promise<void> => {
    this.stop();
    if (!this.isLooking) this.looking = this.lookNow();
    return this.looking;
  };

  private async lookNow(): Promise<void> {
    const sought = this.asks.sought();
    if (!sought) return;
    this.isLooking = true;
    this.hasStirred = false;
    const found = await this.find(sought);
    this.isLooking = false;
    // Whatever was answered about what is no longer so proves nothing; what is so now has yet to be looked at.
    if (this.asks.sought()?.mark !== sought.mark) return this.stir();
    this.asks.tell(found);
    if (!found.done) this.later();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.due = undefined;
  }

  private later(): void {
    if (this.hasStirred) return this.stir();
    if (this.left === 0) return;
    this.left -= 1;
    this.after(AGAIN_MS);
  }

  private after(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), ms);
  }

  private async find({ experiment }: Sought): Promise<Found> {
    const answers = await this.asks.look(experiment);
    const { done, open, hint, reset } = judge(experiment, answers);
    if (!done) return { experiment, done, open, hint, reset, values: {} };
    const values = measured(experiment, { ...answers, ...(await this.asks.time(experiment)) });
    const isWhole = experiment.measures.every(({ id }) => Object.hasOwn(values, id));
    return isWhole ? { experiment, done, open, hint, values } : { experiment, done: false, open, hint: UNSAID, values: {} };
  }
}
