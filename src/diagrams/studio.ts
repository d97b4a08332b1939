/**
 * Draws and checks on request: from the cache where it can, else in one worker thread that starts with the first job and
 * does not keep the process alive. It knows sources and drawings, not pages.
 */
import { Worker } from 'node:worker_threads';
import { keyOf, openCache, stampOf, type Cache } from './cache.ts';
import type { Drawing } from './draw.ts';
import type { Answer, Job } from './messages.ts';
import { DiagramMistake } from './mistake.ts';

export interface StudioOptions {
  /** Font files of the page, in the order in which it falls back from one to the next. */
  readonly fonts: readonly string[];
  /** Where drawings are kept; `null` keeps none. */
  readonly cacheDir: string | null;
}

export interface Studio {
  /** Throws DiagramMistake. */
  draw(fence: string): Promise<Drawing>;
  /** Throws DiagramMistake. Parses only, and not even that when the drawing is in the cache. */
  check(fence: string): Promise<void>;
  /** Ends the thread. A later job starts another. */
  close(): Promise<void>;
  /** How many drawings were made, and how many came from the cache. */
  readonly counts: { readonly drawn: number; readonly cached: number };
}

const PACKAGES = ['mermaid', 'jsdom', 'fontkit', 'elkjs'];

/** A studio. Nothing is read or started before the first job. */
export function openStudio({ fonts, cacheDir }: StudioOptions): Studio {
  const thread = new Thread(fonts);
  const counts = { drawn: 0, cached: 0 };
  const underWay = new Map<string, Promise<Drawing>>();
  let opened: Cache<Drawing> | null = null;
  const cache = (): Cache<Drawing> | null => {
    if (cacheDir) opened ??= openCache(cacheDir, stampOf({ sourceDir: import.meta.dirname, packages: PACKAGES, files: fonts }));
    return opened;
  };
  const drawAnew = async (fence: string, key: string): Promise<Drawing> => {
    const drawing = await thread.ask('draw', fence);
    cache()?.set(key, drawing as Drawing);
    counts.drawn += 1;
    return drawing as Drawing;
  };
  return {
    counts,
    close: () => thread.close(),
    check: async (fence) => void (cache()?.get(keyOf(fence)) ?? (await thread.ask('check', fence))),
    draw: async (fence) => {
      const key = keyOf(fence);
      const known = cache()?.get(key);
      if (known) counts.cached += 1;
      if (known) return known;
      const job = underWay.get(key) ?? drawAnew(fence, key).finally(() => underWay.delete(key));
      underWay.set(key, job);
      return job;
    },
  };
}

interface Waiting {
  readonly resolve: (drawing: Drawing | null) => void;
  readonly reject: (error: Error) => void;
}

/** The worker thread and the jobs that it owes. */
class Thread {
  readonly #fonts: readonly string[];
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #jobs = 0;

  constructor(fonts: readonly string[]) {
    this.#fonts = fonts;
  }

  /** The drawing, or `null` for a check that found nothing. */
  ask(task: Job['task'], fence: string): Promise<Drawing | null> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#jobs += 1);
    worker.ref();
    worker.postMessage({ id, task, fence } satisfies Job);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: this.#fonts });
    worker.on('message', (answer: Answer) => this.#settle(worker, answer));
    worker.on('error', (error: Error) => this.#lose(worker, error));
    worker.on('exit', () => this.#lose(worker, new Error('The thread that draws diagrams ended before it was done.')));
    worker.unref();
    return worker;
  }

  #settle(worker: Worker, answer: Answer): void {
    const job = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) worker.unref();
    if ('drawing' in answer) job?.resolve(answer.drawing);
    else if ('valid' in answer) job?.resolve(null);
    else if ('mistake' in answer) job?.reject(new DiagramMistake(answer.mistake.line, answer.mistake.found, answer.mistake.expected, answer.mistake.todo));
    else job?.reject(new Error(answer.fault));
  }

  #lose(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const job of this.#waiting.values()) job.reject(error);
    this.#waiting.clear();
  }
}
