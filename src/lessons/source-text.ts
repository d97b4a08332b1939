/** A file's text and where things stand in it: offsets become lines and columns. It knows no Markdown. */
import type { Place } from '../facts/yaml.ts';

export interface SourceText {
  /** Relative to the project's root, with forward slashes. */
  readonly file: string;
  /** Without a byte order mark. */
  readonly text: string;
}

/** A function from offsets in a text to places, counted from 1 in UTF-16 units as editors count. The lines are found once. */
export function placesIn(text: string): (offset: number) => Place {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
