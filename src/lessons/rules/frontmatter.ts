/** The lines between `---` and the chapters' descriptions, against their schemas. */
import type { ZodObject } from 'zod';
import type { Problem } from '../../facts/problem.ts';
import type { YamlFile } from '../../facts/yaml.ts';
import type { Content } from '../content.ts';
import { chapterSchema, glossarySchema, lessonSchema, valuesOf } from '../frontmatter.ts';
import { mistakesIn, type Mistake } from '../schema-mistakes.ts';
import { excerpt, type Finding, type Rule } from './rule.ts';

const SCHEMAS = { lesson: lessonSchema, glossary: glossarySchema } as const;

/** Unknown, missing and wrong keys of a lesson or an entry. */
export const frontmatter: Rule = ({ document }) => {
  const { kind, file } = document;
  const schema = SCHEMAS[kind];
  if (document.frontmatter) return problemsOf(document.frontmatter, schema);
  const keys = Object.keys(schema.shape).join(', ');
  return [{ file, line: 1, column: 1, found: 'no frontmatter', expected: `lines between --- and --- with ${keys}`, todo: 'add them at the top of the file' }];
};

/** Chapters without a description, and descriptions that are not as they should be. */
export function chapterProblems({ lessons, chapters }: Content): readonly Problem[] {
  const missing = [...new Set(lessons.map(({ folder }) => folder))].filter((folder) => !chapters.has(folder));
  return [
    ...missing.map((folder) => ({
      file: `content/lessons/${folder}/chapter.yaml`, line: 1, column: 1,
      found: 'no such file', expected: 'title and summary of the chapter', todo: 'create it with the lines "title: …" and "summary: …"',
    })),
    ...[...chapters.values()].flatMap((chapter) => problemsOf(chapter, chapterSchema)),
  ];
}

function problemsOf(yaml: YamlFile, schema: ZodObject): readonly Problem[] {
  const { file } = yaml;
  if (yaml.faults.length > 0) return yaml.faults.map(({ message, place }) => ({ file, ...place, ...notYaml(message) }));
  const values = valuesOf(yaml);
  return mistakesIn(schema, values).map((mistake) => ({ file, ...yaml.placeOfKey(mistake.path), ...explain(mistake, values) }));
}

function notYaml(message: string): Finding {
  return { found: `a line that is not YAML (${excerpt(message)})`, expected: '"key: value" lines', todo: 'correct it; a value with ": " or # in it needs quotes' };
}

function explain({ kind, name, expected, near }: Mistake, values: Readonly<Record<string, unknown>>): Finding {
  if (kind === 'unknown') return { found: `unknown key "${name}"`, expected, todo: near ? `rename it to "${near}"` : 'remove it' };
  if (kind === 'missing') return { found: `no "${name}"`, expected, todo: `add a line "${name}: …"` };
  return { found: `${name}: ${excerpt(JSON.stringify(values[name]))}`, expected, todo: `correct "${name}"` };
}
