// @vitest-environment jsdom
/** Links and exports of a session, as the page makes and reads them. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sealed } from '../../components/kit/codec.ts';
import { save } from '../../components/kit/download.ts';
import { tellLink, linkTo, openedBy, tell } from '../../components/kit/link.ts';
import type { Session } from '../../components/kit/Runs.ts';
import { codec } from '../../components/stack-builder/codec.ts';
import { stackBuilder } from '../../components/stack-builder/playground.ts';
import { tableOf } from '../../components/stack-builder/view.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { played, seek } from '../../src/sim/run.ts';
import { stackCost, type Action, type Config, type Fact, type State } from '../../src/sim/stack-cost/index.ts';

const model = stackCost(figuresFor(stackBuilder.figures));
const recipe = (...actions: readonly Action[]) => ({ config: { app: 'nginx', start: { container: 3 } } as Config, seed: 1, actions });
const vms = played(model, recipe({ type: 'moveAll', placement: 'vm' }));
const undone = seek(vms, 0);

const START = sealed('1~nginx-03000~1~');

/** What a page opens with that no link asks for. */
const FIRST = [recipe({ type: 'moveAll', placement: 'vm' })];
const asked = (instance: string) => openedBy({ instance, recipes: FIRST, play: (each) => played(model, each) }, codec);

/** As much of a session as links and exports need. */
const sessionOf = (...runs: readonly (typeof vms)[]) =>
  ({ runs, onDemand: () => Promise.resolve({ codec, measure: model.measure }) }) as unknown as Session<Config, State, Action, Fact>;

/** A page at `address` that holds these playgrounds. */
function pageAt(address: string, ...instances: readonly string[]): void {
  history.replaceState(null, '', address);
  document.body.innerHTML = instances.map((id) => `<section class="pg" id="${id}"></section>`).join('');
}

beforeEach(() => pageAt('/lesson/?old=1#top', 'StackBuilder-1'));

describe('a link', () => {
  test('holds each run up to where it stands, and nothing else of the address', async () => {
    const link = new URL(await linkTo('StackBuilder-1', sessionOf(undone, vms)));
    expect([link.pathname, link.hash]).toEqual(['/lesson/', '#StackBuilder-1']);
    expect([...link.searchParams]).toEqual([['StackBuilder-1', `${sealed('1~nginx-03000~1~')}!${sealed('1~nginx-03000~1~Av')}`]]);
  });

  test('gives back the recipes, one or two', async () => {
    pageAt(await linkTo('StackBuilder-1', sessionOf(undone, vms)), 'StackBuilder-1');
    expect(asked('StackBuilder-1')).toEqual([[recipe(), vms.recipe], 'read']);
  });

  test('belongs to the playground with its number, and to the only one of its kind whatever its number', () => {
    pageAt(`/?StackBuilder-2=${START}`, 'StackBuilder-1', 'StackBuilder-2', 'LayerTrace-1');
    expect([asked('StackBuilder-1'), asked('StackBuilder-2')]).toEqual([[FIRST, 'read'], [[recipe()], 'read']]);
    pageAt(`/?StackBuilder-2=${START}`, 'StackBuilder-1', 'LayerTrace-1');
    expect(asked('StackBuilder-1')).toEqual([[recipe()], 'read']);
    expect(asked('LayerTrace-1')).toEqual([FIRST, 'read']);
  });

  test.each(['', 'x', 'x!y', [START, START, START].join('!')])('with the text %j is damaged', (text) => {
    pageAt(`/?StackBuilder-1=${text}`, 'StackBuilder-1');
    expect(asked('StackBuilder-1')).toEqual([FIRST, 'damaged']);
  });

  test.each([`${START}!`, `x!${START}`, `${START}!${sealed('1~nginx-03000~1~Rz')}`])('to two runs of which one is damaged gives back the other: %s', (text) => {
    pageAt(`/?StackBuilder-1=${text}`, 'StackBuilder-1');
    expect(asked('StackBuilder-1')).toEqual([[recipe()], 'damaged']);
  });

  test('to what the model does not allow is damaged, and an intact run beside it is kept', () => {
    pageAt(`/?StackBuilder-1=${START}!${sealed('1~nginx-03000~2~')}`, 'StackBuilder-1');
    const play = ({ seed }: { readonly seed: number }) => {
      if (seed === 2) throw new Error('Not allowed.');
    };
    expect(openedBy({ instance: 'StackBuilder-1', recipes: FIRST, play }, codec)).toEqual([[recipe()], 'damaged']);
  });
});

