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
  done: [a.up > 0]
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
    expect(experiments).toMatchObject([{ id: 'boot', done: [{ key: 'a.up', is: '>', than: { value: 0 } }], timing: { times: 5 }, measures: [{ unit: 'ms', model: 'On hardware 126.7 ms.', figures: ['known'] }] }]);
    expect(load(GOOD.replace(/ {2}steps:\n[^]*?(?= {2}probes)/, '  steps: []\n'))).toMatchObject({ problems: [], experiments: [{ steps: [] }] });
    expect(load(GOOD.replace("  timing: { on: a, line: 'true', times: 5 }\n", '').replace('      unit: ms\n', '')).experiments[0]).toMatchObject({ measures: [{ unit: '' }] });
  });

  test('of this site are eleven, each with a recorded result for each of its measures', () => {
    const { experiments, recording } = labOf();
    expect(experiments).toHaveLength(11);
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
      '5:11  found "c" as "0"; expected one of a, b; do: write "a"'],
    ['no machine', GOOD.replace('needs: [a]', 'needs: []'),
      '5:10  found [] as "needs"; expected at least one machine; do: replace it'],
    ['two lines to type', GOOD.replace('type: uname -a', 'type: "one\\ntwo"'),
      '9:13  found "one\\ntwo" as "type"; expected a single line of shell; do: replace it'],
    ['a probe of another machine', GOOD.replace('    a: echo up=1', '    c: echo up=1'),
      '11:5  found the unknown key "c"; expected a line of shell for each machine that is asked; do: remove it'],
    ['a condition that is none', GOOD.replace('done: [a.up > 0]', 'done: [up is 1]'),
      '12:10  found "up is 1" as "0"; expected a condition such as "a.status = 137"; with = , != , > , < or has; do: replace it'],
    ['nothing to be done', GOOD.replace('done: [a.up > 0]', 'done: []'),
      '12:9  found [] as "done"; expected at least one condition; do: replace it'],
    ['a hint for no occasion', GOOD.replace('when: [a.up = 0]', 'when: []'),
      '14:13  found [] as "when"; expected at least one condition; do: replace it'],
    ['timing without an end', GOOD.replace('times: 5', 'times: 500'),
      '16:41  found 500 as "times"; expected how many times, from 1 to 20; do: replace it'],
    ['a unit that is not shown', GOOD.replace('unit: ms', 'unit: furlongs'),
      '20:13  found "furlongs" as "unit"; expected one of ms, ×, %, bytes; do: replace it'],
    ['a measure from nowhere', GOOD.replace('from: clock.boot.a', 'from: boot'),
      '21:13  found "boot" as "from"; expected a key such as a.kernel, or a quotient such as clock.boot.a / clock.timed; do: replace it'],
    ['no measure', `${GOOD.slice(0, GOOD.indexOf('  measures:'))}  measures: []\n  means: It is emulation.\n`,
      '17:13  found [] as "measures"; expected at least one measure; do: replace it'],
    ['a figure that is not there', GOOD.replace('{known}', '{start.fc}'),
      '22:14  found the unknown figure "start.fc"; expected the id of a figure in content/facts; do: correct the id'],
    ['one id for two', GOOD + GOOD,
      '24:7  found "boot" a second time; expected an id of its own; do: take another'],
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
