/** The thread and the cache: drawn once, found again, never half-written, never in the way of the process's end. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openCache, stampOf } from '../../src/diagrams/cache.ts';
import { openStudio, type Studio } from '../../src/diagrams/studio.ts';
import { FONTS } from './artist.ts';
import { LAYERS, READ, STACK } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'diagrams-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: Studio[] = [];
afterEach(() => Promise.all(open.splice(0).map((studio) => studio.close())));
function studio(cacheDir: string | null): Studio {
  const made = openStudio({ fonts: FONTS, cacheDir });
  open.push(made);
  return made;
}

describe('a studio', () => {
  const cacheDir = join(folder, 'cache');

  it('draws a diagram once, even when it is asked for twice at a time', async () => {
    const { draw, counts } = studio(cacheDir);
    const [one, other] = await Promise.all([draw(STACK), draw(STACK)]);
    expect(one).toEqual(other);
    expect(counts).toEqual({ drawn: 1, cached: 0 });
  });

  it('finds it again later, byte for byte, without a thread', async () => {
    const { draw, counts } = studio(cacheDir);
    const cached = await draw(STACK);
    expect(counts).toEqual({ drawn: 0, cached: 1 });
    expect(await studio(null).draw(STACK)).toEqual(cached);
  });

  it('draws the same whatever was drawn before', async () => {
    const [first, second] = [studio(null), studio(null)];
    const forward = [await first.draw(STACK), await first.draw(READ), await first.draw(LAYERS)];
    const backward = [await second.draw(LAYERS), await second.draw(READ), await second.draw(STACK)];
    expect(backward.reverse()).toEqual(forward);
  });

  it('tells the mistake of one job and goes on with the next', async () => {
    const { draw } = studio(null);
    const outcomes = await Promise.allSettled([draw('flowchart TB\n accTitle: T\n a --> --> b'), draw(LAYERS)]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { name: 'DiagramMistake', line: 3 } });
    expect(outcomes[1]!.status).toBe('fulfilled');
  });

  it('checks without drawing', async () => {
    const { check, counts } = studio(join(folder, 'checks'));
    await check(READ);
    await expect(check('flowchart TB\n a --> b')).rejects.toMatchObject({ found: 'a diagram without a title' });
    expect(counts).toEqual({ drawn: 0, cached: 0 });
  });

  it('keeps no mistake in the cache', async () => {
    const own = join(folder, 'mistakes');
    await expect(studio(own).draw('flowchart TB')).rejects.toThrow();
    expect(readdirSync(own).flatMap((stamp) => readdirSync(join(own, stamp)))).toEqual([]);
  });

  it('draws again when an entry is damaged', async () => {
    const own = join(folder, 'damaged');
    const drawn = await studio(own).draw(LAYERS);
    const stamp = readdirSync(own)[0]!;
    writeFileSync(join(own, stamp, readdirSync(join(own, stamp))[0]!), '{"title":');
    expect(await studio(own).draw(LAYERS)).toEqual(drawn);
  });
});

describe('the cache', () => {
  const sourceDir = join(folder, 'source');
  mkdirSync(join(sourceDir, 'deep'), { recursive: true });
  writeFileSync(join(sourceDir, 'deep', 'a.ts'), '1');
  const stamp = (): string => stampOf({ sourceDir, packages: ['mermaid'], files: [] });

  it('knows our code, package versions and font bytes by one stamp', () => {
    const before = stamp();
    expect(stamp()).toBe(before);
    expect(stampOf({ sourceDir, packages: [], files: [] })).not.toBe(before);
    expect(stampOf({ sourceDir, packages: ['mermaid'], files: FONTS })).not.toBe(before);
    writeFileSync(join(sourceDir, 'deep', 'a.ts'), '2');
    expect(stamp()).not.toBe(before);
  });

  it('removes entries of other stamps, and nothing else', () => {
    const own = join(folder, 'stamps');
    mkdirSync(join(own, '0123456789abcdef'), { recursive: true });
    mkdirSync(join(own, 'mine'));
    openCache<number>(own, 'fedcba9876543210').set('x', 1);
    expect(readdirSync(own).sort()).toEqual(['fedcba9876543210', 'mine']);
    expect(openCache<number>(own, 'fedcba9876543210').get('x')).toBe(1);
  });
});

it('a process that drew ends by itself', () => {
  const script = join(folder, 'check.mjs');
  const index = new URL('../../src/diagrams/index.ts', import.meta.url).href;
  writeFileSync(script, `import { checkDiagram } from ${JSON.stringify(index)};\nconsole.log(JSON.stringify(await checkDiagram('flowchart TB\\n  accTitle: T\\n  a --> --> b')));\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 15_000 });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ line: 3, message: expect.stringContaining('do: ') });
});

it('names nothing of this machine in what it keeps', async () => {
  const own = join(folder, 'plain');
  await studio(own).draw(STACK);
  const stamp = readdirSync(own)[0]!;
  for (const file of readdirSync(join(own, stamp))) expect(readFileSync(join(own, stamp, file), 'utf8')).not.toContain(process.cwd());
});
