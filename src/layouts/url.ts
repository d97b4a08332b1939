/** Addresses within the site, whatever path it is served from. */

/** The site's root: `/` or `/layerlab/`, always with a closing slash. */
export const base = `${import.meta.env.BASE_URL.replace(/\/$/, '')}/`;

/** An internal address with the base path in front: `withBase('/lessons/x/')`. */
export function withBase(path: string): string {
  return base + path.replace(/^\//, '');
}
