/** `node src/conformance/cli.ts FILE.json [--json]`: plays every case of a file. Exits 0 when all pass, 1 when one fails, 2 when there is nothing to play. */
import { fileURLToPath } from 'node:url';
import { CaseFileError, readCases, type Case } from './case.ts';
import { play, playersAt, type Result } from './play.ts';

/** What is known lies beside this file, wherever the command is typed. */
const players = playersAt(fileURLToPath(new URL('../../', import.meta.url)));
const USAGE = 'usage: npm run -s conformance -- FILE.json [--json]';

function main(args: readonly string[]): number {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && arg !== '--json');
  const [file] = files;
  if (unknown !== undefined || file === undefined || files.length > 1) return refuse(unknown === undefined ? USAGE : `unknown option ${unknown}\n${USAGE}`);
  let cases: readonly Case[];
  try {
    cases = readCases(file);
  } catch (error) {
    if (error instanceof CaseFileError) return refuse(error.message);
    throw error;
  }
  const results = cases.map((one) => play(one, players));
  process.stdout.write(args.includes('--json') ? `${JSON.stringify(results)}\n` : inLines(results));
  return results.every(({ pass }) => pass) ? 0 : 1;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

function inLines(results: readonly Result[]): string {
  const passed = results.filter(({ pass }) => pass).length;
  const lines = results.map(({ id, kind, expected, got, pass }) => `${pass ? 'pass' : 'FAIL'}  ${kind}  ${id}  expected ${shown(expected)}  got ${shown(got)}`);
  return `${[...lines, `${passed} passed, ${results.length - passed} failed`].join('\n')}\n`;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

process.exitCode = main(process.argv.slice(2));
