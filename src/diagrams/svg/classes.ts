/** Which classes reach the page: those that diagram.css has a rule for. It knows nothing of what the rules say. */

/** All class names in the selectors of a style sheet. */
export function classesIn(css: string): ReadonlySet<string> {
  const selectors = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\{[^{}]*\}/g, ' ');
  return new Set([...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name));
}
