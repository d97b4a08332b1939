/** The prose collections. Facts, sources and claims are YAML that src/facts reads; the schemas stand in src/lessons/frontmatter.ts. */
import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';
import { glossarySchema, lessonSchema } from './lessons/frontmatter.ts';
import { glossarySlug, lessonPath } from './lessons/paths.ts';

const lessons = defineCollection({
  loader: glob({
    base: './content/lessons',
    pattern: '*/*.mdx',
    generateId: ({ entry }) => lessonPath(`content/lessons/${entry}`)?.slug ?? entry,
    retainBody: false,
  }),
  schema: lessonSchema,
});

const glossary = defineCollection({
  loader: glob({
    base: './content/glossary',
    pattern: '*.md',
    generateId: ({ entry }) => glossarySlug(`content/glossary/${entry}`) ?? entry,
    retainBody: false,
    // Rendered with the page that shows it. Rendered at once, an entry would be kept from build to build as long as its own
    // file is unchanged, with links to whatever other entries were called at that time.
    deferRender: true,
  }),
  schema: glossarySchema,
});

export const collections = { lessons, glossary };
