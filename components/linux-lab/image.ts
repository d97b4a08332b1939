/** The files that a machine is made of: fetched with progress, unpacked, checked, kept for the next time. It knows files and hashes, not machines. */

/** One file as public/linux/manifest.json describes it. */
export interface Piece {
  readonly name: string;
  readonly stored: { readonly bytes: number; readonly sha256: string };
  readonly unpacked: { readonly bytes: number; readonly sha256: string };
}

/** Says what went wrong in a sentence for the reader, and what they can do. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}

/** Files that were fetched before, by address with their hash in it: an older build’s file is never taken for this one’s. */
const SHELF = 'layerlab-linux';

export interface Fetching {
  /** Folder of the files, with a closing slash. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Bytes that have come since the last call, of those that are stored. */
  readonly onBytes: (bytes: number) => void;
}

/** Addresses of files that came damaged: the next try does not ask the browser’s own cache, where the damage may lie. */
const damaged = new Set<string>();

/** A file’s unpacked bytes. Throws ImageError when it cannot be had or is not what the manifest says. */
export async function fetchPiece(piece: Piece, fetching: Fetching): Promise<ArrayBuffer> {
  const address = `${fetching.folder}${piece.name}?v=${piece.unpacked.sha256.slice(0, 12)}`;
  const kept = await keptAt(address);
  if (kept) {
    const bytes = await unpacked(kept).catch(() => new ArrayBuffer(0));
    if (await isWhole(bytes, piece)) {
      fetching.onBytes(piece.stored.bytes);
      return bytes;
    }
  }
  const stored = await download(address, piece, fetching);
  const bytes = await unpacked(stored).catch(() => new ArrayBuffer(0));
  if (!(await isWhole(bytes, piece))) {
    damaged.add(address);
    throw new ImageError(`${piece.name} arrived damaged: ${stored.byteLength.toLocaleString('en')} bytes came, and their checksum is not the one published. Try again.`);
  }
  await keep(address, stored);
  return bytes;
}

async function download(address: string, { name }: Piece, { signal, onBytes }: Fetching): Promise<ArrayBuffer> {
  const response = await fetch(address, { signal, ...(damaged.has(address) ? { cache: 'reload' } : {}) }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ImageError(`${name} could not be fetched. Look at your connection and try again.`);
  });
  if (!response.ok || !response.body) throw new ImageError(`${name} could not be fetched: the server answered ${response.status}. Try again later.`);
  if (response.headers.get('content-type')?.includes('text/html')) throw new ImageError(`A web page came in place of ${name}, as from a network that asks for a login first. Open another page to see, and try again.`);
  const counted = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, stream) => {
      onBytes(chunk.byteLength);
      stream.enqueue(chunk);
    },
  }));
  return new Response(counted).arrayBuffer().catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new ImageError(`${name} broke off while it was being fetched. Look at your connection and try again.`);
  });
}

/** Some servers unpack what is named .gzip on the way; what comes is then plain. */
async function unpacked(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  const [first, second] = new Uint8Array(bytes);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

async function isWhole(bytes: ArrayBuffer, { unpacked: { bytes: length, sha256 } }: Piece): Promise<boolean> {
  if (bytes.byteLength !== length) return false;
  // Pages that are not served securely have no subtle crypto; the length has to do there.
  if (!globalThis.crypto?.subtle) return true;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}

/** The shelf is a convenience: where a browser forbids it, everything is fetched again. */
async function keptAt(address: string): Promise<ArrayBuffer | undefined> {
  try {
    const found = await (await globalThis.caches?.open(SHELF))?.match(address);
    return await found?.arrayBuffer();
  } catch {
    return undefined;
  }
}

async function keep(address: string, bytes: ArrayBuffer): Promise<void> {
  try {
    const shelf = await globalThis.caches?.open(SHELF);
    const [path] = address.split('?');
    for (const old of (await shelf?.keys()) ?? []) if (old.url.includes(`${path}?`)) await shelf?.delete(old);
    await shelf?.put(address, new Response(bytes));
  } catch {
    // No room, or not allowed.
  }
}
