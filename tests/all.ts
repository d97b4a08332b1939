/**
 * The whole test run: every part in order, each counted from its own report. It knows what the parts are and adds them up;
 * it refuses to stop at the first failure, except that the browser tests need a build. Writes .cache/tests/summary.txt.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const REPORTS = join(ROOT, '.cache', 'tests');

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** What is read of Vitest's JSON report. */
export interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numTotalTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface Part {
  /** The npm script that runs it. */
  readonly script: string;
  /** Vitest counts its own tests; any other script is one check that passes or fails. */
  readonly counted: boolean;
  readonly needs?: string;
}

const PARTS: readonly Part[] = [
  { script: 'check:types', counted: false },
  { script: 'check:lessons', counted: false },
  { script: 'test:unit', counted: true },
  { script: 'test:linux', counted: true },
  { script: 'build', counted: false },
  { script: 'test:browser', counted: true, needs: 'build' },
];

/**
 * Passed and failed tests of a Vitest run. A file that could not be loaded, a test that was skipped, a run without tests, a
 * missing report and an exit code that no failed test explains each count as a failure.
 */
export function countsOf(report: Report | null, exitCode: number): Counts {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const skipped = report.numTotalTests - report.numPassedTests - report.numFailedTests;
  const failed = report.numFailedTests + unloaded + skipped;
  const unexplained = failed === 0 && (exitCode !== 0 || report.numPassedTests === 0) ? 1 : 0;
  return { passed: report.numPassedTests, failed: failed + unexplained };
}

function runPart({ script, counted }: Part): Counts {
  console.log(`\n── npm run ${script}`);
  if (!counted) return npmRun(script, []) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const file = join(REPORTS, `${script.replace(':', '-')}.json`);
  const code = npmRun(script, ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
  return countsOf(readReport(file), code);
}

/** The exit code of an npm script; output goes straight to the terminal. */
function npmRun(script: string, options: readonly string[]): number {
  const words = ['npm', 'run', '--silent', script, ...(options.length > 0 ? ['--', ...options.map((option) => `"${option}"`)] : [])];
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  return spawnSync(words.join(' '), { cwd: ROOT, env, shell: true, stdio: 'inherit' }).status ?? 1;
}

function readReport(file: string): Report | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return null;
  }
}

function main(): void {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const results = new Map<string, Counts>();
  for (const part of PARTS) {
    const blocked = part.needs !== undefined && results.get(part.needs)?.failed !== 0;
    if (blocked) console.log(`\n── npm run ${part.script}: not run, because ${part.needs} failed. Counted as one failure.`);
    results.set(part.script, blocked ? { passed: 0, failed: 1 } : runPart(part));
  }
  const counts = [...results.values()];
  const passed = counts.reduce((sum, part) => sum + part.passed, 0);
  const failed = counts.reduce((sum, part) => sum + part.failed, 0);
  console.log('');
  for (const [script, part] of results) console.log(`${script.padEnd(14)} ${part.passed} passed, ${part.failed} failed`);
  const summary = `${passed} passed, ${failed} failed`;
  writeFileSync(join(REPORTS, 'summary.txt'), `${summary}\n`);
  console.log(summary);
  process.exitCode = failed > 0 ? 1 : 0;
}

if (import.meta.main) main();
