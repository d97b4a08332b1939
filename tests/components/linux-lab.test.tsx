/** LinuxLab as authors and readers meet it before any machine runs: props, links, text of terminals, the first frame. */
import fc from 'fast-check';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { answerIn, hasHalted, hasPanicked, isAtPrompt, lastOf, look, median, panicIn, type Memory } from '../../components/linux-lab/checks.ts';
import { codec } from '../../components/linux-lab/codec.ts';
import { Next } from '../../components/linux-lab/Panel.tsx';
import LinuxLab from '../../components/linux-lab/LinuxLab.tsx';
import { linuxLab as playground } from '../../components/linux-lab/playground.ts';
import type { Files } from '../../components/linux-lab/protocol.ts';
import { linuxLabProps } from '../../components/linux-lab/props.ts';
import { commandOf, originOf, plainText, printedAt, tableOf } from '../../components/linux-lab/view.ts';
import { labOf } from '../../src/linux-lab/load.ts';
import { linuxLab, type Action, type Config, type Recording, type Values } from '../../src/sim/linux-lab/index.ts';

const lab = labOf();
const model = linuxLab(lab);
const at = (config: Config) => model.init(config, 1);
const recipeOf = (config: Config) => ({ config, seed: 1, actions: [] });
const decoded = (config: string) => codec.decode(sealed(`1~${config}~1~`));

const piece = (bytes: number) => ({ name: 'x', stored: { bytes, sha256: '' }, unpacked: { bytes, sha256: '' } });
const FILES: Files = { folder: '/linux/', wasm: piece(400_000), kernels: { a: piece(1_300_000), b: piece(1_400_000) }, initramfs: piece(1_000_000) };

describe('props', () => {
  test('need a caption and nothing else', () => {
    expect(parseProps('LinuxLab', linuxLabProps, { caption: 'Boot it.' })).toEqual({ caption: 'Boot it.', seed: 1, experiment: 'boot' });
  });

  test('say what they would have accepted', () => {
    expect(() => parseProps('LinuxLab', linuxLabProps, { caption: 'x', experiment: 'Nr 1' })).toThrow('experiment: the id of an experiment in content/linux-lab/experiments.yaml');
  });
});

describe('a link', () => {
  test('keeps the experiment and all results, and fits into an address', () => {
    const config = { experiment: 'byhand', results: lab.recording.results };
    const text = codec.encode(recipeOf(config));
    expect(codec.decode(text)?.config).toEqual(config);
    expect(text.length).toBeLessThan(1000);
    expect(at(codec.decode(text)?.config as Config)).toEqual(at(config));
  });

  test('keeps its words for ever', () => {
    expect(codec.encode(recipeOf({ experiment: 'boot', results: { start: { start: 142, ratio: 11.5 }, boot: { kernel: '6.1.192-lab', boot: 1890 } } })))
      .toBe(sealed('1~boot-boot-boot.n1890.kernel.t6_2e1_2e192_2dlab-start-ratio.n11_2e5.start.n142~1~'));
  });

  test('keeps where the reader came to, not the way', () => {
    const text = codec.encode({ ...recipeOf({ experiment: 'boot', results: {} }), actions: [{ type: 'record', experiment: 'pid', values: { inside: 1, outside: 74 } }, { type: 'open', experiment: 'cpu' }, { type: 'recall', results: { upper: { bytes: 5, image: 'unchanged' } }, date: '2026-11-22' }] });
    expect(codec.decode(text)?.config).toEqual({ experiment: 'cpu', results: { upper: { bytes: 5, image: 'unchanged' } } });
  });

  test('holds any result that the notebook can have', () => {
    const values = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((x) => x + 0), fc.stringMatching(/^[\w.+-]{1,40}$/)), { minKeys: 1, maxKeys: 4 });
    fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), values, { maxKeys: 3 }), (results) => {
      const config = { experiment: 'boot', results };
      expect(codec.decode(codec.encode(recipeOf(config)))?.config).toEqual(config);
    }));
  });

  test.each([
    '', 'Boot', 'boot-boot', 'boot-boot-', 'boot-boot-boot', 'boot-boot-boot.1890', 'boot-boot-boot.nx', 'boot-boot-boot.n01', 'boot-boot-boot.nInfinity', 'boot-boot-boot.nNaN', 'boot-boot-boot.n', 'boot-boot-boot.t',
    'boot-boot-boot.n1.boot.n2', 'boot-boot-boot.n1-boot-boot.n2', 'boot-__proto__-boot.n1', 'boot-boot-__proto__.n1', `boot-boot-kernel.t${'x'.repeat(41)}`, 'boot-start-start.n1-boot-boot.n1.boot', 'boot-boot-b.n1.a.n2',
  ])('is refused when it is damaged: %s', (config) => {
    expect(decoded(config)).toBeNull();
  });

  test('that is well formed and hostile comes to nothing in the notebook', () => {
    const hostile = decoded('boot-boot-kernel.t_3cimg_20src_3dx_3e');
    expect(hostile?.config.results).toEqual({ boot: { kernel: '<img src=x>' } });
    expect(() => at(hostile?.config as Config)).toThrow('The experiment "boot" has no result "kernel" of <img src=x>.');
    expect(() => at(decoded('boot-constructor-a.n1')?.config as Config)).toThrow('There is no experiment "constructor"');
    expect(() => at(decoded('boot-boot-boot.n_2d5')?.config as Config)).toThrow('of -5');
  });

  test('is read or refused, never thrown at', () => {
    fc.assert(fc.property(fc.stringMatching(/^[\w.*-]{0,60}$/), (config) => {
      const read = decoded(config);
      if (read) expect(codec.decode(codec.encode(read))?.config).toEqual(read.config);
    }));
  });
});

