/** The matrix as drawn and as written: pure, from its cells alone. */
import { matrixLines, type Cell, type Matrix } from '../../src/sim/compat/matrix.ts';
import type { Table } from '../kit/playground.ts';

/** The matrix as the table that exports write. */
export function matrixTable(matrix: Matrix, caption: string): Table {
  return { caption, ...matrixLines(matrix) };
}

/** Why cells say what they say: a cell that says it, and how many do. */
export interface CellReason {
  readonly cell: Cell;
  readonly count: number;
}

/** The reasons, each once, in the order in which the cells bring them up, and for each cell the number of its own, counted from one. */
export function reasonsOf(cells: readonly Cell[]): { readonly reasons: readonly CellReason[]; readonly numbers: readonly number[] } {
  const keys = cells.map(({ verdict, mechanisms, also, why, todo }) => JSON.stringify([verdict, mechanisms, also, why, todo]));
  const distinct = [...new Set(keys)];
  return {
    reasons: distinct.map((key) => ({ cell: cells[keys.indexOf(key)] as Cell, count: keys.filter((other) => other === key).length })),
    numbers: keys.map((key) => distinct.indexOf(key) + 1),
  };
}
