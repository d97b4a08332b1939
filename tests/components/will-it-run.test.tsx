// @vitest-environment jsdom
/** WillItRun as its reader, its author and its links meet it. */
import fc from 'fast-check';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { situationText } from '../../components/kit/situation-link.ts';
import { codec } from '../../components/will-it-run/codec.ts';
import { shownIn, willItRun } from '../../components/will-it-run/playground.ts';
import { willItRunProps } from '../../components/will-it-run/props.ts';
import { citedBy, readTitles } from '../../components/will-it-run/sources.ts';
import { labelOf, marksOf, tableOf } from '../../components/will-it-run/view.ts';
import WillItRun from '../../components/will-it-run/WillItRun.tsx';
import { facts } from '../../src/facts/index.ts';
import { known, knownFile } from '../../src/known/index.ts';
import { replay } from '../../src/sim/index.ts';
import { READY, type Config } from '../../src/sim/compat/index.ts';

const model = willItRun.model({}, known());
const titles = citedBy(known().compat, (id) => facts().sources.get(id)?.short);
const configOf = (props: object): Config => willItRun.recipe(parseProps('WillItRun', willItRunProps, { caption: 'Look.', ...props }) as never).config;
const stateOf = (config: Config) => replay(model, { config, seed: 1, actions: [] }).state;
const recipeOf = (config: Config) => ({ config, seed: 1, actions: [] });
const [MAC, , , , , , SERVER] = READY.map(({ situation }) => situation) as [Config, Config, Config, Config, Config, Config, Config];

describe('the author’s props', () => {
  test('name a Mac with Apple silicon and an image for amd64 when they say nothing', () => {
    expect(configOf({})).toEqual(MAC);
    expect(configOf({ os: 'linux' })).toEqual({ host: { os: 'linux' }, workload: MAC.workload });
    expect(configOf({ imageArch: 'amd64 arm64' })).toEqual({ host: MAC.host, workload: { kind: 'image', arch: ['amd64', 'arm64'] } });
  });

  test('name everything that can be said flat', () => {
    expect(configOf({ os: 'windows', version: '22H2', edition: 'home', arch: 'amd64', virtualization: 'off', hyperv: 'on', machine: 'vm-nested', cpuLevel: 2, build: '19045', binfmt: false, tool: 'docker-desktop', date: '2023-06' })).toEqual({
      host: { os: 'windows', version: '22H2', edition: 'home', arch: 'amd64', firmwareVirtualization: false, hyperv: true, isVm: true, nested: true, cpuLevel: '2', build: '19045', binfmt: false },
      workload: MAC.workload, tool: { id: 'docker-desktop' }, date: '2023-06',
    });
    expect(configOf({ imageKernel: '4.14', imageCpuLevel: 3 }).workload).toEqual({ kind: 'image', kernel: '4.14', cpuLevel: '3' });
    expect(stateOf(configOf({ os: 'linux', kernel: '3.10', imageKernel: '4.14' })).situation.workload.kernel).toBe('4.14');
    expect(configOf({ machine: 'physical' }).host).toEqual({ isVm: false });
    expect(configOf({ machine: 'vm' }).host).toEqual({ isVm: true, nested: false });
  });

  test('are refused with every mistake at once, a tool that nobody knows by the model', () => {
    expect(() => configOf({ os: 'beos', date: 'June', build: 'x', colour: 1 })).toThrow(/(?=[^]*  os: )(?=[^]*  date: a month, such as 2017-06)(?=[^]*  build: a build of Windows)(?=[^]*"colour")/);
    expect(() => stateOf(configOf({ tool: 'dokcer' }))).toThrow('Nobody knows the tool “dokcer”');
  });
});

describe('a link', () => {
  test('is the one that other playgrounds write for a situation', () => {
    for (const { situation } of READY) expect(codec.encode(recipeOf(situation))).toBe(situationText(situation));
  });

  test('keeps where the reader has come to, the drawn way too, and not how', () => {
    const actions = [{ type: 'set', of: 'host', fact: 'os', value: 'linux' }, { type: 'at', date: '2019-04' }, { type: 'draw', chain: 2 }] as const;
    const read = codec.decode(codec.encode({ config: MAC, seed: 1, actions }));
    expect(read).toEqual({ config: { host: { arch: 'arm64', os: 'linux' }, workload: MAC.workload, date: '2019-04', draw: 2 }, seed: 1, actions: [] });
  });

  test.each(['1~draw.0~1~', '1~hos.macos-draw.100~1~', '1~hos.macos-draw.x~1~', '1~hos.macos-hos.linux~1~', '1~constructor.x~1~', '1~tool.UPPER~1~', '2~hos.macos~1~', '1~hos.macos-~1~', '1~-~1~'])('that reads %j is damaged', (text) => {
    expect(codec.decode(sealed(text))).toBeNull();
  });

  test('of any text at all never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^1~[a-z._0-9-]{0,60}~1~$/)), (text) => {
      expect(() => codec.decode(sealed(text))).not.toThrow();
    }));
  });
});

