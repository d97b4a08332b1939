/** The matrix as a reader gets it: a table that needs neither color nor script. */
import render from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import { matrixIn, MatrixTable, matrixYears } from '../../components/will-it-run/matrix.ts';
import { MatrixFold } from '../../components/will-it-run/MatrixFold.tsx';
import { reasonsOf } from '../../components/will-it-run/matrix-view.ts';
import { compat, matrixAxes } from '../../src/compat/index.ts';
import { CELL_VERDICTS } from '../../src/sim/compat/index.ts';

const knowledge = compat();
const matrix = matrixIn(knowledge, matrixAxes());
const shown = (over: object = {}) => render(<MatrixTable {...matrix} caption="What runs where" instance="m" base="/layerlab/" ready {...over} />);

describe('the table', () => {
  const html = shown();

  test('is named by its caption and can be scrolled with the keyboard', () => {
    expect(html).toMatch(/<div class="mx-scroll" id="m-table" role="group" aria-labelledby="m-caption" tabindex="0">/);
    expect(html).toContain('<caption id="m-caption">What runs where</caption>');
  });

  test('heads every row and column', () => {
    expect(html.match(/<th scope="col">/g)?.length).toBe(matrix.columns.length + 1);
    expect(html.match(/<th scope="row">/g)?.length).toBe(matrix.rows.length);
  });

  test('says each cell in a word beside its sign, and opens WillItRun with the cell’s situation', () => {
    const links = [...html.matchAll(/<a class="mx-verdict" href="([^"]+)"><span class="mx-sign ([\w-]+)" aria-hidden="true"><\/span>([^<]+)/g)].map(([, href, sign, word]) => ({ href, sign, word }));
    expect(links.map(({ sign, word }) => [sign, word])).toEqual(matrix.cells.map(({ verdict }) => [verdict, CELL_VERDICTS[verdict].word]));
    expect(links.filter(({ href }) => !/^\/layerlab\/playgrounds\/WillItRun\/\?WillItRun-1=[^"#]+#WillItRun-1$/.test(href ?? ''))).toEqual([]);
    expect(new Set(links.map(({ href }) => href)).size).toBe(matrix.cells.length);
  });

  test('leads from every cell to its reason, and no reason stands alone', () => {
    const led = new Set([...html.matchAll(/class="mx-number" href="#([^"]+)"/g)].map(([, id]) => id));
    const ids = new Set([...html.matchAll(/<li id="([^"]+)"/g)].map(([, id]) => id));
    expect(led).toEqual(ids);
  });

  test('names its links by the word alone, since the headers of row and column say the rest, and leads back from each reason', () => {
    expect(html).toMatch(/<th scope="row">/);
    const names = [...html.matchAll(/<a class="mx-verdict"[^>]*>(.*?)<\/a>/g)].map(([, inner]) => inner?.replaceAll(/<[^>]+>/g, ''));
    expect(names.filter((name) => !/^[A-Z][a-zA-Z ]+$/.test(name ?? ''))).toEqual([]);
    const reasons = html.match(/<li id="m-why-\d+" tabindex="-1">/g) ?? [];
    expect(reasons.length).toBeGreaterThan(0);
    expect(html.match(/<a class="mx-back" href="#m-table">/g)).toHaveLength(reasons.length);
  });
});

describe('taking it along', () => {
  test('is a button that waits for the script', () => {
    expect(shown({ ready: false })).toMatch(/<button[^>]*disabled[^>]*>Export as CSV/);
    expect(shown()).not.toMatch(/<button[^>]*\sdisabled/);
  });

  test('is a link where the site holds the file', () => {
    const html = shown({ file: '/layerlab/data/compatibility.csv' });
    expect(html).toContain('href="/layerlab/data/compatibility.csv"');
    expect(html).not.toContain('<button');
  });
});

describe('a year', () => {
  test('says what was not out yet', () => {
    const year = matrixIn(knowledge, matrixAxes(), 2016);
    expect(render(<MatrixTable {...year} caption="2016" instance="m" base="/" ready />)).toMatch(/Not out yet: [^<]*Windows 11/);
    expect(shown()).not.toContain('Not out yet');
  });

  test('can be chosen from those in which something is known', () => {
    for (const year of matrixYears(knowledge)) expect(matrixIn(knowledge, matrixAxes(), year).columns.length).toBeGreaterThan(0);
  });
});

test('reasons are told once, with the number of their cells', () => {
  const { reasons, numbers } = reasonsOf(matrix.cells);
  expect(numbers.length).toBe(matrix.cells.length);
  expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(matrix.cells.length);
  numbers.forEach((number, i) => expect(reasons[number - 1]?.cell.why).toBe(matrix.cells[i]?.why));
});

test('in the island it is folded, without a control, and leads to the page that needs no script', () => {
  const html = render(<MatrixFold instance="WillItRun-1" base="/layerlab/" ready={false} rules={() => Promise.reject(new Error('not asked yet'))} axesAddress="/data/matrix.json" />);
  expect(html).toContain('<summary>Other machines and images</summary>');
  expect(html).toContain('href="/layerlab/compatibility/"');
  expect(html).not.toMatch(/<(?:button|select|input|table)/);
});
