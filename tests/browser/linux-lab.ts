/** What machines in a page cost: memory of the browser's processes and time of the page's own thread. Tests and the bench measure with it. */
import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';

/** Memory of all of a browser's renderers in MB, as the system counts it. */
export async function rendererMegabytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => String(id));
  const told = execFileSync('ps', ['-o', 'rss=', '-p', ids.join(',')], { encoding: 'utf8' });
  return told.trim().split(/\s+/).reduce((sum, kib) => sum + Number(kib) * 1024, 0) / 1e6;
}

/** What a trace has to hold for `longestTask`. */
export const TRACED = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** The longest task of the page's own thread in ms of its processor time: what other programs take meanwhile is no fault of the page. Throws when the trace has none. */
export function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly { name: string; pid: number; tid: number; tdur?: number; args: { name?: string } }[] };
  const mains = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = traceEvents.flatMap(({ name, pid, tid, tdur }) => (name.endsWith('RunTask') && mains.has(`${pid}/${tid}`) && tdur !== undefined ? [tdur / 1000] : []));
  if (tasks.length < 50) throw new Error(`The trace has ${tasks.length} tasks of the page, which cannot be all.`);
  return Math.max(...tasks);
}
