/** The check: each mistake that an author can make, and the exact line that answers it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, checkBody, draft, entry, LESSON } from './sample.ts';

const OTHER = 'content/lessons/01-layers/02-system-calls.mdx';
const KERNEL = 'content/glossary/kernel.md';

describe('tags', () => {
  test('a playground with right props is left alone', () => {
    expect(checkBody(`<BootRace containers={8} stack="vm" stacks={['vm', "metal"]} quiet caption="Press Start." />`)).toBe('');
  });

  test('an unknown tag is answered with the nearest name', () => {
    expect(checkBody('<BootRce caption="Press Start." />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found unknown tag <BootRce>; expected BootRace, StackBuilder, Figure, Claim, Source, Recorded or Predict; do: rename it to <BootRace>"`);
    expect(checkBody('Text <Diagramm /> text.')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:6  found unknown tag <Diagramm>; expected BootRace, StackBuilder, Figure, Claim, Source, Recorded or Predict; do: use one of these, or remove it"`);
  });

  test('HTML that Markdown can say is answered with the Markdown', () => {
    expect(checkBody('Press <kbd>Ctrl</kbd> and <a href="/">go</a>.')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:27  found HTML <a>; expected Markdown: [text](address); do: write it in Markdown"`);
    expect(checkBody('<kbd class="big">Ctrl</kbd>')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:6  found class on <kbd>; expected no attributes; do: remove it"`);
  });

  test('props: unknown, missing, of the wrong type, out of range, not in the list', () => {
    expect(checkBody('<BootRace contaners={8} caption="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found unknown prop contaners on <BootRace>; expected caption, containers, vms, stack, stacks or quiet; do: rename it to containers"`);
    expect(checkBody('<BootRace containers={8} />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found <BootRace> without caption; expected a caption that tells the reader what to do; do: add caption="…""`);
    expect(checkBody('<BootRace containers="8" caption="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found containers="8" on <BootRace>; expected a whole number from 0 to 200; do: write containers={8}, with braces"`);
    expect(checkBody('<BootRace\n  caption="vms"\n  vms={900}\n/>')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found props of <BootRace> that do not fit together (more than 200 machines); expected props as the README beside the playground has them; do: correct them
      content/lessons/01-layers/01-what-an-os-is.mdx:12:3  found vms={900} on <BootRace>; expected a whole number from 0 to 64; do: correct vms"
    `);
    expect(checkBody('<BootRace stack="contaner" caption="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found stack="contaner" on <BootRace>; expected one of metal, vm, container; do: write stack="container""`);
    expect(checkBody('<BootRace stacks={["vm", "unikernel"]} caption="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found stacks={["vm", "unikernel"]} on <BootRace>; expected a list, each item one of metal, vm, container; do: correct stacks"`);
    expect(checkBody('<BootRace captoin="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found unknown prop captoin on <BootRace>; expected caption, containers, vms, stack, stacks or quiet; do: rename it to caption"`);
    expect(checkBody('<BootRace containers={190} vms={60} caption="x" />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found props of <BootRace> that do not fit together (more than 200 machines); expected props as the README beside the playground has them; do: correct them"`);
    expect(checkBody('<BootRace caption />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found caption on <BootRace>; expected a caption that tells the reader what to do; do: correct caption"`);
  });

  test('props that are code', () => {
    expect(checkBody('<BootRace vms={4 + 4} {...others} caption={`x`} />')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found {...others} on <BootRace>; expected each prop by its name; do: write the props one by one
      content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found code: vms={4 + 4}; expected a plain value such as {8}, {true}, "text" or {['a', 'b']}; do: write the value itself
      content/lessons/01-layers/01-what-an-os-is.mdx:10:35  found code: caption={\`x\`}; expected a plain value such as {8}, {true}, "text" or {['a', 'b']}; do: write the value itself"
    `);
  });

  test('text inside a tag that takes none', () => {
    expect(checkBody('<BootRace caption="x">Press Start.</BootRace>')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found text inside <BootRace>; expected <BootRace … /> with nothing inside; do: move the text out"`);
  });

  test('unknown figures, claims and sources', () => {
    expect(checkBody('<Figure id="start.dokcer.engine" /> and <Claim id="slower" /> and <Source id="man-vdos" />')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:9  found unknown figure "start.dokcer.engine"; expected the id of a figure in content/facts; do: write id="start.docker.engine"
      content/lessons/01-layers/01-what-an-os-is.mdx:10:48  found unknown claim "slower"; expected the id of a claim in content/claims; do: pick one from content/claims, or add it there
      content/lessons/01-layers/01-what-an-os-is.mdx:10:75  found unknown source "man-vdos"; expected the id of a source in content/sources; do: write id="man-vdso""
    `);
    expect(checkBody('<Recorded id="start.ration" />')).toContain('found unknown recorded result "start.ration"; expected the id of a recorded result in content/linux-lab; do: write id="start.ratio"');
    expect(checkBody('<Figure id="start.docker.engine" /> <Claim id="faster-always" /> <Source id="man-vdso" /> <Recorded id="boot.boot" />')).toBe('');
    expect(checkBody('<Figure />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found <Figure> without id; expected an id; do: add id="…""`);
  });

  test('a prediction needs options, an answer among them and an explanation', () => {
    expect(checkBody('<Predict question="How many kernels?" options="one | two" answer="two">Because.</Predict>')).toBe('');
    expect(checkBody('<Predict question="How many kernels?" options="one | two" answer="three" />')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found <Predict> with nothing inside; expected the explanation between <Predict …> and </Predict>; do: write why the answer is right
      content/lessons/01-layers/01-what-an-os-is.mdx:10:59  found answer="three" on <Predict>; expected one of the options, word for word; do: correct answer"
    `);
    expect(checkBody('<Predict question="How many kernels?" options="one" answer="one">Because.</Predict>')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:39  found options="one" on <Predict>; expected two to five answers, separated by " | "; do: correct options"`);
  });
});

describe('code in prose', () => {
  test('imports and exports', () => {
    expect(checkBody("import BootRace from '../BootRace.astro';\n\nText.\n\nexport const n = 1;")).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found "import BootRace from '../BootRace.astro';"; expected no import or export: every playground is known by its name; do: remove the line
      content/lessons/01-layers/01-what-an-os-is.mdx:14:1  found "export const n = 1;"; expected no import or export: every playground is known by its name; do: remove the line"
    `);
  });

  test('expressions, but not comments', () => {
    expect(checkBody('There are {1 + 1} kernels.\n\n{/* Say why. */}')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:11  found {1 + 1}; expected text; do: write the text itself; for a plain brace write \\{"`);
  });
});

