/** Everything that prose may refer to. The rules of the check ask it; it refuses to judge. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { ZodObject } from 'zod';
import { filesIn, type Content, type LessonPage } from './content.ts';
import { decode } from './links.ts';

/** What the check needs to know of a playground in components/catalog.ts. */
export interface PlaygroundApi {
  readonly props: ZodObject;
  readonly figures: readonly string[];
}

/** What stands outside the prose. */
export interface Surroundings {
  readonly playgrounds: Readonly<Record<string, PlaygroundApi>>;
  readonly figures: ReadonlySet<string>;
  readonly claims: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  /** Results of LinuxLab's recorded session: `boot.boot`. */
  readonly recorded: ReadonlySet<string>;
  /** Addresses of pages that are written by hand: `/about/`. */
  readonly routes: readonly string[];
  /** Whether a file of the project is there, by its path from the root. */
  exists(file: string): boolean;
}

/** A page's anchors; 'any' for pages whose anchors the check cannot know. */
export type Anchors = ReadonlySet<string> | 'any';

export interface World extends Surroundings {
  readonly content: Content;
  /** By address, without the base path. */
  readonly pages: ReadonlyMap<string, Anchors>;
}

/** Anchors that src/layouts puts on every lesson's page. */
const LAYOUT_ANCHORS = ['main', 'lesson-sources', 'lesson-backlinks'];

/** The prose and its surroundings, with every address of the site. */
export function worldOf(content: Content, surroundings: Surroundings): World {
  const names = Object.keys(surroundings.playgrounds);
  const pages = new Map<string, Anchors>([
    ...surroundings.routes.map((route) => [route, 'any'] as const),
    ...names.flatMap((name) => [`/playgrounds/${name}/`, `/embed/${name}/`].map((path) => [path, 'any'] as const)),
    ['/sources/', new Set([...surroundings.sources, ...[...surroundings.figures].map((id) => `figure-${id}`)])],
    ['/claims/', surroundings.claims],
    ['/glossary/', new Set(content.glossary.map(({ slug }) => slug))],
    ...content.lessons.map((lesson) => [lesson.url, anchorsOf(lesson, names)] as const),
  ]);
  return { ...surroundings, content, pages };
}

function anchorsOf({ document }: LessonPage, playgrounds: readonly string[]): Anchors {
  if (document.faults.length > 0) return 'any';
  const counts = new Map<string, number>();
  const instances = document.tags.flatMap(({ name }) => {
    if (!playgrounds.includes(name)) return [];
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    return [`${name}-${n}`];
  });
  return new Set([...document.headings.map(({ slug }) => slug), ...instances, ...LAYOUT_ANCHORS]);
}

/** Addresses of the pages in src/pages whose file name is their address: no `[parameter]` in it. */
export function routesIn(root: string): readonly string[] {
  return filesIn(root, 'src/pages').flatMap((file) => {
    const path = file.slice('src/pages'.length);
    if (path.includes('[') || path.includes('/_') || path === '/404.astro') return [];
    if (path.endsWith('.astro')) return [path.replace(/(index)?\.astro$/, '/').replace(/\/\/$/, '/')];
    return path.endsWith('.ts') ? [path.slice(0, -'.ts'.length)] : [];
  });
}

/** Whether a file is there; asked once for each. */
export function existsIn(root: string): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    const answer = known.get(file) ?? existsSync(join(root, file));
    known.set(file, answer);
    return answer;
  };
}

/** The file that an image's address means: beside the lesson, or in public/ when it begins with a slash. */
export function imageFile(file: string, url: string): string {
  const path = decode(url.replace(/[?#].*$/, ''));
  return path.startsWith('/') ? `public${path}` : posix.join(posix.dirname(file), path);
}
