// @vitest-environment jsdom
/** The Decoder as its reader, its author and its links meet it. */
import fc from 'fast-check';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { codec } from '../../components/decoder/codec.ts';
import Decoder from '../../components/decoder/Decoder.tsx';
import { makeModel, readingOf } from '../../components/decoder/engine.ts';
import { decoder } from '../../components/decoder/playground.ts';
import { decoderProps } from '../../components/decoder/props.ts';
import { headOf, pieces, sectionLabel, tableOf } from '../../components/decoder/view.ts';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { known } from '../../src/known/index.ts';
import { ERROR_LAYERS } from '../../src/sim/decoder/index.ts';
import { FIRST_TEXT, MESSAGES, type Action, type Config, type State } from '../../src/sim/decoder/model.ts';
import { replay } from '../../src/sim/index.ts';

const { errors } = known();
const model = makeModel(errors);
const configOf = (text: string): Config => ({ text, family: '', considered: '' });
const stateOf = (...actions: readonly Action[]): State => replay(model, { config: configOf(FIRST_TEXT), seed: 1, actions }).state;

let addresses = 0;
/** An island that starts in a state; each fetches its knowledge from an address of its own. */
const island = (state: State) => (
  <Decoder instance="Decoder-1" question={decoder.question} caption="Paste one." recipe={{ config: configOf(state.text), seed: 1, actions: [] }} first={state}
    names={MESSAGES} base="/layerlab/" address={`/data/errors.json?v=${(addresses += 1)}`} issues="https://example.org/issues/new" />
);

describe('the author’s props', () => {
  const parsed = (props: object) => decoder.recipe(parseProps('Decoder', decoderProps, { caption: 'Look.', ...props }) as never).config;

  test('start with an exec format error, or with the text that they give', () => {
    expect(parsed({})).toEqual(configOf(FIRST_TEXT));
    expect(parsed({ text: 'no space left on device' })).toEqual(configOf('no space left on device'));
  });

  test('are refused when no link could hold the text', () => {
    expect(() => parsed({ text: 'x'.repeat(2000) })).toThrow('give the lines that carry the message');
    expect(() => parsed({ text: '' })).toThrow('an error message');
  });
});

describe('a link', () => {
  const layers = fc.constantFrom('' as const, ...ERROR_LAYERS);
  const through = (config: Config, actions: readonly Action[] = []) => codec.decode(codec.encode({ config, seed: 1, actions }))?.config;

  test('keeps any text, whatever its characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), layers, (text, considered) => {
      fc.pre(new TextEncoder().encode(text).length <= 1350);
      expect(through({ text, family: '', considered })).toEqual({ text, family: '', considered });
    }));
    expect(through(configOf('\ufeff\u0000\u001b[31m\n\u202e🐳'))).toEqual(configOf('\ufeff\u0000\u001b[31m\n\u202e🐳'));
  });

  test('holds what the run has come to, and nothing of the way', () => {
    const actions: readonly Action[] = [{ type: 'read', text: 'secret' }, { type: 'example', family: 'port-in-use' }, { type: 'consider', layer: 'other' }];
    expect(through(configOf('before'), actions)).toEqual({ text: '', family: 'port-in-use', considered: 'other' });
    expect(codec.encode({ config: configOf('before'), seed: 1, actions })).toBe(sealed('1~f.port-in-use.other~1~'));
  });

  test.each(['t..', 't.ZXhlYw.', 'f.port-in-use.network'])('reads %s', (text) => {
    expect(codec.decode(sealed(`1~${text}~1~`))).not.toBeNull();
  });

  test.each(['', 't', 'x.ZXhlYw.', 't.ZXhlYw', 't.ZXhlYw.nowhere', 't.ZXhlY.', 't.ZXhlYw==.', 't._w.', 't.7aCA.', 'f..', 'f.__proto__.', 'f.Port.', 'f.a--b.'])('refuses %s', (text) => {
    expect(codec.decode(sealed(`1~${text}~1~`))).toBeNull();
  });
});

