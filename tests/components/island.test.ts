// @vitest-environment jsdom
/** The script that stands in a page in place of Astro's own: it must read what Astro writes. */
import { existsSync } from 'node:fs';
import { serializeProps } from 'astro/runtime/server/serialize.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A module as an address, so that the script can import it. It leaves what it is called with where the test finds it. */
const moduleOf = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
const COMPONENT = moduleOf('export default "Builder";');
const RENDERER = moduleOf('export default (island) => async (component, props) => { globalThis.hydrated = [island.id, component, props]; };');

const hydrated = () => (globalThis as { hydrated?: unknown }).hydrated;
const visible = vi.fn<(load: () => Promise<() => Promise<void>>, options: object, island: Element) => void>();

function islandWith(props: object): Element {
  const island = document.createElement('astro-island');
  const opts = JSON.stringify({ name: 'Builder', value: { rootMargin: '200px' } });
  const attributes = { 'id': 'one', 'component-url': COMPONENT, 'renderer-url': RENDERER, 'props': serializeProps(props, { displayName: 'Builder', hydrate: 'visible' } as never), 'opts': opts, 'client': 'visible', 'ssr': '' };
  for (const [name, value] of Object.entries(attributes)) island.setAttribute(name, value);
  return document.body.appendChild(island);
}

beforeEach(async () => {
  vi.stubGlobal('Astro', { visible });
  vi.resetModules();
  // @ts-expect-error It is a script, not a module: it exports nothing.
  await import('../../components/kit/island.ts');
});
afterEach(() => {
  document.body.replaceChildren();
  visible.mockClear();
  vi.unstubAllGlobals();
  delete (globalThis as { hydrated?: unknown }).hydrated;
});

test('an island waits for its directive, then comes to life with the props that the build gave it', async () => {
  const props = { caption: 'Press “a”.', recipe: { config: { start: { vm: 2 } }, seed: 1, actions: [{ type: 'add' }, []] }, none: null, empty: {}, yes: true, list: [[1, 2], 'x'] };
  const island = islandWith(props);
  document.dispatchEvent(new Event('DOMContentLoaded', { bubbles: true }));
  expect(visible).toHaveBeenCalledTimes(1);
  const [load, options, element] = visible.mock.calls[0] as Parameters<typeof visible>;
  expect([options, element]).toEqual([{ name: 'Builder', value: { rootMargin: '200px' } }, island]);
  expect([hydrated(), island.hasAttribute('ssr')]).toEqual([undefined, true]);
  await (await load())();
  expect(hydrated()).toEqual(['one', 'Builder', props]);
  expect(island.hasAttribute('ssr')).toBe(false);
});

test('Tab wakes every island, seen or not, and only once', async () => {
  const island = islandWith({ caption: 'Far below.' });
  document.dispatchEvent(new Event('DOMContentLoaded', { bubbles: true }));
  dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  expect(island.hasAttribute('ssr')).toBe(true);
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
  await vi.waitFor(() => expect(island.hasAttribute('ssr')).toBe(false));
  delete (globalThis as { hydrated?: unknown }).hydrated;
  const [load] = visible.mock.calls[0] as Parameters<typeof visible>;
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
  await (await load())();
  expect(hydrated()).toBeUndefined();
});

test('Astro’s own script is where the build looks for it, to put this one in its place', () => {
  expect(existsSync('node_modules/astro/dist/runtime/server/astro-island.prebuilt.js')).toBe(true);
});
