/** Choose as authors and readers meet it: props, links, groups, table and the first frame. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import Choose from '../../components/choose/Choose.tsx';
import { codec } from '../../components/choose/codec.ts';
import { choose as playground } from '../../components/choose/playground.ts';
import { chooseProps } from '../../components/choose/props.ts';
import { groupsOf, STACKS, tableOf } from '../../components/choose/view.ts';
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
  test('groups candidates by verdict, those that stand first, and leaves nobody out', () => {
    for (const preset of PRESETS) {
      const groups = groupsOf(at(preset));
      expect(groups[0]?.verdict).toBe('stands');
      expect(groups.flatMap(({ candidates }) => candidates.map(({ id }) => id)).toSorted()).toEqual([...CANDIDATES].toSorted());
    }
  });

  test('has a row for each candidate, with clock, hardware and year beside a start', () => {
    const { head, rows } = tableOf(at('functions'));
    expect(rows).toHaveLength(7);
    expect(rows[4]?.[head.indexOf('Start of one')]).toMatch(/^161 ms \(.*from starting the VMM process.*EC2 m5d.metal, 2020/);
    expect(rows[3]?.[head.indexOf('Start of one')]).toMatch(/^no published figure found/);
  });

  test('draws a kernel of its own inside the wall of each candidate that has one', () => {
    const own = CANDIDATES.filter((id) => STACKS[id].some((slab) => typeof slab !== 'string' && slab.includes('kernel')));
    expect(own).toEqual(['gvisor', 'kata', 'microvm', 'vm', 'unikernel']);
  });
});

describe('the first frame', () => {
  const first = at('functions');
  const html = render(<Choose instance="Choose-1" question={playground.question} caption="Choose." recipe={recipeOf('functions')} first={first} address="/data/choosing.json" base="/layerlab/" presets={{ functions: 'Functions' }} sources={{ 'gvisor-readme': 'gVisor, 2026' }} />);

  test('gives the answer in words, then cards, then what would change it', () => {
    const places = ['Of seven candidates three stand', 'Asked: that its calls stay off', '<h3>Stands</h3>', 'Container under gVisor', '<h3>Beaten by another</h3>', '<h3>Struck out by what is asked</h3>', 'What would change this'].map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('links sources below the base', () => {
    expect(html).toContain('<a href="/layerlab/sources/#gvisor-readme">gVisor, 2026</a>');
  });

  test('disables what changes the run', () => {
    expect((html.match(/<(?:button|input|select)\b[^>]*>/g) ?? []).filter((control) => !/ disabled/.test(control))).toEqual([]);
  });

  test('is small enough to stand in a page', () => {
    expect(Math.max(...PRESETS.map((preset) => JSON.stringify(at(preset)).length))).toBeLessThan(30_000);
  });
});
