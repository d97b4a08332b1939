/** The machines’ files on their way to the reader: damaged, broken off, missing, already unpacked, on the shelf, canceled. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchPiece, ImageError, type Piece } from '../../components/linux-lab/image.ts';

const PLAIN = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) % 251);
const STORED = new Uint8Array(gzipSync(PLAIN));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let nth = 0;
/** A file of a name of its own: what is remembered of one is not remembered of another. */
const piece = (): Piece => ({ name: `file${(nth += 1)}.gzip`, stored: { bytes: STORED.length, sha256: sha256(STORED) }, unpacked: { bytes: PLAIN.length, sha256: sha256(PLAIN) } });

class Shelf {
  readonly held = new Map<string, Uint8Array>();
  open = async () => ({
    match: async (address: string) => (this.held.has(address) ? new Response(this.held.get(address) as Uint8Array<ArrayBuffer>) : undefined),
    keys: async () => [...this.held.keys()].map((url) => ({ url })),
    delete: async ({ url }: { url: string }) => this.held.delete(url),
    put: async (address: string, response: Response) => void this.held.set(address, new Uint8Array(await response.arrayBuffer())),
  });
}

let shelf: Shelf;
let come: number;
const server = vi.fn<(address: string, options: RequestInit) => Promise<Response>>();
const fetching = (signal = new AbortController().signal) => ({ folder: '/linux/', signal, onBytes: (bytes: number) => { come += bytes; } });
const answer = (bytes: Uint8Array, status = 200) => server.mockImplementation(async () => new Response(bytes as Uint8Array<ArrayBuffer>, { status }));

beforeEach(() => {
  shelf = new Shelf();
  come = 0;
  server.mockReset();
  vi.stubGlobal('fetch', server);
  vi.stubGlobal('caches', shelf);
});
afterEach(() => vi.unstubAllGlobals());

describe('a file', () => {
  test('is fetched under its hash, counted, unpacked, checked and kept', async () => {
    answer(STORED);
    const one = piece();
    expect(new Uint8Array(await fetchPiece(one, fetching()))).toEqual(PLAIN);
    const address = `/linux/${one.name}?v=${one.unpacked.sha256.slice(0, 12)}`;
    expect(server.mock.calls[0]?.[0]).toBe(address);
    expect(come).toBe(STORED.length);
    expect([...shelf.held.keys()]).toEqual([address]);
  });

  test('comes from the shelf without the network, and counts as come', async () => {
    answer(STORED);
    const one = piece();
    await fetchPiece(one, fetching());
    server.mockRejectedValue(new TypeError('offline'));
    come = 0;
    expect((await fetchPiece(one, fetching())).byteLength).toBe(PLAIN.length);
    expect([server.mock.calls.length, come]).toEqual([1, STORED.length]);
  });

  test('that was damaged on the shelf is fetched again and takes its place', async () => {
    answer(STORED);
    const one = piece();
    await fetchPiece(one, fetching());
    const [address = ''] = shelf.held.keys();
    for (const bad of [STORED.slice(0, 50), PLAIN.slice(1), new Uint8Array()]) {
      shelf.held.set(address, bad);
      expect((await fetchPiece(one, fetching())).byteLength).toBe(PLAIN.length);
      expect(shelf.held.get(address)).toEqual(STORED);
    }
    expect(server).toHaveBeenCalledTimes(4);
  });

  test('of an older build leaves the shelf when a newer one comes', async () => {
    answer(STORED);
    const one = piece();
    shelf.held.set(`/linux/${one.name}?v=000000000000`, STORED);
    shelf.held.set('/linux/other.gzip?v=000000000000', STORED);
    await fetchPiece(one, fetching());
    expect([...shelf.held.keys()]).toEqual(['/linux/other.gzip?v=000000000000', `/linux/${one.name}?v=${one.unpacked.sha256.slice(0, 12)}`]);
  });

  test('that the server has unpacked on the way is taken as it is', async () => {
    answer(PLAIN);
    expect((await fetchPiece(piece(), fetching())).byteLength).toBe(PLAIN.length);
  });

  test.each<[string, () => void]>([
    ['has none', () => vi.stubGlobal('caches', undefined)],
    ['forbids it', () => vi.stubGlobal('caches', { open: async () => { throw new DOMException('denied', 'SecurityError'); } })],
    ['forbids even to ask', () => Object.defineProperty(globalThis, 'caches', { configurable: true, get: () => { throw new DOMException('denied', 'SecurityError'); } })],
    ['has no room', () => vi.stubGlobal('caches', { open: async () => ({ match: async () => undefined, keys: async () => [], put: async () => { throw new DOMException('full', 'QuotaExceededError'); } }) })],
  ])('comes all the same where the browser’s shelf %s', async (_, arrange) => {
    arrange();
    answer(STORED);
    expect((await fetchPiece(piece(), fetching())).byteLength).toBe(PLAIN.length);
  });
});

