/** TimeMachine as authors and readers meet it: props, links, the list, the strip and the first frame. */
import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { parseProps } from '../../components/kit/props.ts';
import { willItRunAt } from '../../components/kit/situation-link.ts';
import TimeMachine from '../../components/time-machine/TimeMachine.tsx';
import { codec } from '../../components/time-machine/codec.ts';
import { timeMachine as playground } from '../../components/time-machine/playground.ts';
import { timeMachineProps } from '../../components/time-machine/props.ts';
import { answering, changeFrom, checkedAt, entriesOf, newsOf, pairsOf, tableOf, yearInWords } from '../../components/time-machine/view.ts';
import { compat } from '../../src/compat/index.ts';
import { historyOf } from '../../src/history/index.ts';
import { readSituation } from '../../src/sim/compat/index.ts';
import { almanacOf, MACHINES, timeMachineIn, type MachineId } from '../../src/sim/history/index.ts';

const model = timeMachineIn(almanacOf(compat(), historyOf()));
const at = (machine: MachineId, year: number) => model.init({ machine, year }, 1);
const recipeOf = (machine: MachineId, year: number) => ({ config: { machine, year }, seed: 1, actions: [] });

describe('props', () => {
  test('need a caption and nothing else', () => {
    expect(parseProps('TimeMachine', timeMachineProps, { caption: 'Drag.' })).toEqual({ caption: 'Drag.', seed: 1, machine: 'mac-intel', year: 2015 });
  });

  test('say what they would have accepted', () => {
    expect(() => parseProps('TimeMachine', timeMachineProps, { caption: 'x', machine: 'amiga', year: 1985 })).toThrowErrorMatchingInlineSnapshot(`
      [Error: <TimeMachine> does not fit its props:
        machine: Invalid option: expected one of "mac-intel"|"mac-apple"|"windows-home"|"windows-pro"|"windows-7"|"windows-server"|"linux"
        year: Too small: expected number to be >=2013
      See the README beside TimeMachine.tsx for the props and examples.]
    `);
  });
});

describe('a link', () => {
  test('keeps its words for ever', () => {
    expect(MACHINES.map((machine) => codec.encode(recipeOf(machine, 2015)))).toEqual(['macintel', 'macapple', 'winhome', 'winpro', 'win7', 'winserver', 'linux'].map((word) => sealed(`1~${word}-2015~1~`)));
  });

  test('keeps where the reader came to, not the way', () => {
    const text = codec.encode({ ...recipeOf('mac-intel', 2015), actions: [{ type: 'go', year: 2019 }, { type: 'take', machine: 'linux' }, { type: 'go', year: 2020 }] });
    expect(codec.decode(text)).toEqual(recipeOf('linux', 2020));
    const followed = codec.encode({ ...recipeOf('linux', 2020), actions: [{ type: 'follow', trace: 'toolbox', machine: 'mac-intel', year: 2015 }] });
    expect(codec.decode(followed)?.config).toEqual({ machine: 'mac-intel', year: 2015, trace: 'toolbox' });
  });

  test.each(['1~macintel-15~1~', '1~amiga-2015~1~', '1~macintel-2015-X1~1~', '2~macintel-2015~1~', '1~macintel~1~'])('is refused when it is damaged: %s', (text) => {
    expect(codec.decode(sealed(text))).toBeNull();
  });
});

