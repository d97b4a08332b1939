/** What the island fetches when a reader unfolds the matrix: the answers as rows, the component that draws them, the years to choose from. */
export { matrixYears } from '../../src/sim/compat/matrix.ts';
export { MatrixTable, type MatrixProps } from './Matrix.tsx';
export { matrixIn, MatrixYears } from './MatrixYears.tsx';