describe('where a result comes from', () => {
  const { start, boot } = lab.recording.results;
  const opened = { config: { experiment: 'boot', results: { start: start as Values } }, seed: 1, actions: [] as Action[] };
  const measuredHere: Action = { type: 'record', experiment: 'start', values: start as Values };
  const recalled: Action = { type: 'recall', results: { boot: boot as Values }, date: '2026-11-20' };
  const origins = (actions: readonly Action[], cursor = actions.length) => ['start', 'boot', 'pid'].map((id) => originOf({ recipe: { ...opened, actions }, cursor }, id));

  test('is said until it is measured here, and again when that is taken back', () => {
    expect(origins([])).toEqual(['from a link', '', '']);
    expect(origins([measuredHere])).toEqual(['', '', '']);
    expect(origins([measuredHere], 0)).toEqual(['from a link', '', '']);
    expect(origins([measuredHere, recalled])).toEqual(['', 'kept on 2026-11-20', '']);
    expect(origins([recalled, { ...measuredHere, experiment: 'boot', values: boot as Values }])).toEqual(['', '', '']);
  });

  test('stands in the table', () => {
    const way = { recipe: opened, cursor: 0 };
    const cells = (rows: readonly (readonly string[])[]) => rows.filter(([title]) => title === 'Start a container').map((row) => row[4]);
    expect(cells(tableOf(at(opened.config), undefined, way).rows)[0]).toMatch(/^not measured; from a link: [\d.]+ ms$/);
    expect(cells(tableOf(at(opened.config), undefined, { recipe: { ...opened, actions: [measuredHere] }, cursor: 1 }).rows)[0]).toMatch(/^[\d.]+ ms$/);
  });

  test('is said in the page: a link is no measurement of this tab', () => {
    const html = render(<LinuxLab instance="LinuxLab-1" question="?" caption="Boot." recipe={opened} first={at({ ...opened.config, experiment: 'start' })} address="/x" files={FILES} />);
    expect(html).toContain('Not measured in this visit, but from a link.');
    expect(html).toContain(`0 of ${lab.experiments.length} done in this visit, 1 from a link`);
    expect(html).toMatch(/>[\d.]+ ms<small> from a link</);
    expect(html).not.toContain('(done)');
    expect(html).not.toContain('Keep these results');
  });
});

