/** The matrix with its choice of a year, which loads when a reader unfolds it. It knows which year is asked for, not what is answered. */
import { Component } from 'preact';
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import { matrixOf, matrixYears, type Matrix, type MatrixAxes } from '../../src/sim/compat/matrix.ts';
import { MatrixTable } from './Matrix.tsx';

interface Props {
  readonly instance: string;
  readonly base: string;
  readonly ready: boolean;
  readonly knowledge: Knowledge;
  readonly axes: MatrixAxes;
}

interface State {
  readonly matrix: Matrix;
  /** A year, or `now`. */
  readonly year: string;
}

const NOW = 'now';

/** The matrix of a year, as it stood in its December; without a year, at present. */
export function matrixIn(knowledge: Knowledge, axes: MatrixAxes, year?: number): Matrix {
  return matrixOf(knowledge, axes, year === undefined ? undefined : `${year}-12`);
}

export class MatrixYears extends Component<Props, State> {
  override state: State = { year: NOW, matrix: matrixIn(this.props.knowledge, this.props.axes) };

  private readonly choose = (year: string): void => {
    const { knowledge, axes } = this.props;
    this.setState({ year, matrix: matrixIn(knowledge, axes, year === NOW ? undefined : Number(year)) });
  };

  override render({ instance, base, ready, knowledge }: Props, { matrix, year }: State) {
    return (
      <>
        <p>
          Each word opens that machine with that image. <label>In <select value={year} disabled={!ready} onChange={({ currentTarget }) => this.choose(currentTarget.value)}>
            <option value={NOW}>the present</option>
            {matrixYears(knowledge).toReversed().map((one) => <option value={String(one)}>{one}</option>)}
          </select></label>
        </p>
        <MatrixTable {...matrix} caption={`What runs where, ${year === NOW ? 'at present' : `in December ${year}`}`} instance={`${instance}-matrix`} base={base} ready={ready} />
      </>
    );
  }
}
