/** What a published lesson has, and a lesson with several mistakes at once. */
import { describe, expect, test } from 'vitest';
import { check, draft, LESSON, published } from './sample.ts';

const lines = (parts: Parameters<typeof published>[0]): string => check({ [LESSON]: published(parts) });

describe('a published lesson', () => {
  test('with everything in it passes', () => {
    expect(lines({})).toBe('');
  });

  test('has 600 to 1,200 words', () => {
    expect(lines({ words: 100 })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found 113 words of prose; expected 600 to 1200; do: explain more, or set "draft: true""`);
    expect(lines({ words: 1300 })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found 1313 words of prose; expected 600 to 1200; do: cut it, or make two lessons"`);
  });

  test('opens with a prediction', () => {
    expect(lines({ opening: '' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found no <Predict>; expected <Predict> before the first section or within the first 200 words; do: add <Predict question="…" options="… | …" answer="…">why</Predict>"`);
    const late = '<Predict question="x" options="a | b" answer="b">Because.</Predict>\n\n```mermaid\nflowchart TB\n  accTitle: x\n```\n\n<StackBuilder caption="x" />';
    expect(lines({ opening: '', middle: late })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:14:1  found the first <Predict> late in the lesson; expected <Predict> before the first section or within the first 200 words; do: move it up"`);
  });

  test('may ask for the prediction below a first section that is short', () => {
    const early = '## The question\n\nA few words.\n\n<Predict question="x" options="a | b" answer="b">Because.</Predict>\n\n';
    expect(lines({ opening: early })).toBe('');
  });

  test('has a diagram and a playground', () => {
    expect(lines({ middle: 'Text.' })).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found no diagram; expected at least one \`\`\`mermaid fence; do: draw what the lesson explains
      content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found no playground; expected at least one of <BootRace> or <StackBuilder>; do: add one on a preset that shows the point"
    `);
  });

  test('ends with what to try next', () => {
    expect(lines({ ending: '' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found no "## Try next"; expected "## Try next" as the last section; do: end with what the reader can do next"`);
    expect(lines({ ending: '## Try next\n\nThis.\n\n## More\n\nText.' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:24:1  found "## Try next" before other sections; expected "## Try next" as the last section; do: move it to the end"`);
    expect(lines({ ending: '## Try next' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:24:1  found nothing below "## Try next"; expected at least one thing to try; do: write it"`);
  });
});

test('a draft may lack all of it', () => {
  expect(check({ [LESSON]: draft('Text.') })).toBe('');
});

test('a lesson with five planted mistakes yields five lines, in the order in which they stand', () => {
  const middle = `A container starts in 541 ms, says <Figure id="start.docker.engin" />.

<StackBuilder captoin="Add an app." />

See [the other lesson](/lessons/system-calls/).

\`\`\`mermaid
flowchart TB
  accTitle: Two layers
  a --> b
\`\`\``;
  expect(check({ [LESSON]: published({ middle }).replace('minutes: 8', 'minutes: eight') })).toMatchInlineSnapshot(`
    "content/lessons/01-layers/01-what-an-os-is.mdx:4:1  found minutes: "eight"; expected a whole number from 1 to 60; do: correct "minutes"
    content/lessons/01-layers/01-what-an-os-is.mdx:16:23  found the bare measurement "541 ms"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
    content/lessons/01-layers/01-what-an-os-is.mdx:16:44  found unknown figure "start.docker.engin"; expected the id of a figure in content/facts; do: write id="start.docker.engine"
    content/lessons/01-layers/01-what-an-os-is.mdx:18:15  found unknown prop captoin on <StackBuilder>; expected caption; do: rename it to caption
    content/lessons/01-layers/01-what-an-os-is.mdx:20:5  found link to /lessons/system-calls/; expected the address of a page of this site; do: correct the address or remove the link"
  `);
});
