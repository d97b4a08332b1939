/** What is wrong with a diagram, in the words of the author's check. It knows lines of the fence, not files. */

export class DiagramMistake extends Error {
  /** Line inside the fence; the first line after the opening ``` is 1. */
  readonly line: number;
  /** The three parts of the sentence: lower case, without a full stop. */
  readonly found: string;
  readonly expected: string;
  readonly todo: string;

  constructor(line: number, found: string, expected: string, todo: string) {
    super(`found ${found}; expected ${expected}; do: ${todo}`);
    this.name = 'DiagramMistake';
    this.line = line;
    this.found = found;
    this.expected = expected;
    this.todo = todo;
  }
}
