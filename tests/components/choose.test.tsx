/** Choose as authors and readers meet it: props, links, groups, table and the first frame. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import Choose from '../../components/choose/Choose.tsx';
import { codec } from '../../components/choose/codec.ts';
import { CHOICES, STACKS } from '../../components/choose/names.ts';
import { choose as playground } from '../../components/choose/playground.ts';
import { chooseProps } from '../../components/choose/props.ts';
import { briefTableOf, commonOf, standingOf, tableOf } from '../../components/choose/view.ts';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
import { CANDIDATES, PRESET_TABLE, PRESETS, type PresetId } from '../../src/sim/choosing/index.ts';

const model = playground.model(figuresFor(playground.figures), known());
const recipeOf = (preset: PresetId) => ({ config: PRESET_TABLE[preset].to, seed: 1, actions: [] });
const at = (preset: PresetId) => model.init(PRESET_TABLE[preset].to, 1);

describe('props', () => {
  test('need a caption and nothing else, and take single settings on top of a ready work', () => {
    expect(playground.recipe(parseProps('Choose', chooseProps, { caption: 'x' })).config).toEqual(PRESET_TABLE.web.to);
    expect(playground.recipe(parseProps('Choose', chooseProps, { caption: 'x', preset: 'functions', virtualization: false, count: 7 })).config).toEqual({ ...PRESET_TABLE.functions.to, kvm: false, count: 7 });
  });

  test('say what they would have accepted', () => {
    expect(() => parseProps('Choose', chooseProps, { caption: 'x', preset: 'game', count: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [Error: <Choose> does not fit its props:
        preset: Invalid option: expected one of "web"|"functions"|"ci"|"plugin"|"database"|"windows"
        count: Too small: expected number to be >=1
      See the README beside Choose.tsx for the props and examples.]
    `);
  });
});

describe('a link', () => {
  test('keeps its words for ever', () => {
    expect(PRESETS.map((preset) => codec.encode(recipeOf(preset)))).toEqual([
      'm-25-d-v-a-xhf-16-4-a-0-100', 's-1000-q-c-a-xhf-384-48-a-0-100', 'o-8-d-d-a-xxf-64-16-a-0-100', 's-50-d-s-a-rhf-32-8-a-0-100', 'm-1-r-d-a-xhf-128-16-a-0-100', 'm-1-r-c-w-xhf-16-4-a-0-100',
    ].map((word) => sealed(`1~${word}~1~`)));
  });

  test('keeps where the reader came to, not the way', () => {
    const text = codec.encode({ ...recipeOf('web'), actions: [{ type: 'take', preset: 'ci' }, { type: 'set', to: { code: 'strangers' } }] });
    expect(codec.decode(text)).toEqual({ config: { ...PRESET_TABLE.ci.to, code: 'strangers' }, seed: 1, actions: [] });
  });

  test.each(['1~z-25-d-v-a-xhf-16-4-a-0-100~1~', '1~m-0-d-v-a-xhf-16-4-a-0-100~1~', '1~m-25-d-v-a-xhf-16-4-a-0~1~', '2~m-25-d-v-a-xhf-16-4-a-0-100~1~'])('is refused when it is damaged: %s', (text) => {
    expect(codec.decode(sealed(text))).toBeNull();
  });
});

describe('the view', () => {
  test('says what all of those that stand have in common once', () => {
    const standing = standingOf(at('plugin'));
    expect(standing.map(({ id }) => id)).toEqual(['gvisor', 'kata', 'microvm', 'unikernel']);
    expect(commonOf(standing)).toEqual([]);
    expect(commonOf(standingOf(at('functions')))).toEqual(['the code is strangers’ (other code asks for less)']);
  });

  test('has a short table for lessons', () => {
    const { head, rows } = briefTableOf(at('functions'));
    expect(head).toHaveLength(4);
    expect(rows[1]?.slice(0, 2)).toEqual(['Container (runc)', 'Struck out by what is asked']);
  });

  test('has a row for each candidate, with clock, hardware and year beside a start', () => {
    const { head, rows } = tableOf(at('functions'));
    expect(rows).toHaveLength(7);
    expect(rows[4]?.[head.indexOf('Start of one')]).toMatch(/^160.9 ms \(.*from starting the VMM process.*EC2 m5d.metal, 2020/);
    expect(rows[3]?.[head.indexOf('Start of one')]).toMatch(/^900 ms \(.*crictl/);
  });

  test('draws a kernel of its own inside the wall of each candidate that has one', () => {
    const own = CANDIDATES.filter((id) => STACKS[id].some((slab) => typeof slab !== 'string' && slab.includes('kernel')));
    expect(own).toEqual(['gvisor', 'kata', 'microvm', 'vm', 'unikernel']);
  });
});

describe('the first frame', () => {
  const first = at('functions');
  const shown = (brief: boolean) => render(<Choose instance="Choose-1" question={playground.question} caption="Choose." recipe={recipeOf('functions')} first={first} address="/data/choosing.json" base="/layerlab/" presets={{ functions: 'Functions' }} choices={CHOICES} stacks={STACKS} sources={{ 'gvisor-readme': 'gVisor, 2026' }} brief={brief} full="/layerlab/playgrounds/Choose/?Choose-1=x#Choose-1" />);
  const html = shown(false);

  test('gives the answer in words, then the matrix, what would change it, and each candidate', () => {
    const places = ['Of seven candidates three stand', 'Asked: that its calls stay off', '<h3>Stands</h3>', 'ch-matrix', 'Container under gVisor', 'All of them as long as', 'What would change this', '<h3>In full</h3>', '<h3>The others</h3>'].map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('shows clock and measure beside the numbers of the matrix', () => {
    const matrix = html.slice(html.indexOf('ch-matrix'), html.indexOf('What would change'));
    for (const text of ['160.9 ms', 'from VMM process to init', '1,144.2 ms', 'from docker run', '900 ms', '69.5–170.7 MiB', 'guest of 256 MiB', '130–160 MiB', 'as Kubernetes accounts it']) expect(matrix).toContain(text);
    expect(matrix).not.toContain('m5d.metal');
  });

  test('in a lesson ends with the changes and a link to the whole', () => {
    const brief = shown(true);
    expect(brief).toContain('href="/layerlab/playgrounds/Choose/?Choose-1=x#Choose-1"');
    expect(brief).toContain('What would change this');
    for (const text of ['<h3>In full</h3>', '<h3>The others</h3>', 'Its figures']) expect(brief).not.toContain(text);
    expect(html).not.toContain('?Choose-1=x');
    expect(brief.length).toBeLessThan(html.length / 2);
  });

  test('links sources below the base', () => {
    expect(html).toContain('<a href="/layerlab/sources/#gvisor-readme">gVisor, 2026</a>');
  });

  test('disables what changes the run', () => {
    expect((html.match(/<(?:button|input|select)\b[^>]*>/g) ?? []).filter((control) => !/ disabled/.test(control))).toEqual([]);
  });

  test('is small enough to stand in a page', () => {
    expect(Math.max(...PRESETS.map((preset) => JSON.stringify(at(preset)).length))).toBeLessThan(34_000);
  });
});
