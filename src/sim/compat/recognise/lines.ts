/** A pasted text as lines that the readers can work on. It knows how text gets damaged on its way, not what it says. */

export interface Line {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

/** Longer lines are no output of the commands that are read here; what is behind this is not looked at. */
const LONGEST = 2_000;

/**
 * The lines of a text. `wsl.exe` writes UTF-16, which reaches a paste as letters with NULs or spaces of no width between them;
 * colors and carriage returns go as well.
 */
export function linesOf(text: string): readonly Line[] {
  const plain = text.replaceAll(/\0|\uFEFF|\u200B|\uFFFD(?=\0)/g, '').replaceAll(/\x1b\[[0-9;]{0,20}[A-Za-z]/g, '');
  return plain.split(/\r\n|\r|\n/).map((line, i) => ({ number: i + 1, text: line.slice(0, LONGEST) }));
}

/** `Label: value` in its two parts; undefined for a line that has no label. Full-width colons and spaces before the colon are usual abroad. */
export function labelled(line: string): { readonly label: string; readonly value: string } | undefined {
  const at = line.slice(0, 140).search(/[:：=]/);
  if (at < 1) return undefined;
  const label = line.slice(0, at).replaceAll(/[*_`#>|"\u00A0]/g, ' ').trim().replace(/^[-•]\s*/, '').toLowerCase().replaceAll('’', "'");
  const value = line.slice(at + 1).replaceAll(/[*`|]/g, ' ').trim().replace(/^"(.*)"$/, '$1');
  return label === '' || label.length > 60 ? undefined : { label, value };
}
