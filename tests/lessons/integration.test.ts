/** The check inside Astro: when it runs, what it prints, and that nobody has to restart anything. */
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { content, forgetContent } from '../../src/lessons/content.ts';
import { authorCheck } from '../../src/lessons/integration.ts';
import { draft, LESSON } from './sample.ts';

let root = '';
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lessons-'));
  write('content/lessons/01-layers/chapter.yaml', 'title: Layers\nsummary: What stands on what.\n');
  write(LESSON, draft('The [[kernel]] takes 5 ms.'));
  write('content/glossary/kernel.md', '---\nterm: kernel\nsummary: x.\n---\n\nText.\n');
});
afterEach(() => {
  forgetContent(process.cwd());
  rmSync(root, { recursive: true });
});

type Hooks = Required<Pick<AstroIntegration['hooks'], 'astro:config:setup' | 'astro:config:done' | 'astro:server:setup'>>;
type Given<K extends keyof Hooks> = Parameters<Hooks[K]>[0];

/** Starts the integration as Astro would: only what it reads is there. */
async function start(command: 'build' | 'dev' | 'sync'): Promise<Hooks> {
  const hooks = authorCheck().hooks as Hooks;
  await hooks['astro:config:setup']({ config: { root: pathToFileURL(`${root}/`) }, command } as unknown as Given<'astro:config:setup'>);
  await hooks['astro:config:done']({} as Given<'astro:config:done'>);
  return hooks;
}

describe('a build', () => {
  test('stops at mistakes and prints each line once', async () => {
    await expect(start('build')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [Error: The content has mistakes.
      content/lessons/01-layers/01-what-an-os-is.mdx:10:22  found the bare measurement "5 ms"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
      1 problem in 1 file]
    `);
  });

  test('goes on without mistakes', async () => {
    write(LESSON, draft('The [[kernel]].'));
    await expect(start('build')).resolves.toBeDefined();
  });

  test('only a build stops', async () => {
    await expect(start('sync')).resolves.toBeDefined();
  });
});

interface Sent {
  readonly err: { readonly message: string; readonly loc: unknown };
}

/** A dev server: what it printed, what it sent to open pages, and a save of a file. */
async function serve() {
  const printed: string[] = [];
  const sent: Sent[] = [];
  const watcher = new EventEmitter();
  const ws = Object.assign(new EventEmitter(), { send: (payload: Sent) => sent.push(payload) });
  const logger = { info: (line: string) => printed.push(line), error: (line: string) => printed.push(line) };
  const hooks = await start('dev');
  await hooks['astro:server:setup']({ server: { watcher, ws }, logger } as unknown as Given<'astro:server:setup'>);
  const save = (file: string, text: string): void => {
    write(file, text);
    watcher.emit('all', 'change', join(root, file));
  };
  return { printed, sent, ws, save };
}

describe('the dev server', () => {
  test('reports at the start and after each edit, and covers the page of the saved file until it is mended', async () => {
    const { printed, sent, ws, save } = await serve();
    await vi.waitFor(() => expect(printed).toEqual([expect.stringContaining('1 problem in 1 file')]));
    expect(sent).toEqual([]);

    save(LESSON, draft('The [[kernl]].'));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(printed.at(-1)).toContain('found [[kernl]]');
    expect(sent[0]?.err).toMatchObject({ message: expect.stringContaining('found [[kernl]]'), loc: { file: join(root, LESSON), line: 10, column: 5 } });
    ws.emit('connection');
    expect(sent).toHaveLength(2);

    save(LESSON, draft('The [[kernel]].'));
    await vi.waitFor(() => expect(printed.at(-1)).toBe('No problems in 2 files'));
    ws.emit('connection');
    expect(sent).toHaveLength(2);
  });

  test('forgets what it read as soon as a file of content/ changes, and only then', async () => {
    const { printed, save } = await serve();
    await vi.waitFor(() => expect(printed).toHaveLength(1));
    const before = content();
    save('src/site.ts', 'export {};');
    expect(content()).toBe(before);
    save(LESSON, draft('Other words.'));
    expect(content().lessons[0]?.document.text).toContain('Other words.');
    await vi.waitFor(() => expect(printed.at(-1)).toBe('No problems in 2 files'));
  });
});
