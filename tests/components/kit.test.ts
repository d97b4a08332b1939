import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipeCodec, sealed } from '../../components/kit/codec.ts';
import { toCsv, toText } from '../../components/kit/download.ts';
import { parseProps, baseProps } from '../../components/kit/props.ts';

const codec = recipeCodec<{ n: number }, 'a' | 'b'>({
  version: 3,
  config: ({ n }) => String(n),
  readConfig: (text) => (/^\d+$/.test(text) ? { n: Number(text) } : null),
  action: (action) => action,
  readAction: (text) => (text === 'a' || text === 'b' ? text : null),
});

describe('a link', () => {
  it('gives back the recipe it was made from', () => {
    const recipes = fc.record({ config: fc.record({ n: fc.nat() }), seed: fc.nat(), actions: fc.array(fc.constantFrom('a' as const, 'b' as const), { maxLength: 300 }) });
    fc.assert(fc.property(recipes, (recipe) => {
      expect(codec.decode(codec.encode(recipe))).toEqual(recipe);
    }));
  });

  it('writes repeated actions once', () => {
    expect(codec.encode({ config: { n: 7 }, seed: 1, actions: ['a', 'a', 'a', 'b'] })).toBe(sealed('3~7~1~a*3.b'));
  });

  it.each(['', '3', '3~7~1', '2~7~1~a', '3~x~1~a', '3~7~-1~a', '3~7~1~c', '3~7~1~a*0', '3~7~1~a*999', '3~7~1~a~b', '3~7~1~<script>', `3~7~1~${'a.'.repeat(2000)}`])(
    'is refused when it is damaged: %s',
    (text) => {
      expect(codec.decode(text)).toBeNull();
      expect(codec.decode(sealed(text))).toBeNull();
    },
  );

  it('is refused when its end is missing', () => {
    const whole = codec.encode({ config: { n: 7 }, seed: 1, actions: ['a', 'b', 'a', 'b'] });
    for (let length = 0; length < whole.length; length += 1) expect(codec.decode(whole.slice(0, length))).toBeNull();
  });

  it('never throws, whatever is pasted', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
      codec.decode(text);
    }));
  });
});

describe('an export', () => {
  const table = { caption: 'Stack', head: ['Layer', 'Part'], rows: [['kernel', 'Linux, "6.12"'], ['=1+1', 'two\nlines']] };

  it('quotes CSV cells and disarms formulas', () => {
    expect(toCsv(table)).toBe('Layer,Part\r\nkernel,"Linux, ""6.12"""\r\n\'=1+1,"two\nlines"\r\n');
  });

  it('aligns text columns', () => {
    expect(toText({ ...table, rows: [['kernel', 'Linux']] })).toBe('Stack\n\nLayer   Part\nkernel  Linux\n');
  });
});

describe('props', () => {
  it('name every mistake and where to look', () => {
    expect(() => parseProps('StackBuilder', baseProps, { sed: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [Error: <StackBuilder> does not fit its props:
        caption: a caption that tells the reader what to do
        props: Unrecognized key: "sed"
      See the README beside StackBuilder.tsx for the props and examples.]
    `);
  });
});
