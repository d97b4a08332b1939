/** The cut index, against Pagefind itself: the same words, in small files, each in the chunk that the table says. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { close, createIndex } from 'pagefind';
import { afterAll, describe, expect, test } from 'vitest';
import { smallChunks, type IndexFile } from '../../src/search/small-chunks.ts';

afterAll(() => close());

/** As many words as it takes to fill several chunks. */
const vocabulary = Array.from({ length: 3000 }, (_, i) => `${'abcdefghijklmnopqrst'[i % 20]}${i.toString(36)}word${i}`);

async function indexed(): Promise<readonly IndexFile[]> {
  const { index } = await createIndex({ forceLanguage: 'en' });
  if (!index) throw new Error('Pagefind did not start.');
  const pages = [0, 1, 2].map((n) => vocabulary.filter((_, i) => i % 3 === n || i % 7 === 0).join(' '));
  for (const [n, text] of pages.entries()) await index.addHTMLFile({ url: `/${n}/`, content: `<html lang="en"><body><h1>Page ${n}</h1><p>${text} kernel Straße</p></body></html>` });
  return (await index.getFiles()).files;
}

/** All items of a CBOR value, by a reader of its own: arrays, texts, whole numbers. */
function read(bytes: Buffer, at = 0): readonly [value: unknown, next: number] {
  const [major, info] = [(bytes[at] ?? 0) >> 5, (bytes[at] ?? 0) & 31];
  const width = info < 24 ? 0 : 2 ** (info - 24);
  const size = width === 0 ? info : bytes.readUIntBE(at + 1, width);
  let next = at + 1 + width;
  if (major === 0) return [size, next];
  if (major === 1) return [-1 - size, next];
  if (major === 3) return [bytes.toString('utf8', next, next + size), next + size];
  if (major !== 4) throw new Error(`major type ${major}`);
  const items: unknown[] = [];
  for (let i = 0; i < size; i += 1) {
    const [item, end] = read(bytes, next);
    items.push(item);
    next = end;
  }
  return [items, next];
}

const unpacked = ({ content }: IndexFile) => read(gunzipSync(content).subarray(12))[0];
const chunks = (files: readonly IndexFile[]) => files.filter(({ path }) => path.endsWith('.pf_index'));
const meta = (files: readonly IndexFile[]) => unpacked(files.find(({ path }) => path.endsWith('.pf_meta')) as IndexFile) as [string, unknown[], [string, string, string][], ...unknown[]];
type WordList = [[word: string, ...unknown[]][]];

describe('the cut index', async () => {
  const before = await indexed();
  const after = smallChunks(before);

  test('holds every word with the same places as before', () => {
    const all = (files: readonly IndexFile[]) => Object.fromEntries(chunks(files).flatMap((file) => (unpacked(file) as WordList)[0].map((word) => [word[0], word] as const)));
    expect(Object.keys(all(before)).length).toBeGreaterThan(3000);
    expect(all(after)).toEqual(all(before));
  });

  test('is in files small enough for a first query', () => {
    expect(chunks(after).length).toBeGreaterThan(chunks(before).length);
    expect(Math.max(...chunks(after).map(({ content }) => content.length))).toBeLessThan(6_000);
  });

  test('has a table that leads each word to its chunk, without overlap', () => {
    const table = meta(after)[2];
    expect(table).toHaveLength(chunks(after).length);
    for (const [i, [from, to, hash]] of table.entries()) {
      const file = after.find(({ path }) => path === `index/${hash}.pf_index`) as IndexFile;
      const words = (unpacked(file) as WordList)[0].map(([word]) => word);
      expect([words[0], words.at(-1)]).toEqual([from, to]);
      const next = table[i + 1]?.[0];
      if (next !== undefined) expect(Buffer.compare(Buffer.from(to), Buffer.from(next))).toBe(-1);
    }
  });

  test('leaves all else as it was', () => {
    const [version, pages, , ...rest] = meta(before);
    const [versionAfter, pagesAfter, , ...restAfter] = meta(after);
    expect([versionAfter, pagesAfter, restAfter]).toEqual([version, pages, rest]);
    const others = (files: readonly IndexFile[]) => files.filter(({ path }) => !/pf_(?:index|meta)$/.test(path));
    expect(others(after)).toEqual(others(before));
  });

  test('is refused when the format is another', () => {
    const wrong = before.map((file) => (file.path.endsWith('.pf_index') ? { ...file, content: gzipSync(Buffer.from('pagefind_new  ')) } : file));
    expect(() => smallChunks(wrong)).toThrow("lacks Pagefind's signature");
    expect(() => smallChunks(before.filter(({ path }) => !path.endsWith('.pf_meta')))).toThrow('0 .pf_meta files');
  });
});