describe('what came of a button', () => {
  const told = () => document.querySelector('.pg-told')?.textContent;
  beforeEach(() => {
    vi.useFakeTimers();
    (document.querySelector('.pg') as Element).innerHTML = '<span class="pg-told"></span>';
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  const address = () => linkTo('StackBuilder-1', sessionOf(vms));
  const refused = () => Promise.reject(new DOMException('', 'NotAllowedError'));

  test('is told for a while: where the link is', async () => {
    await tellLink('StackBuilder-1', address(), refused());
    expect(told()).toBe('The link is in the address bar');
    expect(location.search).toContain('StackBuilder-1=');
    vi.advanceTimersByTime(4000);
    expect(told()).toBe('');
    await tellLink('StackBuilder-1', address(), Promise.resolve());
    expect(told()).toBe('Link copied');
  });

  test('stays when something newer was told, and makes room for what comes next', async () => {
    await tellLink('StackBuilder-1', address(), refused());
    tell('StackBuilder-1', 'stackbuilder-1.csv was made');
    vi.advanceTimersByTime(4000);
    expect(told()).toBe('stackbuilder-1.csv was made');
    await tellLink('StackBuilder-1', address(), refused());
    expect(told()).toBe('The link is in the address bar');
  });
});

describe('an export', () => {
  const saved: { name: string; blob: Blob }[] = [];
  let blob: Blob;
  beforeEach(() => {
    saved.length = 0;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => {
      blob = made as Blob;
      return 'blob:made';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob });
    });
  });
  afterEach(() => void vi.restoreAllMocks());

  const exported = async (form: 'Text' | 'CSV' | 'JSON') => {
    await save(form, 'StackBuilder-1', sessionOf(undone, vms), [tableOf(undone.state), tableOf(vms.state)]);
    const [file] = saved;
    if (!file || saved.length > 1) throw new Error(`${saved.length} files were offered.`);
    return { name: file.name, text: await file.blob.text() };
  };

  test('as JSON has what a program needs to do it again, and what it came to', async () => {
    const { name, text } = await exported('JSON');
    const { link, runs } = JSON.parse(text) as { link: string; runs: { model: string; recipe: object; measures: { kernels: number }; table: { rows: unknown[] } }[] };
    expect(name).toBe('stackbuilder-1.json');
    expect(link).toContain('#StackBuilder-1');
    expect(runs.map(({ model: id, recipe: made, measures }) => [id, made, measures.kernels])).toEqual([['stack-cost', recipe(), 1], ['stack-cost', vms.recipe, 4]]);
    expect(runs[1]?.table.rows.length).toBe(tableOf(vms.state).rows.length);
  });

  test('as text says what stands there, and shows both tables', async () => {
    const { name, text } = await exported('Text');
    expect(name).toBe('stackbuilder-1.txt');
    expect(text).toContain(`${model.describe(vms.state)}\n\n${tableOf(vms.state).caption}`);
    expect(text).toContain(tableOf(undone.state).caption);
  });

  test('as CSV has the rows of both tables', async () => {
    const { name, text } = await exported('CSV');
    expect(name).toBe('stackbuilder-1.csv');
    expect(text.match(/^Part,/gm)).toHaveLength(2);
  });
});
