// @vitest-environment jsdom
/** StackBuilder as its reader, its author and its links meet it. */
import fc from 'fast-check';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { BESIDE, cardsFor } from '../../components/stack-builder/cards.ts';
import { codec } from '../../components/stack-builder/codec.ts';
import { stackBuilder } from '../../components/stack-builder/playground.ts';
import { stackBuilderProps } from '../../components/stack-builder/props.ts';
import StackBuilder from '../../components/stack-builder/StackBuilder.tsx';
import { drawnAndMeasured, figureRows, marked, marksOf, notesOf, rangeText, tableOf } from '../../components/stack-builder/view.ts';
import { facts, figureCards, figuresFor } from '../../src/facts/index.ts';
import { PLACEMENT_IDS, PROGRAMS, stackCost, stackCostTables, type Action, type Config, type State } from '../../src/sim/stack-cost/index.ts';
import { nodesOf, replay } from '../../src/sim/index.ts';

const figures = figuresFor(stackBuilder.figures);
const cards = cardsFor(figureCards(stackBuilder.figures), '/layerlab/', (id) => facts().sources.get(id)?.short);
const model = stackCost(figures);
const stateOf = (start: Config['start'], ...actions: readonly Action[]): State => replay(model, { config: { app: 'nginx', start }, seed: 1, actions }).state;
const recipe = (start: Config['start'], actions: readonly Action[] = []) => ({ config: { app: 'nginx' as const, start }, seed: 1, actions });
const island = (start: Config['start'], actions?: readonly Action[]) => (
  <StackBuilder instance="StackBuilder-1" caption="Move one." question={stackBuilder.question} recipe={recipe(start, actions)} cards={cards} beside={BESIDE} tables={stackCostTables(figures)} />
);

describe('the author’s props', () => {
  const parsed = (props: object) => stackBuilder.recipe(parseProps('StackBuilder', stackBuilderProps, { caption: 'Look.', ...props }) as never).config;

  test('give three containers when they say nothing, and nothing when they say none', () => {
    expect(parsed({})).toEqual({ app: 'nginx', start: { container: 3 } });
    expect(parsed({ containers: 0 })).toEqual({ app: 'nginx', start: { container: 0 } });
  });

  test('name each placement', () => {
    expect(parsed({ app: 'node', metal: 1, containers: 2, vms: 1, containersInVm: 3, microvms: 1 }))
      .toEqual({ app: 'node', start: { 'metal': 1, 'container': 2, 'vm': 1, 'container-in-vm': 3, 'microvm': 1 } });
  });

  test('are refused with every mistake at once', () => {
    expect(() => parsed({ vms: 9, containers: 1.5, wms: 3, app: 'emacs' })).toThrow(/(?=[^]*  vms: )(?=[^]*  containers: )(?=[^]*  app: )(?=[^]*"wms")/);
    expect(() => parsed({ vms: 5, containers: 4 })).toThrow('the counts add up to more than 8 apps');
    expect(() => parsed({ wms: 3 })).toThrow('wms');
    expect(() => parseProps('StackBuilder', stackBuilderProps, {})).toThrow('a caption that tells the reader what to do');
  });
});

const placements = fc.constantFrom(...PLACEMENT_IDS);
const ids = fc.integer({ min: 1, max: 400 });
const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('add' as const), placement: placements }),
  fc.record({ type: fc.constant('moveAll' as const), placement: placements }),
  fc.record({ type: fc.constant('move' as const), id: ids, placement: placements }),
  fc.record({ type: fc.constant('remove' as const), id: ids }),
);
const anyStart = fc.dictionary(placements, fc.integer({ min: 1, max: 8 })) as fc.Arbitrary<Config['start']>;

describe('a link', () => {
  test('brings back the recipe that it was made of', () => {
    fc.assert(fc.property(fc.constantFrom(...PROGRAMS), anyStart, fc.nat({ max: 9999 }), fc.array(anyAction, { maxLength: 30 }), (app, start, seed, actions) => {
      const original = { config: { app, start }, seed, actions };
      expect(codec.decode(codec.encode(original))).toEqual(original);
    }));
  });

  test('is short', () => {
    expect(codec.encode(recipe({ container: 3 }, [{ type: 'moveAll', placement: 'vm' }, { type: 'move', id: 2, placement: 'container-in-vm' }, { type: 'remove', id: 1 }])))
      .toBe('1~nginx-03000~1~Av.m2i.r1~jvh');
  });

  test.each(['', '1', '2~nginx-03000~1~', '1~emacs-03000~1~', '1~nginx-09000~1~', '1~nginx-030~1~', '1~nginx-03000~1~x', '1~nginx-03000~1~m', '1~nginx-03000~1~m2', '1~nginx-03000~1~mv', '1~nginx-03000~1~r', '1~nginx-03000~1~r1v', '1~nginx-03000~1~av3', '1~nginx-03000~1~a3v', '1~nginx-03000~1~r1*0', '<script>'])('that reads %j is damaged', (text) => {
    expect(codec.decode(sealed(text))).toBeNull();
  });

  test('of any text at all never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^1~nginx-[0-8]{5}~1~[armAvciu0-9.*]{0,20}$/)), (text) => {
      expect(() => codec.decode(text)).not.toThrow();
    }));
  });
});

