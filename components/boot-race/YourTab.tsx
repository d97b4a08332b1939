/** What the reader’s own tab has measured in LinuxLab, as one more row under a race: on an axis of its own, because it is emulation. */
import { Component } from 'preact';
import { KEPT_KEY, keptResults, type Kept } from '../../src/sim/linux-lab/kept.ts';
import { timeText } from './view.ts';

interface Props {
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
}

export class YourTab extends Component<Props, { readonly kept: Kept | null }> {
  override state = { kept: null };

  override componentDidMount(): void {
    this.setState({ kept: kept() });
  }

  override render({ base }: Props, { kept: found }: { readonly kept: Kept | null }) {
    const rows = found ? measuredIn(found) : [];
    const longest = Math.max(...rows.map(([, ms]) => ms));
    const [boot, container] = rows.map(([, ms]) => ms);
    return (
      <div class="br-yours" role="group" aria-label="Your tab">
        <p class="br-title"><span><b>Your tab</b>, by emulation</span></p>
        {rows.length > 0 && (
          <>
            <ul>{rows.map(([name, ms]) => <li><span>{name}</span> <b>{timeText(ms * 1000)}</b> <i aria-hidden="true" style={{ width: `${(100 * ms) / longest}%` }} /></li>)}</ul>
            <p class="br-own" aria-hidden="true"><span>0</span><span>{timeText(longest * 1000)}</span></p>
            {boot && container && <p class="br-notes">The boot took {Math.round(boot / container)} times as long.</p>}
          </>
        )}
        <p class="br-notes">
          {rows.length > 0 ? `Kept on ${found?.date}. An emulated processor is slower than a real one, so these times have an axis of their own and take no part in the race. ` : 'Nothing was measured and kept here. '}
          <a href={`${base}playgrounds/LinuxLab/`}>{rows.length > 0 ? 'Measure again in LinuxLab' : 'Boot a real Linux in your tab, and keep what you measure'}</a>.
        </p>
      </div>
    );
  }
}

/** A browser may refuse to say what it keeps. */
function kept(): Kept | null {
  try {
    return keptResults(localStorage.getItem(KEPT_KEY));
  } catch {
    return null;
  }
}

function measuredIn({ results }: Kept): readonly (readonly [name: string, ms: number])[] {
  const rows = [['A machine, from power on to its prompt', results.boot?.boot], ['A container on it, from the request to the end of an empty command', results.start?.start]] as const;
  return rows.flatMap(([name, ms]) => (typeof ms === 'number' ? [[name, ms] as const] : []));
}
