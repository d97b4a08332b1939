/**
 * Cuts Pagefind's word index into smaller files. Pagefind 1.5 writes chunks of 20,000 word positions (about 30 kB compressed)
 * and has no option for it; a query of one word needs one chunk. This knows the two file formats as far as cutting needs, and
 * throws when they differ from what it knows.
 */
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface IndexFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** Pagefind's files begin with this before they are compressed. */
const SIGNATURE = Buffer.from('pagefind_dcd');

/** Bytes of a chunk before compression; about a third of it after. */
const CHUNK_BYTES = 4_000;

/** Place of the chunk table in the list that a .pf_meta file holds. */
const CHUNK_TABLE = 2;

interface Word {
  readonly text: string;
  readonly bytes: Buffer;
}

/** The same index in smaller chunks: `files` are what Pagefind wants written, and so is the answer. */
export function smallChunks(files: readonly IndexFile[]): readonly IndexFile[] {
  const isChunk = ({ path }: IndexFile) => path.endsWith('.pf_index');
  const isMeta = ({ path }: IndexFile) => path.endsWith('.pf_meta');
  const words = files.filter(isChunk).flatMap(({ content }) => wordsOf(unpack(content)));
  words.sort((a, b) => Buffer.compare(Buffer.from(a.text), Buffer.from(b.text)));
  const chunks = chunksOf(words).map((chunk) => {
    const bytes = Buffer.concat([arrayHead(1), arrayHead(chunk.length), ...chunk.map((word) => word.bytes)]);
    const hash = `en_${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
    return { from: chunk[0]?.text ?? '', to: chunk.at(-1)?.text ?? '', hash, file: { path: `index/${hash}.pf_index`, content: pack(bytes) } };
  });
  const table = Buffer.concat([arrayHead(chunks.length), ...chunks.map(({ from, to, hash }) => Buffer.concat([arrayHead(3), text(from), text(to), text(hash)]))]);
  const metas = files.filter(isMeta).map(({ path, content }) => ({ path, content: pack(withTable(unpack(content), table)) }));
  if (metas.length !== 1 || words.length === 0) throw new Error(`Pagefind wrote ${metas.length} .pf_meta files and ${words.length} words; one file with words was expected.`);
  return [...files.filter((file) => !isChunk(file) && !isMeta(file)), ...metas, ...chunks.map(({ file }) => file)];
}

/** Every word with its places, as the bytes that Pagefind wrote: `[[[word, …], …]]`. */
function wordsOf(bytes: Buffer): readonly Word[] {
  const outer = itemsOf(bytes, 0);
  const [list] = outer;
  if (outer.length !== 1 || !list) throw new Error('A .pf_index file is not a list of one list of words.');
  return itemsOf(list, 0).map((item) => {
    const [first] = itemsOf(item, 0);
    if (!first || first[0] === undefined || first[0] >> 5 !== 3) throw new Error('A word in a .pf_index file does not begin with its text.');
    return { text: first.subarray(headOf(first, 0).next).toString('utf8'), bytes: item };
  });
}

function chunksOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const chunks: Word[][] = [];
  let size = Infinity;
  for (const word of words) {
    if (size + word.bytes.length > CHUNK_BYTES) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(word);
    size += word.bytes.length;
  }
  return chunks;
}

function withTable(meta: Buffer, table: Buffer): Buffer {
  const items = itemsOf(meta, 0);
  if (items.length <= CHUNK_TABLE) throw new Error('A .pf_meta file has no table of chunks where it was expected.');
  return Buffer.concat([arrayHead(items.length), ...items.map((item, i) => (i === CHUNK_TABLE ? table : item))]);
}

function unpack(content: Uint8Array): Buffer {
  const bytes = gunzipSync(content);
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error("A file of the search index lacks Pagefind's signature.");
  return bytes.subarray(SIGNATURE.length);
}

function pack(bytes: Buffer): Buffer {
  return gzipSync(Buffer.concat([SIGNATURE, bytes]), { level: 9 });
}

// CBOR (RFC 8949), as far as lists of lists, texts and whole numbers go.

interface Head {
  readonly major: number;
  readonly value: number;
  readonly next: number;
}

function headOf(bytes: Buffer, at: number): Head {
  const first = bytes.readUInt8(at);
  const [major, info] = [first >> 5, first & 31];
  if (info < 24) return { major, value: info, next: at + 1 };
  const width = { 24: 1, 25: 2, 26: 4 }[info];
  if (width === undefined) throw new Error(`The search index holds a CBOR item of kind ${first}, which is not known here.`);
  return { major, value: bytes.readUIntBE(at + 1, width), next: at + 1 + width };
}

/** The items of the list at `at`, as slices. */
function itemsOf(bytes: Buffer, at: number): readonly Buffer[] {
  const head = headOf(bytes, at);
  if (head.major !== 4) throw new Error('The search index holds something else where a list was expected.');
  const items: Buffer[] = [];
  let from = head.next;
  for (let i = 0; i < head.value; i += 1) {
    const end = endOf(bytes, from);
    items.push(bytes.subarray(from, end));
    from = end;
  }
  return items;
}

function endOf(bytes: Buffer, at: number): number {
  const { major, value, next } = headOf(bytes, at);
  if (major === 0 || major === 1 || major === 7) return next;
  if (major === 2 || major === 3) return next + value;
  if (major !== 4) throw new Error(`The search index holds a CBOR item of major type ${major}, which is not known here.`);
  let end = next;
  for (let i = 0; i < value; i += 1) end = endOf(bytes, end);
  return end;
}

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  const [info, width] = value < 0x100 ? [24, 1] : value < 0x10000 ? [25, 2] : [26, 4];
  const bytes = Buffer.alloc(1 + width);
  bytes.writeUInt8((major << 5) | info, 0);
  bytes.writeUIntBE(value, 1, width);
  return bytes;
}

const arrayHead = (length: number) => head(4, length);

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([head(3, bytes.length), bytes]);
}
