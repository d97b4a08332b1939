/** `node src/validation/cli.ts FILE.json [--json]`: predicts every row of a file and compares. Exits 0 when all are within 25 %, 1 when one is outside, 2 when there is nothing to compare. */
import { fileURLToPath } from 'node:url';
import { bootTables } from '../boot/index.ts';
import { compareAll, type Compared, type Part, type Report } from './compare.ts';
import { fittedIds } from './fitted.ts';
import { readRows, RowFileError, type Row, type Unreadable } from './rows.ts';

const USAGE = 'usage: npm run -s validate -- FILE.json [--json]';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

function main(args: readonly string[]): number {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--json');
  const [file] = files;
  if (unknown !== undefined || file === undefined || files.length > 1) return refuse(unknown === undefined ? USAGE : `unknown option ${unknown}\n${USAGE}`);
  let rows: readonly (Row | Unreadable)[];
  try {
    rows = readRows(file);
  } catch (error) {
    if (error instanceof RowFileError) return refuse(error.message);
    throw error;
  }
  const report = compareAll(rows, bootTables(ROOT), fittedIds(ROOT));
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(report)}\n` : inLines(report));
  if (report.compared.length === 0) return refuse(`${file} holds no row that the model predicts.`);
  return report.outside === 0 ? 0 : 1;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

const ROLES: Readonly<Record<Compared['role'], string>> = { input: 'input: a single boot that the model starts from', fitted: 'fitted: a run that set the parameters', unseen: 'unseen' };

function inLines({ compared, skipped, within, outside }: Report): string {
  const lines = compared.map(({ id, role, p50, p99, within: good }) => `${good ? 'within ' : 'OUTSIDE'}  ${id}${p50 ? `  p50 ${shown(p50)}` : ''}${p99 ? `  p99 ${shown(p99)}` : ''}  (${ROLES[role]})`);
  const left = skipped.map(({ id, reason }) => `not predicted  ${id}: ${reason}`);
  const roles = (['input', 'fitted', 'unseen'] as const).map((role) => {
    const some = compared.filter((each) => each.role === role);
    return `${role} ${some.filter((each) => each.within).length} of ${some.length}`;
  });
  return `${[...lines, ...left, `within 25 % by role: ${roles.join(', ')}; ${skipped.length} rows not predicted`, `${within} within 25 %, ${outside} outside`].join('\n')}\n`;
}

function shown({ published, predicted, ratio }: Part): string {
  return `published ${published} ms, predicted ${predicted.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`;
}

process.exitCode = main(process.argv.slice(2));
