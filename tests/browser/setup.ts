/** Before the browser tests: serves the built site and starts one browser that all test files share. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { DIST } from './built.ts';
import { launchChrome } from './chrome.ts';
import { serveSite } from './serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built site, with a closing slash. */
    readonly site: string;
    /** Where the browser listens. */
    readonly browser: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('There is no built site in dist/. Run "npm run build" first.');
  const site = await serveSite(DIST, '/');
  const { server, name } = await launchChrome();
  console.log(`Browser: ${name}`);
  project.provide('site', site.address);
  project.provide('browser', server.wsEndpoint());
  return async () => {
    await server.close();
    await site.close();
  };
}
