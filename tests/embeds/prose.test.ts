/** What the build writes for figures, claims and cited sources: words and links, before any script. */
import { experimental_AstroContainer as AstroContainer } from 'astro/container';
import { describe, expect, test } from 'vitest';
import { Claim, Figure, Predict, Source } from '../../components/index.ts';

type Embed = Parameters<AstroContainer['renderToString']>[0];

const container = await AstroContainer.create();
const render = (component: unknown, id: string) => renderWith(component, { id });
const renderWith = (component: unknown, props: Record<string, unknown>) => container.renderToString(component as Embed, { props });
const words = (html: string) => html.replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ').trim();

describe('<Figure>', () => {
  test('prints value, range, unit and evidence, with its source one link away', async () => {
    const html = await render(Figure, 'start.docker.cadden');
    expect(words(html)).toMatch(/^541 ms \(541–8,500\), source: SEUSS paper, 2020, second-hand/);
    expect(html).toContain('href="/sources/#figure-start.docker.cadden"');
  });

  test('says nothing about evidence that is first-hand', async () => {
    expect(words(await render(Figure, 'img.alpine.disk'))).not.toMatch(/second-hand|computed/);
  });

  test('stops the build at an unknown id, with the nearest one', async () => {
    await expect(render(Figure, 'img.alpin.disk')).rejects.toThrow('<Figure id="img.alpin.disk" /> on /: There is no figure "img.alpin.disk". Is "img.alpine.disk" meant?');
  });
});

describe('<Source>', () => {
  test('prints its short name as a link into the register', async () => {
    expect(await render(Source, 'man-vdso')).toMatch(/<a[^>]+href="\/sources\/#man-vdso"[^>]*>vdso\(7\), 2025<\/a>/);
  });

  test('stops the build at an unknown id, with the nearest one', async () => {
    await expect(render(Source, 'man-vsdo')).rejects.toThrow('Is "man-vdso" meant?');
  });
});

describe('<Claim>', () => {
  test('prints the sentence, the verdict in words, the answer, its sources and the way to the playground', async () => {
    const html = await render(Claim, 'container-has-its-own-kernel');
    const text = words(html);
    for (const part of ['A container holds its own operating system, kernel included.', 'False', 'A container brings a userland and no kernel.', 'OCI Image Format Specification']) expect(text).toContain(part);
    expect(html).toMatch(/href="\/playgrounds\/StackBuilder\/\?StackBuilder-1=[^"]+#StackBuilder-1"/);
    expect(html).toContain('href="/claims/#container-has-its-own-kernel"');
  });

  test('is headed by its sentence, at the level that its place needs', async () => {
    const sentence = '<span class="sr-only"[^>]*>Claim on trial: </span>“A container holds its own operating system, kernel included.”';
    expect(await render(Claim, 'container-has-its-own-kernel')).toMatch(new RegExp(`<h3 class="claim-said"[^>]*>${sentence}</h3>`));
    expect(await renderWith(Claim, { id: 'container-has-its-own-kernel', level: 2 })).toMatch(new RegExp(`<h2 class="claim-said"[^>]*>${sentence}</h2>`));
  });

  test('offers no playground where no model can decide', async () => {
    const html = await render(Claim, 'bind-mounts-cost-the-same');
    expect(html).not.toContain('/playgrounds/');
    expect(words(html)).toContain('In the register');
  });

  test('stops the build at an unknown id, with the nearest one', async () => {
    await expect(render(Claim, 'containers-start-fastr')).rejects.toThrow('Is "containers-start-faster" meant?');
  });
});

describe('<Predict>', () => {
  const props = { question: 'How many keep running?', options: 'All nine | None', answer: 'None' };

  test('quotes the answer, judges each option in words, and has its status outside of what folds', async () => {
    const html = await renderWith(Predict, props);
    expect(words(html)).toContain('The answer is “None”.');
    expect(words(html)).toMatch(/All nine \(not so\).*None \(the answer\)/);
    expect(html).toMatch(/<\/details>\s*<div class="verdict" role="status"/);
  });

  test('stops the build when the answer is none of the options', async () => {
    await expect(renderWith(Predict, { ...props, answer: 'Some' })).rejects.toThrow('the answer "Some" is not one of the options All nine | None');
  });
});
