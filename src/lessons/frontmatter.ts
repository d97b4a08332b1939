/** What stands between the `---` lines of a lesson, an entry or a chapter, and which of it is allowed. It knows no prose. */
import { z } from 'zod';
import { parseYaml, type YamlFile } from '../facts/yaml.ts';
import type { SourceText } from './source-text.ts';

/**
 * A calendar day, kept as text. Astro's own YAML reader hands over a Date for `2026-03-01`, so both come in and text comes out;
 * a day that does not exist is found by the check, which reads the text.
 */
const day = z.preprocess((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value), z.iso.date());
const phrase = z.string().trim().min(1);

export const lessonSchema = z.strictObject({
  title: phrase,
  /** One sentence: the description in search results, lists and social cards. */
  summary: phrase,
  minutes: z.number().int().min(1).max(60),
  /** The wrong beliefs that the lesson removes, each as the reader would say it. */
  misconceptions: z.array(phrase).min(1),
  updated: day,
  draft: z.boolean().default(false),
});

export const glossarySchema = z.strictObject({
  term: phrase,
  aliases: z.array(phrase).default([]),
  summary: phrase,
});

export const chapterSchema = z.strictObject({
  title: phrase,
  summary: phrase,
});

export type LessonData = z.infer<typeof lessonSchema>;
export type GlossaryData = z.infer<typeof glossarySchema>;
export type ChapterData = z.infer<typeof chapterSchema>;

/** The frontmatter as a YAML file of its own, with the places that its lines have in the whole file. */
export type Frontmatter = YamlFile;

const FENCED = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*$/m;

/** Reads the frontmatter of a lesson or an entry; undefined when there is none. Faults in it are listed, not thrown. */
export function readFrontmatter({ file, text }: SourceText): Frontmatter | undefined {
  const match = text.startsWith('---') ? FENCED.exec(text) : null;
  // The empty line stands for the first ---.
  return match?.index === 0 ? parseYaml(file, `\n${match[1]}`) : undefined;
}

/** The keys and values as written; empty when there are none or they are not keys with values. */
export function valuesOf(yaml: YamlFile | undefined): Readonly<Record<string, unknown>> {
  const data = yaml?.data;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};
}
