/** The HTML files of the built site, for the integrations that run after the build. */
import { globSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute paths of every page under a folder, in a stable order. Pagefind's and other tools' folders hold no HTML. */
export function builtPages(folder: string): readonly string[] {
  return globSync('**/*.html', { cwd: folder }).sort().map((path) => join(folder, path));
}