describe('what goes wrong is told in a sentence', () => {
  const failure = (one: Piece, signal?: AbortSignal) => fetchPiece(one, fetching(signal)).then(() => 'nothing', (error: unknown) => error);

  test.each<[string, Uint8Array]>([
    ['a file cut short', STORED.slice(0, 100)],
    ['a file cut within its first bytes', STORED.slice(0, 3)],
    ['nothing', new Uint8Array()],
    ['a page of the host instead', new TextEncoder().encode('<!doctype html><title>Welcome</title>')],
    ['another file of the same length', PLAIN.map((byte, i) => (i === 7 ? byte + 1 : byte))],
  ])('%s', async (_, bytes) => {
    answer(bytes);
    const one = piece();
    const error = await failure(one);
    expect(error).toBeInstanceOf(ImageError);
    expect((error as Error).message).toBe(`${one.name} arrived damaged: ${bytes.length.toLocaleString('en')} bytes came, and their checksum is not the one published. Try again.`);
    expect(shelf.held.size).toBe(0);
    // The damage may lie in the browser's own cache: the next try goes past it.
    answer(STORED);
    expect((await fetchPiece(one, fetching())).byteLength).toBe(PLAIN.length);
    expect(server.mock.calls.map(([, { cache }]) => cache)).toEqual([undefined, 'reload']);
  });

  test('a server that has it not', async () => {
    answer(new Uint8Array(), 404);
    const one = piece();
    expect(await failure(one)).toEqual(new ImageError(`${one.name} could not be fetched: the server answered 404. Try again later.`));
  });

  test('a page of the network, which wants a login first', async () => {
    server.mockResolvedValue(new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html; charset=utf-8' } }));
    const one = piece();
    expect((await failure(one) as Error).message).toContain(`A web page came in place of ${one.name}`);
  });

  test('no connection', async () => {
    server.mockRejectedValue(new TypeError('Failed to fetch'));
    const one = piece();
    expect(await failure(one)).toEqual(new ImageError(`${one.name} could not be fetched. Look at your connection and try again.`));
  });

  test('a stream that breaks off', async () => {
    server.mockImplementation(async () => new Response(new ReadableStream({
      start: (stream) => stream.enqueue(STORED.slice(0, 80)),
      pull: (stream) => stream.error(new TypeError('network error')),
    })));
    const one = piece();
    expect(await failure(one)).toEqual(new ImageError(`${one.name} broke off while it was being fetched. Look at your connection and try again.`));
    expect(come).toBe(80);
  });

  test('but not when the reader has canceled', async () => {
    const stopped = new AbortController();
    server.mockImplementation(async (_, { signal }) => new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))));
    const waiting = failure(piece(), stopped.signal);
    setTimeout(() => stopped.abort(), 5);
    expect(await waiting).toMatchObject({ name: 'AbortError' });
  });
});
