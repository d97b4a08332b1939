/** The thread and the cache: drawn once, found again, never half-written, never in the way of the process's end. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCache, stampOf } from '../../src/diagrams/cache.ts';
import { openStudio } from '../../src/diagrams/studio.ts';
import { FONTS } from './artist.ts';
import { LAYERS, READ, STACK } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'diagrams-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cacheDir = join(folder, 'cache');
const entries = (): string[] => readdirSync(cacheDir).flatMap((stamp) => readdirSync(join(cacheDir, stamp)).map((name) => join(cacheDir, stamp, name)));

// Two threads for all of it: starting one takes longer than the drawing.
const studio = openStudio({ fonts: FONTS, cacheDir });
const other = openStudio({ fonts: FONTS, cacheDir: null });
afterAll(() => Promise.all([studio.close(), other.close()]));

describe('a studio', () => {
  it('checks without drawing', async () => {
    await studio.check(READ);
    await expect(studio.check('flowchart TB\n a --> b')).rejects.toMatchObject({ found: 'a diagram without a title' });
    expect(studio.counts).toEqual({ drawn: 0, cached: 0 });
  });

  it('draws a diagram once, even when it is asked for twice at a time', async () => {
    const [one, two] = await Promise.all([studio.draw(STACK), studio.draw(STACK)]);
    expect(one).toEqual(two);
    expect(studio.counts).toEqual({ drawn: 1, cached: 0 });
  });

  it('tells the mistake of one job, keeps nothing of it, and goes on with the next', async () => {
    const outcomes = await Promise.allSettled([studio.draw('flowchart TB\n accTitle: T\n a --> --> b'), studio.draw(LAYERS)]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { name: 'DiagramMistake', line: 3 } });
    expect(outcomes[1]!.status).toBe('fulfilled');
    expect(entries()).toHaveLength(2);
  });

  it('finds a drawing again later, without a thread', async () => {
    const later = openStudio({ fonts: FONTS, cacheDir });
    expect(await later.draw(STACK)).toEqual(await studio.draw(STACK));
    expect(later.counts).toEqual({ drawn: 0, cached: 1 });
  });

  it('draws the same, byte for byte, in another thread and in another order', async () => {
    const backward = [await other.draw(LAYERS), await other.draw(READ), await other.draw(STACK)];
    expect([await studio.draw(STACK), await studio.draw(READ), await studio.draw(LAYERS)]).toEqual(backward.reverse());
  });

  it('draws again when an entry is damaged', async () => {
    for (const path of entries()) writeFileSync(path, '{"title":');
    const { drawn } = studio.counts;
    expect(await studio.draw(LAYERS)).toEqual(await other.draw(LAYERS));
    expect(studio.counts.drawn).toBe(drawn + 1);
  });

  it('keeps nothing that names this machine', () => {
    for (const path of entries()) expect(readFileSync(path, 'utf8')).not.toContain(process.cwd());
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
