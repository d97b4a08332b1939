/** What tags in prose need to know of the page that they stand on: its address for errors, and the note before theirs. */

/** The result of `find`; its Error, if it throws one, names the tag and the page. */
export function onPage<T>(tag: string, id: string, pathname: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new Error(`<${tag} id="${id}" /> on ${pathname}: ${(error as Error).message}`, { cause: error });
  }
}

/** Whether the note before this one on the page names the same source already: several citations of a source in a row share one note. */
export function noteOnce(locals: object, source: string): boolean {
  const page = locals as { lastNote?: string };
  const isNoted = page.lastNote === source;
  page.lastNote = source;
  return isNoted;
}
