/** What the island fetches when a reader unfolds the matrix: the answers as rows, the component that draws them, the years to choose from. */
import { matrixOf, type Knowledge, type Matrix, type MatrixAxes } from '../../src/sim/compat/index.ts';

export { matrixYears } from '../../src/sim/compat/index.ts';
export { MatrixTable, type MatrixProps } from './Matrix.tsx';

/** The matrix of a year, as it stood in its December; without a year, at present. */
export function matrixIn(knowledge: Knowledge, axes: MatrixAxes, year?: number): Matrix {
  return matrixOf(knowledge, axes, year === undefined ? undefined : `${year}-12`);
}
