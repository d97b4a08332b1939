/**
 * Brings the islands of a page to life. It stands in every page with a playground, in place of Astro's own script, which also
 * serves slots, nested islands, view transitions and props beyond JSON: here are none, and they would be a twelfth of a lesson's
 * script. It knows the attributes that Astro writes and its directives; when to wake an island is the directive's business, but
 * for readers who come by Tab: their focus would pass by controls that sleep until they are seen.
 */

/** A value as Astro writes it: kind 1 is a list of such values; any other is itself, with such values for fields. */
type Written = readonly [kind: number, value?: unknown];

type Load = () => Promise<() => Promise<void>>;
/** Where Astro's directives put themselves. */
type Directives = { readonly Astro: Readonly<Record<string, (load: Load, options: object, island: Element) => void>> };

const valueOf = ([kind, value]: Written): unknown => (kind === 1 ? (value as Written[]).map(valueOf) : fieldsOf(value));

const fieldsOf = (value: unknown): unknown =>
  value instanceof Object ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, valueOf(field)])) : value;

const start = (island: Element): void => {
  const read = (name: string) => island.getAttribute(name) ?? '';
  const wake = async () => {
    const [component, renderer] = await Promise.all([import(read('component-url')), import(read('renderer-url'))]);
    await renderer.default(island)(component.default, fieldsOf(JSON.parse(read('props'))));
    island.removeAttribute('ssr');
  };
  let awake: Promise<void> | undefined;
  const once = () => (awake ??= wake());
  (self as unknown as Directives).Astro[read('client')]?.(async () => once, JSON.parse(read('opts')), island);
  addEventListener('keydown', ({ key }) => key === 'Tab' && once());
};

addEventListener('DOMContentLoaded', () => document.querySelectorAll('astro-island').forEach(start));