describe('a range in words', () => {
  test.each([
    [37.3, 86, 'ms', '37–86 ms'], [7000, 9000, 'ms', '7–9 s'], [126.7, 164, 'ms', '127–164 ms'], [600, 1200, 'ms', '0.6–1.2 s'],
    [4.09, 4.09, 'MB', '4.1 MB'], [12.27, 12.27, 'MB', '12 MB'], [453.3, 1287, 'MB', '0.45–1.3 GB'], [433.91, 433.91, 'MB', '434 MB'],
  ] as const)('%d to %d %s is %s', (low, high, unit, words) => {
    expect(rangeText({ low, high }, unit)).toBe(words);
  });
});

describe('the figures', () => {
  const row = (state: State, label: string) => {
    const found = figureRows(state).find((each) => each.label.startsWith(label));
    if (!found) throw new Error(`There is no row "${label}".`);
    return found;
  };

  test('say where a source is missing', () => {
    expect(row(stateOf({ metal: 1 }), 'Start').value).toBe('no source found');
    expect(row(stateOf({ metal: 1 }), 'Memory')).toMatchObject({ value: 'no source found', lines: [{ words: 'for nginx itself' }] });
    expect(row(stateOf({ container: 1, microvm: 1 }), 'Disk').value).toBe('over 30 MB');
  });

  test('rest on figures whose source is at hand', () => {
    const known = new Set(cards.map(({ id }) => id));
    for (const placement of PLACEMENT_IDS) {
      const used = figureRows(stateOf({ [placement]: 2 })).flatMap(({ lines, others }) => [...lines, ...others]).flatMap((line) => line.figures);
      expect(used.filter((id) => !known.has(id))).toEqual([]);
    }
  });

  test('show the sum as its parts', () => {
    expect(row(stateOf({ vm: 3 }), 'Memory')).toMatchObject({ value: '0.45–1.3 GB', lines: [{ value: '3 × 151–429 MB' }, { words: 'not in it, for want of a source: nginx itself' }] });
  });

  test('of a container’s start are a range over three studies, each of which stands by itself', () => {
    const { value, lines, others } = row(stateOf({ container: 3 }), 'Start');
    expect(value).toBe('0.2–1.2 s');
    expect(lines).toMatchObject([{ words: 'three studies, 2017–2020, unlike machines; one of them a cloud VM' }]);
    expect(others.slice(0, 3).map((other) => other.value)).toEqual(['200 ms', '541 ms', '1.2 s']);
  });

  test('name the basis on which a program’s image was measured', () => {
    expect(row(stateOf({ container: 3 }), 'Disk').lines[1]?.words).toBe('not in it: nginx’s own layers, measured only unpacked and with the base image (161 MB), another basis');
    expect(row(stateOf({ container: 1, vm: 1 }), 'Disk').lines.map(({ words }) => words)).toContain('not in it, for want of a source: nginx outside containers');
  });

  test('say that the drawn VM is not the measured one', () => {
    expect(drawnAndMeasured(stateOf({ vm: 2 }))).toBe('Drawn: Debian 13 under QEMU. Measured: as each line says.');
    expect(drawnAndMeasured(stateOf({ container: 2 }))).toBeUndefined();
  });

  test('count the image of a disk once, and say what full copies would take', () => {
    expect(row(stateOf({ vm: 3 }), 'Disk')).toMatchObject({
      value: '434 MB',
      lines: [{ value: '1 × 434 MB' }, { words: 'not in it, for want of a source: nginx itself' }, { words: 'with a full copy for each VM: 3 × 434 MB' }],
    });
    expect(row(stateOf({ container: 3 }), 'Disk').lines.map(({ words }) => words)).not.toContain('with a full copy');
  });

  test('tell a panic of a guest’s kernel from one of the host’s', () => {
    const falls = (start: Config['start']) => row(stateOf(start), 'Falls');
    expect(falls({ container: 3 })).toMatchObject({ value: '3 of 3', lines: [] });
    expect(falls({ vm: 3 })).toMatchObject({ value: '1–3 of 3', lines: [{ words: 'a guest’s kernel: 1 of 3; the host’s: 3 of 3' }] });
    expect(falls({ 'container-in-vm': 3 })).toMatchObject({ value: '3 of 3', lines: [{ words: 'a guest’s kernel: 3 of 3; the host’s: 3 of 3' }] });
    expect(falls({ 'vm': 1, 'container-in-vm': 3 })).toMatchObject({ value: '1–4 of 4', lines: [{ words: 'a guest’s kernel: 1–3 of 4; the host’s: 4 of 4' }] });
  });

  test('of an empty machine are its kernel alone', () => {
    expect(figureRows(stateOf({})).map(({ label, value }) => `${label}: ${value}`)).toEqual(['Kernels running: 1']);
    expect(notesOf(stateOf({}))).toMatchObject({ 'host/kernel': '' });
  });

  test('that the model counts with have a short line each, and guests of two sizes are no spread', () => {
    const counted = PLACEMENT_IDS.flatMap((placement) => figureRows(stateOf({ [placement]: 2 }))).flatMap(({ lines }) => lines).filter(({ words }) => !words).flatMap(({ figures: [id] }) => id ?? []);
    expect(counted.filter((id) => !cards.find((card) => card.id === id)?.short)).toEqual([]);
    expect(cards.find(({ id }) => id === 'mem.rss.qemu')?.short).toContain('of 128 MiB to 8 GiB');
  });
});