describe('in words', () => {
  test('the table says the answer, its error, each condition, each change and each way', () => {
    const state = stateOf(SERVER);
    const { rows } = tableOf(state);
    const kinds = rows.map(([kind]) => kind);
    expect(rows[0]?.slice(0, 2)).toEqual(['Answer', state.says]);
    expect(rows.find(([kind]) => kind === 'Error')?.[1]).toContain('10.0.20348');
    for (const [kind, count] of [['Asked', state.rows.length], ['Change', state.changes.length], ['Way', state.ways.length]] as const) expect(kinds.filter((each) => each === kind)).toHaveLength(count);
  });

  test('marks bring out the kernel that is added, and hold back what would have to be', () => {
    expect(marksOf(stateOf(MAC))).toEqual({ 'docker-desktop-apple/kernel': 'active' });
    const cloud = stateOf(READY[7]?.situation as Config);
    expect(Object.values(marksOf(cloud))).toEqual(cloud.added.map(() => 'aside'));
    expect(labelOf(cloud)).toContain('which does not work');
  });

  test('every source that an answer may cite has a title', () => {
    const known = readTitles(titles);
    for (const { situation } of READY) for (const { sources } of stateOf(situation).rows) for (const id of sources) expect(known[id]).toBeTruthy();
    expect(() => citedBy({ mechanisms: [], rules: [{ requires: [], caveats: [], sources: ['nowhere'] }] } as never, () => undefined)).toThrow('nowhere');
  });
});

const island = (config: Config = MAC, address = '/data/compat.json') => (
  <WillItRun instance="WillItRun-1" caption="State a machine." question={willItRun.question} recipe={recipeOf(config)} first={JSON.stringify(stateOf(config))} address={address} axesAddress="/data/matrix.json" base="/layerlab/" sources={titles} />
);

describe('before any script', () => {
  test('the answer, the error and the sources stand in the page, and every control waits', () => {
    const html = renderToString(island(SERVER));
    expect(html).toContain('Only by hand.');
    expect(html).toContain('a Windows version 10.0.20348-based image is incompatible with a 10.0.17763 host');
    expect(html).toContain('href="/layerlab/sources/#ms-container-versions"');
    const controls = html.match(/<(?:button|input|select|textarea)\b[^>]*>/g) ?? [];
    expect(controls.filter((control) => !/\sdisabled/.test(control))).toEqual([]);
  });
});

