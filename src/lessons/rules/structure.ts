/** What every published lesson has. Drafts may lack any of it. */
import type { Problem } from '../../facts/problem.ts';
import { countWords, type Document } from '../document.ts';
import { inWords } from '../schema-mistakes.ts';
import { diagramsOf } from './pictures.ts';
import { problemAt, problemOf, type Rule } from './rule.ts';

/** Words of prose: long enough to explain, short enough for one sitting. */
export const WORDS = { least: 600, most: 1200 } as const;

/** A reader commits before the text gives the answer away: before the first section, or within this many words. */
const WORDS_BEFORE_PREDICTION = 200;

const LAST_SECTION = 'Try next';

/** Length, a prediction near the start, a diagram, a playground, and the section that leads on. */
export const structure: Rule = ({ document, draft }, { playgrounds }) => {
  const isReadable = document.faults.length === 0 && document.frontmatter?.faults.length === 0;
  if (document.kind !== 'lesson' || draft || !isReadable) return [];
  return [...length(document), ...prediction(document), ...diagram(document), ...playground(document, Object.keys(playgrounds)), ...tryNext(document)];
};

function length(document: Document): readonly Problem[] {
  const words = countWords(document);
  if (words >= WORDS.least && words <= WORDS.most) return [];
  const todo = words < WORDS.least ? 'explain more, or set "draft: true"' : 'cut it, or make two lessons';
  return [problemOf(document, { found: `${words} ${words === 1 ? 'word' : 'words'} of prose`, expected: `${WORDS.least} to ${WORDS.most}`, todo })];
}

function prediction(document: Document): readonly Problem[] {
  const expected = `<Predict> before the first section or within the first ${WORDS_BEFORE_PREDICTION} words`;
  const first = document.tags.find(({ name }) => name === 'Predict');
  if (!first) return [problemOf(document, { found: 'no <Predict>', expected, todo: 'add <Predict question="…" options="… | …" answer="…">why</Predict>' })];
  const section = document.headings.find(({ depth }) => depth === 2);
  const inTime = !section || first.at < section.at || countWords({ ...document, prose: document.prose.filter(({ at }) => at < first.at) }) <= WORDS_BEFORE_PREDICTION;
  return inTime ? [] : [problemAt(document, first.at, { found: 'the first <Predict> late in the lesson', expected, todo: 'move it up' })];
}

function diagram(document: Document): readonly Problem[] {
  if (diagramsOf(document).length > 0) return [];
  return [problemOf(document, { found: 'no diagram', expected: 'at least one ```mermaid fence', todo: 'draw what the lesson explains' })];
}

function playground(document: Document, names: readonly string[]): readonly Problem[] {
  if (document.tags.some(({ name }) => names.includes(name))) return [];
  return [problemOf(document, { found: 'no playground', expected: `at least one of ${inWords(names.map((name) => `<${name}>`))}`, todo: 'add one on a preset that shows the point' })];
}

function tryNext(document: Document): readonly Problem[] {
  const sections = document.headings.filter(({ depth }) => depth === 2);
  const section = sections.find(({ text }) => text === LAST_SECTION);
  const expected = `"## ${LAST_SECTION}" as the last section`;
  if (!section) return [problemOf(document, { found: `no "## ${LAST_SECTION}"`, expected, todo: 'end with what the reader can do next' })];
  if (section !== sections.at(-1)) return [problemAt(document, section.at, { found: `"## ${LAST_SECTION}" before other sections`, expected, todo: 'move it to the end' })];
  const hasText = document.prose.some(({ at }) => at > section.at);
  return hasText ? [] : [problemAt(document, section.at, { found: `nothing below "## ${LAST_SECTION}"`, expected: 'at least one thing to try', todo: 'write it' })];
}