describe('what is shown', () => {
  const HOSTILE = ['<img src=x onerror=alert(1)>', '</pre><script>alert(1)</script>', '"><svg/onload=alert(1)>', '&lt;b&gt;', '<!--', ']]>', '\u0000<iframe>', 'javascript:alert(1)'];

  test.each(HOSTILE)('of %j around a message is text, never markup', (evil) => {
    for (const text of [`${evil} exec format error ${evil}`, `exec ${evil} format error`, evil]) {
      const state = replay(model, { config: configOf(FIRST_TEXT), seed: 1, actions: [readingOf(text, errors)] }).state;
      const html = renderToString(island(state));
      const page = new DOMParser().parseFromString(html, 'text/html');
      expect(page.querySelectorAll('img, script, iframe, svg, style')).toHaveLength(0);
      expect([...page.querySelectorAll('*')].flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on'))).toEqual([]);
      expect([...page.querySelectorAll('a')].filter((link) => !/^(?:https:\/\/|http:\/\/|\/layerlab\/)/.test(link.getAttribute('href') ?? ''))).toEqual([]);
    }
  });

  test('is the text in pieces that join to it again', () => {
    fc.assert(fc.property(fc.constantFrom(...errors.families.flatMap(({ examples }) => examples)), (example) => {
      const state = replay(model, { config: configOf(FIRST_TEXT), seed: 1, actions: [readingOf(`a\n${example}\nb`, errors)] }).state;
      expect(pieces(state).map(({ text }) => text).join('')).toBe(state.text);
      expect(pieces(state).some(({ marked }) => marked)).toBe(state.marks.length > 0);
    }));
  });

  test('begins with the layer, then the meaning, then what to do', () => {
    const { body } = new DOMParser().parseFromString(renderToString(island(stateOf())), 'text/html');
    const text = body.querySelector('.dc-answer')?.textContent ?? '';
    const places = ['The CPU', 'The kernel was given a file', 'What to do', 'Very sure', 'What else it can be'].map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect([...body.querySelectorAll('a[href^=http]')].every((link) => link.getAttribute('rel') === 'noreferrer')).toBe(true);
    expect(body.querySelector('a[href*="/playgrounds/WillItRun/"]')?.getAttribute('href')).toMatch(/^\/layerlab\/playgrounds\/WillItRun\/\?WillItRun-1=1~h\S+#WillItRun-1$/);
    expect(body.querySelector('a[href="/layerlab/errors/#exec-format-error"]')).not.toBeNull();
  });

  test('marks the layer that is looked at on the cross-section, and names it to screen readers', () => {
    const marked = (state: State) => {
      const { body } = new DOMParser().parseFromString(renderToString(island(state)), 'text/html');
      return [...body.querySelectorAll('[data-marked=first], [data-marked=other]')].map((part) => `${part.getAttribute('data-marked')}: ${part.querySelector('b')?.textContent}, ${part.querySelector('.dc-mark')?.textContent}`);
    };
    expect(marked(stateOf())).toEqual(['first: hardware, instruction set']);
    expect(marked(stateOf({ type: 'consider', layer: 'script-format' }))).toEqual(['other: application, program file']);
    expect(sectionLabel(stateOf().first)).toBe('Cross-section of a machine. Marked: hardware.');
    expect(sectionLabel(undefined)).toContain('Nothing is marked');
    expect(headOf('memory: of the container')).toEqual(['Memory', 'of the container']);
    expect(headOf('the network between')).toEqual(['The network between', '']);
  });

  test('is a table that tells two runs apart and holds the fixes of every meaning', () => {
    const { caption, rows } = tableOf(stateOf(), 'Second');
    expect(caption).toMatch(/^Second\. /);
    expect(rows.filter(([head]) => head === 'What to do then').length).toBeGreaterThanOrEqual(3);
    expect(rows.find(([head]) => head === 'How sure')?.[1]).toMatch(/of 10 such reports$/);
  });

  test('goes on in the pages that the entry names, and says without JavaScript what cannot be done', () => {
    const state = replay(model, { config: configOf(FIRST_TEXT), seed: 1, actions: [{ type: 'read', text: 'http://192.168.99.100:8080/' }] }).state;
    const { body } = new DOMParser().parseFromString(renderToString(island(state)), 'text/html');
    expect(body.querySelector('a[href="/layerlab/lessons/boot2docker-and-docker-toolbox/"]')?.textContent).toContain('Docker Toolbox');
    expect(body.querySelector('a[href^="/layerlab/playgrounds/TimeMachine/?TimeMachine-1="]')).not.toBeNull();
    expect(body.querySelector('noscript + label')?.textContent).toBe('Paste the error');
    expect(body.querySelector('noscript a')?.getAttribute('href')).toBe('/layerlab/errors/');
  });

  test('for an unknown text is what to paste instead, the nearest ones, and a way to the project without the text', () => {
    const state = replay(model, { config: configOf(FIRST_TEXT), seed: 1, actions: [{ type: 'read', text: 'the edition of the quux went home' }] }).state;
    const { body } = new DOMParser().parseFromString(renderToString(island(state)), 'text/html');
    expect(body.querySelector('h3')?.textContent).toBe('No known message is in this text');
    expect(body.querySelector('.dc-near')?.textContent).toContain('edition');
    expect([...body.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toContain('https://example.org/issues/new');
  });
});

describe('in the page', () => {
  beforeEach(() => {
    history.replaceState(null, '', '/');
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(errors)))));
    Element.prototype.scrollIntoView = () => {};
    document.body.innerHTML = '<main></main>';
  });
  afterEach(() => {
    render(null, document.querySelector('main') as HTMLElement);
    vi.unstubAllGlobals();
  });

  const main = () => document.querySelector('main') as HTMLElement;
  const field = () => main().querySelector('textarea') as HTMLTextAreaElement;
  const button = (name: string) => [...main().querySelectorAll('button')].find(({ textContent }) => textContent === name) as HTMLButtonElement;
  const heading = () => main().querySelector('h3')?.textContent;
  const show = () => act(() => render(island(stateOf()), main()));
  const until = (check: () => void) => vi.waitFor(async () => {
    await act(async () => {});
    check();
  }, { timeout: 10_000 });

  test('pressing the button decodes what was pasted, says so, and leaves it in its field', async () => {
    await show();
    const pasted = `line one\n${'x'.repeat(50)}\nwrite /var/lib/docker/tmp/GetImageBlob: no space left on device\nlast line`;
    field().value = pasted;
    await act(() => button('Decode it').click());
    await until(() => expect(heading()).toBe('Disk space'));
    expect(field().value).toBe(pasted);
    expect(main().querySelector('.pg-say')?.textContent).toContain('The mismatch is in disk space');
    expect(main().querySelector('.dc-text')?.textContent).toBe('write /var/lib/docker/tmp/GetImageBlob: no space left on device');
  });

  test('pasting decodes without a press', async () => {
    await show();
    field().value = 'Bind for 0.0.0.0:80 failed: port is already allocated';
    field().dispatchEvent(new Event('paste', { bubbles: true }));
    await until(() => expect(heading()).toMatch(/^The network/));
  });

  const type = (text: string) => {
    field().value = text;
    field().dispatchEvent(new Event('input', { bubbles: true }));
  };
  const lead = () => main().querySelector('.dc-lead')?.textContent;
  const STALE = 'The answer below is for the text before.';

  test('text that a keyboard puts in without a paste is decoded after a pause, and the answer before it is marked until then', async () => {
    await show();
    await act(() => type('Bind for 0.0.0.0:80 failed: port is already allocated'));
    expect({ lead: lead(), heading: heading() }).toEqual({ lead: STALE, heading: 'The CPU' });
    await until(() => expect(heading()).toMatch(/^The network/));
    expect(lead()).not.toBe(STALE);
  });

  test('a text is decoded when its letters have stopped coming, and not at each of them', async () => {
    await show();
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
    const typed = 'no space left on device';
    for (const length of Array.from(typed, (_, i) => i + 1)) await act(() => type(typed.slice(0, length)));
    await until(() => expect(heading()).toBe('Disk space'));
    expect(main().querySelector('.pg-transport')?.textContent).toContain('1 of 1');
    expect(scrolled).not.toHaveBeenCalled();
  });

  test('a field that holds what was decoded, or nothing, marks no answer', async () => {
    await show();
    field().value = 'no space left on device';
    await act(() => button('Decode it').click());
    await until(() => expect(heading()).toBe('Disk space'));
    await act(() => type('no space left on devic'));
    expect(lead()).toBe(STALE);
    await act(() => type('no space left on device'));
    expect(lead()).not.toBe(STALE);
    await act(() => type(''));
    expect(lead()).not.toBe(STALE);
  });

  test('a press with nothing pasted asks for something and changes nothing', async () => {
    await show();
    await act(() => button('Decode it').click());
    expect(main().querySelector('.dc-send [role=status]')?.textContent).toContain('paste an error first');
    expect(heading()).toBe('The CPU');
    expect(fetch).not.toHaveBeenCalled();
  });

  test('says what of a very long paste was not read', async () => {
    await show();
    field().value = `exec format error ${'x'.repeat(500_000)} no space left on device`;
    await act(() => button('Decode it').click());
    expect(main().querySelector('.dc-send [role=status]')?.textContent).toMatch(/^That is long: the 100,\d{3} characters in its middle were not read\.$/);
  });

  test('keeps the text and says so when the rules cannot be fetched, and works when they can', async () => {
    vi.mocked(fetch).mockResolvedValue(new Response('', { status: 503 }));
    await show();
    field().value = 'no space left on device';
    await act(() => button('Decode it').click());
    await until(() => expect(main().querySelector('[role=alert]')?.textContent).toContain('could not be fetched'));
    expect({ text: field().value, heading: heading(), lead: lead() }).toEqual({ text: 'no space left on device', heading: 'The CPU', lead: STALE });
    vi.mocked(fetch).mockImplementation(() => Promise.resolve(new Response(JSON.stringify(errors))));
    await act(() => button('Decode it').click());
    await until(() => expect(heading()).toBe('Disk space'));
    expect(lead()).not.toBe(STALE);
  });

  test('another layer is looked at and left again, and two errors stand side by side', async () => {
    await show();
    await act(() => button('The program file').click());
    await until(() => expect(main().querySelector('[data-looked=true]')?.textContent).toContain('What tells:'));
    await act(() => button('The program file').click());
    await until(() => expect(main().querySelector('[data-looked=true]')).toBeNull());
    await act(() => button('Compare').click());
    await until(() => expect(main().querySelectorAll('.dc-run')).toHaveLength(2));
    field().value = 'no space left on device';
    await act(() => button('Decode it').click());
    await until(() => expect([...main().querySelectorAll('.dc-run h3')].map(({ textContent }) => textContent)).toEqual(['The CPU', 'Disk space']));
    await act(() => button('Start over').click());
    await until(() => expect([...main().querySelectorAll('.dc-run h3')].map(({ textContent }) => textContent)).toEqual(['The CPU']));
  });
});
