/** The matrix inside the island: folded, and worked out only when a reader unfolds it. It knows when to ask, not what is answered. */
import { Component } from 'preact';
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import type { Matrix, MatrixAxes } from '../../src/sim/compat/matrix.ts';
import { fetchKnown } from '../kit/Late.tsx';

interface Props {
  readonly instance: string;
  readonly base: string;
  readonly ready: boolean;
  /** The rules, however the island got them. */
  readonly rules: () => Promise<Knowledge>;
  /** Where the rows and columns lie. */
  readonly axesAddress: string;
}

interface Loaded {
  readonly parts: typeof import('./matrix.ts');
  readonly knowledge: Knowledge;
  readonly axes: MatrixAxes;
}

interface State {
  readonly loaded?: Loaded;
  readonly matrix?: Matrix;
  /** A year, or `now`. */
  readonly year: string;
  readonly failed: boolean;
}

const NOW = 'now';

export class MatrixFold extends Component<Props, State> {
  override state: State = { year: NOW, failed: false };

  private readonly open = async (): Promise<void> => {
    if (this.state.loaded) return;
    const { rules, axesAddress } = this.props;
    try {
      const [parts, knowledge, axes] = await Promise.all([import('./matrix.ts'), rules(), fetchKnown<MatrixAxes>(axesAddress)]);
      this.setState({ loaded: { parts, knowledge, axes }, matrix: parts.matrixIn(knowledge, axes), failed: false });
    } catch {
      this.setState({ failed: true });
    }
  };

  private readonly choose = (year: string): void => {
    const { loaded } = this.state;
    if (loaded) this.setState({ year, matrix: loaded.parts.matrixIn(loaded.knowledge, loaded.axes, year === NOW ? undefined : Number(year)) });
  };

  override render({ instance, base, ready }: Props, { loaded, matrix, year, failed }: State) {
    return (
      <details class="pg-table" onToggle={({ currentTarget }) => void (currentTarget.open && this.open())}>
        <summary>Other machines and images</summary>
        <p>Each word opens that machine with that image. The same for the present as a page: <a href={`${base}compatibility/`}>What runs where</a>.</p>
        {failed && <p role="alert">The table could not be fetched. Look at your connection, then fold this and unfold it again.</p>}
        {loaded && matrix && (
          <>
            <p>
              <label>In <select value={year} disabled={!ready} onChange={({ currentTarget }) => this.choose(currentTarget.value)}>
                <option value={NOW}>the present</option>
                {loaded.parts.matrixYears(loaded.knowledge).toReversed().map((one) => <option value={String(one)}>{one}</option>)}
              </select></label>
            </p>
            <loaded.parts.MatrixTable {...matrix} caption={`What runs where, ${year === NOW ? 'at present' : `in December ${year}`}`} instance={`${instance}-matrix`} base={base} ready={ready} />
          </>
        )}
      </details>
    );
  }
}
