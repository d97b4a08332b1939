/** Keeps the notebook’s results in this browser when the reader asks for it, brings them back on the next visit, and forgets them. */
import { Component } from 'preact';
import { KEPT_KEY, keptResults, keptText, type Kept } from '../../src/sim/linux-lab/kept.ts';
import type { Action, Fact } from '../../src/sim/linux-lab/types.ts';
import { Button } from '../kit/Button.tsx';
import type { Session } from '../kit/Runs.ts';
import type { LabConfig, LabState } from './view.ts';

interface Props {
  readonly instance: string;
  readonly session: Session<LabConfig, LabState, Action, Fact>;
  /** The results that were measured or kept in this browser: what others measured is not kept as its own. */
  readonly own: LabConfig['results'];
  /** Whether this visit has measured something. */
  readonly measured: boolean;
  /** Those of the results that this lab can have. */
  readonly fit: (results: LabConfig['results']) => Promise<LabConfig['results']>;
}

interface Held {
  readonly kept: Kept | null;
  /** What became of the last press. */
  readonly says: string;
}

/** A browser may forbid its storage, or have no room. */
function stored<T>(act: (storage: Storage) => T): T | undefined {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
}

export class Keeping extends Component<Props, Held> {
  override state: Held = { kept: null, says: '' };
  private hasLooked = false;

  override componentDidMount(): void {
    this.bringBack();
  }

  override componentDidUpdate(): void {
    this.bringBack();
  }

  /** Once, as soon as the address has been read: a link that says what to show comes first. */
  private bringBack(): void {
    const { instance, session } = this.props;
    if (this.hasLooked || !session.ready) return;
    this.hasLooked = true;
    const kept = stored((storage) => keptResults(storage.getItem(KEPT_KEY)));
    if (!kept) return;
    this.setState({ kept });
    if (!location.search.includes(instance.replace(/\d+$/, ''))) void this.recall(kept);
  }

  private async recall({ results, date }: Kept): Promise<void> {
    // Without its rules the notebook stays empty; the results stay kept.
    const fitting = await this.props.fit(results).catch(() => ({}));
    const { session } = this.props;
    // A reader may have begun meanwhile.
    if (Object.keys(fitting).length > 0 && session.run.state.done.length === 0) session.act({ type: 'recall', results: fitting, date });
  }

  private readonly keep = () => {
    const kept = { date: new Date().toISOString().slice(0, 10), results: this.props.own };
    const isKept = stored((storage) => (storage.setItem(KEPT_KEY, keptText(kept)), true));
    this.setState(isKept ? { kept, says: '' } : { says: 'This browser keeps nothing for this page. A link from “Copy link” holds the results too.' });
  };

  private readonly forget = () => {
    stored((storage) => storage.removeItem(KEPT_KEY));
    this.setState({ kept: null, says: 'Forgotten. What stands in the table goes when you leave the page.' });
  };

  override render({ session: { ready }, own, measured }: Props, { kept, says }: Held) {
    const isKept = kept !== null && keptText(kept) === keptText({ date: kept.date, results: own });
    if (!kept && !measured && says === '') return null;
    return (
      <div class="lx-keep" role="group" aria-label="Results in this browser">
        {(measured || kept) && <Button ready={ready} idle={isKept || !measured} onPress={this.keep}>Keep these results in this browser</Button>}
        {kept && <Button ready={ready} onPress={this.forget}>Forget them</Button>}
        <span role="status">{says || (kept ? `Kept in this browser on ${kept.date}, where BootRace shows it as your tab${isKept || !measured ? '' : '; what was measured since is not kept yet'}.` : 'BootRace then shows them as your tab. What is not kept is gone when you leave this page.')}</span>
      </div>
    );
  }
}
