/**
 * Serves a built site as a static host does: a folder's index.html, 404.html for what is missing, and the headers of its
 * `_headers` file. It knows nothing of what it serves.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};

export interface HeaderRule {
  /** A path, with `*` at the end for everything below it. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface ServedSite {
  /** With the base path and a closing slash. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves `folder` on a free port of this machine under `base` (`/` or `/layerlab/`). */
export async function serveSite(folder: string, base: string): Promise<ServedSite> {
  const rules = existsSync(join(folder, '_headers')) ? parseHeaders(readFileSync(join(folder, '_headers'), 'utf8')) : [];
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const below = path.startsWith(base) ? `/${path.slice(base.length)}` : null;
    const found = below === null ? null : fileFor(folder, below);
    const file = found ?? join(folder, '404.html');
    for (const [name, value] of headersFor(rules, below ?? '/')) response.setHeader(name, value);
    response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.writeHead(found ? 200 : 404);
    response.end(existsSync(file) ? readFileSync(file) : '');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    }),
  };
}

function fileFor(folder: string, path: string): string | null {
  const file = join(folder, normalize(path));
  if (!file.startsWith(folder)) return null;
  if (path.endsWith('/')) return existsSync(join(file, 'index.html')) ? join(file, 'index.html') : null;
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

/** The rules of a `_headers` file: a path on a line of its own, its headers indented below it. */
export function parseHeaders(text: string): readonly HeaderRule[] {
  const rules: { path: string; headers: [string, string][] }[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const colon = line.indexOf(':');
    if (/^\s/.test(line)) rules.at(-1)?.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
    else rules.push({ path: line.trim(), headers: [] });
  }
  return rules;
}

/** Headers for a path. Rules that overlap add up; a header that two of them set is joined with a comma, as hosts do. */
export function headersFor(rules: readonly HeaderRule[], path: string): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const rule of rules) {
    const fits = rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
    if (!fits) continue;
    for (const [name, value] of rule.headers) joined.set(name, joined.has(name) ? `${joined.get(name)}, ${value}` : value);
  }
  return joined;
}
