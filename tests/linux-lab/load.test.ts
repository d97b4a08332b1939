/** What an author reads when an experiment does not fit: file, line, what was found, what was expected, what to do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/facts/problem.ts';
import { linuxFiles } from '../../src/linux-lab/files.ts';
import { labOf, loadExperiments } from '../../src/linux-lab/load.ts';

const GOOD = `- id: boot
  title: Boot a machine
  belief: It takes minutes.
  task: Press the button.
  needs: [a]
  steps:
    - says: Ask it.
      on: a
      type: uname -a
  probes:
    a: echo up=1
  done:
    - { when: [a.up > 0], says: a machine that is up }
  hints:
    - when: [a.up = 0]
      says: Wait.
  timing: { on: a, line: 'true', times: 5 }
  measures:
    - id: boot
      title: Power on to prompt
      unit: ms
      from: clock.boot.a
      model: On hardware {known}.
  means: It is emulation.
`;

const roots: string[] = [];
afterEach(() => roots.splice(0).forEach((root) => rmSync(root, { recursive: true })));

function rootWith(path: string, text: string): string {
  const root = mkdtempSync(join(tmpdir(), 'linux-lab-'));
  roots.push(root);
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
  return root;
}

const load = (text: string) => loadExperiments(rootWith('content/linux-lab/experiments.yaml', text), (id) => (id === 'known' ? '126.7 ms' : undefined));
const mistakes = (text: string) => load(text).problems.map(formatProblem);

describe('experiments', () => {
  test('are read as the model wants them, with figures put into their words', () => {
    const { experiments, problems } = load(GOOD);
    expect(problems).toEqual([]);
    expect(experiments).toMatchObject([{ id: 'boot', done: [{ when: [{ key: 'a.up', is: '>', than: { value: 0 } }], says: 'a machine that is up' }], timing: { times: 5 }, measures: [{ unit: 'ms', model: 'On hardware 126.7 ms.', figures: ['known'] }] }]);
    expect(load(GOOD.replace(/ {2}steps:\n[^]*?(?= {2}probes)/, '  steps: []\n'))).toMatchObject({ problems: [], experiments: [{ steps: [] }] });
    expect(load(GOOD.replace("  timing: { on: a, line: 'true', times: 5 }\n", '').replace('      unit: ms\n', '')).experiments[0]).toMatchObject({ measures: [{ unit: '' }] });
  });

  test('of this site each have a recorded result for each of its measures', () => {
    const { experiments, recording } = labOf();
    expect(experiments.length).toBeGreaterThan(0);
    for (const { id, measures } of experiments) expect(Object.keys(recording.results[id] ?? {})).toEqual(measures.map((measure) => measure.id));
  });

  /** What is wrong, and each line that says so without the file’s name. */
  const CASES: readonly (readonly [what: string, text: string, ...says: readonly string[]])[] = [
    ['text that is not YAML', '- id: [boot',
      '1:12  found text that is not YAML; expected valid YAML; do: mend it: Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['no list', 'id: boot\n',
      '1:1  found no list; expected a list of experiments; do: begin each with "- id:"'],
    ['an experiment without a title', GOOD.replace('  title: Boot a machine\n', ''),
      '1:3  found no "title"; expected the title of the experiment; do: add "title"'],
    ['a key that nobody knows', GOOD.replace('  belief:', '  belive:'),
      '1:3  found no "belief"; expected the belief that it tests, as a sentence; do: add "belief"', '3:3  found the unknown key "belive"; expected only these keys: id, title, belief, task, needs, steps, probes, done, hints, timing, measures, means; do: rename it to "belief"'],
    ['an id that no link could carry', GOOD.replace('id: boot\n  title: Boot', 'id: Boot 1\n  title: Boot'),
      '1:7  found "Boot 1" as "id"; expected a word of small letters; do: replace it'],
    ['a machine that does not exist', GOOD.replace('needs: [a]', 'needs: [c]'),
      '5:11  found "c" in "needs"; expected one of a, b; do: write "a"'],
    ['no machine', GOOD.replace('needs: [a]', 'needs: []'),
      '5:10  found [] as "needs"; expected at least one machine; do: replace it'],
    ['two lines to type', GOOD.replace('type: uname -a', 'type: "one\\ntwo"'),
      '9:13  found "one\\ntwo" as "type"; expected a single line of shell; do: replace it'],
    ['a probe of another machine', GOOD.replace('    a: echo up=1', '    c: echo up=1'),
      '11:5  found the unknown key "c"; expected a line of shell for each machine that is asked; do: remove it'],
    ['a condition that is none', GOOD.replace('when: [a.up > 0]', 'when: [up is 1]'),
      '13:16  found "up is 1" in "when"; expected a condition such as "a.status = 137", with a space on both sides of =, !=, >, < or has; do: replace it'],
    ['nothing to be done', GOOD.replace('done:\n    - { when: [a.up > 0], says: a machine that is up }', 'done: []'),
      '12:9  found [] as "done"; expected at least one; do: replace it'],
    ['a hint for no occasion', GOOD.replace('when: [a.up = 0]', 'when: []'),
      '15:13  found [] as "when"; expected at least one condition; do: replace it'],
    ['timing without an end', GOOD.replace('times: 5', 'times: 500'),
      '17:41  found 500 as "times"; expected how many times, from 1 to 20; do: replace it'],
    ['a unit that is not shown', GOOD.replace('unit: ms', 'unit: furlongs'),
      '21:13  found "furlongs" as "unit"; expected one of ms, ×, %, bytes; do: replace it'],
    ['a measure from nowhere', GOOD.replace('from: clock.boot.a', 'from: boot'),
      '22:13  found "boot" as "from"; expected a key such as a.kernel, or a quotient such as clock.boot.a / clock.timed; do: replace it'],
    ['no measure', `${GOOD.slice(0, GOOD.indexOf('  measures:'))}  measures: []\n  means: It is emulation.\n`,
      '18:13  found [] as "measures"; expected at least one measure; do: replace it'],
    ['a figure that is not there', GOOD.replace('{known}', '{start.fc}'),
      '23:14  found the unknown figure "start.fc"; expected the id of a figure in content/facts; do: correct the id'],
    ['a step for a machine that is not there', GOOD.replace('      on: a', '      on: b'),
      '8:11  found machine b, which the experiment does not need; expected one of its "needs": a; do: add b to "needs", or take another machine'],
    ['a key that no probe answers', GOOD.replace('when: [a.up > 0]', 'when: [a.upp > 0]'),
      '13:16  found the key "a.upp", which nothing answers; expected a key of a probe or a clock: a.up, clock.boot.a, clock.timed; do: write a.up'],
    ['a clock of nothing', GOOD.replace('from: clock.boot.a', 'from: clock.boot.a / clock.timd'),
      '22:13  found the key "clock.timd", which nothing answers; expected a key of a probe or a clock: a.up, clock.boot.a, clock.timed; do: write clock.timed'],
    ['a measure that takes the place of another', GOOD.replace('  means:', '    - { id: boot, title: Again, from: a.up, model: the same }\n  means:'),
      '24:13  found the measure "boot" a second time; expected an id of its own within the experiment; do: take another'],
    ['quotes of a word processor', GOOD.replace('type: uname -a', 'type: echo “x”'),
      '9:13  found a typographic quote in a line of shell; expected the straight quotes \' and "; do: type it anew'],
    ['a prompt that was copied along', GOOD.replace('type: uname -a', 'type: $ uname -a'),
      '9:13  found a prompt before a line of shell; expected the line as it is typed; do: remove the prompt'],
    ['a figure where none is shown', GOOD.replace('means: It is', 'means: After {known} it is'),
      '24:10  found "{known}" in words; expected a figure as {id}, without spaces, in "model" only; do: move it there, or remove the braces'],
    ['text that YAML cuts', GOOD.replace('says: Wait.', 'says: Wait for #1.'),
      '16:13  found a # after unquoted text, where YAML begins a comment; expected the whole text in quotes, or the comment on a line of its own; do: put the text in quotes'],
    ['a mistake behind another', GOOD.replace('needs: [a]', 'needs: a') + GOOD.replace('id: boot\n  title', 'id: two\n  title').replace('{known}', '{start.fc}'),
      '5:10  found "a" as "needs"; expected a list of machines; do: replace it', '47:14  found the unknown figure "start.fc"; expected the id of a figure in content/facts; do: correct the id'],
    ['one id for two', GOOD + GOOD,
      '25:7  found "boot" a second time; expected an id of its own; do: take another'],
  ];

  test.each(CASES)('%s', (_, text, ...says) => {
    expect(load(text).experiments).toEqual([]);
    expect(mistakes(text)).toEqual(says.map((line) => `content/linux-lab/experiments.yaml:${line}`));
  });

  test('are refused as a whole, with every mistake in one message', () => {
    const root = rootWith('content/linux-lab/experiments.yaml', GOOD.replace('{known}', '{start.fc}') + GOOD);
    for (const kind of ['facts', 'sources', 'claims']) mkdirSync(join(root, 'content', kind), { recursive: true });
    expect(() => labOf(root)).toThrow(/^The experiments do not fit:\n.*unknown figure "start\.fc"[^]*"boot" a second time/);
  });
});

