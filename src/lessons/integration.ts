/** The check inside Astro: a build stops at mistakes, the dev server reports them after each edit. It knows when, not what, to check. */
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration, AstroIntegrationLogger } from 'astro';
import type { ViteDevServer } from 'vite';
import { formatProblem, type Problem } from '../facts/problem.ts';
import { report } from './check-content.ts';
import { checkProject } from './check-project.ts';
import { forgetContent } from './content.ts';

/** Editors save in bursts; one check after the last change is enough. */
const SETTLE_MS = 100;

/**
 * The check as an Astro integration. In a build all lines are printed once and the build fails. In dev they are printed at the
 * start and whenever they change, and the mistakes of the file that was just saved cover the open pages.
 */
export function authorCheck(): AstroIntegration {
  let root = process.cwd();
  let isBuild = false;
  return {
    name: 'author-check',
    hooks: {
      'astro:config:setup': ({ config, command }) => {
        root = fileURLToPath(config.root);
        isBuild = command === 'build';
        forgetContent(root);
      },
      'astro:config:done': async () => {
        if (isBuild) await stopAtProblems(root);
      },
      'astro:server:setup': ({ server, logger }) => watch(root, server, logger),
    },
  };
}

async function stopAtProblems(root: string): Promise<void> {
  const { problems, files } = await checkProject(root, { diagrams: false });
  if (problems.length === 0) return;
  const error = new Error(`The content has mistakes.\n${report(problems, files)}`);
  // Where in this file it was thrown helps nobody who writes a lesson.
  error.stack = error.message;
  throw error;
}

function watch(root: string, server: ViteDevServer, logger: AstroIntegrationLogger): void {
  let timer: NodeJS.Timeout | undefined;
  let printed = '';
  let inSaved: readonly Problem[] = [];
  const run = async (saved: string | undefined): Promise<void> => {
    const { problems, files } = await checkProject(root, { diagrams: false });
    const lines = report(problems, files);
    if (lines !== printed) (problems.length > 0 ? logger.error(`\n${lines}`) : logger.info(lines));
    printed = lines;
    inSaved = problems.filter(({ file }) => file === saved);
    cover(server, root, inSaved);
  };
  const start = (saved?: string): void => void run(saved).catch((error: unknown) => logger.error(String(error)));
  start();
  // A saved lesson reloads the page, which takes the cover away; the page that comes back gets it again.
  server.ws.on('connection', () => cover(server, root, inSaved));
  server.watcher.on('all', (_, path) => {
    const file = relative(root, path).split(sep).join('/');
    if (!file.startsWith('content/')) return;
    // At once, so that a page that reloads now does not see what was read before.
    forgetContent(root);
    clearTimeout(timer);
    timer = setTimeout(() => start(file), SETTLE_MS);
  });
}

/** Shows problems over the open pages. */
function cover(server: ViteDevServer, root: string, problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  const { file, line, column } = first;
  server.ws.send({
    type: 'error',
    err: { message: problems.map(formatProblem).join('\n'), stack: '', plugin: 'author-check', id: file, loc: { file: join(root, file), line, column } },
  });
}
