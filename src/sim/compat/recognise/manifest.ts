/** What a registry offers under a name: `docker manifest inspect`, `docker buildx imagetools inspect`, `docker image inspect`. It knows their JSON and their text. */
import { archOf, platformOf } from './arch.ts';
import type { Draft } from './draft.ts';
import type { Line } from './lines.ts';
import type { Reader } from './outputs.ts';

interface Offer {
  readonly os: string;
  readonly arch: string;
  readonly build?: string;
}

/** Deeper or wider JSON is no manifest. */
const DEEPEST = 8;
const MOST = 500;

export const manifest: Reader = {
  id: 'manifest',
  title: 'docker manifest inspect, docker buildx imagetools inspect',
  read: (lines, draft) => {
    const offers = [...fromJson(lines), ...fromText(lines, draft)];
    const [first] = offers;
    if (!first) return;
    const systems = [...new Set(offers.map(({ os }) => os))];
    const at = first.line;
    if (systems.length === 1) draft.ofWorkload('os', first.os, at, 'manifest');
    draft.ofWorkload('arch', [...new Set(offers.filter(({ os }) => systems.length === 1 || os === 'linux').map(({ arch }) => arch))], at, 'manifest');
    draft.ofWorkload('build', offers.find(({ build }) => build !== undefined)?.build, at, 'manifest');
  },
};

type Found = Offer & { readonly line: number };

/** Every platform in the JSON of a paste, wherever it stands. */
function fromJson(lines: readonly Line[]): readonly Found[] {
  const first = lines.findIndex(({ text }) => /^\s*[[{]/.test(text));
  if (first < 0) return [];
  const parsed = parsedFrom(lines.slice(first).map(({ text }) => text).join('\n'));
  const line = lines[first]?.number ?? 1;
  return platformsIn(parsed, 0).slice(0, MOST).map((offer) => ({ ...offer, line }));
}

/** JSON from the beginning of a text up to its last closing bracket; undefined where it is none. */
function parsedFrom(text: string): unknown {
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
  if (!/"(?:architecture|Architecture)"\s*:/.test(text)) return undefined;
  try {
    return JSON.parse(text.slice(0, end));
  } catch {
    return undefined;
  }
}

function platformsIn(value: unknown, depth: number): readonly Offer[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.slice(0, MOST).flatMap((each) => platformsIn(each, depth + 1));
  const entry = value as Readonly<Record<string, unknown>>;
  const offer = offerOf(entry);
  return offer ? [offer] : Object.values(entry).slice(0, MOST).flatMap((each) => platformsIn(each, depth + 1));
}

function offerOf(entry: Readonly<Record<string, unknown>>): Offer | undefined {
  const word = (...names: readonly string[]): string | undefined => names.map((name) => entry[name]).find((one): one is string => typeof one === 'string');
  const os = word('os', 'Os');
  const arch = archOf(word('architecture', 'Architecture') ?? '');
  if (os === undefined || arch === undefined || os === 'unknown') return undefined;
  const build = /^10\.0\.(\d{5}(?:\.\d{1,6})?)/.exec(word('os.version', 'OsVersion') ?? '')?.[1];
  return { os: os.toLowerCase(), arch, ...(build === undefined ? {} : { build }) };
}

/** `Platform:    linux/arm64/v8`, as imagetools prints it. */
function fromText(lines: readonly Line[], draft: Draft): readonly Found[] {
  return lines.flatMap(({ text, number }) => {
    const match = /^\s*Platform:\s+(\S{3,40})\s*$/.exec(text);
    const found = match ? platformOf(match[1] as string) : undefined;
    if (!found) return [];
    draft.understood(number);
    return [{ ...found, line: number }];
  });
}
