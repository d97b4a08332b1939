/** Names content by what it is: equal content has an equal name. It knows no layers, and it is no cryptographic hash. */

/** `fnv:` and 16 hexadecimal digits. A real store uses SHA-256, because it must resist forgers; a model has none. */
export type Digest = string;

/** The name of any JSON value; the order of keys does not matter. Twice FNV-1a in 32 bits (Fowler, Noll, Vo; public domain). */
export function digestOf(content: unknown): Digest {
  const text = canonical(content);
  return `fnv:${[0x811c9dc5, 0x9747b28c].map((basis) => fnv(text, basis)).join('')}`;
}

function fnv(text: string, basis: number): string {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** JSON with its keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}