describe('the machines’ files', () => {
  const file = (role: string, name: string) => ({ name, role, stored: { bytes: 1, sha256: 'a' }, unpacked: { bytes: 2, sha256: 'b' }, more: 'not for pages' });
  const rootOf = (...files: readonly object[]) => rootWith('public/linux/manifest.json', JSON.stringify({ files }));

  test('are found by what they are for', () => {
    const root = rootOf(file('kernel', 'one'), file('initramfs', 'files'), file('kernel', 'two'), file('emulator', 'wasm'));
    const { wasm, kernels, initramfs, folder } = linuxFiles('/linux/', root);
    expect([wasm.name, kernels.a.name, kernels.b.name, initramfs.name, folder]).toEqual(['wasm', 'one', 'two', 'files', '/linux/']);
    expect(wasm).toEqual({ name: 'wasm', stored: { bytes: 1, sha256: 'a' }, unpacked: { bytes: 2, sha256: 'b' } });
  });

  test('are missed by name', () => {
    expect(() => linuxFiles('/linux/', rootOf(file('kernel', 'one'), file('emulator', 'wasm')))).toThrow('public/linux/manifest.json has no file 2 of the role "kernel".');
    expect(() => linuxFiles('/linux/', rootOf())).toThrow('has no file 1 of the role "emulator".');
  });
});
