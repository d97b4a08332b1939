// @vitest-environment jsdom
/** LayerLab as its reader, its author and its links meet it: bytes predicted and shown, layers drawn once, files seen from the top. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { codec } from '../../components/layer-lab/codec.ts';
import { commandOf } from '../../components/layer-lab/command.ts';
import { engineIn } from '../../components/layer-lab/engine.ts';
import LayerLab from '../../components/layer-lab/LayerLab.tsx';
import { layerLab } from '../../components/layer-lab/playground.ts';
import { layerLabProps } from '../../components/layer-lab/props.ts';
import { SCENES } from '../../components/layer-lab/scenes.ts';
import { changeInWords } from '../../components/layer-lab/shown.ts';
import { stillFrom } from '../../components/layer-lab/still.ts';
import { tableIn, type LabConfig, type LabState, type SceneId, type Strip } from '../../components/layer-lab/view.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
import { played, replay } from '../../src/sim/index.ts';
import { BASE, imageStoreFigures, imageStoreTables, PATHS, sizeInWords, type Action } from '../../src/sim/image-store/index.ts';

const tables = imageStoreTables(figuresFor(imageStoreFigures()), known().images);
const { model, quiz } = engineIn(tables);
const whole = layerLab.model(figuresFor(layerLab.figures), known());

const NODE = 'node:24.21-trixie-slim';
const NGINX = 'nginx:1.31.6';
const config = (scene: SceneId, store: LabConfig['store'] = 'overlay2'): LabConfig => ({ scene, store });
const stateOf = (scene: SceneId, ...actions: readonly Action[]): LabState => replay(model, { config: config(scene), seed: 1, actions }).state;
const in1 = (type: 'read' | 'write' | 'append' | 'chmod' | 'delete' | 'recreate', path: string): Action => ({ type, container: 'c1', path });
const strips = (roots: readonly Strip[]): readonly Strip[] => roots.flatMap((strip) => [strip, ...strips(strip.on)]);
const focused = ({ shown }: LabState) => shown.stacks.find(({ id }) => id === shown.focus);
const lines = (state: LabState, path: string) => (focused(state)?.levels ?? []).flatMap((level) => level.lines.filter((line) => line.path === path).map(({ mark, read }) => `${level.title.slice(0, 2)} ${mark}${read ? ' read' : ''}`));

describe('the author’s props', () => {
  const parsed = (props: object) => layerLab.recipe(parseProps('LayerLab', layerLabProps, { caption: 'Look.', ...props }) as never);

  test('start with an app in the store of today’s engine', () => {
    expect(parsed({})).toEqual({ config: { scene: 'app', store: 'containerd' }, seed: 1, actions: [] });
    expect(parsed({ scene: 'order', store: 'overlay2', predict: false }).config).toEqual({ scene: 'order', store: 'overlay2' });
  });

  test('are refused when there is no such scene', () => {
    expect(() => parsed({ scene: 'ordre' })).toThrow('scene');
    expect(() => whole.init({ scene: 'toString' as never, store: 'overlay2' }, 1)).toThrow('There is no scene “toString”.');
  });
});

describe('the drawing', () => {
  test('holds each layer once, and a base that two images share lies under both', () => {
    const { shown: { roots } } = stateOf('shared', { type: 'pull', image: NODE }, { type: 'pull', image: NGINX });
    const digests = strips(roots).map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(roots.map(({ digest, note, on }) => [digest, note, on.length])).toEqual([['6b37362b', 'shared by 2 images, stored once', 2], ['6310eb16', '', 1]]);
  });

  test('puts containers on the layers that they read, with nothing of their own at first', () => {
    const { shown } = stateOf('app', { type: 'run', image: 'app:latest', mount: 'none' });
    const top = strips(shown.roots).find(({ tags }) => tags.includes('app:latest'));
    expect(top?.on.map(({ kind, title, size }) => [kind, title, size])).toEqual([['own', 'c1’s own layer', '0 bytes'], ['own', 'c2’s own layer', '0 bytes']]);
  });

  test('marks what the last action made, and only that', () => {
    expect(strips(stateOf('order').shown.roots).some(({ fresh }) => fresh)).toBe(false);
    const built = stateOf('order', { type: 'edit', file: 'app.py' }, { type: 'build', dockerfile: 'code-first' });
    expect(strips(built.shown.roots).filter(({ fresh }) => fresh).map(({ size }) => size)).toEqual(['1 GB', '150 MB']);
  });

  test('leaves out what does not fit, and says how much that is', () => {
    const edits = Array.from({ length: 9 }, (): readonly Action[] => [{ type: 'edit', file: 'app.py' }, { type: 'build', dockerfile: 'code-first' }]).flat();
    const { shown, store } = stateOf('order', ...edits);
    expect(shown.undrawn).toMatch(/^\d+ more layers, [\d.]+ GB, are not drawn\.$/);
    expect(strips(shown.roots).length).toBeLessThan(Object.keys(store.layers).length);
  });
});

describe('the bar', () => {
  test.each(Object.keys(SCENES) as SceneId[])('of the scene %s adds up to what the store takes, in both stores', (scene) => {
    for (const store of ['containerd', 'overlay2'] as const) {
      const state = whole.init(config(scene, store), 1);
      const { parts, total, scale } = state.shown;
      expect(parts.map(({ name }) => name)).toEqual(['Images', 'Containers', 'Local Volumes', 'Build Cache']);
      expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(whole.measure(state)['totalBytes']);
      expect(total.text).toBe(total.bytes === 0 ? '0 bytes' : sizeInWords(total.bytes));
      expect(scale).toBeGreaterThanOrEqual(total.bytes);
    }
  });

  test('says in the sign what came and what went', () => {
    expect([0, 1_000_000_000, -24_000].map(changeInWords)).toEqual(['0 bytes', '+1 GB', '−24 kB']);
    expect(stateOf('app', in1('write', PATHS.model)).shown.change).toBe('+1 GB');
    expect(stateOf('app', in1('write', PATHS.model), in1('delete', PATHS.model)).shown.change).toBe('−1 GB');
    expect(stateOf('machines', { type: 'vmWrite', vm: 'vm1', path: PATHS.model }).shown.change).toBe('+65.5 kB in disk images');
  });
});

describe('the files of a stack', () => {
  test('are answered by the copy after a write, and the one below is hidden', () => {
    expect(lines(stateOf('app'), PATHS.model)).toEqual(['7. answers']);
    expect(lines(stateOf('app', in1('write', PATHS.model)), PATHS.model)).toEqual(['c1 copied', '7. hidden']);
    expect(lines(stateOf('app', in1('write', PATHS.model), in1('read', PATHS.model)), PATHS.model)).toEqual(['c1 copied read', '7. hidden']);
    expect(lines(stateOf('app', in1('read', PATHS.code)), PATHS.code)).toEqual(['8. answers read']);
  });

  test('are hidden by a whiteout, and by an opaque directory', () => {
    expect(lines(stateOf('app', in1('delete', PATHS.model)), PATHS.model)).toEqual(['c1 whiteout', '7. hidden']);
    const anew = stateOf('app', in1('recreate', '/srv'));
    expect(lines(anew, '/srv')).toEqual(['c1 opaque']);
    expect(lines(anew, PATHS.code)).toEqual(['8. hidden']);
  });

  test('of an image show what a later instruction hides', () => {
    const state = stateOf('delete', { type: 'build', dockerfile: 'delete-later' });
    expect(focused(state)?.label).toBe('the image app:latest');
    expect(lines(state, PATHS.model)).toEqual(['6. whiteout', '5. hidden']);
  });

  test('under a mount are covered, and the volume answers', () => {
    const state = stateOf('volumes', in1('read', PATHS.rows));
    expect(lines(state, PATHS.rows)).toEqual(['vo answers read', '5. hidden']);
    expect(focused(state)?.levels[0]?.title).toBe('volume v1, mounted at /data');
  });

  test('of a linked clone stay in the file behind it', () => {
    const state = stateOf('machines', { type: 'vmWrite', vm: 'vm1', path: PATHS.model }, { type: 'vmDelete', vm: 'vm1', path: PATHS.model });
    expect(focused(state)?.levels.map(({ title, size }) => `${title}: ${size}`)).toEqual(['vm1.qcow2, one cluster: 65.5 kB', 'app.qcow2, its backing file: 1.19 GB', 'debian-13.qcow2, behind that: 434 MB']);
    expect(lines(state, PATHS.model)).toEqual(['ap hidden']);
  });

  test('offer only what the model allows', () => {
    const stack = focused(stateOf('app'));
    expect(stack?.deeds[PATHS.model]).toEqual(['read', 'write', 'chmod', 'delete']);
    expect(stack?.deeds['/usr']).toEqual(['read', 'chmod', 'delete']);
    expect(stack?.can).toEqual({ stop: 'Stop', commit: 'Commit' });
  });
});

describe('the Dockerfiles', () => {
  test('are told by what their last builds added, that one first which was just built', () => {
    const build = (dockerfile: string): Action => ({ type: 'build', dockerfile });
    const built = stateOf('order', build('code-last'), { type: 'edit', file: 'app.py' }, build('code-first'), build('code-last'));
    expect(built.says).toMatch(/^This build of “What changes most comes last” added 24 kB; the last one of “Everything copied first” added 1\.15 GB\. /);
    expect(built.shown.cards.map(({ added }) => added)).toEqual(['+1.15 GB', '+24 kB']);
    expect(replay(model, { config: config('order', 'containerd'), seed: 1, actions: [build('code-last'), { type: 'edit', file: 'app.py' }, build('code-first'), build('code-last')] }).state.shown.cards.map(({ added }) => added)).toEqual(['+2.2 GB', '+32.6 kB']);
  });

  const marks = (state: LabState, id: string) => state.shown.cards.find((card) => card.id === id)?.lines.map(({ mark }) => mark);

  test('say what the cache had, and keep that until they are built again', () => {
    const first = stateOf('order', { type: 'edit', file: 'app.py' }, { type: 'build', dockerfile: 'code-first' });
    expect(marks(first, 'code-first')).toEqual(['', 'anew', 'anew']);
    const both = stateOf('order', { type: 'build', dockerfile: 'code-last' }, { type: 'edit', file: 'app.py' }, { type: 'build', dockerfile: 'code-last' }, { type: 'edit', file: 'app.py' });
    expect(marks(both, 'code-last')).toEqual(['', 'cached', 'cached', 'cached', 'anew']);
  });
});

describe('a question', () => {
  const asked = (state: LabState, action: Action) => quiz(state, action);
  const texts = (state: LabState, action: Action) => asked(state, action)?.options.map(({ text }, i) => (i === asked(state, action)?.right ? `[${text}]` : text));
  const app = stateOf('app');

  test('holds the truth among what common beliefs would give', () => {
    expect(texts(app, { type: 'run', image: 'app:latest', mount: 'none' })).toEqual(['[0 bytes]', '+1.27 GB']);
    expect(texts(app, in1('write', PATHS.model))).toEqual(['0 bytes', '+1 byte', '[+1 GB]']);
    expect(texts(app, in1('chmod', PATHS.model))).toEqual(['0 bytes', '[+1 GB]']);
    expect(texts(app, in1('delete', PATHS.model))).toEqual(['−1 GB', '[0 bytes]']);
    expect(texts(stateOf('shared'), { type: 'pull', image: NODE })).toEqual(['0 bytes', '+52.6 MB', '[+164 MB]', '+242 MB']);
    expect(texts(stateOf('delete'), { type: 'build', dockerfile: 'delete-later' })).toEqual(['0 bytes', '[+1 GB]']);
    expect(texts(stateOf('empty'), { type: 'build', dockerfile: 'chmod-later' })).toEqual(['0 bytes', '+1 GB', '[+2.12 GB]']);
    expect(texts(stateOf('order', { type: 'edit', file: 'app.py' }), { type: 'build', dockerfile: 'code-first' })).toEqual(['0 bytes', '+24 kB', '[+1.15 GB]']);
    expect(texts(stateOf('machines'), { type: 'vmWrite', vm: 'vm1', path: PATHS.model })).toEqual(['0 bytes', '+1 byte', '[+65.5 kB]', '+1 GB']);
  });

  test('of the second write has another answer than of the first', () => {
    expect(texts(stateOf('app', in1('write', PATHS.model)), in1('write', PATHS.model))).toEqual(['[0 bytes]', '+1 byte', '+1 GB']);
  });

  test('is not asked where the bytes are no question', () => {
    expect([in1('read', PATHS.model), { type: 'edit', file: 'app.py' } as const, { type: 'mkvolume', volume: 'v1' } as const].map((action) => asked(app, action))).toEqual([null, null, null]);
  });

  test('has a reason for every wrong answer, and its right one is what happens, on any walk', () => {
    for (const scene of Object.keys(SCENES) as SceneId[]) {
      let state = whole.init(config(scene, 'containerd'), 1);
      for (let step = 0; step < 10; step += 1) {
        const legal = whole.legal(state);
        for (const action of legal) {
          const found = quiz(state, action);
          if (!found) continue;
          const next = whole.step(state, action).state;
          expect(next.shown.change.replace(' in disk images', ''), commandOf(action)).toBe(found.options[found.right]?.text);
          expect(found.options.filter(({ refutation }, i) => i !== found.right && refutation === ''), commandOf(action)).toEqual([]);
          expect(new Set(found.options.map(({ text }) => text)).size).toBe(found.options.length);
        }
        state = whole.step(state, legal[(step * 13 + 5) % legal.length] as Action).state;
      }
    }
  });
});

describe('a link', () => {
  const through = (action: Action) => codec.decode(codec.encode({ config: config('empty'), seed: 1, actions: [action] }))?.actions;

  test('keeps any action, also with names that have no word', () => {
    const actions: readonly Action[] = [
      { type: 'pull', image: 'redis:8.0-x_y' }, { type: 'run', image: 'app:latest', mount: 'anonymous-3' }, { type: 'run', image: 'app:latest', mount: 'bind' },
      in1('delete', '/opt/some-thing/été_1'), { type: 'rmvolume', volume: 'anonymous-12' }, { type: 'prune', what: 'build-cache' }, { type: 'vmAppend', vm: 'vm12', path: PATHS.log },
    ];
    for (const action of actions) expect(through(action)).toEqual([action]);
  });

  test.each(['rm-Xconstructor', 'edit-Xconstructor', 'vmdel-vm1-XtoString', 'write-c1-X__proto__', 'prune-Xall', 'pull', 'pull-debian-debian', 'delete-c1-Pmodel', 'del-c1-X_2f_usr'])('with %s is damaged', (word) => {
    expect(codec.decode(sealed(`1~empty-overlay2~1~${word}`))).toBeNull();
  });
});

describe('the table', () => {
  test('has every layer, the four parts and their sum, and the files that are looked at', () => {
    const state = stateOf('volumes');
    const { rows } = tableIn(state);
    expect(rows.slice(0, 5).map(([, name, size]) => `${name} ${size}`)).toEqual(['Images 220 MB', 'Containers 0 bytes', 'Local Volumes 100 MB', 'Build Cache 0 bytes', 'Total 320 MB']);
    expect(rows.filter(([kind]) => kind === 'Layer')).toHaveLength(Object.keys(state.store.layers).length);
    expect(rows.find(([kind, name]) => kind === 'File' && name === PATHS.rows)?.[3]).toBe('in volume v1, mounted at /data: is read from here, past all layers');
  });
});

let addresses = 0;
const island = (scene: SceneId, predict = true) => (
  <LayerLab instance="LayerLab-1" question={layerLab.question} caption="Write a byte." recipe={{ config: config(scene), seed: 1, actions: [] }} first={JSON.stringify(stateOf(scene))}
    address={`/data/images.json?v=${(addresses += 1)}`} base="/layerlab/" titles={{ 'linux-overlayfs': 'Linux overlay filesystem' }} predict={predict} />
);

describe('what stands there for readers who cannot act', () => {
  test.each(Object.keys(SCENES) as SceneId[])('in the scene %s is allowed, and changes what the store takes', (scene) => {
    const { head, rows } = stillFrom(played(model, { config: config(scene), seed: 1, actions: [] }), SCENES[scene].still).table;
    expect(head).toHaveLength(SCENES[scene].still.length + 2);
    const [, first, ...later] = rows.find(([name]) => name === 'Total') ?? [];
    expect(later.some((text) => text !== first)).toBe(true);
  });
});

describe('without JavaScript', () => {
  const html = renderToString(island('app'));

  test('the first frame says what stands there, and cites', () => {
    expect(html).toContain('Where do the bytes live?');
    expect(html.replaceAll(/<[^>]+>/g, '')).toContain('c1 started with an empty layer of its own on 1.27 GB that it only reads.');
    expect(html).toContain('href="/layerlab/sources/#');
  });

  test('every control is disabled', () => {
    const controls = html.match(/<(button|select|input)\b[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(15);
    expect(controls.filter((control) => !/\bdisabled\b/.test(control))).toEqual([]);
  });

  test('no two parts have one id', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('with a reader', () => {
  let root: HTMLElement;
  let fetched = 0;

  beforeEach(() => {
    fetched = 0;
    vi.stubGlobal('IntersectionObserver', class { observe() {} disconnect() {} });
    vi.stubGlobal('fetch', async () => {
      fetched += 1;
      return { ok: true, json: async () => tables };
    });
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

  const show = (scene: SceneId, predict?: boolean) => act(() => render(island(scene, predict), root));
  const button = (name: string) => {
    const found = [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === name);
    if (!found) throw new Error(`There is no button “${name}”.`);
    return found;
  };
  const press = (name: string) => act(() => {
    button(name).focus();
    button(name).click();
  });
  const said = () => root.querySelector('.pg-say')?.textContent ?? '';
  const question = () => root.querySelector('.ll-ask')?.textContent ?? '';
  const verdict = () => root.querySelector('.ll-judged')?.textContent ?? '';

  test('nothing is fetched before somebody comes near, and then once', async () => {
    await show('app');
    expect(fetched).toBe(0);
    await press('Read');
    await vi.waitFor(() => expect(said()).toContain('is answered by layer 7, COPY model.bin'));
    await press('Stop');
    await vi.waitFor(() => expect(question() + said()).not.toBe(''));
    expect(fetched).toBe(1);
  });

  test('the bytes are asked for before they are shown; a wrong answer is refuted, a right one explained', async () => {
    await show('app');
    const before = said();
    await press('Write 1 byte');
    await vi.waitFor(() => expect(question()).toContain('Predict first'));
    expect(said()).toBe(before);
    expect(root.querySelector('.ll-total b')?.textContent).toBe('1.27 GB');
    await press('+1 byte');
    await vi.waitFor(() => expect(verdict()).toContain('Not so. It is +1 GB. You said +1 byte. overlayfs knows whole files'));
    expect(root.querySelector('.ll-total b')?.textContent).toBe('2.27 GB');
    await press('Write 1 byte');
    await vi.waitFor(() => expect(question()).toContain('0 bytes'));
    await press('0 bytes');
    await vi.waitFor(() => expect(verdict()).toContain('Right: 0 bytes.'));
  });

  test('a refutation recalls how sure the reader was, and keeps count', async () => {
    await show('app');
    await press('Write 1 byte');
    await vi.waitFor(() => expect(question()).toContain('How sure are you?'));
    const certain = [...root.querySelectorAll('.ll-sure label')].find((label) => label.textContent?.includes('certain'))?.querySelector('input');
    await act(() => certain?.click());
    await press('+1 byte');
    await vi.waitFor(() => expect(verdict()).toContain('You said +1 byte, and were certain. overlayfs'));
    expect(verdict()).not.toContain('So far');
    await press('Write 1 byte');
    await vi.waitFor(() => expect(question()).toContain('0 bytes'));
    expect(root.querySelector('.ll-sure :checked')).toBeNull();
    await press('0 bytes');
    await vi.waitFor(() => expect(verdict()).toContain('So far 1 of 2 right; when certain, 0 of 1.'));
  });

  test('the verdict goes with Undo and comes with Redo', async () => {
    await show('app');
    await press('Change mode');
    await vi.waitFor(() => expect(question()).not.toBe(''));
    await press('Show me');
    await vi.waitFor(() => expect(verdict()).toContain('It is +1 GB.'));
    await press('Undo');
    await vi.waitFor(() => expect(verdict()).toBe(''));
    await press('Redo');
    await vi.waitFor(() => expect(verdict()).toContain('It is +1 GB.'));
  });

  test('a question lapses when the run is moved under it', async () => {
    await show('app', true);
    await press('Change mode');
    await vi.waitFor(() => expect(question()).not.toBe(''));
    await press('Show me');
    await vi.waitFor(() => expect(verdict()).not.toBe(''));
    await press('Delete');
    await vi.waitFor(() => expect(question()).toContain('rm -r'));
    await press('Undo');
    await vi.waitFor(() => expect(question()).toBe(''));
    await press('Redo');
    await vi.waitFor(() => expect(said()).toContain('The mode of /srv/model.bin changed.'));
  });

  test('who changes their mind leaves everything as it was', async () => {
    await show('app');
    await press('Delete');
    await vi.waitFor(() => expect(question()).not.toBe(''));
    await press('Do not do it');
    await vi.waitFor(() => expect(question()).toBe(''));
    expect(button('Undo').getAttribute('aria-disabled')).toBe('true');
  });

  test('the question stands under the button and takes the focus, so does the verdict, and a way leads back', async () => {
    await show('app');
    await press('Change mode');
    await vi.waitFor(() => expect(document.activeElement?.closest('.ll-ask')).not.toBeNull());
    expect(button('Change mode').parentElement?.nextElementSibling).toBe(root.querySelector('.ll-ask'));
    await press('+1 GB');
    await vi.waitFor(() => expect(document.activeElement).toBe(root.querySelector('.ll-judged')));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Right: +1 GB.');
    expect(document.activeElement?.closest('[role=status], [aria-live]')).toBeNull();
    expect(button('Change mode').parentElement?.nextElementSibling).toBe(root.querySelector('.ll-judged'));
    await press('Back to “Change mode”');
    expect(document.activeElement).toBe(button('Change mode'));
  });

  test('what comes of an action without a question stands under its button too', async () => {
    await show('app');
    await press('Read');
    await vi.waitFor(() => expect(verdict()).toContain('/srv/model.bin is answered by layer 7, COPY model.bin /srv/model.bin.'));
    expect(button('Read').parentElement?.nextElementSibling).toBe(root.querySelector('.ll-judged'));
    expect(document.activeElement).toBe(button('Read'));
  });

  test('only what can be done has a button', async () => {
    await show('app', false);
    expect(() => button('Append 1 MB')).toThrow();
    expect(() => button('Start')).toThrow();
    await press('Stop');
    await vi.waitFor(() => expect(button('Start')).toBeTruthy());
    // The button is gone: what came of it has the focus.
    await vi.waitFor(() => expect(document.activeElement).toBe(root.querySelector('.ll-judged')));
  });

  test('an image that is looked into can be run', async () => {
    await show('delete', false);
    await press('Run');
    await vi.waitFor(() => expect(said()).toContain('c1 started with an empty layer of its own'));
  });

  test('a scene shows the rows that it is about, and folds away the others', async () => {
    await show('delete');
    const rows = (selector: string) => [...root.querySelectorAll(`${selector} .ll-group > b`)].map((each) => each.textContent);
    expect(rows('.ll-building')).toEqual(['Dockerfile']);
    expect(rows('.ll-bar > .ll-group')).toEqual([]);
    expect(rows('.ll-more')).toEqual(['Images', 'Containers', 'Volumes', 'New volume', 'Clean up', 'Source files']);
    expect(root.querySelector('.ll-more')?.hasAttribute('open')).toBe(false);
  });

  test('with predict off, an action happens at once', async () => {
    await show('app', false);
    await press('Delete');
    await vi.waitFor(() => expect(said()).toContain('A whiteout hides /srv/model.bin.'));
    expect(question()).toBe('');
  });

  const choose = (id: string) => act(() => {
    const list = [...root.querySelectorAll('select')].find((select) => [...select.options].some(({ value }) => value === id)) as HTMLSelectElement;
    list.value = id;
    list.dispatchEvent(new Event('change', { bubbles: true }));
  });
  const total = () => root.querySelector('.ll-total b')?.textContent;

  test('the scene is chosen in the open, closes what was unfolded, and brings its own task', async () => {
    await show('app', false);
    const caption = () => root.querySelector('.pg-caption')?.textContent;
    const more = () => root.querySelector('.ll-more') as HTMLDetailsElement;
    const list = [...root.querySelectorAll('select')].find((select) => [...select.options].some(({ value }) => value === 'order'));
    expect(list?.closest('details')).toBeNull();
    expect(caption()).toBe('Write a byte.');
    more().open = true;
    await choose('order');
    await vi.waitFor(() => expect(caption()).toBe(SCENES.order.task));
    expect(more().open).toBe(false);
    await choose('app');
    await vi.waitFor(() => expect(caption()).toBe('Write a byte.'));
  });

  test('each Dockerfile keeps what its last build added, beside the other', async () => {
    await show('order', false);
    await press('Edit');
    await vi.waitFor(() => expect(said()).toContain('app.py was changed'));
    await press('Build');
    await vi.waitFor(() => expect(said()).toMatch(/^This build of “Everything copied first” added 1\.15 GB\./));
    expect([...root.querySelectorAll('.ll-building .ll-cards summary')].map((each) => each.textContent)).toEqual(['code-first.Dockerfile: Everything copied firstlast build +1.15 GB', 'code-last.Dockerfile: What changes most comes last']);
  });

  test('another scene starts anew, and a comparison keeps both', async () => {
    await show('app', false);
    await choose('order');
    await vi.waitFor(() => expect(said()).toContain('app:latest has 6 layers'));
    expect(() => button('Back to what I had')).toThrow();
    await press('Compare');
    await vi.waitFor(() => expect(root.querySelectorAll('.ll-run')).toHaveLength(2));
    await press('Run');
    await vi.waitFor(() => expect(said()).toContain('Second: c1 started'));
    expect(root.querySelectorAll('.ll-deeds')).toHaveLength(1);
  });

  test.each([['another scene', () => choose('order')], ['the other store', () => choose('containerd')], ['Start over', () => press('Start over')]])('what %s takes away can be had back until the next action', async (_, away) => {
    await show('app', false);
    await press('Write 1 byte');
    await vi.waitFor(() => expect(total()).toBe('2.27 GB'));
    await away();
    await vi.waitFor(() => expect(total()).not.toBe('2.27 GB'));
    expect(said()).toContain('What you had is kept until you act.');
    await press('Back to what I had');
    await vi.waitFor(() => expect(total()).toBe('2.27 GB'));
    expect(button('Undo').getAttribute('aria-disabled')).toBe('false');
    expect(said()).not.toContain('is kept');
    await away();
    await vi.waitFor(() => expect(total()).not.toBe('2.27 GB'));
    await press('Prune');
    await vi.waitFor(() => expect(() => button('Back to what I had')).toThrow());
  });

  test('one scene after another keeps the work that was done, and Start over keeps both of two', async () => {
    await show('app', false);
    await press('Write 1 byte');
    await vi.waitFor(() => expect(total()).toBe('2.27 GB'));
    await press('Compare');
    await choose('order');
    await choose('delete');
    await press('Start over');
    await vi.waitFor(() => expect(root.querySelectorAll('.ll-run')).toHaveLength(1));
    await press('Back to what I had');
    await vi.waitFor(() => expect([...root.querySelectorAll('.ll-total b')].map((each) => each.textContent)).toEqual(['2.27 GB', '2.27 GB']));
  });

  test('a link restores its state, and one that asks for what is not allowed is damaged', async () => {
    const linked = (actions: readonly Action[]) => history.replaceState(null, '', `/?LayerLab-1=${encodeURIComponent(codec.encode({ config: config('empty'), seed: 1, actions }))}`);
    linked([{ type: 'pull', image: BASE }]);
    await show('app');
    await vi.waitFor(() => expect(said()).toContain(`${BASE} has 4 layers`));
    render(null, root);
    linked([in1('write', PATHS.model)]);
    await show('app');
    await vi.waitFor(() => expect(root.querySelector('[role=alert]')?.textContent).toContain('damaged'));
    expect(said()).toContain('c1 started');
  });
});