describe('the drawing’s words', () => {
  test('say whom each kernel answers and which files are the same', () => {
    expect(notesOf(stateOf({ container: 2 }))).toMatchObject({ 'host/kernel': 'answers 2 apps', 'app-1/image': '30 MB download', 'app-2/image': 'same files' });
    expect(notesOf(stateOf({ vm: 1 }))).toMatchObject({ 'host/kernel': 'answers no app directly', 'app-1/guest-kernel': 'answers 1 app' });
  });

  test('bring out the kernels that came with the last change', () => {
    expect(marksOf(stateOf({ container: 3 }, { type: 'move', id: 2, placement: 'vm' }))).toEqual({ 'app-2/guest-kernel': 'active' });
    expect(marksOf(stateOf({ container: 3 }, { type: 'add', placement: 'container' }))).toEqual({});
  });

  test('mark the layers in a sentence', () => {
    expect(marked('The kernel; kernels, a userland.').filter(({ layer }) => layer)).toEqual([{ text: 'kernel', layer: 'kn' }, { text: 'kernels', layer: 'kn' }, { text: 'userland', layer: 'ul' }]);
    expect(marked('No layers here.')).toEqual([{ text: 'No layers here.' }]);
  });
});

describe('the table', () => {
  test('has every part of the drawing, each named once, and the sums', () => {
    const state = stateOf({ 'metal': 1, 'container': 2, 'vm': 1, 'container-in-vm': 2, 'microvm': 1 });
    const { head, rows } = tableOf(state);
    expect(rows).toHaveLength(nodesOf(state.stack).length + 1);
    expect(rows.every((cells) => cells.length === head.length)).toBe(true);
    expect(new Set(rows.map((cells) => cells.slice(0, 3).join())).size).toBe(rows.length);
  });

  test('reads for one virtual machine', () => {
    expect(tableOf(stateOf({ vm: 1 })).rows.map((cells) => cells.join(' | '))).toMatchInlineSnapshot(`
      [
        "The machine | hardware | host | none | 1 | not counted | not counted",
        "UEFI | firmware | host | none | 1 | not counted | not counted",
        "Linux with KVM | kernel | host | none | 1 | not counted | not counted",
        "QEMU with KVM | hypervisor | nginx 1 | none | 1 | not counted | 151–429 MB",
        "virtual hardware | hardware | nginx 1 | virtual machine | 1 | 434 MB | in the 151–429 MB of QEMU with KVM",
        "SeaBIOS | firmware | nginx 1 | virtual machine | 1 | not counted (ships with QEMU) | in the 151–429 MB of QEMU with KVM",
        "Linux | kernel | nginx 1 | virtual machine | 1 | in the 434 MB of the virtual hardware | in the 151–429 MB of QEMU with KVM",
        "Debian 13 | userland | nginx 1 | virtual machine | 1 | in the 434 MB of the virtual hardware | in the 151–429 MB of QEMU with KVM",
        "nginx 1 | application |  | virtual machine | 1 | no source found | no source found",
        "Sum of what is known |  |  |  | 1 | 434 MB | 151–429 MB",
      ]
    `);
  });
});

