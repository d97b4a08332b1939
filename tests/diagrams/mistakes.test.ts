/** What an author is told: the line, what was found, what was expected, what to do. The wording is part of the contract. */
import { describe, expect, it } from 'vitest';
import { mistakeOf } from './artist.ts';

const told = async (fence: string): Promise<string> => {
  const { line, message } = await mistakeOf(fence);
  return `${line}: ${message}`;
};

describe('a diagram that cannot be read', () => {
  it('brackets in a label', async () => {
    expect(await told('flowchart TB\n  accTitle: T\n  a --> b\n  b[open(2)] --> c')).toMatchInlineSnapshot(`"4: found \`(\` where it cannot stand, in \`b[open(2)] --> c\`; expected the syntax of flowchart; do: put a label that holds brackets or quotation marks in double quotes, \`id["open(2)"]\`, and write a quotation mark as #quot;"`);
  });

  it('a class on the line of a group', async () => {
    expect(await told('flowchart TB\n  accTitle: T\n  subgraph a["A"]:::machine\n  b\n  end')).toMatchInlineSnapshot(`"3: found \`:::\` where it cannot stand, in \`subgraph a["A"]:::machine\`; expected the end of the line or the end of the diagram; do: give the group its class on a line of its own, after its \`end\`: \`id:::machine\`"`);
  });

  it('an arrow that does not exist', async () => {
    expect(await told('sequenceDiagram\n  accTitle: T\n\n  A=>>K: read')).toMatchInlineSnapshot(`"4: found \`>\` where it cannot stand, in \`A=>>K: read\`; expected the end of the line or \`->>\` or \`:\` and a text; do: compare with https://mermaid.js.org/syntax/sequenceDiagram.html"`);
  });

  it('a group that is not closed', async () => {
    expect(await told('flowchart TB\n  accTitle: T\n  subgraph a\n    b --> c\n')).toMatchInlineSnapshot(`"4: found the end of the diagram after \`b --> c\`; expected \`end\`; do: close what is open: each group or block needs an \`end\`"`);
  });

  it('the line is that of the fence when comments and empty lines stand before it', async () => {
    const { line } = await mistakeOf('\n\n%% a comment\nflowchart TB\n\n  %% another\n  accTitle: T\n\n  %% a third\n  a --> --> b\n');
    expect(line).toBe(10);
  });

  it('the line counts with Windows line ends too', async () => {
    expect((await mistakeOf('flowchart TB\r\n  accTitle: T\r\n  a --> --> b\r\n')).line).toBe(3);
  });
});

describe('a diagram that is refused', () => {
  it('without a title', async () => {
    expect(await told('flowchart TB\n  a --> b')).toMatchInlineSnapshot(`"1: found a diagram without a title; expected \`accTitle: …\`, which screen readers announce; do: add a line \`accTitle: …\` below the first line, and \`accDescr: …\` with what the picture shows"`);
  });

  it('without a title, of a kind whose grammar has none', async () => {
    expect((await mistakeOf('block\n  a b')).found).toBe('a diagram without a title');
  });

  it('of a kind that is not drawn here', async () => {
    expect(await told('pie\n  accTitle: T\n  "a": 3')).toMatchInlineSnapshot(`"1: found \`pie\`, a kind of diagram that is not drawn here; expected one of flowchart, sequenceDiagram, stateDiagram-v2, block, classDiagram; do: use one of these, or a table or a list"`);
  });

  it('of an old form of a kind', async () => {
    expect(await told('stateDiagram\n  [*] --> A')).toMatchInlineSnapshot(`"1: found \`stateDiagram\`, a kind of diagram that is not drawn here; expected one of flowchart, sequenceDiagram, stateDiagram-v2, block, classDiagram; do: write \`stateDiagram-v2\`"`);
  });

  it('empty', async () => {
    expect(await told('  \n')).toMatchInlineSnapshot(`"1: found an empty diagram; expected a kind of diagram (flowchart, sequenceDiagram, stateDiagram-v2, block, classDiagram); do: write one, or remove the fence"`);
  });

  it('with a class that does not exist', async () => {
    expect(await told('flowchart TB\n  accTitle: T\n  a --> b\n  b:::kernal')).toMatchInlineSnapshot(`"4: found the class \`kernal\` at "b"; expected one of hardware, firmware, hypervisor, kernel, userland, application, machine, sandbox; do: use one of these or none"`);
  });

  it.each([
    ['classDef', 'flowchart TB\n accTitle: T\n a\n classDef hot fill:#f00', 4],
    ['style', 'flowchart TB\n accTitle: T\n a\n style a fill:#f00', 4],
    ['linkStyle', 'flowchart TB\n accTitle: T\n a --> b\n linkStyle 0 stroke:#f00', 4],
    ['a colored region', 'sequenceDiagram\n accTitle: T\n rect rgb(1,2,3)\n A->>B: x\n end', 3],
  ])('with fixed colors: %s', async (_name, fence, line) => {
    expect(await mistakeOf(fence)).toMatchObject({ line });
  });

  it('with a class that Mermaid would pass over', async () => {
    expect(await told('stateDiagram-v2\n  accTitle: T\n  [*] --> Ready\n  Ready:::kernel')).toMatchInlineSnapshot(`"4: found a class given by \`:::\` on a line of its own, which Mermaid passes over in state diagrams; expected \`class id kernel\`; do: write it so"`);
  });

  it('with a picture in it', async () => {
    expect((await mistakeOf('flowchart TB\n accTitle: T\n a@{ icon: "fa:user", label: "x" }')).message).toMatch(/found a diagram that/);
  });
});