describe('MDX that cannot be read', () => {
  test('tags that are not closed, or close nothing', () => {
    expect(checkBody('Text.\n\n<Predict question="x">\n\nText.')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:12:1  found <Predict> that is never closed; expected </Predict>, or /> at the end of the tag; do: close it; for a plain "<" write \\<"`);
    expect(checkBody('Text.\n\n</Predict>')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:12:1  found a closing tag </Predict> that closes nothing; expected <Predict> before it, and tags closed in the order in which they were opened; do: open <Predict> or remove </Predict>"`);
  });

  test('values without quotes or braces, and values that are none', () => {
    expect(checkBody('<BootRace vms=4 />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found "<BootRace vms=4 />", which begins like a tag and is none; expected a tag such as <Figure id="…" />, every value in quotes or braces; do: correct the tag; for a plain "<" write \\<"`);
    expect(checkBody('<BootRace vms={4 +} />')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:15  found "{4 +} />", which is not a value; expected a plain value such as {8}, {true} or "text"; do: write the value; for a plain brace write \\{"`);
  });

  test('plain braces and angle brackets, and HTML comments', () => {
    expect(checkBody('A set {a, b of things.')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:7  found "{a, b of things.", a brace that is never closed; expected no braces in prose; do: write \\{ for a plain brace, or put the text in backticks"`);
    expect(checkBody('If a <b then.')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:6  found "<b then.", which begins like a tag and is none; expected a tag such as <Figure id="…" />, every value in quotes or braces; do: correct the tag; for a plain "<" write \\<"`);
    expect(checkBody('<!-- note -->')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found an HTML comment; expected a comment as {/* … */}; do: write {/* … */} or remove it"`);
  });

  test('keeps nothing else in the file from being found', () => {
    expect(checkBody('The [[kernl]] has {one door.\n\n<Diagramm />\n\n<BootRace vms={4 +}\n  caption="Wait 5 s." />\n\n<b>x</i>\n\nIt takes 5 ms, and <a way out.')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found [[kernl]]; expected a glossary term or alias, or the title or slug of a lesson; do: add the term to content/glossary, or remove the brackets
      content/lessons/01-layers/01-what-an-os-is.mdx:10:19  found "{one door.", a brace that is never closed; expected no braces in prose; do: write \\{ for a plain brace, or put the text in backticks
      content/lessons/01-layers/01-what-an-os-is.mdx:12:1  found unknown tag <Diagramm>; expected BootRace, StackBuilder, Figure, Claim, Source, Recorded or Predict; do: use one of these, or remove it
      content/lessons/01-layers/01-what-an-os-is.mdx:14:15  found "{4 +}", which is not a value; expected a plain value such as {8}, {true} or "text"; do: write the value; for a plain brace write \\{
      content/lessons/01-layers/01-what-an-os-is.mdx:17:5  found a closing tag </i> that closes nothing; expected <i> before it, and tags closed in the order in which they were opened; do: open <i> or remove </i>
      content/lessons/01-layers/01-what-an-os-is.mdx:19:10  found the bare measurement "5 ms"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
      content/lessons/01-layers/01-what-an-os-is.mdx:19:20  found "<a way out.", which begins like a tag and is none; expected a tag such as <Figure id="…" />, every value in quotes or braces; do: correct the tag; for a plain "<" write \\<"
    `);
  });

  test('never makes the check itself fail, and every problem stands inside the file', () => {
    const pieces = ['<', '>', '</', '/>', '{', '}', '"', "'", '`', '```', '[[', ']]', '|', '[', '](', ')', '!', '<!--', '-->', '---', '#', '\n', '\n\n', '\r\n', '  ', 'a', ' ', 'Predict', 'b', '=', '1', ' ms', '😀', '\\', '%', '/', '#', '* ', '> ', 'import ', 'export '];
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
      const text = draft(parts.join(''));
      const lines = text.split('\n').length;
      for (const problem of check({ [LESSON]: text }).split('\n').filter((line) => line !== '')) {
        const place = /^[\w./-]+:(\d+):(\d+)  found /.exec(problem);
        expect(place, problem).not.toBeNull();
        expect(Number(place?.[1])).toBeLessThanOrEqual(lines);
      }
    }), { numRuns: 500 });
  });

  test('lets no other file be blamed: the anchors of a broken lesson are not known', () => {
    expect(check({ [LESSON]: draft('[there](/lessons/system-calls/#the-door)'), [OTHER]: draft('## The door {', { title: 'System calls' }) }).split('\n')).toHaveLength(1);
  });
});

describe('links', () => {
  const others = { [OTHER]: draft('## The one door\n\n<BootRace caption="x" />', { title: 'System calls' }), [KERNEL]: entry('kernel', 'Text.', ['core']) };

  test('pages, anchors, playgrounds and files that are there are left alone', () => {
    expect(checkBody(`[a](/lessons/system-calls/) [b](/lessons/system-calls/#the-one-door) [c](../system-calls/#BootRace-1) [d](/glossary/#kernel) [e](#here)
[f](/playgrounds/BootRace/?BootRace-1=x#BootRace-1) [g](/embed/BootRace/) [h](/sources/#man-vdso) [i](/claims/#faster-always) [j](/favicon.svg)
[k](https://example.org/x#y) [l](mailto:a@example.org) [[kernel]] [[Core|the core]] [[System calls]] [[system-calls|before]]

## Here`, others)).toBe('');
  });

  test('pages that are not there', () => {
    expect(checkBody('See [a](/lessons/system-call/) and [b](/nowhere-at-all/).', others)).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found link to /lessons/system-call/; expected the address of a page of this site; do: write /lessons/system-calls/
      content/lessons/01-layers/01-what-an-os-is.mdx:10:36  found link to /nowhere-at-all/; expected the address of a page of this site; do: correct the address or remove the link"
    `);
    expect(checkBody('See [a](../system-calls).', others)).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found link to ../system-calls; expected the address of a page of this site; do: write /lessons/system-calls/"`);
    expect(checkBody('See [a](02-system-calls.mdx).', others)).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found link to 02-system-calls.mdx; expected the address of a page of this site; do: write /lessons/system-calls/"`);
    expect(checkBody('See [a][ref] and [b]().\n\n[ref]: /abuot/', others)).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:18  found a link without an address; expected an address in the parentheses; do: add the address
      content/lessons/01-layers/01-what-an-os-is.mdx:12:1  found link to /abuot/; expected the address of a page of this site; do: write /about/"
    `);
  });

  test('anchors that are not there', () => {
    expect(checkBody('See [a](/lessons/system-calls/#the-one-dor), [b](#top) and [c](/glossary/#kernle).', others)).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found link to /lessons/system-calls/#the-one-dor; expected an anchor of /lessons/system-calls/; do: write #the-one-door
      content/lessons/01-layers/01-what-an-os-is.mdx:10:46  found link to #top; expected an anchor of /lessons/what-an-os-is/; do: link to one of its headings, or to the page
      content/lessons/01-layers/01-what-an-os-is.mdx:10:60  found link to /glossary/#kernle; expected an anchor of /glossary/; do: write #kernel"
    `);
  });

  test('names that nothing answers to', () => {
    expect(checkBody('The [[kernl]] and the [[hypervisor|VMM]].', others)).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found [[kernl]]; expected a glossary term or alias, or the title or slug of a lesson; do: write [[kernel]], or [[kernel|kernl]] to keep the text
      content/lessons/01-layers/01-what-an-os-is.mdx:10:23  found [[hypervisor]]; expected a glossary term or alias, or the title or slug of a lesson; do: add the term to content/glossary, or remove the brackets"
    `);
  });

  test('links from an entry', () => {
    expect(check({ [KERNEL]: entry('kernel', 'Answers a [[system call]], see [calls](/lessons/calls/) and [below](#userland).') })).toMatchInlineSnapshot(`
      "content/glossary/kernel.md:7:11  found [[system call]]; expected a glossary term or alias, or the title or slug of a lesson; do: add the term to content/glossary, or remove the brackets
      content/glossary/kernel.md:7:32  found link to /lessons/calls/; expected the address of a page of this site; do: correct the address or remove the link
      content/glossary/kernel.md:7:61  found link to #userland; expected an anchor of /glossary/; do: link to one of its headings, or to the page"
    `);
  });

  test('links from a published lesson to a draft', () => {
    const published = { [LESSON]: draft('See [[system-calls]].', { draft: 'false' }), [OTHER]: draft('Text.', { title: 'System calls' }) };
    expect(check(published).split('\n').filter((line) => line.includes('draft content'))).toMatchInlineSnapshot(`
      [
        "content/lessons/01-layers/01-what-an-os-is.mdx:10:5  found link to the draft content/lessons/01-layers/02-system-calls.mdx; expected a lesson that is published; do: publish it or remove the link",
      ]
    `);
  });
});

describe('pictures', () => {
  test('images need a text and a file of the project', () => {
    expect(checkBody('![The stack](stack.png)\n\n![](stack.png)\n\n![x](stak.png)\n\n![x](https://example.org/a.png)')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:12:1  found an image without alternative text; expected ![what it shows](file); do: say between the brackets what a reader who cannot see it needs to know
      content/lessons/01-layers/01-what-an-os-is.mdx:14:1  found image "stak.png"; expected the file content/lessons/01-layers/stak.png; do: add the file or correct the name
      content/lessons/01-layers/01-what-an-os-is.mdx:16:1  found an image from elsewhere, https://example.org/a.png; expected a file of this project: pages ask no other site for anything; do: put the file beside the lesson, with its licence"
    `);
  });

  test('diagrams need a title', () => {
    expect(checkBody('```mermaid\nflowchart TB\n  accTitle: Two layers\n  a --> b\n```\n\n```mermaid\nflowchart TB\n  a --> b\n```')).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:16:1  found a diagram without accTitle; expected a line "accTitle: …" that says what the diagram shows; do: add it below the diagram's first line"`);
  });
});

describe('measurements', () => {
  test('a bare number with a unit is reported, wherever prose stands', () => {
    expect(checkBody(`It starts in 541 ms, or 30–90 s, and takes **8** MB.

| engine | start |
|---|---|
| Docker | 20 % |

## Ten times, 10 times faster

- 1.5 GiB, 2.4GHz, 4x, 10\u00a0µs, 100 bytes`)).toMatchInlineSnapshot(`
  "content/lessons/01-layers/01-what-an-os-is.mdx:10:14  found the bare measurement "541 ms"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:10:25  found the bare measurement "30–90 s"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:10:46  found the bare measurement "8 MB"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:14:12  found the bare measurement "20 %"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:16:15  found the bare measurement "10 times"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:18:3  found the bare measurement "1.5 GiB"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:18:12  found the bare measurement "2.4GHz"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:18:20  found the bare measurement "4x"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:18:24  found the bare measurement "10 µs"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks
  content/lessons/01-layers/01-what-an-os-is.mdx:18:31  found the bare measurement "100 bytes"; expected <Figure id="…" />, so that it has a source; do: add it to content/facts and cite it; put a number that was never measured in backticks"
`);
  });

  test('code, versions, years, names and counts are none', () => {
    expect(checkBody('Windows 10 Home, OS X 10.8, Linux 5.15, in 2013 and the 1990s, 64-bit, 3 kernels, x86, 0x10, `541 ms`, `4096` bytes, WSL 2, 7 days.\n\n```sh\nsleep 5 s\n```')).toBe('');
  });

  test('neither are captions and the options of a prediction', () => {
    expect(checkBody('<Predict question="In 5 s?" options="5 s | 5 ms" answer="5 ms">Because.</Predict>\n\n<BootRace caption="Wait 5 s." />')).toBe('');
  });
});

describe('headings', () => {
  test('no title in prose, no skipped level, no empty heading', () => {
    expect(checkBody('# Title\n\n## One\n\n#### Three\n\n##\n\n### Two')).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:10:1  found # Title; expected a heading of level 2 or below: the title comes from the frontmatter; do: write ## Title
      content/lessons/01-layers/01-what-an-os-is.mdx:14:1  found #### Three; expected level 3 at most, after level 2; do: write ### Three
      content/lessons/01-layers/01-what-an-os-is.mdx:16:1  found an empty heading; expected words after the #; do: write them or remove the heading"
    `);
  });

  test('none in an entry, and no tags', () => {
    expect(check({ [KERNEL]: entry('kernel', '## More\n\nText <Figure id="start.docker.engine" /> of 5 MB. <!-- note -->') })).toMatchInlineSnapshot(`
      "content/glossary/kernel.md:7:1  found a heading of level 2; expected no headings in a glossary entry; do: write a paragraph
      content/glossary/kernel.md:9:6  found "<Figure id="start.docker.engine" />"; expected Markdown without tags: glossary entries are plain text; do: write it in Markdown; for a plain "<" write \\<
      content/glossary/kernel.md:9:45  found the bare measurement "5 MB"; expected no measurement: entries cite none; do: move it to a lesson; put a number that was never measured in backticks"
    `);
  });
});

describe('frontmatter', () => {
  test('unknown, missing and wrong keys', () => {
    expect(check({ [LESSON]: '---\ntitle: 1984\nmisconceptions: []\nminuets: 8\nupdated: 2026-02-30\ntags: [a]\ndraft: true\n---\n\nText.\n' })).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:2:1  found title: 1984; expected a text that is not empty; do: correct "title"
      content/lessons/01-layers/01-what-an-os-is.mdx:2:1  found no "summary"; expected a text that is not empty; do: add a line "summary: …"
      content/lessons/01-layers/01-what-an-os-is.mdx:3:1  found misconceptions: []; expected a list of at least 1, each item a text that is not empty; do: correct "misconceptions"
      content/lessons/01-layers/01-what-an-os-is.mdx:4:1  found unknown key "minuets"; expected title, summary, minutes, misconceptions, updated or draft; do: rename it to "minutes"
      content/lessons/01-layers/01-what-an-os-is.mdx:5:1  found updated: "2026-02-30"; expected a day as YYYY-MM-DD; do: correct "updated"
      content/lessons/01-layers/01-what-an-os-is.mdx:6:1  found unknown key "tags"; expected title, summary, minutes, misconceptions, updated or draft; do: remove it"
    `);
  });

  test('a line that is not YAML, and none at all', () => {
    expect(check({ [LESSON]: '---\ntitle: Smaller: yes\n---\n\nText.\n' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:2:8  found a line that is not YAML (a text that holds a colon and a space needs quotes around…); expected "key: value" lines; do: correct it; a value with ": " or # in it needs quotes"`);
    expect(check({ [LESSON]: 'Text.\n' })).toMatchInlineSnapshot(`"content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found no frontmatter; expected lines between --- and --- with title, summary, minutes, misconceptions, updated, draft; do: add them at the top of the file"`);
  });

  test('of an entry', () => {
    expect(check({ [KERNEL]: '---\nterm: kernel\nalias: [core]\n---\n\nText.\n' })).toMatchInlineSnapshot(`
      "content/glossary/kernel.md:2:1  found no "summary"; expected a text that is not empty; do: add a line "summary: …"
      content/glossary/kernel.md:3:1  found unknown key "alias"; expected term, aliases or summary; do: rename it to "aliases""
    `);
  });

  test('of a chapter', () => {
    expect(check({ [LESSON]: draft('Text.'), 'content/lessons/01-layers/chapter.yaml': 'title: Layers\n' })).toMatchInlineSnapshot(`"content/lessons/01-layers/chapter.yaml:1:1  found no "summary"; expected a text that is not empty; do: add a line "summary: …""`);
  });
});

describe('names', () => {
  test('files that say nothing, twice the same address, twice the same number', () => {
    expect(check({
      [LESSON]: draft('Text.'),
      'content/lessons/01-layers/01-kernels.mdx': draft('Text.', { title: 'Kernels' }),
      'content/lessons/02-cuts/01-kernels.mdx': draft('Text.', { title: 'Kernels again' }),
      'content/lessons/01-layers/notes.md': 'Text.',
    })).toMatchInlineSnapshot(`
      "content/lessons/01-layers/01-what-an-os-is.mdx:1:1  found number 1, which content/lessons/01-layers/01-kernels.mdx has; expected a number of its own in the chapter; do: renumber one of them
      content/lessons/01-layers/notes.md:1:1  found a file name that is not a lesson's or an entry's; expected content/lessons/<NN-chapter>/<NN-lesson>.mdx, in small letters, digits and hyphens; do: rename or move the file
      content/lessons/02-cuts/01-kernels.mdx:1:1  found the address /lessons/kernels/, which content/lessons/01-layers/01-kernels.mdx has; expected an address of its own; do: give the file another name after its number"
    `);
  });

  test('two entries with one name', () => {
    expect(check({ [KERNEL]: entry('kernel'), 'content/glossary/nucleus.md': entry('nucleus', 'Text.', ['Kernel']) })).toMatchInlineSnapshot(`"content/glossary/nucleus.md:2:1  found the name "kernel", which content/glossary/kernel.md has; expected names that lead to one page; do: choose another title, term or alias"`);
  });
});
