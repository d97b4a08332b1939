/** The thread that draws. One job at a time, as Mermaid keeps its state in globals. */
import { parentPort, workerData } from 'node:worker_threads';
import { createArtist, type Artist } from './draw.ts';
import type { Answer, Job } from './messages.ts';
import { DiagramMistake } from './mistake.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread: use mermaidDiagrams() or checkDiagram().');

const artist = createArtist(workerData as readonly string[]);
let last: Promise<void> = Promise.resolve();
port.on('message', (job: Job) => {
  last = last.then(async () => port.postMessage(await answer(job)));
});

async function answer({ id, task, fence }: Job): Promise<Answer> {
  try {
    return await work(await artist, id, task, fence);
  } catch (error) {
    if (!(error instanceof DiagramMistake)) return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    const { line, found, expected, todo } = error;
    return { id, mistake: { line, found, expected, todo } };
  }
}

async function work(ready: Artist, id: number, task: Job['task'], fence: string): Promise<Answer> {
  if (task === 'draw') return { id, drawing: await ready.draw(fence) };
  await ready.check(fence);
  return { id, valid: true };
}
