/** What a check says to an author: where, what was found, what was expected, what to do. It refuses to know who checks what. */

export interface Problem {
  /** Relative to the project's root, with forward slashes: `content/claims/any-vm-on-any-host.yaml`. */
  readonly file: string;
  /** Both count from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The three parts of the sentence, lower case and without a full stop. */
  readonly found: string;
  readonly expected: string;
  /** An instruction: `rename it to …`. */
  readonly todo: string;
}

/** One problem as one line: `file:line:col  found …; expected …; do: …`. */
export function formatProblem({ file, line, column, found, expected, todo }: Problem): string {
  return `${file}:${line}:${column}  found ${found}; expected ${expected}; do: ${todo}`;
}

/** By file, then by place in the file: the order in which an author mends them. */
export function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