describe('in the reader’s hands', () => {
  let box: HTMLElement;
  beforeEach(() => {
    document.body.innerHTML = '<main></main>';
    box = document.querySelector('main') as HTMLElement;
    vi.stubGlobal('fetch', vi.fn(async () => new Response(knownFile('compat'))));
    Element.prototype.scrollIntoView = () => {};
    vi.stubGlobal('ResizeObserver', class { observe() {} disconnect() {} });
  });
  afterEach(() => {
    render(null, box);
    vi.unstubAllGlobals();
  });

  let visits = 0;
  const show = async (config?: Config) => {
    visits += 1;
    await act(() => render(island(config, `/data/compat.json?visit=${visits}`), box));
  };
  const said = () => box.querySelector('.pg-say')?.textContent ?? '';
  const settled = async () => {
    await new Promise((done) => setTimeout(done, 10));
    await vi.waitFor(() => expect(box.querySelector('.pg-late[aria-busy=true]')).toBeNull(), { timeout: 10_000 });
    await new Promise((done) => setTimeout(done, 10));
  };
  const choose = async (select: Element | null, label: string) => {
    const list = select as HTMLSelectElement;
    await act(async () => {
      list.value = [...list.options].find(({ text }) => text === label)?.value ?? 'missing';
      list.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await settled();
  };
  const press = async (words: string) => {
    const button = [...box.querySelectorAll('button')].find(({ textContent }) => textContent === words);
    if (!button) throw new Error(`No button “${words}”`);
    await act(async () => button.click());
    await settled();
  };

  test('a statement changes the answer; undo and “Start over” bring it back', async () => {
    await show();
    const first = said();
    await choose(box.querySelector('#WillItRun-1-workload-arch'), 'amd64 and arm64');
    expect(said()).not.toContain('Rosetta');
    await press('Undo');
    expect(said()).toBe(first);
    await press('Redo');
    await press('Start over');
    expect(said()).toBe(first);
  });

  test('another system says which statements it ended', async () => {
    await show();
    await choose(box.querySelector('#WillItRun-1-host-os'), 'Windows');
    expect(box.querySelector('.wr-dropped')?.textContent).toBe('No longer stated, since it was said of something else: Version.');
  });

  test('a change that is offered makes it run when pressed', async () => {
    await show(SERVER);
    await press('Use an image based on ltsc2019 (build 17763)');
    expect(said()).toMatch(/^Yes/);
    expect(box.querySelector('.wr-missing')).toBeNull();
  });

  test('a change that is pressed leads the focus to the answer, since its button goes', async () => {
    await show(SERVER);
    const button = [...box.querySelectorAll<HTMLButtonElement>('.wr-changes button')].find(({ textContent }) => textContent?.includes('ltsc2019'));
    button?.focus();
    await act(async () => button?.click());
    await settled();
    expect(button?.isConnected).toBe(false);
    expect(document.activeElement).toBe(box.querySelector('.wr-verdict'));
    expect(document.activeElement?.textContent).toMatch(/^Yes/);
  });

  test('values that are passed on the way to another one are one step to undo', async () => {
    await show();
    const year = () => [...box.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith('When'))?.querySelector('select') ?? null;
    const steps = () => box.querySelector('.pg-scrub')?.textContent;
    await choose(box.querySelector('#WillItRun-1-workload-arch'), 'amd64 and arm64');
    const first = said();
    await choose(year(), '2013');
    await choose(year(), '2018');
    expect(steps()).toBe('Change 2 of 2');
    expect(box.querySelector('.wr-line')?.textContent).toContain('June 2018');
    await press('Undo');
    expect(said()).toBe(first);
    vi.useFakeTimers({ toFake: ['Date'] });
    await choose(year(), '2019');
    vi.setSystemTime(Date.now() + 5000);
    await choose(year(), '2020');
    vi.useRealTimers();
    expect(steps()).toBe('Change 3 of 3');
  });

  test('a statement that leaves the answer as it was is told', async () => {
    await show();
    const told = () => box.querySelector('.pg-bar .sr-only[role=status]')?.textContent;
    expect(told()).toBe('');
    await choose(box.querySelector('#WillItRun-1-tool-tool'), 'Docker Desktop');
    expect(told()).toBe('Tool: Docker Desktop. Still: Yes.');
  });

  test('a question leads to its control, even under a fold', async () => {
    await show(READY[1]?.situation);
    const link = box.querySelector<HTMLAnchorElement>('.wr-asks a');
    await act(async () => link?.click());
    expect(document.activeElement?.id).toBe('WillItRun-1-host-firmwareVirtualization');
    expect(document.activeElement?.closest('details')?.open).toBe(true);
  });

  test('a paste fills the controls, lists what it did not understand as text, and stays in its field', async () => {
    await show();
    const field = box.querySelector('textarea') as HTMLTextAreaElement;
    field.value = 'Windows 10 Pro, 22H2, build 19045\n<img src=x onerror=alert(1)>';
    await press('Read it');
    await vi.waitFor(() => expect(box.querySelector('.wr-paste [role=status]')?.textContent).toContain('line 1'), { timeout: 10_000 });
    expect((box.querySelector('#WillItRun-1-host-os') as HTMLSelectElement).selectedOptions[0]?.text).toBe('Windows');
    expect(box.querySelector('img')).toBeNull();
    expect(box.querySelector('.wr-paste')?.textContent).toContain('<img src=x onerror=alert(1)>');
    expect(field.value).toContain('onerror');
  });

  const paste = async (text: string) => {
    const field = box.querySelector('textarea') as HTMLTextAreaElement;
    await act(async () => {
      field.dispatchEvent(Object.assign(new Event('paste', { bubbles: true }), { clipboardData: { getData: () => text } }));
      field.setRangeText(text, field.value.length, field.value.length, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await settled();
    await vi.waitFor(() => expect(box.querySelector('.wr-stale')).toBeNull(), { timeout: 10_000 });
  };
  const told = () => box.querySelector('.wr-paste [role=status]')?.textContent ?? '';

  test('a paste is read at once, a second one beside it, and “Undo” takes it back', async () => {
    await show();
    await paste('Windows 10 Pro, build 19045\nRAM: 7968 MB\n');
    await vi.waitFor(() => expect(box.querySelector('.wr-line')?.textContent).toContain('Windows 10'), { timeout: 10_000 });
    expect(told()).toContain('Replaced: System, macOS by Windows');
    await paste('Docker Desktop 4.35');
    await vi.waitFor(() => expect(told()).toContain('line 3 Tool: Docker Desktop 4.35'), { timeout: 10_000 });
    expect(told()).toMatch(/Kept from before: .*Memory 7,968 MiB/);
    expect(box.querySelector('.wr-line')?.textContent).toMatch(/Windows 10.*7,968 MiB.*Docker Desktop 4\.35.*today/);
    await press('Ask as of October 2024');
    expect(box.querySelector('.wr-line')?.textContent).toContain('October 2024');
    await press('Undo');
    await press('Undo');
    expect(box.querySelector('.wr-line')?.textContent).not.toContain('Docker Desktop');
    expect(told()).toContain('This was taken back');
  });

  test('an answer of another text than the one in the field is marked', async () => {
    await show();
    await paste('macOS 15');
    await vi.waitFor(() => expect(told()).toContain('Version: 15'), { timeout: 10_000 });
    await act(async () => void box.querySelector('textarea')?.dispatchEvent(new Event('input', { bubbles: true })));
    expect(told()).toContain('The text has been changed since it was read.');
  });

  test('controls that the author names stay in view, the others are folded', async () => {
    const shown = shownIn(parseProps('WillItRun', willItRunProps, { caption: 'Look.', os: 'macos', tool: 'lima' }));
    expect(shown).toEqual(['host.os', 'tool.tool']);
    expect(shownIn(parseProps('WillItRun', willItRunProps, { caption: 'Look.' }))).toBeUndefined();
    await act(() => render(<WillItRun {...island().props} shown={shown} />, box));
    const inView = [...box.querySelectorAll('.wr-bar select')].filter((select) => !select.closest('.wr-more')).map(({ id }) => id);
    expect(inView).toEqual(['WillItRun-1-host-os', 'WillItRun-1-tool-tool']);
    expect(box.querySelector('.wr-more #WillItRun-1-workload-arch')).not.toBeNull();
  });

  test('an empty paste is answered', async () => {
    await show();
    await press('Read it');
    expect(box.querySelector('.wr-paste [role=status]')?.textContent).toBe('There is no text in the field.');
  });

  test('another way is drawn without another answer', async () => {
    await show();
    const draw = [...box.querySelectorAll<HTMLButtonElement>('.wr-ways button')].at(-1);
    await act(async () => draw?.click());
    await settled();
    expect(said()).toMatch(/^Yes\. .*Drawn: /);
    expect(box.querySelectorAll('.wr-ways [aria-pressed=true]')).toHaveLength(1);
  });

  test('two situations stand side by side', async () => {
    await show();
    await press('Compare');
    await choose(box.querySelector('.wr-start select'), 'FreeBSD, an image for Linux');
    expect(box.querySelectorAll('.wr-run')).toHaveLength(2);
    expect(said()).toMatch(/First: Yes\..*Second: Yes\./);
    const [first, second] = [...box.querySelectorAll('.pg-say .wr-line')].map((line) => [...line.querySelectorAll('b')].map(({ textContent }) => textContent));
    expect([first, second]).toEqual([['macOS 26 Tahoe, Apple silicon'], ['FreeBSD 14.2, amd64']]);
    for (const { textContent } of box.querySelectorAll('.wr-ways summary')) expect(textContent).toMatch(/^Second: /);
    expect([...box.querySelectorAll('.wr-run')].map((run) => run.querySelector('h3')?.textContent)).toEqual(['First', 'Second']);
    expect(box.querySelectorAll('.wr-run h3')).toHaveLength(2);
    expect(box.querySelectorAll('.wr-run h4').length).toBeGreaterThan(0);
    const told = () => box.querySelector('.pg-bar .sr-only[role=status] p')?.textContent;
    expect(told()).toBe('You now change the second.');
    await press('First');
    expect(told()).toBe('You now change the first.');
  });

  test('when the rules cannot be fetched, says so and loses nothing', async () => {
    vi.stubGlobal('fetch', vi.fn(async () => new Response('', { status: 503 })));
    await show();
    const first = said();
    await choose(box.querySelector('#WillItRun-1-host-os'), 'Linux');
    expect(box.querySelector('[role=alert]')?.textContent).toContain('could not be fetched');
    expect(said()).toBe(first);
  });
});
