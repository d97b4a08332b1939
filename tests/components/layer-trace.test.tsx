/** LayerTrace as authors and readers meet it: props, links, the table and the first frame that the build makes. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import LayerTrace from '../../components/layer-trace/LayerTrace.tsx';
import { codec } from '../../components/layer-trace/codec.ts';
import { layerTrace as playground } from '../../components/layer-trace/playground.ts';
import { layerTraceProps } from '../../components/layer-trace/props.ts';
import { differenceOf, marksOf, recipeFor, rowsOf, tallyOf, tableOf, traced } from '../../components/layer-trace/view.ts';
import { parseProps } from '../../components/kit/props.ts';
import { replay } from '../../src/sim/index.ts';
import { citedSources, layerTrace, PROGRAMS, STACKS, WORDS_TEXT } from '../../src/sim/layer-trace/index.ts';
import type { Config } from '../../src/sim/layer-trace/index.ts';

const at = (config: Config, steps: number) => traced(layerTrace, { config, seed: 1, actions: [] }, steps).state;
const read = (stack: Config['stack'], steps: number) => at({ program: 'read-file', stack }, steps);

describe('props', () => {
  test('need a caption and nothing else', () => {
    expect(parseProps('LayerTrace', layerTraceProps, { caption: 'Step.' })).toEqual({ caption: 'Step.', seed: 1, program: 'read-file', stack: 'container', cache: 'cold', step: 0 });
  });

  test('say what they would have accepted', () => {
    expect(() => parseProps('LayerTrace', layerTraceProps, { caption: 'x', stack: 'docker', step: -1, cash: 'warm' })).toThrowErrorMatchingInlineSnapshot(`
      [Error: <LayerTrace> does not fit its props:
        stack: Invalid option: expected one of "metal"|"vm"|"container"|"container-in-vm"|"microvm"
        step: Too small: expected number to be >=0
        props: Unrecognized key: "cash"
      See the README beside LayerTrace.tsx for the props and examples.]
    `);
  });

  test('take a step beyond the end for the end', () => {
    const props = parseProps('LayerTrace', layerTraceProps, { caption: 'x', program: 'read-clock', step: 60 });
    expect(replay(layerTrace, playground.recipe(props)).state).toMatchObject({ agenda: [], trace: { length: 3 } });
  });
});

describe('a link', () => {
  const recipes = fc.record({
    config: fc.record({ program: fc.constantFrom(...PROGRAMS), stack: fc.constantFrom(...STACKS), cache: fc.constantFrom('cold' as const, 'warm' as const) }),
    seed: fc.nat(),
    actions: fc.array(fc.constant({ type: 'step' as const }), { maxLength: 40 }),
  });

  test('gives back the recipe it was made from', () => {
    fc.assert(fc.property(recipes, (recipe) => {
      expect(codec.decode(codec.encode(recipe))).toEqual(recipe);
    }));
  });

  test('keeps its words for ever', () => {
    expect(codec.encode(recipeFor(layerTrace, { program: 'read-file', stack: 'container-in-vm' }, 1, 4))).toBe('1~read-nested-cold~1~s*4~8uj');
    const words = PROGRAMS.map((program) => codec.encode({ config: { program, stack: 'metal', cache: 'warm' }, seed: 2, actions: [] }));
    expect(words).toEqual(['1~read-metal-warm~2~', '1~send-metal-warm~2~', '1~allocate-metal-warm~2~', '1~print-metal-warm~2~', '1~clock-metal-warm~2~'].map(sealed));
    expect(STACKS.map((stack) => codec.encode({ config: { program: 'print', stack }, seed: 1, actions: [] }).split('-')[1])).toEqual(['metal', 'vm', 'container', 'nested', 'microvm']);
  });

  test.each(['1~read-container~1~', '1~read-container-cold-x~1~', '1~read-docker-cold~1~', '1~-container-cold~1~', '1~read-container-cold~1~x', '2~read-container-cold~1~'])('is refused when it is damaged: %s', (text) => {
    expect(codec.decode(sealed(text))).toBeNull();
  });
});

describe('the table', () => {
  test('starts with the program at rest and tells each step', () => {
    expect(tableOf(read('container', 2))).toMatchInlineSnapshot(`
      {
        "caption": "Read a file. Stack: Container",
        "head": [
          "Step",
          "From → to",
          "CPU mode",
          "What happened",
        ],
        "rows": [
          [
            "0",
            "program",
            "user mode, ring 3",
            "The program runs and is about to call.",
          ],
          [
            "1",
            "program → C library",
            "user mode, ring 3",
            "Library call: The program calls read() for a file that it has open. The C library is code of the same process, so nothing is crossed yet.",
          ],
          [
            "2",
            "C library → host kernel",
            "kernel mode, ring 0",
            "System call: The C library executes SYSCALL for read. The CPU switches to kernel mode and goes on in the host kernel. The container has no kernel of its own.",
          ],
        ],
      }
    `);
  });

  test('has a cell for every heading, in every state', () => {
    for (const program of PROGRAMS) {
      for (const stack of STACKS) {
        const { head, rows } = tableOf(at({ program, stack }, Infinity));
        expect(rows.filter((row) => row.length !== head.length || row.some((cell) => cell === ''))).toEqual([]);
      }
    }
  });
});

describe('the drawing', () => {
  test('marks the part that runs and those that ran', () => {
    expect(marksOf(read('container', 0))).toEqual({ app: 'active' });
    expect(marksOf(read('container', 2))).toEqual({ app: 'passed', userland: 'passed', 'host-kernel': 'active' });
  });

  test('tells a device’s register from the CPU that writes to it', () => {
    const state = read('metal', 6);
    expect(state.trace.at(-1)?.id).toBe('doorbellRung');
    expect(marksOf(state)).toMatchObject({ hardware: 'passed', 'host-kernel': 'active' });
  });

  test('shows a call from a container as one through its wall', () => {
    const borders = (stack: Config['stack']) => rowsOf(read(stack, Infinity)).map((row) => row.border);
    expect(borders('container')).toContain('sandbox');
    expect(borders('container')).not.toContain('gate');
    expect(borders('metal')).not.toContain('sandbox');
    expect(borders('vm')).toContain('machine');
  });
});

describe('the tally', () => {
  test('counts what readers compare', () => {
    expect(tallyOf(read('vm', Infinity))).toBe('1 system call by the program, at least 1 VM exit, 2 kernels ran; the call entered the guest kernel.');
    expect(tallyOf(read('container', 1))).toBe('no system calls by the program, no VM exits, no kernels ran.');
    expect(tallyOf(at({ program: 'read-clock', stack: 'vm' }, Infinity))).toBe('no system calls by the program, no VM exit needed, no kernels ran; no kernel was asked.');
  });
});

describe('the difference of two answered requests', () => {
  const measured = (stack: Config['stack']) => [layerTrace.measure(read(stack, Infinity))['vmExits'], layerTrace.measure(read(stack, Infinity))['kernelsInvolved']];
  const between = (one: Config['stack'], other: Config['stack']) => differenceOf([read(one, Infinity), read(other, Infinity)]);

  test('names the stack that needed more, whichever comes first', () => {
    expect(between('container', 'vm')).toBe('Virtual machine needed at least 1 VM exit and a second kernel more.');
    expect(between('vm', 'container')).toBe(between('container', 'vm'));
    expect(STACKS.flatMap((stack) => measured(stack))).toEqual([0, 1, 1, 2, 0, 1, 1, 2, 1, 2]);
    expect(between('metal', 'container')).toBe('No difference in these counts.');
  });
});

describe('the first frame', () => {
  const frame = (step: number, compareWith?: Config['stack']) => {
    const props = parseProps('LayerTrace', layerTraceProps, { caption: 'Step.', step, compareWith });
    const recipe = playground.recipe(props);
    const beside = compareWith && playground.recipe({ ...props, stack: compareWith });
    return render(
      <LayerTrace instance="LayerTrace-1" question={playground.question} caption={props.caption} recipe={recipe} {...(beside ? { beside } : {})} base="/layerlab/" words={WORDS_TEXT} sources={{ 'docker-seccomp': 'Seccomp' }} />,
    );
  };

  test('tells the state in words, with every control disabled', () => {
    const html = frame(2);
    expect(html).toContain('The C library executes SYSCALL for read.');
    expect(html).toContain('kernel mode');
    expect(html).toContain('Step 2 of 12');
    expect(html.match(/<(?:button|select|input)\b/g)?.length).toBe(html.match(/<(?:button|select|input)\b[^>]*\bdisabled\b/g)?.length);
  });

  test('says what will be counted, then the counts, and in the end the difference; none of it to the live region', () => {
    expect(frame(0)).toContain('Counted at each step:');
    expect(frame(0)).not.toContain('no VM exits');
    expect(frame(2, 'vm')).not.toContain('a second kernel more');
    expect(frame(60, 'vm')).toContain('Virtual machine needed at least 1 VM exit and a second kernel more.');
    expect(frame(60, 'vm')).toContain('which are not counted.');
    expect(frame(60)).not.toContain('which are not counted.');
    expect(frame(2).match(/role="status".*?<\/div>/s)?.[0]).not.toContain('system calls by the program');
  });

  test('tells the VMM from the kernel part that serves the machine', () => {
    expect(frame(2, 'vm')).toContain('a process of the host; serves devices');
    expect(frame(2)).not.toContain('with KVM');
  });

  test('cites sources that the site has, and no others', () => {
    expect(frame(3)).toContain('<a href="/layerlab/sources/#docker-seccomp">Seccomp</a>');
    expect(frame(3)).not.toContain('#man-seccomp');
  });

  test('can cite every source that a rule names', () => {
    expect(citedSources).toContain('docker-seccomp');
    expect(playground.sources).toBe(citedSources);
    expect(citedSources.filter((id) => !existsSync(new URL(`../../content/sources/${id}.yaml`, import.meta.url)))).toEqual([]);
  });

  test('has two stacks where the author compares', () => {
    const html = frame(0, 'vm');
    expect(html.match(/class="lt-run"/g)).toHaveLength(2);
    expect(html).toContain('Step 0 of 21');
    expect(html).toContain('Keep second');
  });

  test('has unique ids, whatever is shown', () => {
    const found = [...frame(8, 'vm').matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(found).size).toBe(found.length);
  });
});
