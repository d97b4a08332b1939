/** What may stand in content/images. It knows one image at a time, not how images build on each other. */
import { z } from 'zod';
import { listOf, oneOf, record, text } from '../facts/schema.ts';

const id = text('an id of lower-case words joined by hyphens').regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' });
const BYTES = 'a whole number of bytes';
const bytes = z.number({ error: BYTES }).int({ error: BYTES }).min(1, { error: BYTES });

const HOLDS = ['file', 'tree'] as const;
const SYSTEMS = ['linux', 'windows'] as const;
const ISAS = ['amd64', 'arm64'] as const;
const HOW = ['listed', 'derived'] as const;

const layer = record({
  digest: text('the digest of the compressed layer, in quotes').regex(/^sha256:[0-9a-f]{64}$/, { error: 'sha256: and 64 hexadecimal digits, in quotes' }),
  compressedBytes: bytes,
  madeBy: text('the instruction that made the layer, shortened'),
  holds: oneOf(HOLDS),
  path: text('where its files lie').regex(/^(?:\/.|[A-Z]:\\)/, { error: 'an absolute path' }),
});

export const compositionSchema = record({
  id,
  reference: text('name:tag, as one would pull it').regex(/^[a-z0-9./-]+:[\w.-]+$/, { error: 'name:tag, as one would pull it' }),
  os: oneOf(SYSTEMS),
  arch: oneOf(ISAS),
  published: z.iso.date({ error: 'a day as YYYY-MM-DD' }),
  /** The image whose layers lie lowest in this one. */
  base: id.optional(),
  compressedBytes: bytes,
  unpackedBytes: bytes.optional(),
  /** `listed`: as a source gives it for this very image. `derived`: computed, as the note says. */
  unpackedHow: oneOf(HOW).optional(),
  layers: listOf(layer, 'a list of layers, lowest first').min(1, { error: 'at least one layer' }),
  sources: listOf(text('the id of a source'), 'a list of ids of sources').min(1, { error: 'at least one source' }),
  where: text('the place in the sources'),
  note: text('a note for the reader').optional(),
});

export type Read = z.infer<typeof compositionSchema>;
/** As models take it: an optional key that is not there is absent, never undefined. */
export type Composition = { readonly [Key in keyof Read]: Exclude<Read[Key], undefined> };