describe('the text of a terminal', () => {
  test.each<[string, string, string]>([
    ['colors', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a question for the cursor', 'host:~# \u001b[6nuname', 'host:~# uname'],
    ['a letter taken back', 'unamx\b \be', 'uname'],
    ['a letter taken back by the line editor', 'unamx\b\u001b[Je', 'uname'],
    ['a line written over', '10%\r100%', '100%'],
    ['a longer line written over', '100%\r20', '200%'],
    ['a line that was wiped', 'old words\r\u001b[Knew', 'new'],
    ['a return before a line end', 'a long line \r\r\nends here\r\n', 'a long line \nends here\n'],
    ['moves of the cursor', 'abc\u001b[2DX\u001b[1CY', 'aXcY'],
    ['a move beyond all columns', '\u001b[999999999Cx', `${' '.repeat(200)}x`],
    ['a move before the first', 'a\u001b[99Db\b\b\bc', 'c'],
    ['a title', '\u001b]0;evil title\u0007shell', 'shell'],
    ['a link', '\u001b]8;;https://example.org\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['a device string', '\u001bPq#0;2;0\u001b\\after', 'after'],
    ['a title that never ends', '\u001b]0;endless\nnext line', '\nnext line'],
    ['a choice of letters', '\u001b(0lqk\u001b(B', 'lqk'],
    ['a reset', '\u001bcclean', 'clean'],
    ['a sequence cut off', 'text\u001b[12', 'text[12'],
    ['bells and other signs of control', 'a\u0007\u0000\u0001\u007f\u009bb', 'ab'],
    ['markup, which is text', '<b>&amp;</b>', '<b>&amp;</b>'],
    ['letters beyond the first plane', '𝄞\b𝄢', '𝄢'],
  ])('%s', (_, printed, text) => {
    expect(plainText(printed)).toBe(text);
  });

  test('never holds a sign of control, whatever was printed, and is soon there', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001b[', '\u001b]', '\r', '\b', '\n', '\u001b[99C', '\u001bP'))).map((parts) => parts.join('')), (printed) => {
      expect(plainText(printed)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }));
    for (const unit of ['\u001b[', '\u001b]', '\u001b[1', '\b', '\r', 'x\b', '\u001b[200Cx\r', '\u001bP\u001b']) {
      const begin = performance.now();
      plainText(unit.repeat(20_000 / unit.length));
      expect({ unit, ms: performance.now() - begin < 500 }).toEqual({ unit, ms: true });
    }
  });

  test('of the recorded session shows what was typed and answered, machine by machine', () => {
    const { session } = at({ experiment: 'uname', results: {} });
    const [[a, onA] = [], [b, onB] = []] = printedAt(session, session.length);
    expect([a, b]).toEqual(['a', 'b']);
    expect(onA).toContain(`uname -r\n${lab.recording.kernels.a}\nhost:~# `);
    expect(onB).toContain(lab.recording.kernels.b);
    for (const { id } of lab.experiments) for (const [, text] of printedAt(at({ experiment: id, results: {} }).session, 99)) expect(text).not.toContain('\u001b');
  });
});

describe('the recorded session', () => {
  const momentsOf = (...events: readonly (readonly [machine: 'a' | 'b', text: string])[]) => {
    const recording: Recording = { ...lab.recording, events: events.map(([machine, text], i) => ['boot', machine, i, text] as const) };
    return linuxLab({ ...lab, recording }).init({ experiment: 'boot', results: {} }, 1).session;
  };
  const prompt = 'host:~# \u001b[6n';

  test('is cut where a shell waits for the next line, wherever the recording was', () => {
    expect(momentsOf(['a', `up\r\n${prompt}unam`], ['b', 'id'], ['a', `e\r\nLinux\r\n${prompt}`], ['b', `\r\nuid=0\r\n${prompt}`], ['a', 'panic\r\n'], ['a', 'end'])).toEqual([
      { machine: 'a', atMs: 0, text: `up\r\n${prompt}` },
      { machine: 'a', atMs: 2, text: `uname\r\nLinux\r\n${prompt}` },
      { machine: 'b', atMs: 3, text: `id\r\nuid=0\r\n${prompt}` },
      { machine: 'a', atMs: 5, text: 'panic\r\nend' },
    ]);
    expect(momentsOf()).toEqual([]);
  });

  test('loses nothing by it, and begins each moment with a command in one line', () => {
    for (const { id, steps } of lab.experiments) {
      const { session } = at({ experiment: id, results: {} });
      for (const machine of ['a', 'b'] as const) {
        expect(session.flatMap((moment) => (moment.machine === machine ? [moment.text] : [])).join('')).toBe(lab.recording.events.flatMap(([of, on, , text]) => (of === id && on === machine ? [text] : [])).join(''));
      }
      const commands = session.map(commandOf).filter((text) => !text.includes('is up after'));
      expect({ id, commands: commands.length }).toEqual({ id, commands: steps.length });
      for (const command of commands) expect(command).toMatch(/^Machine [AB]: \S.*$/);
    }
  });

  test('stands in the page with its count; a single moment has nothing to walk through', () => {
    const { session } = at({ experiment: 'uname', results: {} });
    const page = (experiment: string) => render(<LinuxLab instance="LinuxLab-1" question="?" caption="Boot." recipe={recipeOf({ experiment, results: {} })} first={at({ experiment, results: {} })} address="/x" files={FILES} />);
    expect(page('uname')).toContain('<p>5 of 5 <span role="status">Machine B: uname -r</span></p>');
    expect(session).toHaveLength(5);
    for (const word of ['Earlier', 'Later']) expect(page('uname')).toContain(`>${word}</button>`);
    expect(page('boot')).toContain('is up after');
    expect(page('boot')).not.toContain('lx-scrub');
  });
});

