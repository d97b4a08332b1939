/** How much of a paste is read. It knows lengths only, so that a page can say so before the rules have arrived. */

/** Of a longer text, so many characters at its start and at its end are read: errors stand at one of the two. */
export const ENDS = 200_000;

/** What is read of a text, and how many characters in its middle are not. */
export function readable(text: string): { readonly text: string; readonly left: number } {
  const left = Math.max(0, text.length - 2 * ENDS);
  return { text: left > 0 ? `${text.slice(0, ENDS)}\n${text.slice(-ENDS)}` : text, left };
}
