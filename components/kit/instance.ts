/** Numbers the playgrounds of one page, so that each has an id and a link of its own. */

/** `<Name>-<n>`, n counted per page: `locals` lives as long as one page's rendering. */
export function nextInstance(locals: object, name: string): string {
  const counts = locals as Record<string, number | undefined>;
  const key = `playground:${name}`;
  const n = (counts[key] ?? 0) + 1;
  counts[key] = n;
  return `${name}-${n}`;
}
