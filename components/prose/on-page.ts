/** Errors from tags in prose, with the tag and the page that they stand on. */

/** The result of `find`; its Error, if it throws one, names the tag and the page. */
export function onPage<T>(tag: string, id: string, pathname: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    throw new Error(`<${tag} id="${id}" /> on ${pathname}: ${(error as Error).message}`, { cause: error });
  }
}