describe('without JavaScript', () => {
  const html = renderToString(island({ container: 3 }));

  test('the first frame says what stands there', () => {
    expect(html).toContain('What is duplicated?');
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('Three copies of nginx, three walls, one kernel. Each container brought a userland; none brought a kernel.');
    expect(html).toContain('The same as a table');
  });

  test('every control is disabled', () => {
    const controls = html.match(/<(button|select|input)\b[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(10);
    expect(controls.filter((control) => !/\bdisabled\b/.test(control))).toEqual([]);
  });

  test('sources are one step away, with the base path', () => {
    expect(html).toContain('href="/layerlab/sources/#figure-gvisor.startup.empty.runc"><span class="sr-only">gVisor performance data, </span>2020</a>');
  });
});

describe('with a reader', () => {
  let root: HTMLElement;

  beforeEach(() => {
    vi.stubGlobal('IntersectionObserver', class { observe() {} disconnect() {} });
    // jsdom lays nothing out, so it has nowhere to scroll to.
    Element.prototype.scrollIntoView = () => {};
    history.replaceState(null, '', '/');
    root = document.body.appendChild(document.createElement('div'));
  });
  afterEach(() => {
    render(null, root);
    root.remove();
    vi.unstubAllGlobals();
  });

  const show = (start: Config['start']) => act(() => render(island(start), root));
  const button = (name: string) => {
    const found = [...root.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === name);
    if (!found) throw new Error(`There is no button "${name}".`);
    return found;
  };
  const press = (name: string) => act(() => button(name).click());
  const said = () => root.querySelector('[role=status]')?.textContent ?? '';
  const value = (label: string) => [...root.querySelectorAll('.sb-row')].find((row) => row.querySelector('dt')?.textContent === label)?.querySelector('dd > b')?.textContent;
  const choose = (label: string, placement: string) => act(() => {
    const select = root.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`) as HTMLSelectElement;
    select.focus();
    select.value = placement;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });

  test('one press changes the stack, the count and the sentence', async () => {
    await show({ container: 3 });
    await press('VMs');
    expect(value('Kernels running')).toBe('4');
    expect(said()).toContain('Four kernels run');
    expect(button('VMs').getAttribute('aria-pressed')).toBe('true');
    await press('Undo');
    expect(value('Kernels running')).toBe('1');
  });

  test('the focus stays on the app that was moved, and goes to a neighbor, or to “Add”, when one is removed', async () => {
    await show({ container: 2 });
    await choose('Move nginx 2 to', 'vm');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move nginx 2 to');
    expect((document.activeElement as HTMLSelectElement).value).toBe('vm');
    await press('Remove nginx 1');
    expect(document.activeElement).toBe(button('Remove nginx 2'));
    await press('Remove nginx 2');
    expect(document.activeElement).toBe(button('Add a VM'));
  });

  test('pressing what is pressed changes nothing', async () => {
    await show({ container: 3 });
    await press('Containers');
    expect(button('Undo').getAttribute('aria-disabled')).toBe('true');
  });

  test('an empty machine takes its first app from the same buttons', async () => {
    await show({ container: 1 });
    await press('Remove nginx 1');
    await press('MicroVMs');
    expect(value('Kernels running')).toBe('2');
  });

  test('a ninth app is not to be had', async () => {
    await show({ vm: 8 });
    expect(button('The machine is full: eight apps').getAttribute('aria-disabled')).toBe('true');
    await press('The machine is full: eight apps');
    expect(value('Kernels running')).toBe('9');
  });

  test('a comparison keeps both, changes one, and says of each what was measured', async () => {
    await show({ container: 3 });
    await press('Compare');
    await press('VMs');
    const kernels = [...root.querySelectorAll('.sb-row')].find((row) => row.querySelector('dt')?.textContent === 'Kernels running');
    expect([...(kernels?.querySelectorAll('dd > b') ?? [])].map((cell) => cell.textContent)).toEqual(['1', '4']);
    expect(root.textContent).toContain('three studies, 2017–2020');
    expect(root.textContent).toContain('Ubuntu cloud image under Cloud Hypervisor');
    expect(root.querySelectorAll('select')).toHaveLength(3);
    await press('Keep second');
    expect(root.querySelectorAll('.sb-run')).toHaveLength(1);
    expect(value('Kernels running')).toBe('4');
  });

  test('a comparison that is over can leave the first, with its past', async () => {
    await show({ container: 3 });
    await press('VMs');
    await press('Compare');
    await press('Containers');
    await press('Keep first');
    expect(root.querySelectorAll('.sb-run')).toHaveLength(1);
    expect(value('Kernels running')).toBe('4');
    expect(button('Undo').getAttribute('aria-disabled')).not.toBe('true');
  });

  test('a link restores its state, and a damaged one says so', async () => {
    history.replaceState(null, '', `/?StackBuilder-1=${sealed('1~nginx-03000~1~Av')}`);
    await show({ container: 3 });
    await vi.waitFor(() => expect(value('Kernels running')).toBe('4'));
    render(null, root);
    history.replaceState(null, '', `/?StackBuilder-1=${sealed('1~nginx-03000~1~r9')}`);
    await show({ container: 3 });
    await vi.waitFor(() => expect(root.querySelector('[role=alert]')).not.toBeNull());
    expect(root.querySelector('[role=alert]')?.textContent).toContain('damaged');
    expect(value('Kernels running')).toBe('1');
  });
});
