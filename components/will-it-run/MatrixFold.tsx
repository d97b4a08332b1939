/** The matrix inside the island: folded, and fetched only when a reader unfolds it. It knows when to ask, not what is answered. */
import { Component } from 'preact';
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import type { MatrixAxes } from '../../src/sim/compat/matrix.ts';
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

export class MatrixFold extends Component<Props, { readonly loaded?: Loaded; readonly failed?: boolean }> {
  private readonly open = async (): Promise<void> => {
    if (this.state.loaded) return;
    const { rules, axesAddress } = this.props;
    try {
      const [parts, knowledge, axes] = await Promise.all([import('./matrix.ts'), rules(), fetchKnown<MatrixAxes>(axesAddress)]);
      this.setState({ loaded: { parts, knowledge, axes }, failed: false });
    } catch {
      this.setState({ failed: true });
    }
  };

  override render({ instance, base, ready }: Props, { loaded, failed }: { readonly loaded?: Loaded; readonly failed?: boolean }) {
    return (
      <details class="pg-table wr-matrix" onToggle={({ currentTarget }) => void (currentTarget.open && this.open())}>
        <summary>Other machines and images</summary>
        <p>For the present also as a page: <a href={`${base}compatibility/`}>What runs where</a>.</p>
        {failed && <p role="alert">The table could not be fetched. Look at your connection, then fold this and unfold it again.</p>}
        {loaded && <loaded.parts.MatrixYears {...loaded} instance={instance} base={base} ready={ready} />}
      </details>
    );
  }
}