describe('the next step', () => {
  const steps = [{ says: 'First.', on: 'b', type: 'x' }, { says: 'Second.', on: 'a', type: 'y' }] as const;
  const next = (machine: 'a' | 'b', typed: number, more: { readonly isDone?: boolean; readonly isOn?: boolean; readonly isRefused?: boolean } = {}) =>
    render(<Next machine={machine} steps={steps} typed={typed} isDone={false} isOn isRefused={false} onPress={() => {}} {...more} />).replace(/<[^>]+>/g, '|').replace(/\|+/g, '|');

  test('stands at the machine that it is for, and where it was typed it says what comes', () => {
    expect([next('a', 0), next('b', 0)]).toEqual(['', '|Type step 1 of 2|First.|']);
    expect([next('a', 1), next('b', 1)]).toEqual(['|Type step 2 of 2|Second.|', '|Step 2 of 2 is for machine A.|']);
    expect([next('a', 2), next('b', 2)]).toEqual(['|All 2 steps are typed. What came of it stands below.|', '']);
    expect(next('a', 2, { isDone: true })).toBe('|Done. What it means, and the results, stand below.|');
    expect(next('a', 1, { isRefused: true })).toContain('Something runs');
    expect(render(<Next machine="a" steps={[]} typed={0} isDone={false} isOn isRefused={false} onPress={() => {}} />)).toBe('');
  });
});

describe('checks', () => {
  const asked = (answer: () => Promise<string>, isOn = true, panicked = false, printed = '', memory: Memory = {}) => look({ needs: ['a'], probes: { a: 'x' } }, { probe: answer, isOn: () => isOn, hasPanicked: () => panicked, printed: () => printed, clock: { 'clock.boot.a': 1 }, memory });
  const without = (answers: Values) => Object.fromEntries(Object.entries(answers).filter(([key]) => !key.includes('.last.')));

  test('tell a silent machine from one that is off and one whose kernel has ended', async () => {
    expect(without(await asked(async () => 'killed=1'))).toEqual({ 'clock.boot.a': 1, 'a.killed': 1, 'a.printed': '' });
    expect(without(await asked(() => Promise.reject(new Error('late'))))).toEqual({ 'clock.boot.a': 1, 'a.silent': 1 });
    expect(without(await asked(async () => 'killed=1', false))).toEqual({ 'clock.boot.a': 1, 'a.off': 1 });
    expect(without(await asked(async () => 'killed=1', true, true))).toEqual({ 'clock.boot.a': 1, 'a.printed': '', 'a.silent': 1, 'a.panicked': 1, 'a.answers': 'no' });
  });

  test('know what a machine answered last, also when it cannot answer any more', async () => {
    const memory: Memory = {};
    await asked(async () => 'running=2\nonce=1', true, false, '', memory);
    expect(await asked(async () => 'running=3', true, false, '', memory)).toMatchObject({ 'a.running': 3, 'a.last.running': 3, 'a.last.once': 1 });
    const after = await asked(async () => 'running=9', true, true, '', memory);
    expect([after['a.running'], after['a.last.running']]).toEqual([undefined, 3]);
  });

  test('know the end of a kernel from words about it', () => {
    expect(hasPanicked('[   24.537134] Kernel Offset: disabled\r\n[   24.537318] ---[ end Kernel panic - not syncing: sysrq triggered crash ]---\r\n')).toBe(true);
    expect(hasPanicked('host:~# echo "---[ end Kernel panic"\r\n---[ end Kernel panic\r\n')).toBe(false);
  });

  test('a machine that was told to stop has halted; one that speaks of it has not', () => {
    expect(hasHalted('host:~# poweroff -f\r\n[    4.1] reboot: System halted\r\n')).toBe(true);
    expect(hasHalted('host:~# echo reboot: System halted\r\nreboot: System halted\r\n')).toBe(false);
  });

  test.each([['host:~# ', true], ['host:~# cat /etc/', true], ['hand:/# \u001b[6n', true], ['> ', true], ['host:~# sleep 30\r\n', false], ['hello\r\n', false]])('%j waits for a line: %s', (printed, waits) => {
    expect(isAtPrompt(printed)).toBe(waits);
  });

  test('read out what a line came to, and no more than a listener bears', () => {
    expect(answerIn('echo hello\r\nhello\r\nhost:~# \u001b[6n', 'echo hello')).toBe('hello');
    expect(answerIn('box run -d watched \r\r\ntiny sleep 1000\r\nhost:~# ', 'box run -d watched tiny sleep 1000')).toBe('Nothing was printed.');
    // A line that fills the terminal to its edge has no line break of its own.
    expect(answerIn('box run -t c1 tyny \r\r\nbox: There is no image.\r\nhost:~# ', 'box run -t c1 tyny ')).toBe('box: There is no image.');
    expect(answerIn(`seq 1000\r\n${'1\r\n'.repeat(900)}host:~# `, 'seq 1000')).toMatch(/^1\. 1\. .* … and more, in the transcript\.$/);
    expect(answerIn('$(x) [a] \\\r\nout\r\nhost:~# ', '$(x) [a] \\')).toBe('out');
  });

  test('know the last line that was sent, with its answer', async () => {
    const printed = 'host:~# true\r\nhost:~# \u001b[6ndocker run x\r\n-/bin/sh: docker: not found\r\nhost:~# \u001b[6n';
    for (const text of [printed, `${printed}half a l`, `${printed}\r\nhost:~# `]) expect(lastOf(text)).toBe('docker run x\n-/bin/sh: docker: not found\n');
    expect([lastOf(''), lastOf('host:~# ')]).toEqual(['', '']);
    expect(await asked(async () => 'printed=forged', true, false, printed)).toMatchObject({ 'a.printed': lastOf(printed) });
  });

  test('know what a kernel says first when it ends', () => {
    expect(panicIn('[    2.7] sysrq: Trigger a crash\r\n[    2.7] Kernel panic - not syncing: sysrq triggered crash\r\n[    2.7] CPU: 0\r\n')).toBe('Kernel panic - not syncing: sysrq triggered crash');
    expect(panicIn('[   24.5] ---[ end Kernel panic - not syncing: sysrq triggered crash ]---\r\n')).toBe('Kernel panic - not syncing: sysrq triggered crash');
    expect(panicIn('host:~# ')).toBe('');
  });

  test('take the middle of several times', () => {
    expect([median([3, 1, 2]), median([5]), median([])]).toEqual([2, 5, Number.NaN]);
  });
});

