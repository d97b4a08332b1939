/**
 * In a lesson, the question of a playground is a heading under that of its section. The playground itself knows no page, and
 * telling each would cost a lesson's script; so the level is written into the built page, and the script leaves it there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtPages } from './built-pages.ts';

/** An Astro integration that sets the level of playgrounds' questions in each lesson after the build. */
export function lessonHeadings(): AstroIntegration {
  return {
    name: 'layerlab:headings',
    hooks: {
      'astro:build:done': ({ dir }) => {
        for (const page of builtPages(fileURLToPath(new URL('lessons/', dir)))) writeFileSync(page, withLevels(readFileSync(page, 'utf8')));
      },
    },
  };
}

const QUESTION = /<h2 (?=class="pg-question" id="(\w+)-(\d+)-question")/g;

/** The page with its questions one level below their section. Where one stands several times, its caption is part of its name. */
export function withLevels(html: string): string {
  const section = html.search(/<h2 (?!class="pg-question")/);
  const kinds = [...html.matchAll(QUESTION)].map(([, kind]) => kind);
  return html.replace(QUESTION, (tag, kind: string, n: string, at: number) => {
    const level = section >= 0 && section < at ? ' aria-level="3"' : '';
    const name = kinds.filter((each) => each === kind).length > 1 ? ` aria-labelledby="${kind}-${n}-question ${kind}-${n}-caption"` : '';
    return `${tag.trimEnd()}${level}${name} `;
  });
}
