/** Image references: their parts, and what their names tell. It knows the grammar of references; what names mean is content/compat-rules/images.yaml. */
import type { Workload } from '../facts.ts';
import { merged, type ImageKind } from '../knowledge.ts';
import { isWithin, numbersOf } from '../version.ts';

export interface Reference {
  readonly repository: string;
  readonly tag: string | undefined;
}

/** Names of registries that say nothing about the image. */
const REGISTRIES = /^(?:(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|mcr\.microsoft\.com|localhost(?::\d{1,5})?|public\.ecr\.aws|ghcr\.io)\/)/;
const REFERENCE = /^[a-z0-9](?:[a-z0-9._/-]{0,200}[a-z0-9])?(?::\d{1,5}\/[a-z0-9._/-]{1,200})?(?::(<?[\w][\w.<>-]{0,127}))?(?:@sha256:[a-f0-9]{6,64})?$/i;

/** The parts of a reference such as `mcr.microsoft.com/windows/servercore:ltsc2022`; undefined for a text that is none. */
export function referenceOf(text: string): Reference | undefined {
  const plain = text.trim().replace(/^docker:\/\//, '').replace(/^["'`]|["'`,.]$/g, '');
  const match = plain.length > 0 && plain.length < 300 ? REFERENCE.exec(plain) : null;
  if (!match) return undefined;
  const withoutDigest = plain.replace(/@sha256:.*$/, '');
  const tag = match[1];
  const full = tag === undefined ? withoutDigest : withoutDigest.slice(0, -tag.length - 1);
  const repository = full.toLowerCase().replace(REGISTRIES, '').replace(/^library\//, '');
  return repository === '' ? undefined : { repository, tag: tag?.toLowerCase() };
}

/** What the name and tag of an image tell about it. */
export function factsOfImage(reference: Reference, kinds: readonly ImageKind[]): Workload {
  return merged<Workload>({}, ...kinds.filter((kind) => isOf(kind, reference)).map(({ facts }) => facts));
}

function isOf({ names, tags }: ImageKind, { repository, tag }: Reference): boolean {
  if (!names.some((name) => fits(name.replace(REGISTRIES, ''), repository))) return false;
  return tags === undefined || tags.some((wanted) => tagFits(wanted.toLowerCase(), tag ?? 'latest'));
}

/** A name with `*` for any letters but a slash. Both sides are short, and each part is looked for once. */
function fits(pattern: string, name: string): boolean {
  const [patternParts, nameParts] = [pattern.split('/'), name.split('/')];
  return patternParts.length === nameParts.length && patternParts.every((part, i) => partFits(part, nameParts[i] as string));
}

function partFits(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return pattern === text;
  let at = 0;
  for (const [i, piece] of pieces.entries()) {
    const found = i === pieces.length - 1 ? (text.endsWith(piece) ? text.length - piece.length : -1) : text.indexOf(piece, at);
    if (found < at || (i === 0 && found !== 0)) return false;
    at = found + piece.length;
  }
  return true;
}

/** A tag by its beginning, up to a border, or by a range of versions. */
function tagFits(wanted: string, tag: string): boolean {
  if (wanted.includes('..')) return /^\d/.test(tag) && numbersOf(tag).length > 0 && isWithin(tag.replace(/-.*$/, ''), wanted) === 'yes';
  if (!tag.startsWith(wanted)) return tag.includes(`-${wanted}`);
  const [last, next] = [wanted.at(-1) ?? '', tag[wanted.length] ?? ''];
  return !(/\d/.test(last) && /\d/.test(next)) && !(/[a-z]/.test(last) && /[a-z]/.test(next));
}
