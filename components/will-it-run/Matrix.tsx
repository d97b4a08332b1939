/** The matrix as a table: machines × images, a word a cell, and below it the reasons that the cells share. It draws what it is given. */
import { CELL_VERDICTS, type Cell, type CellVerdict, type Matrix } from '../../src/sim/compat/matrix.ts';
import { ERROR_LAYER_NAMES } from '../../src/sim/decoder/layers.ts';
import { Button } from '../kit/Button.tsx';
import { willItRunAt } from '../kit/situation-link.ts';
import { matrixTable, reasonsOf, type CellReason } from './matrix-view.ts';

export interface MatrixProps extends Matrix {
  /** What the table shows, as its caption: `What runs where, at present`. */
  readonly caption: string;
  /** Begins the ids on the page. */
  readonly instance: string;
  /** The site's base path with its closing slash. */
  readonly base: string;
  /** Whether buttons work. */
  readonly ready: boolean;
  /** Address of the same as a file. Without it, a button makes the file in the page. */
  readonly file?: string;
}

export function MatrixTable({ rows, columns, cells, later, caption, instance, base, ready, file }: MatrixProps) {
  const { reasons, numbers } = reasonsOf(cells);
  const reasonId = (number: number) => `${instance}-why-${number}`;
  return (
    <div class="mx">
      <Legend />
      <p><a class="mx-skip" href={`#${instance}-reasons`}>Skip the table</a></p>
      <div class="mx-scroll" id={`${instance}-table`} role="group" aria-labelledby={`${instance}-caption`} tabIndex={0}>
        <table>
          <caption id={`${instance}-caption`}>{caption}</caption>
          <thead>
            <tr><th scope="col">Machine</th>{columns.map(({ title }) => <th scope="col">{title}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, y) => (
              <tr>
                <th scope="row">{row.title}</th>
                {columns.map((_, x) => {
                  const at = y * columns.length + x;
                  return <td><CellView cell={cells[at] as Cell} base={base} number={numbers[at] as number} href={`#${reasonId(numbers[at] as number)}`} /></td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {later.length > 0 && <p class="mx-later">Not out yet: {later.join(' · ')}.</p>}
      <p class="mx-take">
        {file === undefined
          ? <Button ready={ready} onPress={() => takeAway({ rows, columns, cells, later }, caption)}>Export as CSV</Button>
          : <a class="button" href={file} download>Export as CSV</a>}
      </p>
      <div class="mx-reasons">
        <h3 id={`${instance}-reasons`} tabIndex={-1}>Reasons, by number</h3>
        <ol>{reasons.map((reason, i) => <li id={reasonId(i + 1)} tabIndex={-1}><Reason {...reason} /> <a class="mx-back" href={`#${instance}-table`}>Back to the table</a></li>)}</ol>
      </div>
    </div>
  );
}

const VERDICTS = Object.entries(CELL_VERDICTS) as [CellVerdict, (typeof CELL_VERDICTS)[CellVerdict]][];

function Legend() {
  return (
    <ul class="mx-legend">
      {VERDICTS.map(([verdict, { word, says }]) => <li><span class={`mx-sign ${verdict}`} aria-hidden="true" /><span><b>{word}</b>: {says}</span></li>)}
    </ul>
  );
}

interface CellProps {
  readonly cell: Cell;
  readonly base: string;
  readonly number: number;
  readonly href: string;
}

function CellView({ cell, base, number, href }: CellProps) {
  return (
    <div class={`mx-cell ${cell.verdict}`}>
      <a class="mx-verdict" href={willItRunAt(base, cell.situation)}>
        <span class={`mx-sign ${cell.verdict}`} aria-hidden="true" />{CELL_VERDICTS[cell.verdict].word}
      </a>
      <a class="mx-number" href={href}>Reason {number}</a>
    </div>
  );
}

function Reason({ cell: { verdict, mechanisms, also, why, todo, layer }, count }: CellReason) {
  return (
    <>
      <p class="mx-by"><b>{CELL_VERDICTS[verdict].word}</b>{mechanisms.length > 0 && `: ${mechanisms.join(' + ')}`} <small>{count === 1 ? '1 cell' : `${count} cells`}</small></p>
      <p>{why}{todo !== undefined && ` ${todo}`}</p>
      {also.length > 0 && <p class="mx-also">At the same cost: {also.join(', ')}.</p>}
      {layer !== undefined && <p class="mx-also">What does not fit: {ERROR_LAYER_NAMES[layer]}.</p>}
    </>
  );
}

async function takeAway(matrix: Matrix, caption: string): Promise<void> {
  const { offerFile, toCsv } = await import('../kit/download.ts');
  offerFile('compatibility.csv', 'text/csv', toCsv(matrixTable(matrix, caption)));
}