describe('the first frame', () => {
  const html = render(<LinuxLab instance="LinuxLab-1" question={playground.question} caption="Boot." recipe={recipeOf({ experiment: 'panic', results: {} })} first={at({ experiment: 'panic', results: {} })} address="/data/lab.json" files={FILES} />);

  test('has the experiment with its steps, and the recorded session of both machines', () => {
    expect(html).toContain('Containers are as far apart as virtual machines.');
    expect(html.indexOf('Machine B.')).toBeLessThan(html.indexOf('Machine A.'));
    expect(render(<LinuxLab instance="LinuxLab-1" question="?" caption="Boot." recipe={recipeOf({ experiment: 'boot', results: {} })} first={at({ experiment: 'boot', results: {} })} address="/x" files={FILES} />)).not.toContain('<ol>');
    for (const { type } of lab.experiments.find(({ id }) => id === 'panic')?.steps ?? []) expect(html).toContain(type.replaceAll('"', '&quot;'));
    expect(html).toContain('aria-label="What Machine A printed"');
    expect(html).toContain('aria-label="What Machine B printed"');
    expect(html).toContain(`Recorded on ${lab.recording.date}`);
  });

  test('goes from the steps to the machines, and from there to the results', () => {
    const order = ['Type it', 'Boot two real Linuxes', 'lx-recorded', 'lx-check', 'lx-results'].map((part) => html.indexOf(part));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  test('has nothing to undo yet', () => {
    expect(html).not.toContain('pg-transport');
  });

  test('says how much comes before anything does', () => {
    expect(html).toContain('Boot two real Linuxes in this tab (4.1 MB)');
  });

  test('has no terminal, and nothing to press yet', () => {
    expect(html).not.toContain('lx-live');
    expect(html.match(/<(?:button|input|select)\b(?![^>]*disabled)[^>]*>/g)).toBeNull();
  });

  test('has a table that says the same, experiment by experiment', () => {
    const { head, rows } = tableOf(at({ experiment: 'boot', results: { boot: { boot: 1890, kernel: 'x' } } }));
    expect(head).toHaveLength(5);
    expect(rows).toHaveLength(lab.experiments.flatMap(({ measures }) => measures).length);
    expect(rows[0]).toEqual(['Boot a virtual machine', 'Power on to prompt', expect.any(String), expect.stringMatching(/ s$| ms$/), '1.89 s']);
    expect(rows.filter((row) => row[4] === 'not measured')).toHaveLength(rows.length - 2);
  });
});
