/** What the build writes into a page for each playground, before any script: words, table, controls that wait. */
import { getContainerRenderer } from '@astrojs/preact/container-renderer';
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { loadRenderers } from 'astro:container';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../components/catalog.ts';
import * as components from '../../components/index.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
import { replay } from '../../src/sim/index.ts';

type Embed = Parameters<AstroContainer['renderToString']>[0];

const container = await AstroContainer.create({ renderers: await loadRenderers([getContainerRenderer()]) });
const CAPTION = 'Press a button & read on.';

/** The text of some HTML as a reader gets it, without spaces that only markup brings. */
function words(html: string): string {
  const text = html.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ');
  return decode(text).replaceAll(/\s+/g, '');
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll(/&#39;|&apos;/g, "'").replaceAll('&amp;', '&');
}

describe.each(Object.entries(catalog))('%s', (name, playground) => {
  const embed = components[name as keyof typeof components] as Embed;
  const model = playground.model(figuresFor(playground.figures), known());
  const { state } = replay(model, playground.recipe(playground.props.parse({ caption: CAPTION })));
  const render = () => container.renderToString(embed, { props: { caption: CAPTION } });

  test('says in words and in a table what its first frame shows', async () => {
    const text = words(await render());
    expect(text).toContain(words(model.describe(state)));
    expect(text).toContain(words(playground.question));
    expect(text).toContain(words(CAPTION));
    const table = playground.table(state);
    for (const cell of [...table.head, ...table.rows.flat()]) expect(text).toContain(words(cell));
  });

  test('has controls, all disabled until the script takes over', async () => {
    const controls = (await render()).match(/<(?:button|input|select|textarea)\b[^>]*>/g) ?? [];
    expect(controls.length).toBeGreaterThan(2);
    expect(controls.filter((control) => !/\sdisabled(?:[\s=/>]|$)/.test(control))).toEqual([]);
  });

  test('is hydrated: it carries an island with its instance, which is also its anchor', async () => {
    const html = await render();
    expect(html).toMatch(/<astro-island[^>]+client="/);
    expect(html).toContain(`id="${name}-1"`);
  });

  test('stops the build at props that it does not know', async () => {
    await expect(container.renderToString(embed, { props: { caption: CAPTION, 'no-such-prop': 1 } })).rejects.toThrow(name);
    await expect(container.renderToString(embed, { props: {} })).rejects.toThrow(/caption/);
  });
});