describe('the view', () => {
  test('lists what a reader asks, in the same order, and nothing empty', () => {
    const headings = (machine: MachineId, year: number) => entriesOf(at(machine, year)).map(({ heading }) => heading);
    expect(headings('mac-intel', 2015)).toEqual(['Kernel', 'Tool', 'Cost', 'Address', 'Files', 'What broke that year', 'What changed that year', 'What comes next']);
    expect(headings('windows-home', 2018)).toContain('Why not another way');
    expect(headings('mac-apple', 2015)).toEqual(['What comes next']);
  });

  test('lets what worked too stand out within a year of a change, and only there', () => {
    const stands = (year: number) => entriesOf(at('mac-intel', year)).find(({ heading }) => heading === 'Also possible')?.stands;
    expect([2016, 2017, 2024].map(stands)).toEqual([true, true, false]);
  });

  test('pairs two states heading by heading, with an empty place where one has nothing to say', () => {
    const pairs = pairsOf([at('mac-intel', 2015), at('mac-apple', 2015)]);
    expect(pairs.map(({ heading }) => heading)).toEqual(['Kernel', 'Tool', 'Cost', 'Address', 'Files', 'What broke that year', 'What changed that year', 'What comes next']);
    expect(pairs[0]?.cells.map(({ length }) => length > 0)).toEqual([true, false]);
    const [two] = pairsOf([at('mac-intel', 2015), at('linux', 2013)]).filter(({ heading }) => heading === 'Address');
    expect(two?.cells.map(([line]) => line?.answer)).toEqual(['192.168.99.100', 'localhost']);
  });

  test('says of a year what is new, and neither year nor way', () => {
    expect(newsOf(at('mac-intel', 2016))).toMatch(/^New: System in December: macOS 10\.12\. Kernel that answered: Linux \(.*LinuxKit\), added\. Address of a port: localhost\. Files of the host: osxfs\. What changed: /);
    for (const machine of MACHINES) expect(newsOf(at(machine, 2017))).not.toMatch(/^(?:New: )?(?:2017|In 2017|Docker)/);
    expect(newsOf(at('mac-apple', 2015))).toBe('Nothing else is new.');
  });

  test('marks the kernel that answers', () => {
    expect(answering(at('mac-intel', 2015))).toBe('docker-toolbox/kernel');
    expect(answering(at('linux', 2015))).toBe('host/kernel');
    expect(answering(at('mac-apple', 2015))).toBeUndefined();
  });

  test('says the year as the slider does, and finds the changes around it', () => {
    const state = at('mac-intel', 2017);
    expect(yearInWords(state)).toBe('2017: Docker for Mac (HyperKit)');
    expect([changeFrom(state, -1), changeFrom(state, 1)]).toEqual([2016, 2018]);
    expect(changeFrom(at('mac-intel', 2016), -1)).toBe(2015);
    expect(changeFrom(at('linux', 2017), 1)).toBe(2017);
  });

  test('links to WillItRun as the kit does', () => {
    for (const machine of MACHINES) {
      const { situation } = at(machine, 2022);
      expect(checkedAt('/layerlab/', situation as string)).toBe(willItRunAt('/layerlab/', readSituation(situation as string) as NonNullable<ReturnType<typeof readSituation>>));
    }
  });

  test('has a row for each year', () => {
    const { head, rows } = tableOf(at('windows-pro', 2016));
    expect(head).toHaveLength(7);
    expect(rows).toHaveLength(14);
    expect(rows[3]?.slice(0, 6)).toEqual(['2016', 'Windows 10 1607', 'Docker for Windows (Hyper-V)', expect.stringMatching(/LinuxKit.*, added$/), 'localhost', 'SMB']);
  });
});

describe('the first frame', () => {
  const html = render(
    <TimeMachine instance="TimeMachine-1" question={playground.question} caption="Drag." recipe={recipeOf('windows-home', 2017)} first={at('windows-home', 2017)} address="/data/history.json" base="/" />,
  );

  test('has a slider that is called Year, and says its year and its way', () => {
    expect(html).toContain('<label for="TimeMachine-1-1-year">Year</label>');
    expect(html).toMatch(/<input[^>]+type="range"[^>]+aria-valuetext="2017: Docker Toolbox"[^>]+disabled/);
    expect(html).toContain('<datalist id="TimeMachine-1-1-years">');
  });

  test('offers addresses and commands to start from', () => {
    for (const { written } of historyOf().traces) expect(html).toContain(`>${written}</option>`);
  });

  test('links what it says to sources, and to the same machine in WillItRun', () => {
    expect(html).toContain('href="/sources/#docker-machine-virtualbox"');
    expect(html).toMatch(/href="\/playgrounds\/WillItRun\/\?WillItRun-1=1~hos\.windows/);
  });

  test('is small enough to stand in a page', () => {
    const sizes = MACHINES.flatMap((machine) => [2013, 2017, 2021, 2025].map((year) => JSON.stringify(at(machine, year)).length));
    expect(Math.max(...sizes)).toBeLessThan(14_000);
  });
});
