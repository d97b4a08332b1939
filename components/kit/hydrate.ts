/**
 * How Astro brings an island to life: Preact over the HTML that the build made. It stands in for @astrojs/preact's own entry,
 * which also serves signals and slots; no island here has any, and it would be a twentieth of a lesson's script.
 */
import { h, hydrate, type ComponentType } from 'preact';

export default (element: HTMLElement) => async (Island: ComponentType<object>, props: object): Promise<void> => {
  // Islands inside islands wait for their parent; Astro removes the attribute when it has hydrated.
  if (element.hasAttribute('ssr')) hydrate(h(Island, props), element);
};
